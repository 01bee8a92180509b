// The documents in which an action names one of the bodies of a list.
MATCH (doc:Document)-[:HAS_ACTION]->(:Action)<-[:LEADS|SUPPORTS]-(body:Department)
WHERE body.uid IN $bodies
RETURN DISTINCT doc.uid AS document
ORDER BY document
