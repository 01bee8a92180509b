"""How plans mark who leads and who supports: every convention is a row with an example.

Labels (牵头单位：), verbs (牵头, 配合, 按职责分工负责), rules printed in the document itself (分号前为牵头单位) and
habits of separators. A printed rule decides over everything else; nothing here knows a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal["lead", "responsible", "support", "division", "due", "person"]
VerbKind = Literal["lead", "shared", "own", "carry", "support", "with"]

_LEVEL = "(?:市级|省级|区级|县级|市直|省直|区直|市|省|区|县|主要|具体)?"
_WHO = "(?:责任|主办|主责|承办)?(?:单位|部门|处室|科室|机构|股室|方|区县|县区)?(?:（(?:单位|部门|处室)）)?"


@dataclass(frozen=True, slots=True)
class Label:
    """A label before a list of names, a time or a person; ``pattern`` without the colon."""

    kind: LabelKind
    pattern: str
    example: str


LABELS = (
    Label(
        "person",
        "(?:牵头|责任|分管|包抓|联系|包联)?(?:市|省|县|区|局|委)?(?:级)?领导|(?:第一|直接)?责任人|联系人",
        "责任领导：甲某",
    ),
    Label("lead", f"{_LEVEL}(?:牵头|主办|主责|首要责任|第一责任){_WHO}", "牵头单位：市甲局"),
    Label("support", f"{_LEVEL}(?:配合|协办|协同|协助|参与|参加|支持){_WHO}", "配合单位：市乙局"),
    Label("division", "任务(?:分解|分工)|职责分工|责任分工|工作分工", "任务分解：市甲局负责制定办法；各县政府做好落实"),
    Label("responsible", f"{_LEVEL}(?:责任|落实|实施|承办|承担|执行|推进|完成){_WHO}", "责任单位：市甲局、市乙局"),
    Label(
        "due",
        "(?:完成|整改|办结|推进|实施|时间|落实)?(?:时限|时间|期限|时间节点|时间安排)(?:要求)?",
        "完成时限：2023年6月底前",
    ),
)
LABEL = re.compile("|".join(f"(?P<{row.kind}>(?:{row.pattern}))：" for row in LABELS))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb after names. ``kind`` says what it makes of them."""

    kind: VerbKind
    pattern: str
    example: str


_DO = (
    "(?:负责|落实|推进|组织实施|实施|做好|组织|抓好落实|承办|办理|推动|推进落实|组织落实|配合|协同配合|牵头负责|牵头|"
    "(?:完成|开展|做好|推进)(?:有关|相关|各自|本领域|对应)?(?:工作|任务)?)"
)
VERBS = (
    Verb("lead", f"(?:共同|联合|分别)?牵头{_DO}?", "市甲局牵头"),
    Verb(
        "shared",
        f"(?:依|按|按照|依据|根据|结合)(?:照)?(?:各自)?(?:工作)?(?:职能|职责|职权)(?:任务|权限)?(?:和)?(?:分工|范围)?(?:分别|共同|协同|各自)?{_DO}?"
        f"|(?:分工|分别|共同|各自){_DO}",
        "市甲局、市乙局按职责分工负责",
    ),
    Verb("own", "(?:具体|组织|主要|全面|统筹)?负责(?:组织|指导|统筹|具体)?(?:实施|落实|推进)?", "市甲局负责"),
    Verb(
        "support",
        "(?:积极|协同|共同)?(?:配合|协助|协办|参与|参加|协同|支持)(?:配合|实施|落实|做好|完成|推进|开展|负责)?(?:有关|相关)?(?:工作)?",
        "市乙局配合",
    ),
    Verb(
        "carry",
        "(?:结合[^，；、]{0,4}实际)?(?:组织|具体|贯彻|抓好|推进|认真)*(?:落实|实施|组织实施|承办|执行)",
        "各县政府落实",
    ),
    Verb("with", "会同", "市甲局会同市乙局负责"),
)
VERB = re.compile("|".join(f"(?P<{row.kind}>{row.pattern})" for row in VERBS))

#: 负责, but not 负责人, 负责同志, 负责任的, 首问负责制 (负责人才引进 and 负责制定 are duties).
TO_BE_RESPONSIBLE = "负责(?!人(?![工才员力事口民])|同志|任(?!务)|制(?![定作订]))"
#: Words that announce a responsibility wherever they stand; each must be inside a clause or be accounted for.
MARKER_WORD = re.compile(f"牵头|责任单位|责任部门|配合|{TO_BE_RESPONSIBLE}|落实")


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """A sentence of the document that says how its lists are to be read."""

    name: Literal["rule-semicolon", "rule-comma", "rule-first"]
    pattern: str
    zh: str
    example: str


PRINTED_RULES = (
    PrintedRule(
        "rule-semicolon",
        "分号(?:之|以)?前(?:面|边)?的?[^，。；]{0,8}(?:为|是|系)(?:主要)?牵头",
        "文件写明：分号前为牵头单位，分号后为配合单位",
        "分号前为牵头单位，分号后为配合单位",
    ),
    PrintedRule(
        "rule-comma",
        "逗号(?:之|以)?前(?:面|边)?的?[^，。；]{0,8}(?:为|是|系)(?:主要)?牵头",
        "文件写明：逗号前为牵头单位",
        "逗号前为牵头单位，未明确牵头单位的按职责分工负责",
    ),
    PrintedRule(
        "rule-first",
        "(?:排(?:名|列|序)?(?:在)?|列(?:在)?)(?:第一|首|最前)(?:位|个|名)?的?[^，。；]{0,8}(?:为|是|系)(?:主要)?牵头"
        "|第一(?:个|责任)?(?:单位|部门)(?:为|是)牵头",
        "文件写明：排名第一位的为牵头单位",
        "排名第一位的为牵头单位",
    ),
)
PRINTED_RULE = re.compile("|".join(f"(?P<{row.name.replace('-', '_')}>{row.pattern})" for row in PRINTED_RULES))
#: A remark inside a clause about how lists are to be read, up to its end.
RULE_REMARK = re.compile(
    r"[，。；、]?(?:注：)?(?:(?:分号|逗号|顿号)(?:之|以)?前|(?:排(?:名|列|序)?|列)(?:在)?(?:第一|首)|第一(?:个|责任)?(?:单位|部门)(?:为|是)|"
    r"未(?:明确|注明|标明)牵头|牵头单位(?:列|排)).*$"
)
#: A remark that bodies take part in everything that follows (以下…均需…落实，不再列出).
NOTE = re.compile(
    r"[，。；、（]*(?:注：)?(?P<note>(?:以下|下列|后续|本(?:方案|清单|计划|通知)|各项|所有|以上|下文|其他)[^，。；：]{0,16}?"
    r"(?:均|都|皆|还)(?:需|须|由|应|要|含|包含|包括|涉及|请)*(?P<who>[^。；]+?)"
    r"(?:分别|共同|按(?:照)?(?:各自)?职责(?:分工)?)?(?:贯彻|组织|具体|抓好)?(?:落实|负责|参与|配合|承担|实施|执行)?"
    r"[，、；]?(?:以下|下文|后文)?不再(?:一一|逐一|单独|重复|另行|分别)*(?:列|标|注|单|赘|重)[^。；，）]{0,4})）?"
)
#: The same with the bodies first (各县政府均为责任单位，以下不再列出).
NOTE_BODIES_FIRST = re.compile(
    r"[，。；、（]*(?P<note>(?P<who>(?:(?!牵头|负责|配合)[^。；：])+?)均为(?:责任|落实|配合|实施|参与)(?:单位|部门)"
    r"[，、；]?(?:以下|下文|后文)?(?:均)?不再(?:一一|逐一|单独|重复|另行|分别)*(?:列|标|注|单|赘|重)[^。；，）]{0,4})）?"
)


def printed_rule(text: str) -> PrintedRule | None:
    """The first rule on leads printed in the folded ``text``, or None."""
    match = PRINTED_RULE.search(text)
    if match is None:
        return None
    return next(rule for rule in PRINTED_RULES if match[rule.name.replace("-", "_")])


#: The names given to ``Responsibility.rule``: what each means and how sure it is. Rules ending in ``-shared`` are lists
#: that print no lead.
RULE_NAMES: dict[str, tuple[str, str]] = {
    "verb-lead": ("printed", "动词写明（牵头、配合）"),
    "verb-own": ("printed", "单独负责"),
    "verb-shared": ("printed", "共同负责，未写明牵头"),
    "label-lead": ("printed", "标签写明牵头单位、责任单位或配合单位"),
    "label-own": ("printed", "责任单位仅一家"),
    "label-shared": ("convention", "责任单位多家，未写明牵头"),
    "label-division": ("convention", "任务分解，各负其责"),
    "rule-semicolon": ("printed", "文件规则：分号前牵头"),
    "rule-comma": ("printed", "文件规则：逗号前牵头"),
    "rule-first": ("printed", "文件规则：第一位牵头"),
    "comma": ("convention", "括号清单：首个逗号前牵头"),
    "list-own": ("convention", "括号清单仅一家"),
    "list-shared": ("guess", "括号清单，未写明牵头"),
    "note": ("printed", "全文说明"),
    "sentence": ("printed", "正文叙述"),
    "register": ("printed", "台账写明"),
}
