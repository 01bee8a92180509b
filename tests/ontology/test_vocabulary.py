"""The Turtle files and the records they become."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from ontology.vocabulary import PropertyType, RelationType, vocabulary

FOLDER = Path(__file__).parents[2] / "ontology"
KG = Namespace("https://w3id.org/responsibility-kg/ontology#")

# The ids of the annotation guidelines.
THEMES = [
    "business-entry", "construction-permits", "electricity", "water-gas", "property-registration",
    "land-supply", "taxation", "trade", "foreign-investment", "insolvency", "finance", "investor-protection",
    "dispute-resolution", "labour", "procurement", "bidding", "government-services", "intellectual-property",
    "fair-competition", "enforcement", "credit", "rule-of-law", "innovation", "talent", "policy-delivery",
    "business-dialogue", "investment-promotion", "parks", "enterprise-growth", "industry", "logistics",
    "digital", "environment", "public-services", "consumption", "branding", "oversight",
]  # fmt: skip

NATIONAL_INDICATORS = [
    "开办企业", "办理建筑许可", "获得电力", "获得用水用气", "登记财产", "纳税", "跨境贸易", "办理破产",
    "获得信贷", "保护中小投资者", "执行合同", "劳动力市场监管", "政府采购", "招标投标", "政务服务",
    "知识产权创造、保护和运用", "市场监管", "包容普惠创新",
]  # fmt: skip

B_READY_TOPICS = {
    "Business Entry", "Business Location", "Utility Services", "Labor", "Financial Services", "International Trade",
    "Taxation", "Dispute Resolution", "Market Competition", "Business Insolvency",
}  # fmt: skip


def names(properties: tuple[PropertyType, ...]) -> str:
    return " ".join(one.name for one in properties)


def ends(relation: RelationType) -> str:
    return " ".join(f"{source}>{target}" for source, target in relation.pairs)


def test_node_types_hold_these_properties_in_this_order() -> None:
    assert {label: names(node.properties) for label, node in vocabulary().node_types.items()} == {
        "City": "uid name adcode level former_names last_year",
        "Document": "uid name kind status doc_no issuer issued period_start period_end file sha256 characters convention given",
        "Section": "uid name ref heading order span_start span_end",
        "Action": "uid name ref heading order due span_start span_end",
        "Task": "uid name ref form text stage stage_word due order span_start span_end",
        "Department": "uid name kind aliases",
        "Function": "uid name name_en",
        "Theme": "uid name name_en scheme",
        "Target": "uid name op value value_max unit per deadline baseline quote span_start span_end",
        "Indicator": "uid name family dimension unit direction",
        "Instrument": "uid name doc_no kind scope aliases",
    }


def test_relation_types_join_these_labels_and_hold_these_properties() -> None:
    responsibility = (
        "duty joint collective position list_size basis certainty rule inherited printed_name quote span_start span_end"
    )
    holders = "Department>Action Department>Task Department>Section"
    measures = "Action>Action Action>Task Task>Action Task>Task"
    likeness = (
        "score shared same_indicators same_functions source_quote source_start source_end "
        "target_quote target_start target_end"
    )
    assert {name: (ends(one), names(one.properties)) for name, one in vocabulary().relation_types.items()} == {
        "PART_OF": ("City>City", ""),
        "ISSUED": ("City>Document", ""),
        "ABOUT": ("Document>City", ""),
        "ISSUED_BY": ("Document>Department", ""),
        "HAS_SECTION": ("Document>Section", "order"),
        "HAS_ACTION": ("Document>Action", "order"),
        "HAS_TASK": ("Action>Task", "order"),
        "GROUPS": ("Section>Section Section>Action", "order"),
        "LEADS": (holders, responsibility),
        "SUPPORTS": (holders, responsibility),
        "IN": ("Department>City", ""),
        "HAS_MEMBER": ("Department>Department", ""),
        "PERFORMS": ("Department>Function", "why"),
        "ADDRESSES": ("Action>Theme", "main score evidence"),
        "BROADER": ("Theme>Theme", ""),
        "SETS": ("Document>Target Section>Target Action>Target Task>Target", "quote span_start span_end"),
        "MEASURES": ("Target>Indicator", "strict factor"),
        "CITES": ("Document>Instrument Action>Instrument Task>Instrument", "quote span_start span_end"),
        "OVERLAPS": (measures, likeness),
        "REPEATS": (measures, likeness),
    }


@pytest.mark.parametrize(
    ("owner", "name", "kind"),
    [
        ("City", "adcode", "string"),
        ("Document", "period_start", "integer"),
        ("Department", "aliases", "strings"),
        ("Target", "value", "number"),
        ("LEADS", "joint", "boolean"),
        ("ADDRESSES", "evidence", "strings"),
    ],
)
def test_a_property_has_the_kind_its_range_states(owner: str, name: str, kind: str) -> None:
    types = {**vocabulary().node_types, **vocabulary().relation_types}
    assert {one.name: one.kind for one in types[owner].properties}[name] == kind


def test_no_property_has_a_name_that_engines_keep_for_themselves() -> None:
    types = [*vocabulary().node_types.values(), *vocabulary().relation_types.values()]
    assert {one.name for owner in types for one in owner.properties}.isdisjoint({"id", "title", "type", "start", "end"})


def test_every_class_relation_and_property_has_labels_and_definitions_in_both_languages() -> None:
    graph = Graph().parse(FOLDER / "responsibility.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = sorted({term for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)})
    for term in terms:
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(text.language or "" for text in graph.objects(term, predicate))
            assert languages == ["en", "zh"], f"{term} {predicate}"
    assert len(terms) == 11 + 20 + 68 + 7


def test_every_declared_term_is_listed_by_a_type_and_every_listed_one_is_declared() -> None:
    graph = Graph().parse(FOLDER / "responsibility.ttl")
    declared = {str(term).removeprefix(KG) for term in graph.subjects(RDF.type, OWL.DatatypeProperty)}
    types = [*vocabulary().node_types.values(), *vocabulary().relation_types.values()]
    assert declared == {one.name for owner in types for one in owner.properties}


def test_themes_are_those_of_the_guidelines_below_ten_top_concepts() -> None:
    themes = vocabulary().themes
    tops = {uid for uid, theme in themes.items() if theme.broader is None}
    assert len(THEMES) == 37
    assert set(themes) - tops == set(THEMES)
    assert len(tops) == 10
    stated = Graph().parse(FOLDER / "themes.ttl").objects(None, SKOS.hasTopConcept)
    assert {str(top).rpartition("/")[2] for top in stated} == tops
    assert {themes[uid].broader for uid in THEMES} == tops
    assert all(themes[uid].terms for uid in THEMES)
    assert not any(themes[uid].terms for uid in tops)


def test_every_national_indicator_and_b_ready_topic_has_a_theme() -> None:
    by_scheme: dict[str, list[str]] = {"national": [], "b-ready": []}
    for theme in vocabulary().themes.values():
        for notation in theme.notations:
            scheme, _, name = notation.partition(":")
            by_scheme[scheme].append(name)
    assert len(NATIONAL_INDICATORS) == 18
    assert sorted(by_scheme["national"]) == sorted(NATIONAL_INDICATORS)
    assert set(by_scheme["b-ready"]) == B_READY_TOPICS


def test_a_theme_in_full() -> None:
    theme = vocabulary().themes["electricity"]
    assert (theme.zh, theme.en, theme.broader) == ("用电", "Electricity", "permits-utilities")
    assert theme.terms[:2] == (("获得电力", 6.0), ("用电", 5.0))
    assert theme.notations == ("b-ready:Utility Services", "national:获得电力")


def test_terms_are_vocabulary_not_sentences() -> None:
    terms = [term for theme in vocabulary().themes.values() for term, _ in theme.terms]
    assert [term for term in terms if len(term) > 9 or re.search(r"[，。；\s]", term)] == []
    weights = {weight for theme in vocabulary().themes.values() for _, weight in theme.terms}
    assert weights == {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0}


def test_a_function_in_full() -> None:
    function = vocabulary().functions["health"]
    assert (function.zh, function.en) == ("卫生健康", "Health")
    assert (function.body_kind, function.suffix) == ("bureau", "委员会")
    assert function.same == ("卫生健康", "卫健")
    assert ("卫生和计划生育", "卫生计生", "卫计") in function.carried_by


def test_no_name_core_belongs_to_two_functions() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for function in vocabulary().functions.values():
        branch = function.body_kind if function.body_kind in ("enterprise", "leading-group", "office") else "body"
        for form in (*function.same, *(form for core in function.carried_by for form in core)):
            owners.setdefault((branch, form), set()).add(function.uid)
    assert {form: uids for form, uids in owners.items() if len(uids) > 1} == {}


def test_the_vocabulary_is_read_once_and_cannot_be_changed() -> None:
    assert vocabulary() is vocabulary()
    with pytest.raises(TypeError):
        vocabulary().themes["new"] = vocabulary().themes["trade"]  # type: ignore[index]
    assert re.fullmatch(r"[0-9a-f]{16}", vocabulary().version)
