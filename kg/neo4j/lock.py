"""Who is loading into a database: one at a time, and a loader whose lock was taken over writes nothing more.

The lock is a token on the bookkeeping node. Every transaction that writes asks for it first, and so holds that node
until it commits: a loader that was thought dead and is not finds another token there and stops. A lock is free where
its holder is known to be dead (its file lock on this machine is free) or has not been heard of for :data:`SILENCE`.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kg.neo4j.schema import BOOK
from ontology.errors import GraphLockedError, Words

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from kg.neo4j.connection import Connection

SILENCE = 120.0
"""Seconds without a word after which a loader on another machine is taken for dead."""
_TAKE = f"""
MERGE (g:{BOOK} {{name: 'graph'}})
SET g.asked = $token
WITH g, g.token AS before, g.holder AS holder, g.host AS host, g.since AS since,
     coalesce((timestamp() - g.heard) / 1000.0, 1e9) AS silence
FOREACH (_ IN CASE WHEN before IS NULL OR before = $dead OR silence > $silence THEN [1] ELSE [] END |
    SET g.token = $token, g.holder = $holder, g.host = $host, g.since = $since, g.heard = timestamp())
REMOVE g.asked
RETURN before, holder, host, since, silence, g.token = $token AS taken
"""
_HOLD = f"MATCH (g:{BOOK} {{name: 'graph'}}) WHERE g.token = $token SET g.heard = timestamp() RETURN 1"
_FREE = f"""
MATCH (g:{BOOK} {{name: 'graph'}}) WHERE g.token = $token REMOVE g.token, g.holder, g.host, g.since, g.heard
"""
_SECONDS = 60.0


class LoadLock:
    """The lock of one loader, held."""

    def __init__(self, connection: Connection, token: str) -> None:
        """Take what :func:`held_lock` got."""
        self._connection = connection
        self.token = token

    def hold(self, tx: ManagedTransaction) -> None:
        """Keep the lock in a transaction that is about to write.

        Raises:
            GraphLockedError: another loader has it.
        """
        if not tx.run(_HOLD, token=self.token).values():
            raise GraphLockedError(
                Words(
                    "另一个装载接管了这个数据库，本次装载已停止",
                    "another load took this database over; this one stopped",
                ),
                where=str(self._connection.address),
                advice=Words("等它结束后再装载", "load again when that one has ended"),
            )

    def tell(self) -> None:
        """Say that this loader is alive, while it reads."""
        self._connection.transact(self.hold, timeout=_SECONDS, write=True)


@contextlib.contextmanager
def held_lock(connection: Connection) -> Iterator[LoadLock]:
    """Keep other loads out of a database.

    Raises:
        GraphLockedError: another process loads into it; who, and since when, is said.
    """
    from filelock import FileLock

    token = uuid4().hex
    mark = _file_of(token)
    left = False
    try:
        with FileLock(mark, timeout=0):
            _take(connection, token)
            try:
                yield LoadLock(connection, token)
            finally:
                left = not _freed(connection, token)
    finally:
        # The mark of a lock that could not be freed stays: by it the next load sees that the holder is dead.
        mark.touch() if left else mark.unlink(missing_ok=True)


def _freed(connection: Connection, token: str) -> bool:
    """Give the lock back; False where the server is away, which is asked once only."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with connection.session(write=True) as session:
            session.run(_FREE, token=token).consume()
    except (Neo4jError, DriverError):
        return False
    return True


def _take(connection: Connection, token: str) -> None:
    dead: str | None = None
    for _ in range(2):
        before, holder, host, since, silence, taken = _asked(connection, token, dead)
        if taken:
            return
        if host != socket.gethostname() or not _is_dead(str(before)):
            break
        dead = str(before)
    raise GraphLockedError(
        Words(
            f"正在装载：{holder}，始于 {since}，{float(str(silence)):.0f} 秒前还有动静",
            f"a load is under way: {holder}, since {since}, last heard of {float(str(silence)):.0f} s ago",
        ),
        where=str(connection.address),
        advice=Words(
            f"等它结束后再装载；已中断的装载，其锁在 {SILENCE:.0f} 秒后失效",
            f"load again when it has ended; the lock of one that died ends after {SILENCE:.0f} s",
        ),
    )


def _asked(connection: Connection, token: str, dead: str | None) -> list[object]:
    given = {
        "token": token, "dead": dead, "silence": SILENCE, "host": socket.gethostname(),
        "holder": f"process {os.getpid()} on {socket.gethostname()}",
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }  # fmt: skip

    def work(tx: ManagedTransaction) -> list[object]:
        return list(tx.run(_TAKE, given).values()[0])

    return connection.transact(work, timeout=_SECONDS, write=True)


def _file_of(token: str) -> Path:
    return Path(tempfile.gettempdir()) / f"kg-load-{token}.lock"


def _is_dead(token: str) -> bool:
    """Whether the holder of a lock was a process of this machine that is no more."""
    from filelock import FileLock, Timeout

    path = _file_of(token)
    if not path.is_file():
        return False
    try:
        with FileLock(path, timeout=0):
            pass
    except Timeout:
        return False
    path.unlink(missing_ok=True)
    return True
