// name: one_lead_only
// subject: dependencies
// zh: 哪些部门的配合全部是为同一个牵头部门？
// en: Which bodies support one lead body only?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_supports: integer = 2 | 至少配合的项数 | at least this many supports
// column city: text | 城市 | city
// column body: text | 部门 | body
// column lead_body: text | 唯一牵头部门 | the one lead body
// column support: count | 配合（项） | supports (items)
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column body_uid: id | 部门标识 | body uid
// column lead_uid: id | 牵头部门标识 | lead uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, h.uid AS item_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, item_uid, status, year, collect(CASE WHEN role < 2 THEN {uid: body_uid, name: body} END) AS leads,
     collect(CASE WHEN role = 2 THEN {uid: body_uid, name: body} END) AS supports
UNWIND supports AS two
UNWIND leads AS one
WITH city_uid, city, two.uid AS body_uid, two.name AS body, count(DISTINCT item_uid) AS support,
     count(DISTINCT one.uid) AS askers, min(one.uid) AS lead_uid, min(one.name) AS lead_body, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE askers = 1 AND support >= $min_supports
RETURN city, body, lead_body, support,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, body_uid, lead_uid
ORDER BY city_uid, support DESC, body_uid
