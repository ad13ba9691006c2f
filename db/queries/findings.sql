-- Findings with their last decision, and the ids before and after theirs (those
-- that differ only in the number behind "-" are no neighbours). A WHERE clause
-- and findings_order follow.
SELECT f.content, f.active, f.first_seen_at, f.last_seen_at, ifnull(r.id, 0), ifnull(d.path, ''),
       ifnull(l.state, 'open'), ifnull(l.who, ''), ifnull(l.reason, ''), ifnull(l.basis, ''), l.decided_at,
       ifnull((SELECT max(id) FROM findings WHERE id < substr(f.id, 1, instr(f.id || '-', '-') - 1)), ''),
       ifnull((SELECT min(id) FROM findings WHERE id > substr(f.id, 1, instr(f.id || '-', '-') - 1) || '~'), '')
  FROM findings f
  LEFT JOIN documents d ON d.sha256 = f.sha256
  LEFT JOIN reports r ON r.document_id = d.id
  LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
