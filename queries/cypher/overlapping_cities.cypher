// name: overlapping_cities
// subject: overlap
// zh: 哪些城市之间做同样事情的举措或任务最多？
// en: Which cities have the most actions or tasks in common?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_score: number = 0.75 | 至少的相似度（0 至 1；报告从 0.75 起） | at least this score (0 to 1; reports begin at 0.75)
// column city: text | 城市甲 | first city
// column other_city: text | 城市乙 | second city
// column pairs: count | 相似的条目对数 | overlapping pairs of items
// column best: ratio | 最高相似度（0 至 1） | highest score (0 to 1)
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
// column other_uid: id | 城市乙标识 | second city uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION|HAS_TASK*1..2]->(x)-[o:OVERLAPS]->(y)<-[:HAS_ACTION|HAS_TASK*1..2]-(e:Document)<-[:ISSUED]-(k:City)
WHERE d.kind <> 'study' AND e.kind <> 'study' AND k.uid <> c.uid AND o.score >= $min_score
  AND (c.name STARTS WITH $city OR c.adcode = $city OR k.name STARTS WITH $city OR k.adcode = $city)
WITH c.uid AS c_uid, c.name AS c_name, k.uid AS k_uid, k.name AS k_name, d.status AS d_status, e.status AS e_status,
     coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS d_year,
     coalesce(toInteger(substring(e.issued, 0, 4)), e.period_start) AS e_year, count(*) AS many, max(o.score) AS score
UNWIND [{status: d_status, year: d_year}, {status: e_status, year: e_year}] AS plan
WITH CASE WHEN c_uid <= k_uid THEN c_uid ELSE k_uid END AS city_uid,
     CASE WHEN c_uid <= k_uid THEN c_name ELSE k_name END AS city,
     CASE WHEN c_uid <= k_uid THEN k_uid ELSE c_uid END AS other_uid,
     CASE WHEN c_uid <= k_uid THEN k_name ELSE c_name END AS other_city, many, score, plan
WITH city_uid, city, other_uid, other_city, sum(many) / 2 AS pairs, max(score) AS best,
     min(plan.status) AS least, max(plan.status) AS greatest, max(plan.year) AS year
RETURN city, other_city, pairs, best,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid, other_uid
ORDER BY pairs DESC, city_uid, other_uid
