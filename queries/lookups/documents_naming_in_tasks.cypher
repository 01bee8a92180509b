// The documents in which a task names one of the bodies of a list.
MATCH (doc:Document)-[:HAS_ACTION]->(:Action)-[:HAS_TASK]->(:Task)<-[:LEADS|SUPPORTS]-(body:Department)
WHERE body.uid IN $bodies
RETURN DISTINCT doc.uid AS document
ORDER BY document
