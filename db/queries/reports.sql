-- Reports. A WHERE clause and the order follow.
SELECT r.id, r.document_id, d.path, d.sha256, d.engine, r.type, ifnull(r.unit_id, 0), r.period, r.period_from, r.period_to,
       r.number, r.date, r.signer, r.state, ifnull(r.replaced_by, 0),
       (SELECT count(*) FROM figures f WHERE f.report_id = r.id),
       ifnull((SELECT n.count FROM number_counts n WHERE n.report_id = r.id AND n.class = 'unexplained'), 0),
       d.rule_set_hash
  FROM reports r
  JOIN documents d ON d.id = r.document_id
