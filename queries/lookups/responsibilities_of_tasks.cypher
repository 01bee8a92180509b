// Every responsibility that a task of some documents prints, with $inherited also what it inherits from its action.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)-[:HAS_TASK]->(task:Task)<-[r:LEADS|SUPPORTS]-(body:Department)
WHERE doc.uid IN $documents AND (r.inherited = false OR $inherited)
RETURN doc.uid AS document, task.uid AS holder, task.ref AS ref, action.uid AS action, task.form AS form,
       body.uid AS body, body.name AS name,
       type(r) AS role, r.joint AS joint, r.duty AS duty, r.basis AS basis, r.inherited AS inherited,
       r.collective AS collective, r.position AS position, r.quote AS quote
ORDER BY document, holder, body, role, basis, position, quote
