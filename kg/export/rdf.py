"""RDF in three notations, written line by line: sorted, without blank nodes, the same bytes for the same graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kg.export.triples import (
    DCTERMS,
    KG,
    OA,
    ORG,
    PROV,
    RDF,
    RDFS,
    SKOS,
    TYPE,
    XSD,
    Pair,
    Subject,
    literal,
    subjects,
)
from queries.documents import Tables

if TYPE_CHECKING:
    from rdflib import Graph

PREFIXES = {
    "dcterms": DCTERMS, "kg": KG, "oa": OA, "org": ORG, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS,
    "xsd": XSD,
}  # fmt: skip
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RELATIVE = re.compile(r"[A-Za-z_]+[/>]")
_BASE_PREFIX = "g"
_KEYWORDS = {TYPE: "a"}
_BARE = {f"{XSD}integer": re.compile(r"[+-]?[0-9]+"), f"{XSD}boolean": re.compile("true|false")}


def turtle(graph: Tables, base: str) -> Iterator[str]:
    """Give the lines of a Turtle file."""
    return turtle_lines(subjects(graph, base), base)


def ntriples(graph: Tables, base: str) -> Iterator[str]:
    """Give the lines of an N-Triples file."""
    return ntriples_lines(subjects(graph, base))


def jsonld(graph: Tables, base: str) -> Iterator[str]:
    """Give the lines of a JSON-LD file, a resource a line."""
    return jsonld_lines(subjects(graph, base), base)


def turtle_lines(resources: Iterable[Subject], base: str) -> Iterator[str]:
    """Give resources as Turtle. ``resources`` come in order of their IRIs; IRIs below ``base`` are written short."""
    written = _Turtle(base).term
    yield f"@base <{base}> ."
    for prefix, namespace in PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> ."
    for subject, pairs in resources:
        said: dict[str, list[str]] = {}
        for name, value in _in_order(pairs):
            said.setdefault(name, []).append(written(value))
        groups = (f"{_KEYWORDS.get(name) or written(f'<{name}>')} {', '.join(values)}" for name, values in said.items())
        yield f"\n{written(f'<{subject}>')} " + " ;\n  ".join(groups) + " ."


def ntriples_lines(resources: Iterable[Subject]) -> Iterator[str]:
    """Give resources as N-Triples."""
    for subject, pairs in resources:
        for name, value in _in_order(pairs):
            yield f"<{subject}> <{name}> {value} ."


def jsonld_lines(resources: Iterable[Subject], base: str) -> Iterator[str]:
    """Give resources as JSON-LD."""
    written = _JsonLd(base)
    yield f'{{"@context": {json.dumps({_BASE_PREFIX: base, **PREFIXES})},'
    yield '"@graph": ['
    before = ""
    for subject, pairs in resources:
        if before:
            yield f"{before},"
        said: dict[str, list[str]] = {}
        for name, value in _in_order(pairs):
            said.setdefault(name, []).append(written.iri(value[1:-1]) if name == TYPE else written.value(value))
        members = (f"{written.key(name)}: {_one_or_list(values)}" for name, values in said.items())
        before = f'{{"@id": {written.iri(subject)}, ' + ", ".join(members) + "}"
    if before:
        yield before
    yield "]}"


def resources_of(parsed: Graph) -> Iterator[Subject]:
    """Give the resources of an rdflib graph in order of their IRIs, ready for the writers above."""
    from rdflib import Literal

    def term(node: object) -> str:
        if isinstance(node, Literal):
            return literal(node, str(node.datatype or ""), node.language or "")
        return f"<{node}>"

    triples = sorted((str(subject), str(name), term(value)) for subject, name, value in parsed)
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        yield subject, [(name, value) for _, name, value in group]


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """What is said of a resource, each once: its types first, then by property and value."""
    ordered = sorted(set(pairs))
    return [pair for pair in ordered if pair[0] == TYPE] + [pair for pair in ordered if pair[0] != TYPE]


def _one_or_list(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def literal_parts(term: str) -> tuple[str, str, str]:
    """Give the text of a literal, its datatype and its language."""
    quoted, datatype, language = _parts(term)
    return json.loads(quoted), datatype, language


class _Turtle:
    """Terms as Turtle shortens them: by prefix, relative to the base, numbers and truth values bare."""

    def __init__(self, base: str) -> None:
        self._below = f"<{base}"
        self._known: dict[str, str] = {}

    def term(self, term: str) -> str:
        """A term of N-Triples in Turtle."""
        if term[-1] == '"':
            return term
        if term.startswith(self._below) and _RELATIVE.match(term, len(self._below)):
            return f"<{term[len(self._below) :]}"
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._made(term)
        return known

    def _made(self, term: str) -> str:
        if term[0] == "<":
            return _compact(term[1:-1]) or term
        text, datatype, _ = _parts(term)
        if not datatype:
            return term
        if datatype in _BARE and _BARE[datatype].fullmatch(text[1:-1]):
            return text[1:-1]
        return f"{text}^^{self.term(f'<{datatype}>')}"


class _JsonLd:
    """Terms as JSON-LD shortens them."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._known: dict[str, str] = {}

    def key(self, iri: str) -> str:
        """A property as a key."""
        return '"@type"' if iri == TYPE else self.iri(iri)

    def iri(self, iri: str) -> str:
        """An IRI as a JSON string."""
        if iri.startswith(self._base):
            return json.dumps(f"{_BASE_PREFIX}:{iri[len(self._base) :]}", ensure_ascii=False)
        if iri not in self._known:
            self._known[iri] = json.dumps(_compact(iri) or iri, ensure_ascii=False)
        return self._known[iri]

    def value(self, term: str) -> str:
        """A term as a JSON value; the escapes of N-Triples are those of JSON."""
        if term[0] == "<":
            return f'{{"@id": {self.iri(term[1:-1])}}}'
        text, datatype, language = _parts(term)
        if language:
            return f'{{"@value": {text}, "@language": "{language}"}}'
        if not datatype:
            return text
        if datatype in _BARE and _BARE[datatype].fullmatch(text[1:-1]):
            return text[1:-1]
        return f'{{"@value": {text}, "@type": {self.iri(datatype)}}}'


def _compact(iri: str) -> str:
    """An IRI with a prefix, empty where none fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return ""


def _parts(term: str) -> tuple[str, str, str]:
    """The quoted text of a literal, its datatype and its language."""
    if term[-1] == '"':
        return term, "", ""
    if term[-1] == ">":
        text, _, datatype = term.rpartition("^^<")
        return text, datatype[:-1], ""
    text, _, language = term.rpartition("@")
    return text, "", language
