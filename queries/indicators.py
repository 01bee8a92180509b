"""Indicators of business environments × cities: who leads what on each, with which targets, by the plan of which year.

Themes carry what two schemes call them: the eighteen first-level indicators of the national evaluation of business
environments (营商环境评价指标体系) and the ten topics of the World Bank's B-READY. An action belongs to the indicator
of its main theme; one that only touches the theme besides is counted apart. An empty cell says that nothing was found
in the plans that were read, not that a city does nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from queries.body import Promised
from queries.counting import PLAIN, Behind, Counted, Duty, Switches, counting, duties
from queries.lookups import lookup
from queries.numbers import printed_number
from queries.rows import Store
from queries.sources import Source

if TYPE_CHECKING:
    import pandas as pd

Scheme = Literal["national", "b-ready"]

_INDICATORS: Mapping[Scheme, tuple[tuple[str, str, str], ...]] = {
    "national": (
        ("开办企业", "开办企业", "Starting a business"),
        ("办理建筑许可", "办理建筑许可", "Construction permits"),
        ("获得电力", "获得电力", "Getting electricity"),
        ("获得用水用气", "获得用水用气", "Getting water and gas"),
        ("登记财产", "登记财产", "Registering property"),
        ("纳税", "纳税", "Paying taxes"),
        ("跨境贸易", "跨境贸易", "Cross-border trade"),
        ("办理破产", "办理破产", "Insolvency"),
        ("获得信贷", "获得信贷", "Getting credit"),
        ("保护中小投资者", "保护中小投资者", "Protecting minority investors"),
        ("执行合同", "执行合同", "Enforcing contracts"),
        ("劳动力市场监管", "劳动力市场监管", "Labour market regulation"),
        ("政府采购", "政府采购", "Public procurement"),
        ("招标投标", "招标投标", "Bidding"),
        ("政务服务", "政务服务", "Government services"),
        ("知识产权创造、保护和运用", "知识产权创造、保护和运用", "Intellectual property"),
        ("市场监管", "市场监管", "Market supervision"),
        ("包容普惠创新", "包容普惠创新", "Inclusiveness and innovation"),
    ),
    "b-ready": (
        ("Business Entry", "市场准入", "Business Entry"),
        ("Business Location", "获取经营场所", "Business Location"),
        ("Utility Services", "公用服务连接", "Utility Services"),
        ("Labor", "劳动力", "Labor"),
        ("Financial Services", "金融服务", "Financial Services"),
        ("International Trade", "国际贸易", "International Trade"),
        ("Taxation", "纳税", "Taxation"),
        ("Dispute Resolution", "解决商业纠纷", "Dispute Resolution"),
        ("Market Competition", "促进市场竞争", "Market Competition"),
        ("Business Insolvency", "办理破产", "Business Insolvency"),
    ),
}
"""Notation, Chinese and English name of each indicator in the order of its scheme.

Sources: 国家发展改革委, 中国营商环境评价指标体系 (2018–); World Bank, B-READY Methodology Handbook (2023).
"""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a scheme and the themes that stand for it (uids and names)."""

    notation: str
    zh: str
    en: str
    themes: tuple[str, ...]
    theme_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One action on an indicator: where it stands and what it is about."""

    document: str
    ref: str
    heading: str
    uid: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What the plans of one city say on one indicator.

    ``measures`` are the actions, in order of the text; ``besides`` counts further actions that touch the theme without
    it being their main one. ``leads`` are the counted bodies that lead (alone or jointly) an action or a task of it,
    with how many actions: those of most actions first, of equals those that the action itself names, then those of
    most tasks. ``supports`` counts the bodies that only support. ``sources`` are the documents of the measures.
    """

    notation: str
    city: str
    measures: tuple[Measure, ...]
    besides: int
    leads: tuple[tuple[str, int], ...]
    supports: int
    targets: tuple[Promised, ...]
    sources: tuple[Source, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.measures


@dataclass(frozen=True, slots=True)
class OverCities:
    """One indicator over all cities: in how many something was found, with how many measures and targets.

    ``leader`` is the line of work that leads on it in most cities (``leader_cities`` of them), empty where none does.
    """

    indicator: Indicator
    cities: int
    measures: int
    targets: int
    leader: str
    leader_cities: int


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """The indicators of a scheme × the cities with a plan, empty cells included, in order of scheme and city."""

    scheme: Scheme
    switches: Switches
    indicators: tuple[Indicator, ...]
    cities: tuple[str, ...]
    cells: tuple[Cell, ...]
    over_cities: tuple[OverCities, ...]
    documents: tuple[Behind, ...]
    counting: tuple[Counted, ...]

    def to_pandas(self) -> pd.DataFrame:
        """A row a cell: indicator, city, names of the leads, and how many measures, supports, targets there are."""
        import pandas as pd

        columns = ["notation", "city", "leads", "measures", "besides", "supports", "targets"]
        rows = [
            [cell.notation, cell.city, [name for name, _ in cell.leads], len(cell.measures), cell.besides,
             cell.supports, len(cell.targets)]
            for cell in self.cells
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)


def indicators(
    store: Store,
    *,
    scheme: Scheme = "national",
    city: str | Sequence[str] | None = None,
    switches: Switches = PLAIN,
    english: bool = False,
) -> IndicatorReport:
    """Give what the plans of each city say on each indicator of a scheme.

    ``city`` keeps cities by name or code. Responsibilities are rolled up to their action. ``english``
    names lines of work in English.

    Raises:
        UsageError: a ``city`` without a document in the graph.
    """
    counts = counting(store, city=city, level="action", switches=switches)
    plans = {uid: source for uid, source in counts.documents.items() if source.counted}
    found = _indicators(store, scheme)
    themes = {theme: indicator.notation for indicator in found for theme in indicator.themes}
    measures, besides = _measures(store, plans, themes)
    borne: dict[str, list[Duty]] = defaultdict(list)
    weight: Counter[tuple[str, str]] = Counter()
    for entry in counts.counted:
        # Whom the action itself names comes before whom its tasks name, however many they are.
        weight[entry.action, entry.body] += (entry.role != "support") * (10_000 if entry.holder == entry.action else 1)
    merged = 0
    for _, entries in counts.by_city():
        made = duties(entries, lambda entry: ((entry.body, entry.name),), counts.holder_of)
        merged += len(entries) - len(made)
        for duty in made:
            borne[duty.holder].append(duty)
    targets = _targets(store)
    cities = tuple(dict.fromkeys(source.city for source in plans.values()))
    cells = tuple(
        _cell(
            indicator.notation,
            city_name,
            measures.get((indicator.notation, city_name), []),
            besides[indicator.notation, city_name],
            borne,
            weight,
            targets,
            plans,
        )
        for indicator in found
        for city_name in cities
    )
    return IndicatorReport(
        scheme,
        switches,
        found,
        cities,
        cells,
        tuple(_over_cities(store, found, cells, measures, borne, english=english)),
        tuple(row for row in counts.behind() if row.source.counted),
        counts.tally(merged),
    )


# ------------------------------------------------------------------------------------------------ what the graph says


def _indicators(store: Store, scheme: Scheme) -> tuple[Indicator, ...]:
    themes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.run(lookup("themes")):
        for notation in str(row["scheme"] or "").split("；"):
            named, _, name = notation.partition(":")
            if named == scheme:
                themes[name].append((str(row["uid"]), str(row["name"])))
    return tuple(
        Indicator(
            notation, zh, en, tuple(uid for uid, _ in themes[notation]), tuple(name for _, name in themes[notation])
        )
        for notation, zh, en in _INDICATORS[scheme]
    )


_Cells = dict[tuple[str, str], list[Measure]]


def _measures(
    store: Store, plans: Mapping[str, Source], themes: Mapping[str, str]
) -> tuple[_Cells, Counter[tuple[str, str]]]:
    """By indicator and city: the actions whose main theme it is, and how many others touch it."""
    main: _Cells = defaultdict(list)
    touching: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = [
        row
        for row in store.run(lookup("actions_on_themes"), {"themes": sorted(themes)})
        if str(row["document"]) in plans
    ]
    for row in rows:
        cell = (themes[str(row["theme"])], plans[str(row["document"])].city)
        if row["main"] is True:
            document, action = str(row["document"]), str(row["action"])
            main[cell].append(Measure(document, str(row["ref"] or ""), str(row["heading"] or ""), action))
        else:
            touching[cell].add(str(row["action"]))
    besides: Counter[tuple[str, str]] = Counter()
    for cell, actions in touching.items():
        besides[cell] = len(actions - {measure.uid for measure in main.get(cell, ())})
    return main, besides


def _targets(store: Store) -> dict[str, list[Promised]]:
    """The targets of every action, those of its tasks included, in the order of the text."""
    rows = [row for holders in ("actions", "tasks") for row in store.run(lookup(f"targets_of_{holders}"))]
    found: dict[str, list[Promised]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (str(row["document"]), int(str(row["place"] or 0)), str(row["uid"]))):
        deadline = str(row["deadline"] or "") or None
        promised = Promised(str(row["name"] or ""), printed_number(row), deadline, str(row["quote"] or ""))
        found[str(row["action"] or row["holder"])].append(promised)
    return found


def _cell(
    notation: str,
    city: str,
    measures: Sequence[Measure],
    besides: int,
    borne: Mapping[str, Sequence[Duty]],
    weight: Mapping[tuple[str, str], int],
    targets: Mapping[str, Sequence[Promised]],
    plans: Mapping[str, Source],
) -> Cell:
    named = [duty for measure in measures for duty in borne.get(measure.uid, ())]
    led = Counter(duty.carrier for duty in named if duty.role != "support")
    names = {duty.carrier: duty.name for duty in named}
    weights = {body: sum(weight.get((measure.uid, body), 0) for measure in measures) for body in led}
    ordered = sorted(led, key=lambda body: (-led[body], -weights[body], body))
    return Cell(
        notation=notation,
        city=city,
        measures=tuple(measures),
        besides=besides,
        leads=tuple((names[body], led[body]) for body in ordered),
        supports=len(names) - len(led),
        targets=tuple(target for measure in measures for target in targets.get(measure.uid, ())),
        sources=tuple(plans[uid] for uid in dict.fromkeys(measure.document for measure in measures)),
    )


def _over_cities(
    store: Store,
    found: Iterable[Indicator],
    cells: Iterable[Cell],
    measures: _Cells,
    borne: Mapping[str, Sequence[Duty]],
    *,
    english: bool,
) -> Iterable[OverCities]:
    lines: dict[str, list[str]] = defaultdict(list)
    for row in store.run(lookup("functions_of_bodies")):
        lines[str(row["body"])].append(str((row["name_en"] if english else None) or row["name"]))
    of_indicator: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        of_indicator[cell.notation].append(cell)
    for indicator in found:
        filled = [cell for cell in of_indicator[indicator.notation] if not cell.is_empty]
        leading = Counter(
            line
            for cell in filled
            for line in {
                line
                for measure in measures[indicator.notation, cell.city]
                for duty in borne.get(measure.uid, ())
                if duty.role != "support"
                for line in lines[duty.carrier]
            }
        )
        leader = min(leading, key=lambda line: (-leading[line], line), default="")
        yield OverCities(
            indicator=indicator,
            cities=len(filled),
            measures=sum(len(cell.measures) for cell in filled),
            targets=sum(len(cell.targets) for cell in filled),
            leader=leader,
            leader_cities=leading[leader],
        )
