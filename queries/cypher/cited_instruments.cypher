// name: cited_instruments
// subject: instruments
// zh: 哪些法规文件被最多城市引用？（min_share = 1 为各市都引，max_cities = 1 为只有一市引）
// en: Which instruments are cited by the most cities? (min_share = 1: by all; max_cities = 1: by one only)
// param min_share: number = 0 | 至少占引用文件的城市的比例 | at least this share of the cities that issued a plan
// param max_cities: integer = 0 | 最多几个城市；0 为不限 | at most this many cities; 0 for any number
// column instrument: text | 依据文件 | instrument
// column doc_no: text | 文号 | document number
// column kind: code | 类别 | kind
// column cities: count | 城市数 | cities
// column share: share | 占城市比例 | share of cities
// column citations: count | 引用次数 | citations
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column instrument_uid: id | 依据文件标识 | instrument uid
MATCH (p:City)-[:ISSUED]->(q:Document)
WHERE q.kind <> 'study'
WITH count(DISTINCT p.uid) AS all_cities
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[k:CITES]->(i:Instrument)
WHERE d.kind <> 'study'
WITH all_cities, i.uid AS instrument_uid, i.name AS instrument, i.doc_no AS doc_no, i.kind AS kind, c.uid AS city_uid,
     d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH all_cities, instrument_uid, instrument, doc_no, kind, count(DISTINCT city_uid) AS cities, count(*) AS citations,
     min(status) AS least, max(status) AS greatest, max(year) AS year
WITH instrument_uid, instrument, doc_no, kind, cities, citations,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, toFloat(cities) / all_cities AS share
WHERE share >= $min_share AND ($max_cities = 0 OR cities <= $max_cities)
RETURN instrument, doc_no, kind, cities, share, citations, status, year, instrument_uid
ORDER BY cities DESC, citations DESC, instrument_uid
