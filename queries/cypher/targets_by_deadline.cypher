// name: targets_by_deadline
// subject: targets
// zh: 各市目标值按期限年份各有多少，其中多少写明了责任部门？
// en: How many targets fall due in which year in each city, and how many of them have a responsible body?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column due: text | 期限年份（空为未写） | year of the deadline (empty: none printed)
// column targets: count | 目标值数 | targets
// column with_body: count | 有责任部门的目标值 | targets with a responsible body
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
OPTIONAL MATCH (h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE r.basis <> 'text'
WITH c.uid AS city_uid, c.name AS city, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, g.uid AS target_uid,
     coalesce(substring(g.deadline, 0, 4), '') AS due, count(b) AS named
WITH city_uid, city, due, count(*) AS targets, sum(CASE WHEN named > 0 THEN 1 ELSE 0 END) AS with_body, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, due, targets, with_body,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid
ORDER BY city_uid, due
