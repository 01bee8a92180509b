"""Numbers with their units, operator words and time words of Chinese official prose, as tables of patterns.

Everything here looks at one text whose whitespace has been removed. Offsets count code points of that text and are
half-open. The tables carry an example beside each row; :mod:`loaders.targets` decides which quantities are promises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from ontology.records import Operator, Period

Kind = Literal["share", "duration", "money", "score", "count"]

#: Half-width forms, one character for one, so that offsets stay those of the printed text.
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．％（）＋－～／", "0123456789.%()+-~/")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. ``value`` counts in ``unit`` as printed (1.2万人次 → 1.2, "万人次")."""

    value: float
    value_max: float | None
    unit: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A time printed at ``start``–``end`` by when something is due: "YYYY" or "YYYY-MM"."""

    deadline: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a quantity is led: the operator, whether it stands in words, and where the words begin in the text before."""

    op: Operator
    cut: int
    led: bool


# Kind, pattern of the units (longer ones before their beginnings), an example.
_UNITS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("share", r"%|‰|个?百分点|倍", "满意率达90%"),
    ("duration",
     r"个?工作日|个?自然日|个?小时|分钟|秒钟?|个半?月|个季度|天|日(?!常|均)|周(?!边|期)"
     r"|年(?!均|度|级|龄|报)",
     "3个工作日内办结"),
    ("money", r"(?:美|欧|港|日)?元", "到位资金480亿元"),
    ("score", r"分(?![类级批期别之布区公层步送担])", "指数提升至90分以上"),
    ("count",
     r"平方米|平方公里|平方千米|立方米|㎡|m[²2]|m[³3]|方(?=[，。；、]|$)|公顷|亩|公里|千米|海里|米|吨标准?煤|吨|公斤|斤"
     r"|标准?箱|千瓦时|兆瓦时|千瓦|兆瓦|千伏安|蒸吨|[kKM]Wh?|毫克|微克|[uμ]g|mg",
     "建设农村公路200公里"),
    ("count", r"(?i:[KMGTPEZ]B(?:ps)?|[GTPEZ]Flops|[MGT]bps)(?![A-Za-z])|[MGT](?=以上|左右)", "存储总量达到10EB"),
    ("count",
     r"人次|人天|场次|班次|架次|车次|列次|件次|户次|家次|课时|批次|频次|标段|家|户|个|项|件|次|名|位"
     r"|人(?!民|才|工|员|均|大)|场(?!景|所|地)|列|条|所|座|处|批|类|种|套|台|辆|艘|架|支|只|张|份|篇|期|班|趟"
     r"|栋|幢|间|宗|笔|单(?!位)|例|起|组|款|部(?!门|委|分)|册|块|株|棵|枝|盆|头|盏|根|步"
     r"|对(?=以上|左右|[，。、；]|$)",
     "培育外贸企业30家"),
)  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LARGE = r"(?:[十百千]?万亿|[十百千万]?亿|[十百千]?万|千(?![瓦米克伏兆])|百(?!分))?"
# What a unit is counted by: 4批次/千人, 2500元/亩, 35微克/立方米.
_EACH = (
    r"(?:/(?:[百千万]?(?:人|户|家|亩|公顷|平方米|立方米|m[³3]|m[²2]|千瓦时|千瓦|度|辆|台|吨|件|次|个|套|升|L"
    r"|小时|年|月|日|天)))?"
)
_UNIT = "|".join(f"(?P<u{i}>{_LARGE}(?:{pattern}){_EACH})" for i, (_, pattern, _) in enumerate(_UNITS))
# What stands before a number that belongs to a name: 5G+12, DN25, 7×24小时, 第3批, 〔2023〕.
_JOINED = r"(?<![\d.A-Za-z/:×xX*+第〔\[〕-])"
_QUANTITY: Final = re.compile(
    rf"{_JOINED}(?P<low>{_NUMBER})"
    rf"(?:(?:%|‰|个|家|元|年|天|{_LARGE}元)?(?:--?|——?|–|~|至|到)(?P<high>{_NUMBER}))?"
    rf"(?:余|多)?(?:{_UNIT}|(?P<alone>[万亿])(?=(?:以上|左右)?(?:[，。；、]|$))|(?P<large>{_LARGE})(?=[、和](?:{_NUMBER})))"
)

# An index has no unit: 发展指数达到125左右.
_INDEX: Final = re.compile(
    rf"指数[^，。；、\d]{{0,8}}?{_JOINED}(?P<low>{_NUMBER})(?=(?:以上|左右|以内|以下)?(?:[，。；、]|$))"
)

_WORDS: Final = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# A frequency is the only place where a number in words is a promise: 每月两次以上, 每季度至少召开一次.
_FREQUENCY: Final = re.compile(
    r"(?:每(?:半年|个?季度|季|年度?|个?月|周)|(?:年内|全年)(?:至少|不少于|力争至少))"
    r"[^，。；：\d]{0,24}?(?P<word>[一两二三四五六七八九十])(?P<unit>次|场次?)(?!性)"
)

# Period of a frequency, its words.
_PERIODS: Final[tuple[tuple[Period, re.Pattern[str]], ...]] = (
    ("month", re.compile(r"每个?月")),
    ("quarter", re.compile(r"每个?季")),
    ("year", re.compile(r"每年|(?<![一二两三四五六七八九十半\d])年均")),
)

_DOWN = r"压减|压缩|压降|缩短|缩减|降低|下降|减少|精简|精减|下调|节约|节省|减低"
_UP = r"增长|增加|新增|净增|提高|提升|上升|上浮|上涨|增幅|扩大"
_NOT_LESS = r"不(?:得|能)?(?:再)?(?:低于|少于|小于|弱于)|突破|超过|超出|超|至少|大于|高于|多于|最少"
_NOT_MORE = r"不(?:得|能)?(?:超过|高于|大于|多于|长于|超出|超)|小于|低于|少于|最多|至多"
_FILL = r"(?:承诺(?:时限|时间|期限)?)?(?:平均|约|近|再|人民币|总)?"

# Operator, words that end directly before the number, an example. The longest match wins.
_LEADS: Final[tuple[tuple[Operator, str, str], ...]] = (
    ("inc_ge", rf"(?:{_UP}|增)(?:幅度)?(?:{_NOT_LESS})", "贷款增长不低于10%"),
    ("dec_ge", rf"(?:{_DOWN})(?:幅度)?(?:{_NOT_LESS})", "材料减少不少于30%"),
    ("le", rf"(?:{_DOWN}|简化|优化|控制|整合|合并|降|减|缩|压|控)(?:为|至|到|在|成)", "审批时间压减至60个工作日"),
    ("le", _NOT_MORE, "费率不超过1%"),
    ("ge", _NOT_LESS, "支付比例不低于40%"),
    ("inc", rf"(?:{_UP}|提速|增)了?", "进出口总额增长25%"),
    ("dec", rf"(?:{_DOWN})了?", "停电时间减少10%"),
    ("eq",
     r"(?:提升|提高|增加|扩大|扩展|扩充|拓展|增长|上升|发展|增|升|扩|保持|维持|稳定|延长)?"
     r"(?:达到|达至|达|为|至|到|在)",
     "满意率达到90%"),
    ("eq", r"保持|维持|稳定|实现|占比?", "覆盖率保持100%"),
)  # fmt: skip
_LEAD: Final = re.compile(
    "(?:" + "|".join(f"(?P<l{i}>{p})" for i, (_, p, _) in enumerate(_LEADS)) + rf"){_FILL}(?:前|第)?$"
)
# Words behind the number.
_BOUND: Final = re.compile(
    r"\(?含?\)?(?:(?P<ge>及?以上|及其以上)|(?P<le>及?以内|之内|内(?!外|部|容|资|地|环|陆|蒙)|及?以下)|(?P<eq>左右|上下))"
)
_RAISED: Final[dict[Operator, Operator]] = {"eq": "ge", "inc": "inc_ge", "dec": "dec_ge"}
_LOWERED: Final[dict[Operator, Operator]] = {"eq": "le", "ge": "le"}

_YEAR = r"(?P<year>20\d\d)"
# Deadline rows: pattern, example. Groups: year, month, half, quarter, plan (十四五), relative (the document's year).
_TIMES: Final[tuple[tuple[str, str], ...]] = (
    (rf"{_YEAR}年(?P<month>1[0-2]|0?[1-9])月", "2025年6月底前"),
    (r"(?P<years>20\d\d)年?(?:-|——?|–|~|至|到)(?P<last>20\d\d)年(?!行动|实施|工作|规划)", "2023—2025年"),
    (rf"{_YEAR}年"
     r"(?!(?:以来|版|以前|之前|出台|印发|的?基础|同期|水平|相比|新受理|度?(?:考核|评价|结果|评估)))",
     "到2026年"),
    (r"(?<!\d年)(?<![\d每-])(?P<month_only>1[0-2]|[1-9])月(?:底|末|上旬|中旬|下旬|\d{1,2}日|份)?"
     r"(?:之?前|完成|内)",
     "9月底前"),
    (r"“?(?P<plan>十四五|十五五)”?(?:期)?末|到“?(?P<plan_at>十四五|十五五)”?(?:期间)?", "“十四五”末"),
    (r"(?P<relative>(?<![每年])年底前?|(?<![\d一二两三四五六七八九十几当半])年内|全年(?!龄)|今年|当年|本年度?内"
     r"|年末前?)",
     "年底前"),
)  # fmt: skip
_TIME: Final = re.compile(
    "|".join(p if "(?P<year>" not in p else p.replace("(?P<year>", f"(?P<year{i}>") for i, (p, _) in enumerate(_TIMES))
)
_PLAN_END: Final = {"十四五": "2025", "十五五": "2030"}
# What makes a year a yardstick and not a deadline: 在2024年基础上, 较2020年, 自2023年起, 2022年以来.
_YARDSTICK_BEFORE: Final = re.compile(r"(?:较|比|自|从|对照|与|同|由|[高低多少]于|超过)$")
_YARDSTICK_AFTER: Final = re.compile(r"^(?:底|末)?(?:\d{1,2}日)?(?:的?(?:基础|水平|基数|同期)|相比|以来|起|以?后)")
_YARDSTICK_WIDE: Final = re.compile(r"[^，。；]{0,60}基础上")  # 在2022年免收担保费的基础上
# … or tells which are meant: 2022年底前到期的贷款.
_ATTRIBUTE: Final = re.compile(r"(?:底|末)?(?:之?前|以前)?(?:已|新)?(?:到期|届满|成立|注册|登记|毕业|出生|入库)的")

# Baseline rows: pattern with the group ``base``, an example.
_BASELINES: Final[tuple[tuple[str, str], ...]] = (
    (r"在(?!确保|保持|保证)(?P<base>[^，。；]{2,30}?)的?基础上", "在2024年基础上减少10%"),
    (rf"[由从](?P<base>[^，。；由从]{{1,20}}?)"
     rf"(?=(?:{_DOWN}|提高|提升|增加|扩大|扩展|拓展|推广|调整|延长|降|减|缩|压|升|增)(?:为|至|到|成))",
     "由5个压减至3个"),
    (r"(?:较|比)(?P<base>(?:20\d\d年|上年|去年|法定|原|改革前|同期|此前|以往)[^，。；\d]{0,8}?)"
     r"(?=平均|再|又|提|压|缩|减|降|增|多|少|快|高|下|上|累)",
     "比法定时限减少60%"),
)  # fmt: skip
_BASELINE: Final = re.compile("|".join(p.replace("base>", f"base{i}>") for i, (p, _) in enumerate(_BASELINES)))
_WHOLE_YEAR: Final = re.compile(r"^(20\d\d)年(?:底|末)?$")


def half_width(text: str) -> str:
    """``text`` with full-width digits and signs as half-width ones; the length stays the same."""
    return text.translate(_HALF_WIDTH)


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit in ``text`` (half-width), in order.

    A number of an enumeration that prints its unit once takes the unit of the last (500、1000、2000元); one that prints
    only the beginning of it too (5个、9个、15个小时). Frequencies in words count (每月两次).
    """
    found: list[Quantity] = []
    waiting: list[int] = []
    for match in _QUANTITY.finditer(text):
        unit, kind = match["alone"] or match["large"] or "", "count"
        for i, (row_kind, _, _) in enumerate(_UNITS):
            if match[f"u{i}"]:
                unit, kind = match[f"u{i}"], row_kind
        high = _number(match["high"]) if match["high"] else None
        quantity = Quantity(_number(match["low"]), high, unit, kind, match.start(), match.end())  # type: ignore[arg-type]
        joined = bool(found) and text[found[-1].end : quantity.start] in ("、", "和")
        if not joined:
            waiting.clear()
        for at in waiting:
            earlier = found[at]
            if unit.startswith(earlier.unit) and len(unit) > len(earlier.unit):
                found[at] = Quantity(earlier.value, earlier.value_max, unit, quantity.kind, earlier.start, earlier.end)
        waiting.append(len(found))
        found.append(quantity)
    words = [
        Quantity(_WORDS[m["word"]], None, m["unit"], "count", m.start("word"), m.end("unit"))
        for m in _FREQUENCY.finditer(text)
    ]
    bare = [Quantity(_number(m["low"]), None, "", "score", m.start("low"), m.end()) for m in _INDEX.finditer(text)]
    printed = [q for q in found if q.unit.strip("十百千万亿") or q.unit in ("万", "亿")]
    return tuple(sorted([*printed, *words, *bare], key=lambda q: q.start))


def reading(before: str, after: str) -> Reading:
    """The operator of a number between the words ``before`` and ``after`` it, by the annotation guidelines."""
    tail = before[-16:]
    lead = _LEAD.search(tail)
    op: Operator = "eq"
    cut = len(before)
    if lead:
        op = next(row[0] for i, row in enumerate(_LEADS) if lead[f"l{i}"])
        cut = len(before) - len(tail) + lead.start()
    return Reading(bounded(op, after), cut, lead is not None)


def bounded(op: Operator, after: str) -> Operator:
    """``op`` as the words behind the number change it: 以上 raises, 以内 lowers."""
    bound = _BOUND.match(after)
    if bound and bound["ge"]:
        return _RAISED.get(op, op)
    if bound and bound["le"]:
        return _LOWERED.get(op, op)
    return op


def bound(after: str) -> str:
    """The bounding words that open ``after`` (以上, 以内, 左右 …), or ""."""
    match = _BOUND.match(after)
    return match.group() if match else ""


def period(text: str) -> Period | None:
    """The period of a frequency named last in ``text``, or None."""
    found = [(m.start(), name) for name, pattern in _PERIODS for m in pattern.finditer(text)]
    return max(found)[1] if found else None


def time_words(text: str, year: int | None) -> tuple[TimeWord, ...]:
    """The deadlines printed in ``text`` (half-width), in order; words like 年底前 need the document's ``year``."""
    found = []
    for match in _TIME.finditer(text):
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
        if _YARDSTICK_BEFORE.search(before) or _YARDSTICK_AFTER.match(after):
            continue
        if _ATTRIBUTE.match(text, match.end()) or (before.endswith("在") and _YARDSTICK_WIDE.match(text, match.end())):
            continue
        deadline = _deadline({k: v for k, v in match.groupdict().items() if v}, year)
        if deadline:
            found.append(TimeWord(deadline, match.start(), match.end()))
    return tuple(found)


def _deadline(groups: dict[str, str], year: int | None) -> str | None:
    printed = next((v for k, v in groups.items() if k.startswith("year") and k != "years"), None)
    if "last" in groups:
        return groups["last"]
    if "plan" in groups or "plan_at" in groups:
        return _PLAN_END[groups.get("plan") or groups["plan_at"]]
    if printed and "month" in groups:
        return f"{printed}-{int(groups['month']):02d}"
    if printed:
        return printed
    if year is None:
        return None
    return f"{year}-{int(groups['month_only']):02d}" if "month_only" in groups else str(year)


def baselines(text: str) -> tuple[tuple[str, int, int], ...]:
    """What changes in ``text`` (half-width) are measured against: the words, and start and end of the whole phrase."""
    found = []
    for match in _BASELINE.finditer(text):
        base = next(v for v in match.groups() if v)
        whole_year = _WHOLE_YEAR.match(base)
        found.append((whole_year[1] if whole_year else base, match.start(), match.end()))
    return tuple(found)
