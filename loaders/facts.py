"""What a document says about itself: title, place, number, issuer, date, period, kind and status; and where the plan
proper begins after a cover letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from loaders.flat import FlatText
from loaders.places import (
    Place,
    ambiguous_places,
    jurisdiction,
    most_specific,
    place_by_frequency,
    places_named,
)
from ontology.records import DocumentKind, DocumentStatus

HEAD = 2500
TAIL = 400
LAST_DOC_NO = 1200
YEAR = "(?:19|20)\\d{2}"
DATE = re.compile(rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日")
ISSUE_DATE = re.compile(rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日(?:印发|发布|$)?")
DOC_NO = re.compile(rf"([\u4e00-\u9fff]{{1,14}})（({YEAR})）(?:第)?(\d{{1,4}})号")
PERIOD = re.compile(rf"({YEAR})(?:年)?[—\-－–~至到](?:—)?({YEAR})年?")
TITLE_WORD = re.compile(
    r"(?:计划|方案|意见|措施|要点|清单|规划|条例|办法|规定|通知|决定|纲要|细则|指引|指南|分工|任务|行动|举措|政策|公告|研究|报告|若干|实施|台账|安排)"
    r"(?:（[^（）]{1,24}）)*$"
)
#: A line that holds only the end of a title: 关于…的实施 / 意见（2023年6月3日）.
TITLE_END = re.compile(
    r"(?:实施)?(?:计划|方案|意见|措施|要点|清单|规划|条例|办法|规定|决定|纲要|细则|指引|举措|政策)(?:的通知)?(?:（[^（）]{1,24}）)*"
)
MORE_TITLES = r"(?:[、和及]?《[^《》]{4,90}》(?:（[^（）]{1,30}）)?)*"
NOTICE = re.compile(
    rf"(?:印发|发布|公布|转发|下发)(?:了)?《?(?P<title>[^《》]{{6,90}}?)》?{MORE_TITLES}(?:的)?通知"
    r"|征求(?:对)?《(?P<draft>[^《》]{6,90})》(?:[^《》]{0,6}意见)?(?:建议)?的?(?:公告|通知|函|启事|通告)"
)
ENCLOSED = re.compile(
    rf"(?:现将)?《(?P<title>[^《》]{{6,90}})》(?:（[^（）]{{1,30}}）)?{MORE_TITLES}，?现?(?:已经|已|予以|印发|经)"
)
DRAFT = re.compile("征求意见稿|公开征求意见|草案|送审稿|讨论稿|审议稿|初稿|代拟稿")
STUDY_TITLE = re.compile(r"(?:研究|思考|对策|探析|分析|综述|评析|建议|启示|报告)(?:（[^（）]*）)?$")
#: Lines that begin the text proper, so no longer the title.
TEXT_BEGINS = re.compile(
    r"^(?:为|根据|按照|各|现将|经(?![济营贸])|#*\s*[一二三]、|（征求|（草案|（送审|第一[章条]|[一二三四]、|目录|近年|在|\d{4}年是|.{0,40}[：:]$|为.{0,40}，)"
)
#: The first heading of an outline is no title.
OUTLINE_BEGINS = re.compile(r"#*(?:第[一1][章条编节]|[一1][、.．]|[（(]一[)）])")
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,40}?(?:人民政府办公厅|人民政府办公室|人民政府|委员会办公室|委员会|领导小组办公室|领导小组|办公室|办公厅|局|厅|委|法院|检察院|海关)"
    r"(?=(?:等(?:\d{1,2}个?)?(?:部门|单位)?)?(?:关于|印发|$)|等\d{1,2}个?(?:部门|单位))"
)
SIGNATURE_LINE = re.compile(
    r"^[\u4e00-\u9fff（）]{2,40}(?:政府|办公室|办公厅|委员会|领导小组|局|厅|委|法院|检察院|海关|分行|支行|协会)(?:（代章）)?$"
)
#: Whose seal stands for the body that signs: 省甲领导小组办公室（省乙委员会代章）.
SEAL_OF_OTHERS = re.compile("（[^（）]{3,60}代章）$")
LONGEST_SEAL = 4

#: A signature begins with its level or its place.
SIGNED_FROM = re.compile(r"中共|中国|国家|[\u4e00-\u9fff]{0,8}?[省市县区州盟旗]")
ALL_CHINESE = re.compile(r"[\u4e00-\u9fff]{8,36}$")


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of the head and imprint. ``plan_start`` is the flat place where the plan proper begins.

    ``bearers`` are the places that bear the name the document gives, where nothing decides between them.
    """

    title: str | None
    place: Place | None
    city: str | None
    province: str | None
    adcode: str | None
    doc_no: str | None
    issuer: str | None
    issued: str | None
    period: tuple[int, int] | None
    kind: DocumentKind
    status: DocumentStatus
    plan_start: int
    bearers: tuple[Place, ...]

    @property
    def year(self) -> int | None:
        """The year that 年底 and 9月底 mean: the plan's last, else that of its issue."""
        if self.period is not None:
            return self.period[1]
        return int(self.issued[:4]) if self.issued else None


def read_head(flat: FlatText, file: str = "") -> Head:
    """The facts of a document, read from its first and last lines; ``file`` names the place where the text does not."""
    lines = _lines(flat, HEAD)
    cover, title, plan_start = _title(flat, lines)
    head = flat.folded[: min(HEAD, len(flat.folded))]
    doc_no = _doc_no(flat, head)
    issued = _issued(flat, lines, cover)
    issuer = _issuer(flat, lines, cover)
    period = _period(title or cover or "")
    year = int(issued[:4]) if issued else period[0] if period else None
    place = _place(flat, (title, cover, issuer), head, year) or most_specific(places_named(file))
    city, province, adcode = _jurisdiction(place, title, issuer, flat)
    status: DocumentStatus = "draft" if DRAFT.search(head[:600]) else "issued"
    kind: DocumentKind = "study" if title and STUDY_TITLE.search(title) and not doc_no else "plan"
    bearers = () if adcode else _bearers(flat, (title, cover, issuer), year)
    return Head(title, place, city, province, adcode, doc_no, issuer, issued, period, kind, status, plan_start, bearers)


def _lines(flat: FlatText, limit: int) -> list[tuple[int, str]]:
    bounds = [line for line in flat.lines if line < limit]
    ends = [*bounds[1:], flat.line_of(bounds[-1])[1]] if bounds else []
    return [(begin, flat.flat[begin:end]) for begin, end in zip(bounds, ends, strict=True)]


def _title(flat: FlatText, lines: list[tuple[int, str]]) -> tuple[str | None, str | None, int]:
    """The heading of the cover (or the first title), the plan's own title and where the plan begins."""
    first, first_end = _title_lines(lines, 0)
    if first is None:
        return None, None, 0
    notice = NOTICE.search(first.translate(_FOLD_TITLE))
    head = flat.flat[: HEAD * 2]
    enclosed = ENCLOSED.search(head)
    announced = (notice["title"] or notice["draft"]) if notice is not None else None
    letter_end = max(first_end, enclosed.end() if enclosed is not None else 0)
    for title in (enclosed["title"] if enclosed is not None else None, announced):
        place = _repeated_title(flat, title, letter_end) if title else None
        if title and place is not None:
            return first, _without_date(title), place
    if announced:
        return first, _without_date(announced), min(first_end, len(flat.flat))
    return first, _without_date(first), min(first_end, len(flat.flat))


_FOLD_TITLE = str.maketrans({"〈": "《", "〉": "》"})


def _title_lines(lines: list[tuple[int, str]], begin: int) -> tuple[str | None, int]:
    """The title that starts at line number ``begin``: lines joined until the text begins."""
    parts: list[str] = []
    end = 0
    for at, line in lines[begin : begin + 8]:
        text = line.lstrip("#").strip()
        if parts and (TEXT_BEGINS.match(text) or DOC_NO.search(text.translate(_BRACKETS)) or len(text) > 60):
            break
        if not parts and (DOC_NO.fullmatch(text.translate(_BRACKETS)) or text.endswith("文件")):
            continue
        parts.append(text)
        end = at + len(line)
        joined = "".join(parts)
        if TITLE_WORD.search(joined.translate(_BRACKETS)) and not joined.endswith(("关于", "的")):
            following = lines[begin + len(parts)][1] if begin + len(parts) < len(lines) else ""
            if not _title_goes_on(joined, following):
                break
        if len(joined) > 120:
            break
    joined = "".join(parts)
    if "。" in joined or joined.endswith(("：", ":", "，")) or OUTLINE_BEGINS.match(joined):
        return None, 0
    return (joined or None), end


_BRACKETS = str.maketrans("〔[［【〕]］】", "（（（（））））")


def _title_goes_on(title: str, following: str) -> bool:
    text = following.translate(_BRACKETS)
    if TEXT_BEGINS.match(text) or DOC_NO.search(text) or not text or text[-1] in "。；，：":
        return False
    if TITLE_END.fullmatch(text):
        return True
    return ("印发" in title and "通知" not in title) or text.startswith(("通知", "的通知", "（20"))


def _repeated_title(flat: FlatText, wanted: str, after: int) -> int | None:
    """Where the enclosed title stands again on lines of its own, at the head of the plan."""
    key = _plain(wanted)
    for begin in flat.lines:
        if begin < after or begin >= 3 * HEAD or flat.folded[begin] == "《":
            continue
        end, joined = begin, ""
        while end < len(flat.flat) and len(joined) < len(key):
            _, end = flat.line_of(end)
            joined = _plain(flat.flat[begin:end])
            if not key.startswith(joined[: len(key)]):
                break
        if joined.startswith(key) or (len(joined) > 8 and key.endswith(joined)):
            return begin
    return None


def _plain(title: str) -> str:
    return re.sub(r"[《》〈〉“”\"#（）()〔〕\[\]]", "", title)


def _without_date(title: str) -> str:
    return re.sub(r"（[^（）]*\d{1,2}月[^（）]*）$", "", title.translate(str.maketrans("()", "（）"))) or title


def _doc_no(flat: FlatText, head: str) -> str | None:
    for match in DOC_NO.finditer(head):
        if head[max(0, match.start() - 1) : match.start()] in ("（", "《"):  # the number of another paper, cited
            continue
        line_begin, _ = flat.line_of(match.end(1) - 1)
        begin = max(match.start(), line_begin)
        if begin > LAST_DOC_NO:
            return None
        if begin == line_begin or head[begin - 1] not in "（《，、。":
            return flat.flat[begin : match.end()]
    return None


def _date(match: re.Match[str]) -> str | None:
    year, month, day = (int(part) for part in match.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _issued(flat: FlatText, lines: list[tuple[int, str]], cover: str | None) -> str | None:
    """The date of issue: a line of its own in the head, the imprint, or the one behind the title."""
    for _, line in lines:
        match = DATE.fullmatch(line.strip("（）()"))
        if match:
            return _date(match)
    tail = flat.folded[-TAIL:]
    dates = list(ISSUE_DATE.finditer(tail))
    for match in dates:
        if match[0].endswith(("印发", "发布")) or match.end() == len(tail):
            return _date(match)
    begins = flat.line_set
    for match in dates:
        if len(flat.folded) - len(tail) + match.start() in begins:
            return _date(match)
    title_date = re.search(rf"（({YEAR})年(\d{{1,2}})月(\d{{1,2}})日）", flat.folded[:400])
    return _date(title_date) if title_date else None


def _issuer(flat: FlatText, lines: list[tuple[int, str]], cover: str | None) -> str | None:
    """Who signed the letter, or whom its heading names; the first of several, in the fuller form of its name."""
    announced = ORGAN.match(cover or "")
    signed = _signature([line for _, line in lines])
    if signed is not None:
        same = announced is not None and _shortened(announced[0]).endswith(_shortened(signed))
        return max(announced[0], signed, key=len) if announced is not None and same else signed
    if cover and announced and ("印发" in cover or "关于" in cover):
        return announced[0]
    return _signature([flat.flat[line : flat.line_of(line)[1]] for line in flat.lines if line >= len(flat.flat) - TAIL])


def _shortened(organ: str) -> str:
    """A name as signatures shorten it: 甲省人民政府办公厅 signs 省政府办公厅."""
    return organ.replace("人民政府", "政府")


def _signature(lines: list[str]) -> str | None:
    """The first of the names that stand in lines of their own above a date; a seal by proxy is not the signer."""
    lines = _without_seals(lines)
    for index, (line, following) in enumerate(pairwise(lines)):
        if not (SIGNATURE_LINE.match(line) and DATE.match(following)):
            continue
        first = index
        while first and SIGNATURE_LINE.match(lines[first - 1]):
            first -= 1
        broken = lines[first - 1] if first and _breaks_signature(lines[first - 1], lines[first]) else ""
        return (broken + lines[first]).removesuffix("（代章）")
    return None


def _without_seals(lines: list[str]) -> list[str]:
    """The lines without remarks on whose seal stands for the signer, which fill lines of their own."""
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        opened = next((back for back in range(1, LONGEST_SEAL) if "（" in "".join(kept[-back:])), None)
        if line.endswith("代章）") and opened is not None:
            signer = SEAL_OF_OTHERS.sub("", "".join(kept[-opened:]))
            kept[-opened:] = [signer] if signer else []
    return kept


def _breaks_signature(line: str, signed: str) -> bool:
    """Whether ``line`` holds the first half of a signature that goes on in the next line, 省…审批/制度改革…办公室."""
    begins = SIGNED_FROM.match(line) is not None and ALL_CHINESE.match(line) is not None
    return begins and SIGNED_FROM.match(signed) is None


def _place(flat: FlatText, texts: tuple[str | None, ...], head: str, year: int | None) -> Place | None:
    for text in texts:
        place = most_specific(places_named(text, year=year, context=flat.folded)) if text else None
        if place is not None:
            return place
    return place_by_frequency(flat.folded) or most_specific(places_named(head[:300]))


def _bearers(flat: FlatText, texts: tuple[str | None, ...], year: int | None) -> tuple[Place, ...]:
    """The places of the first name that several bear and nothing decides."""
    open_names = (ambiguous_places(text, year=year, context=flat.folded) for text in texts if text)
    return next((bearers for names in open_names for bearers in names), ())


INVENTED = re.compile(
    r"^(?:关于)?(?:中共)?((?![省市县区]|全市|我市|本市|全区|全县|城市|都市)[\u4e00-\u9fff]{2,3}[市县区])(?![场政民委容域])"
)


def _jurisdiction(
    place: Place | None, title: str | None, issuer: str | None, flat: FlatText
) -> tuple[str | None, str | None, str | None]:
    """City, province and code; a name that is no division is kept as printed, without a code."""
    printed = INVENTED.match(title or "") or INVENTED.match(issuer or "")
    if printed and (place is None or place.name not in (title or "") + (issuer or "")):
        return printed[1], None, None
    if place is None:
        return None, None, None
    city, province = jurisdiction(place)
    return city, province, place.adcode


def _period(title: str) -> tuple[int, int] | None:
    match = PERIOD.search(title)
    if match:
        first, last = int(match[1]), int(match[2])
        return (first, last) if first <= last else None
    years = re.findall(rf"({YEAR})(?:\s*年|(?=行动|工作|实施))", re.sub(r"（[^（）]*月[^（）]*）", "", title))
    return (int(years[0]), int(years[0])) if years else None
