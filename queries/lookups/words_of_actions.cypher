// The text of the tasks, with their time limit, of the actions of a list, in order.
MATCH (action:Action)-[h:HAS_TASK]->(task:Task)
WHERE action.uid IN $actions
RETURN action.uid AS action, task.uid AS task, task.text AS text, task.due AS due, h.order AS place
ORDER BY action, place
