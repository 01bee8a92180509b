// name: due_in_year
// subject: targets
// zh: 某年到期的举措、任务和目标值有哪些，由谁牵头？
// en: Which actions, tasks and targets fall due in a year, and who leads them?
// param due_year: text = "2025" | 年份 | year
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column due: text | 到期 | due
// column what: code | 种类 | what
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column thing: text | 内容 | what falls due
// column leads: texts | 牵头部门 | lead bodies
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column thing_uid: id | 标识 | uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
OPTIONAL MATCH (h)-[:SETS]->(g:Target)
WHERE g.deadline STARTS WITH $due_year
WITH c, d, h, collect(g) AS found
WITH c, d, h, [g IN found | {what: 'target', due: g.deadline, thing: g.quote, uid: g.uid}]
     + CASE WHEN h.due STARTS WITH $due_year
            THEN [{what: toLower(labels(h)[0]), due: h.due, thing: h.name, uid: h.uid}] ELSE [] END AS dues
WHERE size(dues) > 0
CALL (h) {
  OPTIONAL MATCH (h)<-[r:LEADS]-(b:Department)
  WHERE r.basis <> 'text'
  WITH DISTINCT b.uid AS lead_uid, b.name AS lead
  ORDER BY lead_uid
  RETURN collect(lead) AS leads
}
UNWIND dues AS one
RETURN one.due AS due, one.what AS what, c.name AS city, h.ref AS ref, one.thing AS thing, leads, d.name AS document,
       d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, one.uid AS thing_uid
ORDER BY due, thing_uid
