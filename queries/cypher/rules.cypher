// name: rules
// subject: checking
// zh: 每份文件的牵头配合是按哪些规则判定的，各多少项？
// en: By which rules were the roles of each document read, and how often each?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column document: text | 文件 | document
// column rule: text | 判定规则 | rule
// column certainty: code | 确定程度 | certainty
// column duties: count | 责任数 | responsibilities
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column document_uid: id | 文件标识 | document uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_SECTION|HAS_ACTION|HAS_TASK*1..2]->(h)<-[r:LEADS|SUPPORTS]-(b:Department)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city) AND NOT r.inherited
  AND r.basis <> 'text'
WITH c.name AS city, d.uid AS document_uid, d.name AS document, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year,
     r.rule AS rule, r.certainty AS certainty, count(*) AS duties
RETURN city, document, rule, certainty, duties, status, year, document_uid
ORDER BY document_uid, duties DESC, rule, certainty
