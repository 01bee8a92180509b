// Every task whose clause prints a time limit, with the heading of its action.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)-[:HAS_TASK]->(task:Task)
WHERE task.due IS NOT NULL
RETURN doc.uid AS document, task.uid AS holder, action.uid AS action, task.ref AS ref, action.heading AS heading,
       task.text AS words, task.due AS due, task.span_start AS place
ORDER BY document, place, holder
