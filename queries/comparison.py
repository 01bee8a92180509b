"""Two cities side by side: which part of each city's work falls to which line of work, or to which theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from ontology.errors import UsageError
from queries.counting import PLAIN, Behind, Counted, Level, Switches
from queries.rows import Store
from queries.workload import Load, workload
from queries.workload_themes import ThemeLoad, workload_by_theme

if TYPE_CHECKING:
    import pandas as pd

Side = Literal["function", "theme"]


@dataclass(frozen=True, slots=True)
class Shares:
    """One line of work (or theme) in two cities.

    ``first`` and ``second`` are its parts (0–1) of all responsibilities of each city, ``first_total`` and
    ``second_total`` how many these are, ``difference`` is first minus second; ``first_leads`` and ``second_leads`` are
    the parts of its responsibilities that lead, alone or jointly (None where it has none).
    """

    name: str
    uid: str
    first: float
    second: float
    difference: float
    first_total: int
    second_total: int
    first_leads: float | None
    second_leads: float | None


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Two cities compared.

    ``similarity`` is the sum of the smaller of the two shares of each row, from 0 (nothing in common) to 1 (the same
    division). Source: proportional similarity, J. Czekanowski (1909), O. Renkonen (1938).
    """

    by: Side
    level: Level
    switches: Switches
    first: str
    second: str
    similarity: float
    shares: tuple[Shares, ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """``shares`` as a data frame, one row a line of work or theme."""
        import pandas as pd

        names = [field.name for field in fields(Shares)]
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.shares], columns=names)


def comparison(
    store: Store,
    first: str,
    second: str,
    *,
    by: Side = "function",
    level: Level = "printed",
    switches: Switches = PLAIN,
    english: bool = False,
) -> ComparisonReport:
    """Compare two cities, each by name or code, by the parts of their work; the largest differences come first.

    ``english`` names lines of work and themes in English.

    Raises:
        UsageError: a city without a responsible body in the graph, a name that fits several, or one city twice.
    """
    loads: Sequence[Load | ThemeLoad]
    if by == "function":
        report = workload(store, city=(first, second), by="function", level=level, switches=switches, english=english)
        loads, documents, counting = report.loads, report.documents, report.counting
    else:
        themes = workload_by_theme(store, city=(first, second), level=level, switches=switches)
        loads, documents, counting = themes.loads, themes.documents, themes.counting
    names = [_one(documents, wanted, {load.city for load in loads}) for wanted in (first, second)]
    if names[0] == names[1]:
        raise UsageError(f"{first!r} and {second!r} are one city", advice="name two")
    sides = [{load.uid: load for load in loads if load.city == name} for name in names]
    shares = tuple(_shares(sides[0].get(uid), sides[1].get(uid), english=english) for uid in {**sides[0], **sides[1]})
    return ComparisonReport(
        by=by,
        level=level,
        switches=switches,
        first=names[0],
        second=names[1],
        similarity=sum(min(row.first, row.second) for row in shares),
        shares=tuple(sorted(shares, key=lambda row: (-abs(row.difference), row.uid))),
        documents=documents,
        counting=counting,
    )


def _one(documents: Sequence[Behind], wanted: str, counted: set[str]) -> str:
    names = list(dict.fromkeys(row.source.city for row in documents if row.source.is_of(wanted)))
    if len(names) > 1:
        raise UsageError(f"{wanted!r} fits several cities", advice=f"name one of them: {'、'.join(names)}")
    if names[0] not in counted:
        raise UsageError(f"the plans of {names[0]} name no responsible body that counts", advice="compare another city")
    return names[0]


def _shares(first: Load | ThemeLoad | None, second: Load | ThemeLoad | None, *, english: bool) -> Shares:
    known = first or second
    if known is None:
        raise ValueError("neither city has it")
    sides = [(load.share, load.total) if load else (0.0, 0) for load in (first, second)]
    leads = [(load.lead + load.joint) / load.total if load else None for load in (first, second)]
    name = (known.theme_en if english else known.theme) if isinstance(known, ThemeLoad) else known.body
    return Shares(
        name=name,
        uid=known.uid,
        first=sides[0][0],
        second=sides[1][0],
        difference=sides[0][0] - sides[1][0],
        first_total=sides[0][1],
        second_total=sides[1][1],
        first_leads=leads[0],
        second_leads=leads[1],
    )
