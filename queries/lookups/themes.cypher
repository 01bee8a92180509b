// Every theme with what other schemes call it.
MATCH (theme:Theme)
RETURN theme.uid AS uid, theme.name AS name, theme.scheme AS scheme
ORDER BY uid
