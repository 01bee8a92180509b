// name: overlaps
// subject: overlap
// zh: 某市与其他城市哪些举措或任务做同一件事，各由谁牵头？
// en: Which actions or tasks of a city do the same as those of other cities, and who leads each?
// param city: text(City) | 城市名称（可只写开头）或代码 | city by name (or its beginning) or code
// param other: text(City) = "" | 另一城市，写法同上；空为全部 | the other city, likewise; empty for all
// param min_score: number = 0.75 | 至少的相似度（0 至 1；报告从 0.75 起） | at least this score (0 to 1; reports begin at 0.75)
// column score: ratio | 相似度（0 至 1） | score (0 to 1)
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column item: text | 条目 | item
// column leads: texts | 牵头部门 | lead bodies
// column other_city: text | 另一城市 | other city
// column other_ref: text | 另一编号 | its number
// column other_item: text | 另一条目 | its item
// column other_leads: texts | 另一牵头部门 | its lead bodies
// column shared: texts | 共有的内容 | what they share
// column status: code | 文件状态 | status of document
// column other_status: code | 另一文件状态 | status of its document
// column year: number | 文件年份 | year of document
// column other_year: number | 另一文件年份 | year of its document
// column item_uid: id | 条目标识 | item uid
// column other_uid: id | 另一条目标识 | uid of its item
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION|HAS_TASK*1..2]->(x)-[o:OVERLAPS]-(y)
WHERE d.kind <> 'study' AND o.score >= $min_score AND (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (y)<-[:HAS_ACTION|HAS_TASK*1..2]-(e:Document)<-[:ISSUED]-(k:City)
WHERE e.kind <> 'study' AND k.uid <> c.uid AND (k.name STARTS WITH $other OR k.adcode = $other)
  AND (x.uid < y.uid OR NOT (k.name STARTS WITH $city OR coalesce(k.adcode, '') = $city)
       OR NOT (c.name STARTS WITH $other OR coalesce(c.adcode, '') = $other))
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
RETURN o.score AS score, c.name AS city, x.ref AS ref, x.name AS item, leads, k.name AS other_city, y.ref AS other_ref,
       y.name AS other_item, other_leads, o.shared AS shared, d.status AS status, e.status AS other_status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
       coalesce(toInteger(substring(e.issued, 0, 4)), e.period_start) AS other_year, x.uid AS item_uid, y.uid AS other_uid
ORDER BY score DESC, item_uid, other_uid
