// name: to_check
// subject: checking
// zh: 哪些角色是推测或依惯例判定、需要人工核对？
// en: Which roles are guesses (or follow convention) and should be checked by a person?
// param certainty: text = "guess" | 确定程度：guess 推测，convention 依惯例，printed 明文 | how sure: guess, convention or printed
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column body: text | 部门 | body
// column role: code | 角色 | role
// column rule: text | 判定规则 | rule
// column quote: text | 原文 | source sentence
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
// column body_uid: id | 部门标识 | body uid
// column place: id | 在正文中的起点 | place in the text
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT r.inherited
  AND r.certainty = $certainty AND r.basis <> 'text'
RETURN c.name AS city, h.ref AS ref, b.name AS body,
       CASE WHEN type(r) = 'SUPPORTS' THEN 'support' WHEN r.joint THEN 'joint' ELSE 'lead' END AS role, r.rule AS rule,
       r.quote AS quote, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
       h.uid AS item_uid, b.uid AS body_uid, r.span_start AS place
ORDER BY item_uid, body_uid, role, rule, place
