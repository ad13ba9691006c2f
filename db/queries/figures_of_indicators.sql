-- A few figures each of the reports of a JSON list (?1), packed into one text: a line
-- is the place in that list, the place of the series in the JSON list ?2 of
-- [indicator, field, span], value, 2 for trusted, place in the report. All is in the
-- index; which of them are approximate or not trusted say unsure_figures. Left to
-- itself SQLite would go through all figures of a report for one.
WITH wanted (place, indicator, field, span) AS MATERIALIZED (
  SELECT key, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)
)
SELECT group_concat(c.key || '|' || w.place || '|' || f.value || '|2|' || f.ord, char(10))
  FROM json_each(?1) c
 CROSS JOIN wanted w
 CROSS JOIN figures f INDEXED BY figures_identity
    ON f.indicator = w.indicator AND f.field = w.field AND f.span = w.span AND f.report_id = c.value
