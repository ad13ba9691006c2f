-- Those units of a JSON list that have a current report.
SELECT u.value FROM json_each(?1) u
 WHERE EXISTS (SELECT 1 FROM reports r WHERE r.unit_id = u.value AND r.state = 'current')
