// name: targets_without_deadline
// subject: targets
// zh: 各市多少目标值没有写明期限？
// en: How many targets of each city print no deadline?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column targets: count | 目标值数 | targets
// column undated: count | 未写期限 | without a deadline
// column share: share | 占目标值比例 | share of targets
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
WITH c.uid AS city_uid, c.name AS city, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, g.deadline AS deadline
WITH city_uid, city, count(*) AS targets, sum(CASE WHEN deadline IS NULL THEN 1 ELSE 0 END) AS undated, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, targets, undated, toFloat(undated) / targets AS share,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid
ORDER BY share DESC, city_uid
