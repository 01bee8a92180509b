// Where the bodies of a list are named: the name as printed, the sentence, and the node that holds it.
MATCH (body:Department)-[r:LEADS|SUPPORTS]->(holder)
WHERE body.uid IN $bodies AND r.inherited = false
RETURN body.uid AS body, r.printed_name AS printed, r.quote AS quote, holder.uid AS holder
ORDER BY body, printed, holder, quote
