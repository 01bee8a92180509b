"""Registers (责任台账): tables of our own columns, one fact a row, to the same PolicyDocument as prose.

A row names a document, an action or a task in it, and what it says of them: a responsible body, a target, or both. Rows
whose document cells agree are one document, whose text are these rows, so that every span points into a cell. What a
cell may hold is told by :mod:`loaders.register_columns`; one that holds anything else loses its fact and becomes a
finding, and nothing else is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from loaders.citations import read_citations
from loaders.conventions import RULE_NAMES
from loaders.flat import flatten, squeezed
from loaders.formats.source import Cell, SourceText, Table
from loaders.names import is_collective, split_names
from loaders.places import Place, gazetteer, jurisdiction, most_specific, places_named
from loaders.register_columns import COLUMNS, Group, RegisterColumn, as_date, as_years
from loaders.structure import CIRCLED
from ontology.errors import InputError, Words
from ontology.findings import found
from ontology.records import (
    Action,
    Basis,
    Certainty,
    Citation,
    DocumentFacts,
    DocumentKind,
    DocumentStatus,
    Finding,
    Operator,
    Period,
    PolicyDocument,
    Responsibility,
    Role,
    Section,
    Span,
    Stretch,
    StretchClass,
    Target,
    Task,
    TaskForm,
)
from ontology.vocabulary import vocabulary

#: The heading is looked for in so many rows.
HEADING_WITHIN = 10
#: Columns that make a table a register: those of one pair, and one that says what the fact is about.
_PAIRS = (frozenset(("body", "role")), frozenset(("target", "value")))
_ABOUT = frozenset(("ref", "heading", "task"))
_BY_NAME: Mapping[str, RegisterColumn] = {name: column for column in COLUMNS for name in (column.zh, column.key)}
_DOCUMENT = tuple(column.key for column in COLUMNS if column.group == "document")
_CLASSES: Mapping[Group, StretchClass] = {
    "document": "title", "holder": "heading", "responsibility": "clause", "target": "target", "citation": "clause",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DISARMED = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")
_BETWEEN_THEMES = re.compile(r"[；;、，,\n]+")
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Given:
    """A filled cell: its text, its name in the file, and where it stands: in the file, then in the document's text."""

    column: RegisterColumn
    text: str
    place: str
    span: Span


@dataclass(slots=True)
class _Holder:
    """A section, action or task in the making; ``rows`` is the stretch of the text its rows cover."""

    ref: str
    heading: str
    rows: Span
    form: TaskForm = "sentence"
    due: str | None = None
    themes: tuple[str, ...] = ()
    tasks: list[_Holder] = field(default_factory=list)
    bodies: list[Responsibility] = field(default_factory=list)
    unsaid: list[Responsibility] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def reaches(self, span: Span) -> None:
        self.rows = replace(self.rows, end=max(self.rows.end, span.end))


def register_headings(source: SourceText) -> list[tuple[Table, int, dict[int, RegisterColumn]]]:
    """The tables of a file that are registers: each with the row of its headings and what its columns are."""
    found_tables = []
    for table in source.tables:
        rows: dict[int, dict[int, RegisterColumn]] = {}
        for cell in table.cells:
            if cell.row < HEADING_WITHIN:
                name = unicodedata.normalize("NFKC", squeezed(source.text[cell.start : cell.end]))
                if column := _BY_NAME.get(name) or _BY_NAME.get(name.lower()):
                    rows.setdefault(cell.row, {})[cell.column] = column
        for row, columns in rows.items():
            keys = {column.key for column in columns.values()}
            if keys & _ABOUT and any(pair <= keys for pair in _PAIRS):
                found_tables.append((table, row, columns))
                break
    return found_tables


def read_register(source: SourceText, file: str, sha256: str) -> tuple[PolicyDocument, ...]:
    """The documents of a register, in order of their first rows.

    Raises:
        InputError: there is no row below the headings.
    """
    places = {place.start: place.cell or "" for place in source.places}
    reader = _Register(file, sha256)
    for table, heading, columns in register_headings(source):
        for row in _rows(source, table, heading, columns, places):
            reader.read(row)
    if not reader.documents:
        raise InputError(
            Words("台账没有填写任何一行", "the register has no rows below its headings"),
            where=file,
            advice=Words("填写后再读", "fill it in first"),
        )
    return tuple(document.finished() for document in reader.documents.values())


def _rows(
    source: SourceText, table: Table, heading: int, columns: Mapping[int, RegisterColumn], places: Mapping[int, str]
) -> Iterator[dict[str, _Given]]:
    """The filled cells of every row below the headings, by key. A merged cell stands in every row it covers."""
    rows: dict[int, dict[str, _Given]] = {}
    for cell in table.cells:
        column = columns.get(cell.column)
        text = _DISARMED.sub("", source.text[cell.start : cell.end].strip(), count=1)
        if column is None or not text:
            continue
        for row in range(cell.row, cell.row + cell.rows):
            if row > heading:
                place = _place(places, cell, row)
                rows.setdefault(row, {})[column.key] = _Given(column, text, place, Span(cell.start, cell.end))
    return (rows[row] for row in sorted(rows))


def _place(places: Mapping[int, str], cell: Cell, row: int) -> str:
    """Where a cell stands, the row being one of those a merged cell covers."""
    place = places.get(cell.start, "")
    match = re.search(r"(\d+)$", place)
    return f"{place[: match.start()]}{int(match[0]) + row - cell.row}" if match else place


class _Register:
    """Reads row after row: which document each belongs to, and what it says of it."""

    def __init__(self, file: str, sha256: str) -> None:
        self.file, self.sha256 = file, sha256
        self.documents: dict[tuple[object, ...], _Document] = {}
        self._above: dict[str, _Given] = {}

    def read(self, row: dict[str, _Given]) -> None:
        """Take one row."""
        same = "document" not in row or row["document"].text == self._text_above("document")
        facts = {key: row[key] for key in _DOCUMENT if key in row}
        if same:
            facts = self._above | facts
        self._above = facts
        values, faults = _read_facts(facts)
        document = self.documents.setdefault(tuple(values.items()), _Document(self.file, self.sha256, values))
        document.read(row, [fault for fault in faults if fault.key in row])

    def _text_above(self, key: str) -> str | None:
        return self._above[key].text if key in self._above else None


@dataclass(frozen=True, slots=True)
class _Fault:
    """A cell that cannot be read: its column's key, and what would be allowed."""

    key: str
    zh: str
    en: str


def _read_facts(cells: Mapping[str, _Given]) -> tuple[dict[str, object], list[_Fault]]:
    return _read_values(cells, _DOCUMENT)


def _read_values(cells: Mapping[str, _Given], keys: Iterable[str]) -> tuple[dict[str, object], list[_Fault]]:
    """What some cells say, by key, None for those that are empty or cannot be read; and the latter."""
    values: dict[str, object] = {}
    faults: list[_Fault] = []
    for key in keys:
        given = cells.get(key)
        values[key] = None
        if given is not None:
            value = _value(given)
            if isinstance(value, _Fault):
                faults.append(value)
            else:
                values[key] = value
    return values, faults


def _value(given: _Given) -> object:
    """What a cell says, or the fault in it."""
    column, text = given.column, unicodedata.normalize("NFKC", given.text)
    if column.kind == "word":
        word = squeezed(text)
        meant = column.words.get(word, column.words.get(word.lower()))
        return meant if meant is not None else _Fault(column.key, "、".join(column.choices), ", ".join(column.choices))
    if column.kind in ("number", "count"):
        plain = squeezed(text).replace(",", "")
        if not _NUMBER.fullmatch(plain):
            return _Fault(column.key, "一个数，如 95，单位另填", "a number such as 95, without its unit")
        if column.kind == "count" and not float(plain).is_integer():
            return _Fault(column.key, "一个整数", "a whole number")
        return float(plain) if column.kind == "number" else int(float(plain))
    if column.kind == "years":
        return as_years(text) or _Fault(column.key, "2025 或 2024-2026", "2025 or 2024-2026")
    if column.kind == "date":
        return as_date(text) or _Fault(column.key, "2026、2026-06 或 2026-06-30", "2026, 2026-06 or 2026-06-30")
    if column.kind == "adcode":
        return text if re.fullmatch(r"\d{6}", text) else _Fault(column.key, "六位数字", "six digits")
    if column.kind == "themes":
        return _themes(column, given.text)
    return given.text


def _themes(column: RegisterColumn, text: str) -> tuple[str, ...] | _Fault:
    known = {name: theme.uid for theme in vocabulary().themes.values() for name in (theme.zh, theme.en, theme.uid)}
    names = [name.strip() for name in _BETWEEN_THEMES.split(text) if name.strip()]
    if any(name not in known for name in names):
        return _Fault(column.key, "kg schema 所列主题的名称或编号", "names or ids of themes (see docs/registers.md)")
    return tuple(dict.fromkeys(known[name] for name in names))


class _Document:
    """One document of a register in the making."""

    def __init__(self, file: str, sha256: str, facts: Mapping[str, object]) -> None:
        self.file, self.sha256, self.facts = file, sha256, facts
        self._parts: list[str] = []
        self._length = 0
        self._stretches: list[Stretch] = []
        self._findings: list[Finding] = []
        self._sections: list[_Holder] = []
        self._actions: list[_Holder] = []
        self._mentions: list[Responsibility] = []
        self._whole = _Holder("", "", Span(0, 0))
        self._action: _Holder | None = None
        self._at = self._whole

    def read(self, cells: Mapping[str, _Given], faults: Iterable[_Fault]) -> None:
        """Take one row, the cells of its document included."""
        row = self._write(cells)
        for fault in faults:
            self._fault(row, fault)
        line = Span(min(c.span.start for c in row.values()), max(c.span.end for c in row.values()))
        self._at = self._holder(row, line)
        for holder in {id(h): h for h in (self._action, self._at) if h is not None}.values():
            holder.reaches(line)
        if {"body", "role", "duty"} & row.keys():
            self._responsibilities(row)
        if {"target", "value"} & row.keys():
            self._target(row)
        if "cites" in row:
            self._cite(row["cites"])

    # -------------------------------------------------------------------------------------------- text

    def _write(self, cells: Mapping[str, _Given]) -> dict[str, _Given]:
        """Add the row to the text; its cells with their spans."""
        written: dict[str, _Given] = {}
        for key, given in cells.items():
            start = self._length
            self._append(given.text)
            span = Span(start, self._length, cell=given.place or None)
            written[key] = replace(given, span=span)
            self._stretches.append(Stretch(span, "task" if key == "task" else _CLASSES[given.column.group]))
            self._append("\t" if len(written) < len(cells) else "\n")
        return written

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _fault(self, row: Mapping[str, _Given], fault: _Fault, at: str | None = None) -> None:
        """Report a cell; ``at`` is the key of a filled one where the faulty one is empty."""
        given = row[at or fault.key]
        column = next(column for column in COLUMNS if column.key == fault.key)
        sheet, _, corner = given.place.rpartition("!")
        number = re.search(r"\d+$", corner)
        value = "" if at else given.text
        self._findings.append(
            found(
                "register-cell", self.file, quote=given.text[:LONGEST_SHOWN], span=given.span,
                sheet=sheet or "-", row=number[0] if number else "-", column=column.zh, key=column.key,
                value=value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…",
                allowed=fault.en, allowed_zh=fault.zh,
            )
        )  # fmt: skip

    def _values(self, row: Mapping[str, _Given], *keys: str) -> tuple[dict[str, object], bool]:
        """What some cells of a row say, and whether all that are filled could be read."""
        values, faults = _read_values(row, keys)
        for fault in faults:
            self._fault(row, fault)
        return values, not faults

    # -------------------------------------------------------------------------------------------- holders

    def _holder(self, row: Mapping[str, _Given], line: Span) -> _Holder:
        """What the row is about: a section, action or task, that of the row above, or the document."""
        values, _ = self._values(row, "ref", "heading", "task", "task_ref", "form", "level", "due", "theme")
        text = {key: squeezed(str(values[key] or "")) for key in ("ref", "heading", "task", "task_ref")}
        holder = self._at
        if not any(text.values()):
            pass
        elif values["level"] == "section":
            self._action = None
            holder = _known(self._sections, text["ref"], text["heading"]) or self._new(
                self._sections, text["ref"], text["heading"], line
            )
        else:
            if text["ref"] or text["heading"]:
                self._action = _known(self._actions, text["ref"], text["heading"]) or self._new(
                    self._actions, text["ref"], text["heading"], line
                )
            if self._action is None:
                filled = "task" if "task" in row else "task_ref"
                self._fault(row, _Fault("heading", "举措的编号或标题", "the ref or heading of its action"), filled)
                return holder
            holder = self._action
            if text["task"] or text["task_ref"]:
                holder = self._task(self._action, text, cast("TaskForm | None", values["form"]), line)
        if isinstance(values["due"], str):
            holder.due = holder.due or as_date(values["due"]) or squeezed(values["due"])
        if values["theme"] and self._action is not None:
            self._action.themes = self._action.themes or cast("tuple[str, ...]", values["theme"])
        return holder

    def _new(self, holders: list[_Holder], ref: str, heading: str, line: Span) -> _Holder:
        holders.append(_Holder(ref or str(len(holders) + 1), heading, line))
        return holders[-1]

    def _task(self, action: _Holder, text: Mapping[str, str], form: TaskForm | None, line: Span) -> _Holder:
        for task in action.tasks:
            if task.heading == text["task"] and text["task_ref"] in ("", task.ref):
                return task
        ref = text["task_ref"] or f"{action.ref}/{_circled(len(action.tasks) + 1)}"
        numbered = text["task_ref"] != "" and text["task_ref"].rpartition("/")[2] not in CIRCLED
        action.tasks.append(_Holder(ref, text["task"], line, form or ("numbered" if numbered else "sentence")))
        return action.tasks[-1]

    # -------------------------------------------------------------------------------------------- facts

    def _responsibilities(self, row: Mapping[str, _Given]) -> None:
        values, sound = self._values(row, "role", "joint", "duty", "basis", "position", "list_size", "rule")
        filled = next(key for key in ("body", "role", "duty") if key in row)
        if "body" not in row:
            self._fault(
                row, _Fault("body", "有角色或职责用语就须写明部门", "a body, where role or duty is given"), filled
            )
        elif "role" not in row:
            self._fault(row, _Fault("role", "有部门就须写明：牵头、配合", "牵头 (lead) or 配合 (support)"), filled)
        elif self._at is self._whole:
            self._fault(row, _Fault("heading", "责任须有编号、标题或任务", "a ref, heading or task"), filled)
        elif sound:
            for record in self._named(row, values):
                self._hold(record, said=values["joint"] is not None)

    def _named(self, row: Mapping[str, _Given], values: Mapping[str, object]) -> Iterator[Responsibility]:
        given = row["body"]
        flat = flatten(given.text)
        names = split_names(flat.folded, 0, len(flat.folded))
        rule = cast("str", values["rule"] or "register")
        basis = cast("Basis", values["basis"] or ("section" if self._at in self._sections else "clause"))
        proof = _stretch(row, "body", "role")
        quote = row.get("quote")
        for name in names:
            inside = flat.span(name.start, name.end)
            body = flat.flat[name.start : name.end]
            proves = quote is not None and body in squeezed(quote.text)
            yield Responsibility(
                body=body,
                role=cast("Role", values["role"]),
                duty=squeezed(str(values["duty"] or "")),
                joint=values["joint"] == "yes",
                basis=basis,
                collective=is_collective(flat.folded[name.start : name.end]),
                position=cast("int", values["position"] or 0),
                list_size=cast("int", values["list_size"] or 0),
                certainty=cast("Certainty", RULE_NAMES[rule][0]),
                rule=rule,
                span=Span(given.span.start + inside.start, given.span.start + inside.end, cell=given.span.cell),
                clause=quote.span if quote is not None and proves else proof,
            )
        if not names:
            self._fault(row, _Fault("body", "部门名称", "the name of a body"))

    def _hold(self, record: Responsibility, *, said: bool) -> None:
        if record.basis == "text":
            self._mentions.append(record)
        elif not any((held.body, held.role) == (record.body, record.role) for held in self._at.bodies):
            self._at.bodies.append(record)
            if not said:
                self._at.unsaid.append(record)

    def _target(self, row: Mapping[str, _Given]) -> None:
        values, sound = self._values(row, "target", "op", "value", "max", "unit", "per", "deadline", "baseline")
        filled = "target" if "target" in row else "value"
        if "target" not in row:
            self._fault(row, _Fault("target", "有数值就须写明指标", "what the value measures"), filled)
        elif "value" not in row:
            self._fault(row, _Fault("value", "有指标就须写明数值", "a number, where a target is named"), filled)
        elif sound:
            self._at.targets.append(
                Target(
                    name=squeezed(str(values["target"])),
                    op=cast("Operator", values["op"] or "eq"),
                    value=cast("float", values["value"]),
                    value_max=cast("float | None", values["max"]),
                    unit=squeezed(str(values["unit"] or "")),
                    per=cast("Period | None", values["per"]),
                    deadline=cast("str | None", values["deadline"]),
                    baseline=squeezed(str(values["baseline"])) if values["baseline"] else None,
                    span=row["quote"].span if "quote" in row else _stretch(row, "target", "unit", "value"),
                )
            )

    def _cite(self, given: _Given) -> None:
        flat = flatten(given.text)
        for citation in read_citations(flat.folded, flat.flat, 0, len(flat.flat)):
            span = flat.span(citation.span.start, citation.span.end)
            place = Span(given.span.start + span.start, given.span.start + span.end, cell=given.span.cell)
            self._at.citations.append(replace(citation, span=place))

    # -------------------------------------------------------------------------------------------- the whole

    def finished(self) -> PolicyDocument:
        """The document of all rows taken."""
        text = "".join(self._parts)
        return PolicyDocument(
            facts=self._document_facts(text),
            text=text,
            sections=tuple(
                Section(holder.ref, holder.heading, holder.rows, _numbered(holder)) for holder in self._sections
            ),
            actions=tuple(_action(holder) for holder in self._actions),
            mentions=tuple(self._mentions),
            targets=tuple(
                sorted(
                    (target for holder in (self._whole, *self._sections) for target in holder.targets),
                    key=lambda target: target.span.start,
                )
            ),
            citations=tuple(self._whole.citations),
            unattributed=(),
            findings=(*self._ambiguous_place(), *self._findings),
            account=tuple(self._stretches),
        )

    def _document_facts(self, text: str) -> DocumentFacts:
        facts = self.facts
        city, province, adcode = self._jurisdiction()
        rules = Counter(
            record.rule
            for action in self._actions
            for holder in (action, *action.tasks)
            for record in holder.bodies
            if record.basis != "note"
        )
        return DocumentFacts(
            file=self.file,
            title=cast("str | None", facts["document"]),
            city=city,
            province=province,
            adcode=adcode,
            doc_no=cast("str | None", facts["doc_no"]),
            issuer=cast("str | None", facts["issuer"]),
            issued=cast("str | None", facts["issued"]),
            period=cast("tuple[int, int] | None", facts["period"]),
            kind=cast("DocumentKind", facts["kind"] or "register"),
            status=cast("DocumentStatus", facts["status"] or "issued"),
            characters=len(text),
            sha256=self.sha256,
            convention="；".join(f"{RULE_NAMES[rule][1]}（{count}）" for rule, count in rules.most_common()),
        )

    def _jurisdiction(self) -> tuple[str | None, str | None, str | None]:
        """City, province and code: by the code where it is given, else by the name; a name nobody knows stays."""
        city, code = cast("str | None", self.facts["city"]), cast("str | None", self.facts["adcode"])
        place: Place | None = gazetteer().by_code.get(code) if code else None
        if place is None and city and not code:
            place = most_specific(places_named(city))
        if place is None:
            return city, None, None
        return *jurisdiction(place), place.adcode

    def _ambiguous_place(self) -> list[Finding]:
        from loaders.places import ambiguous_places

        city = str(self.facts["city"] or "")
        if self.facts["adcode"] or not city or places_named(city):
            return []
        bearers = next(iter(ambiguous_places(city)), ())
        names = "、".join(f"{place.prefecture or place.province}{place.name}" for place in bearers)
        return [found("ambiguous-place", self.file, quote=city, name=city, places=names)] if bearers else []


def _known(holders: Sequence[_Holder], ref: str, heading: str) -> _Holder | None:
    """The last holder of a ref and heading; what the row leaves blank fits any."""
    fits = (h for h in reversed(holders) if ref in ("", h.ref) and heading in ("", h.heading))
    return next(fits, None)


def _stretch(row: Mapping[str, _Given], *keys: str) -> Span:
    """From the first of some cells to the last."""
    spans = [row[key].span for key in keys if key in row]
    return Span(min(s.start for s in spans), max(s.end for s in spans), cell=spans[0].cell)


def _circled(number: int) -> str:
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"({number})"


def _numbered(holder: _Holder) -> tuple[Responsibility, ...]:
    """The bodies of a holder; where the register does not say, several leads are joint and the rows give the order."""
    leads = Counter(record.basis for record in holder.bodies if record.role == "lead")
    sizes = Counter(record.basis for record in holder.bodies)
    unsaid = set(map(id, holder.unsaid))
    seen: Counter[str] = Counter()
    numbered = []
    for record in holder.bodies:
        seen[record.basis] += 1
        joint = record.joint if id(record) not in unsaid else record.role == "lead" and leads[record.basis] > 1
        numbered.append(
            replace(
                record,
                joint=joint,
                position=record.position or seen[record.basis],
                list_size=record.list_size or sizes[record.basis],
            )
        )
    return tuple(numbered)


def _action(holder: _Holder) -> Action:
    targets = [*holder.targets, *(replace(t, task=task.ref) for task in holder.tasks for t in task.targets)]
    citations = [*holder.citations, *(replace(c, task=task.ref) for task in holder.tasks for c in task.citations)]
    return Action(
        ref=holder.ref,
        heading=holder.heading,
        heading_span=holder.rows,
        span=holder.rows,
        tasks=tuple(
            Task(task.ref, task.form, task.heading, task.rows, _numbered(task), task.due) for task in holder.tasks
        ),
        responsibilities=_numbered(holder),
        targets=tuple(targets),
        citations=tuple(citations),
        due=holder.due,
        themes=holder.themes,
    )
