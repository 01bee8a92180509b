"""A small graph made by hand: one plan and one study of two invented cities, every kind of node and relation."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import GraphRecords, InputFile, Row, Value
from ontology.records import Finding, Span, Stretch

TEXT = "一、示例市便民改革\n（一）压缩办理时限\n办理时限压缩至3个工作日以内。\n（甲局牵头，乙局配合）\n"
STUDY = "关于乙城改革的研究\n"


def responsibility(source: str, target: str, **more: Value) -> Row:
    """One LEADS or SUPPORTS edge, as printed in a clause."""
    row: Row = {
        "source": source, "target": target, "duty": "牵头", "joint": False, "collective": False, "position": 1,
        "list_size": 1, "basis": "clause", "certainty": "printed", "rule": "verb", "inherited": False, "printed_name": "甲局",
        "quote": "（甲局牵头，乙局配合）", "span_start": 39, "span_end": 41,
    }  # fmt: skip
    return {**row, **more}


NODES: dict[str, Sequence[Row]] = {
    "City": [
        {
            "uid": "990100", "name": "示例市", "adcode": "990100", "level": "prefecture", "former_names": ["旧市"],
            "last_year": 2020,
        },
        {
            "uid": "990000", "name": "示例省", "adcode": "990000", "level": "province", "former_names": [],
            "last_year": None,
        },
    ],
    "Document": [
        {
            "uid": "d1", "name": "示例市便民改革方案", "kind": "plan", "status": "issued", "doc_no": "示政〔2024〕1号",
            "issuer": "示例市人民政府", "issued": "2024-03-01", "period_start": 2024, "period_end": 2025,
            "file": "方案.txt", "sha256": "ab" * 32, "characters": 51, "convention": "verb", "given": [],
        },
        {
            "uid": "d2", "name": "示例省改革研究", "kind": "study", "status": None, "doc_no": None, "issuer": None,
            "issued": None, "period_start": None, "period_end": None, "file": "研究.txt", "sha256": "cd" * 32,
            "characters": 10, "convention": None, "given": [],
        },
    ],
    "Section": [
        {"uid": "d1/s1", "name": "便民", "ref": "一", "heading": "便民", "order": 1, "span_start": 0, "span_end": 9},
        {"uid": "d1/s2", "name": "时限", "ref": "一/1", "heading": "时限", "order": 2, "span_start": 2, "span_end": 9},
    ],
    "Action": [
        {
            "uid": "d1/a1", "name": "压缩办理时限", "ref": "（一）", "heading": "压缩办理时限", "order": 1, "due": None,
            "span_start": 10, "span_end": 51,
        }
    ],
    "Task": [
        {
            "uid": "d1/a1/t1", "name": "压缩至3个工作日", "ref": "1", "form": "sentence",
            "text": "办理时限压缩至3个工作日以内。", "stage": "推广", "stage_word": "推行", "due": None, "order": 1,
            "span_start": 20, "span_end": 35,
        }
    ],
    "Department": [
        {"uid": "990100/甲", "name": "示例市甲局", "kind": "bureau", "aliases": ["甲局", "市甲局"]},
        {"uid": "990100/乙", "name": "示例市乙局", "kind": "bureau", "aliases": []},
    ],
    "Function": [{"uid": "f-甲", "name": "甲类工作", "name_en": "kind A work"}],
    "Theme": [
        {"uid": "service", "name": "政务服务", "name_en": "services", "scheme": "themes"},
        {"uid": "time", "name": "办理时限", "name_en": "time limits", "scheme": "themes"},
    ],
    "Target": [
        {
            "uid": "d1/g1", "name": "办理时限", "op": "le", "value": 3, "value_max": None, "unit": "个工作日",
            "per": None, "deadline": "2025", "baseline": None, "quote": "压缩至3个工作日以内", "span_start": 24, "span_end": 34,
        }
    ],
    "Indicator": [
        {
            "uid": "n1", "name": "办理时间", "family": "办理", "dimension": "duration", "unit": "天", "direction": "lower",
        }
    ],
    "Instrument": [
        {"uid": "i1", "name": "示例条例", "doc_no": None, "kind": "regulation", "scope": "990000", "aliases": ["条例"]}
    ],
}  # fmt: skip

_SPAN: Row = {"quote": "压缩至3个工作日以内", "span_start": 24, "span_end": 34}
_ALIKE: Row = {
    "score": 0.75, "shared": ["办理时限"], "same_indicators": ["办理时间"], "same_functions": [],
    "source_quote": "办理时限压缩至3个工作日以内。", "source_start": 20, "source_end": 35,
    "target_quote": "压缩办理时限", "target_start": 13, "target_end": 19,
}  # fmt: skip

EDGES: dict[tuple[str, str, str], Sequence[Row]] = {
    ("City", "PART_OF", "City"): [{"source": "990100", "target": "990000"}],
    ("City", "ISSUED", "Document"): [{"source": "990100", "target": "d1"}],
    ("Document", "ABOUT", "City"): [{"source": "d2", "target": "990000"}],
    ("Document", "ISSUED_BY", "Department"): [{"source": "d1", "target": "990100/甲"}],
    ("Document", "HAS_SECTION", "Section"): [
        {"source": "d1", "target": "d1/s1", "order": 1},
        {"source": "d1", "target": "d1/s2", "order": 2},
    ],
    ("Document", "HAS_ACTION", "Action"): [{"source": "d1", "target": "d1/a1", "order": 1}],
    ("Action", "HAS_TASK", "Task"): [{"source": "d1/a1", "target": "d1/a1/t1", "order": 1}],
    ("Section", "GROUPS", "Section"): [{"source": "d1/s1", "target": "d1/s2", "order": 1}],
    ("Section", "GROUPS", "Action"): [{"source": "d1/s2", "target": "d1/a1", "order": 1}],
    ("Department", "LEADS", "Action"): [
        responsibility("990100/甲", "d1/a1"),
        responsibility("990100/甲", "d1/a1", duty="负责", basis="text", span_start=20, span_end=22),
    ],
    ("Department", "LEADS", "Task"): [responsibility("990100/甲", "d1/a1/t1", inherited=True)],
    ("Department", "LEADS", "Section"): [responsibility("990100/甲", "d1/s1", basis="section")],
    ("Department", "SUPPORTS", "Action"): [
        responsibility("990100/乙", "d1/a1", duty="配合", printed_name="乙局", span_start=44, span_end=46)
    ],
    ("Department", "IN", "City"): [
        {"source": "990100/甲", "target": "990100"},
        {"source": "990100/乙", "target": "990100"},
    ],
    ("Department", "HAS_MEMBER", "Department"): [{"source": "990100/乙", "target": "990100/甲"}],
    ("Department", "PERFORMS", "Function"): [{"source": "990100/甲", "target": "f-甲", "why": "name"}],
    ("Action", "ADDRESSES", "Theme"): [
        {"source": "d1/a1", "target": "time", "main": True, "score": 2.5, "evidence": ["时限", "压缩"]},
        {"source": "d1/a1", "target": "service", "main": False, "score": 1, "evidence": []},
    ],
    ("Theme", "BROADER", "Theme"): [{"source": "time", "target": "service"}],
    ("Task", "SETS", "Target"): [{"source": "d1/a1/t1", "target": "d1/g1", **_SPAN}],
    ("Target", "MEASURES", "Indicator"): [{"source": "d1/g1", "target": "n1", "strict": True, "factor": 1}],
    ("Document", "CITES", "Instrument"): [{"source": "d1", "target": "i1", **_SPAN}],
    # Between two plans elsewhere; this graph has the measures of one.
    ("Task", "OVERLAPS", "Action"): [{"source": "d1/a1/t1", "target": "d1/a1", **_ALIKE}],
    ("Action", "REPEATS", "Task"): [{"source": "d1/a1", "target": "d1/a1/t1", **_ALIKE}],
}

FINDINGS = (
    Finding(
        "label-outside-clause", "warning", "reading", "方案.txt", "乙局", Span(44, 46, 1, 4, None),
        (("label", "牵头单位"),), "d1",
    ),
    Finding("no-outline", "error", "reading", "研究.txt", document="d2"),
)  # fmt: skip

ACCOUNTS = {
    "d1": (
        Stretch(Span(0, 9), "heading"), Stretch(Span(10, 19), "heading"), Stretch(Span(20, 35), "task"),
        Stretch(Span(36, 47), "clause"),
    ),
    "d2": (Stretch(Span(0, 9, 1), "preamble"),),
}  # fmt: skip

INPUTS = (InputFile("方案.txt", "ab" * 32, "read"), InputFile("研究.txt", "cd" * 32, "read"))


def small_graph() -> GraphRecords:
    """The graph above."""
    return GraphRecords(NODES, EDGES, {"d1": TEXT, "d2": STUDY}, FINDINGS, INPUTS, ACCOUNTS)


def shuffled(records: GraphRecords) -> GraphRecords:
    """The same graph with everything that has an order turned round."""
    return GraphRecords(
        nodes={label: list(reversed(rows)) for label, rows in reversed(list(records.nodes.items()))},
        edges={key: list(reversed(rows)) for key, rows in reversed(list(records.edges.items()))},
        texts=dict(reversed(list(records.texts.items()))),
        findings=tuple(reversed(records.findings)),
        inputs=tuple(reversed(records.inputs)),
        accounts={uid: account[::-1] for uid, account in reversed(list(records.accounts.items()))},
    )


def large_graph(actions: int, departments: int, relations: int) -> GraphRecords:
    """A graph of one document with many responsibilities, for what must take time."""
    leads = [
        responsibility(f"b{i % departments}", f"a{(i * 7919) % actions}", position=i, span_start=i, span_end=i + 2)
        for i in range(relations)
    ]
    return GraphRecords(
        nodes={
            "Department": [
                {"uid": f"b{i}", "name": f"第{i}局", "kind": "bureau", "aliases": [f"{i}局"]}
                for i in range(departments)
            ],
            "Action": [
                {
                    "uid": f"a{i}", "name": f"举措{i}", "ref": str(i), "heading": f"举措{i}", "order": i, "due": None,
                    "span_start": i, "span_end": i + 1,
                }
                for i in range(actions)
            ],
        },
        edges={("Department", "LEADS", "Action"): leads},
        texts={},
        findings=(),
        inputs=(InputFile(f"{relations}.txt", None, "read"),),
    )  # fmt: skip
