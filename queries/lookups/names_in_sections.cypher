// Every name of a body as printed by the heading of a section, with its role and how often.
MATCH (doc:Document)-[:HAS_SECTION]->(section:Section)<-[r:LEADS|SUPPORTS]-(body:Department)
WHERE r.inherited = false
RETURN doc.uid AS document, body.uid AS body, r.printed_name AS printed, type(r) AS role, count(r) AS times
ORDER BY document, body, printed, role
