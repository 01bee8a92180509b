"""Measurable targets (指标) of one task's text: what is promised, how much, by when.

:func:`read_targets` is a pure function of one text whose whitespace has been removed. A number becomes a target when
its words promise it: an operator beside it (达到, 不低于, 以上, 以内), a verb of doing (新增, 建成, 培育 …) or an
enumeration begun by such a number. Thresholds (who qualifies), names, slogans, dates, subsidies and reports of what was
reached are left out. The rules are those of the annotation guidelines.

The text is read on a masked copy of equal length, in which quotations, brackets and dates are blank, stretch by stretch
between commas. Word tables come first, then what decides whether a number is promised, then names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from loaders.quantities import (
    Kind,
    Quantity,
    Reading,
    baselines,
    bound,
    bounded,
    half_width,
    period,
    quantities,
    reading,
    time_words,
)
from ontology.records import Operator, Span, Target

#: How a promised number is written. ``subject``: what is measured stands before it (满意率达90%); ``object``: behind it
#: (新增20项服务); ``part``: behind it, after examples (等50项以上服务); ``limit``: a time limit for what follows
#: (3日内办结); ``share``: a part of something does something (95%事项网上办).
Form = Literal["subject", "object", "part", "limit", "share"]


def _any(*rows: str) -> str:
    return "(?:" + "|".join(rows) + ")"


# Names, quotations and glosses: their numbers promise nothing and their commas end nothing.
_QUOTED: Final = re.compile(
    _any(
        r"“[^“”]{0,60}”",
        r"‘[^‘’]{0,60}’",
        r"「[^」]{0,60}」",
        r"《[^《》]{0,120}》",
        r"〔[^〕]{0,60}〕",
        r"【[^】]{0,60}】",
    )
)
_BRACKETED: Final = re.compile(r"\([^()]{0,400}\)")
_DATE: Final = re.compile(
    _any(
        r"(?:19|20)\d\d年?(?:-|—|——|–|~|至|到)(?:20)?\d\d年",  # 2023—2025年
        r"(?:19|20)\d\d年度?(?:\d{1,2}月(?:\d{1,2}日)?)?",  # 2025年6月30日
        r"(?<!\d)\d{1,2}月\d{1,2}日",
        r"(?<![\d个])(?:1[0-2]|[1-9])月(?!以)",
        r"(?<!\d)\d{1,2}(?:\.\d{1,2})?版",  # 2.0版
        r"(?<=[A-Za-z])\d+(?:\.\d+)?",  # PM2.5, DN25
        r"\d+号(?!线)",
    )
)
_QUOTE_MASK: Final = "\ufffc"
_BRACKET_MASK: Final = "\ufffb"

_SENTENCE_END: Final = "。！？!?"
_PIECE_END: Final = re.compile(r"[，；。：！？;:!?]|,(?!\d{3})")
_JOINT: Final = r"(?:、|和|与|及|以及|并)"
_OPENING_JOINT: Final = re.compile(rf"^{_JOINT}+")
_AFTER_LAST: Final = re.compile(rf"[，。；：！？,;]|{_JOINT}|[{_BRACKET_MASK}]")
_DIGIT: Final = re.compile(r"\d")
_MAY_HOLD: Final = re.compile(r"[0-9０-９]|每.{1,30}[次场]")

# Verbs whose object is promised in that number, by what is done; each line an example of its kind.
_DOING: Final = _any(
    "新增|净增|增加|增设|新建|改建|扩建|改扩建|新设|新认定|新培育|新引进|新招引|新开工|新开|新签",  # 新建驿站20个
    "建设|建成|建立|建有|建好|建|打造|形成|搭建|组建|布设|布局|铺设|敷设|配置|配备|安装|更换|更新",  # 建成基站100个
    "设立|设置|增设|开设|开办|开通|开行|启动|运营|上线|接入|覆盖|开放|贯通|设",  # 开通专线5条
    "培育|培养|培引|引育|引进|招引|引入|孵化|发展|壮大|集聚|聚集|吸纳|招聘|招录|聘请|选派|派驻",  # 培育企业30家
    "推出|出台|制定|发布|公布|编制|修订|推广|推介|推送|拍摄|制作|征集|汇聚|归集|采集",  # 推出服务200项
    "认定|评选|评定|遴选|选取|优选|选定|选择|选树|创建|创成|争创|获批|入选|入库|入规|升规|申报",  # 创建园区3个
    "举办|开展|组织|召开|走访|走进|深入|回访|检查|抽查|督查|调研|听取|邀请|对接|培训|服务|帮扶",  # 举办活动12场
    "支持|扶持|帮助|促进|提供|授信|发行|发放|投放|投入|筹措|筹集|减免|撬动|带动|销售|惠及|救助",  # 发放贷款50亿元
    "完成|达成|签约|签订|缔结|落地|开工|竣工|投产|办理|办好|承办|承接|办结|受理|审结|调解|解决|化解",  # 化解纠纷80件
    "盘活|收储|出让|消化|处置|整合|整治|清理|取消|下放|压减|淘汰|关停|拆除|搬迁|安置|改造|治理|修复",  # 盘活土地600亩
    "实施|推进|推动|谋划|探索|明确|实现|争取|攻克|转化|种植|绿化|储备|购置|拓展|恢复",  # 实施项目40个
)
_DOES: Final = re.compile(_DOING)
_FILLER: Final = "不少于|不低于|至少|超过|力争|各|约|近|再|共|累计|总|了|达到?|第|好|全[市省区县州]|我[市省区县]"
_DOES_LAST: Final = re.compile(rf"(?P<verb>{_DOING}(?:并|和|、)?{_DOING}?)(?:{_FILLER})*$")
# Made with what is said of it before the number: 打造有影响力的6个品牌; not 推进国家部署的6项任务.
_MADE: Final = re.compile(r"(?:打造|建设|建成|培育|形成|推出|引进|培养)[^，]*(?<![署定达布])的$")
# Verbs that a name does not need: 推动100项事项落地 is 事项落地.
_PLAIN_VERB: Final = re.compile(r"^(?:推动|推进|实现|争取|促进|完成|达成)$")

# Verbs of change before what is changed: 新增企业20家, 提高效率20%, 压减材料30%.
_RISE: Final = re.compile(r"新增加?|净增|增加(?!至|到)")
_RISE_OF_SHARE: Final = re.compile(r"^(?:提高|提升|增加)(?P<what>.+)$")
_FALL: Final = re.compile(r"(?:压减|压缩|压降|缩短|缩减|降低|减少|精简)(?P<what>[^、，]+)$")
# 压缩公告时间至20天 is 压缩至 with its object inside.
_LOWERING: Final = re.compile(r"压减|压缩|压降|缩短|缩减|降低|减少|精简|控制")
_CHANGE_WORD: Final = re.compile(
    r"^(?:提升|提高|压减|压缩|压降|缩短|缩减|降低|减少|精简|扩大|增加|优化|加快|控制|延长)(?!后)"
)

# What is measured, as the last word of a subject.
_MEASURE: Final = _any(
    "率|比例|比重|占比|度|浓度|指数|满意度|覆盖面",
    "数量|总量|总数|个数|户数|人数|件数|次数|频次|数|规模|存量|拥有量|产量|交易量|吞吐量|货运量|客运量|运力|量|值",
    "总额|额|额度|收入|投资|资金|产值|总值|增加值|价值|营收|余额|贷款|放款|融资|成交额|成本|费用|费率",
    "时间|时限|期限|时长|周期|环节|材料|面积|里程|产能|装机|备案|学位|床位",
)
_ENDS_MEASURE: Final = re.compile(rf"{_MEASURE}$")
_TIME_MEASURE: Final = re.compile(r"(?:时间|时限|期限|时长|周期|时效|用时|办理期|审限)$")
_HEAD_TAIL: Final = re.compile(rf"(?:审批|办理|报装|结案|平均)?(?:(?<=..)..率|{_MEASURE})$")
# Names that cannot stand alone: 审批时间, 总数, 入住率, 占比.
_GENERIC: Final = re.compile(
    r"^(?:.?.?率|占.*|(?:其|审批|办理|报装|办结|平均|整体|总体|首次|使用|兑现|完成|支付|予以核准|响应)?"
    r"(?:数量|总量|总数|面积|时间|时限|期限|时长|周期|环节|材料|成本|费用|次数|规模|占比|比例|比重))$"
)

# Numbers that promise nothing.
_PAID: Final = re.compile(  # what is paid or charged for each case: 给予5万元奖励, 按50%收取
    _any(
        "奖励|奖补|补助|补贴|资助|给予|贴息|扶持资金|优惠利率|股权|最高|单个企业|每人每月|每名",
        "加计|抵减|抵扣|扣除|减按|免征|免收|减免幅度|幅度减免|征收率|(?<!总)税率|收取|缴费基数|缴费费率|罚款|额度内",
        "满分|计分|加分|扣分|权重",
    )
)
_REPORTED: Final = re.compile(  # reached before: 已建成120个, 截至目前
    r"已(?!开|有.{0,6}基础)|截至|截止|目前|现有|近年来|以来|去年|上年|此前|原有|达到了|完成了|实现了|累计.{0,12}了"
)
_LISTED: Final = re.compile(  # counts of what is known: 围绕12条产业链, 包括5个事项
    _any(
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
_FOR_WHOM: Final = re.compile(r"(?:[^，]{0,12}，)?(?:对|符合|凡)")  # 对年收入达2000万元的企业，给予…
_OF_WHOM: Final = re.compile(r"[^，]*的[^，]{2,}$")
_PAYS: Final = re.compile(r"给予|予以|奖励|奖补|补助|补贴|资助|免征|享受")
_POLICY: Final = re.compile(r"的?(?:政策|幅度|标准|优惠)")  # 下调10%政策
_GIVEN_SHARE: Final = re.compile(r"(?:按|按照|继续|给予|含|预留)$")  # 按80%
_SPAN_OF_TIME: Final = re.compile(r"(?:的|近|满|连续|每|未来|最近|过去|有效期|每天|每周|前)$")  # 连续3年

# Words that decide for a number whose own words do not.
_CLOSED: Final = re.compile(rf"{_JOINT}|的?(?:目标|要求|水平|标准)|\)|”")
_APART: Final = re.compile(  # an operator before the base of a share: 不低于合同金额的30%
    r"(?:(?P<ge>不得?(?:低于|少于))|(?P<le>不得?(?:超过|高于)))[^，、；]{2,16}$"
)
_PART_DOES: Final = re.compile(  # 95%事项网上办, 100家企业通过评估
    _any(
        "达到|实现|完成|通过|纳入|入驻|交付|覆盖|公开|共享|发放|配置|生成|落地",
        "进行|开展|实施|转化|用于|按期|整改|办|接入|对接",
    )
)
_FINISH: Final = re.compile(  # 5个工作日办结
    r"^(?:即可)?(?:办结|完成|审结|执结|送达|领证|出证|响应|到账|拿证|取证|核准|反馈|办理完毕)(?:$|、|和)"
)
_LOOP: Final = re.compile(  # 城区45分钟抢修圈: a service within a time; circles of life and service are slogans
    r"(?:打造|构建|建设|形成|建立|健全).*\d(?:分钟|公里)"
    r"(?P<loop>[^\d、，]*(?:抢修|救援|急救|响应|处置|出警|应急)[^\d、，]{0,4}圈)"
)
_LOOP_VERB: Final = re.compile(r"^.*(?:打造|构建|建设|形成|建立|健全)")
_COUNTABLE: Final = re.compile(r"[个家项件种类条支所座处场次例]$")
_FOR_SOME: Final = re.compile(r"(?:^|到|，)(?:力争|争取|确保|对|为)$")
_SPREAD: Final = re.compile(r"分别|(?<![平年人户])均|都|各$")

# Words in front of and behind what is measured that do not belong to its name.
_YEAR_WORD: Final = re.compile(r"(?:到|至|在)?20\d\d年(?:底|末)?(?:之?前)?(?!度)")
_LEAD_WORD: Final = re.compile(
    "^"
    + _any(
        r"(?:到|至|在|于|截至)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|度)?(?:之?前)?(?:，|,)?",
        r"\d{1,2}月(?:底|末)?(?:之?前)?|年(?:底|末)(?:之?前)?|年内|全年|今年|当年|年度(?=内|全)",
        r"[(（]\d+[)）]|、|，|,|：",
        "力争|争取|努力|确保|保证(?!金)|实现(?!率)|达到|预计|计划|推动|推进|促进|使得?(?![用领馆])|让(?!利)|将|把",
        "保持|维持|引导(?!基金)|鼓励|督促|全力|加快|持续|不断|进一步|全面|切实|着力|大力|积极|稳步|逐步|有序|原则上",
        "同时|其中|另外|但是?|并(?!联|购|网)且?|且|以及|及(?!时)|和(?!谐)|与",
        "全市|全省|全区|全县|全州|范围内?|全域(?!旅|土)|我市|我省|我区|我县|本市|本省",
        "到(?![位岗期账场达户])|对(?![外接口标])|在(?![线建校园库册岗职网营])|由|通过(?!率)",
        "要(?![素件点])|应当?(?![用急届税收付])|需(?!求)|须|基本(?![医养公农药建生])|再(?![生贷就担制保利])",
        "新(?=新增)|累计(?=新增)",
    )
    + "+"
)
_TAIL_WORD: Final = re.compile(
    _any(
        "分别|年均|(?<!平)均|都|平均|同比|环比|全部|全面|各|共|总计|合计|累计|总体|一般|约|近|最快|最长|最短|至少",
        "力争|争取|预计|预期|要求|确保|努力|稳定|逐步|实现|实行|动态调整|达到?|占|再|不|原则上",
        "(?<![需重主])要|(?<![供响反适对效])应|将|须|需|已|(?<![许认])可|的|由|在|但|，|、",
        "(?<!合)并|且|(?<![普涉])及|(?<!可)以|(?<![行作])为",
    )
    + "+$"
)
_INNER_WORD: Final = re.compile(r"力争|争取|确保|(?<=.)实现(?!率)|原则上")
_AFTER_STOP: Final = re.compile(r"^(?:[（(][^（）()]*[)）]|以上|以内|以下|内|左右|的|、|时间|之)+")
_MOMENT: Final = re.compile(  # from when a time limit runs: 自公告发布之日起
    r"(?:(?:在|自|从|于|应于|应在|应当在).{0,40}?(?:之日起|之日|后|起|时)|(?:之日起|之后|后|起))$"
)
_MEANS: Final = re.compile(r"(?:环节|流程|时限|时间|材料|时长|步骤)$")  # changed on the way: 精简审批环节
_TOPIC_VERB: Final = re.compile(
    "^(?!服务业)"
    + _any(
        _DOING,
        "应用|推行|用好|加强|完善|健全|深化|优化|提升|提高|压缩|缩短|降低|减少|扩大|规范|强化|做好|落实|针对|严格",
        "和|、|并",
    )
    + "+"
)
_COORDINATION: Final = re.compile(
    _any(
        "(?<![一二三四五六七八九十])、",
        "(?<=[率量数度比重例额间限本次节值])(?:和|与|及|以及)",
        "(?:和|与|以及)(?=.{2,12}(?:率|时间|比例|时限))",
    )
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between commas of the text: offsets of the text, and of the 。-sentence it stands in."""

    start: int
    end: int
    sentence_start: int


def read_targets(sentence: str, *, year: int | None, lead_in: str = "") -> tuple[Target, ...]:
    """The targets promised in ``sentence``, in order.

    Args:
        sentence: one task's text (a sentence, or a numbered measure of several), all whitespace removed.
        year: the document's last year, for 9月底前, 年内, 全年.
        lead_in: text that stands before it (a heading, a lead-in that ends in ：); its deadline holds where the
            sentence prints none.

    Returns:
        Targets whose spans are offsets of ``sentence`` (code points, half-open) and hold the number; ``task`` is None.
    """
    if not _MAY_HOLD.search(sentence):
        return ()
    return _Reader(sentence, year, lead_in).targets()


@dataclass(frozen=True, slots=True)
class _Case:
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
    at_end: bool  # nothing stands between the number and the end of the stretch or the next number's words
    listed: bool  # the stretch has given a target before
    continued: bool  # the verb stands in the stretch before
    qualifies: bool  # it says who is meant
    spelled: bool  # a number in words

    @property
    def closed(self) -> bool:
        """Do the words of the number end with it?"""
        tail = self.tail.lstrip(_BRACKET_MASK)
        return self.at_end if not tail else bool(_CLOSED.match(tail))

    @property
    def threshold(self) -> bool:
        return bool(self.limit) and not self.closed

    @property
    def carried(self) -> bool:
        return self.listed and bool(_OPENING_JOINT.match(self.before))


def _form(case: _Case) -> Form | None:
    """How the number is written, or None for one that promises nothing."""
    if case.qualifies or _REPORTED.search(case.before) or case.before[: case.led.cut].endswith("未"):
        return None
    return _FORMS[case.first.kind](case)


def _share_form(case: _Case) -> Form | None:
    if _PAID.search(case.words) or _GIVEN_SHARE.search(case.before):
        return None
    if case.closed:
        return "subject"
    if case.before.endswith("的"):
        return None
    stripped = _stripped(_stripped(case.before).removeprefix("每年"))
    if case.tail.startswith("的"):
        return "share" if stripped in ("", "完成") else None
    if _POLICY.match(case.tail) and (case.led.op in ("inc", "dec") or "优惠" in case.tail[:3]):
        return None
    if case.led.led and case.led.op != "eq" and not case.before.endswith("实现"):
        return "subject"
    if case.limit in ("以下", "及以下"):
        return None
    doing = _PART_DOES.search(case.printed) or _ENDS_MEASURE.search(case.tail)
    return "share" if doing or case.before.endswith("实现") or (case.before and not stripped) else None


def _duration_form(case: _Case) -> Form | None:
    unit, inside = case.last.unit, case.limit in ("内", "以内", "之内")
    if _SPAN_OF_TIME.search(case.before):
        return None
    if _LOOP.search(case.words) and not case.limit:
        return "subject"
    if case.tail.startswith("的") or (case.limit and "上" in case.limit and not case.closed):
        return None
    if case.led.op in ("inc", "dec", "ge") and not case.closed and not inside:
        return None
    if _FINISH.match(case.tail) and not case.before.endswith("在") and (inside or case.first.value != 24):
        return "limit"
    if unit.endswith("年") and inside and not case.led.led:
        return None
    if case.led.led and case.led.cut < len(case.before) and not case.before.endswith(("在", "有", "到")):
        return "subject" if case.closed or not inside else "limit"
    if inside:
        return "limit"
    if case.limit and case.closed and _TIME_MEASURE.search(_TAIL_WORD.sub("", case.before)):
        return "subject"
    return None


def _amount_form(case: _Case) -> Form | None:
    """Money and counts."""
    money = case.first.kind == "money"
    if money and _PAID.search(case.words):
        return None
    if case.spelled:
        return "object" if case.tail else "subject"
    if not case.led.led and case.limit in ("以下", "及以下"):
        return None
    if case.led.op == "le" and _SIZE.search(case.last.unit) and "不" in case.before[case.led.cut :]:
        return None
    if case.before.endswith("等") and case.limit == "以上" and not case.closed and _LEAD_WORD.match(case.before):
        return "part"
    if _LISTED.search(case.before):
        return None
    if case.limit and case.tail.startswith("的") and (money or not _COUNTABLE.search(case.last.unit)):
        return None
    does = _DOES_LAST.search(case.before)
    if case.closed:
        if case.led.led or case.limit or case.carried or does:
            return "subject"
        subject = _TAIL_WORD.sub("", case.before)
        return "subject" if _DOES.search(subject) or _ENDS_MEASURE.search(subject) else None
    if does and (_WITHIN.search(case.before[: does.start()]) or _RUNNING.match(case.beyond)):
        return None
    if does and not (money and case.threshold):
        return "object"
    if _MADE.match(_stripped(case.before)) and not case.limit:
        return "object"
    if (case.carried or case.continued) and not case.before.strip("、和及与"):
        return "object"
    if case.led.led and case.led.op in ("ge", "inc", "inc_ge") and _DOES.search(case.before):
        return "object" if not case.tail.startswith("的") else None
    if money or (case.threshold and case.tail.startswith("的")):
        return None
    return "object" if _FOR_SOME.search(case.before) and _PART_DOES.search(case.tail) else None


def _score_form(case: _Case) -> Form | None:
    return "subject" if case.closed and (case.led.led or case.limit) and not _PAID.search(case.words) else None


_FORMS: Final[dict[Kind, Callable[[_Case], Form | None]]] = {
    "share": _share_form,
    "duration": _duration_form,
    "money": _amount_form,
    "count": _amount_form,
    "score": _score_form,
}


class _Reader:
    """Reads one text from left to right; what was named last in a sentence completes short names after it."""

    def __init__(self, text: str, year: int | None, lead_in: str) -> None:
        folded = half_width(text)
        named = _blank(_blank(folded, _QUOTED), _BRACKETED, _BRACKET_MASK)
        self.text = text
        self.masked = _blank(named, _DATE)
        self.times = time_words(named, year)
        ahead = time_words(half_width(lead_in), year)
        self.lead_topic = _TOPIC_VERB.sub("", _subject(lead_in.rstrip("：:。")))[:20]
        self.lead_deadline = ahead[-1].deadline if ahead else None
        self.bases = baselines(folded)
        self.numbers = tuple(q for q in quantities(self.masked) if not self._in_baseline(q))
        self.found: list[Target] = []
        self.last_sentence = -1

    def targets(self) -> tuple[Target, ...]:
        pieces = _pieces(self.masked)
        at = 0
        for i, piece in enumerate(pieces):
            numbers = []
            while at < len(self.numbers) and self.numbers[at].start < piece.end:
                numbers.append(self.numbers[at])
                at += 1
            if numbers:
                _PieceReader(self, pieces, i).read(_grouped(self.masked, numbers))
        return tuple(self.found)

    def _in_baseline(self, quantity: Quantity) -> bool:
        return any(start <= quantity.start < end for _, start, end in self.bases)

    def printed_unit(self, quantity: Quantity) -> str:
        printed = self.text[quantity.end - len(quantity.unit) : quantity.end]
        return printed if half_width(printed) == quantity.unit else quantity.unit

    def deadline(self, at: int, piece: _Piece) -> str | None:
        inside = [t for t in self.times if t.start >= piece.sentence_start and t.start < piece.end]
        before = [t for t in inside if t.start < at]
        after = [t for t in inside if t.start >= piece.start]
        if before:
            return before[-1].deadline
        return after[0].deadline if after else self.lead_deadline

    def baseline(self, at: int, piece: _Piece) -> str | None:
        """What the change is measured against: printed in this stretch, or before it and not yet used."""
        used = self.found[-1].span.end if self.found else 0
        since = max(piece.sentence_start, min(used, piece.start))
        before = [base for base, start, _ in self.bases if since <= start < at]
        return before[-1] if before else None

    def plain(self, start: int, end: int) -> str:
        """The printed text of ``start``–``end`` without the phrases a change is measured against."""
        parts, at = [], start
        for _, base_start, base_end in self.bases:
            if base_start >= at and base_end <= end:
                parts.append(self.text[at:base_start])
                at = base_end
        return "".join([*parts, self.text[at:end]]) if at <= end else ""


class _PieceReader:
    """Reads the numbers of one stretch between commas, from left to right."""

    def __init__(self, reader: _Reader, pieces: tuple[_Piece, ...], at: int) -> None:
        self.reader = reader
        self.pieces = pieces
        self.at = at
        self.piece = pieces[at]
        self.words = reader.masked[self.piece.start : self.piece.end]
        self.left_start = self.piece.start
        self.verb = ""
        self.rising = False
        self.kept = 0

    def read(self, groups: tuple[tuple[Quantity, ...], ...]) -> None:
        for i, group in enumerate(groups):
            if group[0].start < self.left_start:
                continue
            self._read_group(group, groups[i + 1][0].start if i + 1 < len(groups) else self.piece.end)

    def _read_group(self, group: tuple[Quantity, ...], after_end: int) -> None:
        masked = self.reader.masked
        before = masked[self.left_start : group[0].start]
        after = masked[group[-1].end : after_end]
        limit = bound(after)
        tail_start = group[-1].end + len(limit)
        tail = masked[tail_start:after_end]
        last = after_end == self.piece.end
        following = reading(tail, "")
        own = tail if last else tail[: following.cut if following.led else _last_joint(tail)]
        case = _Case(
            first=group[0],
            last=group[-1],
            before=before,
            led=reading(before, after),
            limit=limit,
            tail=own,
            printed=self.reader.text[tail_start : tail_start + len(own)],
            beyond=masked[tail_start : self.piece.end],
            words=self.words,
            at_end=last or bool(tail),
            listed=self.kept > 0,
            continued=self._continues(before, limit),
            qualifies=self._qualifies(group[0].start),
            spelled=not masked[group[0].start].isdecimal(),
        )
        form = _form(case)
        if form is None:
            return
        own_end = tail_start + len(own)
        inside = form == "object" and not last and not following.led and len(own) == len(tail)
        if inside:
            joint = re.search(_JOINT, masked[after_end : self.piece.end])
            own_end = after_end + joint.start() if joint else self.piece.end
        op, names = self._names(form, case, tail_start, own_end)
        end = own_end if form in ("object", "part", "share") and not case.spelled else tail_start
        for quantity, name in _paired(group, names):
            self._add(quantity, op, name, max(end, quantity.end))
        self.kept += 1
        self.left_start = tail_start if following.led and not last else own_end if inside or form == "limit" else end

    def _continues(self, before: str, limit: str) -> bool:
        """Does the stretch begin with a number whose verb stands in the stretch before it?"""
        found = self.reader.found
        ahead = self.pieces[self.at - 1].start if self.at else -1
        return not before and limit == "以上" and bool(found) and found[-1].span.start == ahead

    def _qualifies(self, at: int) -> bool:
        """Does the number say who is paid: 对面积达2000平方米以上的，给予奖励?"""
        masked, piece = self.reader.masked, self.piece
        if self.words.endswith("的") or (_OF_WHOM.match(masked, at, piece.end) and self.words.startswith("对")):
            return True
        start = max(masked.rfind(mark, 0, at) for mark in "；。") + 1
        end = min((e for e in (masked.find(mark, at) for mark in "；。") if e >= 0), default=len(masked))
        return bool(_FOR_WHOM.match(masked, max(start, 0))) and bool(_PAYS.search(masked, piece.end, end))

    def _add(self, quantity: Quantity, op: Operator, name: str, end: int) -> None:
        reader, piece = self.reader, self.piece
        start = self.pieces[self.at - 1].start if self._opened_by_time() else piece.start
        if not reader.masked[quantity.start].isdecimal():
            start = max(start, reader.masked.rfind("每", start, quantity.start))
            if _DIGIT.search(reader.text, start, quantity.start):
                start = quantity.start
        name = self._completed(name)
        reader.found.append(
            Target(
                name=name,
                op=op,
                value=quantity.value,
                value_max=quantity.value_max,
                unit=reader.printed_unit(quantity),
                per=period(reader.masked[self.piece.start : quantity.start])
                if quantity.kind in ("count", "money")
                else None,
                deadline=reader.deadline(quantity.start, piece),
                baseline=reader.baseline(quantity.start, piece),
                span=Span(start, end),
            )
        )
        reader.last_sentence = piece.sentence_start

    def _opened_by_time(self) -> bool:
        if not self.at:
            return False
        ahead = self.pieces[self.at - 1]
        return ahead.sentence_start == self.piece.sentence_start and not _stripped(
            self.reader.text[ahead.start : ahead.end]
        )

    def _names(self, form: Form, case: _Case, tail_start: int, own_end: int) -> tuple[Operator, list[str]]:
        reader = self.reader
        op = case.led.op
        cut_text = reader.plain(self.left_start, self.left_start + case.led.cut)
        apart = _APART.search(cut_text) if case.first.kind == "share" and not case.led.led else None
        if apart:
            op = bounded("ge" if apart["ge"] else "le", "")
            cut_text = cut_text[: apart.start()]
        found_before = bool(reader.found) and reader.last_sentence == self.piece.sentence_start
        subject = _subject(cut_text)
        rest = reader.text[tail_start:own_end]
        if form == "object":
            return self._object_names(op, case, subject, rest)
        if form == "limit":
            return op, [self._limit_name(subject, rest)]
        if form == "part":
            return op, [_AFTER_STOP.sub("", rest)]
        if form == "share":
            return op, [subject + _AFTER_STOP.sub("", rest)]
        if found_before and cut_text.endswith("的") and not subject.endswith("的"):
            subject += "的" + reader.found[-1].name.rsplit("的", 1)[-1]
        loop = _LOOP.search(self.words) if case.first.kind == "duration" else None
        if loop and not case.limit:
            return op, [_subject(_LOOP_VERB.sub("", subject)) + loop["loop"]]
        op, subject = _changed(op, subject, case)
        if case.carried and self.rising and op in ("eq", "ge") and not _DOES.match(subject):
            op = "inc_ge" if op == "ge" else "inc"
        self.rising = op in ("inc", "inc_ge") and case.first.kind == "count"
        if not subject and self.verb and self.kept:
            subject = self.verb
        self.verb = _leading_verb(subject) or self.verb
        return op, _subjects(subject, case)

    def _object_names(self, op: Operator, case: _Case, subject: str, rest: str) -> tuple[Operator, list[str]]:
        text = self.reader.plain(self.left_start, case.first.start)
        does = _DOES_LAST.search(text)
        verb = does["verb"] if does else self.verb
        ahead = _subject(text[: does.start()]) if does else ""
        if not does and text.endswith("的"):
            return op, [_subject(text) + "的" + _AFTER_STOP.sub("", rest)]
        if case.spelled and not does:
            verb, ahead = "", "每" + _subject(text).removeprefix("每")
        if "至少" in text and op == "eq":
            op = "ge"
        what = _AFTER_STOP.sub("", rest)
        self.verb = verb
        if _RISE.search(verb) and op in ("eq", "ge", "inc", "inc_ge"):
            return ("inc_ge" if op in ("ge", "inc_ge") else "inc"), [(ahead if ahead.startswith("每") else "") + what]
        shown = "" if _PLAIN_VERB.search(verb) else verb
        return op, [(ahead if ahead.startswith("每") else "") + shown + what]

    def _limit_name(self, subject: str, rest: str) -> str:
        subject = _MOMENT.sub("", subject)
        action = _AFTER_STOP.sub("", rest)
        if not action and self.at + 1 < len(self.pieces) and not _TIME_MEASURE.search(subject):
            following = self.pieces[self.at + 1]
            if following.sentence_start == self.piece.sentence_start:
                action = self.reader.text[following.start : following.end]
        name = subject if _TIME_MEASURE.search(subject) else subject + action[:24]
        return name if _TIME_MEASURE.search(name) or not name else name + "时间"

    def _completed(self, name: str) -> str:
        """``name``, if too short to stand alone, behind what the sentence spoke of before."""
        reader = self.reader
        if name and not _GENERIC.search(name):
            return name
        ahead = reader.found[-1].name if reader.found and reader.last_sentence == self.piece.sentence_start else ""
        if not name and ahead:
            return ahead
        head = _HEAD_TAIL.sub("", ahead)
        if len(head) < 5:
            head = self._topic() or head
        return (head + name) or _stripped(reader.text[self.piece.start : self.piece.end])

    def _topic(self) -> str:
        """What the last stretch of the sentence without a target speaks of, its verb left out."""
        for piece in reversed(self.pieces[: self.at]):
            if piece.sentence_start != self.piece.sentence_start:
                break
            text = _TOPIC_VERB.sub("", _subject(self.reader.text[piece.start : piece.end]))
            if (
                len(text) > 1
                and not _MEANS.search(text)
                and not any(t.span.start == piece.start for t in self.reader.found)
            ):
                return text[:20] if len(text) <= 36 else ""
        return self.reader.lead_topic


def _changed(op: Operator, subject: str, case: _Case) -> tuple[Operator, str]:
    """Operator and subject where the verb of change stands before the subject: 新增企业20家, 压减材料30%."""
    if case.first.kind in ("count", "money"):
        rises = [m for m in _RISE.finditer(subject) if subject[m.end() : m.end() + 1] not in ("、", "和", "或")]
        if rises and op in ("eq", "ge", "inc", "inc_ge"):
            what = subject[rises[-1].end() :]
            if len(what) < 4:
                what = subject[: rises[-1].start()] + what
            return ("inc_ge" if op in ("ge", "inc_ge") else "inc"), _subject(what)
    elif op in ("eq", "ge") and not case.led.led:
        rise, fall = _RISE_OF_SHARE.match(subject), _FALL.match(subject)
        if rise:
            return ("inc_ge" if op == "ge" else "inc"), rise["what"]
        if fall:
            return ("dec_ge" if op == "ge" else "dec"), fall["what"]
    if op == "eq" and case.led.led and _LOWERING.match(subject):
        op = "le"
    if case.led.led:
        subject = _CHANGE_WORD.sub("", subject)
    return op, subject


def _leading_verb(subject: str) -> str:
    match = _DOES.match(subject)
    return match.group() if match else ""


def _subject(text: str) -> str:
    """``text`` without the words in front and behind that do not say what is measured."""
    text = _INNER_WORD.sub("", _YEAR_WORD.sub("", text))
    return _TAIL_WORD.sub("", _stripped(text))


def _stripped(text: str) -> str:
    return _LEAD_WORD.sub("", text)


def _subjects(subject: str, case: _Case) -> list[str]:
    """The subjects that share the numbers (A率、B率 → A率, B率; A、B用户的时间 → A用户的时间, …), or the one."""
    parts = _coordinated(subject)
    if len(parts) < 2:
        return [subject]
    spread = bool(_SPREAD.search(case.before))
    alike = (case.first.kind not in ("count", "money") or case.led.op == "le") and _parallel(parts)
    if spread or alike or case.last is not case.first:
        return _shared(parts)
    return [subject]


def _coordinated(subject: str) -> list[str]:
    masked = _blank(_blank(half_width(subject), _QUOTED), _BRACKETED, _BRACKET_MASK)
    if "等" in masked:
        return [subject]
    parts, at = [], 0
    for match in _COORDINATION.finditer(masked):
        if match.start() - at > 1:
            parts.append(subject[at : match.start()])
            at = match.end()
    parts.append(subject[at:])
    return [p for p in parts if p]


def _parallel(parts: list[str]) -> bool:
    """Are the parts alike: both a measure, or with a common beginning or end (用水、用气办理环节)?"""
    last = parts[-1]
    if all(_ENDS_MEASURE.search(p) for p in parts):
        return True
    return all(
        (len(p) <= 3 and p[0] == last[0])
        or (len(p) > 2 and p[-2:] in last and not _DOES.search(p) and not re.search(r"[到至含为对]", p))
        for p in parts[:-1]
    )


def _shared(parts: list[str]) -> list[str]:
    """``parts`` with the end that only the last one prints, and the head that only the first one prints."""
    last = parts[-1]
    names = []
    for part in parts[:-1]:
        names.append(part if _ENDS_MEASURE.search(part) else part + last[_own_length(part, last) :].removeprefix("的"))
    head = _HEAD_TAIL.sub("", parts[0]) if _ENDS_MEASURE.search(parts[0]) else ""
    own = last if len(last) > 4 or not head else head + last
    return [*names, own]


def _own_length(part: str, last: str) -> int:
    """Where in ``last`` the end shared with ``part`` begins."""
    if part[-2:] in last:
        return last.index(part[-2:]) + 2
    if "的" in last:
        return last.index("的")
    if part[-1] in last:
        return last.index(part[-1]) + 1
    return min(len(part), len(last))


def _paired(group: tuple[Quantity, ...], names: list[str]) -> list[tuple[Quantity, str]]:
    """One number for each name: the same number for all, or each its own, in order."""
    if len(group) == 1:
        return [(group[0], name) for name in names]
    if len(names) > len(group):
        names = ["、".join(names[: len(names) - len(group) + 1]), *names[len(names) - len(group) + 1 :]]
    if len(names) < len(group):
        names = [*names, *[names[-1]] * (len(group) - len(names))]
    return list(zip(group, names, strict=True))


def _blank(text: str, pattern: re.Pattern[str], mask: str = _QUOTE_MASK) -> str:
    return pattern.sub(lambda m: mask * len(m.group()), text)


def _pieces(masked: str) -> tuple[_Piece, ...]:
    pieces, at, sentence = [], 0, 0
    for match in _PIECE_END.finditer(masked):
        pieces.append(_Piece(at, match.start(), sentence))
        at = match.end()
        if match.group() in _SENTENCE_END:
            sentence = at
    pieces.append(_Piece(at, len(masked), sentence))
    return tuple(pieces)


def _grouped(masked: str, numbers: list[Quantity]) -> tuple[tuple[Quantity, ...], ...]:
    """Numbers joined by 、 or 和 alone stand together; not where the last of another unit has an object of its own."""
    groups: list[list[Quantity]] = []
    for quantity in numbers:
        if groups and _alone_between(masked, groups[-1][-1], quantity):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return tuple(map(tuple, groups))


def _alone_between(masked: str, first: Quantity, second: Quantity) -> bool:
    gap = masked[first.end : second.start]
    if gap[len(bound(gap)) :] not in ("、", "和", "及", "与"):
        return False
    after = masked[second.end : second.end + 8]
    after = after[len(bound(after)) :]
    return first.unit == second.unit or not after or bool(_AFTER_LAST.match(after))


def _last_joint(tail: str) -> int:
    """Where in the words between two numbers those of the second begin."""
    found = [m.start() for m in re.finditer(_JOINT, tail)]
    return found[-1] if found else len(tail)
