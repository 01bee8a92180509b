// Every document with its file and the city that issued it, or that a study is about.
MATCH (doc:Document)
OPTIONAL MATCH (issuer:City)-[:ISSUED]->(doc)
OPTIONAL MATCH (doc)-[:ABOUT]->(subject:City)
RETURN doc.uid AS uid, doc.name AS name, doc.file AS file,
       coalesce(issuer.name, subject.name) AS city, coalesce(issuer.adcode, subject.adcode) AS adcode
ORDER BY uid, city
