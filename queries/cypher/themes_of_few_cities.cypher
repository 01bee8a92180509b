// name: themes_of_few_cities
// subject: themes
// zh: 哪些主题只有一个（或少数）城市涉及？
// en: Which themes does only one city (or a few) address?
// param max_cities: integer = 1 | 最多几个城市 | at most this many cities
// column theme: text | 主题 | theme
// column cities: count | 城市数 | cities
// column city: text | 城市 | city
// column actions: count | 举措数 | actions
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column theme_uid: id | 主题标识 | theme uid
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main
WITH t.uid AS theme_uid, t.name AS theme, c.uid AS city_uid, c.name AS city, count(*) AS actions,
     min(d.status) AS least, max(d.status) AS greatest, max(coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start)) AS year
WITH theme_uid, theme, count(*) AS cities,
     collect({uid: city_uid, name: city, actions: actions, year: year,
              status: CASE WHEN least = greatest THEN least ELSE 'mixed' END}) AS places
WHERE cities <= $max_cities
UNWIND places AS place
RETURN theme, cities, place.name AS city, place.actions AS actions, place.status AS status, place.year AS year,
       theme_uid, place.uid AS city_uid
ORDER BY theme_uid, city_uid
