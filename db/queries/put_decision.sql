-- One more step in the life of a finding.
INSERT INTO decisions (finding_id, state, who, reason, basis, decided_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id
