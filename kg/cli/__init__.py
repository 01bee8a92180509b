"""The command line: ``kg``. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

import click

from kg.cli.shared import LazyGroup, debug_option, lang_option


def _versions(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    import platform
    from importlib.metadata import version

    import kg

    click.echo(f"kg {kg.__version__} (Python {platform.python_version()}, kglite {version('kglite')})")
    context.exit()


@click.group(
    cls=LazyGroup,
    en="Reads government plans and answers who must do what, with the sentence that proves it.",
    zh="读取政府方案，建立责任知识图谱：谁牵头、谁配合、为哪项举措、达到什么指标，每条都有原文为证。",
    examples=("kg build plans/", "kg report workload", "kg cypher 'MATCH (c:City) RETURN c.name'"),
    commands_by_name={
        "build": ("kg.cli.build", "Build a graph from plans.", "由方案文件建立图谱。"),
        "extract": (
            "kg.cli.extract",
            "Print what is found in plans, without a graph.",
            "不建图谱，直接打印读出的责任和指标。",
        ),
        "lint": (
            "kg.cli.lint",
            "List what is wrong or doubtful in plans, with its place.",
            "列出方案中有误或存疑之处及其位置。",
        ),
        "report": (
            "kg.cli.report",
            "Reports: workload, dependencies, targets, overlap and more.",
            "报告：工作量、依赖、指标、各市异同等。",
        ),
        "diff": (
            "kg.cli.diff",
            "Compare two versions of a plan, or two graphs.",
            "比较方案的两个版本或两个图谱。",
        ),
        "review": ("kg.cli.review", "Decide what is in doubt, for good.", "人工审定存疑之处，长期有效。"),
        "query": ("kg.cli.query", "List and ask the saved questions.", "列出、运行保存好的问题。"),
        "shell": ("kg.cli.shell", "Ask in Cypher at a prompt.", "交互式 Cypher 提示符。"),
        "cypher": ("kg.cli.cypher", "Ask the graph in Cypher.", "用 Cypher 查询图谱。"),
        "show": (
            "kg.cli.show",
            "Show one node, its relations and the source sentences.",
            "显示一个节点、其关系和原文。",
        ),
        "validate": (
            "kg.cli.validate",
            "Check the graph against the ontology's shapes.",
            "按本体的约束（SHACL）检查图谱。",
        ),
        "export": (
            "kg.cli.export",
            "Write the graph as RDF, GEXF, CSV and other formats.",
            "把图谱写成 RDF、GEXF、CSV 等格式。",
        ),
        "sparql": ("kg.cli.sparql", "Ask the graph in SPARQL.", "用 SPARQL 查询图谱。"),
        "view": ("kg.cli.view", "Make one interactive page.", "生成一个交互网页。"),
        "site": ("kg.cli.site", "Make all interactive pages, linked.", "生成全部交互网页，互相链接。"),
        "formats": ("kg.cli.formats", "List the kinds of file that are read.", "列出能读取的文件格式。"),
        "neo4j": (
            "kg.cli.neo4j",
            "The graph on a Neo4j server: load, check, guide.",
            "Neo4j 服务器上的图谱：装载、核对、指南。",
        ),
        "template": (
            "kg.cli.template",
            "Write an empty register to fill in by hand.",
            "写出供人工填写的空白责任台账。",
        ),
        "schema": ("kg.cli.schema", "Print the kinds of nodes and relations.", "打印节点和关系的类型。"),
        "demo": ("kg.cli.demo", "Build the sample graph and answer two questions.", "用自带样例建图谱并回答两个问题。"),
    },
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_versions,
    help="Show the versions of kg, Python and the engine.",
)  # fmt: skip
@lang_option
@debug_option
def cli() -> None:
    """Run ``kg``."""
