"""One connection to a Neo4j database: where it is, who asks, and what its errors mean to a user.

The password comes from the environment (``NEO4J_PASSWORD``) and from nowhere else; no message or log holds it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from ontology.errors import BackendError, KgError, QueryTimeoutError, UsageError, Words

if TYPE_CHECKING:
    from neo4j import Driver, EagerResult, ManagedTransaction, Session

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_URI = "neo4j://localhost:7687"
DEFAULT_DATABASE = "neo4j"
READ_TIMEOUT = 180.0
"""Seconds a transaction that reads may take unless told otherwise."""
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 10.0
# Rows the server sends before it waits to be asked for more.
_FETCHED = 10_000

T = TypeVar("T")

# Without a handler of its own the driver's log would be printed by Python's last resort.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server, and the name one signs in with. There is no password in it."""

    uri: str
    user: str
    database: str

    def __str__(self) -> str:
        return f"{self.uri} ({self.database})"


def address_of(uri: str | None = None, user: str | None = None, database: str | None = None) -> Address:
    """Give the address that these and the environment name (``NEO4J_URI``, ``_USERNAME``, ``_DATABASE``).

    Raises:
        UsageError: no scheme of Neo4j, no host, or something in it that belongs elsewhere (a password, a path).
    """
    given = uri or os.environ.get("NEO4J_URI") or DEFAULT_URI
    try:
        parts = urlsplit(given)
        host, password, extra = parts.hostname, parts.password or parts.username, parts.path.strip("/") or parts.query
        _ = parts.port
    except ValueError:
        host = password = extra = None
        parts = urlsplit("")
    if password:
        shown = f"{parts.scheme}://{given.rpartition('@')[2]}"
        raise UsageError(
            Words("地址中不能写用户名和密码", "name and password do not belong in the address"),
            where=shown,
            advice=Words(
                "用环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD", "set NEO4J_USERNAME and NEO4J_PASSWORD instead"
            ),
        )
    if parts.scheme not in SCHEMES or not host:
        raise UsageError(
            Words("不是 Neo4j 的地址", "this is not the address of a Neo4j server"),
            where=given,
            advice=Words("例如 neo4j://localhost:7687", "write it like neo4j://localhost:7687"),
        )
    if extra:
        raise UsageError(
            Words("地址中不能写数据库名", "the address ends with the port"),
            where=given,
            advice=Words(
                f"用环境变量 NEO4J_DATABASE={extra}，或 load、check 的 --database",
                f"name the database in NEO4J_DATABASE, or with --database of load and check ({extra})",
            ),
        )
    return Address(
        given,
        user or os.environ.get("NEO4J_USERNAME") or "neo4j",
        database or os.environ.get("NEO4J_DATABASE") or DEFAULT_DATABASE,
    )


class Connection:
    """A driver for one database. Close it, or use it in a ``with``."""

    def __init__(self, address: Address) -> None:
        """Sign in and see that the database answers; errors are those of :meth:`errors_told`."""
        from neo4j import GraphDatabase

        self.address = address
        password = os.environ.get("NEO4J_PASSWORD")
        with self.errors_told():
            self._driver: Driver = GraphDatabase.driver(
                address.uri,
                auth=(address.user, password) if password is not None else None,
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_CONNECT_SECONDS * 2,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
        try:
            with self.errors_told():
                self._driver.execute_query("RETURN 1", database_=address.database, routing_="r")
        except BaseException:
            self._driver.close()
            raise

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the driver; what is under way on the server ends."""
        self._driver.close()

    def read(self, text: str, timeout: float = READ_TIMEOUT, **params: object) -> list[list[object]]:
        """Run one statement of our own in a transaction that only reads; give the values of its rows."""

        def work(tx: ManagedTransaction) -> list[list[object]]:
            return tx.run(text, params).values()

        return self.transact(work, timeout=timeout)

    def transact(self, work: Callable[[ManagedTransaction], T], *, timeout: float, write: bool = False) -> T:
        """Run ``work`` in a transaction, again where the server asks for that."""
        from neo4j import unit_of_work

        timed = unit_of_work(timeout=timeout)(work)
        with self.session(write=write) as session, self.errors_told(timeout):
            return (session.execute_write if write else session.execute_read)(timed)

    def ask(self, text: str, params: Mapping[str, object], *, timeout: float, write: bool) -> EagerResult:
        """Run a user's statement once, with the server's notifications; what it writes is rolled back.

        Errors of the driver come as they are, for the caller to tell apart.
        """
        from neo4j import EagerResult

        with (
            self.session(write=write, notifications="WARNING") as session,
            session.begin_transaction(timeout=timeout) as tx,
        ):
            result = tx.run(text, dict(params))
            keys, records = list(result.keys()), list(result)
            answer = EagerResult(records, result.consume(), keys)
            tx.rollback()
            return answer

    def session(self, *, write: bool = False, notifications: str = "OFF") -> Session:
        """Open a session on the database."""
        from neo4j import READ_ACCESS, WRITE_ACCESS, NotificationMinimumSeverity

        return self._driver.session(
            database=self.address.database,
            default_access_mode=WRITE_ACCESS if write else READ_ACCESS,
            fetch_size=_FETCHED,
            notifications_min_severity=NotificationMinimumSeverity(notifications),
        )

    @contextmanager
    def errors_told(self, timeout: float = READ_TIMEOUT) -> Iterator[None]:
        """Turn what the driver raises into an error that says what to do, :class:`BackendError` or one below it."""
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            yield
        except (Neo4jError, DriverError) as error:
            raise backend_error(error, self.address, timeout) from error
        except OSError as error:
            raise _away(self.address, str(error)) from error


def backend_error(error: Exception, address: Address, timeout: float = READ_TIMEOUT) -> KgError:
    """Give the error of ours for an error of the driver."""
    code = str(getattr(error, "code", None) or "")
    where = str(address)
    if _is(code, "Security.Unauthorized", "Security.TokenExpired", "Security.CredentialsExpired"):
        return BackendError(
            Words("服务器不接受这个用户名和密码", "the server does not take this name and password"),
            where=where,
            advice=Words(
                f"用户名为 {address.user}；检查环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD",
                f"the name was {address.user}; look at NEO4J_USERNAME and NEO4J_PASSWORD in the environment",
            ),
        )
    if _is(code, "Security.AuthenticationRateLimit"):
        return BackendError(
            Words(
                "多次登录失败，服务器暂时拒绝登录",
                "the server refuses to sign in for a while: too many wrong passwords",
            ),
            where=where,
            advice=Words("几秒后再试", "wait some seconds and try again with the right password"),
        )
    if _is(code, "Security.Forbidden"):
        return BackendError(
            Words("这个用户没有权限", "this user may not do that"),
            where=where,
            advice=Words("请管理员授权，或换一个用户", "ask the server's administrator, or sign in as another user"),
        )
    if _is(code, "Database.DatabaseNotFound", "Database.DatabaseUnavailable"):
        return BackendError(
            Words(
                f"服务器上没有可用的数据库 {address.database}", f"there is no database {address.database} to use there"
            ),
            where=where,
            advice=Words(
                "SHOW DATABASES 列出全部；用 --database 或 NEO4J_DATABASE 指定",
                "SHOW DATABASES lists all; name one with --database or NEO4J_DATABASE",
            ),
        )
    if "TransactionTimedOut" in code:
        return QueryTimeoutError(
            f"the question took longer than {timeout:g} s and was stopped",
            advice="narrow the question (a label, a uid, LIMIT) or allow more time with --timeout",
        )
    if code and not _is(code, "General.DatabaseUnavailable", "Cluster.NotALeader"):
        return BackendError(
            Words(f"服务器报告错误：{_first_line(error)}", f"the server reports: {_first_line(error)}"), where=where
        )
    return _away(address, _first_line(error))


def _away(address: Address, why: str) -> BackendError:
    return BackendError(
        Words(f"服务器没有应答（{why}）", f"the server does not answer ({why})"),
        where=str(address),
        advice=Words(
            "启动服务器，或检查地址：--uri、--graph 或 NEO4J_URI；然后再试一次",
            "start the server, or look at the address in --uri, --graph or NEO4J_URI; then try again",
        ),
    )


def _is(code: str, *ends: str) -> bool:
    return code.endswith(ends)


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "message", None) or error).strip() or type(error).__name__
    return said.split("\n")[0][:300]
