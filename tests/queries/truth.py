"""What every saved question must answer, computed from the record tables in plain Python: no store, no Cypher."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from queries.documents import Tables

Record = Mapping[str, Any]
Answer = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Duty:
    """One LEADS or SUPPORTS edge of a plan, with everything around it."""

    city: Record
    document: Record
    action: Record | None
    holder: Record
    body: Record
    edge: Record
    leads: bool

    @property
    def role(self) -> int:
        return 2 if not self.leads else 1 if self.edge["joint"] else 0


class Truth:
    """The tables of a graph, joined once; ``answer(name, **parameters)`` gives rows in the columns' order."""

    def __init__(self, tables: Tables, labels: Iterable[str]) -> None:
        self.nodes: dict[str, Record] = {}
        self.label: dict[str, str] = {}
        for label in labels:
            for row in tables.nodes(label):
                self.nodes[str(row["uid"])], self.label[str(row["uid"])] = row, label
        self.edges = {
            name: list(tables.edges(name))
            for name in ["PART_OF", "ISSUED", "ABOUT", "ISSUED_BY", "HAS_SECTION", "HAS_ACTION", "HAS_TASK", "LEADS", "SUPPORTS", "IN", "PERFORMS", "ADDRESSES", "SETS", "MEASURES", "CITES", "OVERLAPS", "REPEATS"]
        }  # fmt: skip
        self.plans = [
            (self.nodes[e["source"]], self.nodes[e["target"]])
            for e in self.edges["ISSUED"]
            if self.nodes[e["target"]]["kind"] != "study"
        ]
        self.city_of = {document["uid"]: city for city, document in self.plans}
        self.document_of: dict[str, str] = {uid: uid for uid, label in self.label.items() if label == "Document"}
        self.action_of: dict[str, str] = {}
        for name in ("HAS_SECTION", "HAS_ACTION"):
            for e in self.edges[name]:
                self.document_of[e["target"]] = e["source"]
                if name == "HAS_ACTION":
                    self.action_of[e["target"]] = e["target"]
        for e in self.edges["HAS_TASK"]:
            self.document_of[e["target"]] = self.document_of[e["source"]]
            self.action_of[e["target"]] = e["source"]
        self.named = [self._duty(e, name == "LEADS") for name in ("LEADS", "SUPPORTS") for e in self.edges[name]]
        self.duties = [duty for duty in self.named if duty.city]
        self.at: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.named:
            self.at[duty.holder["uid"]].append(duty)
        self.functions: dict[str, list[Record]] = defaultdict(list)
        for e in self.edges["PERFORMS"]:
            self.functions[e["source"]].append(self.nodes[e["target"]])
        self.theme = [
            (self.nodes[e["source"]], self.nodes[e["target"]])
            for e in self.edges["ADDRESSES"]
            if e["main"] and self.document_of[e["source"]] in self.city_of
        ]

    def _duty(self, edge: Record, leads: bool) -> Duty:
        holder = edge["target"]
        document = self.document_of[holder]
        action = self.action_of.get(holder)
        return Duty(
            self.city_of.get(document, {}), self.nodes[document], self.nodes[action] if action else None,
            self.nodes[holder], self.nodes[edge["source"]], edge, leads,
        )  # fmt: skip

    def answer(self, question: str, **parameters: Any) -> Answer:
        return ANSWERS[question](self, **parameters)

    # ------------------------------------------------------------------------------------------ parts

    def counted(self, city: str = "", notes: bool = False, collectives: bool = False, **_: Any) -> list[Duty]:
        return [
            duty
            for duty in self.duties
            if is_city(duty.city, city)
            and duty.edge["basis"] != "text"
            and not duty.edge["inherited"]
            and (notes or duty.edge["basis"] != "note")
            and (collectives or not duty.edge["collective"])
        ]

    def roles(self, duties: Iterable[Duty]) -> dict[tuple[str, str], tuple[int, Duty]]:
        """(body, holder) → highest role, and one of its edges."""
        found: dict[tuple[str, str], tuple[int, Duty]] = {}
        for duty in duties:
            key = (duty.body["uid"], duty.holder["uid"])
            if key not in found or duty.role < found[key][0]:
                found[key] = (duty.role, duty)
        return found

    def items(self, **switches: Any) -> dict[str, list[tuple[int, Duty]]]:
        """Holder → the bodies counted there, each once with its highest role."""
        found: dict[str, list[tuple[int, Duty]]] = defaultdict(list)
        for role, duty in self.roles(self.counted(**switches)).values():
            found[duty.holder["uid"]].append((role, duty))
        return found

    def lead_names(self, holder: str) -> list[str]:
        leads = {d.body["uid"]: d.body["name"] for d in self.at[holder] if d.leads and d.edge["basis"] != "text"}
        return [leads[uid] for uid in sorted(leads)]

    def targets(self, city: str = "") -> list[tuple[Record, Record, Record, Record]]:
        """(city, document, holder, target) of plans."""
        found = []
        for e in self.edges["SETS"]:
            document = self.document_of[e["source"]]
            if document in self.city_of and is_city(self.city_of[document], city):
                place = (self.city_of[document], self.nodes[document], self.nodes[e["source"]])
                found.append((*place, self.nodes[e["target"]]))
        return found

    def measured(self, city: str = "") -> list[tuple[Record, Record, Record, Record, Record, Record]]:
        """(city, document, holder, target, MEASURES edge, indicator)."""
        of = {e["source"]: e for e in self.edges["MEASURES"]}
        return [
            (c, d, h, g, of[g["uid"]], self.nodes[of[g["uid"]]["target"]])
            for c, d, h, g in self.targets(city)
            if g["uid"] in of
        ]

    def cited(self, city: str = "") -> list[tuple[Record, Record, Record, Record, Record]]:
        return [
            (self.city_of[d], self.nodes[d], self.nodes[e["source"]], self.nodes[e["target"]], e)
            for e in self.edges["CITES"]
            for d in [self.document_of[e["source"]]]
            if d in self.city_of and is_city(self.city_of[d], city)
        ]

    def theme_actions(self, city: str = "") -> list[tuple[Record, Record, Record, Record]]:
        """(theme, city, document, action)."""
        found = []
        for action, theme in self.theme:
            document = self.document_of[action["uid"]]
            if is_city(self.city_of[document], city):
                found.append((theme, self.city_of[document], self.nodes[document], action))
        return found


def is_city(city: Record, wanted: str) -> bool:
    return bool(str(city["name"]).startswith(wanted) or city["adcode"] == wanted)


def year(document: Record) -> int | None:
    return int(document["issued"][:4]) if document["issued"] else document["period_start"]


def behind(documents: Iterable[Record]) -> tuple[Any, Any]:
    """Status and newest year of the documents behind a figure."""
    documents = list(documents)
    statuses = {d["status"] for d in documents} - {None}
    years = [y for y in map(year, documents) if y is not None]
    return ("mixed" if len(statuses) > 1 else next(iter(statuses), None)), max(years, default=None)


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def is_body(body: Record, wanted: str) -> bool:
    return wanted in (body["uid"], body["name"], *body["aliases"])


def tally(roles: Sequence[int]) -> tuple[int, int, int]:
    return roles.count(0), roles.count(1), roles.count(2)


def of_item(duty: Duty) -> tuple[Any, ...]:
    return duty.document["name"], duty.document["status"], year(duty.document)


def role_name(duty: Duty) -> str:
    return ("lead", "joint", "support")[duty.role]


# ---------------------------------------------------------------------------------------------- workload


def workload(t: Truth, **p: Any) -> Answer:
    pairs = t.roles(t.counted(**p)).values()
    totals = Counter(d.city["uid"] for _, d in pairs)
    rows = []
    for (city, body), mine in grouped(pairs, lambda x: (x[1].city["uid"], x[1].body["uid"])).items():
        counts = tally([role for role, _ in mine])
        share = len(mine) / totals[city]
        first = mine[0][1]
        rows.append(
            (
                first.city["name"],
                first.body["name"],
                *counts,
                len(mine),
                share,
                *behind(d.document for _, d in mine),
                body,
                city,
            )
        )
    return rows


def solo_leads(t: Truth, **p: Any) -> Answer:
    alone = [mine[0][1] for mine in t.items(**p).values() if len(mine) == 1 and mine[0][0] == 0]
    return [
        (d.city["name"], d.body["name"], d.holder["ref"], d.holder["name"], *of_item(d), d.body["uid"], d.holder["uid"])
        for d in alone
    ]


def joint_leads(t: Truth, **p: Any) -> Answer:
    rows = []
    for item, mine in t.items(**p).items():
        leads = sorted((d.body["uid"], d.body["name"]) for role, d in mine if role < 2)
        d = mine[0][1]
        if len(leads) > 1 and all(role for role, _ in mine):
            rows.append(
                (
                    d.city["name"],
                    d.holder["ref"],
                    d.holder["name"],
                    [n for _, n in leads],
                    len(leads),
                    *of_item(d),
                    item,
                )
            )
    return rows


def most_asked(t: Truth, **p: Any) -> Answer:
    asked: dict[tuple[str, str], list[tuple[Duty, set[str]]]] = defaultdict(list)
    for mine in t.items(**p).values():
        leads = {d.body["uid"] for role, d in mine if role < 2}
        for role, d in mine:
            if role == 2:
                asked[d.city["uid"], d.body["uid"]].append((d, leads))
    return [
        (
            got[0][0].city["name"],
            got[0][0].body["name"],
            len(got),
            len(set().union(*(s for _, s in got))),
            *behind(d.document for d, _ in got),
            body,
        )
        for (_, body), got in asked.items()
    ]


def never_lead(t: Truth, min_supports: int, **p: Any) -> Answer:
    groups = grouped(t.roles(t.counted(**p)).values(), lambda x: (x[1].city["uid"], x[1].body["uid"]))
    return [
        (mine[0][1].city["name"], mine[0][1].body["name"], len(mine), *behind(d.document for _, d in mine), body)
        for (_, body), mine in groups.items()
        if all(role == 2 for role, _ in mine) and len(mine) >= min_supports
    ]


def by_function(t: Truth, duties: Iterable[Duty]) -> dict[tuple[str, str], tuple[int, Duty, Record]]:
    """(function, holder) → highest role."""
    found: dict[tuple[str, str], tuple[int, Duty, Record]] = {}
    for d in duties:
        for f in t.functions[d.body["uid"]]:
            key = (f["uid"], d.holder["uid"])
            if key not in found or d.role < found[key][0]:
                found[key] = (d.role, d, f)
    return found


def function_load(t: Truth, **p: Any) -> Answer:
    groups = grouped(by_function(t, t.counted(**p)).values(), lambda x: x[2]["uid"])
    return [
        (
            mine[0][2]["name"],
            len({d.city["uid"] for _, d, _ in mine}),
            *tally([r for r, _, _ in mine]),
            len(mine),
            *behind(d.document for _, d, _ in mine),
            uid,
        )
        for uid, mine in groups.items()
    ]


def uneven_functions(t: Truth, min_cities: int, **p: Any) -> Answer:
    every = [d for d in t.counted(**{**p, "city": ""}) if d.leads]
    led = {uid: len({d.holder["uid"] for d in mine}) for uid, mine in grouped(every, lambda d: d.city["uid"]).items()}
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    names = {}
    shown = [(f, d) for d in t.counted(**p) if d.leads for f in t.functions[d.body["uid"]]]
    for (function, city), mine in grouped(shown, lambda x: (x[0]["uid"], x[1].city["uid"])).items():
        names[function] = mine[0][0]["name"]
        found[function].append((len({d.holder["uid"] for _, d in mine}) / led[city], city, mine[0][1].city["name"]))
    rows = []
    for function, shares in found.items():
        low, *_, high = [*sorted(shares), max(shares)]
        if len(shares) >= min_cities:
            rows.append((names[function], len(shares), low[0], low[2], high[0], high[2], high[0] - low[0], function))
    return rows


def kinds_of_bodies(t: Truth, **p: Any) -> Answer:
    groups = grouped(t.roles(t.counted(**p)).values(), lambda x: (x[1].city["uid"], x[1].body["kind"] or ""))
    return [
        (
            mine[0][1].city["name"],
            kind,
            len({d.body["uid"] for _, d in mine}),
            *tally([r for r, _ in mine]),
            len(mine),
            *behind(d.document for _, d in mine),
            city,
        )
        for (city, kind), mine in groups.items()
    ]


def collectives_only(t: Truth, city: str) -> Answer:
    rows = []
    for item, mine in grouped(t.counted(city, notes=False, collectives=True), lambda d: d.holder["uid"]).items():
        if all(d.edge["collective"] for d in mine):
            bodies = {d.body["uid"]: d.body["name"] for d in mine}
            names = [bodies[uid] for uid in sorted(bodies)]
            rows.append(
                (mine[0].city["name"], mine[0].holder["ref"], mine[0].holder["name"], names, *of_item(mine[0]), item)
            )
    return rows


def duties_of_function(t: Truth, function: str, **p: Any) -> Answer:
    wanted = {b for b, fs in t.functions.items() if any(function in (f["uid"], f["name"]) for f in fs)}
    names = {f["name"] for fs in t.functions.values() for f in fs if function in (f["uid"], f["name"])}
    groups = grouped(
        (x for x in t.roles(t.counted(**p)).values() if x[1].body["uid"] in wanted),
        lambda x: (x[1].city["uid"], x[1].body["uid"]),
    )
    return [
        (
            mine[0][1].city["name"],
            mine[0][1].body["name"],
            *names,
            *tally([r for r, _ in mine]),
            len(mine),
            *behind(d.document for _, d in mine),
            body,
        )
        for (_, body), mine in groups.items()
    ]


# ---------------------------------------------------------------------------------------------- dependencies


def pairs_of(items: Iterable[Sequence[Duty]]) -> dict[tuple[str, str, str], list[tuple[Duty, Duty]]]:
    found: dict[tuple[str, str, str], list[tuple[Duty, Duty]]] = defaultdict(list)
    for mine in items:
        for one, two in combinations(sorted(mine, key=lambda d: d.body["uid"]), 2):
            found[one.city["uid"], one.body["uid"], two.body["uid"]].append((one, two))
    return found


def always_together(t: Truth, min_shared: int, min_rate: float, **p: Any) -> Answer:
    items = [[d for _, d in mine] for mine in t.items(**p).values()]
    many = Counter((d.city["uid"], d.body["uid"]) for mine in items for d in mine)
    rows = []
    for (city, one, two), met in pairs_of(items).items():
        rate = len(met) / min(many[city, one], many[city, two])
        if len(met) >= min_shared and rate >= min_rate:
            first, second = met[0]
            rows.append(
                (
                    first.city["name"],
                    first.body["name"],
                    second.body["name"],
                    len(met),
                    many[city, one],
                    many[city, two],
                    rate,
                    one,
                    two,
                )
            )
    return rows


def colead_pairs(t: Truth, min_shared: int, **p: Any) -> Answer:
    items = [[d for role, d in mine if role < 2] for mine in t.items(**p).values()]
    return [
        (
            met[0][0].city["name"],
            met[0][0].body["name"],
            met[0][1].body["name"],
            len(met),
            *behind(d.document for d, _ in met),
            one,
            two,
        )
        for (_, one, two), met in pairs_of(items).items()
        if len(met) >= min_shared
    ]


def asking(t: Truth, **p: Any) -> list[tuple[Duty, Duty]]:
    """(lead, support) of every item."""
    return [
        (lead, support)
        for mine in t.items(**p).values()
        for role, lead in mine
        if role < 2
        for other, support in mine
        if other == 2
    ]


def who_asks_whom(t: Truth, min_shared: int, **p: Any) -> Answer:
    groups = grouped(asking(t, **p), lambda x: (x[0].city["uid"], x[0].body["uid"], x[1].body["uid"]))
    return [
        (
            met[0][0].city["name"],
            met[0][0].body["name"],
            met[0][1].body["name"],
            len(met),
            *behind(d.document for d, _ in met),
            one,
            two,
        )
        for (_, one, two), met in groups.items()
        if len(met) >= min_shared
    ]


def neighbours(t: Truth, **p: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for mine in grouped(t.counted(**{**p, "city": ""}), lambda d: d.holder["uid"]).values():
        bodies = {d.body["uid"] for d in mine}
        for body in bodies:
            found[body] |= bodies - {body}
    return found


def reach(t: Truth, body: str, steps: int, **p: Any) -> Answer:
    near, best = neighbours(t, **p), {}
    for start in [u for u, label in t.label.items() if label == "Department" and is_body(t.nodes[u], body)]:
        seen, ring = {start}, {start}
        for step in range(1, min(steps, 4) + 1):
            ring = set().union(*(near[u] for u in ring)) - seen if ring else set()
            seen |= ring
            for u in ring:
                best[u] = min(step, best.get(u, step))
    return [(step, t.nodes[u]["name"], t.nodes[u]["kind"], u) for u, step in best.items()]


def chain(t: Truth, first: str, second: str, city: str, **p: Any) -> Answer:
    near, home = neighbours(t, **p), {e["source"]: e["target"] for e in t.edges["IN"]}
    rows = []
    for a in sorted(home):
        for z in sorted(home):
            if a == z or home[a] != home[z] or not is_city(t.nodes[home[a]], city):
                continue
            if first not in (a, t.nodes[a]["name"]) or second not in (z, t.nodes[z]["name"]):
                continue
            paths = [[a, z]] if z in near[a] else []
            paths = paths or sorted([a, m, z] for m in near[a] if z in near[m])
            paths = paths or sorted([a, m, n, z] for m in near[a] for n in near[m] - {a} if z in near[n])
            if paths:
                rows.append(
                    (len(paths[0]) - 1, [t.nodes[u]["name"] for u in paths[0]], t.nodes[home[a]]["name"], paths[0])
                )
    return rows


def partners(t: Truth, **p: Any) -> Answer:
    met: dict[tuple[str, str], set[str]] = defaultdict(set)
    count: Counter[tuple[str, str]] = Counter()
    names = {}
    for mine in t.items(**p).values():
        bodies = {d.body["uid"] for _, d in mine}
        for _, d in mine:
            key = (d.city["uid"], d.body["uid"])
            met[key] |= bodies - {d.body["uid"]}
            count[key] += 1
            names[key] = (d.city["name"], d.body["name"])
    return [(*names[key], len(met[key]), count[key], key[1]) for key in met]


def action_bodies(t: Truth, **p: Any) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for d in t.counted(**p):
        if d.action:
            bodies = found[d.action["uid"]]
            bodies[d.body["uid"]] = min(d.role, bodies.get(d.body["uid"], 2))
    return found


def busiest_actions(t: Truth, min_bodies: int, **p: Any) -> Answer:
    rows = []
    for uid, roles in action_bodies(t, **p).items():
        n, action, document = len(roles), t.nodes[uid], t.nodes[t.document_of[uid]]
        if n >= min_bodies:
            leads = sum(role < 2 for role in roles.values())
            rows.append(
                (
                    t.city_of[document["uid"]]["name"],
                    action["ref"],
                    action["heading"],
                    n,
                    leads,
                    n * (n - 1) // 2,
                    document["name"],
                    document["status"],
                    year(document),
                    uid,
                )
            )
    return rows


def coordination_cost(t: Truth, many: int, **p: Any) -> Answer:
    groups = grouped(action_bodies(t, **p).items(), lambda x: t.city_of[t.document_of[x[0]]]["uid"])
    rows = []
    for city, actions in groups.items():
        sizes = [len(bodies) for _, bodies in actions]
        crowded = sum(size > many for size in sizes)
        pairs = sum(n * (n - 1) // 2 for n in sizes)
        documents = [t.nodes[t.document_of[uid]] for uid, _ in actions]
        rows.append(
            (
                t.nodes[city]["name"],
                len(sizes),
                sum(sizes) / len(sizes),
                max(sizes),
                pairs,
                crowded,
                crowded / len(sizes),
                *behind(documents),
                city,
            )
        )
    return rows


def one_lead_only(t: Truth, min_supports: int, **p: Any) -> Answer:
    rows = []
    for (_, body), met in grouped(asking(t, **p), lambda x: (x[1].city["uid"], x[1].body["uid"])).items():
        leads = {lead.body["uid"]: lead.body["name"] for lead, _ in met}
        if len(leads) == 1 and len(met) >= min_supports:
            [(uid, name)] = leads.items()
            rows.append(
                (
                    met[0][1].city["name"],
                    met[0][1].body["name"],
                    name,
                    len(met),
                    *behind(d.document for _, d in met),
                    body,
                    uid,
                )
            )
    return rows


def lost_without(t: Truth, body: str, **p: Any) -> Answer:
    rows = []
    for item, mine in t.items(**p).items():
        leads = [d for role, d in mine if role < 2]
        if len(leads) == 1 and is_body(leads[0].body, body):
            d = leads[0]
            rows.append(
                (
                    d.city["name"],
                    d.body["name"],
                    d.holder["ref"],
                    d.holder["name"],
                    len(mine) - 1,
                    *of_item(d),
                    item,
                    d.body["uid"],
                )
            )
    return rows


# ---------------------------------------------------------------------------------------------- themes


def led_actions(t: Truth, **p: Any) -> dict[str, list[Duty]]:
    return grouped([d for d in t.counted(**p) if d.leads and d.action], lambda d: d.action["uid"] if d.action else "")


def theme_leads(t: Truth, theme: str, city: str, **p: Any) -> Answer:
    led = led_actions(t, city=city, **p)
    found: dict[tuple[str, str, str], dict[str, Record]] = defaultdict(dict)
    for subject, place, document, action in t.theme_actions(city):
        if theme in ("", subject["name"]):
            for d in led.get(action["uid"], ()):
                found[subject["uid"], place["uid"], d.body["uid"]][action["uid"]] = document
    return [
        (t.nodes[s]["name"], t.nodes[c]["name"], t.nodes[b]["name"], len(actions), *behind(actions.values()), s, b)
        for (s, c, b), actions in found.items()
    ]


def theme_functions(t: Truth, city: str, min_cities: int, **p: Any) -> Answer:
    led = led_actions(t, city=city, **p)
    found: dict[tuple[str, str], dict[str, tuple[str, Record]]] = defaultdict(dict)
    for subject, place, document, action in t.theme_actions(city):
        for d in led.get(action["uid"], ()):
            for f in t.functions[d.body["uid"]]:
                found[subject["uid"], f["uid"]][action["uid"]] = (place["uid"], document)
    return [
        (t.nodes[s]["name"], t.nodes[f]["name"], cities, len(actions), *behind(d for _, d in actions.values()), s, f)
        for (s, f), actions in found.items()
        for cities in [len({c for c, _ in actions.values()})]
        if cities >= min_cities
    ]


def theme_coverage(t: Truth, city: str) -> Answer:
    groups = grouped(t.theme_actions(city), lambda x: x[0]["uid"])
    return [
        (mine[0][0]["name"], len({c["uid"] for _, c, _, _ in mine}), len(mine), *behind(d for _, _, d, _ in mine), uid)
        for uid, mine in groups.items()
    ]


def themes_of_few_cities(t: Truth, max_cities: int) -> Answer:
    rows = []
    for uid, mine in grouped(t.theme_actions(), lambda x: x[0]["uid"]).items():
        cities = grouped(mine, lambda x: x[1]["uid"])
        if len(cities) <= max_cities:
            rows += [
                (
                    mine[0][0]["name"],
                    len(cities),
                    part[0][1]["name"],
                    len(part),
                    *behind(d for _, _, d, _ in part),
                    uid,
                    city,
                )
                for city, part in cities.items()
            ]
    return rows


def missing(t: Truth, city: str, min_share: float, owners: Mapping[str, set[str]]) -> Answer:
    cities = {c["uid"]: c for c, _ in t.plans}
    return [
        (c["name"], t.nodes[uid]["name"], len(have), len(have) / len(cities), c["uid"], uid)
        for uid, have in owners.items()
        if len(have) / len(cities) >= min_share
        for c in cities.values()
        if c["uid"] not in have and is_city(c, city)
    ]


def missing_themes(t: Truth, **p: Any) -> Answer:
    owners = {
        uid: {c["uid"] for _, c, _, _ in mine}
        for uid, mine in grouped(t.theme_actions(), lambda x: x[0]["uid"]).items()
    }
    return missing(t, owners=owners, **p)


def missing_functions(t: Truth, **p: Any) -> Answer:
    owners: dict[str, set[str]] = defaultdict(set)
    for d in t.counted(notes=True, collectives=True):
        for f in t.functions[d.body["uid"]]:
            owners[f["uid"]].add(d.city["uid"])
    return missing(t, owners=owners, **p)


def two_cities(t: Truth, first: str, second: str) -> Answer:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for theme, city, _, _ in t.theme_actions():
        for place, wanted in enumerate((first, second)):
            if wanted in (city["name"], city["adcode"]):
                counts[theme["uid"]][place] += 1
    all_first, all_second = (sum(pair[n] for pair in counts.values()) for n in (0, 1))
    return [
        (
            t.nodes[uid]["name"],
            one,
            one / all_first if all_first else None,
            two,
            two / all_second if all_second else None,
            uid,
        )
        for uid, (one, two) in counts.items()
    ]


def actions_of_theme(t: Truth, theme: str, city: str) -> Answer:
    return [
        (c["name"], a["ref"], a["heading"], t.lead_names(a["uid"]), d["name"], d["status"], year(d), a["uid"])
        for subject, c, d, a in t.theme_actions(city)
        if theme in (subject["name"], subject["uid"])
    ]


# ---------------------------------------------------------------------------------------------- targets


def has_body(t: Truth, holder: Record) -> bool:
    return any(d.edge["basis"] != "text" for d in t.at[holder["uid"]])


def targets_by_deadline(t: Truth, city: str) -> Answer:
    groups = grouped(t.targets(city), lambda x: (x[0]["uid"], (x[3]["deadline"] or "")[:4]))
    return [
        (
            mine[0][0]["name"],
            due,
            len(mine),
            sum(has_body(t, h) for _, _, h, _ in mine),
            *behind(d for _, d, _, _ in mine),
            uid,
        )
        for (uid, due), mine in groups.items()
    ]


def targets_without_body(t: Truth, city: str) -> Answer:
    return [
        (
            c["name"],
            g["name"],
            g["op"],
            g["value"],
            g["value_max"],
            g["unit"],
            g["deadline"],
            h.get("ref"),
            g["quote"],
            d["name"],
            d["status"],
            year(d),
            g["uid"],
        )
        for c, d, h, g in t.targets(city)
        if not has_body(t, h)
    ]


def targets_without_deadline(t: Truth, city: str) -> Answer:
    rows = []
    for uid, mine in grouped(t.targets(city), lambda x: x[0]["uid"]).items():
        undated = sum(g["deadline"] is None for _, _, _, g in mine)
        rows.append(
            (mine[0][0]["name"], len(mine), undated, undated / len(mine), *behind(d for _, d, _, _ in mine), uid)
        )
    return rows


def targets_of_bodies(t: Truth, city: str, collectives: bool) -> Answer:
    found: dict[tuple[str, str], dict[str, tuple[Record, Record]]] = defaultdict(dict)
    for c, document, h, g in t.targets(city):
        for d in t.at[h["uid"]]:
            if d.leads and d.edge["basis"] not in ("text", "note") and (collectives or not d.edge["collective"]):
                found[c["uid"], d.body["uid"]][g["uid"]] = (g, document)
    return [
        (
            t.nodes[c]["name"],
            t.nodes[b]["name"],
            len(mine),
            sum(g["deadline"] is not None for g, _ in mine.values()),
            *behind(d for _, d in mine.values()),
            b,
        )
        for (c, b), mine in found.items()
    ]


def due_in_year(t: Truth, due_year: str, city: str) -> Answer:
    rows = []
    for c, d, h, g in t.targets(city):
        if (g["deadline"] or "").startswith(due_year):
            rows.append(
                (
                    g["deadline"],
                    "target",
                    c["name"],
                    h.get("ref"),
                    g["quote"],
                    t.lead_names(h["uid"]),
                    d["name"],
                    d["status"],
                    year(d),
                    g["uid"],
                )
            )
    for uid, label in t.label.items():
        d, h = t.nodes[t.document_of[uid]] if uid in t.document_of else {}, t.nodes[uid]
        if (
            label in ("Action", "Task")
            and d["uid"] in t.city_of
            and (h["due"] or "").startswith(due_year)
            and is_city(t.city_of[d["uid"]], city)
        ):
            rows.append(
                (
                    h["due"],
                    label.lower(),
                    t.city_of[d["uid"]]["name"],
                    h["ref"],
                    h["name"],
                    t.lead_names(uid),
                    d["name"],
                    d["status"],
                    year(d),
                    uid,
                )
            )
    return [row for row in rows if row[0]]


def disagreeing_targets(t: Truth, indicator: str) -> Answer:
    strict = [x for x in t.measured() if x[4]["strict"] and x[5]["name"].startswith(indicator)]
    rows = []
    for uid, mine in grouped(strict, lambda x: x[5]["uid"]).items():
        numbers, cities = [x[3]["value"] * x[4]["factor"] for x in mine], {x[0]["uid"] for x in mine}
        i = mine[0][5]
        if len(cities) > 1 and min(numbers) < max(numbers):
            rows.append(
                (
                    i["name"],
                    i["unit"],
                    len(cities),
                    len(mine),
                    min(numbers),
                    max(numbers),
                    i["direction"],
                    *behind(x[1] for x in mine),
                    uid,
                )
            )
    return rows


def indicator_values(t: Truth, indicator: str, city: str) -> Answer:
    return [
        (
            i["name"],
            c["name"],
            g["op"],
            g["value"],
            g["value_max"],
            g["unit"],
            m["strict"],
            g["deadline"],
            g["quote"],
            d["name"],
            d["status"],
            year(d),
            g["uid"],
            i["uid"],
        )
        for c, d, _, g, m, i in t.measured(city)
        if i["name"].startswith(indicator)
    ]


def contradicting_targets(t: Truth, city: str) -> Answer:
    rows = []
    strict = [x for x in t.measured(city) if x[4]["strict"]]
    for (document, uid, deadline), mine in grouped(
        strict, lambda x: (x[1]["uid"], x[5]["uid"], x[3]["deadline"] or "")
    ).items():
        numbers = [x[3]["value"] * x[4]["factor"] for x in mine]
        if min(numbers) < max(numbers):
            c, d, _, _, _, i = mine[0]
            quotes = [x[3]["quote"] for x in sorted(mine, key=lambda x: x[3]["uid"])]
            rows.append(
                (
                    c["name"],
                    i["name"],
                    deadline,
                    min(numbers),
                    max(numbers),
                    i["unit"],
                    quotes,
                    d["name"],
                    d["status"],
                    year(d),
                    document,
                    uid,
                )
            )
    return rows


def common_indicators(t: Truth, min_cities: int) -> Answer:
    rows = []
    for uid, mine in grouped(t.measured(), lambda x: x[5]["uid"]).items():
        cities = len({x[0]["uid"] for x in mine})
        if cities >= min_cities:
            rows.append(
                (
                    mine[0][5]["name"],
                    mine[0][5]["unit"],
                    cities,
                    len(mine),
                    sum(x[4]["strict"] for x in mine),
                    *behind(x[1] for x in mine),
                    uid,
                )
            )
    return rows


# ---------------------------------------------------------------------------------------------- instruments


def cited_instruments(t: Truth, min_share: float, max_cities: int) -> Answer:
    all_cities, rows = len({c["uid"] for c, _ in t.plans}), []
    for uid, mine in grouped(t.cited(), lambda x: x[3]["uid"]).items():
        cities, i = len({x[0]["uid"] for x in mine}), mine[0][3]
        if cities / all_cities >= min_share and (not max_cities or cities <= max_cities):
            rows.append(
                (
                    i["name"],
                    i["doc_no"],
                    i["kind"],
                    cities,
                    cities / all_cities,
                    len(mine),
                    *behind(x[1] for x in mine),
                    uid,
                )
            )
    return rows


def citations(t: Truth, instrument: str, city: str) -> Answer:
    return [
        (
            i["name"],
            c["name"],
            h.get("ref"),
            e["quote"],
            d["name"],
            d["status"],
            year(d),
            h["uid"],
            i["uid"],
            e["span_start"],
        )
        for c, d, h, i, e in t.cited(city)
        if instrument in i["name"]
    ]


def theme_instruments(t: Truth, city: str, min_cities: int) -> Answer:
    cited = grouped([x for x in t.cited(city) if x[2]["uid"] in t.action_of], lambda x: t.action_of[x[2]["uid"]])
    found: dict[tuple[str, str], dict[str, tuple[str, Record]]] = defaultdict(dict)
    for theme, c, d, a in t.theme_actions(city):
        for x in cited.get(a["uid"], ()):
            found[theme["uid"], x[3]["uid"]][a["uid"]] = (c["uid"], d)
    return [
        (t.nodes[s]["name"], t.nodes[i]["name"], cities, len(actions), *behind(d for _, d in actions.values()), s, i)
        for (s, i), actions in found.items()
        for cities in [len({c for c, _ in actions.values()})]
        if cities >= min_cities
    ]


# ---------------------------------------------------------------------------------------------- documents, checking


def documents(t: Truth) -> Answer:
    place = {e["target"]: t.nodes[e["source"]]["name"] for e in t.edges["ISSUED"]}
    place |= {e["source"]: t.nodes[e["target"]]["name"] for e in t.edges["ABOUT"]}
    parts = Counter((t.document_of[uid], t.label[uid]) for uid in t.document_of)
    targets = Counter(t.document_of[e["source"]] for e in t.edges["SETS"])
    return [
        (
            place.get(uid),
            d["name"],
            d["kind"],
            d["status"],
            year(d),
            *(parts[uid, label] for label in ("Section", "Action", "Task")),
            targets[uid],
            d["convention"],
            uid,
        )
        for uid, d in t.nodes.items()
        if t.label[uid] == "Document"
    ]


def plans_by_year(t: Truth, city: str) -> Answer:
    groups = grouped([(c, d) for c, d in t.plans if is_city(c, city)], lambda x: year(x[1]))
    return [
        (
            when,
            len(mine),
            sum(d["status"] == "issued" for _, d in mine),
            sum(d["status"] == "draft" for _, d in mine),
            len({c["uid"] for c, _ in mine}),
        )
        for when, mine in groups.items()
    ]


def issuers(t: Truth, city: str) -> Answer:
    rows = []
    for e in t.edges["ISSUED_BY"]:
        d, b = t.nodes[e["source"]], t.nodes[e["target"]]
        if d["uid"] in t.city_of and is_city(t.city_of[d["uid"]], city):
            rows.append(
                (
                    t.city_of[d["uid"]]["name"],
                    b["name"],
                    b["kind"],
                    d["name"],
                    d["doc_no"],
                    d["issued"],
                    d["status"],
                    d["uid"],
                    b["uid"],
                )
            )
    return rows


def stages(t: Truth, city: str) -> Answer:
    tasks = [
        (t.city_of[t.document_of[uid]], t.nodes[t.document_of[uid]], t.nodes[uid])
        for uid, label in t.label.items()
        if label == "Task" and t.document_of[uid] in t.city_of and is_city(t.city_of[t.document_of[uid]], city)
    ]
    groups = grouped(tasks, lambda x: (x[0]["uid"], x[2]["stage"] or "", x[2]["form"]))
    return [
        (mine[0][0]["name"], stage, form, len(mine), *behind(d for _, d, _ in mine), uid)
        for (uid, stage, form), mine in groups.items()
    ]


def printed(t: Truth, city: str) -> list[Duty]:
    return [d for d in t.duties if is_city(d.city, city) and not d.edge["inherited"]]


def evidence(t: Truth, body: str, city: str) -> Answer:
    return [
        (d.city["name"], d.body["name"], role_name(d), d.holder["ref"], d.holder["name"], d.edge["quote"], d.edge["printed_name"], d.edge["basis"], d.edge["certainty"],
         *of_item(d), d.holder["uid"], d.body["uid"], d.edge["span_start"])
        for d in printed(t, city)
        if is_body(d.body, body)
    ]  # fmt: skip


def to_check(t: Truth, certainty: str, city: str) -> Answer:
    return [
        (
            d.city["name"],
            d.holder["ref"],
            d.body["name"],
            role_name(d),
            d.edge["rule"],
            d.edge["quote"],
            *of_item(d),
            d.holder["uid"],
            d.body["uid"],
            d.edge["span_start"],
        )
        for d in printed(t, city)
        if d.edge["certainty"] == certainty and d.edge["basis"] != "text"
    ]


def sources_of_duties(t: Truth, city: str) -> Answer:
    rows = []
    for uid, mine in grouped(printed(t, city), lambda d: d.document["uid"]).items():
        bases = Counter(d.edge["basis"] for d in mine)
        counts = [bases[basis] for basis in ("clause", "section", "note", "text")]
        collective = sum(bool(d.edge["collective"]) for d in mine)
        guess = sum(d.edge["certainty"] == "guess" for d in mine)
        rows.append(
            (
                mine[0].city["name"],
                mine[0].document["name"],
                *counts,
                collective,
                guess,
                mine[0].document["status"],
                year(mine[0].document),
                uid,
            )
        )
    return rows


def rules(t: Truth, city: str) -> Answer:
    shown = [d for d in printed(t, city) if d.edge["basis"] != "text"]
    groups = grouped(shown, lambda d: (d.document["uid"], d.edge["rule"], d.edge["certainty"]))
    return [
        (
            mine[0].city["name"],
            mine[0].document["name"],
            rule,
            certainty,
            len(mine),
            mine[0].document["status"],
            year(mine[0].document),
            uid,
        )
        for (uid, rule, certainty), mine in groups.items()
    ]


def without_lead(t: Truth, level: str, city: str) -> Answer:
    def led(uid: str) -> bool:
        return any(d.leads and d.edge["basis"] != "text" for d in t.at[uid])

    tasks = grouped(t.edges["HAS_TASK"], lambda e: e["source"])
    rows = []
    for uid, label in t.label.items():
        if label.lower() != level or label not in ("Action", "Task") or t.document_of[uid] not in t.city_of:
            continue
        below = [e["target"] for e in tasks.get(uid, ())] if label == "Action" else []
        city_of, document, holder = t.city_of[t.document_of[uid]], t.nodes[t.document_of[uid]], t.nodes[uid]
        if is_city(city_of, city) and not any(map(led, [uid, *below])):
            bodies = {d.body["uid"] for d in t.at[uid] if not d.leads and d.edge["basis"] != "text"}
            rows.append(
                (
                    city_of["name"],
                    holder["ref"],
                    holder["name"],
                    len(bodies),
                    document["name"],
                    document["status"],
                    year(document),
                    uid,
                )
            )
    return rows


def names_of_bodies(t: Truth, city: str, min_names: int) -> Answer:
    names: dict[str, set[str]] = defaultdict(set)
    for d in t.named:
        names[d.body["uid"]].add(d.edge["printed_name"])
    return [
        (
            t.nodes[e["target"]]["name"],
            t.nodes[e["source"]]["name"],
            sorted(names[e["source"]]),
            len(names[e["source"]]),
            e["source"],
        )
        for e in t.edges["IN"]
        if len(names[e["source"]]) >= min_names and is_city(t.nodes[e["target"]], city)
    ]


def unreviewed_bodies(t: Truth, city: str) -> Answer:
    items: dict[str, set[str]] = defaultdict(set)
    for d in t.counted(notes=True, collectives=True):
        items[d.body["uid"]].add(d.holder["uid"])
    rows = []
    for e in t.edges["IN"]:
        body, place, works = t.nodes[e["source"]], t.nodes[e["target"]], t.functions[e["source"]]
        if is_city(place, city) and all(f["uid"].startswith("function:core:") for f in works):
            function = min((f["name"] for f in works), default=None)
            rows.append((place["name"], body["name"], body["kind"], function, len(items[e["source"]]), e["source"]))
    return rows


# ---------------------------------------------------------------------------------------------- overlap


def overlapping(t: Truth, min_score: float) -> list[tuple[Record, Record, Record]]:
    """(edge, first document, second document) where both are plans, of two cities."""
    found = []
    for e in t.edges["OVERLAPS"]:
        first, second = t.document_of[e["source"]], t.document_of[e["target"]]
        cities = {t.city_of[uid]["uid"] for uid in (first, second) if uid in t.city_of}
        if e["score"] >= min_score and len(cities) == 2:
            found.append((e, t.nodes[first], t.nodes[second]))
    return found


def overlaps(t: Truth, city: str, other: str, min_score: float) -> Answer:
    rows = []
    for e, d, k in overlapping(t, min_score):
        one, two = (d, t.nodes[e["source"]]), (k, t.nodes[e["target"]])
        sides = [
            (first, second)
            for first, second in ((one, two), (two, one))
            if is_city(t.city_of[first[0]["uid"]], city) and is_city(t.city_of[second[0]["uid"]], other)
        ]
        # A pair that fits both ways round stands once, the smaller uid first.
        for (d1, x), (d2, y) in sorted(sides, key=lambda side: str(side[0][1]["uid"]))[:1]:
            first = (e["score"], t.city_of[d1["uid"]]["name"], x["ref"], x["name"], t.lead_names(x["uid"]))
            second = (t.city_of[d2["uid"]]["name"], y["ref"], y["name"], t.lead_names(y["uid"]), e["shared"])
            rows.append((*first, *second, d1["status"], d2["status"], year(d1), year(d2), x["uid"], y["uid"]))
    return rows


def overlapping_cities(t: Truth, city: str, min_score: float) -> Answer:
    groups: dict[tuple[str, str], list[tuple[Record, Record, Record]]] = defaultdict(list)
    for e, d, k in overlapping(t, min_score):
        pair = sorted([t.city_of[d["uid"]]["uid"], t.city_of[k["uid"]]["uid"]])
        if any(is_city(t.nodes[uid], city) for uid in pair):
            groups[pair[0], pair[1]].append((e, d, k))
    return [
        (
            t.nodes[a]["name"],
            t.nodes[b]["name"],
            len(mine),
            max(e["score"] for e, _, _ in mine),
            *behind(d for _, *both in mine for d in both),
            a,
            b,
        )
        for (a, b), mine in groups.items()
    ]


def repeats(t: Truth, city: str, min_score: float) -> Answer:
    rows = []
    for e in t.edges["REPEATS"]:
        d, x, y = t.nodes[t.document_of[e["source"]]], t.nodes[e["source"]], t.nodes[e["target"]]
        if d["uid"] in t.city_of and e["score"] >= min_score and is_city(t.city_of[d["uid"]], city):
            one, two = t.lead_names(x["uid"]), t.lead_names(y["uid"])
            rows.append(
                (
                    e["score"],
                    t.city_of[d["uid"]]["name"],
                    x["ref"],
                    x["name"],
                    one,
                    y["ref"],
                    y["name"],
                    two,
                    one == two,
                    e["shared"],
                    d["name"],
                    d["status"],
                    year(d),
                    x["uid"],
                    y["uid"],
                )
            )
    return rows


ANSWERS: Mapping[str, Callable[..., Answer]] = {
    function.__name__: function
    for function in (
        workload, solo_leads, joint_leads, most_asked, never_lead, function_load, uneven_functions, kinds_of_bodies,
        collectives_only, duties_of_function, always_together, colead_pairs, who_asks_whom, reach, chain, partners,
        busiest_actions, coordination_cost, one_lead_only, lost_without, theme_leads, theme_functions, theme_coverage,
        themes_of_few_cities, missing_themes, missing_functions, two_cities, actions_of_theme, targets_by_deadline,
        targets_without_body, targets_without_deadline, targets_of_bodies, due_in_year, disagreeing_targets,
        indicator_values, contradicting_targets, common_indicators, cited_instruments, citations, theme_instruments,
        documents, plans_by_year, issuers, stages, evidence, to_check, sources_of_duties, rules, without_lead,
        names_of_bodies, unreviewed_bodies, overlaps, overlapping_cities, repeats,
    )
}  # fmt: skip
"""Question → its answer from the tables."""
