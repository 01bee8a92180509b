// name: missing_themes
// subject: themes
// zh: 多数城市都有、某市没有的主题是什么？
// en: Which themes do most cities address and one city does not?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_share: number = 0.5 | 至少有此比例的城市涉及 | addressed by at least this share of the cities
// column city: text | 城市 | city
// column theme: text | 主题 | theme
// column cities: count | 涉及的城市数 | cities that address it
// column share: share | 占城市比例 | share of cities
// column city_uid: id | 城市标识 | city uid
// column theme_uid: id | 主题标识 | theme uid
MATCH (k:City)-[:ISSUED]->(p:Document)
WHERE p.kind <> 'study'
WITH count(DISTINCT k.uid) AS all_cities
MATCH (o:City)-[:ISSUED]->(p:Document)-[:HAS_ACTION]->(:Action)-[m:ADDRESSES]->(t:Theme)
WHERE p.kind <> 'study' AND m.main
WITH all_cities, t.uid AS theme_uid, t.name AS theme, collect(DISTINCT o.uid) AS owners
WITH theme_uid, theme, owners, size(owners) AS cities, toFloat(size(owners)) / all_cities AS share
WHERE share >= $min_share
MATCH (c:City)-[:ISSUED]->(d:Document)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT c.uid IN owners
RETURN DISTINCT c.name AS city, theme, cities, share, c.uid AS city_uid, theme_uid
ORDER BY city_uid, cities DESC, theme_uid
