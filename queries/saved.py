"""The library of saved questions: ``cypher/*.cypher``, each a header of comments and one Cypher statement.

A header has these lines, every text in Chinese and English::

    // name: busy_bodies
    // subject: workload
    // zh: 哪些部门最忙？
    // en: Which bodies are busiest?
    // param city: text(City) = "" | 城市，空为全部 | city, empty for all
    // column body: text | 部门 | body

A parameter without ``= default`` must be given. ``text(City)`` says that the text names a City.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Literal, cast

from ontology.errors import UsageError
from queries.rows import Rows, Store

ParameterKind = Literal["text", "integer", "number", "boolean"]
ColumnKind = Literal["text", "texts", "count", "share", "ratio", "decimal", "number", "flag", "code", "id"]
Subject = Literal["workload", "dependencies", "themes", "overlap", "targets", "instruments", "documents", "checking"]

SUBJECTS: Mapping[Subject, tuple[str, str]] = {
    "workload": ("工作量", "Workload"),
    "dependencies": ("协作与依赖", "Dependencies"),
    "themes": ("主题与城市", "Themes and cities"),
    "overlap": ("各市重合", "Overlap"),
    "targets": ("目标值", "Targets"),
    "instruments": ("依据文件", "Instruments"),
    "documents": ("文件", "Documents"),
    "checking": ("证据与核对", "Evidence and checking"),
}
_COLUMN_KINDS = frozenset({"text", "texts", "count", "share", "ratio", "decimal", "number", "flag", "code", "id"})
_TYPES: Mapping[ParameterKind, tuple[type, ...]] = {
    "text": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
}  # fmt: skip
_LINE = re.compile(r"// (name|subject|zh|en|param|column)\b ?(\w*): (.+)")
_PARAMETER = re.compile(r"(text|integer|number|boolean)(?:\((\w+)\))?(?: = (.+))?")
_USED = re.compile(r"\$(\w+)")
_TRUTH: Mapping[str, bool] = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


@dataclass(frozen=True, slots=True)
class SavedParameter:
    """A parameter: ``default`` is None where a value must be given; ``of`` is the label of the node a text names."""

    name: str
    kind: ParameterKind
    of: str | None
    default: str | int | float | bool | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SavedColumn:
    """A column of the answer: what its values are, and its heading with unit and base.

    ``share`` is a fraction of 1 shown as a percentage, ``ratio`` one shown as it is, ``code`` one of a few words,
    ``flag`` true or false, ``texts`` a list, ``id`` for machines only.
    """

    name: str
    kind: ColumnKind
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved question. ``text`` is the whole file: the header is comments to Cypher."""

    name: str
    subject: Subject
    zh: str
    en: str
    parameters: tuple[SavedParameter, ...]
    columns: tuple[SavedColumn, ...]
    text: str

    def filled(self, given: Mapping[str, object]) -> dict[str, object]:
        """Give a value for every parameter: the given ones, checked, and the defaults of the others.

        A text is taken as the kind asks (``"3"`` for an integer, ``"true"`` for a boolean).

        Raises:
            UsageError: a name the question does not have, a value of another kind, one that is missing.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise UsageError(f"{self.name} has no parameter {name}", advice=_near(name, list(known)))
        missing = [name for name, parameter in known.items() if parameter.default is None and name not in given]
        if missing:
            options = " ".join(f"--param {name}=…" for name in missing)
            names = ", ".join(missing)
            raise UsageError(f"{self.name} needs a value for {names}", advice=f"kg query {self.name} {options}")
        return {
            name: _value(parameter, given[name]) if name in given else parameter.default
            for name, parameter in known.items()
        }


def ask(store: Store, question: str, /, **parameters: object) -> Rows:
    """Ask a store one saved question: ``ask(graph, "workload", city="示例市").to_pandas()``.

    Raises:
        UsageError: a question or a parameter that is not there, a value of another kind.
    """
    query = saved_query(question)
    return store.run(query.text, query.filled(parameters))


def saved_query(name: str) -> SavedQuery:
    """Give one saved question; raises :class:`UsageError` with near names for one that is not there."""
    queries = saved_queries()
    wanted = name.replace("-", "_")
    if wanted not in queries:
        advice = _near(wanted, list(queries))
        raise UsageError(f"there is no saved question {name}", advice=f"{advice}; kg query lists all")
    return queries[wanted]


@cache
def saved_queries() -> Mapping[str, SavedQuery]:
    """Give all saved questions by name: subject by subject, and by name within."""
    folder = resources.files("queries.cypher")
    files = sorted((path for path in folder.iterdir() if path.name.endswith(".cypher")), key=lambda path: path.name)
    found = [parsed(path.read_text(encoding="utf-8"), path.name) for path in files]
    order = list(SUBJECTS)
    return {query.name: query for query in sorted(found, key=lambda query: (order.index(query.subject), query.name))}


def parsed(text: str, file: str) -> SavedQuery:
    """Read the header of a saved question.

    Raises:
        ValueError: a header that is not well formed; the message begins with file and line.
    """
    words: dict[str, str] = {}
    parameters: list[SavedParameter] = []
    columns: list[SavedColumn] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("//"):
            break
        place = f"{file}:{number}"
        found = _LINE.fullmatch(line.rstrip())
        if not found:
            raise ValueError(f"{place}: not a line of a header: {line}")
        key, name, rest = found.groups()
        if key == "param":
            parameters.append(_parameter(name, rest, place))
        elif key == "column":
            columns.append(_column(name, rest, place))
        elif name or key in words:
            raise ValueError(f"{place}: {key} stands twice or has a second word")
        else:
            words[key] = rest.strip()
    _complete(words, parameters, columns, text, file)
    return SavedQuery(
        words["name"],
        cast("Subject", words["subject"]),
        words["zh"],
        words["en"],
        tuple(parameters),
        tuple(columns),
        text,
    )


def _complete(
    words: Mapping[str, str], parameters: list[SavedParameter], columns: list[SavedColumn], text: str, file: str
) -> None:
    for key in ("name", "subject", "zh", "en"):
        if key not in words:
            raise ValueError(f"{file}:1: the header has no line // {key}: …")
    if words["name"] != file.removesuffix(".cypher"):
        raise ValueError(f"{file}:1: the name {words['name']} is not that of the file")
    if words["subject"] not in SUBJECTS:
        raise ValueError(f"{file}:1: the subject {words['subject']} is none of {', '.join(SUBJECTS)}")
    for kind, names in (("param", [one.name for one in parameters]), ("column", [one.name for one in columns])):
        if not all(names) or len(set(names)) < len(names):
            raise ValueError(f"{file}:1: a {kind} has no name or stands twice")
    if not columns:
        raise ValueError(f"{file}:1: the header has no column")
    declared = {parameter.name for parameter in parameters}
    for number, line in enumerate(text.splitlines(), start=1):
        for name in () if line.startswith("//") else _USED.findall(line):
            if name not in declared:
                raise ValueError(f"{file}:{number}: ${name} has no line // param {name}: …")
    unused = sorted(declared - set(_USED.findall(statement_of(text))))
    if unused:
        raise ValueError(f"{file}:1: the parameter {unused[0]} is not used")


def statement_of(text: str) -> str:
    """Give the Cypher of a saved question without its header."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))


def _parameter(name: str, rest: str, place: str) -> SavedParameter:
    declared, zh, en = _three(rest, place)
    found = _PARAMETER.fullmatch(declared)
    if not found:
        raise ValueError(f"{place}: a parameter is declared as KIND = DEFAULT, KIND text, integer, number or boolean")
    kind, default = cast("ParameterKind", found[1]), None
    if found[3] is not None:
        try:
            default = json.loads(found[3])
        except json.JSONDecodeError:
            raise ValueError(f"{place}: the default {found[3]} is not JSON") from None
        if not _fits(kind, default):
            raise ValueError(f"{place}: the default {found[3]} is not of kind {kind}")
    return SavedParameter(name, kind, found[2], default, zh, en)


def _column(name: str, rest: str, place: str) -> SavedColumn:
    kind, zh, en = _three(rest, place)
    if kind not in _COLUMN_KINDS:
        raise ValueError(f"{place}: {kind} is no kind of column: {', '.join(sorted(_COLUMN_KINDS))}")
    return SavedColumn(name, cast("ColumnKind", kind), zh, en)


def _three(rest: str, place: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in rest.split(" | ")]
    if len(parts) != 3 or not all(parts):
        raise ValueError(f"{place}: expected KIND | Chinese | English")
    return parts[0], parts[1], parts[2]


def _fits(kind: ParameterKind, value: object) -> bool:
    return isinstance(value, _TYPES[kind]) and isinstance(value, bool) == (kind == "boolean")


def _value(parameter: SavedParameter, value: object) -> object:
    kind = parameter.kind
    if _fits(kind, value):
        return value
    if isinstance(value, str):
        if kind == "boolean" and value.lower() in _TRUTH:
            return _TRUTH[value.lower()]
        try:
            read = json.loads(value)
        except json.JSONDecodeError:
            read = None
        if kind in ("integer", "number") and _fits(kind, read):
            return read
    raise UsageError(f"--param {parameter.name}={value}: expected {kind}", advice=f"{parameter.en}; {parameter.zh}")


def _near(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, 3, 0.5)
    return f"did you mean {', '.join(near)}?" if near else f"there are: {', '.join(names) or 'none'}"
