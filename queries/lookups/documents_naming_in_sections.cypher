// The documents in which the heading of a section names one of the bodies of a list.
MATCH (doc:Document)-[:HAS_SECTION]->(:Section)<-[:LEADS|SUPPORTS]-(body:Department)
WHERE body.uid IN $bodies
RETURN DISTINCT doc.uid AS document
ORDER BY document
