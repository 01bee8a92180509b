// The place of every body.
MATCH (body:Department)-[:IN]->(city:City)
RETURN body.uid AS uid, city.name AS city, city.adcode AS adcode
ORDER BY uid, city
