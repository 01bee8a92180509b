// name: busiest_actions
// subject: dependencies
// zh: 哪些举措涉及的部门最多？（举措连同其任务）
// en: Which actions involve the most bodies? (the action with its tasks)
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_bodies: integer = 10 | 至少的部门数 | at least this many bodies
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column heading: text | 举措 | action
// column bodies: count | 部门数 | bodies
// column lead_bodies: count | 牵头部门数 | lead bodies
// column pairs: count | 需协调的部门对数 | pairs of bodies to coordinate
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column action_uid: id | 举措标识 | action uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[:HAS_TASK*0..1]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.name AS city, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     a.uid AS action_uid, a.ref AS ref, a.heading AS heading, b.uid AS body_uid,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city, document, status, year, action_uid, ref, heading, count(*) AS bodies,
     sum(CASE WHEN role < 2 THEN 1 ELSE 0 END) AS lead_bodies
WHERE bodies >= $min_bodies
RETURN city, ref, heading, bodies, lead_bodies, bodies * (bodies - 1) / 2 AS pairs, document, status, year, action_uid
ORDER BY bodies DESC, action_uid
