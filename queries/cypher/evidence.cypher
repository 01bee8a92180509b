// name: evidence
// subject: checking
// zh: 某部门的每项责任写在哪里，原文是什么？（正文句子中的职责也列出，但不计数）
// en: Where is every responsibility of a body printed, and in which words? (duties in running text are listed too, never counted)
// param body: text(Department) | 部门名称、其他写法或编号 | a body by name, other printed name or uid
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column body: text | 部门 | body
// column role: code | 角色 | role
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column quote: text | 原文 | source sentence
// column printed_name: text | 原文名称 | name as printed
// column basis: code | 出处 | basis
// column certainty: code | 确定程度 | certainty
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
// column body_uid: id | 部门标识 | body uid
// column place: id | 在正文中的起点 | place in the text
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT r.inherited
  AND (b.uid = $body OR b.name = $body OR $body IN b.aliases)
RETURN c.name AS city, b.name AS body, CASE WHEN type(r) = 'SUPPORTS' THEN 'support' WHEN r.joint THEN 'joint' ELSE 'lead' END AS role,
       h.ref AS ref, h.name AS item, r.quote AS quote, r.printed_name AS printed_name, r.basis AS basis,
       r.certainty AS certainty, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
       h.uid AS item_uid, b.uid AS body_uid, r.span_start AS place
ORDER BY body_uid, item_uid, role, basis, printed_name, place
