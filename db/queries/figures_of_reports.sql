-- As figures_of_indicators, all figures of the reports; the series is indicator,
-- field and span with char(31) between. A WHERE clause may follow.
SELECT group_concat(c.key || '|' || f.indicator || char(31) || f.field || char(31) || f.span || '|' ||
                    f.value || '|' || (f.approx + 2 * (f.confidence >= ?2)) || '|' || f.ord, char(10))
  FROM json_each(?1) c
 CROSS JOIN figures f ON f.report_id = c.value
