// name: indicator_values
// subject: targets
// zh: 某指标各市承诺的数值并列是多少？
// en: What do the cities promise on one indicator, side by side?
// param indicator: text(Indicator) | 指标名称（可只写开头） | name of the indicator (or its beginning)
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column indicator: text | 指标 | indicator
// column city: text | 城市 | city
// column op: code | 比较方式 | operator
// column value: number | 数值 | value
// column value_max: number | 上限 | upper end
// column unit: text | 单位 | unit
// column comparable: flag | 可比 | comparable
// column deadline: text | 期限 | deadline
// column quote: text | 原文 | source sentence
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column target_uid: id | 目标值标识 | target uid
// column indicator_uid: id | 指标标识 | indicator uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)-[m:MEASURES]->(i:Indicator)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND i.name STARTS WITH $indicator
RETURN i.name AS indicator, c.name AS city, g.op AS op, g.value AS value, g.value_max AS value_max, g.unit AS unit,
       m.strict AS comparable, g.deadline AS deadline, g.quote AS quote, d.name AS document, d.status AS status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, g.uid AS target_uid, i.uid AS indicator_uid
ORDER BY indicator_uid, target_uid
