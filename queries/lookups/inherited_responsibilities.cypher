// How many responsibilities the tasks of some documents inherit from their actions.
MATCH (doc:Document)-[:HAS_ACTION]->(:Action)-[:HAS_TASK]->(:Task)<-[r:LEADS|SUPPORTS]-(:Department)
WHERE doc.uid IN $documents AND r.inherited = true
RETURN doc.uid AS document, count(r) AS responsibilities
ORDER BY document
