-- The views for other programs show the figures that the program itself shows: those
-- read with a confidence of at least 0.7. Before, they went down to 0.5.
DROP VIEW v_trend;
DROP VIEW v_months;
DROP VIEW v_figures;

CREATE VIEW v_figures AS
SELECT r.id AS report_id, c.name AS unit, p.name AS parent,
       coalesce(g.name, CASE WHEN p.name LIKE 'Tỉnh %' OR p.name LIKE 'Thành phố %' THEN p.name END) AS province,
       r.period, f.indicator, nullif(f.field, '') AS field, f.span,
       ifnull(k.value, f.value) AS value, CAST(ifnull(k.value, f.value) AS REAL) AS number, f.unit AS measure,
       f.approx AS approximate, f.value AS printed, k.value IS NOT NULL AS corrected,
       EXISTS (SELECT 1 FROM findings x JOIN finding_figures y ON y.finding_id = x.id
                WHERE x.sha256 = d.sha256 AND x.active = 1 AND x.severity = 'error'
                  AND y.indicator = f.indicator AND y.field = f.field AND y.value = f.value) AS in_error,
       f.confidence, f.confidence >= 0.7 AS trusted, m.page, m.line, m.snippet AS sentence, m.rule, d.path AS file
  FROM figures f
  JOIN reports r ON r.id = f.report_id
  JOIN documents d ON d.id = r.document_id
  LEFT JOIN mentions m ON m.report_id = f.report_id AND m.figure = f.ord AND m.ord = 0
  LEFT JOIN valid_corrections k
    ON k.sha256 = d.sha256 AND k.indicator = f.indicator AND k.field = f.field AND k.span = f.span AND k.printed = f.value
  LEFT JOIN units u ON u.id = r.unit_id
  LEFT JOIN units c ON c.id = ifnull(u.same_as, u.id)
  LEFT JOIN units p ON p.id = c.parent_id
  LEFT JOIN units g ON g.id = p.parent_id
 WHERE r.state = 'current';

-- One row for each unit, month, indicator and field; NULL where reports differ. A
-- corrected value is looked up and not joined, so that conditions on unit, indicator
-- and period reach the indexes.
CREATE VIEW v_months AS
SELECT unit_id, unit, parent, indicator, field, period,
       CASE WHEN min(number) = max(number) THEN min(number) END AS number
  FROM (
    SELECT c.id AS unit_id, c.name AS unit, p.name AS parent, f.indicator, f.field, r.period,
           CAST(ifnull((SELECT k.value FROM corrections k JOIN decisions e ON e.id = k.decision_id
                  WHERE k.sha256 = d.sha256 AND k.indicator = f.indicator AND k.field = f.field AND k.span = f.span AND k.printed = f.value
                    AND e.id = (SELECT max(l.id) FROM decisions l WHERE l.finding_id = e.finding_id)
                  ORDER BY e.id DESC LIMIT 1), f.value) AS REAL) AS number
      FROM reports r
      JOIN figures f ON f.report_id = r.id
      JOIN documents d ON d.id = r.document_id
      JOIN units u ON u.id = r.unit_id
      JOIN units c ON c.id = ifnull(u.same_as, u.id)
      LEFT JOIN units p ON p.id = c.parent_id
     WHERE r.state = 'current' AND f.span = 'period' AND f.confidence >= 0.7 AND r.period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]')
 GROUP BY unit_id, unit, parent, indicator, field, period;

-- The same with the month before and the same month of the year before.
CREATE VIEW v_trend AS
SELECT unit, parent, indicator, nullif(field, '') AS field, period, number,
       previous, number - previous AS change, round(100.0 * (number - previous) / abs(nullif(previous, 0)), 1) AS percent,
       last_year
  FROM (
    SELECT a.*,
           (SELECT CASE WHEN min(number) = max(number) THEN min(number) END FROM (
            SELECT CAST(ifnull((SELECT k.value FROM corrections k JOIN decisions e ON e.id = k.decision_id
                  WHERE k.sha256 = d.sha256 AND k.indicator = f.indicator AND k.field = f.field AND k.span = f.span AND k.printed = f.value
                    AND e.id = (SELECT max(l.id) FROM decisions l WHERE l.finding_id = e.finding_id)
                  ORDER BY e.id DESC LIMIT 1), f.value) AS REAL) AS number
              FROM units u
              CROSS JOIN reports r ON r.unit_id = u.id AND r.period = strftime('%Y-%m', a.period || '-01', '-1 month') AND r.state = 'current'
              CROSS JOIN figures f ON f.indicator = a.indicator AND f.field = a.field AND f.span = 'period' AND f.report_id = r.id AND f.confidence >= 0.7
              JOIN documents d ON d.id = r.document_id
             WHERE u.id = a.unit_id OR u.same_as = a.unit_id)) AS previous,
           (SELECT CASE WHEN min(number) = max(number) THEN min(number) END FROM (
            SELECT CAST(ifnull((SELECT k.value FROM corrections k JOIN decisions e ON e.id = k.decision_id
                  WHERE k.sha256 = d.sha256 AND k.indicator = f.indicator AND k.field = f.field AND k.span = f.span AND k.printed = f.value
                    AND e.id = (SELECT max(l.id) FROM decisions l WHERE l.finding_id = e.finding_id)
                  ORDER BY e.id DESC LIMIT 1), f.value) AS REAL) AS number
              FROM units u
              CROSS JOIN reports r ON r.unit_id = u.id AND r.period = strftime('%Y-%m', a.period || '-01', '-1 year') AND r.state = 'current'
              CROSS JOIN figures f ON f.indicator = a.indicator AND f.field = a.field AND f.span = 'period' AND f.report_id = r.id AND f.confidence >= 0.7
              JOIN documents d ON d.id = r.document_id
             WHERE u.id = a.unit_id OR u.same_as = a.unit_id)) AS last_year
      FROM v_months a);
