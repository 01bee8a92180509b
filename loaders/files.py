"""Which files a command means: paths given by hand as they are, folders walked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from ontology.errors import InputError

#: Kinds of file that are read; everything else in a folder is passed over, but a file named by hand is always tried.
READABLE = frozenset({".txt", ".md"})
LARGEST = 64 * 1024 * 1024


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files below ``paths``, in order of name, each once.

    Raises InputError for a path that does not exist and for a folder without a readable file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in READABLE and p.is_file() and not p.name.startswith(".")
            )
            if not inside:
                kinds = ", ".join(sorted(READABLE))
                raise InputError(
                    "no readable file in this folder", where=shown_path(path), advice=f"kinds that are read: {kinds}"
                )
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise InputError("no such file or folder", where=shown_path(path), advice="check the path")
    return list(found)


def shown_name(path: Path) -> str:
    """The name of a file as people read it: names in the encoding of old Chinese archives are told, too."""
    return _told(os.fsencode(path.name))


def shown_path(path: Path) -> str:
    """A whole path as people read it."""
    return str(Path(*(_told(os.fsencode(part)) for part in path.parts))) if path.parts else str(path)


def _told(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def read_bytes(path: Path) -> bytes:
    """The content of ``path``. Raises InputError where it cannot be opened or is larger than 64 MiB."""
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            raise InputError(
                "this is no ordinary file", where=shown_path(path), advice="give files or folders of plans"
            )
        if size > LARGEST:
            raise InputError(
                f"{size / 2**20:.0f} MiB is larger than the {LARGEST // 2**20} MiB that are read",
                where=shown_path(path),
                advice="split the file",
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            error.strerror or "cannot be opened", where=shown_path(path), advice="check that the file may be read"
        ) from error
