"""A graph as a register (责任台账), one fact a row: read again by ``kg build``, it gives the same graph.

What does not come back is what belongs to the file that was read and not to what it says: its name, hash, length and
convention, offsets into its text, its text and findings. The sentences that prove the facts come back as quotes.
``docs/registers.md`` says so to users; ``tests/kg/test_register_round_trip.py`` holds it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.output import clean_text, is_formula, new_workbook
from loaders.register_columns import BY_KEY, COLUMNS, RegisterColumn
from queries.documents import Tables

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Node = Mapping[str, object]
Row = dict[str, object]
_Cell = str | int | float | None
#: Rows that the drop-downs of a template reach, beyond those filled.
EMPTY_ROWS = 2000
SHEET, NOTES_SHEET = "责任台账", "填写说明"


# ------------------------------------------------------------------------------------------------ rows


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the graph says of each holder (a document, section, action or task), by uid."""

    bodies: Mapping[str, Sequence[Node]]
    targets: Mapping[str, Sequence[Node]]
    citations: Mapping[str, Sequence[Node]]
    themes: Mapping[str, Sequence[Node]]


def register_rows(graph: Tables) -> Iterator[Row]:
    """The rows, by key of :data:`loaders.register_columns.COLUMNS`: documents by uid, what they hold in their order."""
    facts = _facts(graph)
    places = _places(graph)
    nodes = {label: {str(row["uid"]): row for row in graph.nodes(label)} for label in ("Section", "Action", "Task")}
    tasks = _members(graph, "HAS_TASK", nodes["Task"])
    sections, actions = _members(graph, "HAS_SECTION", nodes["Section"]), _members(graph, "HAS_ACTION", nodes["Action"])
    for document in sorted(graph.nodes("Document"), key=lambda row: str(row["uid"])):
        uid = str(document["uid"])
        about = _document_cells(document, places.get(uid))
        yield from _holder_rows(about, facts, uid)
        held = [(node, "section") for node in sections[uid]] + [(node, "action") for node in actions[uid]]
        for node, level in sorted(held, key=lambda pair: _start(pair[0])):
            cells = about | {"ref": node["ref"], "heading": node["heading"]}
            holder = str(node["uid"])
            if level == "section":
                yield from _holder_rows(cells | {"level": "section"}, facts, holder)
                continue
            yield from _holder_rows(cells | {"due": node["due"]}, facts, holder)
            for task in tasks[holder]:
                told = {"task": task["text"], "task_ref": task["ref"], "form": task["form"], "due": task["due"]}
                yield from _holder_rows(cells | told | {"level": "task"}, facts, str(task["uid"]))


def _facts(graph: Tables) -> _Facts:
    bodies: dict[str, list[Node]] = defaultdict(list)
    for role, relation in (("lead", "LEADS"), ("support", "SUPPORTS")):
        for edge in graph.edges(relation):
            if not edge["inherited"]:
                bodies[str(edge["target"])].append({**edge, "role": role})
    targets: dict[str, list[Node]] = defaultdict(list)
    known = {str(row["uid"]): row for row in graph.nodes("Target")}
    for edge in graph.edges("SETS"):
        targets[str(edge["source"])].append(known[str(edge["target"])])
    citations: dict[str, list[Node]] = defaultdict(list)
    for edge in graph.edges("CITES"):
        citations[str(edge["source"])].append(edge)
    themes: dict[str, list[Node]] = defaultdict(list)
    names = {str(row["uid"]): row for row in graph.nodes("Theme")}
    for edge in graph.edges("ADDRESSES"):
        themes[str(edge["source"])].append({**edge, "name": names[str(edge["target"])]["name"]})
    for edges in bodies.values():
        edges.sort(key=lambda edge: (_start(edge), _whole(edge["position"]), str(edge["printed_name"])))
    for rows in (*targets.values(), *citations.values()):
        rows.sort(key=lambda row: (_start(row), str(row.get("uid", row.get("target")))))
    for edges in themes.values():
        edges.sort(key=lambda edge: (not edge["main"], -_number(edge["score"]), str(edge["target"])))
    return _Facts(bodies, targets, citations, themes)


def _members(graph: Tables, relation: str, nodes: Mapping[str, Node]) -> Mapping[str, list[Node]]:
    members: dict[str, list[Node]] = defaultdict(list)
    for edge in sorted(graph.edges(relation), key=lambda edge: _whole(edge["order"])):
        members[str(edge["source"])].append(nodes[str(edge["target"])])
    return members


def _places(graph: Tables) -> dict[str, Node]:
    """The place of every document: the one that issued it, or that a study is about."""
    cities = {str(row["uid"]): row for row in graph.nodes("City")}
    issued = {str(edge["target"]): cities[str(edge["source"])] for edge in graph.edges("ISSUED")}
    return {str(edge["source"]): cities[str(edge["target"])] for edge in graph.edges("ABOUT")} | issued


def _document_cells(document: Node, place: Node | None) -> Row:
    first, last = document["period_start"], document["period_end"]
    period = None if first is None else str(first) if first == last else f"{first}-{last}"
    return {
        "document": document["name"],
        "city": place["name"] if place else None,
        "adcode": place["adcode"] if place else None,
        "period": period,
        "source": document["file"],
        **{key: document[key] for key in ("status", "kind", "doc_no", "issuer", "issued")},
    }


def _holder_rows(cells: Row, facts: _Facts, uid: str) -> Iterator[Row]:
    """A row for each fact of a holder, one that only names it where there is none."""
    found = [
        *(_body_cells(edge) for edge in facts.bodies.get(uid, ())),
        *(_target_cells(node) for node in facts.targets.get(uid, ())),
        *({"cites": edge["quote"]} for edge in facts.citations.get(uid, ())),
    ]
    themes = "；".join(str(edge["name"]) for edge in facts.themes.get(uid, ()))
    for number, fact in enumerate(found or [{}]):
        yield cells | ({"theme": themes} if number == 0 and themes else {}) | fact


def _body_cells(edge: Node) -> Row:
    return {
        "body": edge["printed_name"],
        "joint": "yes" if edge["joint"] else "no",
        **{key: edge[key] for key in ("role", "duty", "basis", "position", "list_size", "quote")},
        "rule": None if edge["rule"] == "register" else edge["rule"],
    }


def _target_cells(node: Node) -> Row:
    return {
        "target": node["name"],
        "max": node["value_max"],
        **{key: node[key] for key in ("op", "value", "unit", "per", "deadline", "baseline", "quote")},
    }


def _start(row: Node) -> int:
    return _whole(row["span_start"])


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


# ------------------------------------------------------------------------------------------------ files


def csv_lines(graph: Tables) -> Iterator[str]:
    """The register as lines of CSV."""
    yield from csv_of(register_rows(graph))


def csv_of(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as lines of CSV, the headings first. A text that a spreadsheet might run has a ' in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="")
    headings: list[_Cell] = [column.zh for column in COLUMNS]
    for cells in chain([headings], ([_cell(row, column) for column in COLUMNS] for row in rows)):
        stream.seek(0)
        stream.truncate()
        writer.writerow([f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell for cell in cells])
        yield stream.getvalue()


def workbook(graph: Tables, path: Path) -> None:
    """Write the register as an Excel workbook with drop-downs and a sheet of notes."""
    write_workbook(list(register_rows(graph)), path)


def write_workbook(rows: Sequence[Row], path: Path) -> None:
    """Write rows, the drop-downs of their columns for more, and the sheet that explains every column."""
    with new_workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        _write_rows(book, sheet, rows)
        notes = book.add_worksheet(NOTES_SHEET)
        choices = _write_notes(book, notes)
        for place, column in enumerate(COLUMNS):
            _offer_choices(sheet, place, column, choices.get(column.key), max(len(rows), EMPTY_ROWS))


def _write_rows(book: Workbook, sheet: Worksheet, rows: Sequence[Row]) -> None:
    shape = {"valign": "top", "text_wrap": True}
    asked = book.add_format({**shape, "bold": True, "bottom": 1, "bg_color": "#DCE6F1"})
    further = book.add_format({**shape, "bold": True, "bottom": 1, "bg_color": "#EDEDED", "font_color": "#595959"})
    # Codes and dates stay texts: a spreadsheet would make numbers of them.
    text, number = book.add_format({**shape, "num_format": "@"}), book.add_format(shape)
    for place, column in enumerate(COLUMNS):
        numeric = column.kind in ("number", "count")
        sheet.set_column(place, place, column.width, number if numeric else text)
        sheet.write_string(0, place, column.zh, further if column.further else asked)
        for line, row in enumerate(rows, start=1):
            cell = _cell(row, column)
            if isinstance(cell, str) and cell:
                sheet.write_string(line, place, cell, text)
            elif isinstance(cell, int | float):
                sheet.write_number(line, place, cell, number)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)


def _write_notes(book: Workbook, sheet: Worksheet) -> dict[str, str]:
    """Explain every column in both languages; gives the range that lists the choices of each column that has any."""
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE6F1"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    headings = ("栏目", "column", "填写", "填什么", "what it takes", "可选", "choices")
    for place, (heading, width) in enumerate(zip(headings, (12, 12, 10, 50, 50, 24, 24), strict=True)):
        sheet.set_column(place, place, width, wrap)
        sheet.write_string(0, place, heading, head)
    for line, column in enumerate(COLUMNS, start=1):
        words = choices_of(column)
        english = ", ".join(dict.fromkeys(column.words.values())) if column.key != "rule" else ""
        wanted = "可不填 further" if column.further else "主要 main"
        cells = (column.zh, column.key, wanted, column.note_zh, column.note_en, "、".join(words), english)
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, cell, wrap)
    begin = len(headings) + 1
    ranges: dict[str, str] = {}
    for place, column in enumerate((c for c in COLUMNS if choices_of(c)), start=begin):
        words = choices_of(column)
        sheet.write_string(0, place, f"{column.zh} {column.key}", head)
        for line, word in enumerate(words, start=1):
            sheet.write_string(line, place, word)
        letter = _letters(place)
        ranges[column.key] = f"={NOTES_SHEET}!${letter}$2:${letter}${len(words) + 1}"
    return ranges


def choices_of(column: RegisterColumn) -> tuple[str, ...]:
    """The words a drop-down of this column offers."""
    if column.kind != "themes":
        return column.choices
    from ontology.vocabulary import vocabulary

    return tuple(theme.zh for theme in vocabulary().themes.values())


def _offer_choices(sheet: Worksheet, place: int, column: RegisterColumn, source: str | None, rows: int) -> None:
    if source is None:
        return
    # Words of one's own stay possible where the list only suggests: several themes, another verb.
    strict = column.kind == "word"
    sheet.data_validation(
        1, place, rows, place,
        {
            "validate": "list", "source": source, "ignore_blank": True, "show_error": strict,
            "error_title": column.zh, "error_message": "请从下拉列表中选择 / choose from the list",
        },
    )  # fmt: skip


def _letters(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _cell(row: Row, column: RegisterColumn) -> _Cell:
    value = row.get(column.key)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    return None if value is None else column.written(clean_text(str(value)))


def example_row() -> Row:
    """The row that shows in a template how one is filled."""
    return {key: float(column.example) if column.kind == "number" else column.example
            for key, column in BY_KEY.items() if column.example}  # fmt: skip
