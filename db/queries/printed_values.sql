-- The values that were read for one figure of a document.
SELECT f.value
  FROM documents d
  JOIN reports r ON r.document_id = d.id
  JOIN figures f ON f.report_id = r.id
 WHERE d.sha256 = ? AND f.indicator = ? AND f.field = ? AND f.span = ?
 ORDER BY f.ord
