-- A finding that a check made.
INSERT INTO findings (id, check_id, kind, severity, sha256, unit, period, content, active, first_seen_at, last_seen_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
ON CONFLICT (id) DO UPDATE
   SET check_id = excluded.check_id, kind = excluded.kind, severity = excluded.severity, sha256 = excluded.sha256,
       unit = excluded.unit, period = excluded.period, content = excluded.content, active = 1,
       last_seen_at = excluded.last_seen_at
