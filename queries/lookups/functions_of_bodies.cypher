// The lines of work of every body.
MATCH (body:Department)-[:PERFORMS]->(f:Function)
RETURN body.uid AS body, f.uid AS uid, f.name AS name, f.name_en AS name_en
ORDER BY body, uid
