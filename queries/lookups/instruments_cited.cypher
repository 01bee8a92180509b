// The instruments that the nodes of a list cite, each once.
MATCH (holder)-[:CITES]->(instrument:Instrument)
WHERE holder.uid IN $holders
RETURN DISTINCT holder.uid AS holder, instrument.uid AS uid, instrument.name AS name
ORDER BY holder, uid
