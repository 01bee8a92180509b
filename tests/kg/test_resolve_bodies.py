"""Printed names of invented places, and the bodies they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import Body, Decision, Decisions, PrintedBody, body_key, resolve_bodies
from kg.resolve.bodies import doubt_about, own_uid, read_name

CITY = ("990100", "示例市")
PROVINCE = ("990000", "样本省")


def bodies(names: str, place: tuple[str, str] = CITY) -> dict[str, Body]:
    return {item.name: body for item, body in resolve_bodies(PrintedBody(n, *place) for n in names.split()).items()}


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("市发展和改革委员会", "市发展和改革委员会|市发展改革委|市发改委|市发改局|示例市发展和改革委员会|发改委"),
        ("市营商环境和数据局", "市营商环境和数据局|市营商环境与数据局|示例市营商环境及数据局"),
        ("市市场监督管理局", "市市场监管局|市市场监督管理局|市场监管局|示例市市场监管局|市场监督管理局|市监局"),
        ("市财政局", "市财政局|示例市财政局|财政局|市财政局（市国资局）|市 财 政 局"),
        ("市人力资源和社会保障局", "市人社局|市人力资源社会保障局|市人力社保局"),
        ("市住房公积金中心", "市公积金中心|市住房公积金管理中心|示例公积金中心"),
        ("市政府办公室", "市政府办|市政府办公室|示例市人民政府办公室"),
        ("市国有资产监督管理委员会", "市国资委|市政府国资委|市国有资产监管委"),
        ("市中级人民法院", "市法院|市中院|市中级人民法院|示例市中级法院|法院"),
        ("市人民检察院", "市检察院|示例市人民检察院|检察院"),
        ("市委宣传部", "市委宣传部|中共示例市委宣传部"),
        ("市纪委监委", "市纪委监委机关|市纪委监委|市纪委"),
        ("团市委", "团市委|共青团示例市委"),
        ("中国人民银行示例分行", "人行示例市分行|中国人民银行示例市分行|人行市中心支行|人民银行示例中支"),
        ("国家金融监督管理总局示例监管分局", "国家金融监管总局示例监管分局|金融监管总局示例监管分局|示例金融监管分局"),
        ("市税务局", "市税务局|国家税务总局示例市税务局|示例市税务局"),
        ("示例供电公司", "国网示例供电公司|国网示例市供电公司|市供电公司|国网样本省电力公司示例供电公司"),
        ("经开区管委会", "示例经开区|经开区管委会|示例经济技术开发区管理委员会"),
        ("各县区政府", "各县（区）人民政府|各县〔区〕政府|各区县政府|县(区)|各县、区政府"),
        ("市级有关部门", "市级有关部门|市级相关部门"),
    ],
)
def test_written_forms_of_one_body_have_one_key(key: str, forms: str) -> None:
    assert {body_key(name, *CITY) for name in forms.split("|")} == {key}


@pytest.mark.parametrize(
    "names",
    [
        "市财政局 市审计局",
        "市大数据局 市大数据中心",
        "市政务服务局 市政务服务中心 市政务服务和数字化管理局",
        "市金融办 市委金融办 示例金融监管分局 示例银保监分局",
        "市城管局 市城管执法局",
        "市级相关部门 各相关企业 市财政局",
        "市高院 市中院",
        "省税务局 市税务局 甲乙区税务局",
        "各县（区）政府 甲县政府 市政府",
        "高新区管委会 经开区管委会 各开发区管委会",
        "市住房保障局 市住房城乡建设局",
        "甲乙区财政局 市财政局",
    ],
)
def test_different_bodies_keep_different_keys(names: str) -> None:
    assert len({body_key(name, *CITY) for name in names.split()}) == len(names.split())


@pytest.mark.parametrize(
    ("place", "name", "key"),
    [
        (PROVINCE, "省法院", "省高级人民法院"),
        (PROVINCE, "省政府办公厅", "省政府办公厅"),
        (PROVINCE, "财政厅", "省财政厅"),
        (PROVINCE, "样本证监局", "样本证监局"),
        (PROVINCE, "各州（市）人民政府", "各市州政府"),
        (("990103", "示例市甲乙区"), "甲乙区财政局", "区财政局"),
        (("990103", "示例市甲乙区"), "区法院", "区人民法院"),
        (("992300", "甲乙彝族自治州"), "甲乙州财政局", "州财政局"),
        (("992300", "甲乙彝族自治州"), "人行甲乙州中心支行", "中国人民银行甲乙分行"),
        (("450000", "甲乙壮族自治区"), "自治区发展改革委", "自治区发展和改革委员会"),
        (("450000", "甲乙壮族自治区"), "甲乙税务局", "自治区税务局"),
    ],
)
def test_a_name_is_read_in_the_place_of_its_document(place: tuple[str, str], name: str, key: str) -> None:
    assert body_key(name, *place) == key


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市财政局", "bureau"),
        ("市委组织部", "party"),
        ("市人才办", "party"),
        ("市中级人民法院", "court"),
        ("市检察院", "procuratorate"),
        ("示例海关", "central-branch"),
        ("市气象局", "central-branch"),
        ("市燃气公司", "enterprise"),
        ("示例供电局", "enterprise"),
        ("市不动产登记中心", "institution"),
        ("市档案馆", "institution"),
        ("市行政服务中心管委会", "institution"),
        ("市工商联", "people-organisation"),
        ("各乡镇（街道）", "local-government"),
        ("甲乙区", "local-government"),
        ("文旅新区管委会", "development-zone"),
        ("市知识产权工作领导小组成员单位", "leading-group"),
        ("市信用建设工作联席会议", "leading-group"),
        ("法规处", "office"),
        ("厅审批办", "office"),
        ("市级相关行权部门", "collective"),
        ("各金融机构", "collective"),
        ("市城市管理委员会", "bureau"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert read_name(name, *CITY).kind == kind


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("市营商环境和数据局", "government-services-data"),
        ("市政务服务和数字化管理局", "government-services-data"),
        ("市经信局", "economy-information"),
        ("市教育体育局", "education"),
        ("示例银保监分局", "financial-supervision"),
        ("市水务局", "water-affairs"),
        ("示例水务集团有限公司", "water-supply"),
        ("市通信发展办", "telecom-administration"),
        ("市级相关单位", "city-departments"),
        ("各县（区）人民政府", "county-governments"),
        ("示例高新区管委会", "development-zone"),
        ("市委金融办", "local-finance-affairs"),
        ("甲乙区税务局", "taxation"),
    ],
)
def test_functions_come_from_the_scheme(name: str, function: str) -> None:
    assert read_name(name, *CITY).function == function


def test_a_body_nobody_reviewed_gets_a_function_made_from_its_core() -> None:
    body = bodies("市花卉研究局")["市花卉研究局"]
    assert (body.function, body.why) == ("core:花卉研究", "name core, unreviewed")


def test_a_merged_body_shows_the_form_met_most_often_and_keeps_the_others() -> None:
    printed = ["市发改委", "市发展改革委", "市发展改革委", "示例市发展改革委"]
    resolved = resolve_bodies(PrintedBody(name, *CITY) for name in printed)
    assert resolved[PrintedBody("市发改委", *CITY)] == Body(
        uid="990100:市发展和改革委员会",
        name="市发展改革委",
        kind="bureau",
        aliases=("市发改委", "示例市发展改革委"),
        function="development-reform",
        why="scheme",
        adcode="990100",
    )


def test_equally_frequent_forms_show_the_longest_then_the_first_in_code_point_order() -> None:
    assert bodies("市卫健委 市卫生健康委")["市卫健委"].name == "市卫生健康委"
    assert bodies("市营商环境和数据局 市营商环境与数据局")["市营商环境与数据局"].name == "市营商环境与数据局"


def test_the_same_name_in_two_cities_is_two_bodies_with_one_function() -> None:
    first, second = PrintedBody("市财政局", "990100", "示例市"), PrintedBody("市财政局", "990200", "甲市")
    resolved = resolve_bodies([first, second])
    assert resolved[first].uid == "990100:市财政局"
    assert resolved[second].uid == "990200:市财政局"
    assert resolved[first].function == resolved[second].function == "public-finance"


def test_a_document_without_a_place_still_gets_its_bodies() -> None:
    body = resolve_bodies([PrintedBody("市财政局", None, None)])[PrintedBody("市财政局", None, None)]
    assert body.uid == "000000:市财政局"


NAMES = (
    "市财政局",
    "市发改委",
    "市发展改革委",
    "财政局",
    "各县区政府",
    "人行示例市分行",
    "高新区",
    "市法院",
    "法规处",
    "市级相关部门",
)


@given(st.lists(st.sampled_from(NAMES), min_size=1), st.lists(st.sampled_from(NAMES)))
def test_more_names_never_change_the_uid_of_a_name(some: list[str], more: list[str]) -> None:
    few = resolve_bodies(PrintedBody(name, *CITY) for name in some)
    many = resolve_bodies(PrintedBody(name, *CITY) for name in [*more, *some])
    assert {item: body.uid for item, body in few.items()} == {item: many[item].uid for item in few}


# Bodies of another level or another place.


@pytest.mark.parametrize(
    ("place", "name", "uid"),
    [
        (CITY, "省税务局", "990000:省税务局"),
        (CITY, "市税务局", "990100:市税务局"),
        (CITY, "省级有关部门", "990100:省级有关部门"),
        (("990123", "甲乙县"), "市财政局", "990100:市财政局"),
        (("990123", "甲乙县"), "省财政厅", "990000:省财政厅"),
        (("990123", "甲乙县"), "县财政局", "990123:县财政局"),
        (("990182", "丙丁市"), "市财政局", "990182:市财政局"),
        (("500103", "甲乙区"), "市财政局", "500000:市财政局"),
        (("450100", "甲市"), "自治区财政厅", "450000:自治区财政厅"),
        (PROVINCE, "市财政局", "990000:市财政局"),
        (("330000", "浙江省"), "杭州市财政局", "330100:市财政局"),
        (("330000", "浙江省"), "杭州市人民政府", "330100:市政府"),
        (("330000", "浙江省"), "杭州", "330100:市政府"),
        (("330100", "杭州市"), "杭州市财政局", "330100:市财政局"),
        (("320000", "江苏省"), "杭州市财政局", "320000:杭州市财政局"),
    ],
)
def test_a_body_belongs_to_the_place_its_name_says(place: tuple[str, str], name: str, uid: str) -> None:
    assert own_uid(PrintedBody(name, *place)) == uid


def test_other_places_documents_do_not_change_how_a_body_is_shown() -> None:
    own, other = PrintedBody("市财政局", "330100", "杭州市"), PrintedBody("杭州市财政局", "330000", "浙江省")
    alone = resolve_bodies([own])[own]
    together = resolve_bodies([own, other, other, other])
    assert together[own] == together[other] == alone


# Damaged names.


def test_one_damaged_character_is_mended_where_the_place_itself_shows_what_was_meant() -> None:
    sound, damaged = PrintedBody("市市场监管局", *CITY), PrintedBody("市市场临管局", *CITY)
    resolved = resolve_bodies([*[sound] * 3, damaged])
    assert resolved[damaged] == resolved[sound]
    assert resolved[damaged].uid == "990100:市市场监督管理局"
    assert resolved[damaged].aliases == ("市市场临管局",)
    assert doubt_about("市市场临管局", "市市场监管局", resolved[damaged].uid, "示例市") == "damaged"


@pytest.mark.parametrize(
    "printed",
    [
        ["市市场临管局", "市市场监管局", "市市场监管局"],
        ["市园文局", "市园林局", "市园林局", "市园林局"],
        ["市市场临管局"],
    ],
    ids=["not clearly more often", "too short to tell", "alone"],
)
def test_a_name_stays_apart_without_clear_evidence(printed: list[str]) -> None:
    resolved = resolve_bodies(PrintedBody(name, *CITY) for name in printed)
    assert len({body.uid for body in resolved.values()}) == len(set(printed))


def test_another_city_is_no_evidence_for_a_damaged_name() -> None:
    damaged = PrintedBody("市市场临管局", *CITY)
    elsewhere = PrintedBody("市市场监管局", "990200", "甲市")
    assert resolve_bodies([damaged, *[elsewhere] * 9])[damaged].uid == "990100:市市场临管局"


def test_two_names_of_one_line_of_work_are_doubtful_where_neither_shortens_the_other() -> None:
    uid = own_uid(PrintedBody("市规划和自然资源局", *CITY))
    assert uid == own_uid(PrintedBody("市自然资源局", *CITY))
    assert doubt_about("市规划局", "市自然资源局", own_uid(PrintedBody("市规划局", *CITY)), "示例市") == "other words"
    assert doubt_about("市自然资源局", "市规划和自然资源局", uid, "示例市") is None


# Several lines of work.


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("市教育和体育局", ["education", "sports"]),
        ("市经济合作和外事局", ["investment-promotion", "foreign-affairs"]),
        ("市住房和城乡建设局", ["housing-construction"]),
        ("市文化和旅游局", ["culture-tourism"]),
    ],
)
def test_a_combined_name_spells_out_its_lines_of_work(name: str, functions: list[str]) -> None:
    assert [function for function, _ in bodies(name)[name].works] == functions


@pytest.mark.parametrize(
    ("name", "kind", "function"),
    [
        ("市示例大学", "institution", "education"),
        ("示例实验室", "institution", "science-technology"),
        ("示例高铁站", "enterprise", "railway"),
        ("市花卉协会", "people-organisation", "industry-associations"),
        ("省政策法规处", "office", "internal-affairs"),
        ("市场监管厅知识产权保护处", "office", "intellectual-property"),
        ("市就业工作领导小组成员单位", "leading-group", "human-resources-social-security"),
        ("领导小组办公室", "leading-group", "coordination"),
        ("各县区人民政府（管委会）", "local-government", "county-governments"),
        ("县〔市、区〕人民法院", "court", "court"),
    ],
)
def test_names_told_by_their_form(name: str, kind: str, function: str) -> None:
    reading = read_name(name, *CITY)
    assert (reading.kind, reading.function) == (kind, function)


# Decisions.


def decided(*rows: tuple[str, str, str, str]) -> Decisions:
    return Decisions(tuple(Decision(*row) for row in rows), "g.decisions.csv")  # type: ignore[arg-type]


def test_two_bodies_decided_to_be_one_have_the_uid_of_the_second() -> None:
    printed = [PrintedBody(name, *CITY) for name in ("市园林局", "市城管局", "市城管局")]
    decisions = decided(("body", "990100:市园林局", "same", "990100:市城市管理局"))
    resolved = resolve_bodies(printed, decisions)
    assert {body.uid for body in resolved.values()} == {"990100:市城市管理局"}
    assert (resolved[printed[0]].name, resolved[printed[0]].aliases) == ("市城管局", ("市园林局",))


def test_two_names_of_one_key_decided_to_be_different_come_apart() -> None:
    printed = [PrintedBody(name, *CITY) for name in ("市规划和自然资源局", "市自然资源局")]
    decisions = decided(("body", "990100:市自然资源局", "different", "990100:市规划和自然资源局"))
    assert [body.uid for body in resolve_bodies(printed, decisions).values()] == [
        "990100:市自然资源和规划局",
        "990100:市自然资源局",
    ]


def test_a_damaged_name_decided_to_be_different_stays_apart() -> None:
    sound, damaged = PrintedBody("市市场监管局", *CITY), PrintedBody("市市场临管局", *CITY)
    decisions = decided(("body", "990100:市市场临管局", "different", "990100:市市场监管局"))
    assert resolve_bodies([*[sound] * 3, damaged], decisions)[damaged].uid == "990100:市市场临管局"


def test_what_is_told_apart_is_not_joined_through_a_third() -> None:
    printed = [PrintedBody(name, *CITY) for name in ("市财政局", "市审计局", "市统计局")]
    decisions = decided(
        ("body", "990100:市财政局", "same", "990100:市统计局"),
        ("body", "990100:市审计局", "same", "990100:市统计局"),
        ("body", "990100:市财政局", "different", "990100:市审计局"),
    )
    assert [body.uid for body in resolve_bodies(printed, decisions).values()] == [
        "990100:市统计局",
        "990100:市审计局",
        "990100:市统计局",
    ]


def test_a_decided_line_of_work_says_who_decided() -> None:
    name = PrintedBody("市花卉局", *CITY)
    line = Decision("function", "990100:市花卉局", "assign", "forestry", "甲", "2026-01-02", "三定方案")
    body = resolve_bodies([name], Decisions((line,)))[name]
    assert (body.function, body.why) == ("forestry", "decision: 甲 2026-01-02 三定方案")


# What holds whatever is printed.


@given(st.permutations([PrintedBody(name, *place) for name in NAMES for place in (CITY, PROVINCE)]))
def test_the_order_of_names_does_not_matter(printed: list[PrintedBody]) -> None:
    assert resolve_bodies(printed) == resolve_bodies(sorted(printed, key=lambda one: (one.name, str(one.adcode))))


@given(st.lists(st.sampled_from([*NAMES, "市市场临管局", "市市场监管局", "省税务局", "示例市财政局"]), min_size=1))
def test_another_city_never_changes_the_bodies_of_a_city(names: list[str]) -> None:
    city = [PrintedBody(name, *CITY) for name in [*NAMES, "市市场临管局", *["市市场监管局"] * 3]]
    other = [PrintedBody(name, "990200", "甲市") for name in names]
    alone, together = resolve_bodies(city), resolve_bodies([*other, *city])
    assert {item: together[item] for item in city} == alone


SUBJECTS = [f"990100:{name}" for name in ("市财政局", "市发展和改革委员会", "市发改委", "财政局", "市审计局", "没有")]
ANY_DECISION = st.builds(
    Decision,
    st.just("body"),
    st.sampled_from(SUBJECTS),
    st.sampled_from(["same", "different"]),
    st.sampled_from([*SUBJECTS, "990100:市统计局"]),
) | st.builds(
    Decision, st.just("function"), st.sampled_from(SUBJECTS), st.just("assign"), st.sampled_from(["audit", "none"])
)


@given(st.lists(ANY_DECISION, max_size=5), ANY_DECISION, st.booleans())
def test_a_decision_and_its_withdrawal_leave_no_trace(others: list[Decision], one: Decision, turned: bool) -> None:
    others = [other for other in others if other.question != one.question]
    printed = [PrintedBody(name, *CITY) for name in [*NAMES, "市审计局", "市统计局"]]
    subject, other = (one.object, one.subject) if turned and one.kind == "body" else (one.subject, one.object)
    withdrawal = Decision(one.kind, subject, "unsure", other)
    with_trace, without = Decisions((*others, one, withdrawal)), Decisions(tuple(others))
    assert resolve_bodies(printed, with_trace) == resolve_bodies(printed, without)
    assert with_trace.digest == without.digest


@given(st.text(min_size=1, max_size=30))
def test_any_text_gets_a_key_a_kind_and_a_function(name: str) -> None:
    reading = read_name(name, *CITY)
    assert reading.key
    assert reading.function
