-- The documents whose text and report are there; the others are in check_rows.
SELECT d.id, r.id, d.text_size
  FROM documents d
  JOIN reports r ON r.document_id = d.id
  JOIN document_texts t ON t.document_id = d.id
 ORDER BY d.id
