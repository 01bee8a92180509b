"""Workload by theme: what the plans of a city deal with, how much of it, and who leads there.

A responsibility belongs to the main theme of its action; what a heading prints, and an action whose theme was not sure
enough, belong to none. Each theme counts one responsibility once per body and holder, as everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from queries.counting import (
    PLAIN,
    Behind,
    Counted,
    Duty,
    Level,
    Switches,
    counting,
    duties,
)
from queries.lookups import lookup
from queries.rows import Store
from queries.workload import ranks

if TYPE_CHECKING:
    import pandas as pd

NO_THEME = ""
"""Uid of the row that gathers what has no theme."""


@dataclass(frozen=True, slots=True)
class ThemeLoad:
    """What one city's plans do about one theme.

    ``actions`` and ``bodies`` are counted once each; ``lead``, ``joint`` and ``support`` count responsibilities and add
    up to ``total``; ``share`` is total over the city's total (0–1). ``leader`` leads most of them, alone or jointly
    (of equals, the one with more sole leads, then by uid), ``leads`` how many.
    """

    city: str
    rank: int
    theme: str
    theme_en: str
    uid: str
    actions: int
    bodies: int
    lead: int
    joint: int
    support: int
    total: int
    share: float
    leader: str
    leader_uid: str
    leads: int


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """The workload by theme of one or several cities, how it was counted and from which documents."""

    level: Level
    switches: Switches
    loads: tuple[ThemeLoad, ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``loads`` as a data frame, one row a theme and city."""
        import pandas as pd

        names = [field.name for field in fields(ThemeLoad)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.loads], columns=names)


Themes = Mapping[str, tuple[str, str, str]]


def main_themes(store: Store) -> dict[str, tuple[str, str, str]]:
    """Give the main theme of every action that has one: uid, name in Chinese and in English, by uid of the action."""
    return {
        str(row["action"]): (
            str(row["theme"]),
            str(row["theme_name"] or ""),
            str(row["theme_name_en"] or row["theme_name"] or ""),
        )
        for row in store.run(lookup("themes_of_actions"))
        if row["main"] is True
    }


def workload_by_theme(
    store: Store,
    *,
    city: str | Sequence[str] | None = None,
    level: Level = "printed",
    switches: Switches = PLAIN,
) -> ThemeReport:
    """Count what each city does about each theme; the arguments are those of :func:`queries.workload.workload`.

    Raises:
        UsageError: a ``city`` that issued no document of the graph.
    """
    counts = counting(store, city=city, level=level, switches=switches)
    themes = main_themes(store)
    loads: list[ThemeLoad] = []
    merged = 0
    for place, entries in counts.by_city():
        borne = duties(entries, lambda entry: ((entry.body, entry.name),), counts.holder_of)
        merged += len(entries) - len(borne)
        action_of = {counts.holder_of(entry): entry.action for entry in entries}
        loads += _loads(place, borne, action_of, themes)
    return ThemeReport(level, switches, tuple(loads), counts.behind(), counts.tally(merged))


def _loads(city: str, borne: Sequence[Duty], action_of: Mapping[str, str], themes: Themes) -> Iterable[ThemeLoad]:
    of_theme: dict[tuple[str, str, str], list[Duty]] = defaultdict(list)
    for duty in borne:
        of_theme[themes.get(action_of[duty.holder], (NO_THEME, "", ""))].append(duty)
    rank = ranks({uid: len(found) for (uid, _, _), found in of_theme.items()})
    rows = []
    for (uid, name, name_en), found in of_theme.items():
        roles = Counter(duty.role for duty in found)
        led = Counter(duty.carrier for duty in found if duty.role != "support")
        alone = Counter(duty.carrier for duty in found if duty.role == "lead")
        names = {duty.carrier: duty.name for duty in found}
        leader = min(led, key=lambda body: (-led[body], -alone[body], body), default="")
        rows.append(
            ThemeLoad(
                city=city,
                rank=rank[uid],
                theme=name,
                theme_en=name_en,
                uid=uid,
                actions=len({action_of[duty.holder] for duty in found}),
                bodies=len(names),
                lead=roles["lead"],
                joint=roles["joint"],
                support=roles["support"],
                total=len(found),
                share=len(found) / len(borne),
                leader=names.get(leader, ""),
                leader_uid=leader,
                leads=led[leader],
            )
        )
    return sorted(rows, key=lambda row: (row.uid == NO_THEME, -row.total, row.uid))
