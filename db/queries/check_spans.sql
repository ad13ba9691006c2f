-- Every span of one report with what is printed there; '' where that was not kept.
SELECT 'figure ' || figure || ' mention ' || ord, start, end, text, snippet FROM mentions WHERE report_id = ?1
UNION ALL SELECT 'date ' || ord, start, end, text, '' FROM report_dates WHERE report_id = ?1
UNION ALL SELECT 'reference ' || ord, start, end, '', '' FROM report_references WHERE report_id = ?1
UNION ALL SELECT 'heading ' || ord, start, end, '', '' FROM report_headings WHERE report_id = ?1
UNION ALL SELECT 'section ' || ord, start, end, '', '' FROM report_sections WHERE report_id = ?1
UNION ALL SELECT 'unexplained number ' || ord, start, end, text, '' FROM unexplained_numbers WHERE report_id = ?1
UNION ALL SELECT 'total ' || ord, start, end, text, '' FROM report_totals WHERE report_id = ?1
UNION ALL SELECT 'total ' || t.ord || ' part ' || p.key, p.value ->> 0, p.value ->> 1, '', ''
  FROM report_totals t, json_each(t.parts) p WHERE t.report_id = ?1
