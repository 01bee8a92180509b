// name: theme_coverage
// subject: themes
// zh: 每个主题有多少个城市、多少条举措涉及？
// en: How many cities and actions address each theme?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column theme: text | 主题 | theme
// column cities: count | 城市数 | cities
// column actions: count | 举措数 | actions
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column theme_uid: id | 主题标识 | theme uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main AND (c.name STARTS WITH $city OR c.adcode = $city)
WITH t.uid AS theme_uid, t.name AS theme, c.uid AS city_uid, a.uid AS action_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH theme_uid, theme, count(DISTINCT city_uid) AS cities, count(*) AS actions, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN theme, cities, actions,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, theme_uid
ORDER BY cities DESC, actions DESC, theme_uid
