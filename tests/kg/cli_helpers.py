"""Running the real command, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from kg.cli import cli

ROOT = Path(__file__).parent.parent.parent

COMMA = """云岭市优化服务三年计划（2024—2026年）

（征求意见稿）

一、主要任务

（一）便利开办

1.简化登记流程。推行网上办理，到2026年，网上办理率达到95%。（市市场监管局，市数据局、市税务局）

2.压缩审批时限。到2025年，平均时限压缩至3个工作日。（市数据局、市财政局）

3.公开办事指南。（市数据局）
"""
VERBS = """海棠市2023年服务提升工作方案

一、重点工作

（一）企业登记

(1) 推行一次办结。（市市场监管局牵头，市税务局配合）

(2) 新增20个自助点。（市市场监管局负责）
"""


def plans(folder: Path) -> Path:
    """Two short plans of invented cities."""
    target = folder / "plans"
    target.mkdir()
    (target / "comma.txt").write_text(COMMA, encoding="utf-8")
    (target / "verbs.txt").write_text(VERBS, encoding="utf-8")
    return target


def kg(*arguments: object, env: dict[str, str] | None = None, text: str | None = None) -> Result:
    """Run ``kg`` here; English labels unless ``env`` says otherwise, output as into a pipe."""
    plain = {"KG_LANG": "en", "COLUMNS": "", "KG_GRAPH": "", **(env or {})}
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], env=plain, input=text)


def kg_process(*arguments: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``kg`` in a process of its own."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "KG_LANG": "en", "PYTHONPATH": path, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
