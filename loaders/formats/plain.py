"""Plain text: .txt and .md. The text is the file's own, unchanged."""

from __future__ import annotations

from loaders.encoding import decode
from loaders.formats.source import SourceText


def read(content: bytes, file: str, encoding: str | None) -> SourceText:
    """The decoded text. Raises what :func:`loaders.encoding.decode` raises."""
    text, damage = decode(content, file, encoding)
    return SourceText(text, findings=damage)
