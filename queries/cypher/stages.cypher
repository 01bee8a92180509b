// name: stages
// subject: documents
// zh: 各市任务处在哪个推进阶段（探索、试点、推广、全面推行、常态化）？
// en: At which stage are the tasks of each city (explored, tried out, spread, applied everywhere, routine)?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column stage: text | 推进阶段（空为未写） | stage (empty: none printed)
// column form: code | 任务形式 | form of task
// column tasks: count | 任务数 | tasks
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(:Action)-[:HAS_TASK]->(k:Task)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
WITH c.uid AS city_uid, c.name AS city, coalesce(k.stage, '') AS stage, k.form AS form, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH city_uid, city, stage, form, count(*) AS tasks, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN city, stage, form, tasks,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid
ORDER BY city_uid, form, tasks DESC, stage
