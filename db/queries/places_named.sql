-- The units of the lists with one of the folded names (a JSON list), what became
-- of them, and what that was made of.
WITH named (id) AS (
  SELECT p.id FROM json_each(?1) k CROSS JOIN places p ON p.name_key = k.value
  UNION
  SELECT p.id FROM json_each(?1) k CROSS JOIN places p ON p.bare_key = k.value
),
later (id) AS (
  SELECT id FROM named
  UNION
  SELECT l.to_id FROM named n CROSS JOIN place_links l ON l.from_id = n.id
),
kin (id) AS (
  SELECT id FROM later
  UNION
  SELECT l.from_id FROM later n CROSS JOIN place_links l ON l.to_id = n.id
)
SELECT p.id, p.code, p.name, p.level, p.parents, p.parent_codes, p.valid_from, p.valid_to
  FROM kin k
 CROSS JOIN places p ON p.id = k.id
 ORDER BY p.id
