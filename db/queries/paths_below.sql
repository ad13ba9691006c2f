-- The paths below a folder.
-- Parameters: the folder's length with the separator, folder twice.
SELECT id, path FROM files WHERE substr(path, 1, ?) IN (? || '/', ? || '\') AND state <> 'gone' ORDER BY path
