-- The current reports of each unit, packed into one text for each: a line is
-- id, period, first and last day of the data, date. A WHERE clause
-- and GROUP BY r.unit_id follow.
SELECT r.unit_id, group_concat(r.id || '|' || r.period || '|' || r.period_from || '|' || r.period_to || '|' || r.date, char(10))
  FROM reports r
