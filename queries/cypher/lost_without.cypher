// name: lost_without
// subject: dependencies
// zh: 若没有这个部门，哪些条目失去唯一的牵头？
// en: Which items lose their only lead without this body?
// param body: text(Department) | 部门名称、其他写法或编号 | a body by name, other printed name or uid
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column left: count | 余下配合部门数 | support bodies left
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.name AS city, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     h.uid AS item_uid, h.ref AS ref, h.name AS item, b.uid AS body_uid,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city, document, status, year, item_uid, ref, item, min(CASE WHEN role < 2 THEN body_uid END) AS lead_uid,
     sum(CASE WHEN role < 2 THEN 1 ELSE 0 END) AS leading, sum(CASE WHEN role = 2 THEN 1 ELSE 0 END) AS left
WHERE leading = 1
MATCH (b:Department {uid: lead_uid})
WHERE (b.uid = $body OR b.name = $body OR $body IN b.aliases)
RETURN city, b.name AS body, ref, item, left, document, status, year, item_uid, b.uid AS body_uid
ORDER BY item_uid
