// name: reach
// subject: dependencies
// zh: 一个部门经共同条目在 k 步之内牵动哪些部门？（一步：两部门写在同一条目）
// en: Which bodies does one body reach in k steps of shared items? (one step: both are named by one item)
// param body: text(Department) | 部门名称、其他写法或编号 | a body by name, other printed name or uid
// param steps: integer = 2 | 最多几步（1 至 4） | at most this many steps (1 to 4)
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column step: count | 步数 | step
// column body: text | 部门 | body
// column kind: code | 类别 | kind
// column body_uid: id | 部门标识 | body uid
OPTIONAL MATCH (:Document {kind: 'study'})-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(k)
WITH collect(k.uid) AS studied
MATCH (b:Department)
WHERE (b.uid = $body OR b.name = $body OR $body IN b.aliases)
WITH studied, [b.uid] AS ring0
UNWIND CASE WHEN size(ring0) = 0 THEN [null] ELSE ring0 END AS at1
OPTIONAL MATCH (x1:Department {uid: at1})-[r1:LEADS|SUPPORTS]->(h1)<-[s1:LEADS|SUPPORTS]-(y1:Department)
WHERE r1.basis <> 'text' AND NOT r1.inherited AND ($notes OR r1.basis <> 'note') AND ($collectives OR NOT r1.collective)
  AND NOT h1.uid IN studied AND s1.basis <> 'text' AND NOT s1.inherited AND ($notes OR s1.basis <> 'note') AND ($collectives OR NOT s1.collective)
WITH studied, ring0, collect(DISTINCT y1.uid) AS met1
WITH studied, ring0, [u IN met1 WHERE NOT u IN ring0] AS ring1
UNWIND CASE WHEN size(ring1) = 0 THEN [null] ELSE ring1 END AS at2
OPTIONAL MATCH (x2:Department {uid: at2})-[r2:LEADS|SUPPORTS]->(h2)<-[s2:LEADS|SUPPORTS]-(y2:Department)
WHERE r2.basis <> 'text' AND NOT r2.inherited AND ($notes OR r2.basis <> 'note') AND ($collectives OR NOT r2.collective)
  AND NOT h2.uid IN studied AND s2.basis <> 'text' AND NOT s2.inherited AND ($notes OR s2.basis <> 'note') AND ($collectives OR NOT s2.collective)
WITH studied, ring0, ring1, collect(DISTINCT y2.uid) AS met2
WITH studied, ring0, ring1, [u IN met2 WHERE NOT u IN ring0 + ring1] AS ring2
UNWIND CASE WHEN size(ring2) = 0 THEN [null] ELSE ring2 END AS at3
OPTIONAL MATCH (x3:Department {uid: at3})-[r3:LEADS|SUPPORTS]->(h3)<-[s3:LEADS|SUPPORTS]-(y3:Department)
WHERE r3.basis <> 'text' AND NOT r3.inherited AND ($notes OR r3.basis <> 'note') AND ($collectives OR NOT r3.collective)
  AND NOT h3.uid IN studied AND s3.basis <> 'text' AND NOT s3.inherited AND ($notes OR s3.basis <> 'note') AND ($collectives OR NOT s3.collective)
WITH studied, ring0, ring1, ring2, collect(DISTINCT y3.uid) AS met3
WITH studied, ring0, ring1, ring2, [u IN met3 WHERE NOT u IN ring0 + ring1 + ring2] AS ring3
UNWIND CASE WHEN size(ring3) = 0 THEN [null] ELSE ring3 END AS at4
OPTIONAL MATCH (x4:Department {uid: at4})-[r4:LEADS|SUPPORTS]->(h4)<-[s4:LEADS|SUPPORTS]-(y4:Department)
WHERE r4.basis <> 'text' AND NOT r4.inherited AND ($notes OR r4.basis <> 'note') AND ($collectives OR NOT r4.collective)
  AND NOT h4.uid IN studied AND s4.basis <> 'text' AND NOT s4.inherited AND ($notes OR s4.basis <> 'note') AND ($collectives OR NOT s4.collective)
WITH studied, ring0, ring1, ring2, ring3, collect(DISTINCT y4.uid) AS met4
WITH studied, ring0, ring1, ring2, ring3, [u IN met4 WHERE NOT u IN ring0 + ring1 + ring2 + ring3] AS ring4
UNWIND [[1, ring1], [2, ring2], [3, ring3], [4, ring4]] AS found
WITH found[0] AS step, found[1] AS uids
WHERE step <= $steps
UNWIND uids AS body_uid
MATCH (b:Department {uid: body_uid})
WITH b.uid AS body_uid, b.name AS body, b.kind AS kind, min(step) AS step
RETURN step, body, kind, body_uid
ORDER BY step, body_uid
