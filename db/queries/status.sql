-- What is counted, by what, and how many.
SELECT 'file', state, count(*) FROM files GROUP BY state
UNION ALL SELECT 'report', state, count(*) FROM reports GROUP BY state
UNION ALL SELECT 'finding', severity, count(*) FROM findings WHERE active = 1 GROUP BY severity
UNION ALL SELECT 'decision', ifnull(l.state, 'open'), count(*)
            FROM findings f LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
           WHERE f.active = 1 GROUP BY 2
UNION ALL SELECT 'rules', rule_set_hash, count(*) FROM documents GROUP BY rule_set_hash
UNION ALL SELECT 'document', '', count(*) FROM documents
UNION ALL SELECT 'unit', '', count(DISTINCT ifnull(u.same_as, u.id)) FROM reports r JOIN units u ON u.id = r.unit_id WHERE r.state = 'current'
UNION ALL SELECT 'period', '', count(DISTINCT period) FROM reports WHERE state = 'current' AND period <> ''
UNION ALL SELECT 'figure', '', count(*) FROM figures f JOIN reports r ON r.id = f.report_id WHERE r.state = 'current'
UNION ALL SELECT 'unexplained', '', ifnull(sum(n.count), 0)
            FROM number_counts n JOIN reports r ON r.id = n.report_id WHERE n.class = 'unexplained' AND r.state = 'current'
UNION ALL SELECT 'no unit', '', count(*) FROM reports WHERE state = 'current' AND unit_id IS NULL
UNION ALL SELECT 'no period', '', count(*) FROM reports WHERE state = 'current' AND period = ''
