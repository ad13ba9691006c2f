-- Whether the content with this hash is stored, or failed to be read.
SELECT EXISTS (SELECT 1 FROM documents WHERE sha256 = ?1),
       EXISTS (SELECT 1 FROM files WHERE sha256 = ?1 AND document_id IS NULL AND state NOT IN ('pending', 'gone'))
