// name: issuers
// subject: documents
// zh: 各文件由哪个机关发布？
// en: Which body issued each document?
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// column city: text | 城市 | city
// column body: text | 发文机关 | issuing body
// column kind: code | 类别 | kind
// column document: text | 文件 | document
// column doc_no: text | 文号 | document number
// column issued: text | 发布日期 | issued on
// column status: code | 文件状态 | status of documents
// column document_uid: id | 文件标识 | document uid
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)
WHERE d.kind <> 'study' AND (c.name STARTS WITH $city OR c.adcode = $city)
MATCH (d)-[:ISSUED_BY]->(b:Department)
RETURN c.name AS city, b.name AS body, b.kind AS kind, d.name AS document, d.doc_no AS doc_no, d.issued AS issued,
       d.status AS status, d.uid AS document_uid, b.uid AS body_uid
ORDER BY document_uid, body_uid
