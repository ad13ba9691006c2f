-- The figures that a reviewer corrected, with the value that holds.
SELECT r.id, c.indicator, c.field, c.span, c.printed, c.value
  FROM valid_corrections c
  JOIN documents d ON d.sha256 = c.sha256
  JOIN reports r ON r.document_id = d.id
