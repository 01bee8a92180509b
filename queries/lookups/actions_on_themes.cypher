// The actions that address one of the themes of a list, in the order of the text.
MATCH (doc:Document)-[h:HAS_ACTION]->(action:Action)-[t:ADDRESSES]->(theme:Theme)
WHERE theme.uid IN $themes
RETURN doc.uid AS document, action.uid AS action, action.ref AS ref, action.heading AS heading, theme.uid AS theme,
       t.main AS main, h.order AS place
ORDER BY document, place, theme
