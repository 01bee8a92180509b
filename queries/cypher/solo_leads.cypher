// name: solo_leads
// subject: workload
// zh: 哪些条目只有一个部门、由它单独牵头？
// en: Which items does one body lead with nobody beside it?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column body_uid: id | 部门标识 | body uid
// column item_uid: id | 条目标识 | item uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.name AS city, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     h.uid AS item_uid, h.ref AS ref, h.name AS item,
     collect(DISTINCT b.uid) AS bodies, min(b.name) AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WHERE size(bodies) = 1 AND role = 0
RETURN city, body, ref, item, document, status, year, head(bodies) AS body_uid, item_uid
ORDER BY body_uid, item_uid
