// The text of the tasks of the actions of a list, in order.
MATCH (action:Action)-[h:HAS_TASK]->(task:Task)
WHERE action.uid IN $actions
RETURN action.uid AS action, task.text AS text, h.order AS place
ORDER BY action, place
