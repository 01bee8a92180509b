// name: kinds_of_bodies
// subject: workload
// zh: 各市各类部门（局、党委机构、法院、企业、园区等）有多少个，承担多少？
// en: How many bodies of each kind (bureaus, party organs, courts, enterprises, zones) has each city, and what do they carry?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column kind: code | 类别 | kind
// column bodies: count | 部门数 | bodies
// column lead: count | 牵头（项） | leads (items)
// column joint: count | 共同牵头（项） | joint leads (items)
// column support: count | 配合（项） | supports (items)
// column total: count | 合计（项） | total (items)
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, coalesce(b.kind, '') AS kind, b.uid AS body_uid, h.uid AS item_uid,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, kind, count(DISTINCT body_uid) AS bodies,
     sum(CASE WHEN role = 0 THEN 1 ELSE 0 END) AS lead, sum(CASE WHEN role = 1 THEN 1 ELSE 0 END) AS joint,
     sum(CASE WHEN role = 2 THEN 1 ELSE 0 END) AS support,
     count(*) AS total, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, kind, bodies, lead, joint, support, total,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid
ORDER BY city_uid, total DESC, kind
