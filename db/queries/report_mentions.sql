-- The mentions of the reports with these ids (JSON).
SELECT report_id, figure, start, end, page, line, text, snippet, rule, section, in_table, words, assessment, confidence,
       ifnull(parent, -1)
  FROM mentions
 WHERE report_id IN (SELECT value FROM json_each(?))
 ORDER BY report_id, figure, ord
