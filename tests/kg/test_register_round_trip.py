"""A graph written as a register and read again is the same graph, but for what belongs to the file that was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kg.assemble import assemble
from kg.export.register import csv_of, register_rows, write_workbook
from kg.records import GraphRecords, Row
from loaders.reader import read_document, read_documents
from loaders.samples import sample_files, sample_registers
from ontology.records import PolicyDocument

OF_THE_FILE = frozenset({"file", "sha256", "characters", "convention", "given"})
OFFSETS = frozenset({"span_start", "span_end"})


class _Tables:
    """The rows of a graph as :class:`queries.documents.Tables` gives them."""

    def __init__(self, records: GraphRecords) -> None:
        self.records = records

    def nodes(self, label: str) -> Sequence[Row]:
        return self.records.nodes.get(label, ())

    def edges(self, relation: str) -> Sequence[Row]:
        return [row for (_, name, _), rows in self.records.edges.items() if name == relation for row in rows]

    def texts(self) -> Mapping[str, str]:
        return self.records.texts

    def accounts(self) -> Mapping[str, object]:
        return self.records.accounts

    def findings(self) -> Sequence[object]:
        return self.records.findings


def said(records: GraphRecords) -> dict[object, list[list[tuple[str, object]]]]:
    """Every node and edge without what belongs to the file."""
    kinds = {**records.nodes, **records.edges}
    return {
        kind: [
            sorted((key, value) for key, value in row.items() if key not in OFFSETS and not (kind == "Document" and key in OF_THE_FILE))
            for row in rows
        ]
        for kind, rows in kinds.items()
    }  # fmt: skip


def built_again(documents: Sequence[PolicyDocument], folder: Path, suffix: str) -> tuple[GraphRecords, GraphRecords]:
    """The graph of some documents, and that of the register it is written as."""
    first = assemble(documents)
    rows = list(register_rows(_Tables(first)))  # type: ignore[arg-type]
    file = folder / f"台账{suffix}"
    if suffix == ".csv":
        file.write_text("\n".join(csv_of(rows)), encoding="utf-8-sig")
    else:
        write_workbook(rows, file)
    register = read_documents(file.read_bytes(), file.name)
    assert not [finding for document in register for finding in document.findings]
    return first, assemble(register)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_samples_come_back(tmp_path: Path, suffix: str) -> None:
    documents = [
        d for sample in [*sample_files(), *sample_registers()] for d in read_documents(sample.read_bytes(), sample.name)
    ]
    first, second = built_again(documents, tmp_path, suffix)
    assert said(second) == said(first)


def test_real_plans_come_back(tmp_path: Path, shared: Path) -> None:
    """The seeds, with a study, and field plans of provinces, cities and districts with notes and broken lines."""
    names = ("bp0185", "bp0390", "bp0499", "bp0845", "bp1050", "bp1147", "bp1395", "bp1404", "sd007", "sd166")
    files = sorted((shared / "seeds").glob("*.txt")) + [next((shared / "field").glob(f"{name}_*")) for name in names]
    first, second = built_again([read_document(file.read_bytes(), file.name) for file in files], tmp_path, ".csv")
    assert said(second) == said(first)


def test_a_decided_theme_comes_back_without_the_decision(tmp_path: Path) -> None:
    text = "文件,城市,编号,标题,部门,角色,主题\n甲方案,甲市,一,便利企业开办,市甲局,牵头,用电；纳税\n"
    first, second = built_again(read_documents(text.encode(), "a.csv"), tmp_path, ".csv")
    addressed = [(row["target"], row["main"]) for row in second.edges["Action", "ADDRESSES", "Theme"]]
    assert addressed == [("theme:electricity", True), ("theme:taxation", False)]
    assert said(second) == said(first)


def test_two_documents_of_one_title_stay_two(tmp_path: Path) -> None:
    plan = "示例市工作方案\n一、开办企业\n压缩时间。（市甲局负责）\n二、监管\n开展检查。（市乙局负责）\n"
    documents = [
        read_document(text.encode(), name) for name, text in (("a.txt", plan), ("b.txt", plan.replace("检查", "抽查")))
    ]
    first, second = built_again(documents, tmp_path, ".csv")
    assert len(second.nodes["Document"]) == 2
    assert said(second) == said(first)
