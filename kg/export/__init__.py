"""A graph written for other software: one row a format.

A *file* format is a function that gives the lines of one text file; a *folder* format is a function that writes several
files into a folder. A new format is a module with such a function and a row below; the command, its help and the
conformance tests follow from the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from kg.output import replacing
from queries.documents import Tables

DEFAULT_BASE = "https://w3id.org/responsibility-kg/graph/"
"""What the IRIs of a graph begin with unless told otherwise."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format: its name, what it is for in both languages, and the function that writes it.

    ``suffix`` is that of the file, empty for a format that fills a folder. ``writer`` is ``module:function``, imported
    when it is used: ``(graph) -> lines`` for a file, ``(graph, folder)`` for a folder. With ``takes_base`` the function
    takes the IRI base as a further argument. ``workbook`` names a function ``(graph, path)`` that writes the same as an
    Excel workbook, for a file that ends in .xlsx.
    """

    name: str
    suffix: str
    zh: str
    en: str
    writer: str
    takes_base: bool = False
    workbook: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it is several files in a folder."""
        return not self.suffix

    def lines(self, graph: Tables, base: str = DEFAULT_BASE) -> Iterable[str]:
        """Give the lines of a file format, without line ends."""
        write = cast("Callable[..., Iterable[str]]", _function(self.writer))
        return write(graph, base) if self.takes_base else write(graph)

    def fill(self, graph: Tables, folder: Path) -> None:
        """Write the files of a folder format into ``folder``, which is made where it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        _function(self.writer)(graph, folder)

    def book(self, graph: Tables, path: Path) -> None:
        """Write the Excel workbook of a format that has one."""
        with replacing(path) as temporary:
            _function(self.workbook)(graph, temporary)


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    return cast("Callable[..., object]", getattr(import_module(module), function))


_FORMATS = (
    ExportFormat("ttl", ".ttl", "RDF，Turtle：三元组库", "RDF as Turtle, for triple stores",
                 "kg.export.rdf:turtle", takes_base=True),
    ExportFormat("nt", ".nt", "RDF，N-Triples：批量导入", "RDF as N-Triples, for bulk loading",
                 "kg.export.rdf:ntriples", takes_base=True),
    ExportFormat("jsonld", ".jsonld", "RDF，JSON-LD：网页与程序", "RDF as JSON-LD, for web programs",
                 "kg.export.rdf:jsonld", takes_base=True),
    ExportFormat("gexf", ".gexf", "GEXF：Gephi", "GEXF, for Gephi", "kg.export.networks:gexf"),
    ExportFormat("graphml", ".graphml", "GraphML：yEd、Cytoscape、igraph", "GraphML, for yEd, Cytoscape, igraph",
                 "kg.export.networks:graphml"),
    ExportFormat("json", ".json", "JSON（node-link）：D3、networkx", "JSON of nodes and links, for D3 and networkx",
                 "kg.export.json_graph:node_link"),
    ExportFormat("csv", "", "CSV，每类节点和关系一个文件：Excel", "CSV, a file per kind, for Excel",
                 "kg.export.tables:csv_files"),
    ExportFormat("parquet", "", "Parquet，每类一个文件：pandas、DuckDB", "Parquet, a file per kind, for pandas, DuckDB",
                 "kg.export.tables:parquet_files"),
    ExportFormat("cypher", ".cypher", "Cypher 脚本：cypher-shell、Neo4j Browser",
                 "a Cypher script, for cypher-shell and Neo4j Browser", "kg.export.cypher_script:statements"),
    ExportFormat("neo4j-admin", "", "neo4j-admin database import 所用 CSV（大规模导入）",
                 "CSV for neo4j-admin database import, for import at scale", "kg.export.neo4j_admin:admin_files"),
    ExportFormat("register", ".csv", "责任台账：CSV，或 -o 台账.xlsx", "a register of duties: CSV, or -o register.xlsx",
                 "kg.export.register:csv_lines", workbook="kg.export.register:workbook"),
)  # fmt: skip

EXPORT_FORMATS: Mapping[str, ExportFormat] = {form.name: form for form in _FORMATS}
