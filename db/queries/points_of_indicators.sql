-- Figures of reports that are chosen first, of a few indicators, fields and spans
-- each. A WHERE clause follows. Left to itself SQLite would go through all
-- figures of a report for one.
SELECT r.id, r.unit_id, r.period, f.indicator, f.field, f.span, f.value, f.approx, f.ord, f.confidence
  FROM reports r
 CROSS JOIN figures f INDEXED BY figures_identity ON f.report_id = r.id
