// Every document with the city that issued it, or that a study is about.
MATCH (doc:Document)
OPTIONAL MATCH (issuer:City)-[:ISSUED]->(doc)
OPTIONAL MATCH (doc)-[:ABOUT]->(subject:City)
RETURN doc.uid AS uid, doc.name AS name, doc.file AS file, doc.kind AS kind, doc.status AS status,
       doc.issued AS issued, doc.period_start AS period_start, doc.period_end AS period_end,
       issuer.uid AS issuer_uid, issuer.name AS issuer_name, issuer.adcode AS issuer_adcode,
       subject.uid AS subject_uid, subject.name AS subject_name, subject.adcode AS subject_adcode
ORDER BY uid, issuer_uid, subject_uid
