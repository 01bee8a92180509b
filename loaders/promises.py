"""Is a number promised, and how is it written?

A number is promised when its words say so: an operator beside it (达到, 不低于, 以上, 以内), a verb of doing (新增,
建成, 培育 …) or an enumeration begun by such a number. Thresholds (who qualifies), dates, subsidies and reports of what
was reached are left out. :func:`form_of` decides it for one number from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from loaders.quantities import Kind, Quantity, Reading
from loaders.subjects import (
    BRACKET_MASK,
    DOES,
    DOING,
    ENDS_MEASURE,
    LEAD_WORD,
    OFTEN,
    TAIL_WORD,
    TIME_MEASURE,
    any_of,
    without_lead,
)

#: How a promised number is written. ``subject``: what is measured stands before it (满意率达90%); ``object``: behind it
#: (新增20项服务); ``part``: behind it, after examples (等50项以上服务); ``limit``: a time limit for what follows
#: (3日内办结); ``share``: a part of something does something (95%事项网上办); ``place``: where something is done
#: (在40个行业推行); ``reach``: what a change arrives at (扩展到30个行业).
#: ``ratio``: at what share something is done (按照不低于4%的比例抽检).
Form = Literal["subject", "object", "part", "limit", "share", "place", "reach", "ratio"]

JOINT: Final = r"(?:、|和|与|及|以及|并)"
_OPENING_JOINT: Final = re.compile(rf"^{JOINT}+")
_FILLER: Final = "不少于|不低于|至少|超过|力争|各|约|近|再|共|累计|总|了|达到?|第|好|全[市省区县州]|我[市省区县]"
DOES_LAST: Final = re.compile(rf"(?P<verb>{DOING}(?:并|和|、)?{DOING}?)(?:{_FILLER}|首批|”)*$")
# Made with what is said of it before the number: 打造有影响力的6个品牌; not 推进国家部署的6项任务.
_MADE: Final = re.compile(r"(?:打造|建设|建成|培育|形成|推出|引进|培养)[^，]*(?<![署定达布])的$")

# Numbers that promise nothing.
_PAID: Final = re.compile(  # what is paid or charged for each case: 给予5万元奖励, 按50%收取
    any_of(
        "奖励|奖补|补助|补贴|资助|给予|贴息|扶持资金|优惠利率|股权|最高|单个企业|每人每月|每名",
        "加计|抵减|抵扣|扣除|减按|免征|免收|减免幅度|幅度减免|征收率|(?<![总办报缴])税率|收取|缴费基数|缴费费率",
        "罚款|额度内|保险保额",
        "满分|计分|加分|扣分|权重",
    )
)
# … but a share of its own is promised (价格扣除比例提高到15%), and so is money set aside (安排补助资金30亿元).
_OWN_SHARE: Final = re.compile(r"(?<!补贴)(?<!奖励)(?<!补助)(?:比例|占比|覆盖面|覆盖率)$")
_SET_ASIDE: Final = re.compile(r"(?:安排|筹措|筹集|统筹)(?!.*(?:给予|每))[^，]*$")
_PER_CASE: Final = re.compile(  # 每家企业不超过50万元, 前两年100%, in a sentence that pays
    r"(?:其中|且|，)?(?:单[个家户项]|每[个家户项名人亩辆场团年]|[前后][一二两三四五]年|年度?累计|最高)"
)
_REPORTED: Final = re.compile(  # reached before: 已建成120个, 截至目前
    r"已(?!开|有.{0,6}基础)|截至|截止|目前|现有|近年来|以来|去年|上年|此前|原有|达到了|完成了|实现了|累计.{0,12}了"
)
_EITHER: Final = re.compile(r"以[上下内]或|[%元]或")  # 营收2000万元以上或纳税200万元以上 says who is meant
_LISTED: Final = re.compile(  # counts of what is known: 围绕12条产业链, 包括5个事项
    any_of(
        "等|包括|包含|涵盖|涉及|围绕|聚焦|针对|依托|发挥|对照|对标|列入|国家|全国|国省|上述|以上|这",
        "前|首批|满|近|连续|第|每|逢|剩余|其余|其他|另外",
    )
    + "$"
)
_WITHIN: Final = re.compile(  # inside what another verb acts on: 加大实施10项行动宣传力度
    r"(?:加大|加强|做好|抓好|按照|结合|围绕|落实|每|每新)$|(?:做好|抓好|加强)[^，、]*(?:新|已)$"
)
_RUNNING: Final = re.compile(r"(?:[\d.]+..)?的?(?:在建|续建|现有|已)")  # 推进2个在建项目
_SIZE: Final = re.compile(r"米$|亩$|公里$")  # an upper end of a size says which are meant: 面积不大于1000平方米
PAYS: Final = re.compile(r"给予|予以|奖励|奖补|补助|补贴|资助|免征|享受")
_POLICY: Final = re.compile(r"的?(?:政策|幅度|标准|优惠)")  # 下调10%政策
_KEPT: Final = re.compile(r"的(?:政策|规定|要求|措施)(?:延续|延长|执行|继续)")  # 提高至40%以上的政策延续至年底
_ARRIVES: Final = re.compile(r"(?:提高|提升|增加|降低|下调|压减)(?:到|至)$")
_GIVEN_SHARE: Final = re.compile(  # 按80%, 按照项目总投入的30%
    r"(?:按|按照|继续|给予|含|预留)$|^按照?(?![^，]*(?:要求|规定|部署|不低于))[^，]*的$"
)
_MAY_LAST: Final = re.compile(r"可(?:以|再|适当)?(?:延长|展期|申请|宽限)[^，]*$")  # what is allowed: 可延长至3年
_CIRCLE: Final = re.compile(r"(?:生活|便民|服务|活动|健身|阅读|文化|就业|办事|养老|购物|商业)[^，、]{0,6}圈")
_SPAN_OF_TIME: Final = re.compile(r"(?:的|近|满|连续|每|未来|最近|过去|有效期|每天|每周|前)$")  # 连续3年

# Words that decide for a number whose own words do not.
_CLOSED: Final = re.compile(rf"{JOINT}|的?(?:目标|要求|水平|标准)|的基础上|\)|”")
# Where something is done so many times over: 在40个行业推行, 在25个乡镇、100个村设置.
_PLACED: Final = re.compile(r"(?:^|[^现存])在(?:全[市省区县]|市本级和|[^，、的]{0,6}(?:市|省|区|县))?$")
PLACED_DOES: Final = re.compile(
    r"(?:分[一二两三]批)?(?:试点)?(?:推行|推广|开展|实施|设置|设立|建设|建立|布局|开通|实现|试点|启动|打造|应用).*"
)
# A change that reaches a number of things: 改革扩展到30个行业.
_REACHES: Final = re.compile(r"(?:扩展|拓展|覆盖|推广|扩大|增加|提高|压减|压缩|缩减|减少|减|达)(?:到|至)$")
# Done at no less than a share (按照不低于4%的比例抽检); a plain share says how it is done, what is paid so is given.
_BY_RATIO: Final = re.compile(r"(?:按|按照)(?:不低于|不少于|不超过)$")
RATIO_OF: Final = re.compile(r"的?比例(?:进行|开展|实施|予以)?(?P<what>[^，。；\d补贴奖收缴征返]{2,24})$")
#: An advance or deposit given as a share: 不低于合同金额50%的预付款.
ADVANCE: Final = re.compile(r"的(?P<what>[^，的]{0,6}(?:预付款|保证金|质保金))(?:$|、|和)")
APART: Final = re.compile(  # an operator before the base of a share: 不低于合同金额的30%
    r"(?:(?P<ge>不得?(?:低于|少于))|(?P<le>不得?(?:超过|高于)))[^，、；]{2,16}$"
)
# Made or reached after a list of examples, by a date: 年底前实现甲、乙等10个场景通办.
EXAMPLES: Final = re.compile(
    r"(?:^|[前内底末年])(?:力争|确保|加快|推动|推进)*(?P<verb>实现|完成|推出|上线|建成|建设|打造|新建|续建|新开工|开通)(?P<list>[^，；]{2,}等)$"
)
_BUILT: Final = re.compile(r"[新续]?建|打造|新开工|开通")
_MENDED: Final = re.compile(r"[^，的]*(?:复核|验收|评估|认定|改造|整改|迁建|移交|普查)$")  # 做好4家基地复核
_ACHIEVED: Final = re.compile(r"^实现[^，]{2,}$")  # 实现甲、乙经济圈100项左右应用打通
_SHORT_NOUN: Final = re.compile(r"(?![或时后并及和])[^的，。、；]{1,6}$")
# Made after a list of its examples: 新增甲、乙、丙3个口岸.
LIST_MADE: Final = re.compile(r"(?P<verb>新增|新建|建成|打造|举办)(?:[^，、]{1,16}、)+[^，、等]{1,16}$")
# A fund named behind its size: 设立规模不少于100亿元的基金.
_FUND: Final = re.compile(r"(?:设立|组建|建立|发起)[^，]*(?:规模|资金|额度)$")
PART_DOES: Final = re.compile(  # 95%事项网上办, 100家企业通过评估
    any_of(
        "达到|实现|完成|打通|通过|纳入|入驻|交付|覆盖|公开|共享|发放|配置|生成|落地",
        "进行|开展|实施|转化|用于|按期|整改|办|接入|对接|整合|合并",
    )
)
_ENDS_DONE: Final = re.compile(r"(?:打通|共享|互通|互认|落地|通办|上线|对接|入驻|办理)$")
_FINISH: Final = re.compile(  # 5个工作日办结
    r"^(?:即可)?(?:办结|完成|审结|执结|送达|领证|出证|响应|到账|拿证|取证|核准|反馈|办理完毕)(?:$|、|和)"
)
LOOP: Final = re.compile(  # 城区45分钟抢修圈: a service within a time; circles of life and service are slogans
    r"(?:打造|构建|建设|形成|建立|健全).*\d(?:分钟|公里)"
    r"(?P<loop>[^\d、，]*(?:抢修|救援|急救|响应|处置|出警|应急)[^\d、，]{0,4}圈)"
)
_COUNTABLE: Final = re.compile(r"[个家项件种类条支所座处场次例]$")
_FOR_SOME: Final = re.compile(r"(?:^|到|，)(?:力争|争取|确保|对|为|将[^，、已]{0,10}的?)$")


@dataclass(frozen=True, slots=True)
class Case:
    """What decides whether numbers are promised: the numbers, their operator and the (masked) words around them."""

    first: Quantity
    last: Quantity
    before: str  # from the last target of the stretch to the number
    led: Reading
    limit: str  # 以上, 以内, 左右 …
    tail: str  # behind that, as far as it belongs to this number
    printed: str  # the same, not masked
    beyond: str  # behind that to the end of the stretch
    words: str  # the whole stretch
    ahead: str  # the stretches of the sentence before it
    at_end: bool  # nothing stands between the number and the end of the stretch or the next number's words
    listed: bool  # the stretch has given a target before
    continued: bool  # the verb stands in the stretch before
    qualifies: bool  # it says who is meant
    spelled: bool  # a number in words
    dated: bool  # a time by when it is due stands before it in its stretch or opens the sentence

    @property
    def closed(self) -> bool:
        """Do the words of the number end with it?"""
        tail = self.tail.lstrip(BRACKET_MASK)
        return self.at_end if not tail else bool(_CLOSED.match(tail))

    @property
    def threshold(self) -> bool:
        """Does 以上 or 以内 describe what follows the number?"""
        return bool(self.limit) and not self.closed

    @property
    def paid(self) -> bool:
        """Is it what is paid or charged for each case?"""
        if _PAID.search(self.words):
            subject = self.before[: self.led.cut]
            own = self.led.led and _OWN_SHARE.search(subject) and self.first.kind == "share"
            return not (own or (self.first.kind == "money" and _SET_ASIDE.search(self.before)))
        return bool(_PER_CASE.match(self.before)) and bool(PAYS.search(self.ahead))

    @property
    def carried(self) -> bool:
        """Does the number go on with what one before it in the stretch began (、5家)?"""
        return self.listed and bool(_OPENING_JOINT.match(self.before))


def form_of(case: Case) -> Form | None:
    """How the number is written, or None for one that promises nothing."""
    if (
        case.qualifies
        or _REPORTED.search(case.before)
        or _EITHER.search(case.before)
        or case.before[: case.led.cut].endswith("未")
    ):
        return None
    return _FORMS[case.first.kind](case)


def _share_form(case: Case) -> Form | None:
    if ADVANCE.match(case.tail) and APART.search(case.before):
        return "ratio"
    if case.paid:
        return None
    if _BY_RATIO.search(case.before) and RATIO_OF.match(case.printed):
        return "ratio"
    if _GIVEN_SHARE.search(case.before):
        return None
    if case.closed or (_KEPT.match(case.tail) and _ARRIVES.search(case.before[case.led.cut :])):
        return "subject"
    if case.before.endswith("的"):
        return None
    stripped = without_lead(without_lead(case.before).removeprefix("每年"))
    if case.tail.startswith("的"):
        return "share" if stripped in ("", "完成") else None
    if _POLICY.match(case.tail) and (case.led.op in ("inc", "dec") or "优惠" in case.tail[:3]):
        return None
    if case.led.led and case.led.op != "eq" and not case.before.endswith("实现"):
        return "subject"
    if case.limit in ("以下", "及以下"):
        return None
    doing = PART_DOES.search(case.printed) or ENDS_MEASURE.search(case.tail)
    return "share" if doing or case.before.endswith("实现") or (case.before and not stripped) else None


def _duration_form(case: Case) -> Form | None:
    unit, inside = case.last.unit, case.limit in ("内", "以内", "之内")
    if _SPAN_OF_TIME.search(case.before) or _MAY_LAST.search(case.before):
        return None
    if LOOP.search(case.words) and not case.limit:
        return "subject"
    if case.tail.startswith("的") or (case.limit and "上" in case.limit and not case.closed):
        return None
    if case.led.op in ("inc", "dec", "ge") and not case.closed and not inside:
        return None
    if _FINISH.match(case.tail) and not case.before.endswith("在") and (inside or case.first.value != 24):
        return "limit"
    if unit.endswith("年") and inside and not case.led.led:
        return None
    if case.led.led and case.before[case.led.cut :] not in ("", "在", "有", "到"):
        return "subject" if case.closed or not inside else "limit"
    if inside:
        return "limit"
    if case.limit and case.closed and TIME_MEASURE.search(TAIL_WORD.sub("", case.before)):
        return "subject"
    return None


def _amount_form(case: Case) -> Form | None:
    """Money and counts."""
    money = case.first.kind == "money"
    if (money or case.spelled) and case.paid:
        return None
    if money and case.tail.startswith("的") and _FUND.search(case.before[: case.led.cut]):
        return "part"
    if case.spelled:
        return "object" if case.tail else "subject"
    if not case.led.led and case.limit in ("以下", "及以下"):
        return None
    if _SIZE.search(case.last.unit) and _CIRCLE.search(case.beyond):
        return None
    if case.led.op == "le" and _SIZE.search(case.last.unit) and "不" in case.before[case.led.cut :]:
        return None
    if case.before.endswith("等") and case.limit == "以上" and not case.closed and LEAD_WORD.match(case.before):
        return "part"
    listing = not money and not case.limit and case.before.endswith("等")
    if listing and (examples := EXAMPLES.search(case.before)):
        made = _BUILT.match(examples["verb"])
        return "object" if case.tail and (case.dated or made) else None
    if _LISTED.search(case.before) and not (case.before.endswith("首批") and DOES_LAST.search(case.before)):
        return None
    if case.limit and case.tail.startswith("的") and (money or not _COUNTABLE.search(case.last.unit)):
        return None
    does = DOES_LAST.search(case.before)
    if (
        not money
        and case.before[case.led.cut :] in ("", "在")
        and _PLACED.search(case.before)
        and PLACED_DOES.search(case.beyond)
    ):
        return "place"
    if case.closed:
        if case.led.led or case.limit or case.carried or does:
            return "subject"
        if case.listed and _SIZE.search(case.last.unit):
            return "subject"
        if case.last.unit.startswith("次") and OFTEN.search(case.before):
            return "subject"
        subject = TAIL_WORD.sub("", case.before)
        return "subject" if DOES.search(subject) or ENDS_MEASURE.search(subject) else None
    if does and (_WITHIN.search(case.before[: does.start()]) or _RUNNING.match(case.beyond)):
        return None
    if does and not (money and case.threshold):
        return "object"
    if (_MADE.match(without_lead(case.before)) or LIST_MADE.search(case.before)) and not case.limit:
        return "object"
    if case.before.endswith("做好") and not case.limit and _MENDED.match(case.tail):
        return "object"
    if not money and case.limit in ("左右", "以上") and _ACHIEVED.search(case.before) and _ENDS_DONE.search(case.tail):
        return "object"
    if _REACHES.search(case.before) and _SHORT_NOUN.match(case.tail):
        return "reach"
    if (case.carried or case.continued) and not case.before.strip("、和及与"):
        return "object"
    if case.led.led and case.led.op in ("ge", "inc", "inc_ge") and DOES.search(case.before):
        return "object" if not case.tail.startswith("的") else None
    if money or (case.threshold and case.tail.startswith("的")):
        return None
    return "object" if _FOR_SOME.search(case.before) and PART_DOES.search(case.tail) else None


def _score_form(case: Case) -> Form | None:
    return "subject" if case.closed and (case.led.led or case.limit) and not _PAID.search(case.words) else None


_FORMS: Final[dict[Kind, Callable[[Case], Form | None]]] = {
    "share": _share_form,
    "duration": _duration_form,
    "money": _amount_form,
    "count": _amount_form,
    "score": _score_form,
}
