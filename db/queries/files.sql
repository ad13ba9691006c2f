-- Rows of the ledger. A WHERE clause and the order follow.
SELECT f.id, f.path, f.size, f.modified_at, f.sha256, f.state, f.reason,
       CASE
         WHEN f.document_id IS NULL OR f.state IN ('stored', 'not-a-report') THEN ''
         -- Where its bytes are now ...
         WHEN f.state = 'gone' THEN iif(d.path = f.path, '', d.path)
         -- The same report in another form, or its re-issue ...
         WHEN f.path = d.path THEN ifnull((SELECT rd.path FROM reports rr JOIN documents rd ON rd.id = rr.document_id
                                            WHERE rr.id = r.replaced_by), '')
         -- ... or another path with the same bytes.
         ELSE d.path
       END,
       ifnull(f.document_id, 0), ifnull(r.id, 0),
       f.attempts, f.engine, f.rule_set_hash, f.first_seen_at, f.last_seen_at
  FROM files f
  LEFT JOIN documents d ON d.id = f.document_id
  LEFT JOIN reports r ON r.document_id = f.document_id
