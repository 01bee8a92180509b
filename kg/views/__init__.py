"""Interactive pages: each one file that needs no network, made of records and a template.

``page`` puts a page together (template, style, script, data, policy), ``facts`` reads a graph once for all pages, one
module a kind of page gives what its template shows, ``site`` writes them all and links them.
"""
