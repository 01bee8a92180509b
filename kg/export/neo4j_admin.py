"""The graph as CSV files for ``neo4j-admin database import``, and the file of arguments that imports them.

The database that comes of it holds what ``kg neo4j load`` puts there, texts and findings included, but for what CSV
cannot say: constraints, and lists that are empty. A load afterwards adds these, and until then the database is marked
as one whose load is not complete.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from kg.export.whole import Row, all_edges, all_nodes
from kg.neo4j.load import bookkeeping
from kg.neo4j.schema import BOOK, PAPER
from kg.store import GraphStore
from ontology.vocabulary import PropertyKind, PropertyType

_TYPES: dict[PropertyKind, str] = {
    "string": "string", "integer": "long", "number": "double", "boolean": "boolean", "strings": "string[]",
}  # fmt: skip
# A character that no text has: plans are full of every other mark.
_BETWEEN_ITEMS = "\x1f"
ARGUMENTS = "import.args"
_OPTIONS = (
    "--overwrite-destination=true", "--multiline-fields=true", "--array-delimiter=U+001F", "--id-type=string",
)  # fmt: skip


def admin_files(graph: GraphStore, folder: Path) -> None:
    """Write ``nodes/<Label>.csv``, ``edges/<Label>-<RELATION>-<Label>.csv`` and the arguments, ``import.args``.

    The import is run in the folder: ``neo4j-admin database import full neo4j @import.args``.
    """
    for name in ("nodes", "edges"):
        (folder / name).mkdir(exist_ok=True)
    arguments = list(_OPTIONS)
    for node_type, rows in all_nodes(graph):
        label = node_type.label
        others = [each for each in node_type.properties if each.name != "uid"]
        header = [f"uid:ID({label})", *map(_typed, others)]
        lines = ([row["uid"], *_cells(row, others)] for row in rows)
        arguments.append(_written(folder, f"nodes/{label}.csv", f"--nodes={label}", header, lines))
    for relation, edges in all_edges(graph):
        by_labels = sorted(edges, key=_labels)
        for (source, target), group in groupby(by_labels, key=_labels):
            header = [f":START_ID({source})", f":END_ID({target})", *map(_typed, relation.properties)]
            lines = ([row["source"], row["target"], *_cells(row, relation.properties)] for row in group)
            name = f"edges/{source}-{relation.name}-{target}.csv"
            arguments.append(_written(folder, name, f"--relationships={relation.name}", header, lines))
    papers, book = bookkeeping(graph)
    header = [f"document:ID({PAPER})", "text:string", "account:string", "findings:string"]
    lines = ([paper["document"], paper["text"], paper["account"], paper["findings"]] for paper in papers.values())
    arguments.append(_written(folder, f"nodes/{PAPER}.csv", f"--nodes={PAPER}", header, lines))
    header = [f"name:ID({BOOK})", "inputs:string", "findings:string", "unfinished:boolean"]
    line = ["graph", book["inputs"], book["findings"], "true"]
    arguments.append(_written(folder, f"nodes/{BOOK}.csv", f"--nodes={BOOK}", header, [line]))
    (folder / ARGUMENTS).write_text("".join(f"{argument}\n" for argument in arguments), encoding="utf-8")


def _typed(each: PropertyType) -> str:
    return f"{each.name}:{_TYPES[each.kind]}"


def _labels(row: Row) -> tuple[str, str]:
    return str(row["source_label"]), str(row["target_label"])


def _cells(row: Row, properties: Iterable[PropertyType]) -> list[object]:
    return [_cell(row.get(each.name)) for each in properties]


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return _BETWEEN_ITEMS.join(map(str, value))
    return value


def _written(folder: Path, name: str, option: str, header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Write one file and give the argument that imports it. A cell that is empty and not quoted has no value."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    return f"{option}={name}"
