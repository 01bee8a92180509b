// name: plans_by_year
// subject: documents
// zh: 每年有多少方案，其中正式印发和征求意见稿各多少，涉及多少城市？
// en: How many plans are there a year, issued and in draft, from how many cities?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column year: number | 年份 | year
// column plans: count | 方案数 | plans
// column issued: count | 已印发 | issued
// column drafts: count | 征求意见稿 | drafts
// column cities: count | 城市数 | cities
MATCH (c:City)-[:ISSUED]->(d:Document)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
WITH coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, d.status AS status, c.uid AS city_uid
WITH year, count(*) AS plans, sum(CASE WHEN status = 'issued' THEN 1 ELSE 0 END) AS issued,
     sum(CASE WHEN status = 'draft' THEN 1 ELSE 0 END) AS drafts, count(DISTINCT city_uid) AS cities
RETURN year, plans, issued, drafts, cities
ORDER BY year
