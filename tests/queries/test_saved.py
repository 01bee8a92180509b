"""The header of a saved question: what is read from it, what is refused, and the page that lists all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.errors import UsageError
from queries.saved import SUBJECTS, SavedColumn, SavedParameter, parsed, saved_queries, saved_query

ROOT = Path(__file__).parent.parent.parent
GOOD = """// name: bodies
// subject: workload
// zh: 某市有哪些部门？
// en: Which bodies has a city?
// param city: text(City) = "" | 城市 | city
// param least: integer | 至少 | at least
// column body: text | 部门 | body
MATCH (b:Department)-[:IN]->(c:City) WHERE c.name STARTS WITH $city AND size(b.aliases) >= $least
RETURN b.name AS body ORDER BY body
"""


def test_a_header_gives_words_parameters_and_columns() -> None:
    query = parsed(GOOD, "bodies.cypher")
    assert (query.name, query.subject, query.zh, query.en) == (
        "bodies",
        "workload",
        "某市有哪些部门？",
        "Which bodies has a city?",
    )
    assert query.parameters == (
        SavedParameter("city", "text", "City", "", "城市", "city"),
        SavedParameter("least", "integer", None, None, "至少", "at least"),
    )
    assert query.columns == (SavedColumn("body", "text", "部门", "body"),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// name: bodies\n", "", "bodies.cypher:1: the header has no line // name"),
        ("name: bodies", "name: body", "bodies.cypher:1: the name body is not that of the file"),
        ("subject: workload", "subject: work", "bodies.cypher:1: the subject work is none of"),
        ("// zh: 某", "// 某", "bodies.cypher:3: not a line of a header"),
        ('text(City) = ""', "text(City) = 3", "bodies.cypher:5: the default 3 is not of kind text"),
        ('text(City) = ""', "text(City) = '", "bodies.cypher:5: the default ' is not JSON"),
        ("integer |", "int |", "bodies.cypher:6: a parameter is declared as"),
        (" | 至少 | at least", " | 至少", "bodies.cypher:6: expected KIND | Chinese | English"),
        ("column body: text", "column body: string", "bodies.cypher:7: string is no kind of column"),
        ("// column body: text | 部门 | body\n", "", "bodies.cypher:1: the header has no column"),
        ("$least", "$most", "bodies.cypher:8: \\$most has no line // param most"),
        (">= $least", ">= 1", "bodies.cypher:1: the parameter least is not used"),
        ("// param least: integer", "// param city: integer", "bodies.cypher:1: a param has no name or stands twice"),
    ],
)
def test_a_header_that_is_not_well_formed_names_file_and_line(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(ValueError, match="^" + message):
        parsed(GOOD.replace(old, new, 1), "bodies.cypher")


def test_values_are_checked_by_name_and_kind_and_defaults_filled() -> None:
    query = parsed(GOOD, "bodies.cypher")
    assert query.filled({"least": "3"}) == {"city": "", "least": 3}
    assert query.filled({"least": 3, "city": "2024"}) == {"city": "2024", "least": 3}
    with pytest.raises(UsageError, match="did you mean city"):
        query.filled({"least": 1, "ctiy": "x"})
    with pytest.raises(UsageError, match="needs a value for least"):
        query.filled({})
    with pytest.raises(UsageError, match="expected integer"):
        query.filled({"least": "many"})
    assert saved_query("workload").filled({"notes": "是"})["notes"] is True
    assert saved_query("solo-leads").name == "solo_leads"
    with pytest.raises(UsageError, match="did you mean workload"):
        saved_query("worklaod")


def test_the_library_is_grouped_by_subject_and_every_subject_is_used() -> None:
    subjects = [query.subject for query in saved_queries().values()]
    assert list(dict.fromkeys(subjects)) == list(SUBJECTS)


def test_every_question_ends_in_a_full_order_and_avoids_what_engines_do_not_share() -> None:
    for query in saved_queries().values():
        code = "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))
        assert "ORDER BY" in code.rsplit("RETURN", 1)[1], query.name
        for avoided in ("SHORTEST", "shortestPath", "COLLECT {", "properties(", "keys(", "{.*}", "*]", "LIMIT"):
            assert avoided not in code, (query.name, avoided)


def test_the_page_lists_every_question_as_its_file_has_it() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    listed = [line for line in page.splitlines() if line.startswith("| `")]
    expected = []
    for query in saved_queries().values():
        names = ", ".join(f"{one.name}{'*' if one.default is None else ''}" for one in query.parameters)
        expected.append(f"| `{query.name}` | {query.zh} | {query.en} | {names} |")
    assert listed == expected
