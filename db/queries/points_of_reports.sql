-- Figures of reports that are chosen first, by unit, period or both. A WHERE
-- clause follows. CROSS keeps SQLite from going through an indicator of the
-- whole country for the figures of one province.
SELECT r.id, r.unit_id, r.period, f.indicator, f.field, f.span, f.value, f.approx, f.ord, f.confidence
  FROM reports r
 CROSS JOIN figures f ON f.report_id = r.id
