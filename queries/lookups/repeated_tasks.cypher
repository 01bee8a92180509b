// Every task whose words say that something is done again and again.
MATCH (doc:Document)-[:HAS_ACTION]->(action:Action)-[:HAS_TASK]->(task:Task)
WHERE task.text CONTAINS '每日' OR task.text CONTAINS '每天' OR task.text CONTAINS '每周' OR task.text CONTAINS '每月'
   OR task.text CONTAINS '每季' OR task.text CONTAINS '每半年' OR task.text CONTAINS '每年' OR task.text CONTAINS '按月'
   OR task.text CONTAINS '按季' OR task.text CONTAINS '按年' OR task.text CONTAINS '每个月' OR task.text CONTAINS '逐月'
   OR task.text CONTAINS '逐季'
RETURN doc.uid AS document, task.uid AS holder, action.uid AS action, task.ref AS ref, action.heading AS heading,
       task.text AS words, task.span_start AS place
ORDER BY document, place, holder
