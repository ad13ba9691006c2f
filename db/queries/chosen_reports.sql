-- Reports packed into one text: a line is id, unit (0 where unknown), period. A
-- WHERE clause follows.
SELECT group_concat(r.id || '|' || ifnull(r.unit_id, 0) || '|' || r.period, char(10))
  FROM reports r
