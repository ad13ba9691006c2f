-- The ledger row of a file that was dealt with. Document 0 means none; attempts
-- are added up.
INSERT INTO files (path, size, modified_at, sha256, state, reason, document_id, attempts, engine, rule_set_hash,
                   first_seen_at, last_seen_at)
VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE
   SET size = excluded.size, modified_at = excluded.modified_at, sha256 = excluded.sha256, state = excluded.state,
       reason = excluded.reason, document_id = excluded.document_id, attempts = attempts + excluded.attempts, engine = excluded.engine,
       rule_set_hash = excluded.rule_set_hash, last_seen_at = excluded.last_seen_at
