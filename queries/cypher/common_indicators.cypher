// name: common_indicators
// subject: targets
// zh: 哪些指标最多城市都有目标值？
// en: On which indicators do the most cities set targets?
// param min_cities: integer = 2 | 至少的城市数 | at least this many cities
// column indicator: text | 指标 | indicator
// column unit: text | 单位 | unit
// column cities: count | 城市数 | cities
// column targets: count | 目标值数 | targets
// column comparable: count | 可比的目标值 | comparable targets
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column indicator_uid: id | 指标标识 | indicator uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)-[m:MEASURES]->(i:Indicator)
WHERE d.kind <> 'study'
WITH i.uid AS indicator_uid, i.name AS indicator, i.unit AS unit, c.uid AS city_uid, m.strict AS strict,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH indicator_uid, indicator, unit, count(DISTINCT city_uid) AS cities, count(*) AS targets,
     sum(CASE WHEN strict THEN 1 ELSE 0 END) AS comparable, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE cities >= $min_cities
RETURN indicator, unit, cities, targets, comparable,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, indicator_uid
ORDER BY cities DESC, targets DESC, indicator_uid
