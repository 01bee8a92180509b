// name: disagreeing_targets
// subject: targets
// zh: 同一指标各市承诺的数值差多少？（只比可比数值，按指标单位）
// en: How far apart are the numbers cities promise on one indicator? (comparable numbers only, in the indicator's unit)
// param indicator: text(Indicator) = "" | 指标名称（可只写开头）；空为全部 | name of the indicator (or its beginning); empty for all
// column indicator: text | 指标 | indicator
// column unit: text | 单位 | unit
// column cities: count | 城市数 | cities
// column targets: count | 目标值数 | targets
// column lowest: number | 最低 | lowest
// column highest: number | 最高 | highest
// column direction: code | 方向 | better
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column indicator_uid: id | 指标标识 | indicator uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)-[m:MEASURES]->(i:Indicator)
WHERE d.kind <> 'study' AND m.strict AND i.name STARTS WITH $indicator
WITH i.uid AS indicator_uid, i.name AS indicator, i.unit AS unit, i.direction AS direction,
     c.uid AS city_uid, g.uid AS target_uid, g.value * m.factor AS number, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH indicator_uid, indicator, unit, direction, count(DISTINCT city_uid) AS cities, count(*) AS targets,
     min(number) AS lowest, max(number) AS highest, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE cities > 1 AND lowest < highest
RETURN indicator, unit, cities, targets, lowest, highest, direction,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, indicator_uid
ORDER BY cities DESC, targets DESC, indicator_uid
