-- Figures that are chosen by indicator. A WHERE clause follows.
SELECT r.id, r.unit_id, r.period, f.indicator, f.field, f.span, f.value, f.approx, f.ord, f.confidence
  FROM figures f
 CROSS JOIN reports r ON r.id = f.report_id
