"""``kg neo4j``: the graph on a server, for a team."""

from __future__ import annotations

import click

from kg.cli.shared import LazyGroup, debug_option, lang_option


@click.group(
    "neo4j",
    cls=LazyGroup,
    zh="""把图谱装载到 Neo4j 数据库、与其核对，并说明如何在那里提问。

    地址、用户名、数据库和密码取自环境变量 NEO4J_URI、NEO4J_USERNAME、NEO4J_DATABASE、NEO4J_PASSWORD；
    密码只能这样给出。""",
    en="""Load the graph into a Neo4j database, compare the two, and tell how to ask there.

    Address, user, database and password come from the environment: NEO4J_URI, NEO4J_USERNAME, NEO4J_DATABASE,
    NEO4J_PASSWORD. The password is taken from nowhere else.""",
    examples=("kg neo4j load --graph kg-graph", "kg neo4j check", "kg neo4j guide"),
    commands_by_name={
        "load": ("kg.cli.neo4j_load", "Load a graph folder into a database.", "把图谱文件夹装载到数据库。"),
        "check": ("kg.cli.neo4j_check", "Compare a database with a graph folder.", "核对数据库与图谱文件夹。"),
        "guide": (
            "kg.cli.neo4j_guide",
            "Labels, properties and first questions for analysts.",
            "标签、属性和几个入门查询。",
        ),
    },
)
@lang_option
@debug_option
def command() -> None:
    """Run ``kg neo4j``."""
