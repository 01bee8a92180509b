"""Loading a graph folder into a Neo4j database: what is there is compared first, and only the difference is written.

The comparison makes a load safe to repeat: one that was killed at any moment leaves some of the difference, and the
next finds the rest. What a load may remove ends at the documents it read: other documents in the database, and what
they need, stay, unless ``prune`` says that the database shall hold this graph and nothing else.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.neo4j.lock import LoadLock, held_lock
from kg.neo4j.rows import (
    batches,
    content,
    create_edges,
    delete_edges,
    delete_nodes,
    document_of,
    edge_columns,
    edge_keys,
    node_columns,
    owned_labels,
    read_edges,
    read_edges_of_parts,
    read_nodes,
    read_parts,
    set_edges,
    values,
    write_nodes,
)
from kg.neo4j.schema import BOOK, PAPER, RUN, make_constraints, make_indexes
from kg.records import InputFile, Row
from kg.tables import EdgeKey, account_json, finding_json
from ontology.records import Finding
from ontology.vocabulary import vocabulary

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from kg.neo4j.connection import Connection
    from kg.store import GraphStore

_BATCH_SECONDS = 300.0
_PASSES = 3
Told = Callable[[int, int], None]
"""Called with how many rows are written and how many there are to write."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many nodes or edges of one kind a load makes, changes and removes."""

    kind: str
    name: str
    created: int
    updated: int
    removed: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.created + self.updated + self.removed


@dataclass(slots=True)
class Plan:
    """The difference between a graph and a database: what to write, by label or (label, relation, label)."""

    new_nodes: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    changed_nodes: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    stale_nodes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    new_edges: dict[EdgeKey, list[Row]] = field(default_factory=lambda: defaultdict(list))
    changed_edges: dict[EdgeKey, list[tuple[str, Row]]] = field(default_factory=lambda: defaultdict(list))
    stale_edges: dict[EdgeKey, list[str]] = field(default_factory=lambda: defaultdict(list))
    papers: list[dict[str, str]] = field(default_factory=list)
    stale_papers: list[str] = field(default_factory=list)
    book: dict[str, str] | None = None

    def changes(self) -> list[Change]:
        """Give the counts a kind, in the ontology's order."""
        nodes = [
            Change("node", label, *(len(rows.get(label, ())) for rows in
                   (self.new_nodes, self.changed_nodes, self.stale_nodes)))
            for label in vocabulary().node_types
        ]  # fmt: skip
        counts: dict[str, list[int]] = {name: [0, 0, 0] for name in vocabulary().relation_types}
        for place, edges in enumerate((self.new_edges, self.changed_edges, self.stale_edges)):
            for (_, relation, _), rows in edges.items():  # type: ignore[attr-defined]
                counts[relation][place] += len(rows)
        papers = Change("text", "Document", len(self.papers), 0, len(self.stale_papers))
        return [*nodes, *(Change("edge", name, *count) for name, count in counts.items()), papers]

    @property
    def size(self) -> int:
        """How many rows there are to write; 0 where the database is as the graph says."""
        return sum(change.total for change in self.changes()) + (self.book is not None)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, or with ``dry_run`` would do. ``kept`` are the database's other documents."""

    changes: Sequence[Change]
    kept: int
    dry_run: bool


def load(
    graph: GraphStore,
    connection: Connection,
    *,
    prune: bool = False,
    dry_run: bool = False,
    versions: Mapping[str, str] | None = None,
    told: Told = lambda done, total: None,
) -> LoadReport:
    """Bring a database to what a graph says.

    ``versions`` are the packages the graph was built with, for the run's record. Raises
    :class:`~ontology.errors.GraphLockedError` while another load is under way and
    :class:`~ontology.errors.BackendError` for a server that does not answer; a load that ended early is repeated by
    loading again.
    """
    mine = Loaded.of(graph)
    if dry_run:
        theirs, plan = compared(mine, connection, prune=prune)
        return LoadReport(plan.changes(), len(theirs.others), dry_run=True)
    make_constraints(connection)
    with held_lock(connection) as lock:
        theirs, plan = compared(mine, connection, prune=prune, alive=lock.tell)
        first, kept = plan, len(theirs.others)
        for _ in range(_PASSES):
            if not plan.size:
                break
            writer = _Writer(connection, lock, told, plan.size)
            writer.write(plan)
            if not writer.repeated:
                break
            # A transaction whose end nobody heard of was run again, and may have been kept both times.
            _, plan = compared(mine, connection, prune=prune, alive=lock.tell)
        make_indexes(connection)
        _close(connection, lock, first, versions or {})
    return LoadReport(first.changes(), kept, dry_run=False)


# ------------------------------------------------------------------------------------------------ what is here


@dataclass(frozen=True, slots=True)
class Loaded:
    """The graph to load."""

    nodes: Mapping[str, Mapping[str, Row]]
    edges: Mapping[EdgeKey, Sequence[Row]]
    documents: frozenset[str]
    papers: Mapping[str, dict[str, str]]
    inputs: Sequence[InputFile]
    loose: Sequence[Finding]

    @classmethod
    def of(cls, graph: GraphStore) -> Loaded:
        """Read all of a graph."""
        nodes = {label: {str(row["uid"]): row for row in graph.nodes(label)} for label in vocabulary().node_types}
        edges: dict[EdgeKey, list[Row]] = defaultdict(list)
        for relation in vocabulary().relation_types:
            for row in graph.edges(relation):
                edges[str(row["source_label"]), relation, str(row["target_label"])].append(row)
        papers, loose = _papers(graph)
        return cls(nodes, edges, frozenset(nodes["Document"]), papers, graph.inputs(), loose)

    def failed_files(self) -> frozenset[str]:
        """The files that this run could not read: what the database has of them stays."""
        return frozenset(given.file for given in self.inputs if given.outcome == "failed")


def _papers(graph: GraphStore) -> tuple[dict[str, dict[str, str]], list[Finding]]:
    """What is kept of every document beside the graph, and the findings that stand in no document."""
    texts, accounts = graph.texts(), graph.accounts()
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in graph.findings():
        findings[finding.document if finding.document in texts else ""].append(finding)
    papers = {
        uid: {
            "document": uid, "text": text, "account": account_json(accounts.get(uid, ())),
            "findings": finding_json(findings[uid]),
        }
        for uid, text in texts.items()
    }  # fmt: skip
    return papers, findings[""]


def _book_of(inputs: Iterable[InputFile], loose: Iterable[Finding]) -> dict[str, str]:
    return {
        "inputs": json.dumps([asdict(given) for given in inputs], ensure_ascii=False),
        "findings": finding_json(loose),
    }


def bookkeeping(graph: GraphStore) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Give what a database holds beside a graph: its papers by document, and its book."""
    papers, loose = _papers(graph)
    return papers, _book_of(graph.inputs(), loose)


# ------------------------------------------------------------------------------------------------ what is there


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the database holds of the graph's documents and of all that documents share."""

    nodes: Mapping[str, Mapping[str, Row]]
    edges: Mapping[EdgeKey, Sequence[tuple[str, str, str, Row]]]
    documents: frozenset[str]
    others: frozenset[str]
    papers: Mapping[str, dict[str, str]]
    book: dict[str, str]
    unfinished: bool


def _read(mine: Loaded, connection: Connection, prune: bool, alive: Callable[[], None]) -> Theirs:
    files = {str(uid): str(file) for uid, file in connection.read("MATCH (d:Document) RETURN d.uid, d.file")}
    failed = mine.failed_files()
    others = frozenset(uid for uid in files if uid not in mine.documents and (not prune or files[uid] in failed))
    gone = frozenset(files) - mine.documents - others
    ours = sorted(mine.documents | gone)
    owned = owned_labels()
    there = {str(row[0]) for row in connection.read("CALL db.labels() YIELD label RETURN label")}
    nodes: dict[str, dict[str, Row]] = {}
    for label in vocabulary().node_types:
        partly = others and label in owned
        text = read_parts(label) if partly else read_nodes(label)
        found = connection.read(text, _BATCH_SECONDS, documents=ours) if label in there else []
        nodes[label] = {str(row[0]["uid"]): row[0] for row in found}  # type: ignore[index, misc]
        alive()
    edges: dict[EdgeKey, list[tuple[str, str, str, Row]]] = {}
    for key in edge_keys():
        if not nodes[key[0]] or not nodes[key[2]]:
            continue
        text = read_edges_of_parts(key, owned) if others else read_edges(key)
        edges[key] = connection.read(text, _BATCH_SECONDS, documents=ours)  # type: ignore[assignment]
        alive()
    papers, book, unfinished = _bookkeeping(connection, there, ours if others else None)
    return Theirs(nodes, edges, frozenset(files), others, papers, book, unfinished)


def _bookkeeping(
    connection: Connection, there: set[str], documents: Sequence[str] | None
) -> tuple[dict[str, dict[str, str]], dict[str, str], bool]:
    papers: dict[str, dict[str, str]] = {}
    if PAPER in there:
        only = "" if documents is None else "WHERE p.document IN $documents "
        text = f"MATCH (p:{PAPER}) {only}RETURN properties(p)"
        for (paper,) in connection.read(text, _BATCH_SECONDS, documents=documents):
            papers[str(paper["document"])] = paper  # type: ignore[index, assignment]
    found = connection.read(f"MATCH (g:{BOOK}) RETURN g.inputs, g.findings, g.unfinished") if BOOK in there else []
    inputs, findings, unfinished = found[0] if found else (None, None, None)
    book = {} if inputs is None else {"inputs": str(inputs), "findings": str(findings)}
    return papers, book, bool(unfinished)


# ------------------------------------------------------------------------------------------------ the difference


def compared(
    mine: Loaded, connection: Connection, *, prune: bool, alive: Callable[[], None] = lambda: None
) -> tuple[Theirs, Plan]:
    """Read what the database holds of this graph's part, and tell the difference; ``alive`` is called in between."""
    theirs = _read(mine, connection, prune, alive)
    plan = Plan()
    used = _Used(mine, theirs, connection)
    _compare_nodes(mine, theirs, used, plan)
    _compare_edges(mine, theirs, used, plan)
    _remove_unneeded(mine, theirs, used, plan)
    plan.papers = [paper for uid, paper in mine.papers.items() if theirs.papers.get(uid) != paper]
    plan.stale_papers = sorted(set(theirs.papers) - set(mine.papers) - theirs.others)
    book = _book(mine, theirs)
    if book != theirs.book or theirs.unfinished:
        plan.book = book
    return theirs, plan


class _Used:
    """Which shared nodes documents use that are not in the graph to load."""

    def __init__(self, mine: Loaded, theirs: Theirs, connection: Connection) -> None:
        self._mine, self._theirs, self._connection = mine, theirs, connection

    def elsewhere(self, label: str, uids: Iterable[str]) -> frozenset[str]:
        """Those of ``uids`` that hang on a part of another document."""
        asked = sorted(uids)
        if not asked or not self._theirs.others:
            return frozenset()
        parts = "|".join(sorted(owned_labels()))
        text = f"UNWIND $uids AS uid MATCH (n:{label} {{uid: uid}})--(part:{parts}) RETURN DISTINCT uid, part.uid"
        rows = self._connection.read(text, _BATCH_SECONDS, uids=asked)
        others = self._theirs.others
        return frozenset(str(uid) for uid, part in rows if document_of(str(part), others))


def _compare_nodes(mine: Loaded, theirs: Theirs, used: _Used, plan: Plan) -> None:
    owned = owned_labels()
    for label, wanted in mine.nodes.items():
        names, there = node_columns(label), theirs.nodes[label]
        plan.new_nodes[label] = [row for uid, row in wanted.items() if uid not in there]
        differ = {uid for uid, row in wanted.items() if uid in there and _differ(row, there[uid], names)}
        shared = used.elsewhere(label, differ) if label not in owned else frozenset()
        rows = ((uid, _joined(wanted[uid], there[uid]) if uid in shared else wanted[uid]) for uid in sorted(differ))
        plan.changed_nodes[label] = [row for uid, row in rows if _differ(row, there[uid], names)]
        if label in owned or not theirs.others:
            plan.stale_nodes[label] = sorted(uid for uid in there if uid not in wanted and not _kept(uid, theirs))


def _differ(row: Row, there: Mapping[str, object], names: Sequence[str]) -> bool:
    return any(row.get(name) != there.get(name) for name in names)


def _joined(row: Row, there: Row) -> Row:
    """A node that other documents use keeps in its lists what they put there."""
    joined = dict(row)
    for name, value in row.items():
        before = there.get(name)
        if isinstance(value, list) and isinstance(before, list):
            joined[name] = sorted({*value, *before})
    return joined


def _kept(uid: str, theirs: Theirs) -> bool:
    return document_of(uid, theirs.others) is not None


def _compare_edges(mine: Loaded, theirs: Theirs, used: _Used, plan: Plan) -> None:
    owned = owned_labels()
    for key in edge_keys():
        if not theirs.edges.get(key):
            plan.new_edges[key] = list(mine.edges.get(key, ()))
            continue
        names = edge_columns(key[1])
        wanted: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
        for row in mine.edges.get(key, ()):
            wanted[str(row["source"]), str(row["target"])].append((content(row, names), row))
        stale: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source, target, identity, stored in theirs.edges.get(key, ()):
            waiting = wanted.get((source, target), [])
            said = content(stored, names)
            match = next((place for place, (text, _) in enumerate(waiting) if text == said), None)
            if match is not None:
                del waiting[match]
            else:
                stale[source, target].append(identity)
        removable = _removable(key, stale, mine, theirs, used, owned)
        for ends, identities in stale.items():
            waiting = wanted.get(ends, [])
            for identity in identities:
                if ends not in removable:
                    break
                if waiting:
                    plan.changed_edges[key].append((identity, waiting.pop()[1]))
                else:
                    plan.stale_edges[key].append(identity)
        plan.new_edges[key] = [row for rows in wanted.values() for _, row in rows]


def _removable(
    key: EdgeKey,
    stale: Mapping[tuple[str, str], object],
    mine: Loaded,
    theirs: Theirs,
    used: _Used,
    owned: frozenset[str],
) -> set[tuple[str, str]]:
    """The ends between which this load may remove edges: parts of its documents, or shared nodes only it uses."""
    if not theirs.others:
        return set(stale)
    if key[0] not in owned and key[2] not in owned:
        here = {source for source, _ in stale if source in mine.nodes[key[0]]}
        elsewhere = used.elsewhere(key[0], here)
        return {ends for ends in stale if ends[0] in here and ends[0] not in elsewhere}
    parts = [place for place, label in ((0, key[0]), (1, key[2])) if label in owned]
    return {ends for ends in stale if not any(_kept(ends[place], theirs) for place in parts)}


def _remove_unneeded(mine: Loaded, theirs: Theirs, used: _Used, plan: Plan) -> None:
    """Shared nodes that this graph lacks and no other document needs: nothing of a document hangs on them, and no
    shared node that stays points to them."""
    if not theirs.others:
        return
    owned = owned_labels()
    candidates = {
        uid: label
        for label, rows in theirs.nodes.items()
        if label not in owned
        for uid in rows
        if uid not in mine.nodes[label]
    }
    needed: set[str] = set()
    for label in set(candidates.values()):
        needed |= used.elsewhere(label, (uid for uid, own in candidates.items() if own == label))
    pointing = [
        (source, target)
        for key, rows in theirs.edges.items()
        if key[0] not in owned and key[2] not in owned
        for source, target, _, _ in rows
    ]
    changed = True
    while changed:
        more = {
            target
            for source, target in pointing
            if target in candidates and target not in needed and (source in needed or source not in candidates)
        }
        changed = bool(more)
        needed |= more
    for uid, label in sorted(candidates.items()):
        if uid not in needed:
            plan.stale_nodes[label].append(uid)


def _book(mine: Loaded, theirs: Theirs) -> dict[str, str]:
    """Inputs and the findings of no document: this graph's, and those of other loads about other files."""
    book = _book_of(mine.inputs, mine.loose)
    if not theirs.others:
        return book
    files = {given.file for given in mine.inputs} | {finding.file for finding in mine.loose}
    kept = {name: [row for row in json.loads(theirs.book.get(name, "[]")) if row["file"] not in files] for name in book}
    inputs = sorted([*json.loads(book["inputs"]), *kept["inputs"]], key=lambda row: (row["file"], row["sha256"] or ""))
    findings = [*json.loads(book["findings"]), *kept["findings"]]
    return {name: json.dumps(rows, ensure_ascii=False) for name, rows in (("inputs", inputs), ("findings", findings))}


# ------------------------------------------------------------------------------------------------ writing


class _Writer:
    """Writes a plan, batch by batch, each in a transaction that holds the lock."""

    def __init__(self, connection: Connection, lock: LoadLock, told: Told, total: int) -> None:
        self._connection, self._lock, self._told = connection, lock, told
        self._done, self._total = 0, total
        self.repeated = False

    def write(self, plan: Plan) -> None:
        """Write all of it, nodes before edges, and what is stale first, so that no uid stands twice."""
        self._run(f"MERGE (g:{BOOK} {{name: 'graph'}}) SET g.unfinished = true", [None])
        for key, ids in plan.stale_edges.items():
            self._run(delete_edges(key), ids)
        for label, uids in plan.stale_nodes.items():
            self._run(delete_nodes(label), uids)
        for rows in (plan.new_nodes, plan.changed_nodes):
            for label, nodes in rows.items():
                names = node_columns(label)
                self._run(write_nodes(label), (values(row, names) for row in nodes))
        for key, changed in plan.changed_edges.items():
            names = edge_columns(key[1])
            self._run(set_edges(key), ([identity, *values(row, names)] for identity, row in changed))
        for key, edges in plan.new_edges.items():
            names = edge_columns(key[1])
            self._run(create_edges(key), ([row["source"], row["target"], *values(row, names)] for row in edges))
        self._run(f"UNWIND $batch.rows AS uid MATCH (p:{PAPER} {{document: uid}}) DELETE p", plan.stale_papers)
        self._run(f"UNWIND $batch.rows AS row MERGE (p:{PAPER} {{document: row.document}}) SET p = row", plan.papers)
        if plan.book is not None:
            text = f"UNWIND $batch.rows AS row MERGE (g:{BOOK} {{name: 'graph'}}) SET g += row"
            self._run(text, [plan.book])

    def _run(self, text: str, rows: Iterable[object]) -> None:
        for batch in batches(rows):
            attempts = 0

            def work(tx: ManagedTransaction, batch: list[object] = batch) -> None:
                nonlocal attempts
                attempts += 1
                self._lock.hold(tx)
                tx.run(text, batch={"rows": batch}).consume()

            self._connection.transact(work, timeout=_BATCH_SECONDS, write=True)
            self.repeated = self.repeated or attempts > 1
            self._done += len(batch)
            self._told(min(self._done, self._total), self._total)


def _close(connection: Connection, lock: LoadLock, plan: Plan, versions: Mapping[str, str]) -> None:
    """Say that the database is whole, and where something was changed what, by which versions."""
    totals = Counter[str]()
    for change in plan.changes():
        totals.update(
            {f"{change.kind}s_created": change.created, f"{change.kind}s_updated": change.updated,
             f"{change.kind}s_removed": change.removed}
        )  # fmt: skip
    run = {
        "token": lock.token, "ended": datetime.now(UTC).isoformat(timespec="seconds"), "ontology": vocabulary().version,
        "versions": [f"{name} {version}" for name, version in sorted(versions.items())], **totals,
    }  # fmt: skip

    def work(tx: ManagedTransaction) -> None:
        lock.hold(tx)
        tx.run(f"MATCH (g:{BOOK} {{name: 'graph'}}) REMOVE g.unfinished").consume()
        if plan.size:
            tx.run(f"MERGE (r:{RUN} {{token: $run.token}}) SET r = $run", run=run).consume()

    if plan.size:
        connection.transact(work, timeout=_BATCH_SECONDS, write=True)
