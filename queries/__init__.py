"""Questions asked of a responsibility graph: one module a subject, the Cypher they run beside them in ``cypher/``."""
