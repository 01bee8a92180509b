// name: unreviewed_bodies
// subject: checking
// zh: 哪些部门没有归入审定的条线？
// en: Which bodies have no reviewed line of work?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column body: text | 部门 | body
// column kind: code | 类别 | kind
// column function: text | 未审定条线 | unreviewed line of work
// column duties: count | 责任（项） | responsibilities (items)
// column body_uid: id | 部门标识 | body uid
MATCH (b:Department)-[:IN]->(c:City)
WHERE (c.name STARTS WITH $city OR c.adcode = $city) AND NOT EXISTS { MATCH (b)-[:PERFORMS]->(g:Function) WHERE NOT g.uid STARTS WITH 'function:core:' }
OPTIONAL MATCH (b)-[:PERFORMS]->(f:Function)
WITH c, b, min(f.name) AS function
OPTIONAL MATCH (b)-[r:LEADS|SUPPORTS]->(h)<-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]-(d:Document)
WHERE r.basis <> 'text' AND NOT r.inherited AND d.kind <> 'study'
WITH c.uid AS city_uid, c.name AS city, b.name AS body, b.kind AS kind, function, count(DISTINCT h.uid) AS duties,
     b.uid AS body_uid
RETURN city, body, kind, function, duties, body_uid
ORDER BY city_uid, duties DESC, body_uid
