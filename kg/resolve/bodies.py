"""From printed names to bodies: one Department for all written forms of a body in one jurisdiction.

A body's key is worked out from one printed name and its jurisdiction alone, by rules: a new variant of a name never
changes the key of an old one. The rules know how names are built (level, core, suffix) and how the names of central
branches, enterprises, zones and governments vary; what a core means comes from the scheme
(``ontology/functions.ttl``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.resolve.functions import Branch, Core, FunctionChoice, folded_core, function_of, known_core

BodyKind = Literal[
    "bureau", "party", "court", "procuratorate", "central-branch", "enterprise", "institution", "people-organisation",
    "local-government", "development-zone", "leading-group", "office", "collective",
]  # fmt: skip

NO_PLACE = "000000"


@dataclass(frozen=True, slots=True)
class PrintedBody:
    """One occurrence of a name: as printed, with the jurisdiction of its document (adcode GB/T 2260, name).

    Both are None where a document does not say its place.
    """

    name: str
    adcode: str | None
    city: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """One body of one jurisdiction.

    ``uid`` is adcode + ":" + key. ``name`` is the printed form met most often (ties: the longest, then code point
    order), ``aliases`` are the others, sorted. ``function`` is a uid of the scheme, or ``core:…`` where ``why`` says
    that nobody reviewed it.
    """

    uid: str
    name: str
    kind: BodyKind
    aliases: tuple[str, ...]
    function: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of one printed name in one jurisdiction."""

    key: str
    kind: BodyKind
    function: str
    why: str


def resolve_bodies(printed: Iterable[PrintedBody]) -> dict[PrintedBody, Body]:
    """Give every printed name its body. Repeats count: the display name is the form met most often."""
    counts = Counter(printed)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uids: dict[PrintedBody, str] = {}
    readings: dict[str, Reading] = {}
    for item, count in counts.items():
        reading = read_name(item.name, item.adcode, item.city)
        uid = f"{item.adcode or NO_PLACE}:{reading.key}"
        uids[item] = uid
        forms[uid][item.name] += count
        readings[uid] = min(readings.get(uid, reading), reading, key=lambda one: (one.kind, one.function, one.why))
    bodies = {uid: _body(uid, forms[uid], readings[uid]) for uid in forms}
    return {item: bodies[uid] for item, uid in uids.items()}


def body_key(name: str, adcode: str | None, city: str | None) -> str:
    """Give the key of a printed name: the part of a body's uid after the adcode."""
    return read_name(name, adcode, city).key


@lru_cache(maxsize=65536)
def read_name(name: str, adcode: str | None, city: str | None) -> Reading:
    """Read one printed name by the rules, in the jurisdiction of its document."""
    place = _place(adcode, city)
    cleaned = _cleaned(name)
    one_name = _without_bracket(cleaned)
    for rules, written in ((_RULES_FOR_LISTS, cleaned), (_RULES_FOR_NAMES, one_name)):
        for rule in rules:
            reading = rule(written, place)
            if reading:
                return reading
    return _plain_body(one_name, place)


def _body(uid: str, forms: Counter[str], reading: Reading) -> Body:
    name = min(forms, key=lambda form: (-forms[form], -len(form), form))
    aliases = tuple(sorted(form for form in forms if form != name))
    return Body(uid, name, reading.kind, aliases, reading.function, reading.why)


# The jurisdiction: how its own name stands in the names of its bodies.

_PLACE_NAME = re.compile(r"(?P<stem>.{2,}?)(?P<suffix>自治[区州县旗]|地区|[省市州盟县区旗])")
_PEOPLES = re.compile(
    r"(?:[壮回藏苗彝侗瑶白傣黎畲水佤]族|维吾尔族?|哈萨克族?|蒙古族?|土家族|布依族|朝鲜族|哈尼族|傈僳族|拉祜族|纳西族|羌族|满族"
    r"|柯尔克孜族?|景颇族|达斡尔族|仫佬族|仡佬族|布朗族|毛南族|撒拉族|塔吉克族?|锡伯族?|东乡族|保安族|裕固族|土族|怒族|独龙族|普米族|各族)+$"
)
_LEVEL_OF_SUFFIX = {"自治区": "自治区", "自治州": "州", "自治县": "县", "自治旗": "旗", "地区": "地区"}


@dataclass(frozen=True, slots=True)
class _Place:
    level: str
    short: str
    own: re.Pattern[str] | None
    tier: int


@lru_cache(maxsize=1024)
def _place(adcode: str | None, city: str | None) -> _Place:
    tier = _tier(adcode)
    if not city:
        return _Place("", "", None, tier)
    full = city.rpartition("省")[2] or city
    within = re.fullmatch(r".{2,}?市(?=.)(.+[县区市旗])", full)
    full = within.group(1) if within else full
    match = _PLACE_NAME.fullmatch(full)
    if not match:
        return _Place("市", full, re.compile(re.escape(full)), tier)
    level = _LEVEL_OF_SUFFIX.get(match["suffix"], match["suffix"])
    short = _PEOPLES.sub("", match["stem"]) or match["stem"]
    names = sorted({city, full, short + level, short + match["suffix"], short}, key=lambda one: (-len(one), one))
    return _Place(level, short, re.compile("|".join(map(re.escape, names))), tier)


def _tier(adcode: str | None) -> int:
    """0 province, 1 prefecture, 2 county; prefecture where unknown."""
    if not adcode:
        return 1
    return 0 if adcode.endswith("0000") else 1 if adcode.endswith("00") else 2


# Cleaning: everything after this sees one kind of bracket, quote and space.

_BRACKETS = str.maketrans(
    {**dict.fromkeys("(〔［[【", "（"), **dict.fromkeys(")〕］]】", "）"), '"': "”", **dict.fromkeys("—–－", "-")}
)
_EDGES = "、，,；;。：: "


def _cleaned(name: str) -> str:
    half_width = (unicodedata.normalize("NFKC", char) if char.isalnum() else char for char in name)
    text = "".join(char for char in half_width if not char.isspace()).translate(_BRACKETS).strip(_EDGES)
    return re.sub(r"^中共(?=.+委)", "", text) or name


def _without_bracket(name: str) -> str:
    """Leave out a closing bracket (second name plate, unit inside): 市发展改革委（审改办） → 市发展改革委."""
    return re.sub(r"（[^（）]*）?$", "", name) or name


def _levelled(name: str, place: _Place) -> str:
    """Write the place's own name in front as its level: 示例市财政局, and 示例财政局, become 市财政局."""
    match = place.own.match(name) if place.own else None
    if not match or match.end() == len(name):
        return name
    rest = name[match.end() :]
    again = place.own.match(rest) if place.own else None
    rest = rest[again.end() :] if again and again.end() < len(rest) else rest
    level = _LEVEL.match(rest)
    if level and level.group() != place.level and match.group() == place.short:
        return name
    return rest if level else place.level + rest


# 市 in front is the level, but not in 市场监管局, 市容局, 市政公用局, 市民中心, 市监局.
_LEVEL = re.compile(
    r"自治[区州县]|地区|省(?!会)|市(?!场|容|监局|政[公市工管设园]|民(?!政|宗|族|营|航|防))|[州盟](?!际)|县(?!域)|区(?!域|块)|旗"
)

# 甲乙区财政局: the body of another place, if what follows the place is a body the scheme knows.
_OTHER_PLACE = re.compile(r"(?P<place>.{2,5}?[市县区州盟旗])(?P<rest>.{2,})")


def _split_level(name: str, place: _Place) -> tuple[str, str]:
    """Split a name into level and rest; a name without a level is one of the document's own place."""
    name = _levelled(name, place)
    match = _LEVEL.match(name)
    if match and match.end() < len(name):
        return match.group(), name[match.end() :]
    other = _OTHER_PLACE.match(name)
    if other and known_core(_split_suffix(other["rest"])[0]):
        return other["place"], other["rest"]
    return place.level, name


def _own_or_other(printed: str, place: _Place) -> str:
    """Give the short name of the place printed inside a name: nothing or the own place give the own short name."""
    if not printed or printed == place.level or (place.own and place.own.fullmatch(printed)):
        return place.short or printed
    return re.sub(r"(?<=..)[省市]$", "", printed)


# Rules, in order. Each gives a reading, or None where the name is not of its sort.

_GROUP = re.compile(r"领导小组|联席会议|专班|指挥部|工作组|协调机制|推进机制|议事协调机构")
_GROUP_TAIL = re.compile(
    r"(?:领导小组|部际联席会议|厅际联席会议|联席会议|工作专班|专班|指挥部|工作组|协调机制|推进机制).*$"
)
_MANY = re.compile(
    r"^(?:其他|其它)?(?:各|有关|相关|全[市省县区]|[省市县区州]*[级直](?!机关|属))"
    r"|各.*(?:部门|单位|企业|机构|处室)|(?:有关|相关).*(?:部门|单位|企业|机构|处室|高校|院所|地区|主体)"
    r"|(?:部门|单位|处室|企业|机构)$"
)
_MEMBERS = re.compile(r"成员单位$")
_ZONE = re.compile(
    r"(?P<stem>.*?(?:经开区|高新区|开发区|新区|园区|保税区|示范区|度假区|合作区|功能区|试验区|自贸区|片区|港区|景区|经济区|产业园|商务区|起步区|先行区|管理区|服务区|集聚区))"
    r"(?:（[^）]*）?)?(?:党工委|管理委员会|管委会|管委|执委会)?"
)
_COMMITTEE = re.compile(r"(?P<stem>.+?)(?:管委会|执委会|(?<=[区园港城岛])管理委员会|(?<=区)管委)")
_ZONE_WORDS = ((re.compile(r"高新技术产业(?:开发|园)区"), "高新区"), (re.compile(r"经济(?:技术)?开发区"), "经开区"))
_GOVERNMENT = re.compile(r"(?P<place>.*?[省市县区旗州盟乡镇）])(?:人民)?政府")
_LOCAL_WORDS = re.compile(
    r"^(?P<every>(?:各|有关|相关|所有)*)(?P<units>(?:地级以上|设区的?|省辖|产粮|辖)*"
    r"(?:地区|地方|地|[省市县区旗州盟乡镇]|街道|街镇|特区|自治[县州旗]|办事处|[（）、和及])+?)(?:级)?(?P<government>人民政府|政府)?$"
)
_UNITS = ("省", "市", "州", "盟", "县", "区", "旗", "乡", "镇", "街道")
_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:县|区|旗|市|州|盟|街道|街道办事处|镇|乡)")
_OFFICE = re.compile(r"(?<!办事)处$|科$|[处科]室$|股$|^机关[党纪]委$|^厅.{2,}|厅.{2,}(?:局|室|中心|办)$")


def _group(name: str, place: _Place) -> Reading | None:
    if not _GROUP.search(name):
        return None
    level, rest = _split_level(name, place)
    choice = function_of(_GROUP_TAIL.sub("", rest) or rest, "groups")
    return Reading(level + _same_words(rest), "leading-group", choice.function, choice.why)


def _localities(name: str, place: _Place) -> Reading | None:
    match = _LOCAL_WORDS.match(name)
    if not match:
        return None
    printed = re.sub(r"设区的?", "", match["units"])
    units = [unit for unit in _UNITS if unit in printed]
    if not match["every"] and len(units) < 2:
        return None
    every = "有关" if re.search("有关|相关", match["every"]) else "各"
    key = every + (f"{''.join(units)}政府" if units else "地")
    return Reading(key, "local-government", "county-governments", "local governments")


def _zones(name: str, place: _Place) -> Reading | None:
    match = _ZONE.fullmatch(name) or _COMMITTEE.fullmatch(name)
    if not match or re.search(r"国有资产|健康|改革|服务中心", name):
        return None
    stem = _levelled(match["stem"], place)
    level = _LEVEL.match(stem)
    if level and level.group() == place.level and level.end() < len(stem) - 1:
        stem = stem[level.end() :]
    for words, short in _ZONE_WORDS:
        stem = words.sub(short, stem)
    return Reading(f"{stem}管委会", "development-zone", "development-zone", "development zone")


def _collective(name: str, place: _Place) -> Reading | None:
    if not _MANY.search(name) or (_MEMBERS.search(name) and _GROUP.search(name)):
        return None
    return Reading(_same_words(name), "collective", "city-departments", "several bodies at once")


def _governments(name: str, place: _Place) -> Reading | None:
    match = _GOVERNMENT.fullmatch(name)
    whole = match["place"] if match else name if _PLACE_ALONE.fullmatch(name) else None
    if whole is None:
        return None
    if whole == place.level or (place.own and place.own.fullmatch(whole)):
        whole = place.level
    return Reading(f"{whole}政府", "local-government", "county-governments", "local government")


def _offices(name: str, place: _Place) -> Reading | None:
    if not _OFFICE.search(name):
        return None
    choice = function_of(re.sub(r"^厅|(?:处室|科室|[处科室股局办])$", "", name) or name)
    return Reading(name, "office", choice.function, choice.why)


def _same_words(name: str) -> str:
    return name.replace("相关", "有关").replace("各有关", "有关")


@dataclass(frozen=True, slots=True)
class _Form:
    """A sort of name with a place inside: its pattern, its full form, its function and kind."""

    pattern: re.Pattern[str]
    full: str
    function: str
    kind: BodyKind


def _form(pattern: str, full: str, function: str, kind: BodyKind = "central-branch") -> _Form:
    return _Form(re.compile(pattern), full, function, kind)


_BRANCH_UNITS = {
    **dict.fromkeys(("", "中心支行", "中支", "支行"), "分行"),
    "营业管理部": "营管部",
    "分行营业管理部": "分行营管部",
}
_NOT_LOCAL = r"(?!.*地方)(?P<place>(?![省市州盟县区]|自治区).{2,}?)"
_POWER = r"(?:国网|国家电网|南方电网)?(?:.{2,4}省?电力(?:有限)?公司(?=.))?(?P<place>.*?)"

_FORMS = (
    _form(
        r"(?:中国)?(?:人民银行|人行)(?P<place>.*?)(?P<unit>(?:分行)?营(?:业)?管(?:理)?部|总部|中心支行|中支|支行|分行|)",
        "中国人民银行{place}{unit}",
        "central-bank",
    ),
    _form(
        r"(?:国家)?金融(?:监督管理|监管)总局(?P<place>.*?)(?:监管)?(?P<unit>分局|局)",
        "国家金融监督管理总局{place}监管{unit}",
        "financial-supervision",
    ),
    _form(
        _NOT_LOCAL + r"金融(?:监督管理|监管)(?P<unit>分局|局)",
        "国家金融监督管理总局{place}监管{unit}",
        "financial-supervision",
    ),
    _form(
        r"(?:中国)?银保监会(?P<place>.*?)(?:监管)?(?P<unit>分局|局)",
        "{place}银保监{unit}",
        "financial-supervision",
    ),
    _form(r"(?P<place>.*?)银保监(?P<unit>分局|局)", "{place}银保监{unit}", "financial-supervision"),
    _form(r"(?:中国)?证监会(?P<place>.*?)(?:监管)?局", "{place}证监局", "securities-supervision"),
    _form(r"(?P<place>.*?)证监局", "{place}证监局", "securities-supervision"),
    _form(
        r"(?:国家)?(?:外汇管理局|外管局)(?P<place>.*?)(?:分局|中心支局|支局|外汇管理部|)",
        "国家外汇管理局{place}分局",
        "foreign-exchange",
    ),
    _form(r"(?:中华人民共和国)?(?P<place>.*?)海关", "{place}海关", "customs"),
    _form(r"(?:中华人民共和国)?(?P<place>.*?)海事局", "{place}海事局", "maritime-safety"),
    _form(r"(?P<place>.*?)(?:出入境)?边(?:防检查|检)总?站", "{place}出入境边防检查站", "border-inspection"),
    _form(r"国家统计局(?P<place>.*?)调查(?P<unit>总队|队)", "国家统计局{place}调查{unit}", "statistics"),
    _form(
        _POWER + r"(?P<unit>供电|电力)(?:有限)?(?:责任)?(?:分)?公司",
        "{place}{unit}公司",
        "power-grid",
        "enterprise",
    ),
    _form(r"(?:国网)?(?P<place>.*?)供电局", "{place}供电局", "power-grid", "enterprise"),
    _form(
        r"(?:中国)?邮政(?:集团)?(?:有限)?(?:公司)?(?P<place>.*?)(?:省|市)?分公司",
        "中国邮政{place}分公司",
        "postal-service",
        "enterprise",
    ),
    _form(
        r"(?:中国)?(?P<unit>电信|移动|联通|铁塔)(?:股份|有限|公司)*(?P<place>.*?)(?:省|市)?分?公司",
        "中国{unit}{place}分公司",
        "telecom-service",
        "enterprise",
    ),
)
_LEAGUE = re.compile(r"(?:共青)?团(?P<place>.*?[省市区县州旗盟])委(?:员会)?")
_TAX = re.compile(r"(?:国家税务总局)?(?P<place>.*?)税务局")
_DISCIPLINE = re.compile(r"委?(?:纪律检查委员会|纪委|纪检|(?=监))(?:监察委员会|监委|监察)?(?:机关)?")
_COURT = re.compile(r"(?P<grade>高级|中级|中|高)?(?:人民)?(?:法院|院)")
_GRADES = {"高": "高级", "中": "中级", "高级": "高级", "中级": "中级"}


def _central(name: str, place: _Place) -> Reading | None:
    for form in _FORMS:
        match = form.pattern.fullmatch(name)
        if match:
            parts = match.groupdict(default="")
            unit = _BRANCH_UNITS.get(parts.get("unit", ""), parts.get("unit", ""))
            key = form.full.format(place=_own_or_other(parts.get("place", ""), place), unit=unit)
            return Reading(key, form.kind, form.function, "form of the name")
    return None


def _tax(name: str, place: _Place) -> Reading | None:
    match = _TAX.fullmatch(name)
    if not match:
        return None
    printed = match["place"]
    own = printed in ("", place.level) or bool(place.own and place.own.fullmatch(printed))
    return Reading(f"{place.level if own else printed}税务局", "central-branch", "taxation", "scheme")


def _league(name: str, place: _Place) -> Reading | None:
    match = _LEAGUE.fullmatch(name)
    if not match:
        return None
    printed = match["place"]
    own = bool(place.own and place.own.fullmatch(printed))
    return Reading(f"团{place.level if own else printed}委", "people-organisation", "youth-league", "form of the name")


def _justice(name: str, place: _Place) -> Reading | None:
    level, rest = _split_level(name, place)
    if re.fullmatch(r"(?:人民)?检察院", rest):
        return Reading(f"{level}人民检察院", "procuratorate", "procuratorate", "form of the name")
    match = _COURT.fullmatch(rest)
    if not match or rest == "院":
        return None
    grade = _GRADES.get(match["grade"] or "", ("高级", "中级", "")[place.tier] if level == place.level else "")
    return Reading(f"{level}{grade}人民法院", "court", "court", "form of the name")


def _party_and_government(name: str, place: _Place) -> Reading | None:
    level, rest = _split_level(name, place)
    rest = re.sub(r"^(?:中共|党)?(?=委)|^党(?=委)|^人民(?=政府)", "", rest)
    if _DISCIPLINE.fullmatch(rest):
        return Reading(f"{level}纪委监委", "party", "discipline-supervision", "form of the name")
    if re.fullmatch(r"政府办(?:公室|公厅)?", rest):
        office = "办公厅" if place.tier == 0 and level == place.level else "办公室"
        return Reading(f"{level}政府{office}", "bureau", "government-office", "form of the name")
    if re.fullmatch(r"委(?:办(?:公室|公厅)?)?", rest):
        office = "" if rest == "委" else "办公厅" if place.tier == 0 and level == place.level else "办公室"
        return Reading(f"{level}委{office}", "party", "party-office", "form of the name")
    if not rest.startswith("委") or len(rest) < 3:
        return None
    core, suffix = _split_suffix(rest[1:])
    known = known_core(core)
    choice = function_of(core)
    return Reading(f"{level}委{known.full if known else core}{suffix}", "party", choice.function, choice.why)


_Rule = Callable[[str, _Place], Reading | None]
_RULES_FOR_LISTS: tuple[_Rule, ...] = (_group, _localities, _zones, _collective, _governments)
_RULES_FOR_NAMES: tuple[_Rule, ...] = (_offices, _league, _central, _tax, _justice, _party_and_government)


# Everything else: level, core, suffix.

_SUFFIXES: tuple[tuple[str, str], ...] = (
    ("中心管委会", "中心"), ("委员会办公室", "办公室"), ("办公室", "办公室"), ("委员会", "委员会"),
    ("办公厅", "办公厅"), ("有限责任公司", "公司"), ("股份有限公司", "公司"), ("集团有限公司", "集团"),
    ("有限公司", "公司"), ("集团公司", "集团"), ("公司", "公司"), ("集团", "集团"), ("银行", "银行"),
    ("联合会", "联合会"), ("协会", "协会"), ("商会", "商会"), ("总队", "总队"), ("支队", "支队"), ("大队", "大队"),
    ("中心", "中心"), ("交易所", "交易所"), ("研究所", "研究所"), ("医院", "医院"), ("学院", "学院"), ("大学", "大学"),
    ("分局", "分局"), ("局", "局"), ("厅", "厅"), ("室", "室"), ("委", "委员会"), ("办", "办公室"), ("部", "部"),
    ("馆", "馆"), ("院", "院"), ("台", "台"), ("站", "站"), ("所", "所"), ("社", "社"), ("段", "段"), ("会", "会"),
)  # fmt: skip
_OFFICIAL = frozenset({"局", "厅", "委员会", "办公室"})
_BUREAUS = ("局", "厅", "委员会", "办公室", "办公厅", "部", "分局", "室", "总队", "支队", "大队")
_INSTITUTIONS = ("中心", "馆", "院", "台", "所", "社", "研究所", "医院", "学院", "大学")
_KIND_OF_SUFFIX: dict[str, BodyKind] = {
    **dict.fromkeys(_BUREAUS, "bureau"),
    **dict.fromkeys(("公司", "集团", "银行", "交易所", "段", "站"), "enterprise"),
    **dict.fromkeys(_INSTITUTIONS, "institution"),
    **dict.fromkeys(("联合会", "协会", "商会", "会"), "people-organisation"),
}
# A function decides the kind of official bodies only: a centre or a company keeps the kind its suffix says.
_KIND_OF_FUNCTION: Mapping[str | None, BodyKind] = {
    "party": "party",
    "central-branch": "central-branch",
    "people-organisation": "people-organisation",
    "institution": "institution",
    "enterprise": "enterprise",
}
_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(?!采购)(?=.{2,})")


def _plain_body(name: str, place: _Place) -> Reading:
    level, rest = _split_level(name, place)
    rest = _OF_GOVERNMENT.sub("", rest)
    core, suffix = _split_suffix(rest)
    core = _inner_place_removed(core, place)
    whole = known_core(rest) if len(rest) > 1 else None
    if whole:
        core, suffix = rest, ""
    branch: Branch = "enterprises" if _KIND_OF_SUFFIX.get(suffix) == "enterprise" else "bodies"
    known = whole or known_core(core, branch)
    choice = _function(core, suffix, rest, branch)
    full = f"{level}{known.full}{_full_suffix(suffix, known)}" if known else f"{level}{folded_core(core)}{suffix}"
    return Reading(full, _kind(suffix, choice.kind), choice.function, choice.why)


def _full_suffix(suffix: str, known: Core) -> str:
    """Give the suffix of the full name: of 发改局 it is 委员会; 教委 keeps its own, no other is named."""
    official = suffix in _OFFICIAL and known.suffix in _OFFICIAL - {"局"}
    companies = _KIND_OF_SUFFIX.get(suffix) == _KIND_OF_SUFFIX.get(known.suffix) == "enterprise"
    return known.suffix if known.named and (official or companies) else suffix


def _function(core: str, suffix: str, rest: str, branch: Branch) -> FunctionChoice:
    choice = function_of(core, branch)
    if choice.kind is None and suffix not in _INSTITUTIONS:
        by_whole_name = function_of(rest, "enterprises")
        return by_whole_name if by_whole_name.kind else choice
    return choice


def _kind(suffix: str, of_function: str | None) -> BodyKind:
    by_suffix = _KIND_OF_SUFFIX.get(suffix, "bureau")
    if by_suffix in ("bureau", "people-organisation"):
        return _KIND_OF_FUNCTION.get(of_function, by_suffix)
    return by_suffix


def _split_suffix(rest: str) -> tuple[str, str]:
    for written, full in _SUFFIXES:
        if rest.endswith(written) and len(rest) > len(written):
            return rest[: -len(written)], full
    return rest, ""


def _inner_place_removed(core: str, place: _Place) -> str:
    return (place.own.sub("", core) if place.own else core) or core
