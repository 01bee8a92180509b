"""Writing a graph folder: all or nothing, one writer at a time, nothing foreign touched."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.build import lock_graph, write_graph
from kg.graph import open_graph
from ontology.errors import GraphError, GraphLockedError, UsageError
from tests.kg.small_graph import large_graph, shuffled, small_graph

ROOT = Path(__file__).parent.parent.parent
BUILD = """
import sys
sys.path[:] = {path!r}
from pathlib import Path
from kg.build import write_graph
from tests.kg.small_graph import large_graph
records = large_graph(3000, 50, 20000)
print("begin", flush=True)
write_graph(records, Path({folder!r}))
print("done", flush=True)
"""
HOLD = """
import sys
sys.path[:] = {path!r}
from pathlib import Path
from kg.build import lock_graph
with lock_graph(Path({folder!r})):
    print("held", flush=True)
    sys.stdin.read()
"""


def started(script: str, folder: Path) -> subprocess.Popen[bytes]:
    text = script.format(path=[str(ROOT), *sys.path], folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def versions_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "versions").iterdir())


def test_the_same_graph_twice_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first, other = tmp_path / "first", tmp_path / "other"
    version = write_graph(small_graph(), first)
    write_graph(shuffled(small_graph()), other)
    assert files_of(first) == files_of(other)
    assert (first / "CURRENT").read_text(encoding="utf-8") == f"{version.name}\n"
    write_graph(small_graph(), first)
    assert files_of(first) == files_of(other)
    assert versions_of(first) == [version.name]


def test_the_previous_version_stays_and_older_ones_go(tmp_path: Path) -> None:
    names = [write_graph(large_graph(3, 2, relations), tmp_path / "g").name for relations in (1, 2, 3)]
    assert versions_of(tmp_path / "g") == sorted(names[1:])
    assert open_graph(tmp_path / "g").version.name == names[2]
    write_graph(large_graph(3, 2, 2), tmp_path / "g")
    assert open_graph(tmp_path / "g").version.name == names[1]
    assert versions_of(tmp_path / "g") == sorted(names[1:])


def test_a_damaged_version_is_replaced_by_building_it_again(tmp_path: Path) -> None:
    version = write_graph(small_graph(), tmp_path / "g")
    whole = files_of(tmp_path / "g")
    (version / "nodes" / "City.parquet").write_bytes(b"PAR1")
    assert write_graph(small_graph(), tmp_path / "g") == version
    assert files_of(tmp_path / "g") == whole
    assert versions_of(tmp_path / "g") == [version.name]


def test_a_build_killed_at_any_moment_leaves_the_graph_usable(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    with started(BUILD, tmp_path / "measured") as whole:
        assert first_line(whole) == b"begin"
        began = time.monotonic()
        assert first_line(whole) == b"done"
        seconds = time.monotonic() - began
    write_graph(small_graph(), folder)
    killed = 0
    for part in (0.0, 0.15, 0.4, 0.65, 0.9):
        with started(BUILD, folder) as build:
            assert first_line(build) == b"begin"
            time.sleep(seconds * part)
            build.kill()
        killed += build.returncode != 0
        graph = open_graph(folder)
        assert graph.cypher("MATCH (n) RETURN count(n) AS n").rows in ([{"n": 16}], [{"n": 3050}])
        assert len(graph.nodes("Action")) in (1, 3000)
    assert killed >= 3
    write_graph(small_graph(), folder)
    assert open_graph(folder).cypher("MATCH (n:City) RETURN count(n) AS n").rows == [{"n": 2}]
    assert [name for name in versions_of(folder) if name.startswith(".")] == []


def test_a_second_builder_is_told_who_builds(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    write_graph(small_graph(), folder)
    with started(HOLD, folder) as holder:
        assert first_line(holder) == b"held"
        with pytest.raises(GraphLockedError, match=f"process {holder.pid} on ") as caught:
            write_graph(large_graph(3, 2, 4), folder)
        assert caught.value.exit_code == 4
        assert open_graph(folder).cypher("MATCH (n) RETURN count(n) AS n").rows == [{"n": 16}]
        holder.kill()
    write_graph(large_graph(3, 2, 4), folder)
    assert open_graph(folder).manifest.relations["LEADS"] == 4


def test_a_build_holds_the_lock_from_before_it_reads(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    with lock_graph(folder):
        holder = json.loads((folder / ".lock-holder.json").read_text(encoding="utf-8"))
        assert holder["pid"] == os.getpid()
        write_graph(small_graph(), folder)
        assert (folder / ".lock-holder.json").exists()
    assert not (folder / ".lock-holder.json").exists()
    assert open_graph(folder).manifest.nodes["City"] == 2


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock_graph(tmp_path / "deep" / "g"):
        raise RuntimeError
    assert not (tmp_path / "deep" / "g").exists()
    broken = large_graph(3, 2, 4)
    write_graph(broken, tmp_path / "g")
    before = files_of(tmp_path / "g")
    with pytest.raises(GraphError, match="unknown label"):
        write_graph(type(broken)({"Town": []}, {}, {}, (), ()), tmp_path / "g")
    assert files_of(tmp_path / "g") == before


def test_foreign_folders_and_files_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds other files \(notes.txt\)"):
        write_graph(small_graph(), tmp_path)
    with pytest.raises(UsageError, match="this is a file"):
        write_graph(small_graph(), tmp_path / "notes.txt")
    assert files_of(tmp_path) == {"notes.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    write_graph(small_graph(), tmp_path / "empty")
    (tmp_path / "empty" / "README").write_text("mine", encoding="utf-8")
    write_graph(large_graph(3, 2, 4), tmp_path / "empty")
    assert (tmp_path / "empty" / "README").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_an_error_that_helps(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="could not be written") as caught:
        write_graph(small_graph(), tmp_path / "file" / "g")
    assert "look at free space and permissions" in (caught.value.advice or "")


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "you may not write there: name another folder with -o, or have its owner allow it"),
        (errno.EROFS, "you may not write there: name another folder with -o, or have its owner allow it"),
        (errno.ENOSPC, "make room on this disk, or name a folder on another with -o"),
    ],
)
def test_a_folder_that_takes_no_lock_is_told_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    # The superuser, whom tests may run as, is refused nothing.
    def refuse(path: Path, **_: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(GraphError) as caught, lock_graph(tmp_path / "g"):
        pass
    assert caught.value.message == f"the graph could not be written: {os.strerror(number)}"
    assert (caught.value.where, caught.value.advice) == (str(tmp_path / "g"), advice)
