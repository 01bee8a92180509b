"""The record tables: a graph's rows as Parquet files. They are the data; an engine's own file is a cache of them.

``nodes/<Label>.parquet``, ``edges/<RELATION>.parquet``, ``texts.parquet``, ``accounts.parquet`` (which stretch of a
text belongs to what), ``findings.parquet``. Every label and relation of the vocabulary has its file and every property
its column, empty or not. The same records give the same bytes, in whatever order they come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.records import GraphRecords, InputFile, Row, Value
from ontology.errors import GraphError
from ontology.records import About, Finding, Severity, Span, Stretch, StretchClass

if TYPE_CHECKING:
    import pyarrow as pa

EdgeKey = tuple[str, str, str]
Columns = Mapping[str, str]

ENDS: Columns = {"source_label": "string", "source": "string", "target_label": "string", "target": "string"}
_TEXTS: Columns = {"uid": "string", "text": "string"}
_PLACE: Columns = {
    "span_start": "integer", "span_end": "integer", "page": "integer", "paragraph": "integer", "cell": "string",
}  # fmt: skip
_ACCOUNTS: Columns = {"uid": "string", "belongs": "string", **_PLACE}
_FINDINGS: Columns = {
    "code": "string", "severity": "string", "about": "string", "document": "string", "file": "string",
    "values": "strings", "quote": "string", **_PLACE,
}  # fmt: skip
_PYTHON: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "strings": (list,),
}  # fmt: skip
_MARK = b"PAR1"
READ_AGAIN = "the graph folder is damaged; build it again with kg build"


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of every table: label or relation → property → kind."""

    nodes: Mapping[str, Columns]
    edges: Mapping[str, Columns]
    pairs: Mapping[str, frozenset[tuple[str, str]]]


def ontology_schema() -> Schema:
    """Give the columns the vocabulary asks for."""
    from ontology.vocabulary import vocabulary

    words = vocabulary()
    return Schema(
        nodes={label: {p.name: p.kind for p in node.properties} for label, node in words.node_types.items()},
        edges={name: {p.name: p.kind for p in relation.properties} for name, relation in words.relation_types.items()},
        pairs={name: frozenset(relation.pairs) for name, relation in words.relation_types.items()},
    )


def checked(records: GraphRecords) -> GraphRecords:
    """Give the same records typed, complete and sorted; what the ontology does not know is refused.

    Raises :class:`GraphError` for an unknown label, relation or property, a value of the wrong kind, a uid that
    stands twice, an edge between labels its relation does not join, and an edge whose end does not exist.
    """
    schema = ontology_schema()
    nodes = {label: _node_rows(label, records.nodes.get(label, ()), columns) for label, columns in schema.nodes.items()}
    _refuse_unknown("label", set(records.nodes) - set(schema.nodes))
    _refuse_unknown("relation", {relation for _, relation, _ in records.edges} - set(schema.edges))
    uids = _uids(nodes)
    edges = {key: _edge_rows(key, rows, schema, uids) for key, rows in sorted(records.edges.items()) if rows}
    _refuse_unknown("document", {*records.texts, *records.accounts} - uids.get("Document", set()))
    return GraphRecords(
        nodes=nodes,
        edges=edges,
        texts=dict(sorted(records.texts.items())),
        findings=sorted(records.findings, key=_finding_order),
        inputs=sorted(records.inputs, key=lambda given: (given.file, given.sha256 or "")),
        accounts={
            uid: sorted(account, key=lambda stretch: (stretch.span.start, stretch.span.end))
            for uid, account in sorted(records.accounts.items())
        },
    )


def write_tables(records: GraphRecords, folder: Path) -> None:
    """Write all tables of checked records into an existing folder."""
    schema = ontology_schema()
    (folder / "nodes").mkdir()
    (folder / "edges").mkdir()
    for label, columns in schema.nodes.items():
        write_table(folder / "nodes" / f"{label}.parquet", records.nodes.get(label, ()), columns)
    for relation, columns in schema.edges.items():
        write_table(folder / "edges" / f"{relation}.parquet", _with_ends(records.edges, relation), {**ENDS, **columns})
    write_table(folder / "texts.parquet", [{"uid": uid, "text": text} for uid, text in records.texts.items()], _TEXTS)
    write_table(folder / "accounts.parquet", [*_account_rows(records.accounts)], _ACCOUNTS)
    write_table(folder / "findings.parquet", [_finding_row(finding) for finding in records.findings], _FINDINGS)


def read_tables(folder: Path, inputs: Sequence[InputFile] = ()) -> GraphRecords:
    """Read a folder of tables back. Raises :class:`GraphError`, which names the file that is absent or broken."""
    edges: dict[EdgeKey, list[Row]] = {}
    for relation in table_names(folder / "edges"):
        for row in read_edges(folder, relation):
            ends = (str(row.pop("source_label")), relation, str(row.pop("target_label")))
            edges.setdefault(ends, []).append(row)
    return GraphRecords(
        nodes={label: read_nodes(folder, label) for label in table_names(folder / "nodes")},
        edges=dict(sorted(edges.items())),
        texts=read_texts(folder),
        findings=read_findings(folder),
        inputs=tuple(inputs),
        accounts=read_accounts(folder),
    )


def table_names(folder: Path) -> list[str]:
    """Give the labels or relations that have a table in ``nodes`` or ``edges``."""
    if not folder.is_dir():
        raise GraphError("this folder of tables is missing", where=str(folder), advice=READ_AGAIN)
    return sorted(path.stem for path in folder.glob("*.parquet"))


def read_nodes(folder: Path, label: str) -> list[Row]:
    """Give the nodes of one label, sorted by uid."""
    return _read(folder / "nodes" / f"{label}.parquet")


def read_edges(folder: Path, relation: str) -> list[Row]:
    """Give the edges of one relation, with ``source_label``, ``source``, ``target_label`` and ``target``."""
    return _read(folder / "edges" / f"{relation}.parquet")


def read_text(folder: Path, uid: str) -> str | None:
    """Give the text of one document as read, None where there is none."""
    rows = _read(folder / "texts.parquet", only_uid=uid)
    return str(rows[0]["text"]) if rows else None


def read_texts(folder: Path) -> dict[str, str]:
    """Give the texts of all documents as read, by uid."""
    return {str(row["uid"]): str(row["text"]) for row in _read(folder / "texts.parquet")}


def read_accounts(folder: Path) -> dict[str, list[Stretch]]:
    """Give the account of every document's text, by uid, each in order."""
    accounts: dict[str, list[Stretch]] = {}
    for row in _read(folder / "accounts.parquet"):
        span = _span(row)
        if span is not None:
            stretch = Stretch(span, cast("StretchClass", row["belongs"]))
            accounts.setdefault(str(row["uid"]), []).append(stretch)
    return accounts


def read_findings(folder: Path) -> list[Finding]:
    """Give what was found wrong while reading and assembling."""
    return [_finding(row) for row in _read(folder / "findings.parquet")]


def data_hash(folder: Path) -> str:
    """Give the SHA-256 over names and bytes of all tables in a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.parquet"), key=lambda path: path.relative_to(folder).as_posix()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def table_sizes(folder: Path) -> dict[str, int]:
    """Give the size in bytes of every table in a folder, by its path inside it."""
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(folder.rglob("*.parquet"))}


def refuse_damage(folder: Path, sizes: Mapping[str, int | None]) -> None:
    """Look at every table of a folder from outside: its size where that is known, and the marks at its two ends.

    Raises :class:`GraphError`, which names the first file that is missing, cannot be read or is not whole.
    """
    for name, size in sorted(sizes.items()):
        path = folder / name
        try:
            with path.open("rb") as file:
                first = file.read(len(_MARK))
                length = file.seek(0, 2)
                file.seek(max(0, length - len(_MARK)))
                last = file.read()
        except FileNotFoundError:
            raise _damaged("this table is missing", path) from None
        except PermissionError as error:
            advice = "have the owner of the graph folder allow reading it, or build a graph of your own with kg build"
            raise GraphError("this table may not be read", where=str(path), advice=advice) from error
        except OSError as error:
            raise _damaged(f"this table cannot be read: {error.strerror}", path) from error
        if (size is not None and length != size) or not first == last == _MARK:
            raise _damaged("this table is not whole", path)


def _damaged(message: str, path: Path) -> GraphError:
    return GraphError(f"the graph is damaged: {message}", where=str(path), advice=READ_AGAIN)


def _node_rows(label: str, rows: Sequence[Row], columns: Columns) -> list[Row]:
    typed = [_typed(row, columns, lambda row: f"{label} {row.get('uid')}") for row in rows]
    for row in typed:
        if not row["uid"] or row["name"] is None:
            raise _wrong(f"a {label} has no {'name' if row['uid'] else 'uid'}: {row}")
    return sorted(typed, key=lambda row: str(row["uid"]))


def _edge_rows(key: EdgeKey, rows: Sequence[Row], schema: Schema, uids: Mapping[str, set[str]]) -> list[Row]:
    source_label, relation, target_label = key
    if (source_label, target_label) not in schema.pairs[relation]:
        raise _wrong(f"{relation} does not go from {source_label} to {target_label}")
    columns = {"source": "string", "target": "string", **schema.edges[relation]}
    typed = [_typed(row, columns, _edge_name(relation)) for row in rows]
    for row in typed:
        for end, label in (("source", source_label), ("target", target_label)):
            if row[end] not in uids[label]:
                raise _wrong(f"{relation} {row['source']} → {row['target']}: there is no {label} {row[end]}")
    return sorted(typed, key=lambda row: _sort_key(row.values()))


def _edge_name(relation: str) -> Callable[[Row], str]:
    return lambda row: f"{relation} {row.get('source')} → {row.get('target')}"


def _uids(nodes: Mapping[str, Sequence[Row]]) -> dict[str, set[str]]:
    label_of: dict[str, str] = {}
    for label, rows in nodes.items():
        for row in rows:
            uid = str(row["uid"])
            if uid in label_of:
                raise _wrong(f"the uid {uid} stands twice, as {label_of[uid]} and as {label}")
            label_of[uid] = label
    return {label: {str(row["uid"]) for row in rows} for label, rows in nodes.items()}


def _typed(row: Row, columns: Columns, what: Callable[[Row], str]) -> Row:
    if not row.keys() <= columns.keys():
        unknown = ", ".join(sorted(row.keys() - columns.keys()))
        raise _wrong(f"{what(row)}: the ontology has no property {unknown} here")
    typed = {}
    for name, kind in columns.items():
        value = row.get(name)
        if value is not None and not _fits(value, kind):
            raise _wrong(f"{what(row)}.{name} should be of kind {kind}, not {value!r}")
        typed[name] = float(value) if kind == "number" and isinstance(value, int) else value
    return typed


def _fits(value: Value, kind: str) -> bool:
    if isinstance(value, list):
        return kind == "strings" and all(isinstance(item, str) for item in value)
    return isinstance(value, _PYTHON[kind]) and isinstance(value, bool) == (kind == "boolean")


def _refuse_unknown(kind: str, names: set[str]) -> None:
    if names:
        raise _wrong(f"unknown {kind}: {', '.join(sorted(names))}")


def _wrong(message: str) -> GraphError:
    return GraphError(message, advice="this is an error of ours, not of the documents: please report it")


def _sort_key(values: Iterable[object]) -> tuple[tuple[object, ...], ...]:
    return tuple(() if value is None else (value,) for value in values)


def _with_ends(edges: Mapping[EdgeKey, Sequence[Row]], relation: str) -> list[Row]:
    return [
        {"source_label": source, "target_label": target, **row}
        for (source, name, target), rows in sorted(edges.items())
        if name == relation
        for row in rows
    ]


def _place(span: Span | None) -> Row:
    names = ("span_start", "span_end", "page", "paragraph", "cell")
    values = (span.start, span.end, span.page, span.paragraph, span.cell) if span else (None,) * len(names)
    return dict(zip(names, values, strict=True))


def _span(row: Row) -> Span | None:
    start, end = row["span_start"], row["span_end"]
    place = cast("tuple[int | None, int | None, str | None]", (row["page"], row["paragraph"], row["cell"]))
    return Span(start, end, *place) if isinstance(start, int) and isinstance(end, int) else None


def _account_rows(accounts: Mapping[str, Sequence[Stretch]]) -> Iterable[Row]:
    for uid, account in accounts.items():
        for stretch in account:
            yield {"uid": uid, "belongs": stretch.belongs, **_place(stretch.span)}


def _finding_row(finding: Finding) -> Row:
    return {
        "code": finding.code, "severity": finding.severity, "about": finding.about, "document": finding.document,
        "file": finding.file, "values": [f"{name}={value}" for name, value in finding.values],
        "quote": finding.quote, **_place(finding.span),
    }  # fmt: skip


def _finding(row: Row) -> Finding:
    values = [str(value).partition("=") for value in cast("list[str]", row["values"])]
    return Finding(
        code=str(row["code"]), severity=cast("Severity", row["severity"]), about=cast("About", row["about"]),
        file=str(row["file"]), quote=str(row["quote"]), span=_span(row),
        values=tuple((name, value) for name, _, value in values), document=str(row["document"]),
    )  # fmt: skip


def _finding_order(finding: Finding) -> tuple[tuple[object, ...], ...]:
    start = finding.span.start if finding.span else None
    return _sort_key((finding.file, start, *_finding_row(finding).values()))


def account_json(account: Iterable[Stretch]) -> str:
    """Give the account of one text as JSON, for a store without tables."""
    return json.dumps([list(row.values()) for row in _account_rows({"": tuple(account)})], ensure_ascii=False)


def account_of(text: str) -> list[Stretch]:
    """Read back what :func:`account_json` gave."""
    rows = (dict(zip(_ACCOUNTS, values, strict=True)) for values in json.loads(text))
    return [Stretch(span, cast("StretchClass", row["belongs"])) for row in rows if (span := _span(row)) is not None]


def finding_json(findings: Iterable[Finding]) -> str:
    """Give findings as JSON, for a store without tables."""
    return json.dumps([_finding_row(finding) for finding in findings], ensure_ascii=False)


def findings_of(texts: Iterable[str]) -> list[Finding]:
    """Read back what :func:`finding_json` gave, in the order of a graph folder."""
    return sorted((_finding(row) for text in texts for row in json.loads(text)), key=_finding_order)


def ordered_edges(relation: str, rows: Iterable[Row]) -> list[Row]:
    """Give the edges of a relation in the order of a graph folder, from rows with the columns of its table."""
    columns = [name for name in (*ENDS, *ontology_schema().edges[relation]) if not name.endswith("_label")]
    return sorted(
        rows, key=lambda row: (row["source_label"], row["target_label"], _sort_key(row[name] for name in columns))
    )


def _arrow_schema(columns: Columns) -> pa.Schema:
    import pyarrow as pa

    kinds = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "strings": pa.list_(pa.string()),
    }  # fmt: skip
    return pa.schema([pa.field(name, kinds[kind]) for name, kind in columns.items()])


def write_table(path: Path, rows: Sequence[Mapping[str, object]], columns: Columns) -> None:
    """Write one table as Parquet, its columns of the kinds the ontology names."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(list(rows), schema=_arrow_schema(columns))
    pq.write_table(table, path, compression="zstd", compression_level=3, version="2.6", row_group_size=65536)


def _read(path: Path, only_uid: str | None = None) -> list[Row]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        # Without threads: arrow's pools can abort the interpreter where it ends right after a read.
        table = pq.ParquetFile(pa.BufferReader(path.read_bytes()), pre_buffer=False).read(use_threads=False)
        if only_uid is not None:
            table = table.filter(pc.equal(table["uid"], only_uid))
        return cast("list[Row]", table.to_pylist())
    except FileNotFoundError:
        raise GraphError("this table is missing", where=str(path), advice=READ_AGAIN) from None
    except (OSError, pa.ArrowException) as error:
        first_line = str(error).split("\n")[0]
        raise GraphError(f"this table cannot be read: {first_line}", where=str(path), advice=READ_AGAIN) from error
