"""``kg review decide``: write down one decision."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kg.cli.shared import graph_option, kg_command, opened, option, say, warn
from kg.store import is_address
from ontology.errors import UsageError

if TYPE_CHECKING:
    from kg.resolve.decisions import Decision, Kind, Verdict
    from kg.store import GraphStore
    from ontology.records import Operator, Period


@kg_command(
    "decide",
    zh="""把一条决定追加到决定文件；下次 kg build 起生效。同一问题以后写的一行为准，unsure 撤回先前的决定。

    body：两个部门名称是同一部门（same，编号取后者）或不是（different）。function：部门属于哪条线（assign）。
    theme：举措的主题，主要的写在前面，最多三个（assign）。部门写编号，或地区代码加原文名称（510300:市发改委）。
    indicator：两个指标是同一指标（same，编号取后者，单位须相同）或不是（different）；
    指标写编号，或编号加 # 和原文名称。""",
    en="""Add one decision to the file of decisions; it holds from the next kg build on. Of several lines about the same
    question the last counts; unsure withdraws what was decided before.

    body: two names are the same body (same; the latter gives the id) or are not (different). function: the line of
    work of a body (assign). theme: the themes of an action, the main one first, up to three (assign). A body is
    written as its id, or as its place's code and the name as printed (510300:市发改委). indicator: two indicators are
    the same (the latter gives the id; their unit must be one) or are not; written as its id, or as that, # and a name
    as printed.""",
    examples=(
        "kg review decide body 510300:市规划资源局 same 510300:市自然资源和规划局",
        "kg review decide body 510300:市城管执法局 different 510300:市城市管理局 --why 两块牌子",
        "kg review decide function 510300:市花卉局 assign forestry",
        "kg review decide theme 510300/方案/一/1 assign 'trade logistics'",
        "kg review decide indicator 'indicator:网办率:rate:%:higher#可网办事项占比' different "
        "'indicator:网办率:rate:%:higher'",
        "kg review decide function 510300:市花卉局 unsure",
    ),
)
@click.argument("kind", type=click.Choice(["body", "function", "theme", "indicator"]))
@click.argument("subject")
@click.argument("verdict", type=click.Choice(["same", "different", "assign", "unsure"]))
@click.argument("object", default="")
@option("--who", default=None, metavar="NAME", zh="决定人；默认为当前用户。", en="Who decides; by default the user.")
@option("--why", default="", metavar="TEXT", zh="理由。", en="The reason.")
@option(
    "--decisions",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    zh="决定文件；默认为图谱旁的 <图谱>.decisions.csv。",
    en="File of decisions; by default <graph>.decisions.csv beside the graph.",
)
@graph_option
def command(
    kind: str, subject: str, verdict: str, object: str, who: str | None, why: str, file: Path | None, graph: str
) -> None:
    """Write the decision."""
    from kg.resolve.decisions import Decision, append_decision, checked, decisions_path, read_decisions

    decision = checked(
        Decision(
            cast("Kind", kind),
            subject,
            cast("Verdict", verdict),
            object,
            _user() if who is None else who,
            date.today().isoformat(),
            why,
        )
    )
    if file is None and is_address(graph):
        raise UsageError(
            say("服务器旁没有决定文件", "there is no file of decisions beside a server"),
            where=graph,
            advice=say(
                "用 --decisions 指定装载所用文件夹旁的那一个",
                "name the one beside the folder that is loaded, with --decisions",
            ),
        )
    if verdict != "unsure":
        _refuse_unknown(opened(graph), decision)
    path = file or decisions_path(Path(graph))
    before = read_decisions(path).in_force if path.exists() else ()
    if verdict == "unsure" and decision.question not in {one.question for one in before}:
        warn(
            say(
                "没有与此完全相同的决定在生效；撤回时须照原样写出部门、举措或指标",
                "no decision about exactly this is in force; to withdraw one, write its words as it did",
            )
        )
    append_decision(path, decision)
    click.echo(say(f"已写入 {path}，下次 kg build 起生效", f"wrote {path}; it holds from the next kg build on"))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _refuse_unknown(graph: GraphStore, decision: Decision) -> None:
    """Raise :class:`UsageError` for a name that means nothing in this graph or vocabulary."""
    from ontology.vocabulary import vocabulary

    if decision.kind == "theme":
        _known(decision.subject, _uids(graph, "MATCH (a:Action) RETURN a.uid AS uid"), "action")
        for theme in decision.themes:
            _known(theme, set(vocabulary().themes), "theme")
        return
    if decision.kind == "indicator":
        indicators = _indicators(graph)
        _known(decision.subject, indicators, "indicator")
        _known(decision.object, indicators, "indicator")
        return
    bodies = _bodies(graph)
    _known(decision.subject, bodies, "body")
    if decision.kind == "body":
        _known(decision.object, bodies, "body")
    else:
        _known(decision.object, set(vocabulary().functions), "line of work")


def _known(name: str, names: set[str], what: str) -> None:
    if name not in names:
        close = get_close_matches(name, sorted(names), n=3, cutoff=0.5)
        raise UsageError(
            f"there is no {what} {name} in this graph",
            advice=f"did you mean {', '.join(close)}?" if close else "kg review list shows what may be decided",
        )


def _uids(graph: GraphStore, cypher: str) -> set[str]:
    return {str(row["uid"]) for row in graph.run(cypher)}


def _indicators(graph: GraphStore) -> set[str]:
    """What an indicator may be called: the uid the rules give it, and that uid with each of its targets' names."""
    from kg.resolve.decided import PrintedTarget, resolve_indicators

    rows = graph.run("MATCH (t:Target) RETURN t.name AS name, t.unit AS unit, t.op AS op, t.per AS per")
    printed = (
        PrintedTarget(
            str(row["name"]), str(row["unit"]), cast("Operator", row["op"]), cast("Period | None", row["per"])
        )
        for row in rows
    )
    return set(resolve_indicators(printed).references)


def _bodies(graph: GraphStore) -> set[str]:
    """What a body may be called: its uid, and its place's code with each of its names."""
    names: set[str] = set()
    for row in graph.run("MATCH (b:Department) RETURN b.uid AS uid, b.name AS name, b.aliases AS aliases"):
        place = str(row["uid"]).partition(":")[0]
        aliases = row["aliases"] if isinstance(row["aliases"], list) else []
        names |= {str(row["uid"]), *(f"{place}:{name}" for name in (row["name"], *aliases))}
    return names
