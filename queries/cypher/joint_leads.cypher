// name: joint_leads
// subject: workload
// zh: 哪些条目由几个部门共同牵头、没有指定一个牵头部门？
// en: Which items have several joint leads and no single lead?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column leads: texts | 共同牵头部门 | joint leads
// column bodies: count | 共同牵头部门数 | joint leads (bodies)
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.name AS city, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     h.uid AS item_uid, h.ref AS ref, h.name AS item, b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
ORDER BY body_uid
WITH city, document, status, year, item_uid, ref, item, collect(body) AS leads, count(*) AS bodies, min(role) AS role
WHERE bodies > 1 AND role = 1
RETURN city, ref, item, leads, bodies, document, status, year, item_uid
ORDER BY bodies DESC, item_uid
