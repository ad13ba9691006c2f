-- One document with its text.
SELECT t.text, t.layout, d.engine, d.encoding, d.warnings
  FROM documents d
  JOIN document_texts t ON t.document_id = d.id
 WHERE d.id = ?
