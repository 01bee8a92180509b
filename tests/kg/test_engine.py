"""The embedded engine: what analysts may write, what is refused, and what comes back."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine import Engine, _died, cache_name, open_engine, run_isolated
from kg.records import GraphRecords
from kg.statement import encoded, statement
from kg.tables import checked, write_tables
from ontology.errors import BackendError, GraphError, KgError, QueryError, QueryTimeoutError, WriteRefusedError
from ontology.vocabulary import vocabulary
from queries.rows import Rows
from tests.kg.small_graph import responsibility, small_graph


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.from_records(checked(small_graph()))


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(checked(small_graph()), folder)
    open_engine(folder, "1")
    return folder


def error_of(engine: Engine, text: str, **params: object) -> KgError:
    with pytest.raises(KgError) as caught:
        engine.run(text, params)
    return caught.value


def test_every_property_of_every_label_can_be_asked_for(engine: Engine) -> None:
    for label, node in vocabulary().node_types.items():
        names = [p.name for p in node.properties]
        answer = engine.run(f"MATCH (n:{label}) RETURN {', '.join(f'n.{name} AS {name}' for name in names)}")
        expected = checked(small_graph()).nodes[label]
        assert sorted(answer.rows, key=lambda row: str(row["uid"])) == expected, label
        assert answer.columns == tuple(names)
        assert answer.warnings == ()


def test_every_property_of_every_relation_can_be_asked_for(engine: Engine) -> None:
    for name, relation in vocabulary().relation_types.items():
        wanted = ", ".join(f"r.{p.name} AS {p.name}" for p in relation.properties) or "1 AS one"
        answer = engine.run(f"MATCH ()-[r:{name}]->() RETURN {wanted}")
        rows = [row for key, rows in checked(small_graph()).edges.items() if key[1] == name for row in rows]
        expected = [{p.name: row[p.name] for p in relation.properties} or {"one": 1} for row in rows]
        assert sorted(map(str, answer)) == sorted(map(str, expected)), name
        assert answer.warnings == ()


def test_a_property_that_is_null_everywhere_is_null_and_no_mistake(engine: Engine, version: Path) -> None:
    for opened in (engine, open_engine(version, "1")):
        assert opened.run("MATCH (n:Action) RETURN n.due").rows == [{"n.due": None}]
        answer = opened.run("MATCH (n:Action) WHERE n.due IS NULL RETURN count(*) AS n")
        assert (answer.rows, answer.warnings) == ([{"n": 1}], ())
    empty = Engine.from_records(checked(GraphRecords({}, {}, {}, (), ())))
    assert empty.run("MATCH (n:Action) RETURN n.due") == Rows(("n.due",), [], ())


def test_nodes_and_relationships_come_back_whole(engine: Engine) -> None:
    row = engine.run(
        "MATCH (d:Department)-[r:SUPPORTS]->(a) RETURN d, r, [a] AS list, {body: d} AS map, count(*) AS n"
    ).rows[0]
    body = {"labels": ["Department"], "uid": "990100/乙", "name": "示例市乙局", "aliases": [], "kind": "bureau"}
    edge = responsibility("", "", duty="配合", printed_name="乙局", span_start=44, span_end=46)
    assert row["d"] == body
    assert row["r"] == {"type": "SUPPORTS"} | {key: edge[key] for key in edge if key not in ("source", "target")}
    assert row["list"] == [
        {
            "labels": ["Action"], "uid": "d1/a1", "name": "压缩办理时限", "ref": "（一）", "heading": "压缩办理时限",
            "order": 1, "span_start": 10, "span_end": 51,
        }
    ]  # fmt: skip
    assert (row["map"], row["n"]) == ({"body": body}, 1)
    path = engine.run("MATCH p = (:Theme)-[:BROADER]->(:Theme) RETURN p").rows[0]["p"]
    assert isinstance(path, dict)
    assert path["relationships"] == [{"type": "BROADER"}]


@pytest.mark.parametrize(
    ("text", "columns", "row"),
    [
        ("MATCH (部:Department) WHERE 部.kind = $类 RETURN count(部) AS 个数", ("个数",), [2]),
        ("MATCH (`部 门`:Department) RETURN max(`部 门`.uid) AS `最 大`", ("最 大",), ["990100/甲"]),
        ("MATCH (甲:`City`) RETURN 甲.uid ORDER BY 甲.uid LIMIT 1", ("甲.uid",), ["990000"]),
        ("MATCH (n:City) RETURN `n`.`uid` ORDER BY `n`.`uid` LIMIT 1", ("`n`.`uid`",), ["990000"]),
        ("WITH {名: '甲', set: 1} AS 图 RETURN 图.名, 图.set AS `set`", ("图.名", "set"), ["甲", 1]),
        ("UNWIND ['乙'] AS 字 RETURN 字 + $`类` /* 注 */ AS 句 // 完", ("句",), ["乙bureau"]),
        ("/* CREATE */ RETURN '/* 不是 */ // CREATE' AS a, \"it's; SET\" AS b;", ("a", "b"), ["/* 不是 */ // CREATE", "it's; SET"]),
        ("RETURN\u3000date('2024-03-01') AS d, [1.5, null, true] AS l", ("d", "l"), ["2024-03-01", [1.5, None, True]]),
        ("MATCH (a)-[:GROUPS]->(b:Section|Action) RETURN count(*) AS n", ("n",), [2]),
    ],
)  # fmt: skip
def test_chinese_names_comments_and_columns_as_written(
    engine: Engine, text: str, columns: tuple[str, ...], row: list[object]
) -> None:
    answer = engine.run(text, {"类": "bureau"})
    assert answer.columns == columns
    assert [list(found.values()) for found in answer] == [row]


@given(st.text())
def test_a_string_comes_back_whatever_is_in_it(text: str) -> None:
    written = text.replace("\\", "\\\\").replace("'", "\\'")
    prepared = statement(f"RETURN '{written}' AS 甲 // {text!r}", {}, read_only=True)
    assert prepared.tokens[1].text == f"'{written}'"
    assert prepared.text.startswith(f"RETURN '{written}' AS zhx_e794b2_x")
    assert (
        prepared.origin(prepared.text.index("zhx_", len(written) + 9))
        == prepared.source.index(" AS ", len(written)) + 4
    )


@given(st.text(alphabet="MATCHSETn()[]{}'\"`$/*; \n\\:.,|甲；（1"))
def test_any_text_is_refused_with_its_place_or_rewritten_once_for_all(text: str) -> None:
    values = dict.fromkeys(["n", "甲", encoded("甲"), "S", "M"], 1)
    try:
        rewritten = statement(text, values, read_only=True).text
    except QueryError as error:
        refused_at = error.where or ""
    else:
        refused_at = "line, never"
        assert statement(rewritten, values, read_only=True).text == rewritten
    assert refused_at.startswith("line")


def test_counts_over_two_hops_are_right(engine: Engine) -> None:
    text = "MATCH (d:Document)-[:HAS_ACTION]->(a)<-[:LEADS]-(b) RETURN d.uid AS uid, count(*) AS n"
    assert engine.run(text).rows == [{"uid": "d1", "n": 2}]


def test_unknown_labels_are_warnings_that_name_the_ontology_word(engine: Engine) -> None:
    assert "Did you mean 'Department'?" in engine.run("MATCH (n:部门) RETURN n").warnings[0]
    assert "'牵头'" in engine.run("MATCH ()-[r:牵头]->() RETURN r").warnings[0]
    assert "Did you mean 'City'?" in engine.run("MATCH (n:Citty) RETURN n").warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:City {uid: 'x'})", "INSERT (n:City)", "MERGE (n:City {uid: 'x'})", "MATCH (n) SET n.name = 'x'",
        "match (n) set n:Old", "MATCH (n) REMOVE n.name", "MATCH (n) DELETE n", "MATCH (n) DETACH DELETE n",
        "MATCH (n) NODETACH DELETE n", "DROP INDEX x", "CREATE INDEX FOR (n:City) ON (n.level)",
        "MATCH (n) FOREACH (x IN [1] | SET n.a = x)", "CALL { CREATE (n) } RETURN 1", "EXPLAIN CREATE (n)",
        "MATCH (n) /* harmless */ SET/**/n.a = 1", "CALL db.cdc.enable()", "LOAD CSV FROM 'x.csv' AS l RETURN l",
        "LOAD /* */ CSV WITH HEADERS FROM 'x.csv' AS l RETURN l",
    ],
)  # fmt: skip
def test_writes_are_refused(engine: Engine, text: str) -> None:
    before = engine.run("MATCH (n) RETURN count(n) AS n, count(n.name) AS m").rows
    assert isinstance(error_of(engine, text), WriteRefusedError)
    assert engine.run("MATCH (n) RETURN count(n) AS n, count(n.name) AS m").rows == before == [{"n": 16, "m": 16}]


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 'CREATE (n)' AS a", 'RETURN "SET" AS a', "RETURN 1 AS `DELETE`", "RETURN 1 AS a // CREATE (n)",
        "RETURN /* MERGE (n) */ 1 AS a", "MATCH (n:City) RETURN n.set AS a", "MATCH (n:Set) RETURN n",
        "MATCH ()-[r:CREATE|MERGE]->() RETURN r", "RETURN {set: 1, delete: 2} AS a", "MATCH (`set`:City) RETURN `set`.name",
        "RETURN $set AS a", "MATCH (created:City) RETURN created.name", "MATCH (n:City) RETURN n {.uid, .remove} AS a",
    ],
)  # fmt: skip
def test_words_that_only_look_like_writes_are_not(engine: Engine, text: str) -> None:
    assert engine.run(text, {"set": 1}).columns


def test_a_write_that_is_asked_for_stays_in_memory(version: Path) -> None:
    engine = open_engine(version, "1")
    files = {path: path.read_bytes() for path in version.rglob("*") if path.is_file()}
    created = engine.run("CREATE (n:设想 {名: '甲'}) RETURN n, labels(n) AS l", read_only=False)
    assert created.rows == [{"n": {"labels": ["设想"], "名": "甲"}, "l": ["设想"]}]
    assert engine.run("MATCH (n:设想) RETURN n.名").rows == [{"n.名": "甲"}]
    assert isinstance(error_of(engine, "MATCH (n:设想) DELETE n"), WriteRefusedError)
    with pytest.raises(WriteRefusedError):
        engine.run("LOAD CSV FROM 'x.csv' AS l CREATE (n)", read_only=False)
    assert {path: path.read_bytes() for path in version.rglob("*") if path.is_file()} == files
    assert open_engine(version, "1").run("MATCH (n:设想) RETURN n").rows == []


@pytest.mark.parametrize(
    ("text", "where", "message", "advice"),
    [
        ("MATCH (n:City) RETRUN n", "line 1, column 16", "unexpected RETRUN", "did you mean RETURN?"),
        ("MATCH (n:City)\nRETURN toUper(n.name)", "line 2, column 8", "Unknown function", "did you mean toUpper?"),
        ("MATCH (市:City) RETURN 城.name", "line 1, column 23", "Undefined variable '城'", None),
        ("MATCH (action)\n RETURN actoin.x", "line 2, column 9", "Undefined variable", "did you mean action?"),
        ("MATCH (n:City RETURN n", "line 1, column 15", "Unexpected token in MATCH pattern: RETURN", None),
        ("RETURN '中文中文', +", "line 1, column 16", "Unexpected token in expression: +", None),
        ("MATCH (n：City) RETURN n", "line 1, column 9", "does not know the character ：", "write : instead of ："),
        ("RETURN 'abc", "line 1, column 8", "this string has no end", None),
        ("RETURN 1 /* abc", "line 1, column 10", "this comment has no end", None),
        ("RETURN `abc", "line 1, column 8", "this name has no end", None),
        ("RETURN 1;\nMATCH (n) RETURN n", "line 2, column 1", "a second statement", "one statement at a time"),
        ("MATCH (n) RETURN 1; DELETE n", "line 1, column 21", "a second statement", "one statement at a time"),
        ("  // nothing", "line 1, column 1", "there is no statement", "for example: MATCH (n) RETURN count(n)"),
        ("RETURN $x + $名 + $y", "line 1, column 8", "no value was given for $x, $名", "--param x=… --param 名=…"),
        ("RETURN 1 AS a FORMAT CSV", "line 1, column 15", "FORMAT CSV", "use --format csv"),
        ("COPY City TO 'x.csv'", "line 1, column 1", "COPY reads or writes files", "give values as parameters"),
        ("LOAD FROM 'x.csv' RETURN 1", "line 1, column 1", "LOAD reads or writes files", "kg build"),
        (" EXPORT DATABASE 'x'", "line 1, column 2", "EXPORT reads or writes files", "--format"),
        ("ATTACH 'x' AS y", "line 1, column 1", "ATTACH would take another graph", "name the graph with --graph"),
        ("INSTALL json", "line 1, column 1", "INSTALL would extend the engine", "SHOW FUNCTIONS"),
        ("begin transaction", "line 1, column 1", "BEGIN is not needed", "ask the question alone"),
        ("RETURN 6 / 2,\n 1 / 0", "line 2, column 4", "division by zero", "CASE WHEN x <> 0"),
        ("RETURN 1 % 0", "line 1, column 10", "modulo by zero", "CASE WHEN x <> 0"),
        ("WITH 0 AS n RETURN 6 / 2, 1 / n", None, "division by zero", "CASE WHEN x <> 0"),
    ],
)
def test_errors_say_where_and_what_next(
    engine: Engine, text: str, where: str | None, message: str, advice: str | None
) -> None:
    error = error_of(engine, text, y=1)
    assert type(error) is QueryError
    assert error.where == where
    assert message in error.message
    assert (advice or "") in (error.advice or "")


def test_the_mark_stands_under_the_place_behind_wide_characters(engine: Engine) -> None:
    error = error_of(engine, "RETURN '中文' RETRUN 1")
    assert error.message.splitlines()[1:] == ["    RETURN '中文' RETRUN 1", " " * 18 + "^"]


def test_parameters_of_many_kinds(engine: Engine) -> None:
    given = {"a": [1, {"b": None}], "d": dt.date(2024, 3, 1), "s": {"乙", "甲"}, "t": ("x",), "f": 1.5}
    answer = engine.run("RETURN $a AS a, $d AS d, $s AS s, $t AS t, $f AS f", given)
    assert answer.rows == [{"a": [1, {"b": None}], "d": "2024-03-01", "s": ["乙", "甲"], "t": ["x"], "f": 1.5}]
    assert "cannot be of type object" in error_of(engine, "RETURN $a", a=object()).message
    assert "64 bits" in error_of(engine, "RETURN $a", a=2**63).message


def test_a_question_that_takes_too_long_is_stopped(engine: Engine) -> None:
    with pytest.raises(QueryTimeoutError):
        engine.run("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)", timeout=0.1)


def test_rows_become_a_data_frame(engine: Engine) -> None:
    frame = engine.run("MATCH (c:City) RETURN c.name AS 市, c.level AS level ORDER BY c.uid").to_pandas()
    assert frame.to_dict("list") == {"市": ["示例省", "示例市"], "level": ["province", "prefecture"]}
    assert list(engine.run("MATCH (c:City {uid: 'no'}) RETURN c.name AS 市").to_pandas().columns) == ["市"]


def test_parallel_edges_are_kept_between_whatever_labels_a_relation_joins() -> None:
    records = checked(small_graph())
    twice = [
        responsibility("990100/甲", "d1/a1/t1", duty="牵头", span_start=20, span_end=22),
        responsibility("990100/甲", "d1/a1/t1", duty="负责", span_start=30, span_end=32),
    ]
    edges = {**records.edges, ("Department", "LEADS", "Task"): twice}
    engine = Engine.from_records(checked(GraphRecords(records.nodes, edges, {}, (), ())))
    answer = engine.run("MATCH (d)-[r:LEADS]->(h) RETURN labels(h)[0] AS label, r.duty AS duty ORDER BY label, duty")
    assert [(row["label"], row["duty"]) for row in answer] == [
        ("Action", "牵头"), ("Action", "负责"), ("Section", "牵头"), ("Task", "牵头"), ("Task", "负责"),
    ]  # fmt: skip


def test_an_edge_without_an_end_is_an_error_not_a_new_node() -> None:
    records = GraphRecords(
        {"City": [{"uid": "1", "name": "甲市"}]},
        {("City", "PART_OF", "City"): [{"source": "1", "target": "2"}]}, {}, (), (),
    )  # fmt: skip
    with pytest.raises(GraphError, match="there is no City 2"):
        Engine.from_records(records)


@pytest.mark.parametrize("damage", [b"", b"rubbish", None])
def test_a_broken_cache_is_built_again(tmp_path: Path, damage: bytes | None) -> None:
    write_tables(checked(small_graph()), tmp_path)
    cache = tmp_path / cache_name("1")
    open_engine(tmp_path, "1")
    whole = cache.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    cache.write_bytes(flipped if damage is None else damage)
    assert open_engine(tmp_path, "1").run("MATCH (n) RETURN count(n) AS n").rows == [{"n": 16}]
    assert cache.read_bytes() == whole
    assert cache_name("2") != cache.name


def test_an_isolated_question_gives_the_same_rows(engine: Engine, version: Path) -> None:
    text = "MATCH (部:Department)-[r:LEADS]->(a) WHERE 部.name = $名 RETURN 部, r, a.name AS 举措 ORDER BY r.span_start"
    params = {"名": "示例市甲局"}
    assert run_isolated(version, "1", text, params) == engine.run(text, params)
    assert run_isolated(version, "1", "MATCH (n:Citty) RETURN n").warnings


def test_isolated_errors_are_the_same_errors(version: Path) -> None:
    with pytest.raises(QueryError, match="Unknown function") as caught:
        run_isolated(version, "1", "RETURN foo(1)")
    assert caught.value.where == "line 1, column 8"
    with pytest.raises(WriteRefusedError):
        run_isolated(version, "1", "CREATE (n)")
    with pytest.raises(GraphError, match="missing"):
        run_isolated(version / "no", "1", "RETURN 1")


def test_an_isolated_question_that_does_not_look_at_the_clock_is_killed(version: Path) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        run_isolated(
            version, "1", "RETURN reduce(s = '', x IN range(1, 8000000) | s + 'aaaaaaaaaaaaaaaa')", timeout=0.3
        )
    assert time.monotonic() - began < 5


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux keeps the limit")
def test_an_isolated_question_cannot_take_all_memory(version: Path) -> None:
    text = "RETURN reduce(s = 'aaaaaaaaaaaa', x IN range(1, 40) | s + s) AS x"
    with pytest.raises(BackendError, match="more memory") as caught:
        run_isolated(version, "1", text, timeout=60, memory=100)
    assert "engine failed" not in caught.value.message


@pytest.mark.parametrize(
    ("code", "said", "message"),
    [
        (-6, b"memory allocation of 99 bytes failed\n", "the question needed more memory than it may use"),
        (-9, b"", "the system stopped the question, as it does where memory runs out"),
        (-11, b"", "the engine failed on this question"),
    ],
)
def test_a_process_that_died_is_told_with_one_reason(code: int, said: bytes, message: str) -> None:
    assert _died(code, said).message == f"{message} (its process ended with code {code})"
