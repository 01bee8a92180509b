"""Reading within limits of time and memory: a document that makes a reader run away loses only itself.

Files from outside (everything but plain text of ordinary size) are read in a process of their own, from their bytes to
the finished record; one that takes too long or too much memory is ended and the next file gets a new process.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from loaders.files import read_bytes, shown_name
from loaders.formats import format_of
from loaders.meta import NOTHING, Given
from loaders.reader import read_documents
from ontology.errors import InputError, KgError, Words
from ontology.records import PolicyDocument

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

#: Plain text up to this size is read at once: no real plan comes near it.
LARGEST_AT_ONCE = 1 << 20
SECONDS = 120.0
MEBIBYTES = 1536


class GuardedReader:
    """Reads files one after the other; use it as a context. ``seconds`` and ``mebibytes`` hold for each file."""

    def __init__(self, *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> None:
        self._seconds, self._mebibytes = seconds, mebibytes
        self._process: SpawnProcess | None = None
        self._channel: Connection | None = None

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def documents_in(
        self, path: Path, encoding: str | None = None, given: Given = NOTHING
    ) -> tuple[PolicyDocument, ...]:
        """Read the documents of one file. Raises ontology.errors.InputError (or a kind of it) where that fails."""
        content, file = read_bytes(path), shown_name(path)
        if len(content) <= LARGEST_AT_ONCE and format_of(content, file).key == "text":
            return read_documents(content, file, encoding, given)
        return self.read(content, file, encoding, given)

    def read(
        self, content: bytes, file: str, encoding: str | None = None, given: Given = NOTHING
    ) -> tuple[PolicyDocument, ...]:
        """Read the documents of one file in the process beside this one."""
        channel = self._started()
        try:
            channel.send((content, file, encoding, given))
            if not channel.poll(self._seconds):
                self._stop()
                raise self._too_long(file)
            answer = channel.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise self._ended(file) from error
        if isinstance(answer, MemoryError):
            self._stop()
            raise self._ended(file)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, tuple)  # noqa: S101
        return answer

    def _started(self) -> Connection:
        if self._channel is None or self._process is None or not self._process.is_alive():
            self._stop()
            # A fresh interpreter: threads of this one (progress, engines) do not survive a fork.
            context = multiprocessing.get_context("spawn")
            self._channel, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._mebibytes), daemon=True)
            self._process.start()
            theirs.close()
        return self._channel

    def _stop(self) -> None:
        process, channel = self._process, self._channel
        self._process = self._channel = None
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            process.join()

    def _too_long(self, file: str) -> InputError:
        return InputError(
            Words(
                f"读取超过 {self._seconds:g} 秒，已停止",
                f"reading took more than {self._seconds:g} seconds and was stopped",
            ),
            where=file,
            advice=_SPLIT,
        )

    def _ended(self, file: str) -> InputError:
        return InputError(
            Words(
                f"读取所需内存超过 {self._mebibytes} MiB，或读取程序意外终止",
                f"reading needed more than {self._mebibytes} MiB of memory, or its process died",
            ),
            where=file,
            advice=_SPLIT,
        )


_SPLIT = Words(
    "拆分文件，或在 Word、WPS、Excel 中另存为较小的文件",
    "split the file, or save a smaller one from Word, WPS or Excel",
)


def _serve(channel: Connection, mebibytes: int) -> None:
    """Read what comes through the channel until it is closed; every answer is the documents or an error."""
    _limit_memory(mebibytes)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            content, file, encoding, given = channel.recv()
            channel.send(_answer(content, file, encoding, given))


def _answer(
    content: bytes, file: str, encoding: str | None, given: Given
) -> tuple[PolicyDocument, ...] | BaseException:
    try:
        return read_documents(content, file, encoding, given)
    except KgError as error:
        return error
    except MemoryError:
        return MemoryError()
    except RecursionError as error:
        return RuntimeError(str(error))
    except Exception as error:
        return RuntimeError(f"{type(error).__name__}: {error}")


def _limit_memory(mebibytes: int) -> None:
    """Bound what this process may take, where the system can (not on Windows); and let no core be written."""
    if sys.platform == "win32":
        return
    import resource

    size = mebibytes * 2**20
    with suppress(ValueError, OSError):  # a lower limit set from outside stays
        resource.setrlimit(resource.RLIMIT_AS if os.uname().sysname != "Darwin" else resource.RLIMIT_DATA, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
