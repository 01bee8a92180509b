// name: partners
// subject: dependencies
// zh: 每个部门与多少个不同部门同条目共事？
// en: With how many different bodies does each body share items?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column city: text | 城市 | city
// column body: text | 部门 | body
// column partners: count | 共事部门数 | partners (bodies)
// column items: count | 条目数 | items
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, h.uid AS item_uid, b.uid AS body_uid, b.name AS body,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH city_uid, city, item_uid, collect({uid: body_uid, name: body}) AS bodies
UNWIND bodies AS one
UNWIND bodies AS two
WITH city_uid, city, one.uid AS body_uid, one.name AS body, count(DISTINCT item_uid) AS items,
     count(DISTINCT two.uid) - 1 AS partners
RETURN city, body, partners, items, body_uid
ORDER BY city_uid, partners DESC, items DESC, body_uid
