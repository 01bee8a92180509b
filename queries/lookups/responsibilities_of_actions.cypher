// Every responsibility that an action of some documents prints: who, in which role, where in its list.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)<-[r:LEADS|SUPPORTS]-(body:Department)
WHERE doc.uid IN $documents
RETURN doc.uid AS document, action.uid AS holder, action.ref AS ref, action.uid AS action, 'action' AS form,
       body.uid AS body, body.name AS name,
       type(r) AS role, r.joint AS joint, r.duty AS duty, r.basis AS basis, r.inherited AS inherited,
       r.collective AS collective, r.position AS position, r.quote AS quote
ORDER BY document, holder, body, role, basis, position, quote
