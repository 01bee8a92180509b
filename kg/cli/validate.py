"""``kg validate``: whether a graph keeps to the ontology."""

from __future__ import annotations

from collections import Counter

import click

from kg.cli.shared import Output, graph_option, kg_command, language, opened, output_options
from kg.output import Column, Label, Table
from kg.validate import Report, Violation, validate
from ontology.vocabulary import vocabulary

_SHOWN = 200


@kg_command(
    "validate",
    zh="""按本体检查图谱：SHACL 约束，即取值范围、必有的内容、个数、角色、区间与引文是否和正文一致。

    每条违反都说明是哪个节点或关系、在哪份文件。符合时退出码为 0，有违反时为 1。""",
    en="""Check the graph against the ontology by SHACL shapes: value spaces, what must be there, how often, roles, and
    whether spans and quotes agree with the texts.

    Every violation names the node or edge and its document. The exit code is 0 where the graph conforms and 1 where
    it does not.""",
    examples=("kg validate", "kg validate --graph kg-demo --format csv -o violations.csv"),
)
@graph_option
@output_options
@click.pass_context
def command(context: click.Context, graph: str, output: Output) -> None:
    """Print what breaks a shape."""
    report = validate(opened(graph))
    output.write(_table(report))
    if report.violations:
        context.exit(1)


def _table(report: Report) -> Table:
    words = vocabulary()
    kinds: dict[object, Label] = {label: Label(each.zh, each.en) for label, each in words.node_types.items()}
    kinds |= {name: Label(each.zh, each.en) for name, each in words.relation_types.items()}
    columns = (
        Column("message", "问题", "what is wrong"),
        Column("kind", "类别", "kind", words=kinds),
        Column("name", "名称", "name"),
        Column("value", "值", "value", drop=2),
        Column("file", "文件", "file", drop=1),
        Column("uid", "标识", "uid", drop=3),
        Column("document", "所属文件", "document", machine=True),
        Column("property", "属性", "property", machine=True),
        Column("rule", "约束", "rule", machine=True),
    )
    checked = f"{report.nodes} 个节点、{report.edges} 条关系", f"{report.nodes} nodes and {report.edges} edges"
    count = len(report.violations)
    if not count:
        title = Label(f"{checked[0]}：符合本体", f"{checked[1]}: they conform to the ontology")
        return Table("violations", columns, [], title)
    title = Label(f"{checked[0]}：{count} 处违反", f"{checked[1]}: {count} violation{'s' * (count != 1)}")
    # The kinds of violations that are most frequent stand first, each in order of the graph.
    frequency = Counter((violation.kind, violation.en) for violation in report.violations)
    ordered = sorted(report.violations, key=lambda each: (-frequency[each.kind, each.en], each.kind, each.en))
    return Table("violations", columns, [_row(each) for each in ordered], title, top=_SHOWN)


def _row(violation: Violation) -> dict[str, object]:
    return {
        "message": violation.zh if language() == "zh" else violation.en,
        "kind": violation.kind,
        "name": violation.name,
        "value": violation.value,
        "file": violation.file,
        "uid": violation.uid,
        "document": violation.document,
        "property": violation.property,
        "rule": violation.rule,
    }
