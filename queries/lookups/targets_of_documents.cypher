// Every target that a document sets outside its sections and actions, with the indicator it measures.
MATCH (doc:Document)-[:SETS]->(target:Target)-[m:MEASURES]->(indicator:Indicator)
RETURN doc.uid AS document, doc.uid AS holder, doc.uid AS action, '' AS ref, '' AS heading,
       target.uid AS uid, target.name AS name, target.op AS op, target.value AS value,
       target.value_max AS value_max, target.unit AS unit, target.per AS per, target.deadline AS deadline,
       target.baseline AS baseline, target.quote AS quote, target.span_start AS place,
       indicator.uid AS indicator, indicator.name AS indicator_name, indicator.family AS family,
       indicator.dimension AS dimension, indicator.unit AS indicator_unit, indicator.direction AS direction,
       m.strict AS strict, m.factor AS factor
ORDER BY document, place, uid
