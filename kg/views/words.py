"""The words of the pages in Chinese and English: what templates ask for by key, and what codes of the graph mean."""

from __future__ import annotations

from collections.abc import Mapping

from kg.output import Label

WORDS: Mapping[str, Label] = {
    "skip": Label("跳到正文", "Skip to the content"),
    "home": Label("责任关系图谱", "Responsibility graph"),
    "find": Label("查找（按 /）", "Search (press /)"),
    "made": Label(
        "本页为单个文件，不访问网络；由 kg 根据所读文件生成，每条责任均附原文。",
        "This page is one file and asks no network; made by kg from the documents read; every line has its sentence.",
    ),
    "show": Label("标注：", "Marked:"),
    "aside": Label("未归入举措的文字", "text outside the actions"),
    "responsibilities": Label("责任", "Responsibilities"),
    "findings": Label("存疑之处", "Findings"),
    "see": Label("在原文中查看", "see it in the text"),
    "ref": Label("编号", "ref"),
    "action": Label("举措", "action"),
    "role": Label("角色", "role"),
    "body": Label("部门", "body"),
    "text": Label("原文", "text"),
}  # fmt: skip

ROLES: Mapping[str, Label] = {
    "lead": Label("牵头", "lead"),
    "joint": Label("共同牵头", "joint lead"),
    "support": Label("配合", "support"),
    "target": Label("目标值", "target"),
}
KINDS: Mapping[str, Label] = {
    "plan": Label("方案", "plan"),
    "study": Label("研究", "study"),
    "register": Label("台账", "register"),
}
SEVERITIES: Mapping[str, Label] = {
    "error": Label("错误", "error"),
    "warning": Label("警告", "warning"),
    "info": Label("提示", "info"),
}
ABOUT: Mapping[str, Label] = {
    "reading": Label("读取", "our reading"),
    "plan": Label("方案本身", "the plan itself"),
}
BODY_KINDS: Mapping[str, Label] = {
    "bureau": Label("政府部门", "bureau"),
    "office": Label("办公室", "office"),
    "institution": Label("事业单位", "institution"),
    "party": Label("党委机构", "party organ"),
    "court": Label("法院", "court"),
    "procuratorate": Label("检察院", "procuratorate"),
    "central-branch": Label("中央驻地机构", "central branch"),
    "enterprise": Label("企业", "enterprise"),
    "development-zone": Label("开发区、园区", "development zone"),
    "local-government": Label("地方政府", "local government"),
    "people-organisation": Label("人民团体、协会", "people's organisation"),
    "leading-group": Label("领导小组", "leading group"),
    "collective": Label("统称", "collective"),
}
STATUSES: Mapping[str, Label] = {
    "draft": Label("征求意见稿", "draft"),
    "issued": Label("已印发", "issued"),
}
BASES: Mapping[str, Label] = {
    "clause": Label("责任条款", "clause"),
    "section": Label("标题", "heading"),
    "note": Label("全文通用说明", "document-wide note"),
    "text": Label("正文叙述", "running text"),
}
CERTAINTIES: Mapping[str, Label] = {
    "printed": Label("原文写明", "printed"),
    "convention": Label("按行文惯例", "by convention"),
    "guess": Label("推断", "guess"),
}
OPERATORS: Mapping[str, Label] = {
    "eq": Label("", ""),
    "ge": Label("≥ ", "≥ "),
    "le": Label("≤ ", "≤ "),
    "inc": Label("增长 ", "up by "),
    "inc_ge": Label("增长 ≥ ", "up by ≥ "),
    "dec": Label("下降 ", "down by "),
    "dec_ge": Label("下降 ≥ ", "down by ≥ "),
}
PERIODS: Mapping[str, Label] = {
    "month": Label("／月", " per month"),
    "quarter": Label("／季度", " per quarter"),
    "year": Label("／年", " per year"),
}


def known(words: Mapping[str, Label], code: str) -> Label:
    """What a code means; the code itself where this version does not know it."""
    return words.get(code, Label(code, code))


def plain(text: str) -> Label:
    """A text that is the same in both languages: what a document says."""
    return Label(text, text)


def both(label: Label) -> list[str]:
    """The two languages as the pages' scripts take them."""
    return [label.zh, label.en]
