// name: function_load
// subject: workload
// zh: 各条线在多少个城市出现，共牵头、配合多少项？
// en: In how many cities does each line of work appear, and how much does it lead and support there?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column function: text | 条线 | line of work
// column cities: count | 城市数 | cities
// column lead: count | 牵头（项） | leads (items)
// column joint: count | 共同牵头（项） | joint leads (items)
// column support: count | 配合（项） | supports (items)
// column total: count | 合计（项） | total (items)
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column function_uid: id | 条线标识 | function uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)-[:PERFORMS]->(f:Function)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
  AND r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH c.uid AS city_uid, f.uid AS function_uid, f.name AS function, h.uid AS item_uid,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     min(CASE WHEN type(r) = 'SUPPORTS' THEN 2 WHEN r.joint THEN 1 ELSE 0 END) AS role
WITH function_uid, function, count(DISTINCT city_uid) AS cities,
     sum(CASE WHEN role = 0 THEN 1 ELSE 0 END) AS lead, sum(CASE WHEN role = 1 THEN 1 ELSE 0 END) AS joint,
     sum(CASE WHEN role = 2 THEN 1 ELSE 0 END) AS support,
     count(*) AS total, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN function, cities, lead, joint, support, total,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, function_uid
ORDER BY total DESC, function_uid
