"""Every command in the README runs, and its Python too."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\s*\$ (.+)$", README, re.M)
KG = [command for command in COMMANDS if command.startswith("kg ")]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder with plans in ``plans/``, as the README has it."""
    place = tmp_path_factory.mktemp("readme")
    (place / "plans").mkdir()
    for plan in samples.glob("*.txt"):
        shutil.copy(plan, place / "plans")
    assert run([sys.executable, "-m", "kg", "demo"], place).returncode == 0
    return place


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_the_readme_shows_these_commands() -> None:
    assert [command for command in COMMANDS if command not in KG] == ["make demo", "make test"]
    assert len(KG) == 18


def test_every_kg_command_and_the_python_run_in_order(folder: Path) -> None:
    for command in KG:
        words = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)]
        done = run([sys.executable, "-m", "kg", *words[1:]], folder)
        assert done.returncode == (1 if words[1] == "lint" else 0), f"{command}\n{done.stderr}"
        assert done.stdout or "-o" in words, command
    [code] = PYTHON
    done = run([sys.executable, "-c", code], folder)
    assert done.returncode == 0, done.stderr
    assert "开办" in done.stdout
    assert (folder / "workload.xlsx").stat().st_size > 5000
    assert (folder / "found.jsonl").read_text("utf-8").count("\n") >= 4


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
def test_make_demo_and_make_test_are_what_they_say() -> None:
    planned = run(["make", "--dry-run", "--always-make", "demo", "test"], ROOT).stdout
    assert "kg demo" in planned
    assert "-m pytest" in planned
    assert "--constraint constraints.txt" in planned
