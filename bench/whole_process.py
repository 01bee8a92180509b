"""Whole processes, timed from outside: seconds and peak memory, medians of several runs.

    python bench/whole_process.py [RUNS]

Each command runs in a process of its own; memory is the largest resident set of that process (Unix only).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
KG = [sys.executable, "-m", "kg"]


def timed(command: list[str], cwd: str) -> tuple[float, float]:
    """Wall seconds and peak MiB of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


def doubled(folder: Path, times: int) -> Path:
    """A folder with one long text: a sample plan repeated."""
    text = (ROOT / "loaders" / "samples" / "yanchuan-comma.txt").read_text("utf-8")
    folder.mkdir()
    (folder / "long.txt").write_text(text * times, "utf-8")
    return folder


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        cases = {"kg --help": [*KG, "--help"], "kg demo": [*KG, "demo"]}
        if SHARED.is_dir():
            cases["kg build, five seeds"] = [*KG, "build", str(SHARED / "seeds"), "-o", "seeds"]
            cases["kg extract, 112 plans"] = [*KG, "extract", str(SHARED / "field"), "--format", "json"]
            cases["kg build, 117 plans"] = [*KG, "build", str(SHARED / "seeds"), str(SHARED / "field"), "-o", "all"]
            cases["kg report workload, 117 plans"] = [*KG, "report", "workload", "--graph", "all", "--format", "json"]
        for times in (4, 8, 16, 32):
            path = doubled(Path(scratch) / f"long{times}", times)
            cases[f"kg extract, one text of {times * 4.4:.0f} thousand characters"] = [
                *KG,
                "extract",
                str(path),
                "--format",
                "json",
            ]
        print(f"{'':52} seconds    MiB   (medians of {runs})")
        for name, command in cases.items():
            seconds, memory = zip(*(timed(command, scratch) for _ in range(runs)), strict=True)
            print(f"{name:52} {statistics.median(seconds):7.2f} {statistics.median(memory):6.0f}")


if __name__ == "__main__":
    main()
