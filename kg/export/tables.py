"""The graph as tables, one file a kind of node and one a relation: CSV for Excel, Parquet for data frames."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg.export.whole import Row, all_edges, all_nodes
from kg.output import Column, Table, write_tables
from kg.tables import ENDS, Columns, write_table
from queries.documents import Tables


def csv_files(graph: Tables, folder: Path) -> None:
    """Write ``nodes/<Label>.csv`` and ``edges/<RELATION>.csv``; a list is a JSON array in its cell."""
    for path, columns, rows in _tables(graph, folder):
        shown = [{name: _cell(row.get(name)) for name in columns} for row in rows]
        table = Table(path.stem, tuple(Column(name, name, name) for name in columns), shown)
        write_tables([table], "csv", path.with_suffix(".csv"))


def parquet_files(graph: Tables, folder: Path) -> None:
    """Write ``nodes/<Label>.parquet`` and ``edges/<RELATION>.parquet``, typed as the ontology says."""
    for path, columns, rows in _tables(graph, folder):
        write_table(path.with_suffix(".parquet"), [{name: row.get(name) for name in columns} for row in rows], columns)


def _tables(graph: Tables, folder: Path) -> Iterator[tuple[Path, Columns, list[Row]]]:
    for name in ("nodes", "edges"):
        (folder / name).mkdir(exist_ok=True)
    for node_type, rows in all_nodes(graph):
        yield folder / "nodes" / node_type.label, {each.name: each.kind for each in node_type.properties}, rows
    for relation, rows in all_edges(graph):
        columns = {**ENDS, **{each.name: each.kind for each in relation.properties}}
        yield folder / "edges" / relation.name, columns, rows


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else value
