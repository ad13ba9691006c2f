-- Whether the content with this hash is stored, or failed to be read.
-- (sha256 <> '' is the condition of the index on it.)
SELECT EXISTS (SELECT 1 FROM documents WHERE sha256 = ?1),
       EXISTS (SELECT 1 FROM files WHERE sha256 = ?1 AND sha256 <> '' AND document_id IS NULL AND state NOT IN ('pending', 'gone'))
