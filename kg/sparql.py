"""SPARQL over a graph: the triples a question needs, an engine that answers, nothing that leaves this machine.

What a question asks of one resource at once, a star of properties and values, a resource has as a whole or it matches
nothing; what no star asks for is not made at all, which changes no answer. A question that does not say (a variable as
property, DESCRIBE, ``*``) gets every triple. SERVICE, FROM and updates are refused before anything is read.
"""

from __future__ import annotations

import multiprocessing
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from kg.export import DEFAULT_BASE
from kg.export.rdf import PREFIXES, ntriples_lines
from kg.export.triples import Star, Subject, Wanted, literal, subjects
from kg.sparql_values import NAME, with_values
from ontology import errors
from ontology.errors import BackendError, KgError, QueryError, QueryTimeoutError, WriteRefusedError
from queries.documents import Tables
from queries.rows import Rows, Value

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Identifier

Engine = Literal["rdflib", "pyoxigraph"]
DEFAULT_TIMEOUT = 120.0
_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*>")
_PYTHON_OF = {"integer": int, "double": float, "decimal": float, "float": float}
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: rows, the engine that gave them, and how many triples it was asked over."""

    rows: Rows
    engine: Engine
    triples: int


def best_engine() -> Engine:
    """Give the fastest engine that is installed."""
    return "pyoxigraph" if find_spec("pyoxigraph") else "rdflib"


def ask(
    graph: Tables,
    text: str,
    values: Mapping[str, object] | None = None,
    *,
    engine: Engine | None = None,
    base: str = DEFAULT_BASE,
) -> Answer:
    """Answer one SPARQL question in this process; a variable in ``values`` has this value wherever it stands.

    A value is text, a number or a truth value, an IRI in ``<>``, or a list of these, for any of them.

    The prefixes of :data:`kg.export.rdf.PREFIXES` need not be declared. SELECT gives its variables as columns, ASK the
    column ``answer``, CONSTRUCT and DESCRIBE ``subject``, ``predicate``, ``object``.

    Raises:
        QueryError: no SPARQL question, one that would read something else, or a value that no variable can have.
        WriteRefusedError: an update.
        BackendError: an engine that is not installed.
    """
    whole = _PREFIXES + text
    terms = {name: _terms(name, value) for name, value in (values or {}).items()}
    needed = wanted(whole, terms)
    with_values(whole, terms)
    chosen = engine or best_engine()
    if chosen == "pyoxigraph" and not find_spec("pyoxigraph"):
        advice = "pip install 'responsibility-kg[sparql]', or --engine rdflib"
        raise BackendError("pyoxigraph is not installed", advice=advice)
    answer = _by_pyoxigraph if chosen == "pyoxigraph" else _by_rdflib
    rows, triples = answer(subjects(graph, base, needed), whole, terms)
    return Answer(rows, chosen, triples)


def wanted(text: str, terms: Mapping[str, Sequence[str]] | None = None) -> Wanted | None:
    """Give what a question can match: a star for each resource of each of its patterns; None where it can match any.

    ``terms`` are those that variables can have, where they are given.

    Raises :class:`QueryError` and :class:`WriteRefusedError` as :func:`ask`.
    """
    from rdflib import URIRef, Variable

    query = _parsed(text)
    if query.algebra.name == "DescribeQuery":
        return None
    # Of a variable that can have one of several, any value is read.
    known = {name: given[0] for name, given in (terms or {}).items() if len(given) == 1}
    stars: set[Star] = set()
    for triples in _basic_patterns(query.algebra):
        asked: dict[object, set[tuple[str, str | None]]] = defaultdict(set)
        for subject, name, value in triples:
            if isinstance(name, Variable) and str(name) in known:
                name = URIRef(known[str(name)][1:-1])
            steps = _steps(name)
            if steps is None:
                return None
            if steps:
                stars.update(frozenset({(step, None)}) for step in steps)
            else:
                asked[subject].add((str(name), _fixed(value, known)))
        stars.update(map(frozenset, asked.values()))
    return frozenset(stars)


def _basic_patterns(part: object) -> Iterator[Sequence[tuple[Identifier, object, Identifier]]]:
    """Give the triple patterns that are to be met together, wherever they stand in a question.

    Raises :class:`QueryError` where another machine is asked.
    """
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue) and part.name == "ServiceGraphPattern":
        raise QueryError("SERVICE asks another machine and is refused", advice="ask this graph alone")
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if key == "triples":
                # Inside EXISTS what is said of one resource stands in one row.
                flat = [term for row in inner for term in row]
                yield list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))
            elif key != "template":
                yield from _basic_patterns(inner)
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from _basic_patterns(inner)


def _steps(name: object) -> set[str] | None:
    """Give the properties a path goes along, none for a plain property, None where it can go along any.

    A path that may have no step joins every resource to itself, whatever is said of it.
    """
    from rdflib import URIRef
    from rdflib.paths import Path

    if isinstance(name, URIRef):
        return set()
    if not isinstance(name, Path) or _may_be_empty(name):
        return None
    return _properties_of(name)


def _properties_of(path: object) -> set[str] | None:
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, URIRef):
        return {str(path)}
    if isinstance(path, InvPath):
        return _properties_of(path.arg)
    if isinstance(path, MulPath):
        return _properties_of(path.path)
    if not isinstance(path, SequencePath | AlternativePath):
        return None
    found: set[str] = set()
    for part in map(_properties_of, path.args):
        if part is None:
            return None
        found |= part
    return found


def _may_be_empty(path: object) -> bool:
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, MulPath):
        return bool(path.zero) or _may_be_empty(path.path)
    if isinstance(path, InvPath):
        return _may_be_empty(path.arg)
    if isinstance(path, SequencePath):
        return all(map(_may_be_empty, path.args))
    return isinstance(path, AlternativePath) and any(map(_may_be_empty, path.args))


def _fixed(value: object, known: Mapping[str, str]) -> str | None:
    """The only term a pattern can have as value, None for any."""
    from rdflib import Literal, URIRef, Variable

    if isinstance(value, Variable):
        return known.get(str(value))
    if isinstance(value, Literal):
        return literal(value, str(value.datatype or ""), value.language or "")
    return f"<{value}>" if isinstance(value, URIRef) else None


def _parsed(text: str, meant: Mapping[object, Identifier] | None = None) -> Query:
    """A question as rdflib has it, with each term in ``meant`` put for another."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        tree = parseQuery(text)
        if "datasetClause" in tree[1]:
            raise QueryError("FROM reads another graph and is refused", advice="ask this graph alone: leave FROM out")
        _put(tree[1], meant or {})
        return translateQuery(tree)
    except ParseBaseException as error:
        if _is_update(text):
            raise WriteRefusedError(
                "this would change the graph, and this graph is only read",
                advice="a graph changes by building it again: kg build",
            ) from None
        line = error.lineno - _PREFIXES.count("\n")
        raise QueryError(f"not SPARQL: {error.msg}", where=f"line {line}, column {error.column}") from None
    except KgError:
        raise
    except Exception as error:  # rdflib raises bare exceptions for unknown prefixes and for variables out of scope
        raise QueryError(f"not SPARQL: {error}") from None


def _is_update(text: str) -> bool:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text)["request"])
    except (ParseBaseException, KeyError):
        return False


# ------------------------------------------------------------------------------------------------ engines


def _by_rdflib(resources: Iterable[Subject], text: str, terms: Mapping[str, Sequence[str]]) -> tuple[Rows, int]:
    from rdflib import Graph, URIRef
    from rdflib.plugins import sparql

    sparql.SPARQL_LOAD_GRAPHS = False
    graph = Graph(bind_namespaces="none")
    known: dict[str, Identifier] = {}

    def node(term: str) -> Identifier:
        if term not in known:
            known[term] = URIRef(term[1:-1]) if term[0] == "<" else _rdflib_literal(term)
        return known[term]

    for subject, pairs in resources:
        about = URIRef(subject)
        for name, value in pairs:
            graph.add((about, node(f"<{name}>"), node(value)))
    # rdflib reads escapes before it reads SPARQL, so that a value could end its string: it gets the terms themselves.
    places = {name: [f"<urn:value:{name}:{place}>" for place in range(len(each))] for name, each in terms.items()}
    meant: dict[object, Identifier] = {
        URIRef(place[1:-1]): node(term)
        for name, each in terms.items()
        for place, term in zip(places[name], each, strict=True)
    }
    result = graph.query(_parsed(with_values(text, places), meant))
    if result.type == "ASK":
        return Rows(("answer",), [{"answer": bool(result.askAnswer)}]), len(graph)
    columns = tuple(map(str, result.vars)) if result.vars else ("subject", "predicate", "object")
    rows = [dict(zip(columns, map(_plain, row), strict=True)) for row in result]  # type: ignore[arg-type]
    return Rows(columns, rows), len(graph)


def _put(part: object, meant: Mapping[object, Identifier]) -> None:
    """Put terms in the places kept for them, wherever these stand in a question."""
    if isinstance(part, MutableMapping | list):
        for key, inner in list(part.items() if isinstance(part, MutableMapping) else enumerate(part)):
            if isinstance(inner, str) and inner in meant:
                part[key] = meant[inner]
            else:
                _put(inner, meant)
    elif isinstance(part, tuple | set):
        for inner in part:
            _put(inner, meant)


def _rdflib_literal(term: str) -> Identifier:
    from rdflib import Literal, URIRef

    from kg.export.rdf import literal_parts

    text, datatype, language = literal_parts(term)
    return Literal(text, datatype=URIRef(datatype) if datatype else None, lang=language or None)


def _plain(term: object) -> Value:
    """A term of rdflib as JSON could hold it."""
    if term is None:
        return None
    datatype = str(getattr(term, "datatype", None) or "").rpartition("#")[2]
    return _value(str(term), datatype)


def _value(text: str, datatype: str) -> Value:
    if datatype == "boolean":
        return text in ("true", "1")
    with suppress(ValueError):
        return _PYTHON_OF[datatype](text) if datatype in _PYTHON_OF else text
    return text


def _by_pyoxigraph(resources: Iterable[Subject], text: str, terms: Mapping[str, Sequence[str]]) -> tuple[Rows, int]:
    import tempfile

    import pyoxigraph as ox

    store = ox.Store()
    triples = 0
    with tempfile.TemporaryFile() as file:
        for line in ntriples_lines(resources):
            file.write(line.encode() + b"\n")
            triples += 1
        file.seek(0)
        store.bulk_load(input=file, format=ox.RdfFormat.N_TRIPLES)

    def plain(term: object) -> Value:
        if isinstance(term, ox.Literal):
            return _value(term.value, term.datatype.value.rpartition("#")[2])
        return None if term is None else str(getattr(term, "value", term))

    try:
        result = store.query(with_values(text, terms))
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(f"not SPARQL: {error}") from None
    if isinstance(result, ox.QueryBoolean):
        return Rows(("answer",), [{"answer": bool(result)}]), triples
    if isinstance(result, ox.QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return Rows(columns, [{name: plain(row[name]) for name in columns} for row in result]), triples
    names = ("subject", "predicate", "object")
    return Rows(names, [{name: plain(getattr(each, name)) for name in names} for each in result]), triples


def _terms(name: str, value: object) -> list[str]:
    """The terms that a variable can have: each of a list, as :func:`_term` gives them."""
    if not NAME.fullmatch(name):
        raise QueryError(f"{name!r} is no name of a variable", advice="--param name=value, without ? or $")
    return [_term(name, each) for each in (value if isinstance(value, list | tuple) else [value])]


def _term(name: str, value: object) -> str:
    """A value as a term: ``<iri>`` an IRI, numbers and truth values typed, else text."""
    xsd = PREFIXES["xsd"]
    if isinstance(value, bool):
        return literal(str(value).lower(), f"{xsd}boolean")
    if isinstance(value, int):
        return literal(value, f"{xsd}integer")
    if isinstance(value, float):
        return literal(repr(value), f"{xsd}double")
    if not isinstance(value, str):
        advice = "a text, a number, true or false, an <IRI>, or a list of these"
        raise QueryError(f"?{name} cannot be {value!r}", advice=advice)
    if not (value.startswith("<") and value.endswith(">")):
        return literal(value)
    if not _IRI.fullmatch(value):
        raise QueryError(f"?{name}: {value} is no IRI", advice="write it in full: <https://…>")
    return value


# ------------------------------------------------------------------------------------------------ a process of its own


def ask_isolated(
    graph: str,
    text: str,
    values: Mapping[str, object] | None = None,
    *,
    engine: Engine | None = None,
    base: str = DEFAULT_BASE,
    timeout: float = DEFAULT_TIMEOUT,
) -> Answer:
    """Answer a question over the graph named ``graph`` in a process of its own, killed after ``timeout`` seconds.

    Reading the graph counts. Errors are those of :func:`ask` and of :func:`kg.store.open_store`, and
    :class:`QueryTimeoutError`.
    """
    wanted(_PREFIXES + text)
    with_values(text, {name: _terms(name, value) for name, value in (values or {}).items()})
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(there, graph, text, dict(values or {}), engine, base), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(timeout):
            advice = "narrow the question, or allow more time with --timeout"
            raise QueryTimeoutError(f"no answer within {timeout:g} seconds", advice=advice)
        said = here.recv()
    except EOFError:
        process.join()
        raise BackendError(f"the engine failed on this question (its process ended: {process.exitcode})") from None
    finally:
        process.kill()
        here.close()
    if isinstance(said, Answer):
        return said
    name, message, where, advice = said
    raise getattr(errors, name, KgError)(message, where=where, advice=advice)


def _serve(
    answers: Connection, graph: str, text: str, values: Mapping[str, object], engine: Engine | None, base: str
) -> None:
    from kg.store import open_store

    try:
        answers.send(ask(open_store(graph), text, values, engine=engine, base=base))
    except KgError as error:
        answers.send((type(error).__name__, error.message, error.where, error.advice))
