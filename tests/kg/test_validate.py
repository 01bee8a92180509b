"""Validation: samples and seeds conform, every kind of planted fault is found and said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import rdflib

from kg.build import write_graph
from kg.graph import open_graph
from kg.shapes import shapes_graph, sights
from kg.validate import Report, Violation, validate
from ontology.vocabulary import vocabulary
from tests.kg.cli_helpers import kg
from tests.kg.shacl_truth import Planted, Row, judged_one_by_one
from tests.kg.small_graph import small_graph


@pytest.mark.parametrize("built", ["sample_graph", "seed_graph"])
def test_what_is_built_conforms(request: pytest.FixtureRequest, built: str) -> None:
    result = kg("validate", "--graph", request.getfixturevalue(built))
    assert (result.exit_code, "they conform" in result.stdout) == (0, True), result.stdout


# ------------------------------------------------------------------------------------------------ planted faults


@dataclass(frozen=True)
class Fault:
    """A change to one row of a kind (``added``: to a copy of it), and how it is to be told."""

    kind: str
    change: Mapping[str, object]
    property: str
    rule: str
    words: str
    where: Mapping[str, object] = field(default_factory=dict)
    added: bool = False
    told_of: str = ""
    """The property whose value is the uid of what breaks the shape; by default it is the row itself."""

    def __str__(self) -> str:
        return f"{self.kind}-{self.property}-{self.rule}"


SPAN = "the span is empty, or lies outside the text of its document"
END = "its end does not exist, or is no node this relation can join"
START = "its start does not exist, or is no node this relation can join"
FAULTS = [
    # Value spaces.
    Fault("Task", {"form": "list"}, "form", "In", "form can only be one of numbered, sentence"),
    Fault("Document", {"sha256": "xyz"}, "sha256", "Pattern", "SHA-256 is not written as it should be: ^[0-9a-f]{64}$"),
    Fault("Task", {"order": 0}, "order", "MinInclusive", "order is less than 1"),
    Fault("Document", {"period_start": 1234}, "period_start", "MinInclusive", "first year is less than 1949"),
    Fault("City", {"last_year": 2345}, "last_year", "MaxInclusive", "last year is more than 2100"),
    Fault("OVERLAPS", {"score": 1.5}, "score", "MaxInclusive", "score is more than 1.0"),
    Fault("LEADS", {"position": 99}, "position", "LessThanOrEquals", "position is more than list size"),
    Fault("Target", {"value": 9.0, "value_max": 3.0}, "value", "LessThanOrEquals", "value is more than highest value"),
    # Datatypes: a whole number is no truth value, though it counts as one in Python.
    Fault("Action", {"order": "1"}, "order", "Datatype", "order is of the wrong type, it should be integer"),
    Fault("LEADS", {"joint": 0}, "joint", "Datatype", "joint is of the wrong type, it should be boolean"),
    Fault("Section", {"order": True}, "order", "Datatype", "order is of the wrong type, it should be integer"),
    # How often.
    Fault("Task", {"text": None}, "text", "MinCount", "text is missing"),
    Fault("Task", {"text": ["甲", "乙"]}, "text", "MaxCount", "more than 1 of text"),
    Fault("Target", {"uid": ""}, "uid", "MinLength", "identifier is empty", added=True),
    Fault("HAS_TASK", {"target": "nowhere"}, "HAS_TASK", "MinCount", "has task (HAS_TASK) is missing", told_of="target"),
    Fault("HAS_TASK", {"source": "@another"}, "HAS_TASK", "MaxCount", "more than 1 of has task (HAS_TASK)",
        added=True, told_of="target"),
    Fault("MEASURES", {"source": "nowhere"}, "MEASURES", "MinCount", "measures (MEASURES) is missing", told_of="source"),
    Fault("MEASURES", {"target": "@another"}, "MEASURES", "MaxCount", "more than 1 of measures (MEASURES)",
        added=True, told_of="source"),
    Fault("ISSUED", {"source": "@another"}, "ISSUED", "MaxCount", "more than 1 of issued (ISSUED)",
        added=True, told_of="target"),
    # Roles.
    Fault("LEADS", {"basis": "rumour"}, "basis", "In", "basis can only be one of clause, section, note, text"),
    Fault("SUPPORTS", {"certainty": "sure"}, "certainty", "In", "certainty can only be one of printed, convention, guess"),
    Fault("SUPPORTS", {"joint": True}, "joint", "HasValue", "only a lead can be joint"),
    Fault("SUPPORTS", {"duty": None}, "duty", "MinCount", "duty is missing"),
    Fault("LEADS", {"inherited": True}, "", "Or", "only a task can carry a responsibility down from its action",
        where={"target_label": "Action"}),
    Fault("SUPPORTS", {"inherited": True, "target": "@Section"}, "", "Or",
        "only a task can carry a responsibility down from its action"),
    # Ends.
    Fault("LEADS", {"target": "nowhere"}, "object", "MinCount", END),
    Fault("SUPPORTS", {"source": "nowhere"}, "subject", "MinCount", START),
    Fault("LEADS", {"target": "@Document"}, "object", "In", END),
    Fault("ADDRESSES", {"source": "@Department"}, "subject", "In", START),
    Fault("IN", {"target": "@Theme"}, "object", "In", END),
    # Spans and quotes.
    Fault("Task", {"span_end": 10**7}, "span", "HasValue", SPAN),
    Fault("Section", {"span_start": 9, "span_end": 9}, "span", "HasValue", SPAN),
    Fault("Action", {"span_start": None}, "span", "MinCount", SPAN),
    Fault("LEADS", {"span_end": None}, "span", "HasValue", SPAN),
    Fault("SETS", {"span_start": -3}, "span", "HasValue", SPAN),
    Fault("LEADS", {"quote": "凭空"}, "quote", "HasValue", "the quote is not what the text has there"),
    Fault("Target", {"quote": None}, "quote", "MinCount", "quote is missing"),
    Fault("OVERLAPS", {"source_end": 10**7}, "source_span", "In", "the span of the source is empty, or lies outside its text",
        where={"source_quote": ...}),
    Fault("OVERLAPS", {"target_quote": "凭空"}, "target_quote", "In",
        "the quote of the target is not what its text has there", where={"target_quote": ...}),
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A graph with every fault planted, each in a row of its own; ``uids`` of what is to be told, in their order."""

    report: Report
    uids: tuple[str, ...]
    rows: tuple[Row, ...]


@pytest.fixture(scope="module")
def faulty(sample_graph: Path) -> Case:
    graph = Planted(open_graph(sample_graph))
    uids, rows = [], []
    used: set[tuple[str, int]] = set()
    for fault in FAULTS:
        owned = graph.rows[fault.kind]
        place = next(
            place for place, row in enumerate(owned) if (fault.kind, place) not in used and _is_like(row, fault.where)
        )
        used.add((fault.kind, place))
        row = owned[place]
        changed = {**row, **{name: _meant(graph, fault.kind, name, value) for name, value in fault.change.items()}}
        if fault.added:
            owned.append(changed)
        else:
            owned[place] = changed
        told = row if fault.told_of else changed
        ends = f"{changed.get('source')} → {changed.get('target')}"
        uids.append(str(told[fault.told_of] if fault.told_of else changed.get("uid", ends)))
        rows.append(changed)
    return Case(validate(graph), tuple(uids), tuple(rows))  # type: ignore[arg-type]


def _is_like(row: Row, where: Mapping[str, object]) -> bool:
    """Whether a row has these values, for ``...`` any."""
    return all(row[name] is not None if value is ... else row[name] == value for name, value in where.items())


def _meant(graph: Planted, kind: str, name: str, value: object) -> object:
    """``@another`` is the same end of the last edge of the kind, ``@Label`` a node of that label."""
    if value == "@another":
        return graph.rows[kind][-1][name]
    return graph.rows[value[1:]][0]["uid"] if isinstance(value, str) and value.startswith("@") else value


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=list(map(str, FAULTS)))
def test_a_planted_fault_is_found(faulty: Case, number: int) -> None:
    fault, uid = FAULTS[number], faulty.uids[number]
    found = {(each.property, each.rule, each.en) for each in faulty.report.violations if each.uid == uid}
    assert (fault.property, fault.rule, fault.words) in found


def test_nothing_but_what_was_planted_is_told(faulty: Case) -> None:
    ends = {str(row[side]) for row in faulty.rows for side in ("source", "target") if side in row}
    planted = {*faulty.uids, *ends}
    assert [each for each in faulty.report.violations if not {each.uid, *each.uid.split(" → ")} & planted] == []


def test_a_violation_names_what_it_is_about_and_its_document(faulty: Case) -> None:
    number = next(number for number, fault in enumerate(FAULTS) if fault.property == "sha256")
    row = faulty.rows[number]
    assert [each for each in faulty.report.violations if each.property == "sha256"] == [
        Violation(
            kind="Document", uid=str(row["uid"]), name=str(row["name"]), document=str(row["uid"]), file=str(row["file"]),
            property="sha256", value="xyz", rule="Pattern", zh="文件摘要的写法不对，应符合 ^[0-9a-f]{64}$",
            en="SHA-256 is not written as it should be: ^[0-9a-f]{64}$",
        )
    ]  # fmt: skip
    values = {(each.property, each.rule): each.value for each in faulty.report.violations}
    assert values["HAS_TASK", "MaxCount"] == 2
    assert values["score", "MaxInclusive"] == 1.5


# ------------------------------------------------------------------------------------------------ as one by one

VALUES = [None, "", "x", -1, 5000, 1.0, True, ["x", "y"]]


def test_the_verdicts_are_those_on_each_by_itself(tmp_path: Path) -> None:
    """A row of each kind with each property put to each value: pyshacl judges thousands of rows, or a few of them."""
    write_graph(small_graph(), tmp_path / "g")
    graph = Planted(open_graph(tmp_path / "g"))
    words = vocabulary()
    for kind, owner in {**words.node_types, **words.relation_types}.items():
        row = graph.rows[kind][0]
        for each in owner.properties:
            for value in VALUES if each.name != "uid" else ():
                copy = {**row, each.name: value}
                if "uid" in row:
                    copy["uid"] = f"{row['uid']}/{each.name}/{value!r}"
                graph.rows[kind].append(copy)
    report = validate(graph)  # type: ignore[arg-type]
    facts = {"span": "span_in_text", "source_span": "source_in_text", "target_span": "target_in_text"}
    found = Counter(
        (each.kind, each.uid, facts.get(each.property, _fact(each)), each.rule) for each in report.violations
    )
    expected = judged_one_by_one(graph)  # type: ignore[arg-type]
    assert found == expected
    assert len(found) > 500


def _fact(each: Violation) -> str:
    is_of_quote = "the quote" in each.en and "text has there" in each.en
    return f"{each.property}_in_text" if is_of_quote else each.property


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:closed true",
        "sh:property [ sh:path kg:text ; sh:uniqueLang true ]",
        "sh:property [ sh:path ( kg:HAS_TASK kg:text ) ; sh:minCount 1 ]",
        "sh:property [ sh:path [ sh:zeroOrMorePath kg:GROUPS ] ; sh:maxCount 9 ]",
        "sh:property [ sh:path kg:HAS_TASK ; sh:qualifiedValueShape [ sh:class kg:Task ] ; sh:qualifiedMinCount 1 ]",
        "sh:property [ sh:path kg:HAS_TASK ; sh:property [ sh:path kg:text ; sh:minCount 1 ] ]",
        "sh:not [ sh:closed true ]",
    ],
)
def test_a_shape_that_looks_further_than_a_node_is_refused(constraint: str) -> None:
    prefixes = f"@prefix kg: <https://w3id.org/responsibility-kg/ontology#> . @prefix sh: <{rdflib.SH}> . "
    with pytest.raises(TypeError, match=r"looks at more|leads away"):
        sights(shapes_graph(f"{prefixes} kg:Action {constraint} .".encode()))
