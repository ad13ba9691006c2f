-- The units with a folded name that have others under them.
SELECT u.name FROM units u
 WHERE u.name_key = ? AND EXISTS (SELECT 1 FROM units c WHERE c.parent_id = u.id)
 ORDER BY u.id
