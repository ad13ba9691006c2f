-- What a report is about, where it can be said.
SELECT ifnull(u.same_as, u.id), r.period, r.type
  FROM reports r JOIN units u ON u.id = r.unit_id
 WHERE r.id = ? AND r.period <> '' AND r.state <> 'other'
