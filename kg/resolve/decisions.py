"""What people decided about bodies, lines of work, themes and indicators, and how it is replayed at every build.

Decisions stand in a CSV file beside the graph folder, one a line: kind, subject, verdict, object, who, when, why. No
build writes it. A later line about the same question takes the place of an earlier one; the verdict ``unsure`` gives
the question back to the rules, as if nobody had decided.

==========  =====================================  ====================  ==========================================
kind        subject                                verdict               object
==========  =====================================  ====================  ==========================================
body        a body                                 same, different       another body
function    a body                                 assign                the id of a line of work
theme       an action (its uid)                    assign                ids of one to three themes, the main first
indicator   an indicator                           same, different       another indicator
==========  =====================================  ====================  ==========================================

A body is written as its uid, or as its place and a name as printed (``510300:市发改委``): so two names of one body
can be told apart, too. An indicator is written as the uid the rules give it, or as that uid, # and a name as printed.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

from ontology.errors import InputError, UsageError
from ontology.findings import found
from ontology.records import Finding

Kind = Literal["body", "function", "theme", "indicator"]
Verdict = Literal["same", "different", "assign", "unsure"]

VERDICTS: Mapping[Kind, tuple[Verdict, ...]] = {
    "body": ("same", "different", "unsure"),
    "function": ("assign", "unsure"),
    "theme": ("assign", "unsure"),
    "indicator": ("same", "different", "unsure"),
}
PAIRS = frozenset({"body", "indicator"})
"""Kinds whose question is a pair, in either order."""
MOST_THEMES = 3
UNUSED = "decision-unused"
COLUMNS = ("kind", "subject", "verdict", "object", "who", "when", "why")
_NEEDED = COLUMNS[:4]
_LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file. ``line`` counts from 1, the header included; 0 for a decision not from a file."""

    kind: Kind
    subject: str
    verdict: Verdict
    object: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    line: int = 0

    @property
    def question(self) -> tuple[str, ...]:
        """What is decided: a pair of bodies or indicators in either order, or one subject."""
        return (self.kind, *sorted((self.subject, self.object))) if self.kind in PAIRS else (self.kind, self.subject)

    @property
    def themes(self) -> tuple[str, ...]:
        """The ids in ``object``, in order."""
        return tuple(self.object.replace(",", " ").replace("；", " ").replace(";", " ").replace("、", " ").split())


@dataclass(frozen=True)
class Decisions:
    """All decisions of a file, in its order; ``file`` is the file's name."""

    lines: tuple[Decision, ...] = ()
    file: str = ""

    @cached_property
    def in_force(self) -> tuple[Decision, ...]:
        """The last line about each question, in the order of these lines, without those that leave it open."""
        last = {decision.question: place for place, decision in enumerate(self.lines)}
        return tuple(self.lines[place] for place in sorted(last.values()) if self.lines[place].verdict != "unsure")

    def of(self, kind: Kind, *verdicts: Verdict) -> tuple[Decision, ...]:
        """Decisions in force of one kind, of these verdicts or of all."""
        return tuple(one for one in self.in_force if one.kind == kind and (not verdicts or one.verdict in verdicts))

    @cached_property
    def themes_by_action(self) -> Mapping[str, Decision]:
        """Decisions about themes in force by the uid of their action."""
        return {decision.subject: decision for decision in self.of("theme")}

    @property
    def digest(self) -> str:
        """Tells the decisions in force from others, whatever else the file holds; empty where none is in force."""
        if not self.in_force:
            return ""
        rows = [[getattr(one, name) for name in COLUMNS] for one in self.in_force]
        return sha256(repr(rows).encode()).hexdigest()[:16]


NO_DECISIONS = Decisions()


def decisions_path(graph: Path) -> Path:
    """Where the decisions about a graph stand: ``city-graph`` → ``city-graph.decisions.csv`` beside it."""
    folder = graph.resolve()
    return folder.with_name(f"{folder.name}.decisions.csv")


# ------------------------------------------------------------------------------------------------ reading


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions, as this program or a spreadsheet program wrote it.

    UTF-8 with or without a byte order mark, UTF-16 with one, or GB 18030; comma, semicolon or tab between the cells.

    Raises:
        InputError: no such file, or not one of these encodings; a line that is no decision is named by its number.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            error.strerror or str(error), where=str(path), advice="name a file of decisions with --decisions"
        ) from error
    return parse_decisions(content, str(path))


def parse_decisions(content: bytes, file: str = "") -> Decisions:
    """Read decisions from bytes; see :func:`read_decisions`."""
    if len(content) > _LARGEST:
        raise InputError("too large for a file of decisions", where=file, advice="check that this is the right file")
    text, _ = _decoded(content, file)
    rows = _rows(text)
    header, first = next(((row, line) for line, row in rows if any(map(str.strip, row))), ([], 0))
    if not header:
        return Decisions((), Path(file).name)
    names = [cell.strip().lower() for cell in header]
    absent = [name for name in _NEEDED if name not in names]
    if absent:
        raise InputError(
            f"the header lacks {', '.join(absent)}",
            where=f"{file}:{first}",
            advice=f"the first line must read {','.join(COLUMNS)}",
        )
    lines = (
        _decision(dict(zip(names, map(str.strip, row), strict=False)), f"{file}:{line}", line)
        for line, row in rows
        if any(map(str.strip, row))
    )
    return Decisions(tuple(lines), Path(file).name)


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(
        "neither UTF-8 nor GB 18030",
        where=file,
        advice="save it as “CSV UTF-8” (CSV UTF-8（逗号分隔）)",
    )


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=header.count)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.lstrip()))
    for row in reader:
        yield reader.line_num, row


def _decision(cells: Mapping[str, str], where: str, line: int) -> Decision:
    kind, subject, verdict, *others = (cells.get(name, "") for name in COLUMNS)
    named, who, when, why = others
    decision = Decision(
        cast("Kind", kind.lower()), subject, cast("Verdict", verdict.lower()), named, who, when, why, line
    )
    return checked(decision, where)


def checked(decision: Decision, where: str | None = None) -> Decision:
    """Give the decision back if its words fit together.

    Raises:
        InputError: they do not, in the line of a file that ``where`` names; says which words are known.
        UsageError: they do not, in a decision from elsewhere.
    """
    # A line of a file is left to the build, which knows the place a name leads to and tells what does not hold.
    problem = _problem(decision) or (None if where else _problem_of_places(decision))
    if problem:
        raise (InputError if where else UsageError)(problem[0], where=where, advice=problem[1])
    return decision


def _problem(decision: Decision) -> tuple[str, str] | None:
    if decision.kind not in VERDICTS:
        return f"“{decision.kind}” is no kind of decision", f"kinds: {', '.join(VERDICTS)}"
    if decision.verdict not in VERDICTS[decision.kind]:
        verdicts = ", ".join(VERDICTS[decision.kind])
        return f"“{decision.verdict}” is no verdict about a {decision.kind}", f"verdicts: {verdicts}"
    if not decision.subject:
        return "no subject", "name the body, action or indicator that is decided about"
    if not decision.object and (decision.kind in PAIRS or decision.verdict != "unsure"):
        return "no object", "name the other body or indicator, the line of work or the themes"
    if decision.kind in PAIRS and decision.subject == decision.object:
        return "subject and object are the same", "name two bodies or two indicators"
    if decision.kind == "theme" and len(decision.themes) > MOST_THEMES:
        return f"{len(decision.themes)} themes", f"name at most {MOST_THEMES}, the main one first"
    return None


def _problem_of_places(decision: Decision) -> tuple[str, str] | None:
    if (decision.kind, decision.verdict) != ("body", "same"):
        return None
    one, other = _place_of(decision.subject), _place_of(decision.object)
    if one == other:
        return None
    advice = "name two bodies of one place; write a body of another place's government or office by its uid"
    return f"bodies of different places ({one}, {other}) cannot be the same: a body belongs to one place", advice


def _place_of(body: str) -> str:
    return body.partition(":")[0]


# ------------------------------------------------------------------------------------------------ writing


def append_decision(path: Path, decision: Decision) -> None:
    """Add a line at the end of a file of decisions, which is made if it is absent.

    What stands in the file stays byte for byte; encoding, separator and order of columns are those of the file. The
    file is replaced in one step, so that a reader sees the old one or the new one.

    Raises:
        InputError: the file is no file of decisions.
        UsageError: it cannot be written.
    """
    import tempfile

    from filelock import FileLock

    checked(decision)
    # The lock stands elsewhere: nothing but the decisions shall lie beside the graph.
    name = sha256(str(path.resolve()).encode()).hexdigest()[:16]
    try:
        with FileLock(Path(tempfile.gettempdir()) / f"kg-decisions-{name}.lock"):
            content = path.read_bytes() if path.exists() else b""
            _replace(path, content + _new_line(content, decision, str(path)))
    except OSError as error:
        raise UsageError(
            f"the decision could not be written: {error.strerror or error}",
            where=str(error.filename if str(error.filename).endswith(".lock") else path),
            advice="close the file in other programs and check its permissions, or name another with --decisions",
        ) from error


def _new_line(content: bytes, decision: Decision, file: str) -> bytes:
    """The bytes of the line, with header and byte order mark where there is no file yet."""
    if not content.strip():
        # Excel takes a CSV for UTF-8 only where a byte order mark says so.
        return b"\xef\xbb\xbf" + _csv([COLUMNS, [getattr(decision, name) for name in COLUMNS]], ",").encode()
    parse_decisions(content, file)
    text, encoding = _decoded(content, file)
    header = next(row for _, row in _rows(text) if any(map(str.strip, row)))
    values = {name: getattr(decision, name) for name in COLUMNS}
    line = _csv([[values.get(name.strip().lower(), "") for name in header]], _delimiter(text.lstrip()))
    joint = "" if text.endswith(("\n", "\r")) else "\r\n"
    byte_order = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2])
    return (joint + line).encode(byte_order or encoding.removesuffix("-sig"))


def _csv(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
        [_disarmed(" ".join(cell.split())) for cell in row] for row in rows
    )
    return text.getvalue()


def _disarmed(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") else cell


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


# ------------------------------------------------------------------------------------------------ no longer applying


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build made of things decisions may name.

    ``bodies`` gives the uid a reference to a body leads to (None: there is none); ``functions`` the uid of the line of
    work by body; ``themes`` the ids of the themes by action, the main one first; ``indicators`` gives the uid
    a reference to an indicator leads to.
    """

    bodies: Callable[[str], str | None]
    functions: Mapping[str, str]
    themes: Mapping[str, Sequence[str]]
    indicators: Mapping[str, str] = field(default_factory=dict)


def decision_findings(decisions: Decisions, outcome: Outcome) -> list[Finding]:
    """A finding for every decision in force that does not hold in what was built, with the reason."""
    return [
        found(
            UNUSED,
            decisions.file,
            quote=_as_written(decision),
            line=decision.line,
            reason=reason.en,
            reason_zh=reason.zh,
        )
        for decision in decisions.in_force
        if (reason := _UNMET[decision.kind](decision, outcome))
    ]


def _as_written(decision: Decision) -> str:
    return ",".join((decision.kind, decision.subject, decision.verdict, decision.object))


@dataclass(frozen=True, slots=True)
class _Reason:
    zh: str
    en: str


def _unmet_body(decision: Decision, outcome: Outcome) -> _Reason | None:
    for named in (decision.subject, decision.object):
        if outcome.bodies(named) is None:
            return _Reason(f"没有部门 {named}", f"there is no body {named}")
    one, other = outcome.bodies(decision.subject) or "", outcome.bodies(decision.object) or ""
    if decision.verdict == "same" and _place_of(one) != _place_of(other):
        return _Reason("两个部门属于不同地区", "the two bodies belong to different places")
    if (one == other) != (decision.verdict == "same"):
        return _Reason("与其他决定相反", "other decisions say the opposite")
    return None


def _unmet_function(decision: Decision, outcome: Outcome) -> _Reason | None:
    body = outcome.bodies(decision.subject)
    if body is None:
        return _Reason(f"没有部门 {decision.subject}", f"there is no body {decision.subject}")
    if outcome.functions.get(body) != decision.object:
        return _Reason(
            f"没有职能 {decision.object}，或另有决定",
            f"there is no line of work {decision.object}, or another decision stands against it",
        )
    return None


def _unmet_theme(decision: Decision, outcome: Outcome) -> _Reason | None:
    if decision.subject not in outcome.themes:
        return _Reason(f"没有举措 {decision.subject}", f"there is no action {decision.subject}")
    if tuple(outcome.themes[decision.subject]) != decision.themes:
        return _Reason(f"主题编号有误：{decision.object}", f"not all of these are themes: {decision.object}")
    return None


def _unmet_indicator(decision: Decision, outcome: Outcome) -> _Reason | None:
    for named in (decision.subject, decision.object):
        if named not in outcome.indicators:
            return _Reason(f"没有指标 {named}", f"there is no indicator {named}")
    together = outcome.indicators[decision.subject] == outcome.indicators[decision.object]
    if together != (decision.verdict == "same"):
        return _Reason("单位不同，或与其他决定相反", "their units differ, or other decisions say the opposite")
    return None


_UNMET: Mapping[Kind, Callable[[Decision, Outcome], _Reason | None]] = {
    "body": _unmet_body,
    "function": _unmet_function,
    "theme": _unmet_theme,
    "indicator": _unmet_indicator,
}
