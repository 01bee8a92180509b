// name: names_of_bodies
// subject: checking
// zh: 哪些部门在文件中有几种写法？
// en: Which bodies are printed under several names?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_names: integer = 3 | 至少几种写法 | at least this many names
// column city: text | 城市 | city
// column body: text | 部门 | body
// column names: texts | 写法 | names as printed
// column count: count | 写法数 | number of names
// column body_uid: id | 部门标识 | body uid
MATCH (b:Department)-[:IN]->(c:City)
WHERE (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (b)-[r:LEADS|SUPPORTS]->(h)
WITH DISTINCT c.uid AS city_uid, c.name AS city, b.uid AS body_uid, b.name AS body, r.printed_name AS printed
ORDER BY printed
WITH city_uid, city, body_uid, body, collect(printed) AS names
WHERE size(names) >= $min_names
RETURN city, body, names, size(names) AS count, body_uid
ORDER BY city_uid, count DESC, body_uid
