-- The corrected values that hold for figures of the reports with these ids (JSON).
SELECT f.report_id, f.ord, c.value
  FROM json_each(?) j
  JOIN reports r ON r.id = j.value
  JOIN documents d ON d.id = r.document_id
  JOIN valid_corrections c ON c.sha256 = d.sha256
  JOIN figures f ON f.report_id = r.id AND f.indicator = c.indicator AND f.field = c.field AND f.span = c.span AND f.value = c.printed
