// name: theme_leads
// subject: themes
// zh: 每个主题在各市由谁牵头？（按举措，含其任务，主要主题）
// en: Who leads each theme in each city? (by action with its tasks, main theme)
// param theme: text(Theme) = "" | 主题名称；空为全部 | name of the theme; empty for all
// param city: text(City) = "" | 城市名称（可只写开头）或代码；空为全部 | city by name (or its beginning) or code; empty for all
// param notes: boolean = false | 计入整份文件附注加入的责任 | also count what a document-wide note adds
// param collectives: boolean = false | 计入统称（各区县政府、有关部门等） | also count collectives (all counties, departments concerned)
// column theme: text | 主题 | theme
// column city: text | 城市 | city
// column body: text | 部门 | body
// column actions: count | 牵头举措数 | actions led
// column status: code | 文件状态 | status of documents
// column year: number | 文件年份（最近） | year of documents (newest)
// column theme_uid: id | 主题标识 | theme uid
// column body_uid: id | 部门标识 | body uid
MATCH (c:City)-[:ISSUED]->(d:Document)-[:HAS_ACTION]->(a:Action)-[m:ADDRESSES]->(t:Theme)
WHERE d.kind <> 'study' AND m.main AND (c.name STARTS WITH $city OR c.adcode = $city) AND ($theme = '' OR t.name = $theme)
MATCH (a)-[:HAS_TASK*0..1]->(h)<-[r:LEADS]-(b:Department)
WHERE r.basis <> 'text' AND NOT r.inherited
  AND ($notes OR r.basis <> 'note') AND ($collectives OR NOT r.collective)
WITH DISTINCT t.uid AS theme_uid, t.name AS theme, c.uid AS city_uid, c.name AS city, b.uid AS body_uid, b.name AS body,
     a.uid AS action_uid, d.status AS status, coalesce(toInteger(substring(d.issued, 0, 4)), d.period_start) AS year
WITH theme_uid, theme, city_uid, city, body_uid, body, count(*) AS actions, min(status) AS least, max(status) AS greatest, max(year) AS year
RETURN theme, city, body, actions,
       CASE WHEN least = greatest THEN least ELSE 'mixed' END AS status, year, theme_uid, body_uid
ORDER BY theme_uid, city_uid, actions DESC, body_uid
