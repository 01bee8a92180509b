"""A graph in a Neo4j database, read as a graph folder is: the same rows, tables, texts and findings."""

from __future__ import annotations

import datetime as dt
import json
import re
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from kg.engine import parameter_value, with_ontology_name
from kg.neo4j.connection import READ_TIMEOUT, Address, Connection, backend_error
from kg.neo4j.rows import edge_columns, node_columns, read_edges, read_nodes, whole
from kg.neo4j.schema import BOOK, PAPER
from kg.records import InputFile, Row
from kg.statement import place, pointed, statement
from kg.store import networkx_of, no_such
from kg.tables import account_of, findings_of, ordered_edges
from ontology.errors import BackendError, GraphError, GraphLockedError, QueryError, Words, WriteRefusedError
from ontology.records import Finding, Stretch
from ontology.vocabulary import vocabulary
from queries.rows import Rows, Value

if TYPE_CHECKING:
    import networkx as nx

_UNKNOWN = re.compile(r"The (?:label|relationship type) `([^`]+)` does not exist")
_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: (\d+)\)\)")


class Neo4jGraph:
    """An opened database. Satisfies :class:`kg.store.GraphStore`."""

    def __init__(self, connection: Connection) -> None:
        """Take a connection to a database that a load filled; it is closed with this object."""
        self._connection = connection
        weakref.finalize(self, connection.close)

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run one Cypher statement; see :meth:`queries.rows.Store.run`.

        What a write changes with ``read_only=False`` is taken back at its end.
        """
        from neo4j.exceptions import DriverError, Neo4jError

        prepared = statement(text, params or {}, read_only=read_only)
        values = {name: parameter_value((params or {})[name], name) for name in prepared.parameters}
        seconds = READ_TIMEOUT if timeout is None else timeout
        try:
            answer = self._connection.ask(text, values, timeout=seconds, write=not read_only)
        except (Neo4jError, DriverError) as error:
            self._refuse(text, error, seconds)
        columns = tuple(answer.keys)
        rows = [
            {name: _value(value) for name, value in zip(columns, record.values(), strict=True)}
            for record in answer.records
        ]
        return Rows(columns, rows, tuple(self._warnings(answer.summary.gql_status_objects)))

    def cypher(self, text: str, /, *, timeout: float | None = None, **params: object) -> Rows:
        """Run one Cypher statement that only reads: ``graph.cypher("… $city …", city="示例市")``."""
        return self.run(text, params, timeout=timeout)

    def run_isolated(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run a statement of a stranger: the server is a process of its own, and limits its own memory."""
        return self.run(text, params, timeout=timeout, read_only=read_only)

    def nodes(self, label: str) -> list[Row]:
        """Give all nodes of a label, sorted by uid, each with every property of the label."""
        _known("label", label, vocabulary().node_types)
        names = node_columns(label)
        rows = [whole(row[0], names) for row in self._connection.read(read_nodes(label))]  # type: ignore[arg-type]
        return sorted(rows, key=lambda row: str(row["uid"]))

    def edges(self, relation: str) -> list[Row]:
        """Give all edges of a relation, with ``source_label``, ``source``, ``target_label``, ``target``."""
        _known("relation", relation, vocabulary().relation_types)
        names = edge_columns(relation)
        rows: list[Row] = []
        for source_label, target_label in vocabulary().relation_types[relation].pairs:
            for source, target, _, stored in self._connection.read(read_edges((source_label, relation, target_label))):
                ends = {"source_label": source_label, "source": str(source),
                        "target_label": target_label, "target": str(target)}  # fmt: skip
                rows.append({**ends, **whole(stored, names)})  # type: ignore[arg-type]
        return ordered_edges(relation, rows)

    def text(self, document_uid: str) -> str:
        """Give the text of a document as it was read: what all spans point into."""
        found = self._connection.read(f"MATCH (p:{PAPER} {{document: $uid}}) RETURN p.text", uid=document_uid)
        if not found:
            raise no_such("document", document_uid, [str(row["uid"]) for row in self.nodes("Document")])
        return str(found[0][0])

    def texts(self) -> dict[str, str]:
        """Give the texts of all documents, by uid."""
        rows = self._connection.read(f"MATCH (p:{PAPER}) RETURN p.document AS uid, p.text ORDER BY uid")
        return {str(uid): str(text) for uid, text in rows}

    def accounts(self) -> dict[str, list[Stretch]]:
        """Give which stretch of every document's text belongs to what, by uid, in order."""
        rows = self._connection.read(f"MATCH (p:{PAPER}) RETURN p.document AS uid, p.account ORDER BY uid")
        accounts = {str(uid): account_of(str(account)) for uid, account in rows}
        return {uid: account for uid, account in accounts.items() if account}

    def findings(self) -> list[Finding]:
        """Give what was found wrong, by file and place."""
        rows = self._connection.read(f"MATCH (p:{PAPER}) RETURN p.findings")
        return findings_of([str(row[0]) for row in rows] + [self._book["findings"]])

    def inputs(self) -> tuple[InputFile, ...]:
        """Give the files the loaded graphs were made of, those that could not be read included."""
        return tuple(InputFile(**given) for given in json.loads(self._book["inputs"]))

    def to_networkx(self) -> nx.MultiDiGraph:
        """Give the whole graph for algorithms; see :func:`kg.store.networkx_of`."""
        words = vocabulary()
        return networkx_of(self, sorted(words.node_types), sorted(words.relation_types))

    @cached_property
    def _book(self) -> dict[str, str]:
        ((inputs, findings),) = self._connection.read(f"MATCH (g:{BOOK}) RETURN g.inputs, g.findings")
        return {"inputs": str(inputs), "findings": str(findings)}

    def _warnings(self, statuses: Sequence[object]) -> list[str]:
        """What the server says of names that do not exist; a label of the ontology that is empty is no mistake."""
        words = vocabulary()
        warnings = []
        for status in statuses:
            found = _UNKNOWN.search(str(getattr(status, "status_description", "")))
            if found and found[1] not in words.node_types and found[1] not in words.relation_types:
                warnings.append(with_ontology_name(found[0] + ".", found[1]))
        return warnings

    def _refuse(self, text: str, error: Exception, seconds: float) -> NoReturn:
        code = str(getattr(error, "code", None) or "")
        if code.endswith("Statement.AccessMode"):
            raise WriteRefusedError(
                Words("这会修改图谱，而这里只读取", "this would change the graph, and this graph is only read"),
                advice=Words("图谱由 kg neo4j load 更新", "a graph on a server changes by loading it: kg neo4j load"),
            ) from None
        if ".Statement." in code and "ClientError" in code:
            said = str(getattr(error, "message", None) or error)
            found = _PLACE.search(said)
            message = _PLACE.sub("", said).split("\n")[0].strip().strip('"')
            if not found:
                raise QueryError(message) from None
            offset = min(int(found[3]), len(text))
            raise QueryError(pointed(message, text, offset), where=place(text, offset)) from None
        raise backend_error(error, self._connection.address, seconds) from None


def open_database(address: Address) -> Neo4jGraph:
    """Open the graph in a database.

    Raises:
        BackendError: the server or database does not answer.
        GraphLockedError: a load into it is under way, or did not come to its end.
        GraphError: nothing was loaded there.
    """
    connection = Connection(address)
    try:
        labels = {str(row[0]) for row in connection.read("CALL db.labels() YIELD label RETURN label")}
        text = f"MATCH (g:{BOOK}) RETURN g.inputs IS NOT NULL, coalesce(g.unfinished, false), g.holder, g.since"
        found = connection.read(text) if BOOK in labels else []
        loaded, unfinished, holder, since = found[0] if found else (False, False, None, None)
        if unfinished:
            raise _half_loaded(address, holder, since)
        if not loaded:
            raise GraphError(
                Words("数据库中没有图谱", "there is no graph in this database"),
                where=str(address),
                advice=Words("先装载：kg neo4j load --graph DIR", "load one: kg neo4j load --graph DIR"),
            )
    except BaseException:
        connection.close()
        raise
    return Neo4jGraph(connection)


def _half_loaded(address: Address, holder: object, since: object) -> BackendError:
    who = f"{holder}, since {since}" if holder else ""
    return GraphLockedError(
        Words(
            f"装载尚未完成（{who or '已中断'}），此时回答会不完整",
            f"a load into this database is not complete ({who or 'it was broken off'}); answers would be wrong",
        ),
        where=str(address),
        advice=Words("等它结束，或再装载一次：kg neo4j load", "wait until it has ended, or load again: kg neo4j load"),
    )


def _known(kind: str, name: str, names: Mapping[str, object]) -> None:
    if name not in names:
        raise no_such(kind, name, list(names))


def _value(value: object) -> Value:
    """A value of the driver as the embedded engine gives it."""
    from neo4j.graph import Node, Path, Relationship

    match value:
        case None | bool() | int() | float() | str():
            return value
        case Node():
            return {"labels": [_value(label) for label in sorted(value.labels)], **_properties(value)}
        case Relationship():
            return {"type": value.type, **_properties(value)}
        case Path():
            return {"nodes": [_value(node) for node in value.nodes],
                    "relationships": [_value(relation) for relation in value.relationships]}  # fmt: skip
        case list() | tuple():
            return [_value(item) for item in value]
        case dict():
            return {str(key): _value(item) for key, item in value.items()}
        case dt.date() | dt.time():
            return value.isoformat()
    iso = getattr(value, "iso_format", None)
    return str(iso()) if iso else str(value)


def _properties(entity: object) -> dict[str, Value]:
    stored = dict(entity.items())  # type: ignore[attr-defined]
    first = {key: stored.pop(key) for key in ("uid", "name") if key in stored}
    return {key: _value(item) for key, item in (*first.items(), *sorted(stored.items()))}
