-- The state of every path that holds one document.
-- Parameters: document, reasons (same bytes, same report, re-issue, no report), document.
WITH it AS (
  SELECT r.state, ifnull(r.sources ->> '$.type', 'content') AS why, d.rule_set_hash, d.engine,
         (SELECT f.id FROM files f WHERE f.document_id = d.id ORDER BY f.path <> d.path, f.id LIMIT 1) AS first
    FROM documents d JOIN reports r ON r.document_id = d.id
   WHERE d.id = ?
)
UPDATE files
   SET state = CASE
         WHEN files.id <> it.first THEN 'duplicate'
         WHEN it.state = 'current' THEN 'stored'
         WHEN it.state = 'other' THEN 'not-a-report'
         ELSE it.state END,
       reason = CASE
         WHEN files.id <> it.first THEN ?
         WHEN it.state = 'duplicate' THEN ?
         WHEN it.state = 'superseded' THEN ?
         WHEN it.state = 'other' THEN ? || it.why
         ELSE '' END,
       engine = it.engine,
       rule_set_hash = it.rule_set_hash
  FROM it
 WHERE files.document_id = ?
