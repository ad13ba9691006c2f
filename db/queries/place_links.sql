-- The links from the units with the given ids (a JSON list).
SELECT l.from_id, l.to_id, l.kind, l.note
  FROM json_each(?1) k
 CROSS JOIN place_links l ON l.from_id = k.value
 ORDER BY l.from_id, l.to_id
