-- What the reports of a unit, or of units that mean the same, are about.
SELECT DISTINCT ifnull(u.same_as, u.id), r.period, r.type
  FROM reports r JOIN units u ON u.id = r.unit_id
 WHERE u.id = ? AND r.period <> '' AND r.state <> 'other'
