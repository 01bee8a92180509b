// name: coordination_cost
// subject: dependencies
// zh: 各市一条举措平均牵涉几个部门，多少举措超过 N 个部门？
// en: How many bodies does an action involve on average in each city, and how many actions involve more than N?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// param many: integer = 5 | 超过几个部门算多 | more bodies than this are many
// column city: text | 城市 | city
// column actions: count | 有责任部门的举措数 | actions with bodies
// column mean: decimal | 平均部门数 | bodies per action (mean)
// column most: count | 最多部门数 | most bodies
// column pairs: count | 需协调的部门对数 | pairs of bodies to coordinate
// column crowded: count | 部门多的举措数 | actions with many bodies
// column crowded_share: share | 占举措比例 | share of actions
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[:HAS_TASK*0..1]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, c.name AS city, a.uid AS action_uid, count(DISTINCT b.uid) AS bodies,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH city_uid, city, count(*) AS actions, sum(bodies) AS named, max(bodies) AS most,
     sum(bodies * (bodies - 1) / 2) AS pairs, sum(CASE WHEN bodies > $many THEN 1 ELSE 0 END) AS crowded, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, actions, toFloat(named) / actions AS mean, most, pairs, crowded,
       toFloat(crowded) / actions AS crowded_share,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid
ORDER BY mean DESC, city_uid
