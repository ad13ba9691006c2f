-- The printed figures that an error rests on which nobody has settled: it is not
-- dismissed as it stands, and not corrected since it was last found. A condition on
-- x.indicator may follow.
SELECT r.id, x.indicator, x.field, x.value
  FROM findings f
 CROSS JOIN finding_figures x ON x.finding_id = f.id
  JOIN documents d ON d.sha256 = f.sha256
  JOIN reports r ON r.document_id = d.id
  LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
 WHERE f.active = 1 AND f.severity = 'error'
   AND (l.state IS NULL OR l.state IN ('open', 'accepted') OR l.state = 'corrected' AND f.last_seen_at > l.decided_at
        OR l.state = 'dismissed' AND f.content ->> '$.Basis' <> l.basis)
