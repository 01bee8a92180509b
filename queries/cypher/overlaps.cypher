// name: overlaps
// subject: overlap
// zh: 两地哪些举措或任务做同一件事，各由谁牵头？
// en: Which actions or tasks of two places do the same, and who leads each?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param other: text(City) = "" | 另一城市，规则同上；空为全部 | the other city, likewise; empty for all
// param min_score: number = 0 | 至少的相似度 | at least this score
// column score: number | 相似度 | score
// column city: text | 城市甲 | first city
// column ref: text | 甲编号 | number in the first
// column item: text | 甲条目 | item of the first
// column leads: texts | 甲牵头部门 | lead bodies of the first
// column other_city: text | 城市乙 | second city
// column other_ref: text | 乙编号 | number in the second
// column other_item: text | 乙条目 | item of the second
// column other_leads: texts | 乙牵头部门 | lead bodies of the second
// column shared: texts | 共有的内容 | what they share
// column status: code | 甲文件状态 | status of the first
// column other_status: code | 乙文件状态 | status of the second
// column year: number | 甲文件年份 | year of the first
// column other_year: number | 乙文件年份 | year of the second
// column item_uid: id | 甲标识 | first uid
// column other_uid: id | 乙标识 | second uid
MATCH (x)-[o:OVERLAPS]->(y)
MATCH (x)<-[:HAS_ACTION|HAS_TASK*1..2]-(d:Document)<-[:ISSUED]-(c:City)
MATCH (y)<-[:HAS_ACTION|HAS_TASK*1..2]-(e:Document)<-[:ISSUED]-(k:City)
WHERE d.kind <> 'study' AND e.kind <> 'study'
  AND o.score >= $min_score
  AND ((c.name STARTS WITH $city OR c.adcode = $city) AND (k.name STARTS WITH $other OR k.adcode = $other)
       OR (k.name STARTS WITH $city OR k.adcode = $city) AND (c.name STARTS WITH $other OR c.adcode = $other))
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
