"""How far a task takes a measure: explored, tried out, spread, applied everywhere, made routine.

The first clause of a task that shows a stage decides, and in it the first word: it belongs to the verb that says
what the task does. A later word mostly belongs to another measure or to a later step (先试点，再推广: what is
promised is the trial), so the furthest stage would promise more than the plan does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

StageName = Literal["探索", "试点", "推广", "全面推行", "常态化"]

_DOING = "推行|推广|实施|实行|推进|推动|落实|开展|应用|实现|普及|施行|启用|推开|铺开"
#: What shows a stage; alternatives are tried from the left at every place.
_WORDS: Sequence[tuple[StageName, str]] = (
    ("常态化", r"常态化|常态长效|(?<!研究制定)长效机制|长效化|制度化(?=开展|推进|运行)"),
    (
        "全面推行",
        rf"全面(?:{_DOING})(?!到位|见效|落地|$)|全域(?:{_DOING})|全[省市]推开"
        r"|(?:实现|达到|做到|推动|推进|完成)[^，。；]{0,24}全覆盖",
    ),
    ("探索", r"(?:积极|大胆|研究|先行|鼓励|继续|深入)?探索(?![出性型者])"),
    # A trial is the task's own where something is done with it, or where it stands as the verb itself.
    ("试点", r"先行先试|(?<!（)试行(?![）)版])|试点(?=推行|推广|开展|实施|推进|运行|应用|先行|推出|建设|探索)"),
    (
        "试点",
        r"(?<=开展)[^，。；]{0,40}?试点(?!经验|成果|地区|城市|企业|单位|要求|领域|项目|示范|的)"
        r"|(?:推进|推动|实施|深化|扩大|启动|做好|争取|申报|参与|纳入|承接|支持|列为|深入|抓好|创建|进行|组织)[^，。；]{0,40}?试点"
        r"(?!经验|成果|地区|城市|企业|单位|要求|领域|示范|的)",
    ),
    (
        "推广",
        r"(?<![可能])复制推广|推广应用|推广运用|推广使用"
        r"|(?<![可能及和与])(?<!宣传|市场|品牌|宣介|产品|营销|交流|复制)推广(?!力度|活动|会|中心|机制|人员|、|期|工作|价值|费|的)"
        r"|(?<!以)推行|普及(?!率|型|性|宣传|[^，]{0,10}知识)",
    ),
)  # fmt: skip
_STAGE = re.compile("|".join(f"(?P<s{number}>{words})" for number, (_, words) in enumerate(_WORDS)))
#: Clauses that tell the ground a task stands on, not what it does.
_GROUND = re.compile(
    r"(?:在.*(?:基础上|前提下)$|按照|根据|依据|结合|总结|参考|参照|对照|对接|依托|围绕|针对|对已?|被|凡|经|按|为)"
)
_BEHIND_TRIAL = re.compile(r"试点|先行先试|试行")
_CLAUSES = re.compile(r"[^，。；：,;:！？]+")


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage of a task and the word that shows it, as printed."""

    name: StageName
    word: str


def stage_of(text: str) -> Stage | None:
    """The stage a task's words show, or None. ``text`` is the task as printed, without white space."""
    for clause in _CLAUSES.findall(text):
        if _GROUND.match(clause):
            continue
        found = _STAGE.search(clause)
        if found is not None and found.lastgroup is not None:
            name = _WORDS[int(found.lastgroup[1:])][0]
            return Stage(name, _kept(name, found[0]))
    return None


def _kept(name: StageName, words: str) -> str:
    """The word itself, without what stands between it and its verb."""
    if name == "试点" and (trial := _BEHIND_TRIAL.search(words)):
        return trial[0]
    return "全覆盖" if words.endswith("全覆盖") else words
