// name: theme_instruments
// subject: instruments
// zh: 每个主题的举措引用哪些法规文件，涉及多少城市？
// en: Which instruments do the actions of each theme cite, in how many cities?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_cities: integer = 1 | 至少的城市数 | at least this many cities
// column theme: text | 主题 | theme
// column instrument: text | 依据文件 | instrument
// column cities: count | 城市数 | cities
// column actions: count | 举措数 | actions
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column theme_uid: id | 主题标识 | theme uid
// column instrument_uid: id | 依据文件标识 | instrument uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[:HAS_TASK*0..1]->(h)-[:CITES]->(i:Instrument)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (a)-[m:ADDRESSES]->(t:Theme)
WHERE m.main
WITH DISTINCT t.uid AS theme_uid, t.name AS theme, i.uid AS instrument_uid, i.name AS instrument, c.uid AS city_uid,
     a.uid AS action_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH theme_uid, theme, instrument_uid, instrument, count(DISTINCT city_uid) AS cities, count(*) AS actions, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE cities >= $min_cities
RETURN theme, instrument, cities, actions,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, theme_uid, instrument_uid
ORDER BY theme_uid, cities DESC, actions DESC, instrument_uid
