-- As figures_in_error, for the indicators of a JSON list.
SELECT r.id, x.indicator, x.field, x.value
  FROM json_each(?1) k
 CROSS JOIN finding_figures x ON x.indicator = k.value
 CROSS JOIN findings f ON f.id = x.finding_id
  JOIN documents d ON d.sha256 = f.sha256
  JOIN reports r ON r.document_id = d.id
  LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
 WHERE f.active = 1 AND f.severity = 'error'
   AND (l.state IS NULL OR l.state IN ('open', 'accepted') OR l.state = 'corrected' AND f.last_seen_at > l.decided_at
        OR l.state = 'dismissed' AND f.content ->> '$.Basis' <> l.basis)
