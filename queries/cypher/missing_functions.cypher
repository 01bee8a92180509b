// name: missing_functions
// subject: themes
// zh: 多数城市的方案都用到、某市方案没有写到的条线是什么？
// en: Which lines of work do the plans of most cities name and those of one city do not?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_share: number = 0.5 | 至少有此比例的城市写到 | named in at least this share of the cities
// column city: text | 城市 | city
// column function: text | 条线 | line of work
// column cities: count | 写到的城市数 | cities that name it
// column share: share | 占城市比例 | share of cities
// column city_uid: id | 城市标识 | city uid
// column function_uid: id | 条线标识 | function uid
MATCH (k:City)-[:ISSUED]->(p:Document)
WHERE p.kind <> 'study'
WITH count(DISTINCT k.uid) AS all_cities
MATCH (o:City)-[:ISSUED]->(p:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(:Department)-[:PERFORMS]->(f:Function)
WHERE p.kind <> 'study' AND r.basis <> 'text' AND NOT r.inherited
WITH all_cities, f.uid AS function_uid, f.name AS function, collect(DISTINCT o.uid) AS owners
WITH function_uid, function, owners, size(owners) AS cities, toFloat(size(owners)) / all_cities AS share
WHERE share >= $min_share
MATCH (c:City)-[:ISSUED]->(d:Document)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT c.uid IN owners
RETURN DISTINCT c.name AS city, function, cities, share, c.uid AS city_uid, function_uid
ORDER BY city_uid, cities DESC, function_uid
