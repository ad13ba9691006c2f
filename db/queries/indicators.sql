-- The indicators of current reports.
SELECT f.indicator, count(DISTINCT f.report_id)
  FROM figures f
  JOIN reports r ON r.id = f.report_id
 WHERE r.state = 'current'
 GROUP BY f.indicator
 ORDER BY f.indicator
