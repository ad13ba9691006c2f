-- The state of every path that holds one document.
-- Parameters: document, reasons (same bytes, same report, re-issue, no report), document.
WITH it AS (
  SELECT r.state, ifnull(r.sources ->> '$.type', 'content') AS why, d.rule_set_hash, d.engine,
         r.figures_hash <> n.figures_hash AS other_figures,
         CASE
           WHEN r.date <> '' AND n.date <> '' AND r.date <> n.date THEN ', of a later date'
           WHEN CAST(r.number AS INTEGER) > 0 AND CAST(n.number AS INTEGER) > CAST(r.number AS INTEGER) THEN ', with a higher number'
           ELSE ', which came later' END AS how,
         (SELECT f.id FROM files f WHERE f.document_id = d.id AND f.state <> 'gone' ORDER BY f.path <> d.path, f.id LIMIT 1) AS first
    FROM documents d
    JOIN reports r ON r.document_id = d.id
    LEFT JOIN reports n ON n.id = r.replaced_by
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
         WHEN it.state = 'duplicate' THEN ? || iif(it.other_figures, ', read with other figures', '')
         WHEN it.state = 'superseded' THEN ? || it.how
         WHEN it.state = 'other' THEN ? || it.why
         ELSE '' END,
       engine = it.engine,
       rule_set_hash = it.rule_set_hash
  FROM it
 WHERE files.document_id = ? AND files.state <> 'gone'
