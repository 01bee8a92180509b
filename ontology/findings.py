"""Every kind of finding, declared once: what it means, what to do, an example, in Chinese and English.

Who finds something calls :func:`found` with a code of :data:`FINDING_KINDS`; severity and subject follow from the code,
texts from :func:`message` and :func:`advice`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ontology.records import About, Finding, Severity, Span, StretchClass

Lang = Literal["zh", "en"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""From the lightest to the gravest."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One code. ``zh`` and ``en`` are the message, with {names} of the finding's values.

    ``example`` is a text in which it is found, ``sound`` one much like it in which it is not.
    """

    code: str
    severity: Severity
    about: About
    zh: str
    en: str
    advice_zh: str
    advice_en: str
    example: str
    sound: str


#: White space left out. U+FFFD in an example stands for a byte that no encoding gives.
_KINDS = (
    FindingKind(
        "no-outline", "error", "reading",
        "没有找到大纲：既没有编号标题，也没有成段的小标题",
        "no outline was found: no numbered headings and no lead-in headings",
        "确认文件是方案，且保留了原有的换行",
        "check that the file is a plan and that its line breaks were kept",
        "示例市高度重视营商环境，各项工作进展顺利。",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "outline-number", "warning", "reading",
        "大纲编号到了{printed}，按顺序应为第 {expected}",
        "the outline goes on with {printed}; number {expected} was to come",
        "查看是否漏读或误读了标题，或原文编号有误",
        "look whether a heading was missed or misread, or the plan itself is misnumbered",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "五、加强宣传\n公布办理结果。（市丙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "三、加强宣传\n公布办理结果。（市丙局负责）",
    ),
    FindingKind(
        "label-outside-clause", "warning", "reading",
        "标签“{label}”不在任何识别出的责任条款内",
        "the label {label} stands outside every clause that was recognised",
        "查看原文；此处列出的部门未进入图谱",
        "read the place; the bodies named there are not in the graph",
        "一、开办企业\n压缩办理时间，责任单位：要认真履行职责，按期完成。\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间。\n责任单位：市甲局、市丙局\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "duty-outside-clause", "warning", "reading",
        "“{word}”紧跟部门名称，但不在任何责任条款内",
        "{word} stands behind a body's name, outside every clause",
        "查看原文；此处的职责未进入图谱",
        "read the place; this duty is not in the graph",
        "一、开办企业\n业务主管部门负责对留言进行答复。\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n留言由市甲局负责答复。\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "marker-word", "info", "reading",
        "正文中出现“{word}”，未指明部门",
        "{word} in running text, naming no body",
        "一般无需处理；如此处确有部门，请对照原文",
        "nothing to do as a rule; where a body is meant after all, compare with the plan",
        "一、开办企业\n认真落实各项措施。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局落实）",
    ),
    FindingKind(
        "sentence-outside-units", "info", "reading",
        "举措之外的句子（{why_zh}）含有职责用语、单位或数量",
        "a sentence outside the plan's actions ({why}) has a word of duty, a body or a count in it",
        "查看原文；此句内容未进入图谱",
        "read it; nothing of it is in the graph",
        "示例市工作方案\n请各单位认真抓好落实。\n一、开办企业\n压缩办理时间。（市甲局负责）\n"
        "二、完善监管\n开展联合检查。（市乙局负责）",
        "示例市工作方案\n为做好工作，制定本方案。\n一、开办企业\n压缩办理时间。（市甲局负责）\n"
        "二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "damaged-byte", "warning", "reading",
        "第 {character} 个字符无法解码",
        "character {character} could not be decoded",
        "对照原件改正文件，或用 --encoding 指明编码",
        "compare with the original and correct the file, or give --encoding",
        "一、开办企业\n压缩办\ufffd时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "ambiguous-place", "warning", "reading",
        "“{name}”可指{places}，文中没有依据",
        "{name} may be {places}; nothing in the text decides",
        "在文件名中写明上级行政区（如：示例市某区方案.txt），或核对标题",
        "name the place above it in the file's name or title",
        "朝阳区甲工作方案\n一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "长春市朝阳区甲工作方案\n一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "decision-unused", "warning", "reading",
        "人工决定第 {line} 行不再适用：{reason_zh}",
        "line {line} of the decisions no longer applies: {reason}",
        "加一行 unsure 撤回，或改写为现在的编号",
        "withdraw it by a line with the verdict unsure, or name what it is about now",
        "kind,subject,verdict,object\nbody,990100:市甲局,same,990100:市乙局",
        "kind,subject,verdict,object\nbody,990100:市甲局,same,990100:市乙局\n"
        "body,990100:市甲局,unsure,990100:市乙局",
    ),
)  # fmt: skip

FINDING_KINDS: Mapping[str, FindingKind] = {kind.code: kind for kind in _KINDS}

CLASS_NAMES: Mapping[StretchClass, tuple[str, str]] = {
    "heading": ("标题", "heading"),
    "action": ("举措", "action"),
    "task": ("任务", "task"),
    "clause": ("责任条款", "clause"),
    "target": ("目标指标", "target"),
    "finding": ("待查", "finding"),
    "title": ("题名", "title"),
    "cover letter": ("印发通知", "cover letter"),
    "preamble": ("引言", "preamble"),
    "imprint": ("落款附注", "imprint"),
    "table of contents": ("目录", "table of contents"),
    "page furniture": ("页眉页脚", "page furniture"),
    "goal": ("目标要求", "goal"),
    "section lead-in": ("章节导语", "section lead-in"),
}
"""Every class of an account in Chinese and English: what was read, what is listed, then the reasons to set aside."""
READ_CLASSES: tuple[StretchClass, ...] = ("heading", "action", "task", "clause", "target")
SET_ASIDE_CLASSES: tuple[StretchClass, ...] = tuple(
    name for name in CLASS_NAMES if name not in READ_CLASSES and name != "finding"
)


def found(code: str, file: str, *, quote: str = "", span: Span | None = None, **values: object) -> Finding:
    """A finding of a declared code; ``values`` are what its message names."""
    kind = FINDING_KINDS[code]
    filled = tuple(sorted((name, str(value)) for name, value in values.items()))
    return Finding(code, kind.severity, kind.about, file, quote, span, filled)


def message(finding: Finding, lang: Lang) -> str:
    """What was found, in words; the code alone where it is one this version does not know."""
    kind = FINDING_KINDS.get(finding.code)
    if kind is None:
        return finding.code
    values = dict(finding.values)
    if "why" in values:
        values["why_zh"] = next((zh for name, (zh, _) in CLASS_NAMES.items() if name == values["why"]), values["why"])
    try:
        return (kind.zh if lang == "zh" else kind.en).format(**values)
    except KeyError:
        return finding.code


def advice(finding: Finding, lang: Lang) -> str:
    """What to do about it; empty where the code is one this version does not know."""
    kind = FINDING_KINDS.get(finding.code)
    if kind is None:
        return ""
    return kind.advice_zh if lang == "zh" else kind.advice_en
