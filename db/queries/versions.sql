-- All reports on one thing in the order in which they came. (CROSS JOIN: by unit,
-- which has a few reports, and not by period, which has one of every unit.)
SELECT r.id, r.document_id, r.number, r.date, r.figures_hash, d.path, d.engine, r.state, ifnull(r.replaced_by, 0), d.warnings
  FROM units u
  CROSS JOIN reports r ON r.unit_id = u.id
  JOIN documents d ON d.id = r.document_id
 WHERE ifnull(u.same_as, u.id) = ?1 AND (u.id = ?1 OR u.same_as = ?1)
   AND r.period = ?2 AND r.type = ?3 AND r.state <> 'other'
 ORDER BY r.id
