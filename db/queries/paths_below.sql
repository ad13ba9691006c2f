-- The paths below a folder, without what is inside archives.
-- Parameters: folder, its length with the separator, folder twice.
SELECT id, path FROM files
 WHERE (path = ? OR substr(path, 1, ?) IN (? || '/', ? || '\'))
   AND instr(path, '!/') = 0 AND state <> 'gone'
 ORDER BY path
