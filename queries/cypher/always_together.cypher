// name: always_together
// subject: dependencies
// zh: 哪些部门总是一起出现？（共同条目占较少一方条目的比例）
// en: Which pairs of bodies always meet? (shared items as a share of the items of the one with fewer)
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param min_shared: integer = 3 | 至少共同的条目数 | at least this many shared items
// param min_rate: number = 1 | 至少的共同比例 | at least this share together
// column city: text | 城市 | city
// column first: text | 部门甲 | first body
// column second: text | 部门乙 | second body
// column shared: count | 共同条目 | shared items
// column first_items: count | 甲的条目 | items of the first
// column second_items: count | 乙的条目 | items of the second
// column rate: share | 共同比例 | share together
// column first_uid: id | 甲标识 | first uid
// column second_uid: id | 乙标识 | second uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, h.uid AS item_uid, b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, body_uid, body, collect(item_uid) AS items
WITH city_uid, city, body_uid, body, items, size(items) AS many
WHERE many >= $min_shared
UNWIND items AS item_uid
WITH city_uid, city, item_uid, collect({uid: body_uid, name: body, many: many}) AS bodies
UNWIND bodies AS one
UNWIND bodies AS two
WITH city_uid, city, one.uid AS first_uid, one.name AS first, one.many AS first_items,
     two.uid AS second_uid, two.name AS second, two.many AS second_items
WHERE first_uid < second_uid
WITH city_uid, city, first_uid, first, first_items, second_uid, second, second_items, count(*) AS shared
WITH city_uid, city, first_uid, first, first_items, second_uid, second, second_items, shared,
     toFloat(shared) / CASE WHEN first_items < second_items THEN first_items ELSE second_items END AS rate
WHERE shared >= $min_shared AND rate >= $min_rate
RETURN city, first, second, shared, first_items, second_items, rate, first_uid, second_uid
ORDER BY city_uid, shared DESC, first_uid, second_uid
