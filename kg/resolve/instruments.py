"""Laws, regulations, policies and lists that plans cite: one node for all titles of one paper.

A title is taken apart: the issuer in front (国务院办公厅关于…), the notice around it (关于印发…的通知), the place it
begins with. The rest with the place it holds in is the key: 《甲省优化营商环境条例》 and 《优化营商环境条例》 stay two,
《国务院关于印发甲规划的通知》 and 《甲规划》 of the same country are one. A title that names no place takes it from its
number, from another citation in the same document, or from its kind (a law is the country's, a plan the province's).
Titles that share a document number are one paper, whatever they say.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.places import gazetteer

#: Kinds of instrument by the last word of the title; the first row that fits decides.
INSTRUMENT_KINDS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (kind, re.compile(rf"(?:{words})(?:（[^（）]*）)*$"))
    for kind, words in (
        (
            "form",
            r"许可证|证书|凭证|证明|资格证|运输证|通关单|申请表|告知书|决定书|承诺书|通知书|通知单|(?<=[可照格])证",
        ),
        ("treaty", r"协定|公约"),
        ("law", r"(?<!办)法|法典"),
        ("regulation", r"条例"),
        ("rules", r"办法|规定|细则|规则|规程|制度|章程|准则|裁量基准|裁量权基准"),
        ("list", r"清单|目录|名录|台账"),
        ("standard", r"标准|规范|指南|指引|模型"),
        ("plan", r"规划|计划|纲要|方案|要点"),
        ("report", r"报告|白皮书|纪要"),
    )
)
COUNTRY = "中国"
#: Kinds that only the country makes where no place is printed; a 工作制度 without a place is some office's own.
_OF_THE_COUNTRY = frozenset(("law", "regulation", "rules", "treaty"))
_OF_AN_OFFICE = re.compile(r"(?:制度|规程|规则|章程|准则)(?:（[^（）]*）)*$")
_COUNTRY_WORDS = re.compile(
    r"全国|国家|中华人民共和国|国务院|中共中央|中央|市场准入负面清单|鼓励外商投资|外商投资准入|鼓励进口|知识产权强国|质量强国|"
    r"“?十四五”?市场监管|计量发展规划"
)
_COUNTRY_ISSUER = re.compile(
    r"^(?:中共中央|国务院|国家|最高人民|全国|中国|中央|[^省市县区州]{2,14}部(?:门|委)?(?:$|[^门])|海关总署|税务总局|人民银行)"
)
_COUNTRY_NUMBER = re.compile(
    r"国|中办|中发|发改|财|建[^水]|住建|工信|商[^政]|人社部|银|署|税总|法发|法释|科|教|民|自然资|交[^政]"
)
_ISSUER = re.compile(
    r"^(?P<issuer>[^〈《]{0,50}?(?:国务院|办公厅|办公室|政府|委员会|[部局厅署院]|小组|部门|[市省区县州]委|联合工作组|委))"
    r"(?P<rest>(?:关于|印发|转发).{4,})$"
)
_NOTICE = re.compile(r"^(?:关于)?(?:印发|转发|下发|公布|发布)[〈《]?(?P<inner>.{2,}?)[〉》]?的?(?:通知|公告)$")
_OWN_CITY = re.compile(r"^(?:[本我全]市|市(?=政府|人民政府|委(?!托|员)))")
_OWN_PROVINCE = re.compile(r"^(?:[本我全]省|省(?=政府|人民政府|委(?!托|员))|自治区(?=人民政府|党委|政府|$))")
_YEAR = re.compile(r"^\d{4}年度?")
_WIDE = str.maketrans("()", "（）")
_PLAIN = re.compile(r"[\s“”\"'〈〉《》<>「」]|的(?=(?:若干|实施|指导|意见|通知|办法|措施|方案|决定|规定|政策))")


@dataclass(frozen=True, slots=True)
class CitedTitle:
    """One citation in its document: title, number and short title as printed, the document and its place.

    ``place`` is the six-digit code of the document's place, or whatever stands for it in ids.
    """

    title: str
    doc_no: str | None
    short: str | None
    place: str
    document: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One paper: ``name`` the fullest title printed, ``aliases`` the others, ``scope`` the place it holds in."""

    uid: str
    name: str
    kind: str
    doc_no: str | None
    scope: str
    aliases: tuple[str, ...]


def instrument_kind(title: str) -> str:
    """form, treaty, law, regulation, rules, list, standard, plan, report, or policy for all other titles."""
    bare = _inner(_without_issuer(title.translate(_WIDE))[1])
    return next((kind for kind, pattern in INSTRUMENT_KINDS if pattern.search(bare)), "policy")


def resolve_instruments(cited: Iterable[CitedTitle]) -> dict[CitedTitle, Instrument]:
    """The instrument of every citation, whatever their order."""
    by_document: dict[str, set[CitedTitle]] = defaultdict(set)
    for citation in cited:
        by_document[citation.document].add(citation)
    keys: dict[CitedTitle, str] = {}
    for citations in by_document.values():
        keys |= _document_keys(sorted(citations, key=_order))
    same = _by_number(keys)
    members: dict[str, list[CitedTitle]] = defaultdict(list)
    for citation, key in keys.items():
        members[same.get(key, key)].append(citation)
    made = {key: _instrument(key, found) for key, found in members.items()}
    return {citation: made[same.get(key, key)] for citation, key in keys.items()}


def _order(citation: CitedTitle) -> tuple[str, ...]:
    return (citation.title, citation.doc_no or "", citation.short or "")


def _instrument(key: str, citations: Sequence[CitedTitle]) -> Instrument:
    titles = sorted({c.title for c in citations} - {c.short for c in citations if c.short}, key=lambda t: (-len(t), t))
    titles = titles or sorted({c.title for c in citations})
    shorts = sorted({c.short for c in citations if c.short})
    numbers = sorted({number for c in citations if (number := _number(c.doc_no))})
    scope = key.split(":", 2)[1]
    kind = instrument_kind(titles[0])
    return Instrument(
        key, titles[0], kind, "；".join(numbers) or None, scope, tuple(dict.fromkeys([*titles[1:], *shorts]))
    )


def _document_keys(citations: Sequence[CitedTitle]) -> dict[CitedTitle, str]:
    """The key of each citation of one document; what one leaves open another of the document may tell."""
    parts = {citation: _parts(citation.title, _number(citation.doc_no), citation.place) for citation in citations}
    told = {core: scope for scope, core in parts.values() if scope is not None}
    keys = {}
    for citation, (scope, core) in parts.items():
        where = scope or _usual_scope(citation, told.get(core))
        keys[citation] = f"instrument:{where}:{core}"
    shorts = {citation.short: keys[citation] for citation in citations if citation.short}
    return {citation: shorts.get(citation.title, key) for citation, key in keys.items()}


def _by_number(keys: Mapping[CitedTitle, str]) -> dict[str, str]:
    """Keys that a document number joins, each to the first of its group (a union-find over keys)."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    first: dict[str, str] = {}
    for citation, key in sorted(keys.items(), key=lambda row: (row[1], _order(row[0]))):
        if number := _number(citation.doc_no):
            one, other = sorted((root(key), root(first.setdefault(number, key))))
            parent[other] = one
    return {key: root(key) for key in parent}


def _number(doc_no: str | None) -> str | None:
    """A document number in one spelling: 国办发〔2022〕30号."""
    if not doc_no:
        return None
    folded = unicodedata.normalize("NFKC", doc_no)
    return re.sub(r"^(.*?)[\[(〔【](\d{4})[\])〕】]第?0*(\d+)号$", r"\1〔\2〕\3号", folded)


@lru_cache(maxsize=8192)
def _parts(title: str, number: str | None, place: str) -> tuple[str | None, str]:
    """The place an instrument holds in, where its title or number tells, and the rest of the title."""
    issuer, rest = _without_issuer(title)
    core = _PLAIN.sub("", _inner(rest)).removeprefix("关于")
    core = core.removeprefix("中华人民共和国")
    scope = _scope(issuer, place) if issuer else None
    own, bare = _leading_place(core, place)
    if own is not None:
        return own, bare or core
    if scope is None and (_COUNTRY_WORDS.match(core) or (number and _COUNTRY_NUMBER.match(number))):
        scope = COUNTRY
    if scope is None and rest != title and "中华人民共和国" in title[:8]:
        scope = COUNTRY
    return scope, core


def _without_issuer(title: str) -> tuple[str, str]:
    found = _ISSUER.match(title)
    return (found["issuer"], found["rest"]) if found else ("", title)


def _inner(title: str) -> str:
    """What a notice encloses: 关于印发甲方案的通知 → 甲方案."""
    found = _NOTICE.match(title)
    return found["inner"] if found else title


def _scope(issuer: str, place: str) -> str | None:
    own, _ = _leading_place(issuer.removeprefix("中共"), place)
    if own is not None:
        return own
    return COUNTRY if _COUNTRY_ISSUER.match(issuer) else None


def _leading_place(text: str, place: str) -> tuple[str | None, str]:
    """The place a text begins with and the rest: a name of the gazetteer, or 全省 and 市政府 of the document's own."""
    known = gazetteer()
    if found := _OWN_PROVINCE.match(text):
        return _province(place), text[found.end() :]
    if found := _OWN_CITY.match(text):
        return place, text[found.end() :]
    if (year := _YEAR.match(text)) and year.end() < len(text):
        own, rest = _leading_place(text[year.end() :], place)
        return own, year[0] + rest
    for length in range(min(known.longest, len(text)), 2, -1):
        bearers = [p for p in known.by_name.get(text[:length], ()) if p.level != "county" or _near(p.adcode, place)]
        if len(bearers) == 1:
            rest, code = text[length:], bearers[0].adcode
            further, below = _leading_place(rest, place) if rest and known.by_name.get(rest[:3]) else (None, rest)
            return (further, below) if further and further[:2] == code[:2] else (code, rest)
    if stem := known.any_stem.match(text):
        named, rest = known.by_stem[stem[0]], text[stem.end() :]
        if named.level == "province" or rest.startswith(("州", "盟")):
            return named.adcode, rest.removeprefix("州").removeprefix("盟")
    return None, text


def _near(adcode: str, place: str) -> bool:
    return adcode[:2] == place[:2]


def _province(place: str) -> str:
    return f"{place[:2]}0000" if place.isdecimal() and len(place) == 6 else place


def _usual_scope(citation: CitedTitle, told: str | None) -> str:
    """Where a title without a place holds: a law in the country, though the document may cite a place's like it."""
    if instrument_kind(citation.title) in _OF_THE_COUNTRY and not _OF_AN_OFFICE.search(citation.title):
        return COUNTRY
    return told or _province(citation.place)
