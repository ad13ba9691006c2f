-- Paths that hold a document's bytes but could not be read before hold it now.
-- (sha256 <> '' is the condition of the index on it.)
UPDATE files
   SET document_id = ?, state = 'duplicate', last_seen_at = ?
 WHERE sha256 = ? AND sha256 <> '' AND path <> ? AND document_id IS NULL AND state <> 'gone'
