"""The analysts' library: one saved question a file, a header and the Cypher; :mod:`queries.saved` reads them."""
