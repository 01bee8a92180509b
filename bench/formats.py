"""Readers of Word and PDF: pages a second of CPU time, and the peak memory of long PDFs, each in a process of its own.

    python bench/formats.py [PAGES ...]

A page holds about 660 characters in 28 columns; PAGES are the lengths tried, by default 100, 1000 and 5000. What is
timed is the whole reading, from bytes to the finished record.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
CHARACTERS_OF_PAGE = 660
#: The writer of Word documents that the tests use takes hours beyond.
LONGEST_DOCX = 1000
READ = """
import resource, sys, time
from pathlib import Path
from loaders.formats import read_source
from loaders import read_document
content = Path(sys.argv[1]).read_bytes()
begun = time.process_time()
try:
    characters = len(read_source(content, sys.argv[1]).text)
    source = time.process_time() - begun
    read_document(content, sys.argv[1])
    told = f"{characters} {source:.2f} {time.process_time() - begun - source:.2f}"
except Exception as error:
    told = f"stopped after {time.process_time() - begun:.2f} s: {error.message}"
print(told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, sep="|")
"""


def plan(characters: int) -> str:
    """A long plan: a sample repeated."""
    text = (ROOT / "loaders" / "samples" / "hewang-none.txt").read_text("utf-8")
    return text * (characters // len(text) + 1)


def main() -> None:
    from tests.loaders.formats.writers import docx_of, pdf_of

    lengths = [int(argument) for argument in sys.argv[1:]] or [100, 1000, 5000]
    print("format  pages  text, s  record, s  pages/s of text  MiB")
    with tempfile.TemporaryDirectory() as scratch:
        for pages in lengths:
            for form, write in (("docx", docx_of), ("pdf", pdf_of)):
                if form == "docx" and pages > LONGEST_DOCX:
                    continue
                path = Path(scratch) / f"long.{form}"
                path.write_bytes(write(plan(pages * CHARACTERS_OF_PAGE)))
                done = subprocess.run(
                    [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
                )
                told, memory = done.stdout.strip().split("|")
                if told.startswith("stopped"):
                    print(f"{form:6} {pages:6}  {told}  {memory} MiB")
                    continue
                _, source, record = told.split()
                rate = pages / float(source)
                print(f"{form:6} {pages:6}  {source:>7}  {record:>9}  {rate:15.0f}  {memory:>4}")


if __name__ == "__main__":
    main()
