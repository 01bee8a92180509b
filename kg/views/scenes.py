"""What network pages show: scenes, each small enough to be seen, and what each leaves out said in numbers.

A scene is a set of nodes and weighted ties with places computed here (seeded force-directed layout), so that a page
opens at once and looks the same everywhere. Ties between bodies are those of shared actions: who leads → who supports,
who leads jointly with whom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, sqrt

from kg.output import Label
from kg.views.facts import Duty, Facts, Shared, TieKind
from kg.views.words import plain

MOST_NODES = 400
"""Nodes of one scene at most."""
MOST_TIES = 700
"""Ties of one scene at most: the strongest."""
MOST_PROOFS = 12
"""Sentences behind one tie at most; how many more there are is said."""
_SEED = 7
_APART = 96.0
"""The least distance of two nodes, up and down; side by side it is wider by ``_FLAT``."""
_FLAT = 1.7
_ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of a scene. ``weight`` decides its size, ``kind`` its shape and colour, ``find`` also finds it."""

    uid: str
    name: Label
    kind: str
    weight: int
    find: str
    facts: Sequence[tuple[Label, str]]


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of a scene: ``weight`` counts shared actions, ``proofs`` are responsibilities that show it."""

    source: str
    target: str
    kind: TieKind
    weight: int
    proofs: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class Scene:
    """Nodes with their places, ties, and how many of both are left out."""

    key: str
    name: Label
    nodes: Sequence[Node]
    ties: Sequence[Tie]
    places: Mapping[str, tuple[float, float]]
    hidden_nodes: int
    hidden_ties: int


def body_scenes(facts: Facts) -> Iterator[Scene]:
    """Give a scene of each city: its bodies and who works with whom."""
    by_city: defaultdict[str, list[Shared]] = defaultdict(list)
    for shared in facts.shared_actions:
        by_city[facts.documents[shared.document].city.uid].append(shared)
    for city, actions in by_city.items():
        ties = _ties(
            (source, target, kind, proof) for shared in actions for source, target, kind, proof in shared.pairs()
        )
        named = {one for tie in ties for one in (tie.source, tie.target)} | {
            body for shared in actions for body in (*shared.leads, *shared.supports)
        }
        name = plain(facts.cities[city].name if city in facts.cities else city)
        yield scene(f"city:{city}", name, [_body_node(facts, body) for body in named], ties)


def function_scene(facts: Facts) -> Scene:
    """Give one scene of all cities: lines of work and who works with whom."""
    weights: Counter[str] = Counter()
    for duty in facts.counted:
        weights.update(set(facts.bodies[duty.carrier].functions[:1]))

    def of(body: str) -> str | None:
        functions = facts.bodies[body].functions
        return functions[0] if functions else None

    ties = _ties(
        (one, other, kind, proof)
        for shared in facts.shared_actions
        for source, target, kind, proof in shared.pairs()
        for one, other in ((of(source), of(target)),)
        if one and other and one != other
    )
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for body in facts.bodies.values():
        for function in body.functions[:1]:
            cities[function].add(body.city)
    nodes = [
        Node(
            uid, Label(facts.terms[uid].zh, facts.terms[uid].en), "function", weight, "",
            ((Label("责任数", "responsibilities"), str(weight)), (Label("城市数", "cities"), str(len(cities[uid])))),
        )
        for uid, weight in weights.items()
    ]  # fmt: skip
    return scene("functions", Label("全部城市：条线", "all cities: lines of work"), nodes, ties)


def theme_scene(facts: Facts) -> Scene:
    """Give one scene of cities and the themes their actions are about."""
    pairs: Counter[tuple[str, str]] = Counter()
    proofs: defaultdict[tuple[str, str], list[Duty]] = defaultdict(list)
    for action, themes in facts.themes_of_actions.items():
        plan = facts.documents[facts.holders[action].document]
        if plan.kind == "study" or not plan.city.uid:
            continue
        pair = (plan.city.uid, themes[0])
        pairs[pair] += 1
        proofs[pair] += facts.duties_of_holders.get(action, ())[:1]
    ties = [Tie(city, theme, "theme", count, proofs[city, theme]) for (city, theme), count in pairs.items()]
    weights: Counter[str] = Counter()
    for (city, theme), count in pairs.items():
        weights.update({city: count, theme: count})
    unit = Label("举措数", "actions")
    nodes = [
        Node(uid, plain(facts.cities[uid].name), "city", weight, "", ((unit, str(weight)),))
        if uid in facts.cities
        else Node(uid, Label(facts.terms[uid].zh, facts.terms[uid].en), "theme", weight, "", ((unit, str(weight)),))
        for uid, weight in weights.items()
    ]
    return scene("themes", Label("城市与主题", "cities and themes"), nodes, ties)


def scene(key: str, name: Label, nodes: Sequence[Node], ties: Sequence[Tie]) -> Scene:
    """Give the scene of the heaviest nodes and the strongest ties between them, laid out."""
    kept = sorted(nodes, key=lambda node: (-node.weight, node.uid))[:MOST_NODES]
    there = {node.uid for node in kept}
    between = [tie for tie in ties if tie.source in there and tie.target in there]
    strongest = sorted(between, key=lambda tie: (-tie.weight, tie.kind, tie.source, tie.target))[:MOST_TIES]
    return Scene(
        key, name, kept, strongest, _layout(kept, strongest),
        hidden_nodes=len(nodes) - len(kept), hidden_ties=len(ties) - len(strongest),
    )  # fmt: skip


def _ties(pairs: Iterable[tuple[str, str, TieKind, Duty]]) -> list[Tie]:
    proofs: defaultdict[tuple[str, str, TieKind], list[Duty]] = defaultdict(list)
    for source, target, kind, proof in pairs:
        proofs[source, target, kind].append(proof)
    return [Tie(*key, len(found), found[:MOST_PROOFS]) for key, found in proofs.items()]


def _body_node(facts: Facts, uid: str) -> Node:
    body, load = facts.bodies[uid], facts.loads.get(uid)
    counts = (load.lead, load.joint, load.support, load.total) if load else (0, 0, 0, 0)
    words = (
        Label("牵头", "lead"),
        Label("共同牵头", "joint lead"),
        Label("配合", "support"),
        Label("责任合计", "responsibilities"),
    )
    rows = [(word, str(count)) for word, count in zip(words, counts, strict=True)]
    return Node(uid, plain(body.name), body.kind, counts[3], " ".join(body.aliases), rows)


def _layout(nodes: Sequence[Node], ties: Sequence[Tie]) -> dict[str, tuple[float, float]]:
    """Places: the force-directed layout of networkx, seeded, then names moved apart; the untied in rows below."""
    import networkx as nx

    graph = nx.Graph()
    strongest = log1p(max((tie.weight for tie in ties), default=1))
    slack = min(1.0, 3 * len(nodes) / max(1, len(ties)))
    for tie in ties:
        if tie.kind != "note":
            graph.add_edge(tie.source, tie.target, weight=slack * log1p(tie.weight) / strongest)
    places: dict[str, tuple[float, float]] = {}
    if graph:
        spread = _APART * sqrt(len(graph))
        found = nx.spring_layout(graph, k=3 / sqrt(len(graph)), seed=_SEED, iterations=150, scale=spread / 2)
        places = _apart({str(uid): (float(x), float(y)) for uid, (x, y) in found.items()})
    lowest = max((y for _, y in places.values()), default=0.0)
    untied = [node.uid for node in nodes if node.uid not in places]
    a_row = max(6, round(sqrt(2 * len(places))))
    for number, uid in enumerate(untied):
        row, column = divmod(number, a_row)
        places[uid] = ((column - (a_row - 1) / 2) * _APART * _FLAT, lowest + (row + 2) * _APART)
    return {uid: (round(x, 1), round(y, 1)) for uid, (x, y) in places.items()}


def _apart(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The places moved until (nearly) no two are closer than a name needs; names are wider than high."""
    import numpy as np

    at = np.array(list(places.values()))
    for _ in range(_ROUNDS):
        between = at[:, None, :] - at[None, :, :]
        distance = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(distance, np.inf)
        push = np.clip(_APART - distance, 0, None) / np.maximum(distance, 1.0)
        if not push.any():
            break
        at = at + 0.25 * (between * push[..., None]).sum(axis=1)
    return {uid: (float(x) * _FLAT, float(y)) for uid, (x, y) in zip(places, at, strict=True)}
