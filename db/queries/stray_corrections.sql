-- Corrected values that hold, of reports in use, whose printed value is no longer
-- among what was read.
SELECT d.finding_id, f.unit, r.period, c.sha256, c.indicator, c.field, c.span, c.printed, c.value
  FROM valid_corrections c
  JOIN decisions d ON d.id = c.decision_id
  JOIN findings f ON f.id = d.finding_id
  JOIN documents o ON o.sha256 = c.sha256
  JOIN reports r ON r.document_id = o.id
 WHERE r.state = 'current'
   AND NOT EXISTS (SELECT 1 FROM figures x WHERE x.report_id = r.id AND x.indicator = c.indicator AND x.field = c.field
                      AND x.span = c.span AND x.value = c.printed)
 ORDER BY f.unit, r.period, c.indicator, c.field, c.span, d.id
