// name: citations
// subject: instruments
// zh: 某法规文件在哪些地方被引用，原文如何？
// en: Where is an instrument cited, and in which words?
// param instrument: text(Instrument) | 名称中的文字 | words of its name
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column instrument: text | 依据文件 | instrument
// column city: text | 城市 | city
// column ref: text | 条目编号 | item number
// column quote: text | 原文 | source sentence
// column document: text | 文件 | document
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column holder_uid: id | 条目标识 | holder uid
// column instrument_uid: id | 依据文件标识 | instrument uid
// column place: id | 在正文中的起点 | place in the text
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*0..2]->(h)-[k:CITES]->(i:Instrument)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND i.name CONTAINS $instrument
RETURN i.name AS instrument, c.name AS city, h.ref AS ref, k.quote AS quote, d.name AS document, d.status AS status,
       coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year, h.uid AS holder_uid, i.uid AS instrument_uid, k.span_start AS place
ORDER BY instrument_uid, holder_uid, place
