"""What is compared: measures with their sentences, each where it stands in the text."""

from __future__ import annotations

from dataclasses import replace

from kg.overlap.units import units
from tests.kg.small_graph import NODES, small_graph


def test_sentences_round_a_clause_inside_their_task_have_their_own_places() -> None:
    text = "推行网上办理，材料一次提交。\n逐步扩大\n适用范围。（甲局牵头）。及时公开办理结果。\n"
    (task,) = NODES["Task"]
    said = "推行网上办理，材料一次提交。逐步扩大适用范围。。及时公开办理结果。"
    task = {**task, "form": "numbered", "text": said, "span_start": 0, "span_end": len(text) - 1}
    records = small_graph()
    records = replace(records, nodes={**records.nodes, "Task": [task]}, texts={**records.texts, "d1": text})
    (measure,) = units(records)
    assert [(each.text, text[each.start : each.end]) for each in measure.sentences] == [
        ("推行网上办理，材料一次提交。", "推行网上办理，材料一次提交。"),
        ("逐步扩大适用范围。", "逐步扩大\n适用范围。"),
        ("及时公开办理结果。", "及时公开办理结果。"),
    ]
