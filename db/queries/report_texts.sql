-- The texts of the reports with these ids (JSON).
SELECT r.id, t.text, r.sources
  FROM json_each(?) j
  JOIN reports r ON r.id = j.value
  JOIN document_texts t ON t.document_id = r.document_id
