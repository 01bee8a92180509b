// name: actions_of_theme
// subject: themes
// zh: 某主题各市有哪些举措，由谁牵头？
// en: Which actions have the cities on one theme, and who leads them?
// param theme: text(Theme) | 主题名称 | name of the theme
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column heading: text | 举措 | action
// column leads: texts | 举措写明的牵头部门 | lead bodies the action prints
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column action_uid: id | 举措标识 | action uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main AND (c.name STARTS WITH $city OR c.adcode = $city) AND (t.name = $theme OR t.uid = $theme)
CALL (a) {
  OPTIONAL MATCH (a)<-[r:LEADS]-(b:Department)
  WHERE r.basis <> 'text'
  WITH DISTINCT b.uid AS lead_uid, b.name AS lead
  ORDER BY lead_uid
  RETURN collect(lead) AS leads
}
RETURN c.name AS city, a.ref AS ref, a.heading AS heading, leads, d.name AS document, d.status AS status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, a.uid AS action_uid
ORDER BY action_uid
