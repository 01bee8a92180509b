// name: chain
// subject: dependencies
// zh: 两个部门之间最短的共事链条是什么？（最多三环，每环是两部门共同的条目）
// en: What is the shortest chain of shared items between two bodies? (up to three links, each an item that names both)
// param first: text(Department) | 起点部门的编号或名称 | first body, by uid or name
// param second: text(Department) | 终点部门的编号或名称 | second body, by uid or name
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column links: count | 环数 | links
// column bodies: texts | 依次的部门 | bodies, in order
// column city: text | 城市 | city
// column uids: id | 部门标识 | uids
MATCH (a:Department)-[:IN]->(c:City)<-[:IN]-(z:Department)
WHERE (a.uid = $first OR a.name = $first) AND (z.uid = $second OR z.name = $second) AND a.uid <> z.uid
  AND (c.name STARTS WITH $city OR c.adcode = $city)
OPTIONAL MATCH (:Document {kind: 'study'})-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(k)
WITH c, a, z, collect(k.uid) AS studied
OPTIONAL MATCH (a)-[r1:LEADS|SUPPORTS]->(h1)<-[s1:LEADS|SUPPORTS]-(y1:Department)
WHERE r1.basis <> 'text' AND NOT r1.inherited AND ($notes OR r1.basis <> 'note') AND ($collectives OR NOT r1.collective)
  AND s1.basis <> 'text' AND NOT s1.inherited AND ($notes OR s1.basis <> 'note') AND ($collectives OR NOT s1.collective)
  AND NOT h1.uid IN studied
WITH studied, c, a, z, collect(DISTINCT y1.uid) AS from_first
OPTIONAL MATCH (z)-[r2:LEADS|SUPPORTS]->(h2)<-[s2:LEADS|SUPPORTS]-(y2:Department)
WHERE r2.basis <> 'text' AND NOT r2.inherited AND ($notes OR r2.basis <> 'note') AND ($collectives OR NOT r2.collective)
  AND s2.basis <> 'text' AND NOT s2.inherited AND ($notes OR s2.basis <> 'note') AND ($collectives OR NOT s2.collective)
  AND NOT h2.uid IN studied
WITH studied, c, a, z, from_first, collect(DISTINCT y2.uid) AS from_second
UNWIND CASE WHEN z.uid IN from_first OR size(from_first) = 0 THEN [a.uid] ELSE from_first END AS middle
OPTIONAL MATCH (m:Department {uid: middle})-[r3:LEADS|SUPPORTS]->(h3)<-[s3:LEADS|SUPPORTS]-(y3:Department)
WHERE r3.basis <> 'text' AND NOT r3.inherited AND ($notes OR r3.basis <> 'note') AND ($collectives OR NOT r3.collective)
  AND s3.basis <> 'text' AND NOT s3.inherited AND ($notes OR s3.basis <> 'note') AND ($collectives OR NOT s3.collective)
  AND NOT h3.uid IN studied AND NOT z.uid IN from_first AND NOT middle IN from_second AND y3.uid IN from_second AND y3.uid <> a.uid
WITH DISTINCT c.name AS city, a.uid AS first_uid, z.uid AS second_uid,
     CASE WHEN z.uid IN from_first THEN [a.uid, z.uid] WHEN middle IN from_second THEN [a.uid, middle, z.uid]
          WHEN y3 IS NOT NULL THEN [a.uid, middle, y3.uid, z.uid] END AS uids
WHERE uids IS NOT NULL
WITH city, first_uid, second_uid, uids, size(uids) - 1 AS links
ORDER BY links, uids[1], uids[2]
WITH city, first_uid, second_uid, head(collect(uids)) AS uids
UNWIND range(0, size(uids) - 1) AS place
MATCH (b:Department {uid: uids[place]})
WITH city, first_uid, second_uid, uids, place, b.name AS body
ORDER BY place
WITH city, first_uid, second_uid, uids, collect(body) AS bodies
RETURN size(uids) - 1 AS links, bodies, city, uids
ORDER BY first_uid, second_uid
