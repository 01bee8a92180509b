// name: most_asked
// subject: workload
// zh: 哪些部门被要求配合最多，由多少个不同的牵头部门提出？
// en: Which bodies are asked for support most, and by how many different lead bodies?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column support: count | 配合（项） | supports (items)
// column asked_by: count | 提出要求的牵头部门数 | lead bodies that ask
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, h.uid AS item_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, item_uid, status, year, collect(CASE WHEN role < 2 THEN body_uid END) AS leads,
     collect(CASE WHEN role = 2 THEN {uid: body_uid, name: body} END) AS supports
UNWIND supports AS asked
UNWIND CASE WHEN size(leads) = 0 THEN [null] ELSE leads END AS lead_uid
WITH city_uid, city, asked.uid AS body_uid, asked.name AS body,
     count(DISTINCT item_uid) AS support, count(DISTINCT lead_uid) AS asked_by, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, body, support, asked_by,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, body_uid
ORDER BY city_uid, support DESC, asked_by DESC, body_uid
