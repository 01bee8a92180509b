"""The graph on a Neo4j server: loading it, comparing it, reading it as every command reads a folder."""
