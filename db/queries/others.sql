-- Whether there is another report on what a report is about; see versions.
SELECT EXISTS (
  SELECT 1
    FROM reports r
    JOIN units c ON c.id = r.unit_id
   CROSS JOIN units u ON u.id = ifnull(c.same_as, c.id) OR u.same_as = ifnull(c.same_as, c.id)
   CROSS JOIN reports o ON o.unit_id = u.id AND o.period = r.period AND o.type = r.type AND o.state <> 'other' AND o.id <> r.id
   WHERE r.id = ? AND r.period <> '' AND r.state <> 'other')
