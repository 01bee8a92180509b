"""``kg neo4j guide``: what stands in the database, and five questions to begin with."""

from __future__ import annotations

import click

from kg.cli.shared import Output, kg_command, output_options, say
from kg.output import Column, Label, Table


@kg_command(
    "guide",
    zh="""给分析人员的指南：数据库里的标签、关系及其属性，五个可直接粘贴到 Neo4j Browser 的入门查询。

    KgGraph、KgDocument、KgRun 是装载程序自己的节点（原文、问题、装载记录），不属于图谱。""",
    en="""A guide for analysts: the labels and relations in the database with their properties, and five first
    questions to paste into Neo4j Browser.

    KgGraph, KgDocument and KgRun are the loader's own nodes (texts, findings, runs), no part of the graph.""",
    examples=("kg neo4j guide", "kg neo4j guide --format md > guide.md"),
)
@output_options
def command(output: Output) -> None:
    """Print the guide."""
    from kg.neo4j.guide import FIRST_QUESTIONS, ONLY_THE_GRAPH

    output.write(_labels(), _relations(), _questions())
    if output.format == "table" and output.path is None:
        for question in FIRST_QUESTIONS:
            click.echo(f"\n// {say(question.zh, question.en)}\n{question.cypher}")
        note = say(
            "不写标签时，用这个条件排除装载程序的节点：",
            "Where a question names no label, leave the loader's nodes out:",
        )
        click.echo(f"\n// {note}\nMATCH (n) WHERE {ONLY_THE_GRAPH} RETURN labels(n)[0] AS label, count(*) AS nodes")


def _labels() -> Table:
    from ontology.vocabulary import vocabulary

    rows: list[dict[str, object]] = [
        {
            "label": each.label, "zh": each.zh, "en": each.en,
            "properties": ", ".join(known.name for known in each.properties),
        }
        for each in vocabulary().node_types.values()
    ]  # fmt: skip
    columns = (
        Column("label", "标签", "label"),
        Column("zh", "中文", "Chinese", drop=1),
        Column("en", "英文", "English", drop=2),
        Column("properties", "属性", "properties"),
    )
    return Table("labels", columns, rows, Label("节点", "Nodes"))


def _relations() -> Table:
    from ontology.vocabulary import vocabulary

    rows: list[dict[str, object]] = [
        {
            "relation": each.name, "zh": each.zh, "en": each.en,
            "ends": "; ".join(f"{source} → {target}" for source, target in each.pairs),
            "properties": ", ".join(known.name for known in each.properties),
        }
        for each in vocabulary().relation_types.values()
    ]  # fmt: skip
    columns = (
        Column("relation", "关系", "relation"),
        Column("zh", "中文", "Chinese", drop=1),
        Column("en", "英文", "English", drop=2),
        Column("ends", "从 → 到", "from → to"),
        Column("properties", "属性", "properties"),
    )
    return Table("relations", columns, rows, Label("关系", "Relations"))


def _questions() -> Table:
    from kg.neo4j.guide import FIRST_QUESTIONS

    rows: list[dict[str, object]] = [
        {"name": each.name, "question": say(each.zh, each.en), "cypher": each.cypher} for each in FIRST_QUESTIONS
    ]
    columns = (
        Column("name", "名称", "name"),
        Column("question", "问题", "question"),
        Column("cypher", "Cypher", "Cypher", machine=True),
    )
    return Table("questions", columns, rows, Label("入门查询", "First questions"))
