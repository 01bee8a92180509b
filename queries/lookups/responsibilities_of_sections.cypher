// Every responsibility that the heading of a section of some documents prints.
MATCH (doc:Document)-[:HAS_SECTION]->(section:Section)<-[r:LEADS|SUPPORTS]-(body:Department)
WHERE doc.uid IN $documents
RETURN doc.uid AS document, section.uid AS holder, section.ref AS ref, section.uid AS action, 'section' AS form,
       body.uid AS body, body.name AS name,
       type(r) AS role, r.joint AS joint, r.duty AS duty, r.basis AS basis, r.inherited AS inherited,
       r.collective AS collective, r.position AS position, r.quote AS quote
ORDER BY document, holder, body, role, basis, position, quote
