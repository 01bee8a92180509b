"""Writing a graph folder: all of it or nothing, whatever happens in between.

A new version is written beside the others, brought to the disk, renamed, and only then ``CURRENT`` is switched to
it. A process that dies leaves the graph that was there; what it began is swept by the next build.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from kg.engine import Engine, cache_name, save_cache
from kg.graph import CURRENT, FORMAT, HOLDER, LOCK, MANIFEST, VERSIONS, current_version, holder
from kg.records import GraphRecords
from kg.tables import checked, data_hash, table_sizes, write_tables
from ontology.errors import GraphError, GraphLockedError, UsageError

_NEW = ".new-"
_OLD = ".old-"
_NOT_ALLOWED = "you may not write there: name another folder with -o, or have its owner allow it"
_FULL = "make room on this disk, or name a folder on another with -o"
_NEXT_STEP: Mapping[int, str] = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _NOT_ALLOWED),
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)), _FULL),
}
_OURS = frozenset({CURRENT, VERSIONS, LOCK, HOLDER, ".DS_Store", "Thumbs.db", "desktop.ini"})


def write_graph(records: GraphRecords, folder: Path, *, settings: Mapping[str, object] | None = None) -> Path:
    """Write a graph into a folder and make it the current one; give the folder of its version.

    ``settings`` are what the build was asked for, for the manifest; JSON values. Raises :class:`UsageError` for a
    folder that holds anything else, :class:`GraphLockedError` while another process writes, :class:`GraphError` for
    records that are not as the ontology says and for a disk that does not take them.
    """
    try:
        with lock_graph(folder):
            return _written(checked(records), folder, settings or {})
    except OSError as error:
        raise _not_written(error, folder) from error


def _not_written(error: OSError, folder: Path) -> GraphError:
    kept = "; the graph that was there is untouched" if (folder / VERSIONS).is_dir() else ""
    return GraphError(
        f"the graph could not be written: {error.strerror or error}",
        where=str(error.filename or folder),
        advice=_NEXT_STEP.get(error.errno or 0, "look at free space and permissions") + kept,
    )


@contextlib.contextmanager
def lock_graph(folder: Path) -> Iterator[None]:
    """Keep other builds out of a graph folder, which is made if it is absent.

    The process that holds the lock may take it again (:func:`write_graph` does). Raises :class:`GraphLockedError`,
    which names the holder, :class:`UsageError` for a folder that is not ours, and :class:`GraphError` for one that
    cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        refuse_other_folders(folder)
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except Timeout:
        raise GraphLockedError(
            f"another build is writing this graph: {holder(folder)}",
            where=str(folder),
            advice="wait until it has ended, or write into another folder with -o",
        ) from None
    except OSError as error:
        raise _not_written(error, folder) from error
    outermost = lock.lock_counter == 1
    try:
        if outermost:
            _say_who_holds(folder)
        yield
    finally:
        if outermost:
            with contextlib.suppress(OSError):
                (folder / HOLDER).unlink(missing_ok=True)
        lock.release()
        if outermost:
            _remove_if_unused(folder)


def refuse_other_folders(folder: Path) -> None:
    """Raise :class:`UsageError` unless a graph may be written here: nothing there yet, empty, or a graph folder."""
    advice = "name a new folder or a graph folder with -o"
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError("this is a file; a graph is a folder", where=str(folder), advice=advice)
    others = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
    is_graph = (folder / CURRENT).is_file() and (folder / VERSIONS).is_dir()
    if others and not is_graph:
        found = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise UsageError(f"this folder holds other files ({found}) and is no graph", where=str(folder), advice=advice)


def _written(records: GraphRecords, folder: Path, settings: Mapping[str, object]) -> Path:
    versions = folder / VERSIONS
    versions.mkdir(exist_ok=True)
    _sweep([*versions.glob(f"{_NEW}*"), *versions.glob(f"{_OLD}*")])
    new = versions / f"{_NEW}{os.getpid()}"
    new.mkdir()
    try:
        write_tables(records, new)
        manifest = _manifest(records, new, settings)
        (new / MANIFEST).write_bytes(manifest)
        save_cache(Engine.from_records(records), new / cache_name(_ontology()))
        _bring_to_disk([*new.rglob("*"), new])
    except BaseException:
        _sweep([new])
        raise
    target = versions / hashlib.sha256(manifest).hexdigest()[:16]
    _put(new, target)
    _switch(folder, target)
    return target


def _put(new: Path, target: Path) -> None:
    """Bring a new version to its place. The same version may stand there already, or a damaged one."""
    if target.is_dir() and _same_tables(target, new):
        _sweep([new])
        return
    if target.exists():
        _rename(target, target.with_name(f"{_OLD}{os.getpid()}"))
    _rename(new, target)
    _bring_to_disk([target.parent])


def _same_tables(one: Path, other: Path) -> bool:
    try:
        same_manifest = (one / MANIFEST).read_bytes() == (other / MANIFEST).read_bytes()
        return same_manifest and data_hash(one) == data_hash(other)
    except OSError:
        return False


def _switch(folder: Path, target: Path) -> None:
    try:
        previous = current_version(folder)
    except GraphError:
        previous = None
    if previous != target:
        pointer = folder / VERSIONS / f"{_NEW}{CURRENT}"
        pointer.write_bytes(f"{target.name}\n".encode())
        _bring_to_disk([pointer])
        _rename(pointer, folder / CURRENT)
        _bring_to_disk([folder])
        # The previous version stays for those who have it open; it goes with the next build.
        kept = {target, previous}
        _sweep(path for path in (folder / VERSIONS).iterdir() if path not in kept)
    _sweep((folder / VERSIONS).glob(f"{_OLD}*"))


def _manifest(records: GraphRecords, folder: Path, settings: Mapping[str, object]) -> bytes:
    import kg

    relations: Counter[str] = Counter()
    for (_, relation, _), rows in records.edges.items():
        relations[relation] += len(rows)
    findings: dict[str, Counter[str]] = {}
    for finding in records.findings:
        findings.setdefault(finding.code, Counter())[finding.severity] += 1
    content = {
        "format": FORMAT,
        "versions": {"kg": kg.__version__, "kglite": version("kglite"), "pyarrow": version("pyarrow")},
        "ontology": _ontology(),
        "data_hash": data_hash(folder),
        "tables": table_sizes(folder),
        "settings": dict(settings),
        "inputs": [asdict(given) for given in records.inputs],
        "nodes": {label: len(rows) for label, rows in records.nodes.items()},
        "relations": {relation: relations[relation] for relation in _relations()},
        "findings": findings,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _ontology() -> str:
    from ontology.vocabulary import vocabulary

    return vocabulary().version


def _relations() -> list[str]:
    from ontology.vocabulary import vocabulary

    return list(vocabulary().relation_types)


def _bring_to_disk(paths: Iterable[Path]) -> None:
    for path in paths:
        # Windows cannot open a folder; its renames reach the disk without.
        if path.is_dir() and os.name == "nt":
            continue
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(descriptor)
        except OSError:
            if not path.is_dir():
                raise
        finally:
            os.close(descriptor)


def _rename(path: Path, target: Path) -> None:
    """Rename in one step. On Windows a reader or a virus scanner may hold a file for a moment."""
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            path.replace(target)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(wait)
    path.replace(target)


def _sweep(paths: Iterable[Path]) -> None:
    """Remove what nobody needs. What cannot be removed now (a file open on Windows) is left to the next build."""
    for path in list(paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _say_who_holds(folder: Path) -> None:
    try:
        _write_holder(folder)
    except OSError as error:
        raise _not_written(error, folder) from error


def _write_holder(folder: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    written = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    (folder / HOLDER).write_text(json.dumps(written), encoding="utf-8")


def _remove_if_unused(folder: Path) -> None:
    """Leave no folder behind in which nothing was built."""
    with contextlib.suppress(OSError):
        if {path.name for path in folder.iterdir()} <= {LOCK}:
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()
