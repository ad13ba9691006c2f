-- Figures with the corrected value where there is one. A WHERE clause and the
-- order follow.
SELECT f.report_id, f.indicator, f.field, f.span, f.value, f.unit, f.approx, c.value
  FROM figures f
  JOIN reports r ON r.id = f.report_id
  JOIN documents d ON d.id = r.document_id
  LEFT JOIN valid_corrections c
    ON c.sha256 = d.sha256 AND c.indicator = f.indicator AND c.field = f.field AND c.span = f.span AND c.printed = f.value
