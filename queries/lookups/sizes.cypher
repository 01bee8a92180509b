// How many actions, tasks, targets and bodies there are.
MATCH (n:Action) RETURN 'Action' AS label, count(n) AS number
UNION ALL
MATCH (n:Task) RETURN 'Task' AS label, count(n) AS number
UNION ALL
MATCH (n:Target) RETURN 'Target' AS label, count(n) AS number
