-- Every unit, and whether it has a current report.
SELECT u.id, u.name, ifnull(u.parent_id, 0), ifnull(u.same_as, 0),
       EXISTS (SELECT 1 FROM reports r WHERE r.unit_id = u.id AND r.state = 'current')
  FROM units u
 ORDER BY u.id
