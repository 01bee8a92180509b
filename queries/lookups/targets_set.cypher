// The targets that the nodes of a list set, in the order of the text.
MATCH (holder)-[s:SETS]->(target:Target)
WHERE holder.uid IN $holders
RETURN holder.uid AS holder, target.uid AS uid, target.name AS name, target.op AS op, target.value AS value,
       target.value_max AS value_max, target.unit AS unit, target.per AS per, target.deadline AS deadline,
       target.quote AS quote, target.span_start AS place
ORDER BY place, uid
