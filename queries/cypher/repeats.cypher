// name: repeats
// subject: overlap
// zh: 同一份文件里哪些条目说的是同一件事，牵头部门是否不同？
// en: Which items of one document say the same, and do their lead bodies differ?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_score: number = 0.55 | 至少的相似度（0 至 1；图中从 0.55 起） | at least this score (0 to 1; a graph keeps them from 0.55 on)
// column score: ratio | 相似度（0 至 1） | score (0 to 1)
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column leads: texts | 牵头部门 | lead bodies
// column other_ref: text | 另一处编号 | number of the other
// column other_item: text | 另一处条目 | the other item
// column other_leads: texts | 另一处牵头部门 | lead bodies of the other
// column same_leads: flag | 牵头相同 | same leads
// column shared: texts | 共有的内容 | what they share
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column item_uid: id | 条目标识 | item uid
// column other_uid: id | 另一处标识 | other uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION|HAS_TASK*1..2]->(x)-[o:REPEATS]->(y)
WHERE d.kind <> 'study' AND o.score >= $min_score AND (c.name STARTS WITH $city OR c.adcode = $city)
CALL (x) {
  OPTIONAL MATCH (x)<-[r:LEADS]-(b:Department)
  WHERE r.basis <> 'text'
  WITH DISTINCT b.uid AS lead_uid, b.name AS lead
  ORDER BY lead_uid
  RETURN collect(lead) AS leads
}
CALL (y) {
  OPTIONAL MATCH (y)<-[r:LEADS]-(b:Department)
  WHERE r.basis <> 'text'
  WITH DISTINCT b.uid AS lead_uid, b.name AS lead
  ORDER BY lead_uid
  RETURN collect(lead) AS other_leads
}
RETURN o.score AS score, c.name AS city, x.ref AS ref, x.name AS item, leads, y.ref AS other_ref, y.name AS other_item,
       other_leads, leads = other_leads AS same_leads, o.shared AS shared, d.name AS document, d.status AS status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, x.uid AS item_uid, y.uid AS other_uid
ORDER BY score DESC, item_uid, other_uid
