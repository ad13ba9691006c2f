-- What a report says of itself: see headFields. The unit is followed by those above it.
WITH RECURSIVE above (name, parent_id, step) AS (
  SELECT u.name, u.parent_id, 0 FROM reports r JOIN units u ON u.id = r.unit_id WHERE r.id = ?1
  UNION ALL
  SELECT u.name, u.parent_id, step + 1 FROM above a JOIN units u ON u.id = a.parent_id
)
SELECT r.type, ifnull((SELECT group_concat(name, ', ') FROM (SELECT name FROM above ORDER BY step)), ''), r.period, r.period_from, r.period_to, r.number,
       CASE r.date WHEN '' THEN r.date_month ELSE r.date END, r.signer, r.state
  FROM reports r
 WHERE r.id = ?1
