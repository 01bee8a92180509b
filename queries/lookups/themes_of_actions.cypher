// Every action with its main theme, null where none was sure enough.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)
OPTIONAL MATCH (action)-[t:ADDRESSES]->(theme:Theme)
RETURN doc.uid AS document, doc.name AS title, action.uid AS action, action.ref AS ref, action.heading AS heading,
       theme.uid AS theme, t.main AS main
ORDER BY action, main, theme
