// Every action with its main theme, null where none was sure enough.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)
OPTIONAL MATCH (action)-[t:ADDRESSES]->(theme:Theme)
RETURN doc.uid AS document, doc.name AS title, action.uid AS action, action.ref AS ref, action.heading AS heading,
       action.due AS due, theme.uid AS theme, theme.name AS theme_name, theme.name_en AS theme_name_en, t.main AS main
ORDER BY action, main, theme
