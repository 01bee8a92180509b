// name: colead_pairs
// subject: dependencies
// zh: 哪些部门经常共同牵头同一条目？
// en: Which bodies often lead the same item together?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_shared: integer = 2 | 至少共同牵头的条目数 | at least this many items led together
// column city: text | 城市 | city
// column first: text | 部门甲 | first body
// column second: text | 部门乙 | second body
// column shared: count | 共同牵头（项） | led together (items)
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column first_uid: id | 甲标识 | first uid
// column second_uid: id | 乙标识 | second uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH DISTINCT c.uid AS city_uid, c.name AS city, h.uid AS item_uid, b.uid AS body_uid, b.name AS body,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH city_uid, city, item_uid, status, year, collect({uid: body_uid, name: body}) AS bodies
UNWIND bodies AS one
UNWIND bodies AS two
WITH city_uid, city, status, year, one.uid AS first_uid, one.name AS first, two.uid AS second_uid, two.name AS second
WHERE first_uid < second_uid
WITH city_uid, city, first_uid, first, second_uid, second, count(*) AS shared, min(status) AS least, max(status) AS greatest, max(year) AS year
WHERE shared >= $min_shared
RETURN city, first, second, shared,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, first_uid, second_uid
ORDER BY city_uid, shared DESC, first_uid, second_uid
