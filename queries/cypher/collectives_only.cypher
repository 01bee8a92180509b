// name: collectives_only
// subject: workload
// zh: 哪些条目只写了统称（各区县、有关部门），没有任何具体部门？
// en: Which items name only collectives (all counties, departments concerned) and no single body?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column bodies: texts | 统称 | collectives
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND r.basis <> 'note'
WITH c.name AS city, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     h.uid AS item_uid, h.ref AS ref, h.name AS item, b.uid AS body_uid, b.name AS body,
     min(CASE WHEN r.collective THEN 1 ELSE 0 END) AS collective
ORDER BY body_uid
WITH city, document, status, year, item_uid, ref, item, collect(body) AS bodies, min(collective) AS collective
WHERE collective = 1
RETURN city, ref, item, bodies, document, status, year, item_uid
ORDER BY item_uid
