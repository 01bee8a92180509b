"""Task tables (任务分工表, 责任清单, 台账): rows of a table as the sections, actions and tasks that prose would give.

A table is a task table when its header names, by meaning, a column of tasks and one of bodies or targets. Its rows are
then laid out as units of an outline with their clauses, in the same records as prose (:mod:`loaders.structure`), so
that everything behind them is the same; every place is that of the cell it was printed in.

- Columns of text stand above each other: the last one is the item, the one before it its heading or group.
- A group whose rows are sentences is an action with tasks; where rows have headings of their own they are the actions.
- A row that is one cell alone is a section: 一、优化准入.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loaders.clauses import Clause, due_date, find_clauses, read_clause
from loaders.conventions import LABEL, PrintedRule
from loaders.flat import FOLD, FlatText, flatten, squeezed
from loaders.formats.source import Cell, SourceText, Table
from loaders.header import ColumnKind, column_kind
from loaders.markers import Marker, MarkerStyle, marker_at
from loaders.names import NO_BODY, is_body, is_clear_body
from loaders.outline import Node, read_outline
from loaders.roles import Unit, listed_units, numbered, responsible_units, verb_groups
from loaders.stretches import Layer
from loaders.structure import ActionUnit, Structure, TaskUnit, circled, heading_text, sentences, without
from ontology.records import Operator, Target

#: Units of tables without a marker of their own: rows by their number, sections and groups by their order.
ROW = MarkerStyle("row", 6, r"()", "序号 1")
SECTION = MarkerStyle("group", 4, r"()", "优化准入")
MOST_HEADER_ROWS = 3
HEADER_WITHIN = 12
LONGEST_SECTION = 60
LONGEST_HEADING = 40
LONGEST_PLAIN_HEADING = 26
LONGEST_GAP = 40


_BODIES = frozenset({"lead", "support", "responsible"})
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_TOTAL = re.compile(r"(?:合|总|小)计.*")
_NOTE_ROW = re.compile(r"(?:注|备注|说明|附注|填表|填报|制表|审核|单位负责人)[：:人]")
_NUMBER_CELL = re.compile(r"[（(]?[\d一二三四五六七八九十百]{1,5}(?:[-.．][\d]{1,3})*[）)]?[.．、]?|[①-⑳]")
_ENDS_WITH_VERB = re.compile(r"(?:牵头|负责|配合|落实|参与|协助|实施|承办)[；;，,。]?$")
_GOES_ON = re.compile(r"(?:人民)?政府|办公室|办公厅|管委会|委员会")
#: A value alone in a cell: ≥95%, 3个工作日以内, 100家.
_VALUE = re.compile(
    r"(?P<op>≥|>=|≧|≤|<=|≦|>|<|不低于|不少于|不高于|不超过|达到|达)?(?P<value>\d+(?:\.\d+)?)"
    r"(?:(?:-|—|~|至)(?P<most>\d+(?:\.\d+)?))?(?P<unit>[^\d，。；、：（）]{0,6}?)(?P<bound>以上|及以上|以内|以下|及以下|内)?"
)
_BOUNDS: Mapping[str, Operator] = {
    **dict.fromkeys(("≥", ">=", "≧", ">", "不低于", "不少于", "以上", "及以上"), "ge"),
    **dict.fromkeys(("≤", "<=", "≦", "<", "不高于", "不超过", "以内", "以下", "及以下", "内"), "le"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table: its cells by column, merged ones in every row and column they cover."""

    cells: Mapping[int, Cell]

    def of(self, columns: Sequence[int]) -> list[Cell]:
        """The cells of some columns, each once."""
        found = [self.cells[column] for column in columns if column in self.cells]
        return [cell for index, cell in enumerate(found) if cell not in found[:index]]


@dataclass(slots=True)
class TaskTable:
    """A task table, over one printed table or several that continue it.

    ``columns`` says what each column holds, ``years`` the year that a column's header names; ``regions`` are the
    stretches of the text that it takes out of the prose, from its header on (a title may stand above it).
    """

    columns: dict[int, ColumnKind]
    years: dict[int, str]
    header: list[Cell]
    signature: tuple[str, ...]
    width: int
    rows: list[Row] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    regions: list[tuple[int, int]] = field(default_factory=list)

    def by_kind(self, *kinds: ColumnKind) -> list[int]:
        """The columns of some kinds, from the left."""
        return [column for column in sorted(self.columns) if self.columns[column] in kinds]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.regions[0][0]


def task_tables(source: SourceText) -> list[TaskTable]:
    """The task tables of a document, in order; printed tables that continue one are joined to it."""
    found: list[TaskTable] = []
    for table in source.tables:
        rows = _rows(table)
        before = found[-1] if found else None
        between = squeezed(source.text[before.tables[-1].end : table.start]) if before else ""
        header = _header(source.text, table, rows)
        if header is not None:
            begun, height = header
            same = before is not None and before.signature == begun.signature and len(between) <= LONGEST_GAP
            target = before if same and before is not None else begun
            if target is begun:
                found.append(begun)
            else:
                target.header += begun.header
            _add(source.text, target, table, rows, height)
        elif before is not None and before.width == table.width and len(between) <= LONGEST_GAP and rows:
            _add(source.text, before, table, rows, 0)
    return found


def _rows(table: Table) -> list[Row]:
    grid: list[dict[int, Cell]] = [{} for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rows, table.height)):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row].setdefault(column, cell)
    return [Row(cells) for cells in grid]


def _text(text: str, cell: Cell) -> str:
    return squeezed(text[cell.start : cell.end])


def _header(text: str, table: Table, rows: Sequence[Row]) -> tuple[TaskTable, int] | None:
    """The columns of a table and the number of the first row below its header; None where it is no task table."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        kinds = {column: column_kind(_text(text, cell)) for column, cell in row.cells.items()}
        distinct = {row.cells[column].start: kind for column, kind in kinds.items() if kind is not None}
        if len(distinct) < 2 or len(distinct) * 2 < len({cell.start for cell in row.cells.values()}):
            continue
        height = _header_height(text, rows, at)
        columns, years, cells = _columns(text, rows[at : at + height])
        found = set(columns.values())
        bodies = found & _BODIES
        if "measure" in found and not bodies and "target" not in found:
            columns = {c: "responsible" if kind == "measure" else kind for c, kind in columns.items()}
            bodies = {"responsible"}
        if "text" in found and (bodies or "target" in found):
            signature = tuple(_text(text, cell) for cell in cells)
            return TaskTable(columns, years, cells, signature, table.width), at + height
    return None


def _header_height(text: str, rows: Sequence[Row], at: int) -> int:
    """How many rows a header has: as far as its cells reach, and rows below wide cells that are headers too."""
    height = max(cell.row + cell.rows - at for cell in rows[at].cells.values())
    height = height if height <= MOST_HEADER_ROWS else 1
    while height < MOST_HEADER_ROWS and at + height < len(rows):
        above, below = rows[at + height - 1], rows[at + height]
        wide = {column for column, cell in above.cells.items() if cell.columns > 1}
        kinds = [column_kind(_text(text, cell)) for column, cell in below.cells.items() if column in wide]
        if not kinds or not wide or any(kind is None for kind in kinds):
            break
        height += 1
    return height


def _columns(text: str, rows: Sequence[Row]) -> tuple[dict[int, ColumnKind], dict[int, str], list[Cell]]:
    """What every column holds: by the lowest of its header cells, or by those above where it says nothing."""
    columns: dict[int, ColumnKind] = {}
    years: dict[int, str] = {}
    cells: dict[int, Cell] = {}
    for column in sorted({column for row in rows for column in row.cells}):
        above: list[str] = []
        for row in rows:
            if (cell := row.cells.get(column)) is not None:
                cells.setdefault(cell.start, cell)
                if (words := _text(text, cell)) not in above:
                    above.append(words)
        kind = next((kind for words in reversed(above) if (kind := column_kind(words)) is not None), None)
        year = next((match[0] for words in reversed(above) if (match := _YEAR.search(words))), None)
        if kind is not None:
            columns[column] = kind
        if year is not None:
            years[column] = year
    return columns, years, list(cells.values())


def _add(text: str, target: TaskTable, table: Table, rows: Sequence[Row], first: int) -> None:
    """Add the rows of a printed table below its header; its header repeated is one more piece of the header."""
    for row in rows[first:]:
        if _repeats_header(text, target, row):
            target.header += [cell for cell in row.cells.values() if cell not in target.header]
        else:
            target.rows.append(row)
    begin = min((cell.start for row in rows[first:] for cell in row.cells.values()), default=table.end)
    header = [cell.start for cell in target.header if table.start <= cell.start < table.end]
    target.tables.append(table)
    target.regions.append((min([begin, *header]), table.end))


def _repeats_header(text: str, target: TaskTable, row: Row) -> bool:
    return all(_text(text, cell) in target.signature for cell in row.cells.values())


# ------------------------------------------------------------------------------------------------ cells to units


@dataclass(frozen=True)
class CellsText(FlatText):
    """The flat text of a task table's cells, in order of rows, each on lines of its own."""

    stretches: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def of(self, cell: Cell) -> tuple[int, int]:
        """Where a cell stands in the flat text."""
        return self.stretches[cell.start]


@dataclass(frozen=True, slots=True)
class TableReading:
    """A task table as records of an outline, with the flat text their places are in.

    ``values`` are targets that stand as bare values in a cell, by the start of their action; ``years`` the flat
    stretches of cells under a header that names a year; ``layers`` what belongs to no unit.
    """

    flat: CellsText
    structure: Structure
    clauses: tuple[Clause, ...]
    values: Mapping[int, tuple[Target, ...]]
    years: tuple[tuple[int, int, str], ...]
    layers: tuple[Layer, ...]


def prose_of(source: SourceText, tables: Sequence[TaskTable]) -> FlatText:
    """The flat text of a document without its task tables."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(region for table in tables for region in table.regions):
        kept += [source.text[at:start], _PRINTED.sub(" ", source.text[start:end])]
        at = end
    return flatten("".join([*kept, source.text[at:]]), source.places)


_PRINTED = re.compile(r"[^\n]")


def read_table(
    source: SourceText, table: TaskTable, parent: Node | None, year: int | None, rule: PrintedRule | None
) -> TableReading:
    """The units of a task table; ``parent`` is the section of the prose it stands in."""
    return _TableReader(_cells_text(source, table), table, parent, year, rule).read()


def _cells_text(source: SourceText, table: TaskTable) -> CellsText:
    """The cells in order of rows, without white space; line ends between two bodies are kept as separators."""
    order = {cell.start: (cell, False) for cell in table.header}
    for row in table.rows:
        for column, cell in row.cells.items():
            order.setdefault(cell.start, (cell, table.columns.get(column) in _BODIES))
    flat: list[str] = []
    offsets, lines = array("q"), array("q")
    stretches: dict[int, tuple[int, int]] = {}
    for start, (cell, bodies) in sorted(order.items()):
        begin = len(flat)
        printed = source.text[cell.start : cell.end]
        inner = flatten(_separated(printed) if bodies else printed)
        lines.extend(begin + line for line in inner.lines)
        flat += inner.flat
        offsets.extend(start + offset for offset in inner.offsets)
        stretches[start] = (begin, len(flat))
    joined = "".join(flat)
    return CellsText(
        source.text, joined, joined.translate(FOLD), offsets, lines, frozenset(lines), source.places, stretches
    )


_GAP = re.compile(r"[\s\u3000]+")


def _separated(printed: str) -> str:
    """A list of bodies whose names stand below or beside each other, with 、 for the gap between two of them."""
    characters = list(printed)
    begin = 0
    for gap in _GAP.finditer(printed):
        left = squeezed(re.split(r"[、，；,;：:]", printed[begin : gap.start()])[-1])
        right = squeezed(re.split(r"[、，；,;：:\n]", printed[gap.end() :], maxsplit=1)[0])
        folded = right.translate(FOLD)
        if LABEL.match(squeezed(printed[gap.end() :]).translate(FOLD)) or _ENDS_WITH_VERB.search(left):
            characters[gap.start()], begin = "；", gap.end()
        elif is_body(left.translate(FOLD)) and is_clear_body(folded) and not _GOES_ON.match(folded):
            characters[gap.start()], begin = "、", gap.end()
    return "".join(characters)


@dataclass(slots=True)
class _TableReader:
    flat: CellsText
    table: TaskTable
    parent: Node | None
    year: int | None
    rule: PrintedRule | None
    sections: list[Node] = field(default_factory=list)
    actions: list[ActionUnit] = field(default_factory=list)
    in_heading: dict[int, list[Clause]] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)
    values: dict[int, list[Target]] = field(default_factory=dict)
    years: list[tuple[int, int, str]] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    numbers: Counter[int] = field(default_factory=Counter)
    groups: dict[int, ActionUnit | Node] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def read(self) -> TableReading:
        """All rows, in order."""
        self.layers.append(Layer(0, len(self.flat.flat), "imprint"))
        self.layers += [Layer(*self.flat.of(cell), "heading") for cell in self.table.header]
        texts = self.table.by_kind("text")
        rows = [(row, self._alone(row)) for row in self.table.rows]
        items = [row for row, alone in rows if alone is None]
        names = {row.cells[texts[-2]].start for row in items if len(texts) > 1 and texts[-2] in row.cells}
        named = len(texts) > 1 and len(names) == len(items)
        headed = named or self._have_headings(items, texts[-1])
        above: dict[int, Cell] = {}
        for row, alone in rows:
            if alone is not None:
                above.clear()
                self._alone_row(alone)
                continue
            above |= {column: row.cells[column] for column in texts[:-1] if column in row.cells}
            cells = [above[column] for column in texts[:-1] if column in above]
            item = row.cells.get(texts[-1])
            cells += [item] if item is not None else []
            if cells:
                self._item(row, [c for i, c in enumerate(cells) if c not in cells[:i]], headed=headed, named=named)
            self.seen |= {cell.start for cell in row.cells.values()}
        structure = Structure(tuple(self.sections), (), tuple(self.actions), self.in_heading)
        values = {start: tuple(targets) for start, targets in self.values.items()}
        clauses = tuple(sorted(self.clauses, key=lambda clause: clause.start))
        return TableReading(self.flat, structure, clauses, values, tuple(self.years), tuple(self.layers))

    # -------------------------------------------------------------------------------------------- rows that stand alone

    def _alone(self, row: Row) -> Cell | None:
        """The cell of a row that holds nothing else and names a section or remarks on the table."""
        cells = [cell for index, cell in enumerate(row.cells.values()) if cell not in list(row.cells.values())[:index]]
        if len(cells) != 1 or cells[0].rows > 1:
            return None
        words = self._words(cells[0])
        first = self.table.columns.get(min(row.cells))
        wide = cells[0].columns * 2 > self.table.width
        return cells[0] if wide or _NOTE_ROW.match(words) or first in ("number", "text") else None

    def _alone_row(self, cell: Cell) -> None:
        begin, end = self.flat.of(cell)
        words = self._words(cell)
        marker = marker_at(self.flat.folded, begin, end)
        if _NOTE_ROW.match(words) or _TOTAL.fullmatch(words) or len(words) > LONGEST_SECTION or not words:
            self.layers.append(Layer(begin, end, "imprint"))
            return
        rank = marker.style.rank if marker is not None else SECTION.rank
        while self.stack and self.stack[-1].marker.style.rank >= rank:
            self.stack.pop()
        self.groups.clear()
        node = self._node(begin, begin, end, self.stack[-1] if self.stack else self.parent, marker)
        self.stack.append(node)
        self._section(node)

    def _section(self, node: Node) -> None:
        clauses = find_clauses(self.flat, node.marker.start, node.heading[1], self.year, [])
        self.clauses += clauses
        self.in_heading[node.marker.start] = clauses
        self.sections.append(node)

    # -------------------------------------------------------------------------------------------- rows with bodies

    def _item(self, row: Row, cells: list[Cell], *, headed: bool, named: bool) -> None:
        """A row of the table: ``cells`` are its texts, the item last."""
        own = [self.flat.of(cell) for cell in row.cells.values() if cell.start not in self.seen]
        if not own:
            return
        start, end = min(begin for begin, _ in own), max(stop for _, stop in own)
        clauses = self._row_clauses(row)
        number = next(iter(row.of(self.table.by_kind("number"))), None)
        fresh = number is not None and number.start not in self.seen
        printed = self._words(number).strip(".．、") if number is not None and fresh else ""
        heads = cells[:-2] if named and len(cells) > 1 else cells[:-1]
        parent = self._group(heads, start, end, sections=headed)
        if headed or parent is None or isinstance(parent, Node):
            self._row_action(row, cells, start, end, printed, clauses, parent, named=named and len(cells) > 1)
        else:
            self._row_task(row, cells[-1], end, printed, clauses, parent)

    def _group(self, heads: list[Cell], start: int, end: int, *, sections: bool) -> ActionUnit | Node | None:
        """What the row stands under: sections of groups, or the action that the last group is."""
        above: Node | None = self.stack[-1] if self.stack else self.parent
        for depth, cell in enumerate(heads):
            key = cell.start
            if key in self.groups:
                found = self.groups[key]
                above = found if isinstance(found, Node) else found.node
                if depth == len(heads) - 1:
                    return found
                continue
            begin, stop = self.flat.of(cell)
            node = self._node(min(start, begin), begin, stop, above, marker_at(self.flat.folded, begin, stop))
            above = node
            if sections or depth < len(heads) - 1:
                self.groups[key] = node
                self._section(node)
            else:
                action = self._action_of(node)
                self.groups[key] = action
                return action
        if not heads and not sections and self.stack:
            return self._section_as_action(self.stack[-1])
        return above

    def _section_as_action(self, node: Node) -> ActionUnit:
        """A section whose rows are sentences is an action, as in prose."""
        found = self.groups.get(-1 - node.marker.start)
        if isinstance(found, ActionUnit):
            return found
        self.sections.remove(node)
        action = self._action_of(node)
        self.groups[-1 - node.marker.start] = action
        return action

    def _action_of(self, node: Node) -> ActionUnit:
        clauses = self.in_heading.get(node.marker.start)
        if clauses is None:
            clauses = find_clauses(self.flat, *node.heading, self.year, [])
            self.clauses += clauses
            self.in_heading[node.marker.start] = clauses
        action = ActionUnit(node, heading_text(self.flat, node, clauses))
        self.actions.append(action)
        return action

    def _row_action(
        self, row: Row, cells: list[Cell], start: int, end: int, printed: str, clauses: list[Clause],
        parent: ActionUnit | Node | None, *, named: bool,
    ) -> None:  # fmt: skip
        """A row that is an action: its heading is a cell of its own, or the first words of its text."""
        begin, stop = self.flat.of(cells[-1])
        marker = marker_at(self.flat.folded, *self.flat.of(cells[-2] if named else cells[-1]))
        above = parent.node if isinstance(parent, ActionUnit) else parent
        if named:
            heading = self.flat.of(cells[-2])
            body = begin
        else:
            heading_end, body = self._heading(marker.end if marker else begin, stop)
            heading = (begin, heading_end)
        node = self._node(start, *heading, above, marker, printed)
        node.body, node.own_end, node.end = body, end, end
        action = self._action_of(node)
        action.clauses += clauses
        self._texts(action, body, stop)
        for target in self._targets(row, action.heading, None, node.marker.start):
            action.loose.append(target)

    def _heading(self, begin: int, end: int) -> tuple[int, int]:
        """Where the heading of a text ends and where its text begins: the whole text where it has no heading."""
        text = self.flat.folded
        stop = heading_stop(self.flat, begin, end)
        if stop is not None:
            return stop, stop + (text[stop] in "。：；")
        first = text.find("。", begin, end)
        first = first if first >= 0 else end
        comma = text.find("，", begin, first)
        return (first if first - begin <= LONGEST_HEADING or comma < 0 else comma), begin

    def _row_task(
        self, row: Row, item: Cell, end: int, printed: str, clauses: list[Clause], action: ActionUnit
    ) -> None:
        """A row that is a task of its group's action."""
        begin, stop = self.flat.of(item)
        marker = marker_at(self.flat.folded, begin, stop)
        start = marker.end if marker is not None else begin
        inside = find_clauses(self.flat, start, stop, self.year, [])
        self.clauses += inside
        number = printed or (marker.printed if marker is not None else str(len(action.tasks) + 1))
        ref = f"{action.ref}/{number}"
        stretches = without(start, stop, inside)
        subject = re.split("[，。；]", self.flat.flat[start:stop], maxsplit=1)[0]
        stretches += self._targets(row, subject, ref, action.node.marker.start)
        action.tasks.append(TaskUnit(ref, "numbered", stretches, [*inside, *clauses]))
        action.node.end = action.node.own_end = max(end, action.node.end)

    def _texts(self, action: ActionUnit, begin: int, end: int) -> None:
        """The tasks in the text of an action: its numbered measures, else its sentences."""
        inside = find_clauses(self.flat, begin, end, self.year, []) if end > begin else []
        self.clauses += inside
        outline = read_outline(self.flat, begin, end) if end > begin else None
        measures = [] if outline is None else [root for root in outline.roots if root.marker.style.rank not in (0, 9)]
        if len(measures) > 1:
            action.loose += without(begin, measures[0].marker.start, inside)
            for root in measures:
                own = [clause for clause in inside if root.marker.start <= clause.start < root.end]
                stretches = without(root.marker.end, root.end, own)
                action.tasks.append(TaskUnit(f"{action.ref}/{root.marker.printed}", "numbered", stretches, own))
            return
        tasks = sentences(self.flat, begin, end, inside)
        if len(inside) <= 1 or not tasks:
            action.clauses += inside
            for task in tasks:
                task.clauses = []
        for index, task in enumerate(tasks, 1):
            task.ref = f"{action.ref}/{circled(index)}"
        action.tasks += tasks

    # -------------------------------------------------------------------------------------------- parts of a row

    def _node(
        self, start: int, begin: int, end: int, parent: Node | None, marker: Marker | None, printed: str = ""
    ) -> Node:
        """A unit whose heading is ``begin``–``end``; without a number of its own it is counted."""
        key = id(parent) if parent is not None else 0
        self.numbers[key] += 1
        number = printed or (marker.printed if marker is not None else str(self.numbers[key]))
        style = marker.style if marker is not None and not printed else (ROW if printed else SECTION)
        heading = (marker.end if marker is not None else begin, end)
        own = Marker(style, self.numbers[key], start, start, number)
        return Node(own, heading, end, end, end, alone=True, parent=parent)

    def _row_clauses(self, row: Row) -> list[Clause]:
        """The clauses of a row, one a cell; the bodies are counted over all of them."""
        has_lead = any(self._words(cell) for cell in row.of(self.table.by_kind("lead")))
        found: list[tuple[int, int, list[Unit], str | None]] = []
        for column in self.table.by_kind("lead", "support", "responsible", "due"):
            cell = row.cells.get(column)
            if cell is None or not self._words(cell):
                continue
            begin, end = self.flat.of(cell)
            kind = self.table.columns[column]
            if any(begin == place for place, *_ in found):
                continue
            if kind == "due":
                found.append((begin, end, [], due_date(self._words(cell), self.year)))
            elif NO_BODY.search(self.flat.folded, begin, end) is None:
                found.append((begin, end, *self._units(begin, end, kind, has_lead=has_lead)))
        units = iter(numbered([unit for _, _, listed, _ in found for unit in listed]))
        clauses = [Clause(begin, end, tuple(next(units) for _ in listed), due, ()) for begin, end, listed, due in found]
        self.clauses += [clause for clause in clauses if clause.start not in {known.start for known in self.clauses}]
        return clauses

    def _units(self, begin: int, end: int, kind: ColumnKind, *, has_lead: bool) -> tuple[list[Unit], str | None]:
        """The bodies of one cell, by its own labels and verbs, else by its column."""
        text = self.flat.folded
        if LABEL.match(text, begin, end) is not None:
            clause = read_clause(self.flat, begin, end, bracket=None, rule=self.rule, year=self.year)
            if clause is not None:
                return list(clause.units), clause.due
        while end > begin and text[end - 1] in "。；，、":
            end -= 1
        if kind == "responsible" or (kind == "lead" and any(g.kind for g in verb_groups(text, begin, end))):
            return responsible_units(text, begin, end, has_lead and kind == "responsible", self.rule), None
        duty = "牵头" if kind == "lead" else "配合"
        return listed_units(text, begin, end, "lead" if kind == "lead" else "support", duty, "label-lead"), None

    def _targets(self, row: Row, name: str, task: str | None, start: int) -> list[tuple[int, int]]:
        """The cells of targets: those that hold words as stretches to read, bare values as targets of the action."""
        stretches: list[tuple[int, int]] = []
        unit = "".join(self._words(cell) for cell in row.of(self.table.by_kind("measure")))
        for column in self.table.by_kind("target"):
            cell = row.cells.get(column)
            if cell is None or cell.start in self.seen:
                continue
            begin, end = self.flat.of(cell)
            year = self.table.years.get(column)
            match = _VALUE.fullmatch(self.flat.folded, begin, end)
            if match is not None and (match["unit"] or unit):
                bound = _BOUNDS.get(match["op"] or "") or _BOUNDS.get(match["bound"] or "") or "eq"
                self.values.setdefault(start, []).append(
                    Target(
                        name=name, op=bound, value=float(match["value"]),
                        value_max=float(match["most"]) if match["most"] else None, unit=match["unit"] or unit,
                        per=None, deadline=year, baseline=None, span=self.flat.span(begin, end), task=task,
                    )
                )  # fmt: skip
            elif end > begin:
                stretches.append((begin, end))
                if year is not None:
                    self.years.append((begin, end, year))
        return stretches

    def _have_headings(self, rows: Sequence[Row], column: int) -> bool:
        """Whether the items of a column have headings of their own: the vote that decides in prose."""
        votes = [0.0, 0.0]
        for row in rows:
            if column not in row.cells:
                continue
            begin, end = self.flat.of(row.cells[column])
            marker = marker_at(self.flat.folded, begin, end)
            begin = marker.end if marker is not None else begin
            if heading_stop(self.flat, begin, end) is not None:
                votes[0] += 1
            else:
                first = self.flat.folded.find("。", begin, end)
                length = (first if first >= 0 else end) - begin
                votes[1] += 1 if length > LONGEST_PLAIN_HEADING else 0.5
        return votes[0] > votes[1]

    def _words(self, cell: Cell) -> str:
        begin, end = self.flat.of(cell)
        return self.flat.flat[begin:end]


def heading_stop(flat: FlatText, begin: int, end: int) -> int | None:
    """Where a heading at the head of a cell's text ends: a short sentence or line with more text behind it."""
    text = flat.folded
    line_end = flat.line_of(begin)[1]
    stop = text.find("。", begin, end)
    if line_end < end and (stop < 0 or line_end <= stop):
        stop = line_end - (text[line_end - 1] in "。：")
    elif stop < 0 or stop + 1 >= end:
        return None
    plain = stop - begin <= LONGEST_PLAIN_HEADING or "，" not in text[begin:stop]
    return stop if 0 < stop - begin <= LONGEST_HEADING and plain else None
