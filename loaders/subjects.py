"""Names of targets: what is measured, cut out of the words around a number.

All functions are pure and take and give printed text (whitespace removed). The word tables say which words never belong
to a name, which names cannot stand alone, and where the subject of one measure can be carried to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from loaders.quantities import half_width


def any_of(*rows: str) -> str:
    """The pattern that matches any of ``rows``."""
    return "(?:" + "|".join(rows) + ")"


# Names, quotations and glosses: their numbers promise nothing and their commas end nothing.
QUOTED: Final = re.compile(
    any_of(
        r"“[^“”]{0,60}”",
        r"‘[^‘’]{0,60}’",
        r"「[^」]{0,60}」",
        r"《[^《》]{0,120}》",
        r"〔[^〕]{0,60}〕",
        r"【[^】]{0,60}】",
    )
)
# … but a time limit in quotes is a promise (做到“2个工作日内反馈”), a verb in quotes a verb (“登门拜访”90家企业).
_PAIRED: Final = re.compile("(?P<whole>“[^“”]*”)|[“”]")
_QUOTED_LIMIT: Final = re.compile(r"“[^“”]{0,30}\d(?:个工作日|个?小时|分钟|天|日)以?内(?![“”])[^“”]{1,60}”")
_QUOTED_VERB: Final = re.compile(r"“[^“”]{0,4}(?:拜访|走访|帮扶|服务|对接|培训)”(?=[\d.]+万?[家户人名])")
BRACKETED: Final = re.compile(r"\([^()]{0,400}\)")
_QUOTE_MASK: Final = "\ufffc"
BRACKET_MASK: Final = "\ufffb"
# Verbs whose object is promised in that number, by what is done; each line an example of its kind.
DOING: Final = any_of(
    "新增|净增|增加|增设|新建|改建|扩建|改扩建|新设|新认定|新培育|新引进|新招引|新开工|新开|新签|续建",  # 新建驿站20个
    "建设|建成|建立|建有|建好|建(?![筑制档议材])|打造|形成|搭建|组建|布设|布局|铺设|配置|安装|更换",  # 建成基站100个
    "设立|设置|增设|开设|开办|开通|开行|启动|运营|上线|接入|覆盖|开放|贯通|设(?![备施计想])",  # 开通专线5条
    "培育|培养|培引|引育|引进|招引|引入|孵化|发展|壮大|集聚|聚集|吸纳|招聘|招录|聘请|选派|派驻|指定",  # 培育企业30家
    "推出|出台|制定|发布|公布|编制|修订|推广|推介|推送|拍摄|制作|征集|汇聚|归集|采集|撰写|梳理",  # 推出服务200项
    "认定|评选|评定|遴选|选取|优选|选定|选择|选树|创建|创成|争创|获批|入选|申报|取得|揭榜",  # 创建园区3个
    "配备|更新|敷设|硬化|入库|入规|升规|命名",  # 硬化道路20条
    "举办|开展|组织|召开|走访|拜访|走进|深入|回访|检查|抽查|督查|调研|听取|邀请|对接|培训|服务|帮扶",  # 举办活动12场
    "联系",  # 联系项目2个
    "支持|扶持|帮助|促进|提供|授信|发行|发放|投放|投入|安排|筹措|筹集|减免|撬动|带动|销售|惠及|救助",  # 发放贷款50亿元
    "完成|达成|签约|签订|缔结|落地|开工|竣工|投产|办理|办好|承办|承接|办结|受理|审结|调解|解决|化解",  # 化解纠纷80件
    "盘活|收储|出让|消化|处置|整合|整治|清理|取消|下放|压减|淘汰|关停|拆除|搬迁|安置|改造|治理|修复",  # 盘活土地600亩
    "实施|推进|推动|谋划|探索|明确|实现|争取|攻克|转化|种植|绿化|储备|购置|拓展|恢复",  # 实施项目40个
)
DOES: Final = re.compile(DOING)
# What is measured, as the last word of a subject.
_MEASURE: Final = any_of(
    "率|比例|比重|占比|度|浓度|指数|满意度|覆盖面",
    "数量|总量|总数|个数|户数|人数|件数|次数|频次|数|规模|存量|拥有量|产量|交易量|吞吐量|货运量|客运量|运力|量|值",
    "总额|额|额度|收入|投资|资金|产值|总值|增加值|价值|营收|余额|贷款|放款|融资|成交额|成本|费用|费率",
    "时间|时限|期限|时长|周期|天数|环节|材料|面积|里程|产能|装机|备案|学位|床位",
)
ENDS_MEASURE: Final = re.compile(rf"{_MEASURE}$")
_TIME_TAIL: Final = re.compile(
    r"(?:全流程|全过程)?(?:审批|办理|报装|办结|办电|审结|审理)?(?:总|平均)?(?P<word>时间|时限|期限|时长|周期|用时)$"
)
_ENDS_ACT: Final = re.compile(r"(?:审批|办理|报装|办结|登记|办电|审查)$")
_HAS_MEASURE: Final = re.compile("环节|率|时间|时限|期")
TIME_MEASURE: Final = re.compile(r"(?:时间|时限|期限|时长|周期|天数|时效|用时|办理期|审限)$")
_HEAD_TAIL: Final = re.compile(rf"(?:审批|办理|报装|结案|平均|响应|推广|播种|种植)?(?:(?<=..)..率|{_MEASURE})$")
# Names that cannot stand alone: 审批时间, 总数, 入住率, 占比.
_GENERIC: Final = re.compile(
    r"^(?:.?.?率|占.*|(?:推广|应用|使用)覆盖率|签发及时率|第[一二三四]期规模|(?:全流程|全过程)?(?:其|审批|办理|报装|办结|平均|整体|总体|首次|使用|兑现|完成|支付|予以核准|响应)?"
    r"(?:数量|总量|总数|面积|时间|时限|期限|时长|周期|环节|材料|成本|费用|次数|规模|占比|比例|比重|产量|产值|增速))$"
)
# Words in front of and behind what is measured that do not belong to its name.
_YEAR_WORD: Final = re.compile(r"(?:到|至|在)?20\d\d年(?:底|末)?(?:之?前)?(?!度)")
LEAD_WORD: Final = re.compile(
    "^"
    + any_of(
        r"(?:到|至|在|于|截至)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|度)?(?:之?前)?(?:，|,)?",
        r"\d{1,2}月(?:底|末)?(?:之?前)?|年(?:底|末)(?:之?前)?|年内|全年|今年|当年|年度(?=内|全)",
        r"[(（]\d+[)）]|、|，|,|：",
        "力争|争取|努力|确保|保证(?!金)|实现(?!率)|达到|预计|计划|推动|推进|促进|使得?(?![用领馆])|让(?!利)|将|把",
        "保持|维持|引导(?!基金)|鼓励|督促|全力|加快|持续|不断|进一步|全面|切实|着力|大力|积极|稳步|逐步|有序|原则上",
        "做到|达(?=[“])|同时|其中|另外|但是?|并(?!联|购|网)且?|且|以及|及(?!时)|和(?!谐)|与",
        "全市|全省|全区|全县|全州|范围内?|全域(?!旅|土)|我市|我省|我区|我县|本市|本省",
        "到(?![位岗期账场达户])|对(?![外接口标])|在(?![线建校园库册岗职网营])|由|通过(?!率)",
        "要(?![素件点])|应当?(?![用急届税收付])|需(?!求)|须|基本(?![医养公农药建生])|再(?![生贷就担制保利])",
        "新(?=新增)|累计(?=新增)|可(?=向|按)|共(?=选派|建设|培训|完成|组织)",
    )
    + "+"
)
TAIL_WORD: Final = re.compile(
    any_of(
        "分别|年均|(?<!平)均|都|平均|同比|环比|全部|全面|各|共|总计|合计|累计|总体|一般|约|近|最快|最长|最短|至少",
        "力争|争取|预计|预期|要求|确保|努力|稳定|逐步|阶段性|实现|实行|动态调整|达到?|占|再|不|原则上",
        "(?<![需重主])要|(?<![供响反适对效])应|将|须|需|已|(?<=.)每年|(?<![关由基低高少多大属等优对])于|(?<![许认])可|的|由|在|但|，|、",
        "(?<!合)并|且|(?<![普涉])及|(?<!可)以|(?<![行作])为",
    )
    + "+$"
)
_INNER_WORD: Final = re.compile(r"力争|争取|确保|(?<=.)实现(?!率)|原则上|在?\d{1,2}月(?:底|末)?之?前")
AFTER_STOP: Final = re.compile(r"^(?:[（(][^（）()]*[)）]|以上|以内|以下|内|左右|的|、|时间|之)+")
_CASE_END: Final = re.compile(r"(?:一般|复杂|简易|简单|普通|特殊|疑难)件(?:办结|办理|完成)?$")
_MEANS: Final = re.compile(r"(?:环节|流程|时限|时间|材料|时长|步骤)$")  # changed on the way: 精简审批环节
_TOPIC_VERB: Final = re.compile(
    "^(?!服务业)"
    + any_of(
        DOING,
        "应用|推行|试行|简化|畅通|便利|改进|拓宽|拓展|丰富|巩固|打通|用好|加强|完善|健全|深化|优化|提升|提高|压缩|缩短|降低|减少|扩大|规范|强化|做好|落实|针对|严格",
        "和|、|并",
    )
    + "+"
)
_BREAK: Final = re.compile(r"[、并]|(?<![中共])和|(?<![涉普])及|(?<=[^，])的")
_TOLD: Final = re.compile("并|需要|告知|应当?|可以")  # a sentence of its own, not a subject
_TREATMENT: Final = re.compile(r"^.{6,}?(?:进行|开展)(?=.{4,12}$)")  # 由甲部门组织各方进行|联合验收
_TREATED: Final = re.compile(r"(?<=.{4})(?:实行|推行|采取|实施).{1,8}$")  # 接入工程|实行备案制
_WIDENED: Final = re.compile(r"(?<=.)由.+(?:拓展|扩展|延伸)$")  # “带押过户”由住宅向厂房拓展
OFTEN: Final = re.compile(
    r"每(?:半年|个?季度|季|年度?|个?月|周|日|天)(?:最后一[周天])?(?:至少|不少于)?|(?:围绕|针对|就)[^，]*?等(?:难题|问题|事项|工作)?"
)
_LIGHT_VERB: Final = re.compile(
    r"^(?:至少|定期)?(?:组织)?(?:召开|开展|举办|举行|进行|组织)(?!.{0,1}$)|^对(?=.*(?:调度|检查|评估|抽查))"
)
_LIGHT_END: Final = re.compile(r"(?:定期)?(?:召开|开展|举办|举行|进行|组织)$")
_MEETING: Final = re.compile(r"(?:联席会议|例会|会议|会商|协商|调度)$")
_MECHANISM: Final = re.compile(r"(?:机制|制度|体系|平台|模式)$")
# Acts and meetings that say nothing without what they are about.
_BARE: Final = re.compile(
    r"(?:召开|举办|开展|组织|推出|上线|公布)?"
    + any_of(
        "(?:联席|调度|推进|专题|工作|座谈|协调)?(?:会议?|例会|座谈会)|会商|协商|研究|调度|监督检查|汇总",
        "办理|办结|审批|响应|发放|到账|培训|活动|政策|事项|服务",
        "覆盖(?:行业|领域|场景|区域|事项|乡镇|街道|社区)+",
        "(?:办理|办结|答复|完成|反馈|公示|响应|核准|发放|到账|支付|送达)时间",
    )
)
_KIND_OF_CASE: Final = re.compile("(?:一般|复杂|简易|简单|普通|特殊|疑难)件")
_ANY_TASK: Final = re.compile("(?:清理|整治|排查|整改)工作")
_ONLY_DOES: Final = re.compile("竣工|投产|开工|落地|入库|签约|达产")
_DONE: Final = re.compile("(?:新|累计)*(?:开工|签约|落地|入库|投产|建设|竣工|实施|推进)(?P<what>.{3,})")
_ANY_WORK: Final = ("项目", "工程", "事项")
# Measures that stand alone though they are short: 年度纳税次数, 提供资金.
_OWN_START: Final = re.compile("预付款|年|总|第|全[市省区县]|提供|完成|实现|开展|带动|支持|发放|筹措|投入|安排")
_NO_HOLDER: Final = re.compile(rf"除|依托|通过|拓宽|区域|按照|结合|{DOING}")
_HOLDER: Final = re.compile(
    any_of(
        "事项|项目|案件|企业|用户|业务|登记|诉求|人员|群众|居民|机构|医院|学校|工程|合同|专利|商标|车辆|人口|家庭",
        "老年人|老人|儿童|毕业生|园区|用地|土地|农田|平台|系统|主体|保函|贷款|部门|公路|热线|热水|供电|供水|纠纷",
    )
)
_HEADING_END: Final = re.compile(
    r"(?:的?(?:便利化?|规范化?|标准化?)?(?:水平|便利度|质效|质量|效率|效能|能力|力度|机制|体系|工作|服务|改革|行动|环境|指标|领域))+$"
)
ALIKE: Final = re.compile("、|和|与")
_KINDS: Final = "简单?|繁|普通|一般|复杂|疑难|简易|其他|特殊|重大"
_KIND: Final = re.compile(rf"(?:{_KINDS})(?P<what>案件?|诉求|事项|项目|件)")
_COORDINATION: Final = re.compile(
    any_of(
        "(?<![一二三四五六七八九十])、",
        "(?<=[率量数度比重例额间限本次节值])(?:和|与|及|以及)",
        "(?:和|与|以及)(?=.{2,12}(?:率|时间|比例|时限))",
    )
)


_IN_FIELDS: Final = re.compile(r"^(?P<what>领域|行业|部门|地区|区域)(?P<does>实现[^，的]+)$")
# Who must do it, and words around a measure that say nothing of it.
_UNSAID: Final = (
    re.compile(
        r"^[^，；的“”]{2,}(?:局|部门|单位|政府|机构|院校|领导|小组|专班|同志)(?:年内|应当?(?![用急届税])|必?须(?!知)|要(?![求素件点]))"
    ),
    re.compile(
        r"^(?:严格落实|用于(?:支持)?(?=开展|实施|[^，]{6})|进行|明确(?:在[^，]{2,8}内)?(?:组织)?实施|符合条件的?(?=完成)|推行(?!.*的)|完成(?=.{2,6}工作$))"
    ),
    re.compile(
        r"(?:[一二三四五六七八九十两]|\d+)项指标$|再(?:推出|上线|新增)$|[（(][^（）()]*除外[）)]$|(?:提高|提升|增加|降低|压减|缩短)[到至]$"
    ),
    re.compile(r"(?<=机构)将(?=.{2,8}率$)"),
)


def blank(text: str, pattern: re.Pattern[str], mask: str = _QUOTE_MASK) -> str:
    """``text`` with every match of ``pattern`` replaced by as many ``mask`` characters."""
    return pattern.sub(lambda m: mask * len(m.group()), text)


def unquoted(text: str) -> str:
    """``text`` (half-width) with its quotations blank, but for time limits and verbs in quotes."""
    verbs = {m.start() for m in _QUOTED_VERB.finditer(text)}
    open_text = _QUOTED_LIMIT.sub(lambda m: f"，{m.group()[1:-1]}，", text)
    return QUOTED.sub(lambda m: m.group() if m.start() in verbs else _QUOTE_MASK * len(m.group()), open_text)


def polished(name: str) -> str:
    """``name`` without who must do it, and without the verbs in front and behind that say nothing of the measure."""
    for pattern in _UNSAID:
        shorter = pattern.sub("", name)
        name = shorter if len(shorter) > 3 else name
    return _IN_FIELDS.sub(r"\g<does>的\g<what>", name)


def balanced(name: str) -> str:
    """``name`` without a quotation mark whose other half is not part of it."""
    if name.count("“") == name.count("”"):
        return name
    return _PAIRED.sub(r"\g<whole>", name)


def trimmed(text: str) -> str:
    """``text`` without the words in front and behind that do not say what is measured."""
    text = _INNER_WORD.sub("", _YEAR_WORD.sub("", text))
    return TAIL_WORD.sub("", without_lead(text))


def without_lead(text: str) -> str:
    """``text`` without the words in front that do not say what is measured."""
    return LEAD_WORD.sub("", text)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands before a name that may need it to be understood; each part is "" where there is none."""

    name: str  # the last target of the sentence
    holder: str  # whom or what the last targets of the clause measured
    done: str  # what the last frequency was of
    topic: Callable[[], str]  # what the sentence spoke of before
    heading: str  # what the heading of the action speaks of


def completed(name: str, said: Said, *, often: bool) -> str:
    """``name``, with what was said before it where it cannot stand alone; ``often`` for a number of times."""
    if often or OFTEN.fullmatch(name):
        name = _LIGHT_END.sub("", _LIGHT_VERB.sub("", OFTEN.sub("", name)))
        if said.name and said.done and 0 < len(name) < 12 and not DOES.search(name):
            return name + said.done
        if (meeting := _MEETING.search(name)) and _MECHANISM.search(topic := said.topic()):
            return joined(topic, meeting.group())
    if not name:
        return said.name or said.topic() or said.heading
    if name in _ANY_WORK and said.name.endswith(name):
        return said.name
    if (case_of := _KIND_OF_CASE.match(name)) and len(said.heading) > 3:
        return joined(said.heading.removesuffix("办理"), name) if case_of else name
    if _ANY_TASK.fullmatch(name):
        return joined(said.heading or said.topic(), name)
    if _ONLY_DOES.fullmatch(name) and (done := _DONE.match(said.name)):
        return name + done["what"]
    if (of_kind := _kin(said.name, name)) != name:
        return of_kind
    if _GENERIC.search(name):
        head = _CASE_END.sub("", _HEAD_TAIL.sub("", said.name))
        return (head if len(head) >= 4 else said.topic() or head or said.heading) + name
    if _BARE.fullmatch(name):
        return joined(said.topic() or said.heading or said.name, name)
    if len(name) <= 6 and ENDS_MEASURE.search(name) and not _HOLDER.search(name) and not _OWN_START.match(name):
        return joined(said.holder or (holder_of(said.topic()) if len(name) <= 5 else ""), name)
    return name


def without_verb(text: str) -> str:
    """``text`` trimmed, without the verbs that open it (优化工程审批 → 工程审批)."""
    return _TOPIC_VERB.sub("", trimmed(text))


def topic_of(text: str) -> str | None:
    """What a stretch speaks of; "" where it says too much for a name, None where it says nothing."""
    topic = _WIDENED.sub("", _TREATED.sub("", _TREATMENT.sub("", without_verb(text))))
    if len(topic) > 36 and (doing := list(DOES.finditer(topic))):
        topic = topic[doing[-1].end() :]
    if len(topic) < 2 or _MEANS.search(topic) or topic.startswith("除"):
        return None
    return "" if len(topic) > 36 or (len(topic) > 20 and _TOLD.search(topic)) else shortened(topic)


def heading_subject(heading: str) -> str:
    """What a heading speaks of (提升纳税便利度 → 纳税), or "" where it speaks of several things or of much."""
    topic = _HEADING_END.sub("", without_verb(heading.rstrip("。：:")))
    return topic if 1 < len(topic) <= 14 and not re.search("[、，；]", topic) else ""


def shortened(text: str) -> str:
    """The beginning of ``text``, ended at a break between words where it is long and has one."""
    if len(text) <= 24:
        return text
    breaks = [m.start() for m in _BREAK.finditer(text, 8, 24)]
    later = None if breaks else _BREAK.search(text, 24)
    short = text[: breaks[-1] if breaks else later.start() if later else 120]
    return short if short.count("“") == short.count("”") else short[: short.rindex("“")] or text


def joined(head: str, name: str) -> str:
    """``name`` behind ``head``, the words printed at both ends once."""
    if not head or name.startswith(head):
        return name
    for n in range(min(len(head), len(name) - 1), 1, -1):
        if head.endswith(name[:n]):
            return head + name[n:]
    return head + name


def holder_of(text: str) -> str:
    """The words of ``text`` to the last that names whom or what is measured (市县两级事项|网上可办率), or ""."""
    if _NO_HOLDER.match(text):
        return ""
    holders = [m.end() for m in _HOLDER.finditer(blank(text, QUOTED)) if m.end() < len(text)]
    return text[: holders[-1]] if holders and 4 <= holders[-1] <= 24 else ""


def _kin(ahead: str, name: str) -> str:
    """``name`` with the beginning of ``ahead`` where both are kinds of the same (新受理的破产简案, 繁案)."""
    kind = _KIND.match(name)
    earlier = kind and re.search(rf"(?<=..)(?:{_KINDS}){kind['what']}", ahead)
    head = ahead[: earlier.start()] if earlier else ""
    return name if head.endswith("、") else head + name


def coordinated(subject: str, joints: re.Pattern[str] | None = None) -> list[str]:
    """The parts that ``subject`` joins by 、 and the like (or by ``joints``); itself alone where it ends in 等."""
    masked = blank(blank(half_width(subject), QUOTED), BRACKETED, BRACKET_MASK)
    if "等" in masked:
        return [subject]
    parts, at = [], 0
    for match in (joints or _COORDINATION).finditer(masked):
        if match.start() - at > 1:
            parts.append(subject[at : match.start()])
            at = match.end()
    parts.append(subject[at:])
    return [p for p in parts if p]


def parallel(parts: list[str]) -> bool:
    """Are the parts alike: both a measure, or with a common beginning or end (用水、用气办理环节)?"""
    last = parts[-1]
    if all(ENDS_MEASURE.search(p) for p in parts):
        return True
    return all(
        (len(p) <= 3 and p[0] == last[0])
        or (len(p) > 2 and p[-2:] in last and not DOES.search(p) and not re.search(r"[到至含为对]", p))
        for p in parts[:-1]
    )


def spread(parts: list[str]) -> list[str]:
    """``parts`` with the end that only the last one prints, and the head that only the first one prints."""
    last = parts[-1]
    names = []
    for part in parts[:-1]:
        names.append(part if ENDS_MEASURE.search(part) else part + last[_own_length(part, last) :].removeprefix("的"))
    head = _HEAD_TAIL.sub("", parts[0]) if ENDS_MEASURE.search(parts[0]) else ""
    own = last if len(last) > 4 or not head else head + last
    if parts[0][-2:-1] == last[0] and "的" not in last:
        own = parts[0][: parts[0].rfind("的") + 1] + last
    return [*names, own]


def shared_measure(name: str, ahead: str) -> str:
    """``name`` with the time that only the limit ``ahead`` of it prints (甲项目审批时限3日, 乙项目2日), or as it is."""
    tail = _TIME_TAIL.search(ahead)
    if not tail or ENDS_MEASURE.search(name) or _HAS_MEASURE.search(name):
        return name
    return name + (tail["word"] if _ENDS_ACT.search(name) else tail.group())


def _own_length(part: str, last: str) -> int:
    """Where in ``last`` the end shared with ``part`` begins."""
    if part[-2:] in last:
        return last.index(part[-2:]) + 2
    if "的" in last:
        return last.index("的")
    if part[-1] in last:
        return last.index(part[-1]) + 1
    if part[-2:-1] == last[0]:
        return 2
    return min(len(part), len(last))
