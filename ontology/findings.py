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
        "大纲编号到了{printed}，按顺序应为第 {expected}，前文似有该编号",
        "the outline goes on with {printed}; number {expected} was to come, and seems to stand before it",
        "查看是否漏读了标题，或原文编号有误",
        "look whether a heading was missed, or the plan itself is misnumbered",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查，三、四季度各一次。（市乙局负责）\n"
        "五、加强宣传\n公布办理结果。（市丙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查，三、四季度各一次。（市乙局负责）\n"
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
        "page-without-text", "warning", "reading",
        "第 {page} 页是扫描件，没有文字",
        "page {page} is a scan without text",
        "先识别文字（OCR），再读取",
        "recognise its text (OCR) and read that",
        "（只有图片的一页）",
        "（有文字的一页）",
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
        "register-cell", "error", "reading",
        "工作表 {sheet} 第 {row} 行“{column}”栏：“{value}”不能读取，可填：{allowed_zh}",
        "sheet {sheet}, row {row}, column {column} ({key}): {value!r} cannot be read; allowed: {allowed}",
        "改正这一格；本行这一项未进入图谱，其余照常读入",
        "correct the cell; what it says is not in the graph, all else is",
        "文件,城市,编号,标题,部门,角色\n示例市工作方案,示例市,一/1,便利开办,市甲局,主持",
        "文件,城市,编号,标题,部门,角色\n示例市工作方案,示例市,一/1,便利开办,市甲局,牵头",
    ),
    FindingKind(
        "same-document", "info", "reading",
        "与 {other} 是同一份文件（不计空白、全半角和标点），未重复进入图谱",
        "the same document as {other}, but for white space, width and punctuation; it is in the graph once",
        "无需处理；如应以此文件为准，去掉另一个",
        "nothing to do; take the other file away where this one is to be read",
        "甲.docx 与 甲.pdf 文字相同",
        "甲.docx 与 乙.pdf 文字不同",
    ),
    FindingKind(
        "near-duplicate", "warning", "reading",
        "与 {other} 文字大体相同（相似度 {share}），两份都在图谱中",
        "much the same text as {other} ({share} alike); both are in the graph",
        "如是同一文件的两稿或两次扫描，只留一份，或在 --meta 中写明状态和期间",
        "where they are two versions or scans of one plan, keep one of them, or say status and period with --meta",
        "征求意见稿与印发稿，只改动几处",
        "两个城市各自的方案",
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
    FindingKind(
        "action-without-lead", "warning", "plan",
        "“{heading}”没有写明由谁牵头，同级的另外 {led} 条都已写明",
        "nobody leads {heading}; the other {led} beside it name a lead",
        "补上牵头单位",
        "name the body that leads",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。\n三、加强服务\n公布办理结果。（市丙局负责）\n"
        "四、便利融资\n建设信用平台。（市丁局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n三、加强服务\n公布办理结果。（市丙局负责）\n"
        "四、便利融资\n建设信用平台。（市丁局负责）",
    ),
    FindingKind(
        "only-collectives", "warning", "plan",
        "责任单位只有统称：{names}",
        "only collectives are responsible: {names}",
        "至少写明一个具体部门",
        "name at least one body",
        "一、开办企业\n压缩办理时间。（各有关部门负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局、各有关部门负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "several-leads", "info", "plan",
        "{count} 个部门共同负责，没有写明以谁为主",
        "{count} bodies are responsible together and none of them leads",
        "写明一个牵头单位，或说明以排在首位的为主",
        "name one lead, or say that the first listed leads",
        "一、开办企业\n压缩办理时间。（市甲局、市丙局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局牵头，市丙局配合）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "no-measure", "info", "plan",
        "整条没有数量，也没有时间",
        "neither a number nor a time stands anywhere in it",
        "写明做到什么程度、何时完成",
        "say how much is to be reached, and by when",
        "一、开办企业\n优化登记流程，完善服务机制，加强部门协同，推动信息共享，健全沟通渠道，提升服务水平，营造良好环境，"
        "引导企业规范经营，促进产业发展，增强市场活力。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n优化登记流程，完善服务机制，加强部门协同，推动信息共享，健全沟通渠道，提升服务水平，营造良好环境，"
        "引导企业规范经营，年底前办理时间压缩至3天。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "numbers-disagree", "warning", "plan",
        "“{name}”此处为 {value}，第 {line} 行为 {other}",
        "{name} is {value} here and {other} in line {line}",
        "核对后统一，或写明各自的范围和时间",
        "settle which one holds, or say what part or time each is for",
        "一、开办企业\n破产案件结案率不低于80%。（市甲局负责）\n二、完善监管\n开展联合检查，破产案件结案率达85%以上。（市乙局负责）",
        "一、开办企业\n2024年破产案件结案率不低于80%。（市甲局负责）\n"
        "二、完善监管\n开展联合检查，2025年破产案件结案率达85%以上。（市乙局负责）",
    ),
    FindingKind(
        "units-disagree", "warning", "plan",
        "“{name}”此处为 {value}，第 {line} 行为 {other}",
        "{name} is {value} here and {other} in line {line}",
        "核对单位：一处计数，一处计时",
        "settle the unit: one counts, the other is a time",
        "一、开办企业\n工业建筑工程审批时限压减至15个以内。（市甲局负责）\n"
        "二、完善监管\n工业建筑工程审批时限压减至15个工作日以内。（市乙局负责）",
        "一、开办企业\n工业建筑工程审批时限压减至15个工作日以内。（市甲局负责）\n"
        "二、完善监管\n工业建筑工程审批时限压减至15个工作日以内。（市乙局负责）",
    ),
    FindingKind(
        "deadline-before-issue", "warning", "plan",
        "期限 {deadline} 早于印发日期 {issued}",
        "the deadline {deadline} is before the day of issue, {issued}",
        "核对年份",
        "check the year",
        "示例市工作方案\n一、开办企业\n2023年底前网上办理率达到95%。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "示例市人民政府\n2024年3月1日",
        "示例市工作方案\n一、开办企业\n2024年底前网上办理率达到95%。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "示例市人民政府\n2024年3月1日",
    ),
    FindingKind(
        "body-several-names", "info", "plan",
        "“{name}”（{times} 处）在别处写作“{usual}”（{usual_times} 处）",
        "{name} ({times}×) is written {usual} elsewhere ({usual_times}×)",
        "统一名称",
        "use one name",
        "一、开办企业\n压缩办理时间。（市发展改革委负责）\n二、完善监管\n开展联合检查。（市发改委负责）",
        "一、开办企业\n压缩办理时间。（市发展改革委负责）\n二、完善监管\n开展联合检查。（市发展改革委负责）",
    ),
    FindingKind(
        "same-work-twice", "warning", "plan",
        "与第 {line} 行（{other}）几乎相同，而牵头单位不同",
        "nearly the same as line {line} ({other}), under another lead",
        "合并，或写明分工",
        "merge the two, or say who does what",
        "一、开办企业\n建设统一的企业信用信息平台，归集各部门登记和处罚信息，向金融机构开放查询。（市甲局牵头）\n"
        "二、完善监管\n建设统一的企业信用信息平台，归集各部门登记和处罚信息，向金融机构开放查询。（市乙局牵头）",
        "一、开办企业\n建设统一的企业信用信息平台，归集各部门登记和处罚信息，向金融机构开放查询。（市甲局牵头）\n"
        "二、完善监管\n根据企业信用信息平台的评价结果，确定抽查的比例和频次，减少对守信企业的检查。（市乙局牵头）",
    ),
    FindingKind(
        "outline-repeated", "warning", "plan",
        "编号 {printed} 重复，应为第 {expected}",
        "the number {printed} stands again where {expected} was to come",
        "改正编号",
        "correct the numbering",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "二、加强宣传\n公布办理结果。（市丙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "三、加强宣传\n公布办理结果。（市丙局负责）",
    ),
    FindingKind(
        "outline-missing", "warning", "plan",
        "编号从第 {expected} 缺起，直接到了{printed}",
        "number {expected} is missing; {printed} follows at once",
        "改正编号，或补上缺少的内容",
        "correct the numbering, or add what is missing",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "五、加强宣传\n公布办理结果。（市丙局负责）",
        "一、开办企业\n压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）\n"
        "三、加强宣传\n公布办理结果。（市丙局负责）",
    ),
    FindingKind(
        "doubled-words", "warning", "plan",
        "重复的字词或标点：{word}",
        "words or punctuation printed twice: {word}",
        "删去多余的",
        "take out what is too much",
        "一、开办企业\n压缩登记事项登记事项的的办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩登记事项的办理时间。（市市场监管局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "unbalanced-marks", "warning", "plan",
        "“{mark}”不成对",
        "{mark} has no counterpart",
        "补上或删去标点",
        "add its counterpart, or take it out",
        "一、开办企业\n推行“一件事”和“一次办改革，压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n推行“一件事”和“一次办”改革，压缩办理时间。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
    ),
    FindingKind(
        "leftover-code", "warning", "plan",
        "文字处理软件留下的代码：{word}",
        "left behind by a word processor: {word}",
        "删去，或更新目录和引用",
        "take it out, or update the table of contents and references",
        "一、开办企业\n压缩办理时间（错误!未定义书签。）。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
        "一、开办企业\n压缩办理时间，对错误未改正的及时提醒。（市甲局负责）\n二、完善监管\n开展联合检查。（市乙局负责）",
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
