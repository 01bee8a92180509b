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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from kg.resolve.decisions import NO_DECISIONS, Decision, Decisions, Outcome, decision_findings
from kg.resolve.functions import (
    UNREVIEWED,
    Branch,
    Core,
    FunctionChoice,
    folded_core,
    function_of,
    further_functions,
    known_core,
)
from loaders.places import gazetteer
from ontology.records import Finding
from ontology.vocabulary import vocabulary

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

    ``uid`` is ``adcode`` + ":" + key; ``adcode`` is the place the body belongs to, which is not always that of the
    document (省税务局 in a city's plan). ``name`` is the printed form met most often (ties: the longest, then code
    point order; of merged bodies only the one that gives the uid counts), ``aliases`` are the others, sorted; forms
    from other places' documents stand there only where its own print none. ``function`` is a uid of the scheme, or
    ``core:…`` where ``why`` says that nobody reviewed it; ``further`` are lines of work it has besides.
    """

    uid: str
    name: str
    kind: BodyKind
    aliases: tuple[str, ...]
    function: str
    why: str
    adcode: str = NO_PLACE
    further: tuple[FunctionChoice, ...] = ()

    @property
    def works(self) -> tuple[tuple[str, str], ...]:
        """Every line of work with its reason, the main one first."""
        return ((self.function, self.why), *((other.function, other.why) for other in self.further))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of one printed name in one jurisdiction. ``adcode`` where the body is of another one."""

    key: str
    kind: BodyKind
    function: str
    why: str
    further: tuple[FunctionChoice, ...] = ()
    adcode: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two uids taken for one body by less than the rules of names: ``damaged`` is read as ``body``."""

    damaged: str
    body: str
    why: str


def resolve_bodies(printed: Iterable[PrintedBody], decisions: Decisions = NO_DECISIONS) -> dict[PrintedBody, Body]:
    """Give every printed name its body. Repeats count: the display name is the form met most often."""
    resolution = _Resolution(Counter(printed), decisions)
    return resolution.bodies()


def unused_decisions(
    decisions: Decisions,
    bodies: Mapping[PrintedBody, Body],
    themes: Mapping[str, Sequence[str]],
    indicators: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Give a finding for every decision in force that does not hold in what was built.

    ``bodies`` is what :func:`resolve_bodies` gave; ``themes`` has the themes of every action by uid, the main one
    first; ``indicators`` gives what decisions may call an indicator, and its uid.
    """
    if not decisions.in_force:
        return []
    functions = {body.uid: body.function for body in bodies.values()}
    return decision_findings(decisions, Outcome(body_references(bodies).get, functions, themes, indicators or {}))


def body_references(bodies: Mapping[PrintedBody, Body]) -> dict[str, str]:
    """Give what decisions may call a body, and its uid: a uid, one merged into it, a place and a name as printed."""
    found: dict[str, str] = {}
    for item, body in bodies.items():
        found.setdefault(f"{item.adcode or NO_PLACE}:{item.name}", body.uid)
        found.setdefault(f"{body.adcode}:{item.name}", body.uid)
    for item, body in bodies.items():
        found.setdefault(own_uid(item), body.uid)
    return found | {body.uid: body.uid for body in bodies.values()}


def own_uid(item: PrintedBody) -> str:
    """Give the uid a name has by itself, before anything is merged."""
    reading = read_name(item.name, item.adcode, item.city)
    return f"{reading.adcode or item.adcode or NO_PLACE}:{reading.key}"


def body_key(name: str, adcode: str | None, city: str | None) -> str:
    """Give the key of a printed name: the part of a body's uid after the adcode."""
    return read_name(name, adcode, city).key


class _Resolution:
    """One run: uids by the rules of names, then damaged names, then what people decided."""

    def __init__(self, counts: Counter[PrintedBody], decisions: Decisions) -> None:
        self.counts, self.decisions = counts, decisions
        self.uids = {item: own_uid(item) for item in counts}
        self._split()
        self.roots: dict[str, str] = {}
        different = {frozenset(self._pair(one)) for one in decisions.of("body", "different")}
        for merge in damaged_names(self.uids, counts):
            if frozenset((merge.damaged, merge.body)) not in different:
                self.roots[merge.damaged] = merge.body
        self._join(different)

    def bodies(self) -> dict[PrintedBody, Body]:
        """Give the body of every printed name."""
        members: defaultdict[str, list[PrintedBody]] = defaultdict(list)
        for item, uid in self.uids.items():
            members[self._root(uid)].append(item)
        assigned = self._assigned()
        made = {root: self._body(root, items, assigned.get(root)) for root, items in members.items()}
        return {item: made[self._root(uid)] for item, uid in self.uids.items()}

    def _root(self, uid: str) -> str:
        while uid in self.roots:
            uid = self.roots[uid]
        return uid

    def _known(self, reference: str) -> str | None:
        return self._references.get(reference)

    @cached_property
    def _references(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for item, uid in self.uids.items():
            found.setdefault(f"{item.adcode or NO_PLACE}:{item.name}", uid)
            found.setdefault(f"{uid.partition(':')[0]}:{item.name}", uid)
        return found | {uid: uid for uid in self.uids.values()}

    def _pair(self, decision: Decision) -> tuple[str, str]:
        return (
            self._known(decision.subject) or decision.subject,
            self._known(decision.object) or decision.object,
        )

    def _split(self) -> None:
        """Give a name a uid of its own where somebody decided that it is not the body its key says."""
        for decision in self.decisions.of("body", "different"):
            subject, other = self._pair(decision)
            if subject != other:
                continue
            apart = decision.object if decision.subject == subject else decision.subject
            for item, uid in self.uids.items():
                if uid == subject and f"{uid.partition(':')[0]}:{item.name}" == apart:
                    self.uids[item] = apart
            self.__dict__.pop("_references", None)

    def _join(self, different: set[frozenset[str]]) -> None:
        """Join what somebody decided to be the same; the object gives the uid. What is told apart stays apart."""
        groups: dict[str, set[str]] = {}
        for uid in self.uids.values():
            groups.setdefault(self._root(uid), {self._root(uid)}).add(uid)
        for decision in self.decisions.of("body", "same"):
            pair = [self._known(decision.subject), self._known(decision.object)]
            if None in pair:
                continue
            subject, other = (self._root(str(uid)) for uid in pair)
            if subject == other or _apart(groups[subject], groups[other], different):
                continue
            # A body belongs to one jurisdiction.
            if _place_of(subject) != _place_of(other):
                continue
            self.roots[subject] = other
            groups[other] |= groups.pop(subject)

    def _assigned(self) -> dict[str, Decision]:
        known = vocabulary().functions
        found: dict[str, Decision] = {}
        for decision in self.decisions.of("function"):
            uid = self._known(decision.subject)
            if uid is not None and decision.object in known:
                found[self._root(uid)] = decision
        return found

    def _displayed(self, items: Sequence[PrintedBody]) -> str:
        forms: Counter[str] = Counter()
        for item in items:
            forms[item.name] += self.counts[item]
        return min(forms, key=lambda form: (-forms[form], -len(form), form))

    def _body(self, uid: str, items: Sequence[PrintedBody], assigned: Decision | None) -> Body:
        adcode = uid.partition(":")[0]
        own = [item for item in items if (item.adcode or NO_PLACE) == adcode] or items
        unmerged = [item for item in items if self.uids[item] == uid] or items
        name = self._displayed([item for item in unmerged if (item.adcode or NO_PLACE) == adcode] or unmerged)
        aliases = tuple(sorted({item.name for item in own} - {name}))
        # Names that were merged into this one by less than the rules of names have no say in what it does.
        speaking = [item for item in own if self.uids[item] == uid] or own
        readings = [read_name(item.name, item.adcode, item.city) for item in speaking]
        reading = min(readings, key=lambda one: (one.why == UNREVIEWED, one.kind, one.function, one.why))
        function, why, further = reading.function, reading.why, reading.further
        if assigned is not None:
            function, further = assigned.object, ()
            why = "decision: " + " ".join(part for part in (assigned.who, assigned.when, assigned.why) if part)
        return Body(uid, name, reading.kind, aliases, function, why.strip(), adcode, further)


def _place_of(uid: str) -> str:
    return uid.partition(":")[0]


def _apart(one: set[str], other: set[str], different: set[frozenset[str]]) -> bool:
    return any(len(pair & one) == 1 and len(pair & other) == 1 for pair in different)


# Damaged names: what scanning did to one character, where the same place prints the sound name clearly more often.

_SHORTEST_DAMAGED = 4
_CLEARLY_MORE = 3


def damaged_names(uids: Mapping[PrintedBody, str], counts: Mapping[PrintedBody, int]) -> list[Merge]:
    """Find names of one place that nobody knows and that are one character off a known and more frequent one.

    Names meet by what they have in common when one character is left out, so no two are compared that have nothing
    to do with each other. Only documents of the place itself are evidence. A name with two possible originals stays.
    """
    sound: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    doubtful: list[tuple[str, str, int]] = []
    for item, uid in sorted(uids.items(), key=lambda pair: (pair[1], pair[0].name)):
        reading = read_name(item.name, item.adcode, item.city)
        place, _, _ = uid.partition(":")
        if (item.adcode or NO_PLACE) != place or reading.kind in _NEVER_DAMAGED:
            continue
        name = folded_core(_levelled(_without_bracket(_cleaned(item.name)), _place(item.adcode, item.city)))
        if len(name) < _SHORTEST_DAMAGED + 2:
            continue
        if reading.why == UNREVIEWED:
            doubtful.append((uid, name, counts[item]))
        else:
            for form in _one_left_out(name):
                sound[place, form][uid] += counts[item]
    return [
        Merge(uid, original, f"one character off {original.partition(':')[2]}")
        for uid, name, count in doubtful
        if (original := _original(sound, uid.partition(":")[0], name, count)) is not None
    ]


_NEVER_DAMAGED = frozenset({"collective", "office", "local-government", "development-zone", "leading-group"})


def _one_left_out(name: str) -> Iterator[str]:
    """Give the name with each character but the last left open: the last is 局, 委, 办 and never in doubt."""
    for place in range(len(name) - 1):
        yield f"{name[:place]}?{name[place + 1 :]}"


def _original(sound: Mapping[tuple[str, str], Counter[str]], place: str, name: str, count: int) -> str | None:
    found: Counter[str] = Counter()
    for form in _one_left_out(name):
        for uid, met in sound.get((place, form), {}).items():
            found[uid] = max(found[uid], met)
    clear = [uid for uid, met in found.items() if met >= _CLEARLY_MORE * count]
    return clear[0] if len(found) == 1 and clear else None


@lru_cache(maxsize=65536)
def read_name(name: str, adcode: str | None, city: str | None) -> Reading:
    """Read one printed name by the rules, in the jurisdiction of its document, or of the place it names itself."""
    cleaned = _cleaned(name)
    elsewhere = _named_place(cleaned, adcode, city)
    if elsewhere is not None:
        code, place_name = elsewhere
        alone = place_name.startswith(cleaned)
        reading = _read(f"{place_name}政府" if alone else cleaned, code, place_name)
        return replace(reading, adcode=reading.adcode or code)
    return _read(cleaned, adcode, city)


def _read(cleaned: str, adcode: str | None, city: str | None) -> Reading:
    place = _place(adcode, city)
    reading = next(_readings(cleaned, place))
    above = None if place.own and place.own.search(cleaned) else _place_above(reading, adcode, place)
    return replace(reading, adcode=above) if above else reading


def _readings(cleaned: str, place: _Place) -> Iterator[Reading]:
    one_name = _without_bracket(cleaned)
    for rules, written in ((_RULES_FOR_LISTS, cleaned), (_RULES_FOR_NAMES, one_name)):
        for rule in rules:
            reading = rule(written, place)
            if reading:
                yield reading
    yield _plain_body(one_name, place)


# Bodies of another level: 省税务局 in a city's plan is a body of the province.

_OF_PROVINCE = re.compile(r"(?:省|自治区)(?!会|级|直|内|辖|际|市|政府)|(?:省|自治区)政府")
_OF_PREFECTURE = re.compile(r"[市州盟](?!场|级|直|内|辖|际|县|区|容|政[公市工管设园])")
_WITHIN_A_LEVEL = frozenset({"collective", "office", "development-zone"})
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


def _place_above(reading: Reading, adcode: str | None, place: _Place) -> str | None:
    """Give the code of the province or prefecture a body belongs to, by the level its name begins with (GB/T 2260)."""
    if not adcode or not re.fullmatch(r"\d{6}", adcode) or place.tier == 0 or reading.kind in _WITHIN_A_LEVEL:
        return None
    if reading.key.startswith(place.level) and place.level not in ("", "区") and reading.key[:3] != "自治区":
        return None
    if _OF_PROVINCE.match(reading.key):
        return f"{adcode[:2]}0000"
    if place.tier == 2 and place.level != "市" and _OF_PREFECTURE.match(reading.key):
        if adcode[:2] in _MUNICIPALITIES:
            return f"{adcode[:2]}0000"
        # Counties that a province governs itself have no prefecture above them.
        return f"{adcode[:4]}00" if adcode[2:4] != "90" else None
    return None


@lru_cache(maxsize=65536)
def _named_place(name: str, adcode: str | None, city: str | None) -> tuple[str, str] | None:
    """Give code and name of the place a name begins with, if it lies in the document's province and is not its own."""
    if not adcode or not re.fullmatch(r"\d{6}", adcode):
        return None
    own = _place(adcode, city).own
    if own and own.match(name):
        return None
    known = gazetteer()
    stem = known.by_stem.get(name)
    if stem is not None and stem.adcode[:2] == adcode[:2] and stem.level != "province":
        return stem.adcode, stem.name
    for length in range(min(known.longest, len(name)), 2, -1):
        found = [place for place in known.by_name.get(name[:length], ()) if place.adcode[:2] == adcode[:2]]
        near = [place for place in found if place.adcode[:4] == adcode[:4]] if len(found) > 1 else found
        if found:
            rest = name[length:]
            whole = len(near) == 1 and near[0].adcode != adcode and near[0].level != "province"
            return (near[0].adcode, near[0].name) if whole and _is_body(rest) else None
    return None


def _is_body(rest: str) -> bool:
    """Whether what follows a place's name makes it a body of that place: nothing, a government, a known core."""
    if rest in ("", "政府", "人民政府"):
        return True
    core, suffix = _split_suffix(rest)
    return bool(suffix and known_core(core)) or bool(_COURT.fullmatch(rest))


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
    if not adcode or not adcode.isdecimal():
        return 2 if adcode and adcode.endswith(("县", "区", "旗")) else 1
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

_GROUP = re.compile(r"小组|联席会议|专班|指挥部|工作组|协调机制|推进机制|议事协调机构")
_GROUP_TAIL = re.compile(
    r"(?:(?:领导|工作|协调)?小组|部际联席会议|厅际联席会议|部门联席会议|联席会议|工作专班|专班|指挥部|工作组"
    r"|协调机制|推进机制|协调推进机制|议事协调机构).*$"
)
_MANY = re.compile(
    r"^(?:其他|其它)?(?:各|有关|相关|全[市省县区]|[省市县区州]*[级直](?!机关|属))"
    r"|各.*(?:部门|单位|企业|机构|处室)|(?:有关|相关).*(?:部门|单位|企业|机构|处室|高校|院所|地区|主体)"
    r"|(?:部门|单位|处室|企业|机构)$"
)
_MEMBERS = re.compile(r"成员单位$")
_ZONE = re.compile(
    r"(?P<stem>.*?(?:经开区|高新区|开发区|新区|园区|保税区|示范区|度假区|名胜区|度假）区|合作区|功能区|试验区|自贸区|片区|港区|景区|经济区|产业园|商务区|起步区|先行区|管理区|服务区|集聚区))"
    r"(?:（[^）]*）?)?(?:党工委|管理委员会|管委会|管委|执委会)?"
)
_COMMITTEE = re.compile(r"(?P<stem>.+?)(?:管委会|执委会|(?<=[区园港城岛])管理委员会|(?<=区)管委)")
_ZONE_WORDS = ((re.compile(r"高新技术产业(?:开发|园)区"), "高新区"), (re.compile(r"经济(?:技术)?开发区"), "经开区"))
_GOVERNMENT = re.compile(r"(?P<place>.*?[省市县区旗州盟乡镇）])(?:人民)?政府")
_LOCAL_WORDS = re.compile(
    r"^(?P<every>(?:各|有关|相关|所有)*)(?P<units>(?:地级以上|设区的?|省辖|产粮|辖)*"
    r"(?:地区|地方|地|[省市县区旗州盟乡镇]|街道|街镇|特区|自治[县州旗]|办事处|[（）、和及])+?)(?:级)?(?P<government>人民政府|政府)?(?:（管委会）)?$"
)
_UNITS = ("省", "市", "州", "盟", "县", "区", "旗", "乡", "镇", "街道")
_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{2,6}(?:县|区|旗|市|州|盟|街道|街道办事处|镇|乡)")
_OFFICE = re.compile(
    r"(?<!办事)处$|科$|[处科]室$|股$|^机关[党纪]委$|^厅.{2,}|厅.{2,}(?:局|室|中心|办)$|(?<=[局厅])办公室$|^办公室$"
)
_OFFICE_TAIL = re.compile(r"(?<=.)(?:处室|科室|办公室|窗口|[处科室股局办])$")
_UNIT_INSIDE = re.compile(r"(?P<core>.{2,}?)(?P<body>[厅局]|委员会|委(?!员))(?P<unit>.{2,})")


_COORDINATION = FunctionChoice("coordination", "leading-group", "form of the name")


def _group(name: str, place: _Place) -> Reading | None:
    if not _GROUP.search(name):
        return None
    level, rest = _split_level(name, place)
    core = _GROUP_TAIL.sub("", rest).removeprefix("厅")
    choice = function_of(core, "groups", loosely=True) if core else _COORDINATION
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


_NOT_ALL = re.compile("有关|相关|产粮")
_NO_LEVEL = re.compile("地级以上|地区|地方|地")
_COUNTY_WORDS = ("县", "区", "旗")
_PREFECTURE_WORDS = ("市", "州", "盟")


def levels_meant(name: str, adcode: str, city: str) -> frozenset[tuple[str, str]]:
    """Give the levels of which ``name`` means every government: (prefecture or county, its word 市, 州, 县 …) pairs.

    Only those the name prints; empty for any other name, for some governments (有关区政府), and below the county. In a
    province 市 is the prefecture, and the county-level city too where it stands beside 县 a second time
    （各市、县（市、区））; districts and county-level cities are meant there only beside 县 or 旗.
    """
    match = _LOCAL_WORDS.match(_cleaned(name))
    if not match or _localities(_cleaned(name), _place(adcode, city)) is None or _NOT_ALL.search(match.group()):
        return frozenset()
    printed = _NO_LEVEL.sub("", match["units"])
    county = {("county", word) for word in _COUNTY_WORDS if word in printed}
    if _tier(adcode) == 1:
        return frozenset(county | ({("county", "市")} if "市" in printed else set()))
    if _tier(adcode) == 2 or adcode[:2] in _MUNICIPALITIES:
        return frozenset(county) if _tier(adcode) == 0 else frozenset()
    prefectures = {("prefecture", word) for word in _PREFECTURE_WORDS if word in printed}
    if prefectures and "地" in match["units"].replace("地级以上", ""):
        prefectures.add(("prefecture", "地区"))
    if "县" not in printed and "旗" not in printed:
        return frozenset(prefectures)
    return frozenset(prefectures | county | ({("county", "市")} if printed.count("市") > 1 else set()))


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
    """Read a unit inside a body: its own work if that is known, else the work of the body printed before it."""
    if not _OFFICE.search(name):
        return None
    level, rest = _split_level(name, place)
    inside = _UNIT_INSIDE.fullmatch(rest)
    parent = known_core(inside["core"]) if inside else None
    if inside and parent:
        key = f"{level}{parent.full}{inside['body']}{inside['unit']}"
        own = function_of(_OFFICE_TAIL.sub("", inside["unit"]) or inside["unit"], "offices")
        if own.kind is not None:
            return Reading(key, "office", own.function, own.why)
        return Reading(key, "office", parent.function, f"unit inside a body: {parent.full}")
    core = re.sub(r"^厅", "", rest)
    core = _OFFICE_TAIL.sub("", core) or core
    choice = function_of(core, "offices", loosely=True)
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
    _form(
        r"(?:中国)?银行保险监督管理委员会(?P<place>.*?)(?:监管)?(?P<unit>分局|局)",
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
    _form(r"海关总署(?P<place>.*?)分署", "海关总署{place}分署", "customs"),
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
    if "、" in name and name.endswith("法院"):
        return Reading(_same_words(name), "court", "court", "form of the name")
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
    if re.fullmatch(r"委(?:员会)?(?:办(?:公室|公厅)?)?", rest):
        office = "" if rest in ("委", "委员会") else "办公厅" if place.tier == 0 and level == place.level else "办公室"
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
    further = further_functions(core, choice.function) if branch == "bodies" else ()
    return Reading(full, _kind(suffix, choice.kind), choice.function, choice.why, further)


def _full_suffix(suffix: str, known: Core) -> str:
    """Give the suffix of the full name: of 发改局 it is 委员会; 教委 keeps its own, no other is named."""
    official = suffix in _OFFICIAL and known.suffix in _OFFICIAL - {"局"}
    companies = _KIND_OF_SUFFIX.get(suffix) == _KIND_OF_SUFFIX.get(known.suffix) == "enterprise"
    return known.suffix if known.named and (official or companies) else suffix


# Bodies whose ending says what they do, whatever stands before it.
_ENDINGS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), function, kind)
    for pattern, function, kind in (
        (r"(?:大学|学院|学校|党校|中学|小学|幼儿园|招考院|教科院)$", "education", "institution"),
        (r"医院$", "health", "institution"),
        (r"(?:实验室|研究院|研究所|科学院|科技中心|科学中心)(?:（.*）)?$", "science-technology", "institution"),
        (r"(?:日报社|报业集团|传媒集团|广播电视台|电视台|融媒体中心)(?:（.*）)?$", "publicity", "institution"),
        (
            r"(?:证券|商品|期货|产权|航运|黄金|股权|碳排放权?|数据)(?:交易所|交易中心)$|航交所$",
            "exchanges",
            "enterprise",
        ),
        (r"(?:火车|高铁|铁路)[东南西北]?站$|[东南西北]站$|车务段$", "railway", "enterprise"),
        (
            r"(?:港务|港口|港航|港)(?:股份|控股)?(?:有限)?(?:公司|集团)(?:公司)?$|^.{2,4}新?港$",
            "port-operation",
            "enterprise",
        ),
        (r"(?:协会|商会|学会)$", "industry-associations", "people-organisation"),
        (r"银行(?:.{2,6}分行)?$", "banking", "enterprise"),
    )
)


def _function(core: str, suffix: str, rest: str, branch: Branch) -> FunctionChoice:
    choice = function_of(core, branch)
    if choice.kind is None and suffix not in _INSTITUTIONS:
        by_whole_name = function_of(rest, "enterprises")
        choice = by_whole_name if by_whole_name.kind else choice
    if choice.kind is None:
        for pattern, function, kind in _ENDINGS:
            if pattern.search(rest):
                return FunctionChoice(function, kind, "form of the name")
        return function_of(core, branch, loosely=True)
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


# Doubt: names that share a body although neither is plainly a written form of the other.

Doubt = Literal["damaged", "other words", "decided"]


def doubt_about(
    name: str, shown: str, body: str, city: str | None, decisions: Decisions = NO_DECISIONS
) -> Doubt | None:
    """Say why ``name`` in the body with uid ``body`` and name ``shown`` deserves a second look; None where it does not.

    ``damaged``: nobody knows it, and it is one character off a name of the body; ``other words``: both names belong to
    the same line of work, but neither is a shortening of the other (规划局 and 自然资源局); ``decided``: only a
    decision joins them.
    """
    adcode = body.partition(":")[0]
    place = _place(adcode, city)
    if place.own and place.own.fullmatch(name):
        return None
    reading = read_name(name, adcode, city)
    if f"{reading.adcode or adcode}:{reading.key}" != body:
        joined = any(body in (one.subject, one.object) for one in decisions.of("body", "same"))
        return "decided" if joined else "damaged" if reading.why == UNREVIEWED else None
    if reading.kind in _NEVER_DAMAGED or not reading.why.startswith("scheme"):
        return None
    one, other = (folded_core(_bare_core(form, place)) for form in (name, shown))
    return None if _shortens(one, other) or _shortens(other, one) else "other words"


def _bare_core(name: str, place: _Place) -> str:
    return _split_suffix(_split_level(_without_bracket(_cleaned(name)), place)[1])[0]


def _shortens(short: str, full: str) -> bool:
    """Whether all characters of ``short`` stand in ``full`` in their order: 人社 in 人力资源社会保障."""
    rest = iter(full)
    return all(char in rest for char in short)
