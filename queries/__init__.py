"""Questions asked of a responsibility graph: one module a subject.

``lookups/`` holds the Cypher these modules read a store with, ``cypher/`` the analysts' library of saved questions.
"""
