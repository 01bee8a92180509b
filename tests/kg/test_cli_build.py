"""``kg build``: what is read, what is told, what bad input does."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg as package
from tests.kg.cli_helpers import COMMA, kg, plans


def test_a_folder_becomes_a_graph_and_a_summary(tmp_path: Path) -> None:
    graph = tmp_path / "g"
    result = kg("build", plans(tmp_path), "-o", graph)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0].split() == [
        "file", "city", "status", "actions", "tasks", "bodies", "responsibilities", "printed", "targets", "findings",
    ]  # fmt: skip
    # comma.txt: three actions name 3 + 2 + 1 bodies, four of them different; no verb or label says who leads.
    assert lines[2].split()[2:] == ["draft", "3", "2", "4", "6", "0.0%", "2", "0"]
    # verbs.txt: 牵头, 配合 and 负责 are printed behind each of the three.
    assert lines[3].split()[2:] == ["issued", "1", "2", "2", "3", "100.0%", "1", "0"]
    assert lines[-1].startswith(f"{graph}: 2 documents, ")
    assert sorted(
        str(row["file"]) for row in package.open(graph).cypher("MATCH (d:Document) RETURN d.file AS file")
    ) == [
        "comma.txt",
        "verbs.txt",
    ]


def test_a_build_holds_exactly_the_paths_it_was_given(tmp_path: Path) -> None:
    folder, graph = plans(tmp_path), tmp_path / "g"
    kg("build", folder, "-o", graph)
    assert kg("build", folder / "verbs.txt", folder / "verbs.txt", "-o", graph).exit_code == 0
    assert package.open(graph).manifest.nodes["Document"] == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("program.txt", bytes(range(256)) * 8, "binary"),
        ("prose.txt", "没有任何编号的一段文字。".encode(), "no outline"),
        ("absent.txt", None, "no such file"),
    ],
)
def test_one_bad_file_never_loses_the_others(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    bad, graph = tmp_path / name, tmp_path / "g"
    if content is not None:
        bad.write_bytes(content)
    result = kg("build", plans(tmp_path), bad, "-o", graph)
    assert result.exit_code == 3
    assert f"not read: {bad}: " in result.stderr
    assert told in result.stderr
    assert "→" in result.stderr
    opened = package.open(graph)
    assert opened.manifest.nodes["Document"] == 2
    failed = [given for given in opened.manifest.inputs if given.outcome == "failed"]
    assert [Path(given.file).name for given in failed] == [name]


def test_where_nothing_can_be_read_the_old_graph_stays(tmp_path: Path) -> None:
    graph, bad = tmp_path / "g", tmp_path / "empty.txt"
    bad.write_bytes(b"")
    kg("build", plans(tmp_path), "-o", graph)
    before = {path: path.read_bytes() for path in graph.rglob("*") if path.is_file() and not path.name.startswith(".")}
    result = kg("build", bad, "-o", graph)
    assert result.exit_code == 3
    assert "nothing was written" in result.stderr
    assert result.stdout == ""
    assert {path: path.read_bytes() for path in before} == before
    assert package.open(graph).manifest.nodes["Document"] == 2


def test_a_folder_without_readable_files_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ico").write_bytes(b"x")
    result = kg("build", tmp_path / "in", "-o", tmp_path / "g")
    assert result.exit_code == 3
    assert "no readable file" in result.stderr
    assert not (tmp_path / "g").exists()


def test_encodings_are_told_apart_or_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(COMMA.encode("gb18030"))
    assert kg("build", tmp_path / "a.txt", "-o", tmp_path / "g").exit_code == 0
    assert kg("build", tmp_path / "a.txt", "-o", tmp_path / "g", "--encoding", "gb18030").exit_code == 0
    assert package.open(tmp_path / "g").manifest.settings == {"encoding": "gb18030"}
    unknown = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g", "--encoding", "klingon")
    assert unknown.exit_code == 3
    assert "klingon" in unknown.stderr


def test_a_folder_that_is_no_graph_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("keep", encoding="utf-8")
    result = kg("build", plans(tmp_path), "-o", tmp_path / "mine")
    assert result.exit_code == 2
    assert "thesis.txt" in result.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
