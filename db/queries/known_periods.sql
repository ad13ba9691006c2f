-- The periods of reports, each found by a jump in the index.
WITH RECURSIVE p (period) AS (
  SELECT min(period) FROM reports WHERE period > ''
  UNION ALL
  SELECT (SELECT min(period) FROM reports WHERE period > p.period) FROM p WHERE p.period IS NOT NULL
)
SELECT period FROM p WHERE period IS NOT NULL
