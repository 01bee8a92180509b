"""What an analyst who opens the database needs to know: labels, properties, first questions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.neo4j.schema import KEYS


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """A question to begin with: what it answers in both languages, and its Cypher, to paste as it is."""

    name: str
    zh: str
    en: str
    cypher: str


FIRST_QUESTIONS = (
    FirstQuestion(
        "workload",
        "谁牵头的举措最多？只计写明的责任，不计任务承接的和正文句子里的。",
        "Who leads most actions? Printed responsibilities only: neither inherited ones nor duties in running text.",
        """MATCH (d:Department)-[r:LEADS]->(a:Action)
WHERE r.inherited = false AND r.basis <> 'text'
MATCH (d)-[:IN]->(c:City)
WITH c, d, count(DISTINCT a) AS actions
RETURN c.name AS city, d.name AS body, actions
ORDER BY actions DESC, body LIMIT 20""",
    ),
    FirstQuestion(
        "lead-support",
        "牵头部门最常靠谁配合？",
        "On whose support do leading bodies depend most?",
        """MATCH (lead:Department)-[l:LEADS]->(a:Action)<-[s:SUPPORTS]-(support:Department)
WHERE l.inherited = false AND s.inherited = false
WITH lead, support, count(DISTINCT a) AS actions
RETURN lead.name AS lead, support.name AS support, actions
ORDER BY actions DESC, lead, support LIMIT 20""",
    ),
    FirstQuestion(
        "evidence",
        "某个部门牵头什么，原文怎么写？把名称换成你要的。",
        "What does one body lead, and what are the words? Put in the name you want.",
        """MATCH (d:Department)-[r:LEADS]->(a:Action)<-[:HAS_ACTION]-(doc:Document)
WHERE d.name CONTAINS '市场监管' AND r.inherited = false
RETURN d.name AS body, a.heading AS action, r.quote AS quote, doc.name AS document
ORDER BY document, action LIMIT 20""",
    ),
    FirstQuestion(
        "themes",
        "哪些主题各城市都有举措？",
        "Which themes do most cities have actions on?",
        """MATCH (c:City)-[:ISSUED]->(:Document)-[:HAS_ACTION]->(a:Action)-[t:ADDRESSES]->(theme:Theme)
WHERE t.main = true
WITH theme, count(DISTINCT c) AS cities, count(DISTINCT a) AS actions
RETURN theme.name AS theme, theme.name_en AS theme_en, cities, actions
ORDER BY cities DESC, actions DESC, theme LIMIT 20""",
    ),
    FirstQuestion(
        "targets",
        "同一指标，各城市定到多少？",
        "What do cities promise on the same indicator?",
        """MATCH (t:Target)-[m:MEASURES]->(i:Indicator)
WHERE m.strict = true
WITH i, count(t) AS targets, min(t.value * m.factor) AS least, max(t.value * m.factor) AS most
WHERE targets > 1
RETURN i.name AS indicator, i.unit AS unit, targets, least, most
ORDER BY targets DESC, indicator, unit LIMIT 20""",
    ),
)
"""They run unchanged in Neo4j Browser, and in ``kg cypher`` on a folder or a server."""

ONLY_THE_GRAPH = "NOT n:" + " AND NOT n:".join(KEYS)
"""The condition that leaves out the loader's own nodes where a question names no label."""
