// name: targets_of_bodies
// subject: targets
// zh: 各部门牵头多少个目标值，其中多少写明期限？（含任务由举措承接的）
// en: How many targets does each body lead, and how many of them have a deadline? (also where a task inherits its lead)
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column targets: count | 牵头的目标值 | targets led
// column dated: count | 有期限 | with a deadline
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(g:Target)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (h)<-[r:LEADS]-(b:Department)
WHERE r.basis <> 'text' AND r.basis <> 'note' AND ($collectives OR NOT r.collective)
WITH DISTINCT c.uid AS city_uid, c.name AS city, b.uid AS body_uid, b.name AS body, g.uid AS target_uid,
     g.deadline AS deadline, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH city_uid, city, body_uid, body, count(*) AS targets, count(deadline) AS dated, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, body, targets, dated,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, body_uid
ORDER BY city_uid, targets DESC, body_uid
