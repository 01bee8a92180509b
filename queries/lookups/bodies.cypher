// Every body with its kind, its other names, its place and its lines of work, and why it has them.
MATCH (body:Department)
OPTIONAL MATCH (body)-[:IN]->(city:City)
OPTIONAL MATCH (body)-[p:PERFORMS]->(f:Function)
RETURN body.uid AS uid, body.name AS name, body.kind AS kind, body.aliases AS aliases,
       city.name AS city, city.adcode AS adcode,
       f.uid AS function, f.name AS function_name, f.name_en AS function_name_en, p.why AS why
ORDER BY uid, city, function
