-- All documents in the order in which they came.
SELECT d.id, r.id, d.path, d.sha256, d.rule_set_hash, d.engine, d.encoding, d.pages, d.warnings
  FROM documents d
  JOIN reports r ON r.document_id = d.id
 ORDER BY d.id
