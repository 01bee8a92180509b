// The headings of every document, by outline number.
MATCH (doc:Document)-[h:HAS_SECTION]->(section:Section)
RETURN doc.uid AS document, section.ref AS ref, section.heading AS heading, h.order AS place
ORDER BY document, place
