// name: contradicting_targets
// subject: targets
// zh: 同一份文件对同一指标、同一期限写出了哪些不同的数值？
// en: Where does one document print different numbers for one indicator and deadline?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column indicator: text | 指标 | indicator
// column deadline: text | 期限（空为未写） | deadline (empty: none printed)
// column lowest: number | 最低 | lowest
// column highest: number | 最高 | highest
// column unit: text | 单位 | unit
// column quotes: texts | 原文 | source sentences
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column document_uid: id | 文件标识 | document uid
// column indicator_uid: id | 指标标识 | indicator uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)-[m:MEASURES]->(i:Indicator)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND m.strict
WITH c.name AS city, d.uid AS document_uid, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     i.uid AS indicator_uid, i.name AS indicator, i.unit AS unit, coalesce(g.deadline, '') AS deadline,
     g.uid AS target_uid, g.value * m.factor AS number, g.quote AS quote
ORDER BY target_uid
WITH city, document_uid, document, status, year, indicator_uid, indicator, unit, deadline,
     min(number) AS lowest, max(number) AS highest, collect(quote) AS quotes
WHERE lowest < highest
RETURN city, indicator, deadline, lowest, highest, unit, quotes, document, status, year, document_uid, indicator_uid
ORDER BY document_uid, indicator_uid, deadline
