// name: overlapping_cities
// subject: overlap
// zh: 哪些城市之间做同样事情的举措或任务最多？
// en: Which cities have the most actions or tasks in common?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param min_score: number = 0 | 至少的相似度 | at least this score
// column city: text | 城市甲 | first city
// column other_city: text | 城市乙 | second city
// column pairs: count | 相似的条目对数 | overlapping pairs of items
// column best: number | 最高相似度 | highest score
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column city_uid: id | 城市标识 | city uid
// column other_uid: id | 城市乙标识 | second city uid
MATCH (x)-[o:OVERLAPS]->(y)
MATCH (x)<-[:HAS_ACTION|HAS_TASK*1..2]-(d:Document)<-[:ISSUED]-(c:City)
MATCH (y)<-[:HAS_ACTION|HAS_TASK*1..2]-(e:Document)<-[:ISSUED]-(k:City)
WHERE d.kind <> 'study' AND e.kind <> 'study'
  AND o.score >= $min_score
  AND (c.name STARTS WITH $city OR c.adcode = $city OR k.name STARTS WITH $city OR k.adcode = $city)
WITH CASE WHEN c.uid <= k.uid THEN c ELSE k END AS one, CASE WHEN c.uid <= k.uid THEN k ELSE c END AS two, o.score AS score,
     [{status: d.status, year: coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start)},
      {status: e.status, year: coalesce(toInteger(substring(e.issued, 0, 4)), e.period_start)}] AS plans
UNWIND plans AS plan
WITH one.uid AS city_uid, one.name AS city, two.uid AS other_uid, two.name AS other_city, count(*) / 2 AS pairs,
     max(score) AS best, min(plan.status) AS least, max(plan.status) AS greatest, max(plan.year) AS year
RETURN city, other_city, pairs, best,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, city_uid, other_uid
ORDER BY pairs DESC, city_uid, other_uid
