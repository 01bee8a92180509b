"""The options that name a server, and the folder that is compared with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kg.cli.shared import option
from kg.store import is_address
from ontology.errors import UsageError, Words

if TYPE_CHECKING:
    from kg.graph import Graph

R = TypeVar("R")


def server_options(function: Callable[..., R]) -> Callable[..., R]:
    """``--uri``, ``--user`` and ``--database``; without them the environment's. There is none for the password."""
    decorated = function
    for add in (
        option(
            "--database", envvar="NEO4J_DATABASE", show_envvar=True, metavar="NAME",
            zh="数据库名；默认 neo4j。", en="Name of the database; by default neo4j.",
        ),
        option(
            "--user", envvar="NEO4J_USERNAME", show_envvar=True, metavar="NAME",
            zh="用户名；默认 neo4j。", en="Name to sign in with; by default neo4j.",
        ),
        option(
            "--uri", envvar="NEO4J_URI", show_envvar=True, metavar="URI",
            zh="服务器地址；默认 neo4j://localhost:7687。", en="Address of the server; by default neo4j://localhost:7687.",
        ),
    ):  # fmt: skip
        decorated = add(decorated)
    return decorated


def folder_only(graph: str) -> Graph:
    """Open the graph folder behind ``--graph``.

    Raises:
        UsageError: an address, which goes into ``--uri``.
    """
    if is_address(graph):
        raise UsageError(
            Words("--graph 应为图谱文件夹", "--graph is the folder to load from"),
            where=graph,
            advice=Words("服务器地址用 --uri", "name the server with --uri"),
        )
    from kg.graph import open_graph

    return open_graph(graph)
