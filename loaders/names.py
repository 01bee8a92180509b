"""Names of bodies in a printed list: what is one name, and what joins two.

Lists are split by what is a name, not by separators alone: 市政务服务和数据局 is one body, 市财政局和市审计局 are two;
各县、市、区政府 is one collective; X、Y等有关部门 names X, Y and the collective 有关部门.
All functions take *folded* text (full-width punctuation, no white space) and give flat places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Ends of names that are bodies wherever they stand.
STRONG_SUFFIX = (
    "局|委|厅|办|署|院|部|中心|政府|管委会|管委|管理委员会|委员会|办公室|办公厅|公司|集团|海关|机关|银行|分行|支行|中支|营管部|"
    "部门|单位|区|县|市|州|开发区|工商联|残联|妇联|文联|科协|侨联|社联|团市委|团省委|团区委|团县委|工会|总工会|研究院|党校|"
    "领导小组|专班|指挥部|联席会议|分局|总队|支队|大队|管理处|学院|大学|协会|商会|供销社|联社|机构|企业|集团|"
    "处|科|室|馆|所|站|台|局机关|红十字会|贸促会|分会|学会|促进会|联合会|理事会|基金会|园区|新区|政协|人大|法学会|"
    "各地|各级|各方|街道|镇|乡|公安|税务|电网|电力|铁塔|移动|联通|电信|社区|报社|日报|出版社|广播电视台|融媒体中心|合作区|示范区|试验区|保税区"
)
#: Of bodies described, not named: 具有强制权和登记、保管职能的部门和单位.
DESCRIBED = re.compile("(?:具有|承担|负有|履行)[^，；。（）]{2,40}的[^、，；。（）]{0,8}(?:部门|单位|机构)")
#: A level or organ in front makes a name of what might be an ordinary word.
LEVEL = (
    "市|省|县|区|州|盟|旗|自治区|国家|中国|中央|全国|各|团|驻|省级|市级|区级|县级|市直|省直|区直|县直|人行|国网|人民银行|"
    "有关|相关|其他|属地|辖区|所在地|市属|省属|高新|经开|经济|综合|行业|责任"
)
#: Ends that make a name of a body also without a level in front (河望供电公司).
PROPER_SUFFIX = re.compile(
    r"(?:局|委|厅|政府|管委会|公司|集团|海关|支行|分行|营管部|法院|检察院|中心|委员会|办公室|支队|总队|分局|工商联|管理处|银行|办|开发区|经开区|高新区|新区|园区)$"
)
NOT_A_NAME = re.compile(r"^(?:以下|下称|简称|含|包括|如|即|同一|例如|原|其|该|除|不含|详见|见)")
ENDS_LIKE_BODY = re.compile(rf"(?:{STRONG_SUFFIX})(?:（[^（）]{{1,24}}）)?$")
BEGINS_LIKE_BODY = re.compile(rf"^(?:{LEVEL})")
#: 各县、市、区政府: one name with separators inside.
LOCAL_GOVERNMENTS = re.compile(
    r"(?:各|全市各|全省各|县|区|市|相关|有关)"
    r"(?:(?:市|州|盟|县|区|旗|地|师|团场|自治县|市区|区市|镇|街道|乡|开发区|功能区)|（[^（）]{1,12}）|[、及和]){1,12}?"
    r"(?:人民)?政府(?:（[^（）]{1,16}）)?"
)
#: 各市、县（市、区）市场监管局: one name of many bodies.
CITY_AND_COUNTY = re.compile(
    r"各(?:设区)?(?:市州?|州市?|地市|盟市)(?:（[^（）]{1,4}）)?、各?(?:县|区|旗)[县市区旗]*(?:（[^（）]{1,8}）)?"
    r"(?=[^、，；。（]{2,14}(?:局|部门|委|单位|机构|中心|办|院))"
)
#: 中央、省驻甲有关单位: one name of the bodies of several levels.
OF_HIGHER_LEVELS = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[及和]))(?:中央?|部|省|市)(?:属|级)?、(?:部|省|市)(?:、[省市])?(?=[驻属直在][^、，；。]{2,})"
)
COLLECTIVE = re.compile(
    r"^(?:各|全市各|全省各|有关|相关|其他|市级|省级|区级|县级|市直|省直|区直|县直|属地|所在)?.*?"
    r"(?:有关|相关|各|行权|成员|责任|主管|审批|监管|执法|职能|配合|直属|所属|政府|级|直).{0,12}(?:部门|单位|机构|企业|处室)(?:（[^（）]+）)?$"
    r"|^(?:各|相关|有关|其他).+$|^功能区管委会?$|^公共服务单位$|成员单位$"
    r"|^[县区市、]+（[^（）]+）(?:人民)?政府$|^[县区市][县区市、]+(?:人民)?政府$|^.{2,12}等[市县区](?:人民)?政府$"
)
BARE_TAIL = re.compile(r"^(?:部门|单位|部门（单位）|单位（部门）|部门和单位|部门单位|处室|科室|机构|方面|地方|地区)?$")
#: What may stand in place of a list: to be told later, see elsewhere, none.
NO_BODY = re.compile("另行|另文|以[^、，]{0,12}为准|详见|见附|略$|无$|待定|暂无")
#: 有关部门和单位, 有关部门、单位 are one collective.
PAIRED = re.compile("(?:部门|单位)(?=$|以及|及|和|与|[、，；）])")
#: Joining words that may also stand inside a name.
JOINT = re.compile(r"以及|及其(?!他|余|它)|及|和|与|会同")
LEADING_WORDS = re.compile(r"^(?:等|以及|及|和|与|由|并|会同|联合|协调|组织|指导|配合|：|。|，|、|；|（(?!.*）))+")
#: What follows a 等 that closes a list whatever stands before it: 等单位及…, 等部门.
ETC_TAIL = re.compile(r"(?:有关|相关)?(?:部门|单位)(?:（(?:部门|单位)）)?(?:以?及|和|与|$)")
SEPARATORS = frozenset("、，；/|")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name at ``start``–``end``; ``gap`` is the separator printed before it."""

    start: int
    end: int
    collective: bool
    gap: str


def split_names(text: str, start: int, end: int) -> list[Name]:
    """The names in the list ``text[start:end]``, in order."""
    found: list[Name] = []
    for begin, stop, gap in _pieces(text, start, end):
        for first, last in _joined_names(text, begin, stop):
            name = text[first:last]
            if name and not BARE_TAIL.match(name) and not NO_BODY.match(name):
                found.append(Name(first, last, is_collective(name), gap if first == begin or not found else "、"))
    return found


def is_collective(name: str) -> bool:
    """Whether a name means a class of bodies (市级有关部门, 各县政府, …成员单位), not one."""
    return COLLECTIVE.search(name) is not None


def is_body(name: str) -> bool:
    """Whether a piece of text ends like the name of a body and is short enough to be one."""
    return 1 < len(name) <= LONGEST_NAME and ENDS_LIKE_BODY.search(name) is not None


def is_clear_body(name: str) -> bool:
    """Whether a piece also begins like a body's name, so that it needs no label to be believed."""
    if not is_body(name) or NOT_A_NAME.match(name):
        return False
    return BEGINS_LIKE_BODY.match(name) is not None or (len(name) >= 4 and PROPER_SUFFIX.search(name) is not None)


def body_at(text: str, start: int, end: int) -> int | None:
    """The end of the longest body name that begins at ``start``, before a separator, or None."""
    stop = start
    while stop < end and text[stop] not in "、，；。：" and stop - start < LONGEST_NAME:
        stop += 1
    for last in range(stop, start + 1, -1):
        if is_body(text[start:last]):
            return last
    return None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Cut at separators outside brackets, quotation marks and local-government names."""
    whole = (LOCAL_GOVERNMENTS, CITY_AND_COUNTY, OF_HIGHER_LEVELS, DESCRIBED)
    kept = sorted((m.start(), m.end()) for pattern in whole for m in pattern.finditer(text, start, end))
    depth, begin, gap, at = 0, start, "", start
    protected = iter([*kept, (end, end)])
    inside = next(protected)
    while at < end:
        while inside[1] <= at and inside[0] < end:
            inside = next(protected)
        character = text[at]
        if inside[0] <= at < inside[1]:
            at += 1
            continue
        if character in "（“《":
            depth += 1
        elif character in "）”》":
            depth = max(0, depth - 1)
        elif depth == 0 and character in SEPARATORS and not _pairs(text, start, at, at + 1, end):
            if at > begin:
                yield begin, at, gap
            begin, gap = at + 1, character
        at += 1
    if end > begin:
        yield begin, end, gap


def _pairs(text: str, start: int, left_end: int, right: int, end: int) -> bool:
    """Whether two list words on both sides of a separator are one collective (有关部门、单位)."""
    between = text[left_end:right]
    return (
        between in "、和与及"
        and text.endswith(("部门", "单位"), start, left_end)
        and bool(PAIRED.match(text, right, end))
    )


def _joined_names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split one piece at joining words and at 等 where both sides are names."""
    leading = LEADING_WORDS.match(text[start:end])
    if leading:
        start += leading.end()
    while end > start and (text[end - 1] in "。；，、：" or _closes_nothing(text, start, end)):
        end -= 1
    etc = _etc(text, start, end)
    if etc is not None:
        yield from _joined_names(text, start, etc)
        tail = etc + 1
        if not BARE_TAIL.match(text[tail:end]):
            yield from _joined_names(text, tail, end)
        return
    for joint in JOINT.finditer(text, start, end):
        left, right = text[start : joint.start()], text[joint.end() : end]
        if _pairs(text, start, joint.start(), joint.end(), end):
            continue
        if _closed(left) and is_body(left) and (is_body(right) or _etc(text, joint.end(), end) is not None):
            if LOCAL_GOVERNMENTS.fullmatch(text[start:end]):
                break
            yield start, joint.start()
            yield from _joined_names(text, joint.end(), end)
            return
    if end > start:
        yield start, end


def _closes_nothing(text: str, start: int, end: int) -> bool:
    """Whether the last character is a closing bracket that none opened."""
    return text[end - 1] == "）" and text.count("（", start, end) < text.count("）", start, end)


def _etc(text: str, start: int, end: int) -> int | None:
    """The place of a 等 that closes a list, or None."""
    place = text.find("等", start + 1, end)
    while place >= 0:
        before = text[start:place]
        if _closed(before) and (
            is_body(before) or BARE_TAIL.match(text[place + 1 : end]) or ETC_TAIL.match(text, place + 1, end)
        ):
            return place
        place = text.find("等", place + 1, end)
    return None


def _closed(text: str) -> bool:
    return text.count("（") == text.count("）") and text.count("“") == text.count("”")
