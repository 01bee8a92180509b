// name: two_cities
// subject: themes
// zh: 两个城市把多少举措放在各主题上？（占本市有主题举措的比例）
// en: How do two cities spread their actions over the themes? (share of the city's actions with a theme)
// param first: text(City) | 城市甲 | first city
// param second: text(City) | 城市乙 | second city
// column theme: text | 主题 | theme
// column first_actions: count | 甲举措数 | actions of the first
// column first_share: share | 甲占比 | share in the first
// column second_actions: count | 乙举措数 | actions of the second
// column second_share: share | 乙占比 | share in the second
// column theme_uid: id | 主题标识 | theme uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main AND (c.name = $first OR c.adcode = $first OR c.name = $second OR c.adcode = $second)
WITH t.uid AS theme_uid, t.name AS theme, a.uid AS action_uid,
     max(CASE WHEN c.name = $first OR c.adcode = $first THEN 1 ELSE 0 END) AS in_first,
     max(CASE WHEN c.name = $second OR c.adcode = $second THEN 1 ELSE 0 END) AS in_second
WITH theme_uid, theme, sum(in_first) AS first_actions, sum(in_second) AS second_actions
WITH collect({uid: theme_uid, name: theme, first: first_actions, second: second_actions}) AS themes,
     sum(first_actions) AS all_first, sum(second_actions) AS all_second
UNWIND themes AS row
RETURN row.name AS theme, row.first AS first_actions,
       CASE WHEN all_first > 0 THEN toFloat(row.first) / all_first END AS first_share,
       row.second AS second_actions,
       CASE WHEN all_second > 0 THEN toFloat(row.second) / all_second END AS second_share, row.uid AS theme_uid
ORDER BY first_actions + second_actions DESC, theme_uid
