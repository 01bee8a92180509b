"""What a column of a table holds, told by the words of its header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from loaders.conventions import LABEL
from loaders.flat import squeezed

ColumnKind = Literal["number", "text", "lead", "support", "responsible", "due", "person", "target", "measure", "note"]
LONGEST_HEADER = 24
_REMARK = re.compile(r"[（(][^（）()]*[）)]$|[：:]$")


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """What a column is, by the words over it (whole, or anywhere in them), with an example; the first row that fits."""

    kind: ColumnKind
    pattern: str
    example: str


HEADER_WORDS = (
    HeaderWord("number", r"(?:序|编|任务|事项)号|项次|序|[Nn][Oo]\.?", "序号"),
    HeaderWord("measure", r"计量单位|单位", "单位"),
    HeaderWord("person", r".*(?:领导|责任人|联系人|负责人|联络员|分管|电话|联系方式).*", "责任领导"),
    HeaderWord("due", r".*(?:时限|时间|期限|进度安排|时间节点|完成日期|起止|日期|时间表)(?:要求)?", "完成时限"),
    HeaderWord(
        "support", r"(?!.*(?:牵头|主办|主责)).*(?:配合|协办|协同|协助|参与|参加|支持)(?:部门|单位|.*)", "配合单位"
    ),
    HeaderWord("lead", r"(?!.*(?:配合|协办|参与|参加)).*(?:牵头|主办|主责)(?:部门|单位|.*)", "牵头单位"),
    HeaderWord(
        "responsible",
        r".*(?:责任|落实|实施|承办|承担|主管|涉及|执行|负责|完成|建设|牵头|主办)(?:及配合|和配合|、配合)?"
        r"(?:单位|部门|主体|处室|科室|机构|区县|县区|股室|方)(?:[及和、].*)?"
        r"|(?:责任|任务|职责|工作)?分工|牵头.*配合.*",
        "责任单位",
    ),
    HeaderWord(
        "note",
        r"备注|说明|.*(?:进展|完成情况|落实情况|推进情况|存在问题|依据|来源|分值|得分|权重|附件).*",
        "备注",
    ),
    HeaderWord(
        "target",
        r".*(?:目标|标准|成效|成果|预期|目标值|指标值|计划数|量化)(?:值|要求|形式|效果)?|(?:19|20)\d\d年.{0,6}",
        "工作目标",
    ),
    HeaderWord(
        "text",
        r".*(?:任务|措施|举措|事项|内容|项目|工作|要点|行动|指标|改革|名称|类别|分类|领域|方面|环节|问题|维度|专项|"
        r"要求|条款|政策|清单|目录|板块|步骤|做法|方向|路径).*",
        "重点任务",
    ),
)
_HEADERS = tuple((row.kind, re.compile(row.pattern)) for row in HEADER_WORDS)
_LABELS: Mapping[str, ColumnKind] = {
    "lead": "lead",
    "support": "support",
    "responsible": "responsible",
    "due": "due",
    "person": "person",
}


def column_kind(header: str) -> ColumnKind | None:
    """What a column holds, by the words of its header; None where they say nothing."""
    words = squeezed(header)
    while (shorter := _REMARK.sub("", words)) != words and shorter:
        words = shorter
    if not 0 < len(words) <= LONGEST_HEADER or "。" in words or "，" in words:
        return None
    label = LABEL.fullmatch(f"{words}：")
    if label is not None and (kind := _LABELS.get(label.lastgroup or "")) is not None:
        return kind
    return next((kind for kind, pattern in _HEADERS if pattern.fullmatch(words)), None)
