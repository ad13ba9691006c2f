-- Pairs of current reports on one thing that give a figure with two values, and
-- where they were read from.
WITH many AS (
  SELECT ifnull(u.same_as, u.id) AS unit, r.period, r.type
    FROM reports r JOIN units u ON u.id = r.unit_id
   WHERE r.state = 'current' AND r.period <> ''
   GROUP BY 1, 2, 3
  HAVING count(*) > 1
), one AS (
  SELECT m.unit, m.period, m.type, r.id, d.path
    FROM many m
    JOIN units u ON u.id = m.unit OR u.same_as = m.unit
    CROSS JOIN reports r ON r.unit_id = u.id AND r.period = m.period AND r.type = m.type AND r.state = 'current'
    JOIN documents d ON d.id = r.document_id
)
SELECT (SELECT name FROM units WHERE id = a.unit), a.period, a.path, b.path
  FROM one a
  JOIN one b ON b.unit = a.unit AND b.period = a.period AND b.type = a.type AND b.id > a.id
 WHERE EXISTS (SELECT 1 FROM figures f
                 JOIN figures g ON g.report_id = b.id AND g.indicator = f.indicator AND g.field = f.field AND g.span = f.span
                WHERE f.report_id = a.id AND f.value <> g.value)
 ORDER BY 1, 2, 3, 4
