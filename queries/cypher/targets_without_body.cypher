// name: targets_without_body
// subject: targets
// zh: 哪些目标值没有写明责任部门？
// en: Which targets have no responsible body?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column target: text | 目标值 | target
// column op: code | 比较方式 | operator
// column value: number | 数值 | value
// column value_max: number | 上限 | upper end
// column unit: text | 单位 | unit
// column deadline: text | 期限 | deadline
// column ref: text | 条目编号 | item number
// column quote: text | 原文 | source sentence
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column target_uid: id | 目标值标识 | target uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT EXISTS { MATCH (h)<-[r:LEADS|SUPPORTS]-(:Department) WHERE r.basis <> 'text' }
RETURN c.name AS city, g.name AS target, g.op AS op, g.value AS value, g.value_max AS value_max, g.unit AS unit,
       g.deadline AS deadline, h.ref AS ref, g.quote AS quote, d.name AS document, d.status AS status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, g.uid AS target_uid
ORDER BY target_uid
