"""``kg demo``: the sample plans and registers, built and asked, in one command."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.build import totals
from kg.cli.report_workload import workload_tables
from kg.cli.shared import NamedPath, kg_command, language, option, refuse_inside_graph, say
from kg.output import table_of, wrapped, write_tables

QUESTION = """MATCH (c:City)-[:ISSUED]->(:Document)-[:HAS_ACTION]->(a:Action)-[main:ADDRESSES]->(t:Theme),
      (body:Department)-[lead:LEADS]->(a)
WHERE main.main AND lead.basis <> 'text'
WITH DISTINCT t, c, body.name AS name
ORDER BY name
WITH t, c, collect(name) AS leads
WITH t, collect({city: c.name, leads: leads}) AS cities
WHERE size(cities) > 5
UNWIND cities AS one
RETURN t.name AS theme, one.city AS city, one.leads AS leads
ORDER BY theme, city"""


@kg_command(
    "demo",
    zh="""用自带的样例建立图谱，打印工作量报告和一个 Cypher 查询的结果。

    样例为四份虚构城市的方案，和巴中、广元、自贡、张掖四市真实方案的责任台账。""",
    en="""Build a graph of the samples, print the workload report and one Cypher answer.

    The samples are four plans of invented cities, and registers (责任台账) of four real plans.""",
    examples=("kg demo", "kg demo -o try"),
)
@option(
    "-o",
    "--output",
    "folder",
    default="kg-demo",
    show_default=True,
    metavar="DIR",
    type=NamedPath(path_type=Path),
    zh="图谱文件夹。",
    en="Folder of the graph.",
)
def command(folder: Path) -> None:
    """Build and ask."""
    refuse_inside_graph(folder)
    import kg
    from kg.assemble import assemble
    from kg.build import write_graph
    from kg.records import InputFile
    from loaders.reader import read_documents
    from loaders.samples import sample_files, sample_registers
    from queries.workload import workload

    samples = [*sample_files(), *sample_registers()]
    documents = [document for sample in samples for document in read_documents(sample.read_bytes(), sample.name)]
    inputs = [InputFile(document.facts.file, document.facts.sha256, "read") for document in documents]
    records = assemble(documents, inputs)
    write_graph(records, folder)
    click.secho(wrapped(totals(documents, records, folder)) + "\n", bold=True)
    graph = kg.open(folder)
    report = workload(graph)
    write_tables(workload_tables(report, 4)[:2], lang=language())
    click.secho(
        "\n"
        + say(
            "哪些主题有六个以上城市涉及，由谁牵头？", "Which themes do six cities and more share, and who leads them?"
        ),
        bold=True,
    )
    click.echo(QUESTION + "\n")
    answer = graph.run(QUESTION)
    write_tables([table_of("rows", answer.columns, answer.rows)], lang=language())
    click.echo("\n" + say(_NEXT_ZH, _NEXT_EN).format(folder=folder, body=report.loads[0].uid))


_NEXT_EN = """The graph lies in {folder}. Try next:
  kg show {body} --graph {folder}                one body, what it leads, the sentences that say so
  kg report workload --graph {folder}                  the whole report: solo leads, two readings, documents, counting
  kg report workload --graph {folder} --by function    the same over lines of work
  kg report workload --graph {folder} -o workload.xlsx
  kg schema                                            what to ask about
  kg build PLANS/ && kg report workload                your own plans"""
_NEXT_ZH = """图谱在 {folder}。接下来可以试：
  kg show {body} --graph {folder}                一个部门：牵头什么，原文为证
  kg report workload --graph {folder}                  完整报告：独自牵头、两种读法、依据的文件、计数口径
  kg report workload --graph {folder} --by function    按条线看工作量
  kg report workload --graph {folder} -o workload.xlsx
  kg schema                                            图谱里有什么可问
  kg build 方案文件夹/ && kg report workload           用自己的方案"""
