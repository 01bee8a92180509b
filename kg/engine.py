"""The one adapter over the embedded Cypher engine (kglite): what is known to go wrong there ends here.

An :class:`Engine` holds a graph in memory. It is built from record tables or from the cache file beside them; nothing
it is asked ever reaches the disk. Text from strangers goes through :func:`run_isolated`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast
from uuid import uuid4

from kg.records import GraphRecords, Row
from kg.statement import Statement, Token, decoded, encoded, near_keyword, place, pointed, statement
from kg.tables import READ_AGAIN, EdgeKey, data_hash, read_tables, table_names
from ontology import errors
from ontology.errors import BackendError, GraphError, KgError, QueryError, QueryTimeoutError, WriteRefusedError
from queries.rows import Rows, Value

if TYPE_CHECKING:
    from kglite import KnowledgeGraph, ResultView

DEFAULT_TIMEOUT = 180.0
DEFAULT_MEMORY = 2048
_LAYOUT = "2"
_OPENING = 600.0
_GRACE = 1.0
# With this pass on, count(*) over two-hop patterns can be wrong.
_DISABLED_PASSES = ["fuse_match_return_aggregate"]
_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"id", "start", "end", "type", "properties"}
# The engine shows uid, name and label a second time under these names.
_SHADOWS = {"id", "title", "type"}
_PLACED = re.compile(r"^Cypher \w+ error(?: at line \d+, col \d+)?: |^Schema error: ")
_AT_POSITION = re.compile(r" at position (\d+)")
_NAMED = re.compile(r"Unknown (function|procedure):? '?([\w.]+)|Undefined (variable) '([^']+)'")
_UNEXPECTED = re.compile(r"Unexpected token[^:]*: (\S+)")
_UNKNOWN_NAME = re.compile(r"unknown (?:node label|relationship type) '([^']+)'")
_BY_ZERO = re.compile(r"(division|modulo) by zero", re.IGNORECASE)
_BY_ZERO_ADVICE = "ask for the divisor first: CASE WHEN x <> 0 THEN y / x END"
_OUT_OF_MEMORY = "the question needed more memory than it may use"
_NARROW = "narrow the question (a label, a uid, LIMIT)"
# What native code says before it gives up for want of memory.
_NO_MEMORY = re.compile(rb"memory allocation of \d+ bytes failed|bad_alloc|MemoryError|[Oo]ut of memory")
_KILLED = -9
_WORKER = """
import json, sys
line = sys.stdin.buffer.readline()
sys.path[:] = json.loads(line)["path"]
from kg.engine import serve
serve(line)
"""
_TIMEOUT_ADVICE = "narrow the question (a label, a uid, LIMIT) or allow more time with --timeout"


class Engine:
    """A graph in memory that answers Cypher. Satisfies :class:`queries.rows.Store`."""

    def __init__(self, graph: KnowledgeGraph, known: frozenset[str]) -> None:
        """Take an engine's graph; ``known`` are the labels and relations that exist though they may be empty."""
        import kglite

        kglite.set_query_warning_policy("silent")
        graph.read_only(True)
        self._graph = graph
        self._known = known
        self._writing = threading.Lock()

    @classmethod
    def from_records(cls, records: GraphRecords, known: frozenset[str] = frozenset()) -> Engine:
        """Load a whole graph. The ends of every edge must exist: the engine would invent what is missing.

        ``known`` are labels and relations that are no mistake to ask for, though the records have none of them.
        """
        import kglite

        _check_ends(records)
        single, parallel = _parallel_apart(records.edges)
        spec = {
            "nodes": [
                {"type": label, "id_field": "uid", "title_field": "name", "records": list(rows)}
                for label, rows in records.nodes.items()
                if rows
            ],
            "connections": [
                {
                    "type": relation, "source_type": source, "source_id_field": "source",
                    "target_type": target, "target_id_field": "target", "records": rows,
                }
                for (source, relation, target), rows in single.items()
            ],
        }  # fmt: skip
        graph = kglite.from_records(spec, on_missing_endpoint="error")
        for key, rows in parallel.items():
            graph.cypher(_creation(key, rows[0]), params={"rows": rows})
        return cls(graph, known | frozenset(records.nodes) | {relation for _, relation, _ in records.edges})

    @classmethod
    def from_bytes(cls, data: bytes, known: frozenset[str]) -> Engine:
        """Load what :meth:`to_bytes` gave. Raises :class:`GraphError` for anything else, damage included."""
        import kglite

        try:
            return cls(kglite.from_bytes(data), known)
        except kglite.KgError as error:
            raise GraphError(f"not a file of this engine: {error}") from error

    def to_bytes(self) -> bytes:
        """Give the graph in the engine's own form."""
        return bytes(self._graph.to_bytes())

    def run(
        self,
        text: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        read_only: bool = True,
    ) -> Rows:
        """Run one statement; see :meth:`queries.rows.Store.run`.

        A write (``read_only=False``) changes this graph in memory: later questions see it, no file does.
        """
        prepared = statement(text, params or {}, read_only=read_only)
        values = {encoded(name): parameter_value((params or {})[name], name) for name in prepared.parameters}
        with self._open_for_writing(read_only):
            return self._answer(prepared, values, DEFAULT_TIMEOUT if timeout is None else timeout)

    @contextlib.contextmanager
    def _open_for_writing(self, read_only: bool) -> Iterator[None]:
        if read_only:
            yield
            return
        with self._writing:
            self._graph.read_only(False)
            try:
                yield
            finally:
                self._graph.read_only(True)

    def _answer(self, prepared: Statement, values: Mapping[str, Value], timeout: float) -> Rows:
        import kglite

        try:
            view = self._cypher(prepared.text, dict(values), max(1, int(timeout * 1000)))
            found = view.to_list()
            columns, warnings = view.columns, view.warnings
        except kglite.CypherTimeoutError:
            raise _timed_out(timeout) from None
        except kglite.ReadOnlyError:
            message = "this would change the graph, and this graph is only read"
            raise WriteRefusedError(message, advice="a graph changes by building it again: kg build") from None
        except kglite.KgError as error:
            self._refuse(prepared, error)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            # The engine is native code: its panics are no Exceptions, its argument errors are of every kind.
            raise QueryError(f"the engine failed on this text: {str(error) or type(error).__name__}") from error
        names = tuple(_column(column) for column in columns)
        rows = [{name: _value(row[column]) for name, column in zip(names, columns, strict=True)} for row in found]
        return Rows(names, rows, tuple(self._warnings(warnings)))

    def _cypher(self, text: str, params: dict[str, Value] | None = None, timeout_ms: int = 0) -> ResultView:
        view = self._graph.cypher(text, params=params, timeout_ms=timeout_ms, disabled_passes=_DISABLED_PASSES)
        return cast("ResultView", view)

    def _warnings(self, warnings: Sequence[str]) -> Iterator[str]:
        for warning in warnings:
            found = _UNKNOWN_NAME.search(warning)
            if not found:
                yield decoded(warning)
            elif found[1] not in self._known:
                yield with_ontology_name(decoded(warning), decoded(found[1]))

    def _refuse(self, prepared: Statement, error: Exception) -> NoReturn:
        message = decoded(_PLACED.sub("", str(error).split("\n")[0]))
        position = _AT_POSITION.search(message)
        message = _AT_POSITION.sub("", message)
        offset = _offset(prepared, error, int(position[1]) if position else None)
        named = _NAMED.search(message)
        advice = None
        if named:
            kind, name = (named[1], named[2]) if named[1] else (named[3], named[4])
            offset = _named_place(prepared.tokens, name, offset)
            advice = self._nearest(prepared.tokens, kind, name)
            message = message.split(". Available")[0]
        elif by_zero := _BY_ZERO.search(message):
            advice = _BY_ZERO_ADVICE
            if offset is None:
                offset = _divisor_place(prepared.tokens, "/" if by_zero[1].lower() == "division" else "%")
        elif getattr(error, "code", "") == "CypherSyntax":
            offset = _token_place(prepared.tokens, message, offset)
            misspelt = near_keyword(prepared.tokens)
            if misspelt:
                offset, advice = misspelt[0].start, f"did you mean {misspelt[1]}?"
                message = f"unexpected {misspelt[0].text}"
        if offset is None:
            raise QueryError(message, advice=advice) from None
        shown = pointed(message, prepared.source, offset)
        raise QueryError(shown, where=place(prepared.source, offset), advice=advice) from None

    def _nearest(self, tokens: Sequence[Token], kind: str, name: str) -> str | None:
        if kind == "variable":
            names = [token.text for token in tokens if token.kind in ("word", "quoted") and token.text != name]
        else:
            names = [str(row["name"]) for row in self._cypher(f"SHOW {kind.upper()}S").to_list()]
        near = difflib.get_close_matches(name, list(dict.fromkeys(names)), 1, 0.6)
        return f"did you mean {near[0]}?" if near else None


def open_engine(version: Path, ontology: str) -> Engine:
    """Give the engine of one version of a graph folder: from its cache if that is whole, else from the tables.

    ``ontology`` is the version of the vocabulary the tables were written with. A new cache is left beside the tables
    where that is possible.
    """
    cache = version / cache_name(ontology)
    known = frozenset(table_names(version / "nodes") + table_names(version / "edges"))
    with contextlib.suppress(OSError, GraphError):
        return Engine.from_bytes(cache.read_bytes(), known)
    _refuse_altered(version)
    engine = Engine.from_records(read_tables(version), known)
    with contextlib.suppress(OSError):
        save_cache(engine, cache)
    return engine


def _refuse_altered(version: Path) -> None:
    """Raise :class:`GraphError` where the tables are no longer those the manifest beside them was written for."""
    try:
        written = json.loads((version / "manifest.json").read_bytes())["data_hash"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if data_hash(version) != written:
        raise GraphError("the tables are not those that were built", where=str(version), advice=READ_AGAIN)


def save_cache(engine: Engine, cache: Path) -> None:
    """Write the cache file in one step, so that nobody ever reads half of it."""
    beside = cache.with_name(f".engine-{uuid4().hex}.tmp")
    try:
        beside.write_bytes(engine.to_bytes())
        beside.replace(cache)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def cache_name(ontology: str) -> str:
    """Give the name of the cache file: it carries everything the cache depends on besides the tables."""
    from importlib.metadata import version

    stamp = hashlib.sha256(f"{_LAYOUT}\0{ontology}".encode()).hexdigest()[:8]
    return f"engine-{version('kglite')}-{stamp}.kgl"


def run_isolated(
    version: Path,
    ontology: str,
    text: str,
    params: Mapping[str, object] | None = None,
    *,
    timeout: float | None = None,
    memory: int = DEFAULT_MEMORY,
    read_only: bool = True,
) -> Rows:
    """Run one statement of a stranger in a process of its own, which is killed when its time is over.

    ``timeout`` is in seconds, opening the graph not included. ``memory`` is what the question may use, in MB, kept
    where the system can (Linux). Errors are those of :meth:`Engine.run`, and :class:`BackendError` for a process
    that died.
    """
    seconds = DEFAULT_TIMEOUT if timeout is None else timeout
    prepared = statement(text, params or {}, read_only=read_only)
    request = {
        "path": sys.path, "version": str(version), "ontology": ontology, "text": text, "timeout": seconds,
        "memory": memory, "read_only": read_only,
        "params": {name: parameter_value((params or {})[name], name) for name in prepared.parameters},
    }  # fmt: skip
    answer = _asked_elsewhere(json.dumps(request).encode() + b"\n", seconds)
    if "error" in answer:
        raise _error_of(cast("list[str | None]", answer["error"]))
    columns, rows, warnings = answer["columns"], answer["rows"], answer["warnings"]
    return Rows(
        tuple(cast("list[str]", columns)),
        cast("list[dict[str, Value]]", rows),
        tuple(cast("list[str]", warnings)),
    )


def serve(line: bytes) -> NoReturn:
    """Answer one request: the life of a process started by :func:`run_isolated`."""
    request = json.loads(line)
    try:
        engine = open_engine(Path(request["version"]), request["ontology"])
        _say({"ready": True})
        _limit_memory(request["memory"])
        rows = engine.run(
            request["text"], request["params"], timeout=request["timeout"], read_only=request["read_only"]
        )
        _say({"columns": rows.columns, "rows": rows.rows, "warnings": rows.warnings})
    except KgError as error:
        _say({"error": [type(error).__name__, error.message, error.where, error.advice]})
    except MemoryError:
        _say({"error": ["BackendError", _OUT_OF_MEMORY, None, _NARROW]})
    # Tearing down a large graph takes time that nobody needs to wait for.
    os._exit(0)


def _asked_elsewhere(request: bytes, seconds: float) -> dict[str, object]:
    import tempfile

    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own text
                [sys.executable, "-I", "-c", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise BackendError(f"no process could be started for the question: {error}") from error
        with process:
            try:
                answer = _answer_within(process, _OPENING, request) or {}
                answer = (_answer_within(process, seconds + _GRACE) or {}) if "ready" in answer else answer
            except TimeoutError:
                raise _timed_out(seconds) from None
            finally:
                process.kill()
        if answer:
            return answer
        said.seek(0)
        raise _died(process.returncode, said.read(1_000_000))


def _died(code: int, said: bytes) -> BackendError:
    """Give the one reason a process that gave no answer has ended for, as far as it can be told."""
    ended = f"(its process ended with code {code})"
    if _NO_MEMORY.search(said):
        return BackendError(f"{_OUT_OF_MEMORY} {ended}", advice=_NARROW)
    if code == _KILLED:
        message = f"the system stopped the question, as it does where memory runs out {ended}"
        return BackendError(message, advice=f"{_NARROW}, or close other programs")
    return BackendError(f"the engine failed on this question {ended}", advice="ask it in another way, and report it")


def _answer_within(process: subprocess.Popen[bytes], seconds: float, request: bytes = b"") -> dict[str, object] | None:
    """Give the next line a process says, None where it ended without. Raises :class:`TimeoutError`."""
    assert process.stdin is not None  # noqa: S101 - it was opened as a pipe
    assert process.stdout is not None  # noqa: S101
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        process.kill()

    watchdog = threading.Timer(seconds, stop)
    watchdog.start()
    try:
        with contextlib.suppress(OSError):
            process.stdin.write(request)
            process.stdin.flush()
        line = process.stdout.readline()
    finally:
        watchdog.cancel()
    if line.endswith(b"\n"):
        return cast("dict[str, object]", json.loads(line))
    if expired.is_set():
        raise TimeoutError
    process.wait()
    return None


def _say(answer: Mapping[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit_memory(megabytes: int) -> None:
    """Keep this process from growing by more than so much; systems without such a limit go without."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return


def _error_of(parts: Sequence[str | None]) -> KgError:
    kind, message, where, advice = parts
    found = getattr(errors, str(kind), BackendError)
    return cast("type[KgError]", found)(str(message), where=where, advice=advice)


def _timed_out(seconds: float) -> QueryTimeoutError:
    return QueryTimeoutError(f"the question took longer than {seconds:g} s and was stopped", advice=_TIMEOUT_ADVICE)


def _parallel_apart(
    edges: Mapping[EdgeKey, Sequence[Row]],
) -> tuple[dict[EdgeKey, list[Row]], dict[EdgeKey, list[Row]]]:
    """Give the first edge between any two nodes apart from those that join the same two nodes again.

    The engine loads parallel edges of a relation only between the two labels it met first: between any others it makes
    one edge of them. Edges that are created one by one it keeps.
    """
    single: dict[EdgeKey, list[Row]] = {}
    parallel: dict[EdgeKey, list[Row]] = {}
    for key, rows in edges.items():
        seen: set[tuple[object, object]] = set()
        for row in rows:
            ends = (row["source"], row["target"])
            (parallel if ends in seen else single).setdefault(key, []).append(row)
            seen.add(ends)
    return single, parallel


def _creation(key: EdgeKey, row: Row) -> str:
    """The statement that creates the edges ``$rows``, each with the properties that ``row`` has."""
    source, relation, target = key
    properties = ", ".join(f"`{name}`: row.`{name}`" for name in row if name not in ("source", "target"))
    return (
        f"UNWIND $rows AS row MATCH (a:{source} {{uid: row.source}}) MATCH (b:{target} {{uid: row.target}}) "
        f"CREATE (a)-[:{relation} {{{properties}}}]->(b)"
    )


def _check_ends(records: GraphRecords) -> None:
    uids = {label: {row["uid"] for row in rows} for label, rows in records.nodes.items()}
    for (source_label, relation, target_label), rows in records.edges.items():
        sources, targets = uids.get(source_label, set()), uids.get(target_label, set())
        for row in rows:
            for uid, label, there in ((row["source"], source_label, sources), (row["target"], target_label, targets)):
                if uid not in there:
                    raise GraphError(f"{relation} {row['source']} → {row['target']}: there is no {label} {uid}")


def parameter_value(value: object, name: str) -> Value:
    """Give a parameter as engines take it; raises :class:`QueryError` for a value of no kind they know."""
    match value:
        case bool() | None | str() | float():
            return value
        case int():
            if -(2**63) <= value < 2**63:
                return int(value)
            raise QueryError(f"the value of ${name} is too large: integers have 64 bits")
        case dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            return {str(key): parameter_value(item, name) for key, item in value.items()}
        case set() | frozenset():
            return [parameter_value(item, name) for item in sorted(value)]
        case list() | tuple():
            return [parameter_value(item, name) for item in value]
    if hasattr(value, "tolist"):
        return parameter_value(value.tolist(), name)
    kinds = "text, numbers, booleans, None, dates, lists and dicts of these"
    raise QueryError(f"${name} cannot be of type {type(value).__name__}", advice=f"parameters are {kinds}")


def _column(column: str) -> str:
    # The engine strips a backtick off the front of an expression, `a`.b, and leaves its partner.
    return decoded("`" + column if column.count("`") % 2 else column)


def _value(value: object) -> Value:
    if isinstance(value, str):
        return decoded(value) if value.startswith("zhx_") else value
    if value is None or isinstance(value, (int, float)):
        return value
    match value:
        case list() | tuple():
            return [_value(item) for item in value]
        case dict():
            return _map_value(value)
        case dt.date() | dt.time():
            return value.isoformat()
    return str(value)


def _map_value(value: Mapping[str, object]) -> Value:
    keys, properties = value.keys(), value.get("properties")
    if not isinstance(properties, dict) or keys not in (_NODE, _RELATIONSHIP):
        return {decoded(key): _value(item) for key, item in value.items()}
    what = "labels" if keys == _NODE else "type"
    first = {key: properties[key] for key in ("uid", "name") if key in properties}
    shown = {key: item for key, item in {**first, **properties}.items() if key not in _SHADOWS}
    return {what: _value(value[what]), **{decoded(key): _value(item) for key, item in shown.items()}}


def _offset(prepared: Statement, error: Exception, position: int | None) -> int | None:
    line, column = getattr(error, "line", None), getattr(error, "col", None)
    if position is None and line and column:
        lines = prepared.text.split("\n")[: line - 1]
        position = sum(len(text) + 1 for text in lines) + column - 1
    return None if position is None else prepared.origin(min(position, len(prepared.text)))


def _token_place(tokens: Sequence[Token], message: str, offset: int | None) -> int | None:
    """Give the place of the token a message names: the engine often tells the place behind it."""
    found = _UNEXPECTED.search(message)
    if offset is None or not found:
        return offset
    before = [token for token in tokens if token.start <= offset and token.upper == found[1].upper()]
    return before[-1].start if before else offset


def _divisor_place(tokens: Sequence[Token], sign: str) -> int | None:
    """Give the place of the only such sign, or of the only one before a 0; None where it may be any of several."""
    signs = [(token, after) for token, after in pairwise(tokens) if token.upper == sign]
    by_zero = [token for token, after in signs if after.text == "0"]
    found = by_zero or [token for token, _ in signs]
    return found[0].start if len(found) == 1 else None


def _named_place(tokens: Sequence[Token], name: str, default: int | None) -> int | None:
    first = name.split(".")[0]
    for before, token in zip((None, *tokens), tokens, strict=False):
        is_property = before is not None and before.upper in (".", ":")
        if token.kind in ("word", "quoted") and token.text.lower() == first.lower() and not is_property:
            return token.start
    return default


def with_ontology_name(warning: str, name: str) -> str:
    """Add what the ontology calls a thing that was asked for in Chinese."""
    if name.isascii():
        return warning
    from ontology.vocabulary import vocabulary

    words = vocabulary()
    found = [node.label for node in words.node_types.values() if node.zh == name]
    found += [relation.name for relation in words.relation_types.values() if relation.zh == name]
    return f"{warning} Did you mean '{found[0]}'?" if found else warning
