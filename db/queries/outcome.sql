-- What the ledger says of one path.
SELECT f.state, f.reason,
       CASE
         WHEN f.state IN ('stored', 'not-a-report') THEN ''
         WHEN f.path = d.path THEN ifnull((SELECT rd.path FROM reports rr JOIN documents rd ON rd.id = rr.document_id
                                            WHERE rr.id = r.replaced_by), '')
         ELSE ifnull(d.path, '')
       END
  FROM files f
  LEFT JOIN documents d ON d.id = f.document_id
  LEFT JOIN reports r ON r.document_id = d.id
 WHERE f.path = ?
