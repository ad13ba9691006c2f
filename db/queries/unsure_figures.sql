-- Of the series of the JSON list ?2 the figures that are approximate or not trusted,
-- in the reports of the JSON list ?1 of [first id, last id]: id, place in the report
-- and signs as in figures_of_indicators. The condition is that of the index; 0.7 is
-- normalize.LeastConfidence.
WITH wanted (indicator, field, span) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)
)
SELECT f.report_id, f.ord, f.approx + 2 * (f.confidence >= 0.7)
  FROM json_each(?1) c
 CROSS JOIN wanted w
 CROSS JOIN figures f INDEXED BY figures_unsure
    ON f.indicator = w.indicator AND f.field = w.field AND f.span = w.span
   AND f.report_id BETWEEN c.value ->> 0 AND c.value ->> 1
 WHERE f.approx = 1 OR f.confidence < 0.7
