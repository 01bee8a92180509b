// Every target whose number can be compared, with its indicator and the node that sets it.
MATCH (holder)-[:SETS]->(target:Target)-[m:MEASURES]->(indicator:Indicator)
WHERE m.strict = true
RETURN indicator.uid AS indicator, indicator.name AS indicator_name, indicator.family AS family,
       target.uid AS target, target.name AS name, target.op AS op, target.value AS value,
       target.value_max AS value_max, target.unit AS unit, target.per AS per, target.quote AS quote,
       holder.uid AS holder
ORDER BY indicator, name, target, holder
