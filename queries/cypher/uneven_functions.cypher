// name: uneven_functions
// subject: workload
// zh: 同一条线在各城市牵头的份量相差多少？（占该市有牵头条目的比例）
// en: How differently is one line of work loaded over the cities? (share of the items with a lead in the city)
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_cities: integer = 2 | 至少出现在几个城市 | in at least this many cities
// column function: text | 条线 | line of work
// column cities: count | 城市数 | cities
// column lowest: share | 最低占比 | lowest share
// column lowest_city: text | 占比最低的城市 | city of the lowest
// column highest: share | 最高占比 | highest share
// column highest_city: text | 占比最高的城市 | city of the highest
// column spread: share | 差距（百分点） | spread (percentage points)
// column function_uid: id | 条线标识 | function uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH DISTINCT c.uid AS city_uid, c.name AS city, b.uid AS body_uid, h.uid AS item_uid
WITH city_uid, city, count(DISTINCT item_uid) AS led, collect({body: body_uid, item: item_uid}) AS duties
UNWIND duties AS duty
MATCH (:Department {uid: duty.body})-[:PERFORMS]->(f:Function)
WITH city_uid, city, led, f.uid AS function_uid, f.name AS function, count(DISTINCT duty.item) AS leads
WITH city_uid, city, function_uid, function, toFloat(leads) / led AS share
ORDER BY share, city_uid
WITH function_uid, function, collect(city) AS places, collect(share) AS shares
WHERE size(places) >= $min_cities
RETURN function, size(places) AS cities, head(shares) AS lowest, head(places) AS lowest_city,
       last(shares) AS highest, last(places) AS highest_city, last(shares) - head(shares) AS spread, function_uid
ORDER BY spread DESC, function_uid
