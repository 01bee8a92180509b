"""``kg report summary``: one page in plain words, each number with the command that prints it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence

from kg.cli.counted import city_name, mark
from kg.cli.promised import compared
from kg.cli.shared import Output, graph_option, kg_command, opened, output_options, say
from kg.output import Column, Label, Table
from queries.sources import Source
from queries.summary import LEAST_BODIES, LEAST_RESPONSIBILITIES, About, Fact, SummaryReport, WasRead, summary

_SENTENCES: dict[About, Label] = {
    "heaviest": Label(
        "{city}：{body}一家承担 {total} 项责任，占全市 {all} 项的 {share}，是各市各部门中占比最高的。",
        "{city}: {body} alone carries {total} of the city's {all} responsibilities ({share}), the largest share of any "
        "body in any city.",
    ),
    "concentrated": Label(
        "{city}：牵头最多的三个部门占全部牵头的 {top3}（共 {bodies} 个部门牵头），是各市中最集中的。",
        "{city}: the three bodies that lead most have {top3} of all leads ({bodies} bodies lead), more than in any "
        "other city.",
    ),
    "solo": Label(
        "{city}：{body}有 {count} 项独自牵头，没有其他部门配合，是各市中最多的。",
        "{city}: {body} leads {count} times with no other body beside it, more than any other body.",
    ),
    "several-leads": Label(
        "{count} 处由两个以上部门共同负责，没有写明以谁为主。",
        "Places where two or more bodies are responsible together and none of them leads: {count}.",
    ),
    "unanswered": Label(
        "{targets} 个数量指标中，{nobody} 个没有写明由谁负责，{collective} 个只写了统称。",
        "Targets that name nobody who answers for them: {nobody} of {targets}; collectives only: {collective}.",
    ),
    "undated": Label(
        "{targets} 个数量指标中，写明期限的只有 {dated} 个。",
        "Targets that say by when: {dated} of {targets}.",
    ),
    "no-measure": Label(
        "{actions} 条举措中，{count} 条整条没有数量，也没有时间。",
        "Actions with neither a number nor a time anywhere in them: {count} of {actions}.",
    ),
    "peak": Label(
        "{all} 项有日期的事项中，{count} 项集中在 {printed} 到期（{cities} 个城市）。",
        "Most falls due in {printed}: {count} of {all} dated items (cities: {cities}).",
    ),
    "disagree": Label(
        "{count} 处同一份方案内的数字互相矛盾。",
        "Places where numbers inside one plan disagree: {count}.",
    ),
    "compared": Label(
        "各市最常见的可比承诺是“{indicator}”，{cities} 个城市作出：{best}承诺最多（{best_value}），"
        "{least}最少（{least_value}）。",
        "What most cities promise alike is {indicator} ({cities} cities): {best} promises most ({best_value}), {least} "
        "least ({least_value}).",
    ),
    "only-collectives": Label(
        "{count} 处的责任单位只有“各有关部门”一类的统称。",
        "Places where only collectives such as 各有关部门 are responsible: {count}.",
    ),
    "damaged": Label(
        "原文有 {count} 处文字损坏：重复的字词、不成对的标点、残留的代码。",
        "Places where the text is damaged (words twice, marks without counterpart, leftover code): {count}.",
    ),
}  # fmt: skip


@kg_command(
    "summary",
    zh="""一页摘要：读了什么、什么没有读，十条发现，用平常的话说，都有数字。

    每条发现都注明得出这个数字的命令。研究报告不计入各市的数字；城市后面是所依据文件的状态和年份。""",
    en="""One page: what was read and what was not, and ten findings in plain words, with numbers.

    Each names the command that prints its numbers. Studies enter no city's numbers; behind a city stand status and year
    of the documents its numbers rest on.""",
    examples=(
        "kg report summary",
        "kg --lang en report summary --graph kg-demo",
        "kg report summary --format md -o summary.md",
    ),
)
@graph_option
@output_options
def command(graph: str, output: Output) -> None:
    """Print the page."""
    output.write(*summary_tables(summary(opened(graph)), graph))


def summary_tables(report: SummaryReport, graph: str = "kg-graph") -> list[Table]:
    """The page as two tables: what was read, and the findings; ``graph`` is the one the commands are to read."""
    return [_read(report.read), _findings(report, graph)]


# ------------------------------------------------------------------------------------------------ what was read


def _read(read: WasRead) -> Table:
    columns = (
        Column("what", "读了什么", "what was read"),
        Column("count", "数量", "number", "count"),
        Column("note", "说明", "note"),
    )
    plans = [source for source in read.documents if source.counted]
    studies = len(read.documents) - len(plans)
    cities = {source.city for source in plans if source.city}
    rows = (
        (say("文件", "documents"), len(read.documents), _kinds(plans, studies)),
        (
            say("城市", "cities"),
            len(cities),
            say("含省、区、县；研究报告所论的不计", "provinces and districts too; not those only studied"),
        ),
        (say("举措", "actions"), read.actions, say(f"另有 {read.tasks} 项任务", f"with {read.tasks} tasks")),
        (
            say("责任", "responsibilities"),
            read.responsibilities,
            say("每个部门每条计一次；统称、附注不计", "once a body and place; collectives and notes left out"),
        ),
        (say("部门", "bodies"), read.bodies, say("承担这些责任的", "that bear them")),
        (say("数量指标", "targets"), read.targets, say("kg report targets 逐条列出", "kg report targets lists them")),
        (
            say("存疑之处", "doubtful places"),
            read.doubtful,
            say("kg lint --about reading 逐处列出", "kg lint --about reading lists them"),
        ),
        (say("未读入的文件", "files not read"), len(read.not_read), "、".join(read.not_read)),
    )
    title = Label("读了什么，什么没有读", "What was read and what was not")
    return Table("read", columns, [{"what": w, "count": c, "note": n} for w, c, n in rows], title)


def _kinds(plans: Sequence[Source], studies: int) -> str:
    """How many are issued or drafts, of which years, and how many are studies."""
    drafts = sum(source.status == "draft" for source in plans)
    years = Counter(source.year for source in plans if source.year is not None)
    span = f"{min(years)}–{max(years)}" if len(years) > 1 else "".join(map(str, years))
    zh = f"{len(plans) - drafts} 份已印发，{drafts} 份征求意见稿，{studies} 份研究"
    en = f"{len(plans) - drafts} issued, {_count(drafts, 'draft', 'drafts')}, {_count(studies, 'study', 'studies')}"
    return say(f"{zh}；{span} 年" if span else zh, f"{en}; {span}" if span else en)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


# ------------------------------------------------------------------------------------------------ what was found


def _findings(report: SummaryReport, graph: str) -> Table:
    columns = (
        Column("number", "序号", "no.", "count", drop=1),
        Column("finding", "发现", "finding"),
        Column("command", "数字由此得出", "command that prints the numbers"),
        Column("about", "种类", "about", machine=True),
        Column("values", "数值", "values", machine=True),
    )
    rows = [
        {
            "number": number,
            "finding": sentence(fact, report.read),
            "command": command_line(fact, graph),
            "about": fact.about,
            "values": dict(fact.values),
        }
        for number, fact in enumerate(report.facts, 1)
    ]
    drafts = sum(source.counted and source.status == "draft" for source in report.read.documents)
    notes = (
        Label(
            f"没有写明城市的，是全部文件合计，其中 {drafts} 份为征求意见稿；"
            f"占比只比较责任不少于 {LEAST_RESPONSIBILITIES} 项（牵头：不少于 {LEAST_BODIES} 个部门）的城市。",
            f"Where no city is named, all documents together, {_count(drafts, 'draft', 'drafts')} among them. "
            f"Shares are compared among cities of at least {LEAST_RESPONSIBILITIES} responsibilities "
            f"({LEAST_BODIES} bodies that lead).",
        ),
    )
    return Table("findings", columns, rows, Label("十条发现", "Ten findings"), notes)


def sentence(fact: Fact, read: WasRead) -> str:
    """The fact in words."""
    words = {name: printed_value(value) for name, value in fact.values.items()}
    words["actions"] = str(read.actions)
    if "city" in fact.values:
        words["city"] = _with_status(str(fact.values["city"]), fact.behind)
    if fact.promises:
        words["best_value"], words["least_value"] = (compared(one) for one in fact.promises)
    template = _SENTENCES[fact.about]
    return say(template.zh, template.en).format(**words)


def printed_value(value: float | str) -> str:
    """A value as sentences and tables print it: shares as percentages."""
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def _with_status(city: str, behind: Sequence[Source]) -> str:
    name = city_name(city)
    marks = [mark(source) for source in behind]
    zh, en = "；".join(dict.fromkeys(one.zh for one in marks)), "; ".join(dict.fromkeys(one.en for one in marks))
    return say(f"{name.zh}（{zh}）", f"{name.en} ({en})")


def command_line(fact: Fact, graph: str) -> str:
    """The command that prints the fact's numbers, ready to be pasted into a shell."""
    chosen = () if graph == "kg-graph" else ("--graph", graph)
    return shlex.join(("kg", *fact.command, *chosen))
