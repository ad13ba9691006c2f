-- How the content with this hash failed, here or under another path.
-- (sha256 <> '' is the condition of the index on it.)
SELECT state, reason, engine
  FROM files
 WHERE sha256 = ?1 AND sha256 <> '' AND document_id IS NULL AND state NOT IN ('pending', 'gone')
 ORDER BY path <> ?2, id
 LIMIT 1
