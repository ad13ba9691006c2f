-- The paths inside an archive.
SELECT id, path FROM files WHERE path >= ? AND path < ? AND state <> 'gone' ORDER BY path
