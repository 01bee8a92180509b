"""What the saved SPARQL questions have to answer, worked out from the record tables in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from queries.documents import Tables, homes

Row = Mapping[str, object]
Answer = list[dict[str, object]]


def _named(graph: Tables, label: str) -> dict[str, str]:
    return {str(row["uid"]): str(row["name"]) for row in graph.nodes(label)}


def _counted(graph: Tables) -> Iterator[tuple[str, Row]]:
    """The responsibilities that count: printed in a clause or heading, by a body that is no collective."""
    for relation in ("LEADS", "SUPPORTS"):
        for row in graph.edges(relation):
            if row["inherited"] is False and row["collective"] is False and row["basis"] in ("clause", "section"):
                yield relation, row


def _cities(graph: Tables) -> dict[str, str]:
    """The city of every body, by name."""
    cities = _named(graph, "City")
    return {str(row["source"]): cities[str(row["target"])] for row in graph.edges("IN")}


def workload(graph: Tables) -> Answer:
    ranks: dict[tuple[str, str], int] = {}
    for relation, row in _counted(graph):
        key = (str(row["source"]), str(row["target"]))
        rank = 2 if relation == "SUPPORTS" else 1 if row["joint"] else 0
        ranks[key] = min(ranks.get(key, rank), rank)
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for (body, _), rank in ranks.items():
        counts[body][rank] += 1
    bodies, cities = _named(graph, "Department"), _cities(graph)
    return [
        {
            "city": cities.get(uid), "body": bodies[uid], "lead": count[0], "joint": count[1], "support": count[2],
            "total": count.total(),
        }
        for uid, count in counts.items()
    ]  # fmt: skip


def lead_support(graph: Tables) -> Answer:
    holders: dict[str, dict[str, set[str]]] = {"LEADS": defaultdict(set), "SUPPORTS": defaultdict(set)}
    for relation, row in _counted(graph):
        holders[relation][str(row["target"])].add(str(row["source"]))
    pairs = Counter(
        (lead, support)
        for holder, leads in holders["LEADS"].items()
        for lead, support in product(leads, holders["SUPPORTS"].get(holder, ()))
        if lead != support
    )
    bodies, cities = _named(graph, "Department"), _cities(graph)
    return [
        {"city": cities.get(lead), "lead": bodies[lead], "support": bodies[support], "together": count}
        for (lead, support), count in pairs.items()
    ]


def actions(graph: Tables) -> Answer:
    places, documents = _places(graph), homes(graph)
    headings = {str(row["uid"]): str(row["heading"]) for row in graph.nodes("Action")}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in graph.edges("ADDRESSES"):
        action = str(row["source"])
        place = places.get(documents[action])
        if row["main"] and place:
            found[str(row["target"]), place].add(action)
    themes, cities = _named(graph, "Theme"), _named(graph, "City")
    return [
        {
            "theme": themes[theme], "city": cities[place], "actions": len(listed),
            "example": min(headings[action] for action in listed),
        }
        for (theme, place), listed in found.items()
    ]  # fmt: skip


def _places(graph: Tables) -> dict[str, str]:
    """The city that issued a document, by uid."""
    return {str(row["target"]): str(row["source"]) for row in graph.edges("ISSUED")}


def targets(graph: Tables) -> Answer:
    measured = [row for row in graph.edges("MEASURES") if row["strict"]]
    several = {uid for uid, count in Counter(str(row["target"]) for row in measured).items() if count > 1}
    places, documents = _places(graph), homes(graph)
    indicators, cities = _named(graph, "Indicator"), _named(graph, "City")
    promised = {str(row["uid"]): row for row in graph.nodes("Target")}
    shown = ("op", "value", "unit", "deadline", "quote")
    return [
        {
            "indicator": indicators[str(row["target"])],
            "city": cities.get(places.get(documents.get(str(row["source"]), ""), "")),
            **{name: promised[str(row["source"])][name] for name in shown},
        }
        for row in measured
        if str(row["target"]) in several
    ]


def evidence(graph: Tables, name: str) -> Answer:
    bodies, documents, texts = _named(graph, "Department"), homes(graph), graph.texts()
    holders = _named(graph, "Section") | _named(graph, "Action") | _named(graph, "Task")
    files = {str(row["uid"]): row["file"] for row in graph.nodes("Document")}
    return [
        {
            "name": name, "role": relation, "holder": holders[str(row["target"])], "file": files[document],
            "start": row["span_start"], "end": row["span_end"],
            "exact": texts[document][int(str(row["span_start"])) : int(str(row["span_end"]))],
        }
        for relation in ("LEADS", "SUPPORTS")
        for row in graph.edges(relation)
        if bodies[str(row["source"])] == name and row["inherited"] is False
        for document in (documents[str(row["target"])],)
    ]  # fmt: skip


TRUTH: Mapping[str, Callable[[Tables], Answer]] = {
    "workload": workload, "lead-support": lead_support, "actions": actions, "targets": targets,
}  # fmt: skip
"""By saved question; :func:`evidence` besides, of one body."""
