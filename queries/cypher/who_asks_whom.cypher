// name: who_asks_whom
// subject: dependencies
// zh: 哪个牵头部门要哪个部门配合，共多少项？
// en: Which lead body asks which body for support, on how many items?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_shared: integer = 2 | 至少的条目数 | at least this many items
// column city: text | 城市 | city
// column lead_body: text | 牵头部门 | lead body
// column support_body: text | 配合部门 | support body
// column shared: count | 条目数 | items
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column lead_uid: id | 牵头部门标识 | lead uid
// column support_uid: id | 配合部门标识 | support uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, h.uid AS item_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, item_uid, status, year, collect(CASE WHEN role < 2 THEN {uid: body_uid, name: body} END) AS leads,
     collect(CASE WHEN role = 2 THEN {uid: body_uid, name: body} END) AS supports
UNWIND leads AS one
UNWIND supports AS two
WITH city_uid, city, one.uid AS lead_uid, one.name AS lead_body, two.uid AS support_uid, two.name AS support_body,
     count(*) AS shared, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE shared >= $min_shared
RETURN city, lead_body, support_body, shared,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, lead_uid, support_uid
ORDER BY city_uid, shared DESC, lead_uid, support_uid
