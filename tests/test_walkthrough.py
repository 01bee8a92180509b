"""The walkthrough in docs/ runs, and what it says agrees with the commands."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from tests.kg.cli_helpers import ROOT, kg


def test_the_walkthrough_answers_the_three_questions(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg("build", *sorted(samples.glob("*.txt")), "-o", tmp_path / "graph").exit_code == 0
    monkeypatch.setattr(sys, "argv", ["walkthrough.py", str(tmp_path / "graph")])
    cells = runpy.run_path(str(ROOT / "docs" / "walkthrough.py"), run_name="__main__")
    said = capsys.readouterr().out
    assert len(cells["documents"]) == 4
    # README shows this row: 市税务局 of 青墟市 leads 4, jointly 1, supports 3.
    body = cells["loads"].query("city == '青墟市' and body == '市税务局'").iloc[0]
    assert [body["lead"], body["joint"], body["support"]] == [4, 1, 3]
    # 河望市 names no body in its plan, so three cities have shares, each of them whole.
    assert abs(cells["shares"].to_numpy().sum() - 3) < 1e-9
    assert set(cells["quotes"]["body_uid"]) == {cells["top"]["uid"]}
    assert "bodies, effectively" in said
    assert "saved questions" in said
