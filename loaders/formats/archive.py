"""The parts of an Office file (a zip), read within bounds: a small file can hold terabytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

from ontology.errors import InputError, Words

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The most bytes that the parts of a file may have when unpacked, and one part of XML that is kept in memory.
MOST_UNPACKED = 400 * 2**20
LARGEST_PART = 64 * 2**20
MOST_PARTS = 20_000
CHUNK = 1 << 20
_DAMAGED_ADVICE = Words(
    "重新下载，或用 Word、WPS 打开后另存再读",
    "download it again, or open it in Word or WPS and save it anew",
)


class Archive:
    """A zip whose parts are read by name; raises InputError where it is damaged or larger than it may be."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._damaged(error) from error
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
            self._zip.close()
            raise self._too_large(unpacked)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def names(self, pattern: str) -> list[str]:
        """The parts whose whole name matches."""
        return [name for name in self._zip.namelist() if re.fullmatch(pattern, name)]

    def chunks(self, name: str, overlap: int = 0) -> Iterator[bytes]:
        """The unpacked bytes of a part, a piece at a time; each begins with the last ``overlap`` bytes before it."""
        read, kept = 0, b""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(CHUNK):
                    read += len(piece)
                    if read > MOST_UNPACKED:
                        raise self._too_large(read)
                    yield kept + piece
                    kept = (kept + piece)[-overlap:] if overlap else b""
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise self._damaged(error) from error

    def part(self, name: str) -> bytes:
        """A whole part. What it says of its size is not believed."""
        pieces, size = [], 0
        for piece in self.chunks(name):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_PART:
                raise self._too_large(size)
        return b"".join(pieces)

    def xml(self, name: str) -> _Element | None:
        """A part as XML; None where there is none. Entities are not resolved and nothing outside is fetched."""
        from lxml import etree

        if name not in self._zip.namelist():
            return None
        content = self.part(name)
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise InputError(
                Words("文件中含有 XML 实体声明，不予读取", "the file declares XML entities and is not read"),
                where=self._file,
                advice=Words("用 Word 或 WPS 打开后另存再读", "open it in Word or WPS and save it anew"),
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            Words(f"文件已损坏（{error}）", f"the file is damaged ({error})"), where=self._file, advice=_DAMAGED_ADVICE
        )

    def _too_large(self, size: int) -> InputError:
        return InputError(
            Words(
                f"解压后超过 {MOST_UNPACKED // 2**20} MiB（{size / 2**20:,.0f} MiB），不予读取",
                f"unpacked it has {size / 2**20:,.0f} MiB, more than may be read",
            ),
            where=self._file,
            advice=Words(
                "确认文件来源；去掉其中的图片、附件或拆分文件",
                "check where the file comes from; take out pictures and attachments, or split it",
            ),
        )
