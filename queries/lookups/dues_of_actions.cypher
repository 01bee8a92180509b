// Every action whose clause prints a time limit.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)
WHERE action.due IS NOT NULL
RETURN doc.uid AS document, action.uid AS holder, action.uid AS action, action.ref AS ref, action.heading AS heading,
       action.heading AS words, action.due AS due, action.span_start AS place
ORDER BY document, place, holder
