// name: without_lead
// subject: checking
// zh: 哪些举措（或任务）没有写明牵头部门？（举措连同其任务；任务可承接举措的牵头）
// en: Which actions (or tasks) name no lead? (an action with its tasks; a task may inherit the lead of its action)
// param level: text = "action" | action 按举措，task 按任务 | action or task
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column bodies: count | 写明的其他部门数 | other bodies named
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[:HAS_TASK*0..1]->(h)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND toLower(labels(h)[0]) = $level
  AND NOT EXISTS { MATCH (h)<-[r:LEADS]-(:Department) WHERE r.basis <> 'text' }
  AND ($level = 'task' OR NOT EXISTS { MATCH (h)-[:HAS_TASK]->(:Task)<-[s:LEADS]-(:Department) WHERE s.basis <> 'text' })
OPTIONAL MATCH (h)<-[r:SUPPORTS]-(b:Department)
WHERE r.basis <> 'text'
WITH c.name AS city, h.ref AS ref, h.name AS item, count(DISTINCT b.uid) AS bodies, d.name AS document,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, h.uid AS item_uid
RETURN city, ref, item, bodies, document, status, year, item_uid
ORDER BY item_uid
