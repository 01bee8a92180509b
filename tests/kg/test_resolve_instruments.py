"""One node for one paper, whatever its title leaves out; two for papers of two places."""

from itertools import permutations

import pytest

from kg.resolve.instruments import CitedTitle, Instrument, instrument_kind, resolve_instruments

GUANGYUAN, LONGNAN = "510800", "621200"


def cited(
    title: str, doc_no: str | None = None, *, short: str | None = None, place: str = GUANGYUAN, document: str = "a"
) -> CitedTitle:
    return CitedTitle(title, doc_no, short, place, document)


def one(*citations: CitedTitle) -> Instrument:
    [found] = set(resolve_instruments(citations).values())
    return found


def uids(*citations: CitedTitle) -> list[str]:
    found = resolve_instruments(citations)
    return [found[citation].uid for citation in citations]


def test_a_notice_and_what_it_encloses_are_one() -> None:
    found = one(cited("国务院关于印发“十四五”甲规划的通知", "国发〔2021〕3号"), cited("“十四五”甲规划"))
    assert found.uid == "instrument:中国:十四五甲规划"
    assert (found.name, found.aliases) == ("国务院关于印发“十四五”甲规划的通知", ("“十四五”甲规划",))
    assert (found.kind, found.doc_no, found.scope) == ("plan", "国发〔2021〕3号", "中国")


def test_the_issuer_in_front_is_no_part_of_the_title() -> None:
    found = one(cited("四川省人民政府办公厅关于优化甲服务的若干措施"), cited("关于优化甲服务若干措施"))
    assert found.uid == "instrument:510000:优化甲服务若干措施"


def test_a_law_of_a_place_is_not_the_law_of_the_country() -> None:
    assert uids(cited("优化营商环境条例"), cited("四川省优化营商环境条例"), cited("广元市优化营商环境条例")) == [
        "instrument:中国:优化营商环境条例",
        "instrument:510000:优化营商环境条例",
        "instrument:510800:优化营商环境条例",
    ]


def test_the_full_and_the_usual_name_of_a_law() -> None:
    assert len(set(uids(cited("中华人民共和国专利法"), cited("专利法", place=LONGNAN, document="b")))) == 1


def test_plans_of_one_title_from_two_provinces_are_two() -> None:
    title = "进一步优化甲服务实施方案"
    assert uids(cited(title), cited(title, place=LONGNAN, document="b")) == [
        "instrument:510000:进一步优化甲服务实施方案",
        "instrument:620000:进一步优化甲服务实施方案",
    ]


def test_own_words_for_the_place_are_the_documents_place() -> None:
    assert uids(cited("全省甲工作方案"), cited("市政府办公室关于乙的通知"), cited("2023年全市丙工作要点")) == [
        "instrument:510000:甲工作方案",
        "instrument:510800:乙通知",
        "instrument:510800:2023年丙工作要点",
    ]


def test_a_number_joins_two_titles_across_documents() -> None:
    found = one(
        cited("关于推动甲对接联动的意见", "国办发〔2022〕2号"),
        cited("甲对接联动意见", "国办发［2022］2号", place=LONGNAN, document="b"),
    )
    assert found.doc_no == "国办发〔2022〕2号"


def test_a_short_title_is_what_the_document_says_it_is() -> None:
    long, short = cited("四川省甲事项管理办法", short="办法"), cited("办法")
    assert one(long, short).aliases == ("办法",)
    assert len(set(uids(long, cited("办法", place=LONGNAN, document="b")))) == 2


def test_neither_order_nor_other_documents_move_an_instrument() -> None:
    citations = [
        cited("国务院关于印发甲规划的通知"),
        cited("甲规划"),
        cited("乙条例", place=LONGNAN, document="b"),
        cited("甲规划", place=LONGNAN, document="b"),
    ]
    expected = resolve_instruments(citations)
    assert all(resolve_instruments(order) == expected for order in permutations(citations))
    alone = resolve_instruments(citations[:2])
    assert {c: i.uid for c, i in alone.items()} == {c: expected[c].uid for c in alone}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国商标法", "law"), ("甲省优化营商环境条例（试行）", "regulation"), ("甲市管理办法", "rules"),
        ("负面清单", "list"), ("甲市发展规划(2023版)", "plan"), ("关于改革的意见", "policy"), ("建设工程规划许可证", "form"),
        ("甲协定", "treaty"), ("甲市政府工作报告", "report"), ("甲厅关于印发乙指南的通知", "standard"),
    ],
)  # fmt: skip
def test_kinds(title: str, kind: str) -> None:
    assert instrument_kind(title) == kind
