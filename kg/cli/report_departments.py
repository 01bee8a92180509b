"""``kg report departments``: every printed name of a body, the body it means, its kind and its line of work."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cli.counted import all_option, city_option
from kg.cli.shared import Output, graph_option, kg_command, language, opened, output_options
from kg.output import Column, Label, Table
from queries.departments import PrintedName, printed_names

TOP = 20
"""Rows a document shows on a terminal; pipes and the other formats get all."""

KINDS: dict[object, Label] = {
    "bureau": Label("政府部门", "bureau"),
    "party": Label("党委部门", "party organ"),
    "court": Label("法院", "court"),
    "procuratorate": Label("检察院", "procuratorate"),
    "central-branch": Label("中央驻地机构", "central branch"),
    "enterprise": Label("企业", "enterprise"),
    "institution": Label("事业单位", "institution"),
    "people-organisation": Label("群团组织", "people's organisation"),
    "local-government": Label("地方政府", "local government"),
    "development-zone": Label("开发区", "development zone"),
    "leading-group": Label("议事协调机构", "leading group"),
    "office": Label("内设机构", "office inside a body"),
    "collective": Label("统称", "collective"),
}


@kg_command(
    "departments",
    zh="""每份文件写出的每个部门名称：对应哪个部门、属于哪一类、承担什么条线的工作。

    同一部门的不同写法（全称、简称、和与之别）归为一个部门；各市部门按条线对应。条线以 core: 开头的尚未审定，
    用 kg review 列出和决定。""",
    en="""Every name of a body that a document prints: which body it means, of which kind, with which line of work.

    Written forms of one body (full, short, 和 or 与) are one body; bodies of different cities meet in their line of
    work. A line of work that begins with core: was made from the name and reviewed by nobody: see kg review.""",
    examples=(
        "kg report departments",
        "kg report departments --city 自贡市 --format csv -o departments.csv",
        "kg report departments --format json",
    ),
)
@city_option
@all_option
@graph_option
@output_options
def command(cities: tuple[str, ...], everything: bool, graph: str, output: Output) -> None:
    """Print the report."""
    output.write(departments_table(printed_names(opened(graph), city=cities), None if everything else TOP))


def departments_table(names: Sequence[PrintedName], top: int | None = TOP) -> Table:
    """The names as a table, a row a name and document."""
    columns = (
        Column("doc", "文件", "file", machine=True),
        Column("city", "城市", "city", drop=3),
        Column("name", "部门（原文）", "name as printed"),
        Column("body", "部门", "body", drop=1),
        Column("kind", "类别", "kind", drop=3, words=KINDS),
        Column("work", "条线", "line of work", drop=2),
        Column("leads", "牵头", "leads", "count"),
        Column("supports", "配合", "supports", "count"),
        Column("why", "依据", "why", drop=5),
        Column("also", "兼", "also", drop=4),
        Column("department", "部门编号", "department", machine=True),
        Column("function", "条线编号", "function", machine=True),
        Column("document", "文件编号", "document", machine=True),
    )
    shown = Label("各文件写出的部门名称", "Names of bodies as printed")
    return Table("departments", columns, [_row(name) for name in names], shown, section="city", top=top)


def _row(name: PrintedName) -> dict[str, object]:
    works = name.department.works
    zh = language() == "zh"
    titles = [work.zh if zh else work.en for work in works]
    return {
        "doc": name.doc,
        "city": name.city,
        "name": name.name,
        "body": name.department.name,
        "kind": name.department.kind,
        "work": titles[0] if titles else None,
        "leads": name.leads,
        "supports": name.supports,
        "why": works[0].why if works else None,
        "also": titles[1:],
        "department": name.department.uid,
        "function": works[0].function if works else None,
        "document": name.document,
    }
