// name: documents
// subject: documents
// zh: 图谱里有哪些文件，各含多少章节、举措、任务和目标值？
// en: Which documents are in the graph, with how many sections, actions, tasks and targets?
// column city: text | 城市（发布或论及） | city (issued by or about)
// column document: text | 文件 | document
// column kind: code | 类别 | kind
// column status: code | 状态 | status
// column year: number | 年份 | year
// column sections: count | 章节数 | sections
// column actions: count | 举措数 | actions
// column tasks: count | 任务数 | tasks
// column targets: count | 目标值数 | targets
// column convention: text | 分工写法 | convention
// column document_uid: id | 文件标识 | document uid
MATCH (d:Document)
OPTIONAL MATCH (c:City)-[:ISSUED]->(d)
OPTIONAL MATCH (d)-[:ABOUT]->(k:City)
WITH d, min(coalesce(c.name, k.name)) AS city
RETURN city, d.name AS document, d.kind AS kind, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
       COUNT { MATCH (d)-[:HAS_SECTION]->(:Section) } AS sections,
       COUNT { MATCH (d)-[:HAS_ACTION]->(:Action) } AS actions,
       COUNT { MATCH (d)-[:HAS_ACTION]->(:Action)-[:HAS_TASK]->(:Task) } AS tasks,
       COUNT { MATCH (d)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[:SETS]->(:Target) } AS targets,
       d.convention AS convention, d.uid AS document_uid
ORDER BY document_uid
