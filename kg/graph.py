"""A graph folder, opened for reading: Cypher, tables, texts, findings, and a view for graph algorithms.

``CURRENT`` names the version in use; ``versions/<name>/`` holds its manifest, its tables and the engine's cache. An
opened graph stays with the version it found, also while a build switches to the next.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.records import InputFile, Row
from kg.store import networkx_of, no_such
from kg.tables import (
    read_accounts,
    read_edges,
    read_findings,
    read_nodes,
    read_text,
    read_texts,
    refuse_damage,
    table_names,
)
from ontology.errors import GraphError, GraphLockedError, KgError
from ontology.records import Finding, Stretch
from queries.rows import Rows

if TYPE_CHECKING:
    import networkx as nx

    from kg.engine import Engine

FORMAT = 2
CURRENT = "CURRENT"
VERSIONS = "versions"
MANIFEST = "manifest.json"
LOCK = ".lock"
HOLDER = ".lock-holder.json"
_VERSION_NAME = re.compile(r"[0-9a-f]{16}")
_BUILD_AGAIN = "build it again: kg build PATH... -o {folder}"
_BUILD = "build one: kg build PATH... -o {folder}, or name another folder with --graph"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph was made of and by what.

    ``versions`` holds the packages' versions, ``ontology`` the vocabulary's. ``nodes`` and ``relations`` count per
    label and relation, ``findings`` per code and severity. ``data_hash`` is the SHA-256 over all tables, ``tables``
    has the size of each in bytes by its path, None where it was not written down. There is no time in it: the same
    input makes the same manifest.
    """

    format: int
    versions: Mapping[str, str]
    ontology: str
    data_hash: str
    settings: Mapping[str, object]
    inputs: tuple[InputFile, ...]
    nodes: Mapping[str, int]
    relations: Mapping[str, int]
    findings: Mapping[str, Mapping[str, int]]
    tables: Mapping[str, int | None]


class Graph:
    """An opened graph folder. Satisfies :class:`kg.store.GraphStore`."""

    def __init__(self, path: Path, version: Path, manifest: Manifest) -> None:
        """Take what :func:`open_graph` found; the engine is opened with the first question."""
        self.path = path
        self.version = version
        self.manifest = manifest
        self._engine: Engine | None = None

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run one Cypher statement; see :meth:`queries.rows.Store.run`.

        With ``read_only=False`` a write changes what this object holds in memory, never the folder.
        """
        return self._opened().run(text, params, timeout=timeout, read_only=read_only)

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
        """Run a statement of a stranger in a process of its own; see :func:`kg.engine.run_isolated`.

        What a write changes ends with that process.
        """
        from kg.engine import DEFAULT_MEMORY, run_isolated

        return run_isolated(
            self.version, self.manifest.ontology, text, params,
            timeout=timeout, memory=DEFAULT_MEMORY if memory is None else memory, read_only=read_only,
        )  # fmt: skip

    def nodes(self, label: str) -> list[Row]:
        """Give all nodes of a label, sorted by uid, each with every property of the label."""
        return read_nodes(self.version, self._table("label", label, "nodes"))

    def edges(self, relation: str) -> list[Row]:
        """Give all edges of a relation, with ``source_label``, ``source``, ``target_label``, ``target``."""
        return read_edges(self.version, self._table("relation", relation, "edges"))

    def text(self, document_uid: str) -> str:
        """Give the text of a document as it was read: what all spans point into."""
        text = read_text(self.version, document_uid)
        if text is None:
            uids = [str(row["uid"]) for row in self.nodes("Document")]
            raise no_such("document", document_uid, uids)
        return text

    def texts(self) -> dict[str, str]:
        """Give the texts of all documents, by uid."""
        return read_texts(self.version)

    def accounts(self) -> dict[str, list[Stretch]]:
        """Give which stretch of every document's text belongs to what, by uid, in order."""
        return read_accounts(self.version)

    def findings(self) -> list[Finding]:
        """Give what was found wrong, by file and place."""
        return read_findings(self.version)

    def inputs(self) -> tuple[InputFile, ...]:
        """Give the files the graph was made of, those that could not be read included."""
        return self.manifest.inputs

    def to_networkx(self) -> nx.MultiDiGraph:
        """Give the whole graph for algorithms; see :func:`kg.store.networkx_of`."""
        return networkx_of(self, table_names(self.version / "nodes"), table_names(self.version / "edges"))

    def _opened(self) -> Engine:
        if self._engine is None:
            from kg.engine import open_engine

            self._engine = open_engine(self.version, self.manifest.ontology)
        return self._engine

    def _table(self, kind: str, name: str, folder: str) -> str:
        names = table_names(self.version / folder)
        if name not in names and name in _known_names():
            message = f"this graph was built by an older kg, which knew no {kind} {name}"
            raise _error(self.path, message, _BUILD_AGAIN)
        if name not in names:
            raise no_such(kind, name, names)
        return name


def open_graph(path: str | os.PathLike[str] = "kg-graph") -> Graph:
    """Open the graph folder that ``kg build`` wrote.

    Raises :class:`GraphError` for a folder that is absent, no graph, broken, or of another format version, and
    :class:`GraphLockedError` while its first build is under way.
    """
    folder = Path(path)
    version = current_version(folder)
    if version is None:
        raise _no_graph(folder)
    if not version.is_dir():
        raise _error(folder, f"the graph is damaged: {VERSIONS}/{version.name} is missing", _BUILD_AGAIN)
    manifest = read_manifest(version / MANIFEST, folder)
    try:
        refuse_damage(version, manifest.tables)
    except GraphError as error:
        if isinstance(error.__cause__, PermissionError):
            raise
        raise _error(Path(error.where or version), error.message, _BUILD_AGAIN, folder) from None
    return Graph(folder, version, manifest)


def current_version(folder: Path) -> Path | None:
    """Give the folder of the version in use, None where ``CURRENT`` is absent."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _error(folder / CURRENT, f"cannot be read: {error.strerror}", _BUILD_AGAIN, folder) from error
    if not _VERSION_NAME.fullmatch(name):
        raise _error(folder / CURRENT, "this file does not name a version of a graph", _BUILD_AGAIN, folder)
    return folder / VERSIONS / name


def read_manifest(path: Path, folder: Path) -> Manifest:
    """Read a manifest; ``folder`` is the graph folder, for the advice."""
    try:
        content = json.loads(path.read_bytes())
        written = content["format"]
        if not isinstance(written, int):
            raise TypeError("format is not a number")
        if written == FORMAT:
            return _manifest(content)
    except FileNotFoundError:
        raise _error(path, "the manifest is missing", _BUILD_AGAIN, folder) from None
    except OSError as error:
        raise _error(path, f"the manifest cannot be read: {error.strerror}", _BUILD_AGAIN, folder) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _error(path, f"the manifest is damaged ({error!r})", _BUILD_AGAIN, folder) from error
    if written > FORMAT:
        message = f"this graph has format {written}, newer than this kg reads ({FORMAT})"
        raise _error(folder, message, "update kg, or " + _BUILD_AGAIN)
    message = f"this graph has format {written}, older than this kg reads ({FORMAT})"
    raise _error(folder, message, _BUILD_AGAIN)


def _manifest(content: Mapping[str, object]) -> Manifest:
    counts = cast("Mapping[str, Mapping[str, int]]", content)
    inputs = cast("list[dict[str, str]]", content["inputs"])
    findings = cast("Mapping[str, Mapping[str, int]]", content["findings"])
    return Manifest(
        format=FORMAT,
        versions=dict(cast("Mapping[str, str]", content["versions"])),
        ontology=str(content["ontology"]),
        data_hash=str(content["data_hash"]),
        settings=dict(cast("Mapping[str, object]", content["settings"])),
        inputs=tuple(InputFile(**given) for given in inputs),
        nodes=dict(counts["nodes"]),
        relations=dict(counts["relations"]),
        findings={code: dict(severities) for code, severities in findings.items()},
        tables=dict(cast("Mapping[str, int]", content["tables"])) if "tables" in content else _tables(content),
    )


def _tables(content: Mapping[str, object]) -> dict[str, int | None]:
    """The tables of a manifest that does not list them: one a label, one a relation, and the three of texts."""
    counts = cast("Mapping[str, Mapping[str, int]]", content)
    names = [f"nodes/{label}" for label in counts["nodes"]] + [f"edges/{relation}" for relation in counts["relations"]]
    return {f"{name}.parquet": None for name in (*names, "texts", "accounts", "findings")}


def builder(folder: Path) -> str | None:
    """Give who is building a graph in a folder at this moment, None where nobody is."""
    from filelock import FileLock, Timeout

    # Without it nobody builds, and a lock tried for a moment cannot get in the way of one who begins.
    if not (folder / HOLDER).is_file():
        return None
    try:
        with FileLock(folder / LOCK, timeout=0):
            return None
    except Timeout:
        return holder(folder)
    except OSError:
        return None


def holder(folder: Path) -> str:
    """Give who wrote that it holds the lock of a graph folder."""
    try:
        written = json.loads((folder / HOLDER).read_bytes())
        return f"process {written['pid']} on {written['host']}, since {written['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said which process it is"


def _no_graph(folder: Path) -> KgError:
    if not folder.exists():
        return _error(folder, "there is no graph here", _BUILD)
    if not folder.is_dir():
        return _error(folder, "this is a file, not a graph folder", _BUILD.replace("{folder}", "kg-graph"))
    building = builder(folder)
    if building:
        message = f"the first build of this graph is under way: {building}"
        return GraphLockedError(message, where=str(folder), advice="ask again when it has ended")
    if (folder / VERSIONS).is_dir():
        return _error(folder, "a graph was begun here, and its build did not come to its end", _BUILD_AGAIN)
    return _error(folder, "this is not a graph folder", _BUILD.replace("{folder}", "kg-graph"))


def _error(where: Path, message: str, advice: str, folder: Path | None = None) -> GraphError:
    return GraphError(message, where=str(where), advice=advice.format(folder=folder or where))


def _known_names() -> set[str]:
    from ontology.vocabulary import vocabulary

    words = vocabulary()
    return {*words.node_types, *words.relation_types}
