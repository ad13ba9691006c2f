-- The texts of the reports with these ids (JSON), and what else is in JSON.
SELECT r.id, t.text, r.sources, r.page_starts, r.date_month, r.doubts
  FROM json_each(?) j
  JOIN reports r ON r.id = j.value
  JOIN document_texts t ON t.document_id = r.document_id
