-- Findings with their last decision. A WHERE clause and findings_order follow.
SELECT f.content, f.active, f.first_seen_at, f.last_seen_at, ifnull(r.id, 0), ifnull(d.path, ''),
       ifnull(l.state, 'open'), ifnull(l.who, ''), ifnull(l.reason, ''), ifnull(l.basis, ''), l.decided_at
  FROM findings f
  LEFT JOIN documents d ON d.sha256 = f.sha256
  LEFT JOIN reports r ON r.document_id = d.id
  LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
