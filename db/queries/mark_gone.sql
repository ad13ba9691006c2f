-- Files that are no longer at their place: one path and what is inside it.
UPDATE files
   SET state = 'gone', reason = ?
 WHERE (path = ? OR path >= ? AND path < ?) AND state <> 'gone'
RETURNING ifnull(document_id, 0)
