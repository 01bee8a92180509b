"""What is compared: numbered measures where an action has them, else the action itself, out of a graph's rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from kg.records import GraphRecords, Row
from loaders.flat import INVISIBLE, squeezed

_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_SHORTEST = 4
# Sections in which a plan speaks of itself: who steers, trains, checks and reports. Every plan has them.
_OWN_AFFAIRS = re.compile(r"保障措施|组织保障|保障机制|组织实施|组织领导|工作要求|实施保障|推进机制")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without white space and its place in the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure to compare. ``city`` is the key of its place (for a study that of the document), ``action`` the uid
    of the action it is or belongs to; ``above`` are the headings over it, the nearest first.
    """

    label: str
    uid: str
    document: str
    city: str
    action: str
    heading: str
    above: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    lead_functions: frozenset[str]
    functions: frozenset[str]
    indicators: frozenset[str]
    own_affairs: bool

    @property
    def text(self) -> str:
        """The sentences in one piece."""
        return "".join(sentence.text for sentence in self.sentences)


def units(records: GraphRecords) -> list[Unit]:
    """All measures of a graph's documents, in order of document and text."""
    return list(_Reader(records).units())


class _Reader:
    def __init__(self, records: GraphRecords) -> None:
        self.records = records
        self.actions = {str(row["uid"]): row for row in records.nodes.get("Action", ())}
        self.tasks = {str(row["uid"]): row for row in records.nodes.get("Task", ())}
        self.sections = {str(row["uid"]): str(row["heading"]) for row in records.nodes.get("Section", ())}
        self.tasks_of = self._targets("HAS_TASK")
        self.above = {str(row["target"]): str(row["source"]) for row in self._edges("GROUPS")}
        self.functions_of = self._targets("PERFORMS")
        self.leads, self.all = self._functions(("LEADS",)), self._functions(("LEADS", "SUPPORTS"))
        indicators = {str(row["source"]): str(row["target"]) for row in self._edges("MEASURES")}
        self.indicators: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._edges("SETS"):
            self.indicators[str(row["source"])].add(indicators[str(row["target"])])

    def units(self) -> Iterator[Unit]:
        studies = {str(row["uid"]) for row in self.records.nodes.get("Document", ()) if row["kind"] == "study"}
        cities = {str(row["target"]): str(row["source"]) for row in self._edges("ISSUED")}
        actions = self._targets("HAS_ACTION")
        for document in sorted(actions):
            city = document if document in studies else cities.get(document, document)
            for action in actions[document]:
                yield from self._units_of(document, city, action)

    def _units_of(self, document: str, city: str, action: str) -> Iterator[Unit]:
        tasks = [self.tasks[uid] for uid in self.tasks_of[action]]
        numbered = [task for task in tasks if task["form"] == "numbered"]
        for task in numbered:
            yield self._unit("Task", str(task["uid"]), document, city, action, [task])
        if not numbered:
            yield self._unit("Action", action, document, city, action, tasks)

    def _unit(self, label: str, uid: str, document: str, city: str, action: str, tasks: Sequence[Row]) -> Unit:
        holders = {uid, *(str(task["uid"]) for task in tasks)}
        above = tuple(self._headings(action))
        return Unit(
            label=label,
            uid=uid,
            document=document,
            city=city,
            action=action,
            heading=squeezed(str(self.actions[action]["heading"])),
            above=above,
            sentences=tuple(s for task in tasks for s in _sentences(task, self.records.texts[document])),
            lead_functions=self._of(self.leads, holders) or frozenset(self.leads[action]),
            functions=self._of(self.all, holders) or frozenset(self.all[action]),
            indicators=self._of(self.indicators, holders),
            own_affairs=any(_OWN_AFFAIRS.search(heading) for heading in above),
        )

    @staticmethod
    def _of(found: defaultdict[str, set[str]], holders: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(found[holder] for holder in holders))

    def _headings(self, action: str) -> Iterator[str]:
        place = action
        while place in self.above:
            place = self.above[place]
            yield squeezed(self.sections[place])

    def _edges(self, relation: str) -> Iterator[Row]:
        for (_, name, _), rows in self.records.edges.items():
            if name == relation:
                yield from rows

    def _targets(self, relation: str) -> defaultdict[str, list[str]]:
        """The targets of a relation by source, in their order there if it has one."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in self._edges(relation):
            order = row.get("order")
            found[str(row["source"])].append((order if isinstance(order, int) else 0, str(row["target"])))
        return defaultdict(list, {source: [uid for _, uid in sorted(rows)] for source, rows in found.items()})

    def _functions(self, relations: Sequence[str]) -> defaultdict[str, set[str]]:
        """Lines of work of the bodies that every holder names; collectives and running text left out."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for relation in relations:
            for row in self._edges(relation):
                if row["basis"] != "text" and not row["collective"]:
                    found[str(row["target"])].update(self.functions_of[str(row["source"])])
        return found


def _sentences(task: Row, text: str) -> Iterator[Sentence]:
    """A task's sentences with their places. Its text is the stretch of the document without white space."""
    start, end = cast("int", task["span_start"]), cast("int", task["span_end"])
    places = [place for place in range(start, end) if not text[place].isspace() and text[place] not in INVISIBLE]
    flat = squeezed(str(task["text"]))
    printed = "".join(text[place] for place in places)
    offset = printed.find(flat)
    for found in _SENTENCE.finditer(flat):
        sentence = found.group()
        if len(sentence) < _SHORTEST:
            continue
        # Where a clause stands inside the task, a sentence of it may still stand in one piece.
        begin = offset + found.start() if offset >= 0 else printed.find(sentence)
        if begin < 0:
            yield Sentence(sentence, start, end)
        else:
            yield Sentence(sentence, places[begin], places[begin + len(sentence) - 1] + 1)
