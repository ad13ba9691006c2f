-- A new document.
INSERT INTO documents (sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash, stored_at, extracted_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id
