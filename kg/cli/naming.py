"""The node that a user means: by uid, name, other name, or a part of one; where several fit, they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.cli.shared import say
from ontology.errors import UsageError
from queries.lookups import lookup
from queries.rows import Store
from queries.sources import is_place

MANY = 30
"""Matches that are listed where a name fits several nodes."""

_RETURN = "RETURN labels(n)[0] AS label, n.uid AS uid, n.name AS name ORDER BY label, uid"
_CONDITIONS = (
    "n.uid = $text",
    "n.name = $text",
    "$text IN n.aliases",
    "n.uid STARTS WITH $text OR n.name STARTS WITH $text",
    "n.name CONTAINS $text",
)
"""How a text can name a node, the surest first: one way is tried only where those before it found nothing."""


def found(store: Store, text: str, label: str | None = None, cities: Sequence[str] = ()) -> tuple[str, str]:
    """Give label and uid of the one node that ``text`` names, of all or of one ``label``.

    ``cities`` keeps bodies of these places, by name or code.

    Raises:
        UsageError: no node, or several, which are listed.
    """
    places = _places(store) if label == "Department" else {}
    for condition in _CONDITIONS:
        # Only bodies have other names that they are looked for by.
        kind = "Department" if "aliases" in condition else label
        if label not in (None, kind):
            continue
        pattern = f"(n:{kind})" if kind else "(n)"
        rows = [
            row
            for row in store.run(f"MATCH {pattern} WHERE {condition} {_RETURN}", {"text": text})
            if not cities or any(is_place(wanted, *places.get(str(row["uid"]), ("", ""))) for wanted in cities)
        ]
        if len(rows) == 1:
            return str(rows[0]["label"]), str(rows[0]["uid"])
        if rows:
            raise _several(text, [(row, places.get(str(row["uid"]), ("", ""))[0]) for row in rows], label)
    zh, en = _KINDS.get(label or "", ("节点", "node"))
    listed = _KINDS[label or "Department"]
    query = f"kg cypher 'MATCH (n:{label or 'Department'}) RETURN n.uid, n.name'"
    where = "、".join(cities)
    raise UsageError(
        say(f"{where}没有{zh} {text!r}", f"no {en} {text!r} in {where or 'this graph'}"),
        advice=say(f"列出{listed[0]}：{query}", f"list every {listed[1]} with: {query}"),
    )


_KINDS = {
    "Department": ("部门", "body"),
    "Function": ("条线", "line of work"),
    "City": ("城市", "city"),
    "Document": ("文件", "document"),
    "Theme": ("主题", "theme"),
}


def _places(store: Store) -> dict[str, tuple[str, str]]:
    """Name and code of the place of every body."""
    rows = store.run(lookup("places_of_bodies"))
    return {str(row["uid"]): (str(row["city"] or ""), str(row["adcode"] or "")) for row in rows}


def _several(text: str, rows: Sequence[tuple[Mapping[str, object], str]], label: str | None) -> UsageError:
    return UsageError(
        say(f"{text!r} 对应 {len(rows)} 个节点：", f"{text!r} fits {len(rows)} nodes:")
        + "".join(f"\n  {line}" for line in _listed(rows)),
        advice=say("用编号指定其中一个", "name one by its uid, the first column")
        + (say("，或用 --city 限定城市", ", or its place with --city") if label == "Department" else ""),
    )


def _listed(rows: Sequence[tuple[Mapping[str, object], str]]) -> Iterable[str]:
    for row, place in rows[:MANY]:
        yield "  ".join(str(part) for part in (row["uid"], row["label"], row["name"], place) if part)
    if len(rows) > MANY:
        yield say(f"… 另有 {len(rows) - MANY} 个", f"… and {len(rows) - MANY} more")
