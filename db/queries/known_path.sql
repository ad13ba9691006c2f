-- What the ledger says of one path.
SELECT id, state, reason, size, modified_at, sha256, last_seen_at FROM files WHERE path = ?
