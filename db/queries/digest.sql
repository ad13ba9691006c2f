-- Every table without times and row numbers. Statements are separated by ";" at
-- the end of a line; each names its table first.
SELECT 'migrations' AS tbl, version, name, sha256 FROM migrations;
SELECT 'units' AS tbl, u.name, p.name AS parent, g.name AS above, s.name AS same_as, sp.name AS same_parent
  FROM units u
  LEFT JOIN units p ON p.id = u.parent_id
  LEFT JOIN units g ON g.id = p.parent_id
  LEFT JOIN units s ON s.id = u.same_as
  LEFT JOIN units sp ON sp.id = s.parent_id;
SELECT 'documents' AS tbl, sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash FROM documents;
SELECT 'document_texts' AS tbl, d.sha256, t.text, t.layout FROM document_texts t JOIN documents d ON d.id = t.document_id;
SELECT 'files' AS tbl, f.path, f.size, f.sha256, f.state, f.reason, d.sha256 AS document, f.engine, f.rule_set_hash
  FROM files f LEFT JOIN documents d ON d.id = f.document_id;
SELECT 'reports' AS tbl, d.sha256, r.type, u.name AS unit, p.name AS parent, r.period, r.period_from, r.period_to, r.number, r.date,
       r.signer, r.sources, r.figures_hash, r.state, r.page_starts, rd.sha256 AS replaced_by
  FROM reports r
  JOIN documents d ON d.id = r.document_id
  LEFT JOIN units u ON u.id = r.unit_id
  LEFT JOIN units p ON p.id = u.parent_id
  LEFT JOIN reports rr ON rr.id = r.replaced_by
  LEFT JOIN documents rd ON rd.id = rr.document_id;
SELECT 'figures' AS tbl, d.sha256, x.ord, x.indicator, x.field, x.span, x.value, x.unit, x.decimals, x.rounding, x.approx, x.confidence
  FROM figures x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'mentions' AS tbl, d.sha256, x.figure, x.ord, x.start, x.end, x.page, x.line, x.text, x.snippet, x.rule, x.section, x.in_table,
       x.words, x.assessment, x.confidence, x.parent
  FROM mentions x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'report_dates' AS tbl, d.sha256, x.ord, x.start, x.end, x.text, x.day, x.month, x.year, x.impossible, x.role, x.reference
  FROM report_dates x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'report_references' AS tbl, d.sha256, x.ord, x.start, x.end, x.number, x.issuer, x.date, x.implements
  FROM report_references x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'report_headings' AS tbl, d.sha256, x.ord, x.start, x.end, x.label, x.style, x.level, x.ordinal, x.title
  FROM report_headings x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'report_sections' AS tbl, d.sha256, x.ord, x.start, x.end, x.section
  FROM report_sections x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'number_counts' AS tbl, d.sha256, x.class, x.count
  FROM number_counts x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'unexplained_numbers' AS tbl, d.sha256, x.ord, x.start, x.end, x.text, x.why
  FROM unexplained_numbers x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'report_totals' AS tbl, d.sha256, x.ord, x.start, x.end, x.text, x.value, x.indicator, x.field, x.heading, x.parts
  FROM report_totals x JOIN reports r ON r.id = x.report_id JOIN documents d ON d.id = r.document_id;
SELECT 'findings' AS tbl, id, check_id, kind, severity, sha256, unit, period, content, active FROM findings;
SELECT 'decisions' AS tbl, finding_id, state, who, reason, basis,
       (SELECT count(*) FROM decisions b WHERE b.finding_id = d.finding_id AND b.id <= d.id) AS step
  FROM decisions d;
SELECT 'corrections' AS tbl, d.finding_id, c.ord, c.sha256, c.indicator, c.field, c.span, c.printed, c.value,
       (SELECT count(*) FROM decisions b WHERE b.finding_id = d.finding_id AND b.id <= d.id) AS step
  FROM corrections c JOIN decisions d ON d.id = c.decision_id;
SELECT 'place_lists' AS tbl, name, sha256 FROM place_lists;
SELECT 'places' AS tbl, id, code, name, level, parents, parent_codes, valid_from, valid_to, name_key, bare_key FROM places;
SELECT 'place_links' AS tbl, from_id, to_id, kind, note FROM place_links;
SELECT 'finding_figures' AS tbl, finding_id, indicator, field, value FROM finding_figures;
