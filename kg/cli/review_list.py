"""``kg review list``: doubtful merges, lines of work nobody reviewed, unsure themes, new groups of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kg.cli.shared import Output, graph_option, kg_command, opened, option, output_options
from kg.output import Column, Label, Table
from kg.store import is_address

if TYPE_CHECKING:
    from kg.resolve.decisions import Decisions
    from ontology.records import Operator, Period
    from queries.review import MeasuredTarget
    from queries.rows import Store

TOP = 20
"""Rows of each kind a terminal shows; pipes and the other formats get all."""
KINDS = ("body", "function", "theme", "indicator")
_QUOTE = 60

_KIND: dict[object, Label] = {
    "body": Label("部门合并", "merged bodies"),
    "function": Label("未审定的条线", "lines of work nobody reviewed"),
    "theme": Label("没有把握的主题", "unsure themes"),
    "indicator": Label("新的指标组", "new groups of indicators"),
}
_REASON: dict[object, Label] = {
    "damaged": Label("只差一个字", "one character off"),
    "other words": Label("同一条线，写法不同", "same line of work, other words"),
    "unreviewed": Label("词表中没有", "not in the scheme"),
    "close": Label("两个主题难分", "two themes are close"),
    "no words": Label("没有主题词", "no word of a theme"),
    "other name": Label("同一指标，名称不同", "same indicator, another name"),
    "family": Label("同一族，指标不同", "same family, another indicator"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. ``subject`` and ``object`` are what ``kg review decide`` takes."""

    kind: str
    subject: str
    name: str
    object: str
    reason: str
    times: int | None
    evidence: str
    where: str


@kg_command(
    "list",
    zh="""列出需要人工审定之处，每条附原文依据：由较弱规则合并的部门名称、词表中没有的条线、没有把握的主题、
    新的指标组（名称不同而归入同一指标的目标，同一族的几个指标）。

    subject 和 object 两列可直接用于 kg review decide。已作决定的不再列出。""",
    en="""List what a person should decide, with the sentence: names merged by a weaker rule, lines of work that are not
    in the scheme, actions whose theme is unsure, new groups of indicators (one indicator under several names, one
    family of several indicators).

    What stands under subject and object goes into kg review decide. What is decided is not listed again.""",
    examples=("kg review list", "kg review list --kind theme --format xlsx -o review.xlsx"),
)
@option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    zh="只列这一类，可重复。",
    en="Only this kind; repeatable.",
)
@option(
    "--decisions",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    zh="决定文件；默认为图谱旁的 <图谱>.decisions.csv。",
    en="File of decisions; by default <graph>.decisions.csv beside the graph.",
)
@option("--all", "everything", is_flag=True, zh="在终端上也显示全部行。", en="Show all rows on a terminal, too.")
@graph_option
@output_options
def command(kinds: tuple[str, ...], file: Path | None, everything: bool, graph: str, output: Output) -> None:
    """Print the list."""
    from kg.resolve.decisions import NO_DECISIONS, decisions_path, read_decisions

    store = opened(graph)
    path = file or (None if is_address(graph) else decisions_path(Path(graph)))
    decisions = read_decisions(path) if path and path.exists() else NO_DECISIONS
    questions = [question for kind in (kinds or KINDS) for question in _FINDERS[kind](store, decisions)]
    output.write(review_table(questions, None if everything else TOP))


def review_table(questions: Sequence[Question], top: int | None = TOP) -> Table:
    """The questions as a table, a row a question."""
    columns = (
        Column("kind", "类别", "kind", words=_KIND),
        Column("name", "名称", "name"),
        Column("reason", "原因", "reason", words=_REASON),
        Column("subject", "对象", "subject", drop=1),
        Column("object", "归入", "object", drop=2),
        Column("times", "次数", "times", "count", drop=3),
        Column("evidence", "原文", "evidence", drop=4),
        Column("where", "所在", "where", drop=5),
    )
    rows = [{column.key: getattr(question, column.key) for column in columns} for question in questions]
    note = Label(
        "用 kg review decide 记录决定，下次 kg build 起生效。",
        "Record a decision with kg review decide; it holds from the next kg build on.",
    )
    return Table("review", columns, rows, Label("待审定", "To decide"), (note,), "kind", _titles(), top)


def _titles() -> Mapping[str, Label]:
    return {str(kind): label for kind, label in _KIND.items()}


def _doubtful_merges(store: Store, decisions: Decisions) -> Iterator[Question]:
    """Names in one body that share it by a weaker rule than that of written forms."""
    from kg.resolve.bodies import doubt_about
    from queries.departments import departments
    from queries.review import NO_EVIDENCE, evidence_of

    decided = {decision.question for decision in decisions.of("body")}
    found: list[tuple[str, str, str]] = []
    for body in departments(store).values():
        adcode = body.uid.partition(":")[0]
        for name in body.aliases:
            doubt = doubt_about(name, body.name, body.uid, body.city or None, decisions)
            question = ("body", *sorted((f"{adcode}:{name}", body.uid)))
            if doubt in _REASON and question not in decided:
                found.append((body.uid, name, str(doubt)))
    evidence = evidence_of(store, {uid for uid, _, _ in found})
    for uid, name, reason in found:
        proof = evidence.get((uid, name), NO_EVIDENCE)
        subject = f"{uid.partition(':')[0]}:{name}"
        yield Question("body", subject, name, uid, reason, proof.times, _short(proof.quote), proof.where)


def _unreviewed(store: Store, _: Decisions) -> Iterator[Question]:
    """Bodies whose line of work was made from their name."""
    from queries.departments import departments
    from queries.review import NO_EVIDENCE, evidence_of, is_unreviewed

    bodies = [body for body in departments(store).values() if is_unreviewed(body)]
    evidence = evidence_of(store, {body.uid for body in bodies})
    for body in bodies:
        proofs = [evidence.get((body.uid, name), NO_EVIDENCE) for name in (body.name, *body.aliases)]
        times = sum(proof.times for proof in proofs)
        function = body.works[0].function if body.works else ""
        quote, where = _short(proofs[0].quote), proofs[0].where
        yield Question("function", body.uid, body.name, function, "unreviewed", times, quote, where)


def _unsure_themes(store: Store, _: Decisions) -> Iterator[Question]:
    """Actions without a main theme, with the themes their words point to."""
    from kg.resolve.themes import theme_candidates
    from queries.review import open_actions

    for action in open_actions(store):
        candidates = theme_candidates(action.heading, action.body, action.sections, title=action.title)
        words = "；".join(f"{one.theme}: {'、'.join(one.evidence[:3])}" for one in candidates)
        themes = " ".join(one.theme for one in candidates)
        reason = "close" if candidates else "no words"
        evidence = words or _short(action.body)
        yield Question("theme", action.uid, action.heading, themes, reason, None, evidence, action.uid)


def _indicator_groups(store: Store, decisions: Decisions) -> Iterator[Question]:
    """Names that the rules, and nobody else, put under one indicator, and indicators of one family."""
    from kg.resolve.decided import name_reference
    from kg.resolve.indicators import measure
    from queries.review import measured_targets

    decided = {decision.question for decision in decisions.of("indicator")}
    names: defaultdict[tuple[str, str], dict[str, list[MeasuredTarget]]] = defaultdict(dict)
    families: defaultdict[str, dict[str, list[MeasuredTarget]]] = defaultdict(dict)
    for target in measured_targets(store):
        op, per = cast("Operator", target.op), cast("Period | None", target.per)
        own = measure(target.name, target.unit, op, per).indicator.uid
        if own == target.indicator:
            names[own, target.indicator_name].setdefault(target.name, []).append(target)
        families[target.family].setdefault(target.indicator, []).append(target)
    for (uid, _), by_name in sorted(names.items()):
        for name, targets, others in _beside_the_main(by_name):
            subject = name_reference(uid, name)
            if ("indicator", *sorted((subject, uid))) not in decided:
                yield _indicator_question(name, subject, uid, "other name", targets, others)
    for _, by_indicator in sorted(families.items()):
        for uid, targets, others in _beside_the_main(by_indicator):
            main = others[0].indicator
            if ("indicator", *sorted((uid, main))) not in decided:
                yield _indicator_question(targets[0].indicator_name, uid, main, "family", targets, others)


def _beside_the_main(
    groups: Mapping[str, list[MeasuredTarget]],
) -> Iterator[tuple[str, list[MeasuredTarget], list[MeasuredTarget]]]:
    """Give every group but the one of most targets, with its targets and those of that one."""
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), key))
    for key in sorted(ranked[1:]):
        yield key, groups[key], groups[ranked[0]]


def _indicator_question(
    name: str, subject: str, group: str, reason: str, targets: list[MeasuredTarget], others: list[MeasuredTarget]
) -> Question:
    proof = " | ".join(map(_shown_target, (*targets[:2], others[0])))
    return Question("indicator", subject, name, group, reason, len(targets), proof, targets[0].holder)


def _shown_target(target: MeasuredTarget) -> str:
    return f"{target.name} {target.number}（{target.file}）“{_short(target.quote)}”"


_FINDERS: Mapping[str, Callable[[Store, Decisions], Iterator[Question]]] = {
    "body": _doubtful_merges,
    "function": _unreviewed,
    "theme": _unsure_themes,
    "indicator": _indicator_groups,
}


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1]}…"
