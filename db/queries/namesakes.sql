-- The units with one folded name; for each, the units above it, nearest first.
WITH RECURSIVE above (id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM units WHERE name_key = ?
  UNION ALL
  SELECT a.id, p.parent_id, a.depth + 1 FROM above a JOIN units p ON p.id = a.parent_id
)
SELECT u.id, ifnull(u.same_as, 0), p.name
  FROM above a
  JOIN units u ON u.id = a.id
  LEFT JOIN units p ON p.id = a.parent_id
 WHERE a.depth = 0 OR p.id IS NOT NULL
 ORDER BY u.id, a.depth
