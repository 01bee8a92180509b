"""What targets of different cities measure alike: one indicator for all names of one measure.

Everything here is a pure function of one target (name, unit, operator, period), so no new plan ever moves an old
target, and nothing is compared in pairs. A name is taken apart in a fixed order: spelling and synonyms, verb in front,
word of measure behind (率, 占比, 总数, 时间), words that narrow it (低压, 涉企, 市级). What is left is the core. Core,
narrowing words, verb, dimension, unit and direction together make the indicator: numbers of one indicator can be
compared. The core alone is its ``family``: indicators of one family measure related things.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ontology.records import Operator, Period

Dimension = Literal["rate", "count", "duration", "amount", "change"]
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure that several targets can share.

    ``family`` is its core, the same for related measures. ``unit`` is the unit its numbers are compared in,
    ``direction`` which number promises more: ``lower`` for waiting times, fees, steps.
    """

    uid: str
    name: str
    family: str
    dimension: Dimension
    unit: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Measure:
    """The indicator of one target. ``strict`` where its number can be compared with the others of the indicator.

    It cannot where the name does not stand alone (全流程办理时限 of what?). ``factor`` turns the target's number into
    the indicator's unit: 35 亿元 × 10000 = 350000 万元.
    """

    indicator: Indicator
    strict: bool
    factor: float


# ------------------------------------------------------------------------------------------------------------- units

#: Units of one quantity: the unit numbers are compared in, its dimension, and each printed unit with its factor.
_UNITS: tuple[tuple[str, Dimension, dict[str, float]], ...] = (
    ("%", "rate", {"%": 1, "‰": 0.1}),
    ("百分点", "rate", {"百分点": 1, "千分点": 0.1}),
    ("倍", "rate", {"倍": 1}),
    # A working day counts as a day: plans print either for the same service.
    ("天", "duration", {"工作日": 1, "天": 1, "日": 1, "自然日": 1, "周": 7}),
    ("小时", "duration", {"小时": 1, "分钟": 1 / 60, "秒": 1 / 3600}),
    ("个月", "duration", {"月": 1, "年": 12, "季度": 3}),
    ("亿元", "amount", {"元": 1e-8}),
    ("亿美元", "amount", {"美元": 1e-8}),
    ("万平方米", "amount", {"平方米": 1e-4, "平方公里": 100, "公顷": 1, "亩": 1 / 15}),
    ("公里", "amount", {"公里": 1, "千米": 1, "米": 1e-3}),
    ("万吨", "amount", {"吨": 1e-4, "斤": 5e-8, "公斤": 1e-7}),
    ("千瓦", "amount", {"千瓦": 1, "兆瓦": 1000}),
    ("分", "amount", {"分": 1}),
    ("家", "count", {"家": 1, "户": 1}),
    ("人", "count", {"人": 1, "名": 1, "位": 1}),
    ("人次", "count", {"人次": 1}),
    ("次", "count", {"次": 1, "场": 1, "场次": 1, "期": 1, "批次": 1}),
)
_BY_UNIT = {printed: (unit, dimension, factor) for unit, dimension, row in _UNITS for printed, factor in row.items()}
_MULTIPLES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3}
_PER_YEAR: dict[Period, float] = {"month": 12, "quarter": 4, "year": 1}


@lru_cache(maxsize=4096)
def _unit(printed: str) -> tuple[str, Dimension, float]:
    """The unit numbers are compared in, its dimension, and the factor.

    Measure words such as 个, 项, 件 count alike; any other unit (EFLOPS, 标准箱) stands for itself.
    """
    unit = unicodedata.normalize("NFKC", printed)
    multiple = next((word for word in _MULTIPLES if unit.startswith(word)), "")
    times = _MULTIPLES.get(multiple, 1.0)
    word = unit.removeprefix(multiple)
    bare = word.removeprefix("个") or word
    found = _BY_UNIT.get(word) or _BY_UNIT.get(bare)
    if found is None and len(word) > 1 and word != "个":
        return word.upper(), "amount", times
    if found is None:
        return "个", "count", times
    return found[0], found[1], found[2] * times


# ------------------------------------------------------------------------------------------------------------- names

#: Spellings of one thing, in the order they are replaced.
_SYNONYMS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"[“”\"'‘’\s]", ""),
        (r"\([^()]*(?:不|除|仅|含)[^()]*\)", "特定"),
        (r"\([^()]*\)", ""),
        (r"异地远程|远程异地|远程(?=评标)|异地(?=评标)", "远程异地"),
        (r"(?:招标投标|招投标)", "招标"),
        (r"网上不见面|不见面网上", "不见面"),
        (r"(?:网上|线上)(?:可办理?|办理|办)|可?全程网上办理|可网办|网办|网上办", "网办"),
        (r"全流程网办|可?全程网办", "全程网办"),
        (r"依申请(?:办理)?的?(?:类)?(?:政务服务)?事项", "依申请事项"),
        (r"用电报装|获得电力|获得用电|电力报装|报装接电|接电", "办电"),
        (r"获得用水|用水接入", "用水报装"),
        (r"获得用气|用气接入", "用气报装"),
        (r"(?:获得)?用热|供热报装", "用热"),
        (r"出口退\(?免?\)?税", "出口退税"),
        (r"民营企业恳谈会|企业家座谈会", "企业家座谈会"),
        (r"(?:外贸|货物贸易|货物)进出口", "进出口"),
        (r"(?:审理|结案|审结)(?:周期|天数|期限|时限|时间)", "审理时间"),
        (r"民事[、,]?商事|商事和民事", "民商事"),
        (r"执行案件(?:实际)?执行", "案件执行"),
        (r"实际执行到位", "执行到位"),
        (r"审结率", "结案率"),
        (r"停水(?:频次|次数)", "停水次数"),
        (r"停电(?:频次|次数)", "停电次数"),
        (r"每万人口", "每万人"),
        (r"有效(?=(?:高价值)?(?:发明)?专利)|(?<=专利)(?:拥有量|授权量|申请量)", ""),
        (r"按期办结|按时办结", "按期办结"),
        (r"市场主体|经营主体", "经营主体"),
        (r"融资担保", "担保"),
        (r"(?:办理)?建筑许可|施工许可", "建筑许可"),
        (r"审批服务", "审批"),
        (r"城网|市区(?=用户|抢修)|城区", "城区"),
        (r"农网|农村地区", "农村"),
        (r"市、?县两级|市县乡三级", ""),
        (r"一类、二类|一、二类|一二类", "一二类"),
        (r"破产简案|简易?破产案件|破产简[易单]案件", "简单破产案件"),
        (r"破产普通案件", "普通破产案件"),
    )
)
#: Words that do not change what is measured, wherever they stand.
_EMPTY = re.compile(
    r"全市|全省|全区(?!域)|全县|全国(?=.{0,4}率)|我市|我省|本市|本省|各行业|各类|各地|平均|年均(?!增)|户均|总体|合计|全流程|全过程|"
    r"力争|实现|累计|年度|全年|预计|确保|数量|水平|效率(?=.)|的|地(?=办)|(?<=政府性)担保机构(?=.*费率)|政务服务(?=事项)|"
    r"^.{0,6}(?:各县|县)\(?市、区\)?"
)
#: What stands in front of the thing measured and says nothing of it.
_FRONT = re.compile(
    r"^(?:到?\d{4}年(?:底|末)?|\d+年内|每年|每月|每季度|每半年|当年|年内|年底前|将|把|对|由|使|其中|一批|"
    r"每(?=政务|领导|乡镇|市政府|企业家)|(?:有效期内)|办理(?=.{3}))+"
)
#: Verbs in front: what is done to the thing. Each row is one verb in many words.
_VERBS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(rf"^(?:计划|重点|集中|组织|推动|支持|新|再)?(?:{words})"), verb)
    for words, verb in (
        ("新增|净增|增加", "新增"),
        ("引育|培引|培育推广|培育壮大|培育认定|培育|孵化", "培育"),
        ("引进培育|引进|引入|招引", "引进"),
        ("认定|评定|评选|遴选", "认定"),
        ("改扩建|扩建|改造", "扩建"),
        ("建成并开通|建设开通|建成开通|建成|建设|建立|新建|打造|布局|设立|组建|建(?=[^筑制])", "建设"),
        ("举办|召开|开展|组织开展|组织", "开展"),
        ("组织实施|实施", "实施"),
        ("推出|上线|发布|公布", "推出"),
    )
)
#: Words of measure behind, with the dimension they show; each that fits is taken off, in this order.
_MEASURE_WORDS: Sequence[tuple[str, Dimension | None]] = (
    (r"年均增速|增速|增长率|增幅|增长|增量|净增量", "change"),
    (r"(?<![费利税汇])率|占比|比重|比例|比率|覆盖面|占全部.{0,8}", "rate"),
    (r"时间|时限|期限|周期|时长|天数|办结|完成", "duration"),
    (r"总数量|总数|总量|总额|金额|总规模|规模|数额|额度|额|余额|总值|值|(?<!用)户数|家数|(?<!次)数|量", None),
)
_BEHIND = tuple((re.compile(rf"(?:{words})$"), dimension) for words, dimension in _MEASURE_WORDS)
#: Verbs of handling behind a service: a time limit of 办理, 办结, 完成 is one.
_HANDLED = re.compile(r"(?:办理|办结|完成|业务|服务|工作|事项|项目|总|即可|需要|并|一次性)+$")
#: Measures that belong together whatever else their names say: what the core holds, and the family.
_FAMILIES: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), family)
    for pattern, family in (
        (r"标准地", "标准地供应"),
        (r"质押融资", "知识产权质押融资"),
        (r"破产.*(?:审理|审结|结案|终结|办理|破产案件$)", "破产案件审理"),
        (r"(?<!不)停电(?!次|频)", "停电"),
        (r"网上立案", "网上立案"),
        (r"电子送达", "电子送达"),
        (r"联合验收", "联合验收"),
        (r"预付款", "预付款"),
        (r"(?:中小|小微).*(?:份额|采购)|(?:采购|预留).*(?:份额|小微|中小)", "政府采购面向中小企业"),
        (r"利率", "贷款利率"),
        (r"出口退税", "出口退税"),
        (r"留抵退税", "留抵退税"),
        (r"全程网办", "全程网办"),
    )
)
#: Words that narrow a measure to a part: dropped from the family, kept in the indicator.
_NARROW = re.compile(
    r"最快|市本级|省本级|市级|区级|县级|省级以上|省级|国家级|中心城区|城区|农村|城镇地区|城镇|乡镇地区|"
    r"低压非居民|非居民|居民|高压单电源|高压双电源|单电源|双电源|低压|高压|10千伏|"
    r"实行三零服务|未实行三零服务|无外线工程|有外线工程|无电力外线工程|涉及电力外线工程|"
    r"社会投资|政府投资|简易低风险|小型低风险|小型|一般|简单|复杂|疑难|简易|普通|重大|"
    r"涉企|民商事|商事|民事|一审|二审|首次|长期未结|(?<![型新])(?:中小微|小微|中小)企业(?=.)|三农|支小支农|支农支小|普惠型?|内资公司|内资企业|外资企业|"
    r"无财产|有财产可供|法定审限内|法定期限内|法定审理期限内|高频|依申请|主要|新登记|新发放|新发生|"
    r"内资|正常|一二类|特定|制造业|高星级|招标项目|工程建设项目|电子招标项目|项目(?=远程)"
)
#: Where a word only says whose service it is, which the core says already.
_DEFAULT: Sequence[tuple[re.Pattern[str], re.Pattern[str]]] = tuple(
    (re.compile(core), re.compile(words))
    for core, words in (
        (r"评标|开标|招标$", r"电子招标项目|工程建设项目|招标项目|项目|网上"),
        (r"办电|用水|用气", r"用户|企业|客户|办理"),
        (r"网办|最多跑一次|就近办", r"事项|主要"),
        (r"企业开办|变更登记|出口退税|留抵退税", r"业务|办理|到账|审核|出口企业"),
        (r"担保.*费率", r"政府性|机构|公司|主体|、"),
        (r"进出口$", r"^外贸"),
        (r"案件", r"法院|涉及"),
        (r"受理破产|破产", r"无争议"),
    )
)
#: Cores that do not stand alone.
_VAGUE = re.compile(
    r"(?:审批|审核|答复|公示|公告|登记|许可|验收|反馈|响应|处理|申报|核发|备案|核准|支付|结算|并联审批|证件|环节|手续|诉求|投诉|"
    r"企业|事项|项目|平台|行业|部门|系统|应用|活动|服务|政策|资金|数据|产量|面积|用户|领域|推广|覆盖|推广覆盖|满意|核定|签发|"
    r"年限|比|产业|市|区|县|家|人|做到|达|其他|同比|竣工|办理|工作|案件|审理|信贷|满意度|预付款)?"
)
_NO_HEAD = re.compile(r"^(?:其他|其余|前\S年|后\S年|第\S期|该|此类|剩余|超时|选取|选择|走进|走访|深入)")
#: Measures of which less is better, and times of which more is.
_LOWER = re.compile(
    r"费率|利率|税率|税费率|费用|成本|环节|材料|跑动|次数$|停电|停水|停气|失业|失信|不良|差错|投诉量|产销差|终本|能耗|排放|案件数|流失|保证金|收费|现场检查"
)
_LONGER = re.compile(r"公示|公告|征求意见|质保|保存|有效期|寿命|歇业|补贴|优良天数")
_CHANGES: dict[str, str] = {"inc": "增长", "inc_ge": "增长", "dec": "下降", "dec_ge": "下降"}
_DIMENSION_WORDS: dict[Dimension, str] = {"rate": "率", "duration": "时间", "count": "数", "amount": "额", "change": ""}


def measure(name: str, unit: str, op: Operator, per: Period | None = None) -> Measure:
    """The indicator of a target from its name, unit, operator and period."""
    known, strict = _indicator(name, unit, op, per)
    return Measure(known, strict, _unit(unit)[2] * (_PER_YEAR[per] if per and known.unit.endswith("/年") else 1))


@lru_cache(maxsize=16384)
def _indicator(name: str, unit: str, op: Operator, per: Period | None) -> tuple[Indicator, bool]:
    comparable, dimension, _ = _unit(unit)
    parts = _parts(name, dimension, duration=dimension == "duration")
    rising = _CHANGES.get(op, "")
    if not rising and (parts.change or parts.verb == "新增"):
        rising = "增长"
    if rising:
        dimension = "change"
    verb = "" if rising and parts.verb == "新增" else parts.verb
    if per and comparable not in ("%", "百分点"):
        comparable = f"{comparable}/年"
    direction = _direction(parts.core, dimension, op, rising)
    shown = _shown(parts, verb, dimension, rising)
    uid = f"indicator:{shown}:{dimension}:{comparable}:{direction}"
    strict = not (_VAGUE.fullmatch(parts.core) or _NO_HEAD.match(parts.core)) and len(parts.core) > 1
    family = next((family for pattern, family in _FAMILIES if pattern.search(parts.core)), parts.core)
    return Indicator(uid, shown, family, dimension, comparable, direction), strict


@dataclass(frozen=True, slots=True)
class _Parts:
    core: str
    narrow: tuple[str, ...]
    verb: str
    change: bool


def _parts(name: str, dimension: Dimension, *, duration: bool) -> _Parts:
    text = unicodedata.normalize("NFKC", name)
    for pattern, form in _SYNONYMS:
        text = pattern.sub(form, text)
    whole = text = _FRONT.sub("", _EMPTY.sub("", _FRONT.sub("", text)))
    verb = ""
    if dimension in ("count", "amount"):
        text, verb = _without_verb(text)
        if "累计" in name:  # all there are by then, not what is added
            verb = ""
    text, change = _without_measure(text, duration=duration)
    for service, words in _DEFAULT:
        if service.search(text):
            text = words.sub("", text)
    narrow = tuple(sorted(set(_NARROW.findall(text))))
    core = _NARROW.sub("", text).strip("、,和及与")
    if len(core) < 2 or _VAGUE.fullmatch(core):  # what narrows is all there is
        core, narrow = text.strip("、,和及与") or whole, ()
    return _Parts(core, narrow, verb, change)


def _without_verb(text: str) -> tuple[str, str]:
    for pattern, verb in _VERBS:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return text[found.end() :], verb
    return text, ""


def _without_measure(text: str, *, duration: bool) -> tuple[str, bool]:
    """The text without its words of measure, and whether one of them means a change."""
    change = False
    for pattern, dimension in _BEHIND:
        short = pattern.sub("", text)
        if len(short) > 1 and (dimension != "duration" or duration):
            if short != text and dimension == "rate":  # 事项占比 and 金额占比 are two
                return short, change
            change = change or (dimension == "change" and short != text)
            text = short
    if duration:
        short = _HANDLED.sub("", text)
        text = short if len(short) > 1 else text
    return text, change


def _direction(core: str, dimension: Dimension, op: Operator, rising: str) -> Direction:
    if rising:
        return "higher"
    if op == "le":
        return "lower"
    if op == "ge":
        return "higher"
    if dimension == "duration":
        return "higher" if _LONGER.search(core) else "lower"
    return "lower" if _LOWER.search(core) else "higher"


def _shown(parts: _Parts, verb: str, dimension: Dimension, rising: str) -> str:
    word = "" if parts.core.endswith(("率", "数", "额", "时间", "度")) else _DIMENSION_WORDS[dimension]
    narrow = f"（{'、'.join(parts.narrow)}）" if parts.narrow else ""
    return f"{verb}{parts.core}{'' if verb else word}{rising}{narrow}"
