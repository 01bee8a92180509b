// The headings of the actions and sections of some documents, in order.
MATCH (doc:Document)-[h:HAS_ACTION|HAS_SECTION]->(holder)
WHERE doc.uid IN $documents
RETURN holder.uid AS holder, holder.ref AS ref, holder.heading AS heading, doc.uid AS document, h.order AS place
ORDER BY document, place, holder
