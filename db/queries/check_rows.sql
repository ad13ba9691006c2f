-- Rows that no constraint can forbid.
SELECT 'document ' || d.id, 'has no text' FROM documents d
 WHERE NOT EXISTS (SELECT 1 FROM document_texts t WHERE t.document_id = d.id)
UNION ALL
SELECT 'document ' || d.id, 'has no report' FROM documents d
 WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.document_id = d.id)
UNION ALL
SELECT 'document ' || d.id, 'no path of the ledger was ever offered for it' FROM documents d
 WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.path = d.path)
UNION ALL
SELECT 'file ' || f.path, 'its bytes are not those of its document' FROM files f
  JOIN documents d ON d.id = f.document_id
 WHERE f.sha256 <> d.sha256
UNION ALL
SELECT 'file ' || f.path, 'is ' || f.state || ' but its report is ' || r.state FROM files f
  JOIN reports r ON r.document_id = f.document_id
 WHERE (f.state = 'stored' AND r.state <> 'current')
    OR (f.state = 'superseded' AND r.state <> 'superseded')
    OR (f.state = 'not-a-report' AND r.state <> 'other')
UNION ALL
SELECT 'report ' || r.id, 'has figures although it is no report' FROM reports r
 WHERE r.state = 'other' AND EXISTS (SELECT 1 FROM figures f WHERE f.report_id = r.id)
UNION ALL
SELECT 'figure ' || f.report_id || '/' || f.ord, 'is printed nowhere' FROM figures f
 WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.report_id = f.report_id AND m.figure = f.ord)
UNION ALL
SELECT 'report ' || r.id, 'is replaced by report ' || p.id || ', which is about something else' FROM reports r
  JOIN reports p ON p.id = r.replaced_by
  JOIN units u ON u.id = r.unit_id
  JOIN units v ON v.id = p.unit_id
 WHERE r.period <> p.period OR r.type <> p.type OR ifnull(u.same_as, u.id) <> ifnull(v.same_as, v.id)
