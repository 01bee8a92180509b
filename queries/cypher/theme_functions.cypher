// name: theme_functions
// subject: themes
// zh: 每个主题由哪些条线牵头，在多少个城市？
// en: Which lines of work lead each theme, in how many cities?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_cities: integer = 1 | 至少的城市数 | at least this many cities
// column theme: text | 主题 | theme
// column function: text | 条线 | line of work
// column cities: count | 城市数 | cities
// column actions: count | 牵头举措数 | actions led
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column theme_uid: id | 主题标识 | theme uid
// column function_uid: id | 条线标识 | function uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main AND (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (a)-[:HAS_TASK*0..1]->(h)<-[r:LEADS]-(:Department)-[:PERFORMS]->(f:Function)
WHERE r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH DISTINCT t.uid AS theme_uid, t.name AS theme, c.uid AS city_uid, f.uid AS function_uid, f.name AS function,
     a.uid AS action_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH theme_uid, theme, function_uid, function, count(DISTINCT city_uid) AS cities, count(*) AS actions, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE cities >= $min_cities
RETURN theme, function, cities, actions,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, theme_uid, function_uid
ORDER BY theme_uid, cities DESC, actions DESC, function_uid
