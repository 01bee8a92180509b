// name: sources_of_duties
// subject: checking
// zh: 每份文件的责任有多少出自条款、标题、附注和正文句子，多少只是统称？
// en: How many responsibilities of each document come from clauses, headings, notes and running text, and how many are collectives?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column document: text | 文件 | document
// column clause: count | 责任条款 | in clauses
// column section: count | 标题 | in headings
// column note: count | 附注（默认不计） | in notes (not counted)
// column text: count | 正文句子（从不计） | in running text (never counted)
// column collective: count | 其中统称 | of these collectives
// column guess: count | 其中推测 | of these guesses
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column document_uid: id | 文件标识 | document uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT r.inherited
WITH c.name AS city, d.uid AS document_uid, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     r.basis AS basis, r.collective AS collective, r.certainty AS certainty
WITH city, document_uid, document, status, year, sum(CASE WHEN basis = 'clause' THEN 1 ELSE 0 END) AS clause,
     sum(CASE WHEN basis = 'section' THEN 1 ELSE 0 END) AS section, sum(CASE WHEN basis = 'note' THEN 1 ELSE 0 END) AS note,
     sum(CASE WHEN basis = 'text' THEN 1 ELSE 0 END) AS text, sum(CASE WHEN collective THEN 1 ELSE 0 END) AS collective,
     sum(CASE WHEN certainty = 'guess' THEN 1 ELSE 0 END) AS guess
RETURN city, document, clause, section, note, text, collective, guess, status, year, document_uid
ORDER BY document_uid
