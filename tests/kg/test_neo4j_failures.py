"""What goes wrong between a client and a server, on a real one: each says what to do, and a repeated load mends it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph import open_graph
from kg.neo4j.check import check
from kg.neo4j.connection import Connection, address_of
from kg.neo4j.load import load
from kg.neo4j.lock import SILENCE, held_lock
from ontology.errors import BackendError, GraphLockedError, UsageError
from ontology.vocabulary import vocabulary
from tests.kg.cli_helpers import ROOT, kg
from tests.kg.neo4j_helpers import changed, emptied, folder_of
from tests.kg.small_graph import large_graph, small_graph
from tests.neo4j_server.server import HOST, PASSWORD, Neo4jServer, free_port, neo4j_admin

KILLS = int(os.environ.get("KG_KILLS", "3"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(small_graph(), tmp_path / "small").path


@pytest.mark.parametrize("command", [("neo4j", "load"), ("neo4j", "check")])
@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            {"NEO4J_PASSWORD": "wrong-word"},
            "服务器不接受这个用户名和密码",
            "the server does not take this name and password",
        ),
        (
            {"NEO4J_DATABASE": "nowhere"},
            "服务器上没有可用的数据库 nowhere",
            "there is no database nowhere to use there",
        ),
        ({"NEO4J_URI": f"bolt://{HOST}:{free_port()}"}, "服务器没有应答", "the server does not answer"),
    ],
    ids=["wrong password", "no such database", "server away"],
)
def test_a_server_that_cannot_be_used(
    command: tuple[str, str], change: dict[str, str], zh: str, en: str, folder: Path, neo4j_server: Neo4jServer
) -> None:
    where = {**neo4j_server.environment, **change}
    for lang, words in (("en", en), ("zh", zh)):
        answer = kg(*command, "--graph", folder, "--lang", lang, env=where)
        assert answer.exit_code == 4
        assert words in answer.stderr
        assert "→" in answer.stderr
        assert not {PASSWORD, "wrong-word"} & set(answer.output.split())
    reading = kg("report", "workload", "--graph", where["NEO4J_URI"], env=where)
    assert (reading.exit_code, en in reading.stderr) == (4, True)


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("neo4j://me:secret@localhost", "name and password do not belong in the address"),
        ("http://localhost:7474", "this is not the address of a Neo4j server"),
        ("bolt://", "this is not the address of a Neo4j server"),
        ("bolt://localhost:seven", "this is not the address of a Neo4j server"),
        ("neo4j://localhost:7687/plans", "the address ends with the port"),
    ],
)
def test_an_address_that_is_none(uri: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        address_of(uri)
    assert "secret" not in str(caught.value)


def test_both_schemes_reach_the_server(folder: Path, neo4j_address: str) -> None:
    with emptied(neo4j_address):
        pass
    by_routing = neo4j_address.replace("bolt://", "neo4j://")
    answer = kg("neo4j", "load", "--graph", folder, "--uri", by_routing)
    assert answer.exit_code == 0, answer.stderr
    assert kg("neo4j", "check", "--graph", folder, "--uri", by_routing).exit_code == 0
    assert (
        kg("cypher", "MATCH (c:City) RETURN count(c) AS n", "--graph", by_routing, "--format", "csv").stdout == "n\n2\n"
    )


def test_a_second_load_is_refused_while_one_is_under_way(folder: Path, neo4j_address: str) -> None:
    with emptied(neo4j_address) as connection:
        load(open_graph(folder), connection)
        with held_lock(connection):
            answer = kg("neo4j", "load", "--graph", folder)
            assert answer.exit_code == 4
            assert f"a load is under way: process {os.getpid()} on " in answer.stderr
        assert kg("neo4j", "load", "--graph", folder).exit_code == 0


def test_a_lock_is_taken_over_when_nobody_has_heard_of_its_holder(folder: Path, neo4j_address: str) -> None:
    with emptied(neo4j_address) as connection:
        load(open_graph(folder), connection)
        held = "MATCH (g:KgGraph) SET g.token = 'other', g.holder = 'process 1 on elsewhere', g.host = 'elsewhere', "
        changed(connection, held + "g.heard = timestamp() - 1000 * $seconds", seconds=SILENCE - 60)
        with pytest.raises(GraphLockedError, match="process 1 on elsewhere"):
            load(open_graph(folder), connection)
        changed(connection, held + "g.heard = timestamp() - 1000 * $seconds", seconds=SILENCE + 1)
        load(open_graph(folder), connection)


def test_a_loader_whose_lock_was_taken_over_writes_nothing_more(folder: Path, neo4j_address: str) -> None:
    def take_over(done: int, total: int) -> None:
        changed(connection, "MATCH (g:KgGraph) SET g.token = 'other', g.heard = 0")

    with emptied(neo4j_address) as connection:
        with pytest.raises(GraphLockedError, match="another load took this database over"):
            load(open_graph(folder), connection, told=take_over)
        assert connection.read("MATCH (n:City) RETURN count(n)") == [[0]]
        load(open_graph(folder), connection)
        assert all(each.same for each in check(open_graph(folder), connection))


def test_a_server_that_dies_in_the_middle_of_a_load(
    folder: Path, neo4j_server: Neo4jServer, neo4j_address: str
) -> None:
    def cut_the_power(done: int, total: int) -> None:
        if done > total // 2 and not cut:
            cut.append(done)
            neo4j_server.kill()

    cut: list[int] = []
    graph = open_graph(folder)
    with emptied(neo4j_address) as connection, pytest.raises(BackendError, match="does not answer") as caught:
        load(graph, connection, told=cut_the_power)
    assert caught.value.exit_code == 4
    neo4j_server.start()
    answer = kg("report", "workload", "--graph", neo4j_address)
    assert answer.exit_code == 4
    assert "not complete" in answer.stderr
    with Connection(address_of()) as connection:
        load(graph, connection)
        assert all(each.same for each in check(graph, connection))


def test_a_load_killed_at_any_moment_and_repeated_gives_the_same(tmp_path: Path, neo4j_address: str) -> None:
    given = os.environ.get("KG_KILL_GRAPH")
    graph = open_graph(given) if given else folder_of(large_graph(1500, 60, 9000), tmp_path / "large")
    command = [sys.executable, "-m", "kg", "neo4j", "load", "--graph", str(graph.path)]
    with emptied(neo4j_address) as connection:
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        whole = time.monotonic() - began
        undisturbed = [each.database_checksum for each in check(graph, connection)]
    chance = random.Random(20260711)
    seen: set[bool] = set()
    for _ in range(KILLS):
        with emptied(neo4j_address) as connection:
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * chance.uniform(0.3, 1.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            before = [each.database_checksum for each in check(graph, connection)]
            seen.add(before == undisturbed)
            # At once: the lock of a process that is dead does not stand in the way.
            load(graph, connection)
            compared = check(graph, connection)
            assert all(each.same for each in compared)
            assert [each.database_checksum for each in compared] == undisturbed
    assert False in seen, "every kill came after the end"


def test_the_files_for_neo4j_admin_are_imported_and_give_the_graph(
    folder: Path, tmp_path: Path, neo4j_server: Neo4jServer, neo4j_address: str
) -> None:
    assert kg("export", "neo4j-admin", "--graph", folder, "-o", tmp_path / "csv").exit_code == 0
    neo4j_server.stop()
    try:
        done = neo4j_admin(
            neo4j_server.folder, "database", "import", "full", "neo4j", "@import.args", cwd=tmp_path / "csv"
        )
    finally:
        neo4j_server.start()
    assert done.returncode == 0, done.stdout + done.stderr
    with Connection(address_of()) as connection:
        # CSV has no empty list, and that is all that is left to write.
        different = {each.name for each in check(open_graph(folder), connection) if not each.same}
        words = vocabulary()
        listing = {
            name
            for name, kind in (*words.node_types.items(), *words.relation_types.items())
            if any(each.kind == "strings" for each in kind.properties)
        }
        assert {"City", "Department", "ADDRESSES"} <= different <= listing
        assert kg("report", "workload", "--graph", neo4j_address).exit_code == 4
        changes = load(open_graph(folder), connection).changes
        assert sum(change.created + change.removed for change in changes) == 0
        assert all(each.same for each in check(open_graph(folder), connection))
    folder_answer = kg("report", "workload", "--graph", folder, "--format", "json")
    assert kg("report", "workload", "--graph", neo4j_address, "--format", "json").stdout == folder_answer.stdout
