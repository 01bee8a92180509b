"""Which files a command means: paths given by hand as they are, folders walked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from loaders.formats import SUFFIXES
from ontology.errors import InputError, Words

LARGEST = 64 * 1024 * 1024
#: What programs leave in folders: hidden files and the marks of documents that are open.
LEFT_BEHIND = (".", "~$", ".~")
#: Decisions lie beside a graph and are read by the build, not as a document.
NO_DOCUMENT = ".decisions.csv"
#: Facts given beside the files of a folder (:mod:`loaders.meta`).
SIDECARS = ("kg-meta.toml", "kg-meta.csv")
#: The folders that browsers save beside a page.
PARTS_OF_PAGES = ("_files", ".files")


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files below ``paths``, in order of name, each once.

    Of a folder these are the files whose suffix :mod:`loaders.formats` knows, those that cannot be read too, so that
    nobody misses them; a file named by hand is always taken. Raises InputError for a path that does not exist and for
    a folder without such a file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_document(p, path))
            if not inside:
                raise InputError(
                    Words("文件夹中没有可读取的文件", "no readable file in this folder"),
                    where=shown_path(path),
                    advice=Words("能读取的格式：kg formats", "what is read: kg formats"),
                )
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise InputError(
                Words("没有这个文件或文件夹", "no such file or folder"),
                where=shown_path(path),
                advice=Words("检查路径", "check the path"),
            )
    return list(found)


def _is_document(path: Path, top: Path) -> bool:
    name = path.name.lower()
    if (
        path.suffix.lower() not in SUFFIXES
        or name.startswith(LEFT_BEHIND)
        or name.endswith(NO_DOCUMENT)
        or name in SIDECARS
    ):
        return False
    folders = path.relative_to(top).parts[:-1]
    return not any(folder.lower().endswith(PARTS_OF_PAGES) for folder in folders) and path.is_file()


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
                Words("这不是普通文件", "this is no ordinary file"),
                where=shown_path(path),
                advice=Words("给出方案文件或文件夹", "give files or folders of plans"),
            )
        if size > LARGEST:
            raise InputError(
                Words(
                    f"文件有 {size / 2**20:.0f} MiB，最多读取 {LARGEST // 2**20} MiB",
                    f"{size / 2**20:.0f} MiB is larger than the {LARGEST // 2**20} MiB that are read",
                ),
                where=shown_path(path),
                advice=Words("拆分文件，或去掉其中的图片", "split the file, or take out its pictures"),
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            Words(f"打不开（{error.strerror or error}）", error.strerror or "cannot be opened"),
            where=shown_path(path),
            advice=Words("检查读取权限", "check that the file may be read"),
        ) from error
