"""Measurable targets (指标) of one task's text: what is promised, how much, by when.

:func:`read_targets` is a pure function of one text whose whitespace has been removed. A number becomes a target when
its words promise it: an operator beside it (达到, 不低于, 以上, 以内), a verb of doing (新增, 建成, 培育 …) or an
enumeration begun by such a number. Thresholds (who qualifies), names, slogans, dates, subsidies and reports of what was
reached are left out. The rules are those of the annotation guidelines.

The text is read on a masked copy of equal length, in which quotations, brackets and dates are blank, stretch by stretch
between commas. :mod:`loaders.promises` decides whether a number is promised; :mod:`loaders.subjects` cuts and completes
names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Final

from loaders.promises import (
    ADVANCE,
    APART,
    DOES_LAST,
    EXAMPLES,
    JOINT,
    LIST_MADE,
    LOOP,
    PART_DOES,
    PAYS,
    PLACED_DOES,
    RATIO_OF,
    Case,
    Form,
    form_of,
)
from loaders.quantities import (
    Quantity,
    baselines,
    bound,
    bounded,
    half_width,
    period,
    quantities,
    reading,
    time_words,
)
from loaders.subjects import (
    AFTER_STOP,
    ALIKE,
    BRACKET_MASK,
    BRACKETED,
    DOES,
    ENDS_MEASURE,
    TIME_MEASURE,
    Said,
    any_of,
    balanced,
    blank,
    completed,
    coordinated,
    heading_subject,
    holder_of,
    parallel,
    polished,
    shared_measure,
    shortened,
    spread,
    topic_of,
    trimmed,
    unquoted,
    without_lead,
    without_verb,
)
from ontology.records import Operator, Span, Target

_DATE: Final = re.compile(
    any_of(
        r"(?:19|20)\d\d年?(?:-|—|——|–|~|至|到)(?:20)?\d\d年",  # 2023—2025年
        r"(?:19|20)\d\d年度?(?:\d{1,2}月(?:\d{1,2}日)?)?",  # 2025年6月30日
        r"(?<!\d)\d{1,2}月\d{1,2}日",
        r"(?<![\d个])(?:1[0-2]|[1-9])月(?!以)",
        r"(?<!\d)\d{1,2}(?:\.\d{1,2})?版",  # 2.0版
        r"(?<=[A-Za-z])\d+(?:\.\d+)?",  # PM2.5, DN25
        r"\d+号(?!线)",
    )
)

_REACH: Final = 240  # how far words decide for a number

_SENTENCE_END: Final = "。！？!?"
_CLAUSE_END: Final = re.compile("[；。]")
_PIECE_END: Final = re.compile(r"[，；。：！？;:!?]|(?<!\d),|,(?!\d{3})")
_JOINTS: Final = re.compile(JOINT)
_AFTER_LAST: Final = re.compile(rf"[，。；：！？,;]|{JOINT}|[{BRACKET_MASK}]")
_DIGIT: Final = re.compile(r"\d")
_MAY_HOLD: Final = re.compile(r"[0-9０-９]|(?:每|年内|全年).{1,30}[次场]")

# Verbs that a name does not need: 推动100项事项落地 is 事项落地.
_PLAIN_VERB: Final = re.compile(r"^(?:推动|推进|实现|争取|促进|完成|达成)$")

_AGENT: Final = re.compile(r"[^，]{1,11}[^中上内下里，]")  # who does it; named where the thing says too little

# Verbs of change before what is changed: 新增企业20家, 提高效率20%, 压减材料30%.
_RISE: Final = re.compile(r"新增加?|净增|增加(?!至|到)")
_WORK: Final = re.compile(r"(?:完成|实施|开展|推进)")  # 完成森林质量提升10万亩 is work, not a rise
_RISE_OF_SHARE: Final = re.compile(r"^(?:提高|提升|增加)(?P<what>.+)$")
_FALL: Final = re.compile(r"(?:压减|压缩|压降|缩短|缩减|降低|减少|精简)(?P<what>[^、，]+)$")
# 压缩公告时间至20天 is 压缩至 with its object inside.
_LOWERING: Final = re.compile(r"压减|压缩|压降|缩短|缩减|降低|减少|精简|控制")
_CHANGE_WORD: Final = re.compile(
    r"^(?:提升|提高|压减|压缩|压降|缩短|缩减|降低|减少|精简|扩大|增加|优化|加快|控制|延长)(?!后)"
)

_SIZED: Final = re.compile(r"[\d.]+[万亿]?(?:公里|千米|亩|平方米|米|吨)(?:以上|左右)?(?:$|[、和，。；])")
_FOR_WHOM: Final = re.compile(r"(?:[^，]{0,12}，)?(?:对|符合|凡)")  # 对年收入达2000万元的企业，给予…
_CONDITION: Final = re.compile(  # 当涨幅达到6%时, 超时达到5次, 申报主体面积超过300平方米
    r"^(?:当(?![年地前天期日月])|.{0,6}(?:超时|逾期)|申报(?:主体|单位|企业)|申请(?:单位|人))"
)
_TOO_LATE: Final = re.compile("，(?:逾期|过期)")  # 12个月内申报，逾期不予受理
_AND_WHO: Final = re.compile("以[上下]且")  # 金额1000万元以下且费率不超过1%，给予补贴
_WHO_MAY: Final = re.compile(
    r"，(?![对凡])[^，；。]{2,60}的，(?:可以?|给予|予以|享受)"
)  # 率不高于5%，人数不少于3人的，可以申请
_PAID_WHOM: Final = re.compile(r"[^，；。]*的(?:，?(?:每|再?给予|予以|一次性))[^，；。]*(?:给予|补贴|奖励|补助)")
_OF_WHOM: Final = re.compile(r"[^，]*的[^，]{2,}$")

_LOOP_VERB: Final = re.compile(r"^.*(?:打造|构建|建设|形成|建立|健全)")
_ENDS_VERB: Final = re.compile(r"[^，]{2,}(?:上线|推出|完成|建成|新增|培育|引进|打造|实施|办理|开展)$")
_NO_OBJECT: Final = re.compile(rf"{JOINT}|$")
_AT_LEAST: Final = re.compile(r"至少(?=[^，至]{2,3}$)")
_ENDS_LEVEL: Final = re.compile(r"[国省市县区]家?级$")
_LEVEL: Final = re.compile(r"[国省市县区]家?级")
_PLACES: Final = re.compile(r"(?:[^，的、和]{1,8}[市县区州盟旗](?:[(（][^()（）]*[)）])?(?:、|和|$))+$")
_FEW: Final = re.compile(r"选取|选择|遴选|推进|推动|实现|支持")  # what they do is said once, behind the last
_AND_MORE: Final = re.compile(r"(?:、|和|与)[\d.]+[个家项类种条]")
_PREDICATE: Final = re.compile("完成|开展|落地|达到|通过(?!率)|纳入|入驻|上线")
_AREA: Final = re.compile(r"(?P<what>市|县|区|县(?:（[^（）]*）|\([^()]*\)))(?P<does>达到.+)")  # 90%的市达到三星级
_LARGE: Final = "十百千万亿"
_CARRIED: Final = re.compile(
    rf"(?:每年|年内|全年)?(?P<verb>(?:新|累计|动态)?(?:主导或参与制修订|主导|参与|{DOES.pattern}(?:或{DOES.pattern})?))"
)
_DOES_ANEW: Final = re.compile(rf"[^，]{{0,4}}(?!服务|解决|发展|培训|对接|支持){DOES.pattern}")
_LEVELS: Final = re.compile(r"(?P<levels>[省市县区乡镇村](?:[、和][省市县区乡镇村])+)(?:[两三]级)$")
_BY: Final = re.compile(r"(?:分别)?(?:按照?)?$")
_SPREAD: Final = re.compile(r"分别|(?<![平年人户])均|都|各$")

# From when a time limit runs: 自公告发布之日起, 评审结束后.
_MOMENT_MARKED: Final = re.compile(r"(?:应当?)?(?:在|自|从|于).{0,40}?(?:之日起|之日|后|起|时)$")
_MOMENT: Final = re.compile(r"(?:之日起|之后|后|起)$|^[^，、人位门构业院关]{4,}后$")
_MOMENT_TOLD: Final = re.compile(r"^(?:作出|收到|受理|接到|发布)[^，]*(?:之日起|后|起)$")
_SECOND_ACTION: Final = re.compile(r"并(?![联行购网案发])|[，,]")  # 办结并回访
_SET_UP: Final = re.compile(r"(?:安排|出资|筹措)$")  # what money is set aside for stands behind it: 安排25亿元，支持…


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between commas of the text: offsets of the text, and of the 。-sentence it stands in."""

    start: int
    end: int
    sentence_start: int


def read_targets(sentence: str, *, year: int | None, lead_in: str = "", subject: str = "") -> tuple[Target, ...]:
    """The targets promised in ``sentence``, in order.

    Args:
        sentence: one task's text (a sentence, or a numbered measure of several), all whitespace removed.
        year: the document's last year, for 9月底前, 年内, 全年.
        lead_in: text that stands before it (a heading, a lead-in that ends in ：); its deadline holds where the
            sentence prints none.
        subject: the heading of the action; it completes names that say too little (办理时间) where the text itself
            does not.

    Returns:
        Targets whose spans are offsets of ``sentence`` (code points, half-open) and hold the number; ``task`` is None.
    """
    if not _MAY_HOLD.search(sentence):
        return ()
    return _Reader(sentence, year, lead_in, subject).targets()


class _Reader:
    """Reads one text from left to right; what was named last in a sentence completes short names after it."""

    def __init__(self, text: str, year: int | None, lead_in: str, subject: str) -> None:
        folded = half_width(text)
        named = blank(unquoted(folded), BRACKETED, BRACKET_MASK)
        self.text = text
        self.masked = blank(named, _DATE)
        numbers = quantities(self.masked)
        self.times = time_words(named, year) if numbers else ()
        ahead = time_words(half_width(lead_in), year)
        self.lead_topic = without_verb(lead_in.rstrip("：:。"))[:20]
        self.subject = heading_subject(subject)
        self.object = ""
        self.name_holder = ""
        self.lead_deadline = ahead[-1].deadline if ahead else None
        self.bases = baselines(folded) if numbers else ()
        self.time_starts = [time.start for time in self.times]
        self.base_starts = [start for _, start, _ in self.bases]
        self.clause_ends = [m.start() for m in _CLAUSE_END.finditer(self.masked)]
        self.numbers = tuple(q for q in numbers if not self._in_baseline(q))
        self.found: list[Target] = []
        self.leading = ""  # the verb that opened the last name
        self.unsaid: list[int] = []  # the last targets, if their object stands behind the next number
        self.limits: list[tuple[int, int, bool]] = []  # target, its sentence, whether 内 stands behind its number
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
        return tuple(self._bounded_alike())

    def _bounded_alike(self) -> list[Target]:
        """The targets; a time limit without 内 that stands beside one with 内 is no less a limit."""
        inside = {sentence for _, sentence, within in self.limits if within}
        for at, sentence, within in self.limits:
            if not within and sentence in inside and self.found[at].op == "eq":
                self.found[at] = replace(self.found[at], op="le")
        return self.found

    def _in_baseline(self, quantity: Quantity) -> bool:
        at = bisect_right(self.base_starts, quantity.start) - 1
        return at >= 0 and quantity.start < self.bases[at][2]

    def clause(self, at: int) -> tuple[int, int]:
        """Start and end of the clause between 。 or ； that ``at`` stands in."""
        after = bisect_left(self.clause_ends, at)
        return (
            self.clause_ends[after - 1] + 1 if after else 0,
            self.clause_ends[after] if after < len(self.clause_ends) else len(self.masked),
        )

    def printed_unit(self, quantity: Quantity) -> str:
        printed = self.text[quantity.end - len(quantity.unit) : quantity.end]
        return printed if half_width(printed) == quantity.unit else quantity.unit

    def deadline(self, at: int, piece: _Piece) -> str | None:
        """The last time printed before ``at`` in its sentence, or else the first behind it in its stretch."""
        after = bisect_left(self.time_starts, at)
        if after and self.time_starts[after - 1] >= piece.sentence_start:
            return self.times[after - 1].deadline
        if after < len(self.times) and self.time_starts[after] < piece.end:
            return self.times[after].deadline
        return self.lead_deadline

    def dated(self, at: int, piece: _Piece) -> bool:
        """Does a time stand before ``at`` in its sentence?"""
        after = bisect_left(self.time_starts, at)
        return bool(after) and self.time_starts[after - 1] >= piece.sentence_start

    def baseline(self, at: int, piece: _Piece) -> str | None:
        """What the change is measured against: printed in this stretch, or before it and not yet used."""
        used = self.found[-1].span.end if self.found else 0
        since = max(piece.sentence_start, min(used, piece.start))
        before = bisect_left(self.base_starts, at) - 1
        return self.bases[before][0] if before >= 0 and self.base_starts[before] >= since else None

    def plain(self, start: int, end: int) -> str:
        """The printed text of ``start``–``end`` without the phrases a change is measured against."""
        parts, at = [], start
        inside = slice(bisect_left(self.base_starts, start), bisect_left(self.base_starts, end))
        for _, base_start, base_end in self.bases[inside]:
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
        first, end_of_all = group[0].start, min(self.piece.end, group[-1].end + _REACH)
        self.left_start = max(self.left_start, first - _REACH)
        before = masked[self.left_start : first]
        after = masked[group[-1].end : min(after_end, end_of_all)]
        limit = bound(after)
        tail_start = group[-1].end + len(limit)
        tail = after[len(limit) :]
        last = after_end == self.piece.end
        following = reading(tail, "")
        own = tail if last else tail[: following.cut if following.led else _last_joint(tail)]
        case = Case(
            first=group[0],
            last=group[-1],
            before=before,
            led=reading(before, after),
            limit=limit,
            tail=own,
            printed=self.reader.text[tail_start : tail_start + len(own)],
            beyond=masked[tail_start:end_of_all],
            words=masked[max(self.piece.start, first - _REACH) : end_of_all],
            ahead=masked[max(self.piece.sentence_start, self.piece.start - _REACH) : self.piece.start],
            at_end=last or bool(tail),
            listed=self.kept > 0,
            continued=self._continues(before, limit),
            qualifies=self._qualifies(first),
            spelled=not masked[group[0].start].isdecimal(),
            dated=self.reader.dated(first, self.piece),
        )
        form = form_of(case)
        if form is None:
            return
        # 16个公路项目382公里: the second number measures the same things; else it belongs to their description.
        measured = not last and bool(_SIZED.match(masked, after_end, self.piece.end))
        own_end = tail_start + len(own)
        inside = form == "object" and not last and not following.led and len(own) == len(tail) and not measured
        if inside:
            joint = _JOINTS.search(masked, after_end, self.piece.end)
            own_end = joint.start() if joint else self.piece.end
        op, names = self._names(form, case, tail_start, own_end)
        end = own_end if form in ("object", "part", "share", "place") and not case.spelled else tail_start
        if form != "subject":
            self.reader.leading = ""
        number = len(self.reader.found)
        for quantity, name in _paired(group, names):
            self._add(quantity, op, name, max(end, quantity.end))
            if quantity.kind == "duration" and (form == "limit" or op == "le"):
                self.reader.limits.append((len(self.reader.found) - 1, self.piece.sentence_start, "内" in limit))
        if (
            form == "subject"
            and _NO_OBJECT.match(case.tail)
            and _ENDS_VERB.search(names[-1])
            and case.first.kind == "count"
        ):
            self.reader.unsaid += range(number, len(self.reader.found))
        else:
            self.reader.unsaid = []
        self.kept += 1
        if (following.led or measured) and not last:
            self.left_start = tail_start
        else:
            self.left_start = own_end if inside or form == "limit" else end

    def _continues(self, before: str, limit: str) -> bool:
        """Does the stretch begin with a number whose verb stands in the stretch before it?"""
        found = self.reader.found
        ahead = self.pieces[self.at - 1].start if self.at else -1
        return not before and limit == "以上" and bool(found) and found[-1].span.start == ahead

    def _qualifies(self, at: int) -> bool:
        """Does the number say who is paid: 对面积达2000平方米以上的，给予奖励?"""
        masked, piece = self.reader.masked, self.piece
        rest = masked[piece.end : piece.end + _REACH]
        if _TOO_LATE.match(rest) or (_AND_WHO.search(self.words) and PAYS.search(rest.split("；")[0].split("。")[0])):
            return True
        if _WHO_MAY.match(rest) or _PAID_WHOM.match(masked, at, min(piece.end, at + _REACH)):
            return True
        of_whom = self.words.startswith("对") and _OF_WHOM.match(masked, at, min(piece.end, at + _REACH))
        if of_whom or self.words.endswith("的") or _CONDITION.match(self.words):
            return True
        start, end = self.reader.clause(at)
        paid = PAYS.search(masked, piece.end, min(end, piece.end + _REACH))
        return bool(paid) and bool(_FOR_WHOM.match(masked, start))

    def _add(self, quantity: Quantity, op: Operator, name: str, end: int) -> None:
        reader, piece = self.reader, self.piece
        start = self.pieces[self.at - 1].start if self._opened_by_time() else piece.start
        if not reader.masked[quantity.start].isdecimal():
            start = max(start, reader.masked.rfind("每", start, quantity.start))
            if _DIGIT.search(reader.text, start, quantity.start):
                start = quantity.start
        name = self._completed(polished(name), quantity) or without_lead(
            reader.text[max(piece.start, end - _REACH) : end]
        )
        if quantity.kind == "duration" and op == "le" and reader.found and reader.last_sentence == piece.sentence_start:
            name = shared_measure(name, reader.found[-1].name)
        reader.found.append(
            Target(
                name=balanced(name),
                op=op,
                value=quantity.value,
                value_max=quantity.value_max,
                unit=reader.printed_unit(quantity),
                per=period(reader.masked[max(self.piece.start, quantity.start - _REACH) : quantity.start])
                if quantity.kind in ("count", "money")
                else None,
                deadline=reader.deadline(quantity.start, piece),
                baseline=reader.baseline(quantity.start, piece),
                span=Span(start, end),
            )
        )
        if reader.last_sentence != piece.sentence_start or DOES.match(name):
            reader.name_holder = ""
        reader.name_holder = holder_of(name) or reader.name_holder
        reader.last_sentence = piece.sentence_start

    def _opened_by_time(self) -> bool:
        if not self.at:
            return False
        ahead = self.pieces[self.at - 1]
        short = ahead.sentence_start == self.piece.sentence_start and ahead.end - ahead.start < 40
        return short and not without_lead(self.reader.text[ahead.start : ahead.end])

    def _names(self, form: Form, case: Case, tail_start: int, own_end: int) -> tuple[Operator, list[str]]:
        reader = self.reader
        op = case.led.op
        cut_text = reader.plain(self.left_start, self.left_start + case.led.cut)
        apart = APART.search(cut_text) if case.first.kind == "share" and not case.led.led else None
        if apart:
            op = bounded("ge" if apart["ge"] else "le", "")
            cut_text = cut_text[: apart.start()]
        found_before = bool(reader.found) and reader.last_sentence == self.piece.sentence_start
        subject = trimmed(cut_text)
        rest = reader.text[tail_start:own_end]
        if form == "object":
            return self._object_names(op, case, subject, rest)
        if form == "limit":
            return op, self._limit_names(subject, rest)
        if form == "part":
            return op, [AFTER_STOP.sub("", rest)]
        if form == "share":
            shared = self._sharing(AFTER_STOP.sub("", rest), case, tail_start)
            area = _AREA.fullmatch(shared)
            return op, [subject + (f"{area['does']}的{area['what']}占比" if area else shared)]
        if form == "ratio":
            return self._ratio_names(case, subject, apart)
        if form == "reach":
            return op, [subject + rest]
        if form == "place":
            does = PLACED_DOES.search(case.beyond)
            what = AFTER_STOP.sub("", rest)
            return op, [what if not does or PLACED_DOES.search(rest) else what + does.group()]
        # 甲占乙的30% says it all; 涉及外线工程的不超过15日 needs the noun said before.
        if found_before and cut_text.endswith("的") and not subject.endswith("的") and "占" not in subject:
            subject += "的" + reader.found[-1].name.rsplit("的", 1)[-1]
        loop = LOOP.search(case.words) if case.first.kind == "duration" else None
        if loop and not case.limit:
            return op, [trimmed(_LOOP_VERB.sub("", subject)) + loop["loop"]]
        if op == "eq" and "至少" in case.before:
            op = "ge"
        op, subject = _changed(op, subject, case)
        if case.carried and self.rising and op in ("eq", "ge") and not DOES.match(subject):
            op = "inc_ge" if op == "ge" else "inc"
        self.rising = op in ("inc", "inc_ge") and case.first.kind == "count"
        if not subject and self.verb and self.kept:
            subject = self.verb
        self.verb = _leading_verb(subject) or self.verb
        leading = (
            reader.leading if self._goes_on(case) and op in ("eq", "ge") and self._like_last(case, subject) else ""
        )
        lead = _CARRIED.match(leading + subject)
        subject = leading + subject
        reader.leading = lead["verb"] if lead and not self.rising else ""
        return op, _subjects(subject, case)

    def _goes_on(self, case: Case) -> bool:
        """Does the number stand directly behind the last target, as the next of its list?"""
        if (
            case.first.kind != "count"
            or case.last.unit[:1] in ("次", "场")
            or not self.reader.found
            or "达" in case.before[case.led.cut :]
        ):
            return False
        if case.listed:
            return case.before.startswith(("、", "和", "以及"))
        ahead = self.pieces[self.at - 1] if self.at else self.piece
        return ahead.end == self.reader.found[-1].span.end and self.reader.masked[ahead.end] == "，"

    def _like_last(self, case: Case, subject: str) -> bool:
        """Does the number go on with the verb and the unit of the target before it?"""
        same = self.reader.found[-1].unit.lstrip(_LARGE) == self.reader.printed_unit(case.last).lstrip(_LARGE)
        return same and len(subject) > 3 and not ENDS_MEASURE.search(subject) and not _DOES_ANEW.match(subject)

    def _ratio_names(self, case: Case, subject: str, apart: re.Match[str] | None) -> tuple[Operator, list[str]]:
        """The shares at which something is done, one for each of those who do it (市、县两级)."""
        printed = self.reader.text[case.last.end : self.piece.end].removeprefix(case.limit)
        if apart and (given := ADVANCE.match(printed)):
            return bounded("ge" if apart["ge"] else "le", ""), [given["what"] + "比例"]
        of = RATIO_OF.match(printed)
        what = (of["what"] if of else "") + "比例"
        levels = _LEVELS.match(_BY.sub("", subject))
        if levels and case.first is not case.last:
            return case.led.op, [level + "级" + what for level in re.split("[、和]", levels["levels"])]
        return case.led.op, [what]

    def _sharing(self, rest: str, case: Case, tail_start: int) -> str:
        """What a part of something does, printed for several parts at once (90%的市和70%的县达到三星级)."""
        does = PART_DOES.search(case.beyond) if len(rest) < 8 and not PART_DOES.search(rest) else None
        return rest + shortened(self.reader.text[tail_start + does.start() : self.piece.end]) if does else rest

    def _object_names(self, op: Operator, case: Case, subject: str, rest: str) -> tuple[Operator, list[str]]:
        text = self.reader.plain(self.left_start, case.first.start)
        does = DOES_LAST.search(text)
        verb = does["verb"] if does else self.verb
        ahead = trimmed(text[: does.start()]) if does else ""
        if not does and text.endswith("的"):
            return op, [trimmed(text) + "的" + AFTER_STOP.sub("", rest)]
        times = case.last.unit.startswith("次")
        if case.spelled and not does:
            verb, ahead = "", trimmed(text)
            if not times:
                ahead = "每" + ahead.removeprefix("每")
        if "至少" in text and op == "eq":
            op = "ge"
        what = AFTER_STOP.sub("", rest)
        shares_object = self._say(what, case)
        if _FEW.search(verb) and _AND_MORE.match(case.beyond, len(rest)) and not _PREDICATE.search(what):
            does_all = _PREDICATE.search(case.beyond)
            start = case.last.end + len(case.limit)
            what += shortened(self.reader.text[start + does_all.start() : self.piece.end]) if does_all else ""
        if does and "分别" in text and ahead and _PLACES.fullmatch(ahead):
            shown = "" if _PLAIN_VERB.search(verb) else verb
            return op, [place + shown + what for place in re.split("[、和]", ahead)]
        if shares_object and does and ahead:
            return op, [ahead + verb + what]
        if listed := LIST_MADE.search(text):
            verb, ahead = listed["verb"], ""
        if examples := EXAMPLES.search(text):
            verb, ahead = examples["verb"], ""
            what = what if len(what) > 3 else examples["list"] + what
        if times:
            self.reader.object = what
        self.verb = verb
        if _RISE.search(verb) and op in ("eq", "ge", "inc", "inc_ge"):
            return ("inc_ge" if op in ("ge", "inc_ge") else "inc"), [(ahead if ahead.startswith("每") else "") + what]
        shown = "" if _PLAIN_VERB.search(verb) else verb
        if len(what) < 5 and not times and _AGENT.fullmatch(ahead):
            return op, [ahead + verb + what]
        return op, [(ahead if ahead.startswith("每") or case.spelled else "") + shown + what]

    def _say(self, what: str, case: Case) -> bool:
        """Complete the targets before this one whose object only it prints (90名国家级、150名省级人才)."""
        found = self.reader.found
        same = bool(found) and found[-1].unit == self.reader.printed_unit(case.last)
        if same and case.listed and _ENDS_LEVEL.search(found[-1].name) and (level := _LEVEL.match(what)):
            found[-1] = replace(found[-1], name=found[-1].name + what[level.end() :])
        if not same or not self.reader.unsaid or self.reader.last_sentence != self.piece.sentence_start:
            return False
        for at in self.reader.unsaid:
            found[at] = replace(found[at], name=_AT_LEAST.sub("", found[at].name) + what)
        return True

    def _limit_names(self, subject: str, rest: str) -> list[str]:
        """The services that a time limit is set for, each ending in a word for time."""
        if TIME_MEASURE.search(subject):
            return [subject]
        subject = _MOMENT_MARKED.sub("", subject)
        action = AFTER_STOP.sub("", rest) or self._following()
        action = shortened(_SECOND_ACTION.split(action)[0])
        if len(action) > 4:
            subject = _MOMENT_TOLD.sub("", subject)
            subject = _MOMENT.sub("", subject)
        name = subject + action
        if not name or TIME_MEASURE.search(name):
            return [name]
        parts = coordinated(subject, ALIKE)
        services = parts if len(parts) > 1 and len({part[-2:] for part in parts}) == 1 else [subject]
        return [service + action + "时间" for service in services]

    def _following(self) -> str:
        """The next stretch, if it belongs to the same sentence."""
        if self.at + 1 == len(self.pieces):
            return ""
        following = self.pieces[self.at + 1]
        same = following.sentence_start == self.piece.sentence_start
        return self.reader.text[following.start : following.end] if same else ""

    def _completed(self, name: str, quantity: Quantity) -> str:
        """``name``, if it cannot stand alone, with what the sentence or the heading speaks of."""
        reader = self.reader
        if _SET_UP.search(name):
            return name + shortened(self._following())
        same = bool(reader.found) and reader.last_sentence == self.piece.sentence_start
        apart = not same or "；" in reader.masked[reader.found[-1].span.end : self.piece.start]
        said = Said(
            name=reader.found[-1].name if same else "",
            holder="" if apart else reader.name_holder,
            done=reader.object,
            topic=self._topic,
            heading=reader.subject,
        )
        return completed(name, said, often=quantity.unit.startswith("次"))

    def _topic(self) -> str:
        """What the sentence spoke of before: of its last stretches, the nearest without a target."""
        for piece in reversed(self.pieces[max(0, self.at - 8) : self.at]):
            if piece.sentence_start != self.piece.sentence_start:
                break
            text = self.reader.text[max(piece.start, piece.end - _REACH) : piece.end]
            known = any(piece.start < t.span.end <= piece.end for t in self.reader.found[-8:])
            topic = None if known else topic_of(text)
            if topic is not None:
                return topic or self.reader.subject
        return self.reader.lead_topic


def _changed(op: Operator, subject: str, case: Case) -> tuple[Operator, str]:
    """Operator and subject where the verb of change stands before the subject: 新增企业20家, 压减材料30%."""
    if case.first.kind == "count" and op in ("inc", "inc_ge") and _WORK.match(subject):
        return ("ge" if op == "inc_ge" else "eq"), subject + case.before[case.led.cut :]
    if case.first.kind in ("count", "money"):
        rises = [m for m in _RISE.finditer(subject) if subject[m.end() : m.end() + 1] not in ("、", "和", "或")]
        if rises and op in ("eq", "ge", "inc", "inc_ge"):
            what = subject[rises[-1].end() :]
            if len(what) < 4:
                what = subject[: rises[-1].start()] + what
            return ("inc_ge" if op in ("ge", "inc_ge") else "inc"), trimmed(what)
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
    match = DOES.match(subject)
    return match.group() if match else ""


def _subjects(subject: str, case: Case) -> list[str]:
    """The subjects that share the numbers (A率、B率 → A率, B率; A、B用户的时间 → A用户的时间, …), or the one."""
    parts = coordinated(subject)
    if len(parts) < 2:
        return [subject]
    shared = bool(_SPREAD.search(case.before))
    alike = (case.first.kind not in ("count", "money") or case.led.op == "le") and parallel(parts)
    if shared or alike or case.last is not case.first:
        return spread(parts)
    return [subject]


def _paired(group: tuple[Quantity, ...], names: list[str]) -> list[tuple[Quantity, str]]:
    """One number for each name: the same number for all, or each its own, in order."""
    if len(group) == 1:
        return [(group[0], name) for name in names]
    if len(names) > len(group):
        names = ["、".join(names[: len(names) - len(group) + 1]), *names[len(names) - len(group) + 1 :]]
    if len(names) < len(group):
        names = [*names, *[names[-1]] * (len(group) - len(names))]
    return list(zip(group, names, strict=True))


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
    found = [m.start() for m in _JOINTS.finditer(tail)]
    return found[-1] if found else len(tail)
