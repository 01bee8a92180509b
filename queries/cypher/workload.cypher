// name: workload
// subject: workload
// zh: 各部门牵头、共同牵头、配合多少项，占本市全部责任的几成？
// en: How much does each body lead, lead jointly and support, and what share of its city's responsibilities is that?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column lead: count | 牵头（项） | leads (items)
// column joint: count | 共同牵头（项） | joint leads (items)
// column support: count | 配合（项） | supports (items)
// column total: count | 合计（项） | total (items)
// column share: share | 占本市责任比例 | share of the city's responsibilities
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column body_uid: id | 部门标识 | body uid
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, b.uid AS body_uid, b.name AS body, h.uid AS item_uid,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, body_uid, body,
     sum(CASE WHEN role = 0 THEN 1 ELSE 0 END) AS lead, sum(CASE WHEN role = 1 THEN 1 ELSE 0 END) AS joint,
     sum(CASE WHEN role = 2 THEN 1 ELSE 0 END) AS support,
     count(*) AS total, min(status) AS least, max(status) AS greatest, max(year) AS year
WITH city_uid, city, sum(total) AS city_total,
     collect({body_uid: body_uid, body: body, lead: lead, joint: joint, support: support, total: total,
              status: CASE WHEN least = greatest THEN least ELSE 'mixed' END, year: year}) AS loads
UNWIND loads AS load
RETURN city, load.body AS body, load.lead AS lead, load.joint AS joint, load.support AS support, load.total AS total,
       toFloat(load.total) / city_total AS share, load.status AS status, load.year AS year,
       load.body_uid AS body_uid, city_uid
ORDER BY city_uid, total DESC, body_uid
