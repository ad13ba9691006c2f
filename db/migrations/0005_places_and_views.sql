-- Lists of administrative units, the spelling of units, what findings cite, and
-- the views for other programs.

-- name_key is the folded name (normalize/place, Key): two spellings of one name
-- have one key. It is NULL only for rows from before this migration until the
-- next import fills it.
ALTER TABLE units ADD COLUMN name_key TEXT;
CREATE INDEX units_name_key ON units (name_key);
CREATE INDEX units_without_key ON units (id) WHERE name_key IS NULL;

-- The files of units that the user loaded, as they were, so that a list that
-- comes later is put together with them.
CREATE TABLE place_lists (
  name      TEXT PRIMARY KEY CHECK (name <> ''),
  sha256    TEXT NOT NULL CHECK (length(sha256) = 64),
  content   BLOB NOT NULL,  -- zstd
  loaded_at TEXT NOT NULL
) STRICT;

-- What the lists say when put together. A code is no identity: codes were given
-- again in 2025, so a unit is its code and the day from which it is valid.
CREATE TABLE places (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL,
  name         TEXT NOT NULL CHECK (name <> ''),
  level        TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province')),
  parents      TEXT NOT NULL CHECK (json_valid(parents)),       -- names, nearest first
  parent_codes TEXT NOT NULL CHECK (json_valid(parent_codes)),  -- in the same order
  valid_from   TEXT NOT NULL,  -- ISO dates, both days included; '' where open
  valid_to     TEXT NOT NULL,
  name_key     TEXT NOT NULL,  -- as in units
  bare_key     TEXT NOT NULL   -- of the name without its type
) STRICT;
CREATE INDEX places_name_key ON places (name_key);
CREATE INDEX places_bare_key ON places (bare_key);

CREATE TABLE place_links (
  from_id INTEGER NOT NULL REFERENCES places (id),
  to_id   INTEGER NOT NULL REFERENCES places (id),
  kind    TEXT NOT NULL CHECK (kind IN ('full', 'partial', 'unchanged')),
  note    TEXT NOT NULL,
  PRIMARY KEY (from_id, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_links_to ON place_links (to_id);

-- The figures of its own report that a finding rests on, out of its content. The
-- triggers keep it so.
CREATE TABLE finding_figures (
  finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  indicator  TEXT NOT NULL,
  field      TEXT NOT NULL,
  value      TEXT NOT NULL,  -- as printed
  PRIMARY KEY (finding_id, indicator, field, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_figures_indicator ON finding_figures (indicator, finding_id);

CREATE VIEW finding_citations AS
SELECT DISTINCT f.id AS finding_id, c.value ->> 'Indicator' AS indicator, ifnull(c.value ->> 'Field', '') AS field, ifnull(c.value ->> 'Value', '') AS value
  FROM findings f, json_each(f.content, '$.Figures') c
 WHERE ifnull(c.value ->> 'Indicator', '') <> '' AND ifnull(c.value ->> 'Period', '') = '' AND ifnull(c.value ->> 'File', '') = '';

INSERT INTO finding_figures SELECT finding_id, indicator, field, value FROM finding_citations;

CREATE TRIGGER findings_cite AFTER INSERT ON findings
BEGIN
  INSERT INTO finding_figures SELECT finding_id, indicator, field, value FROM finding_citations WHERE finding_id = new.id;
END;
CREATE TRIGGER findings_cite_again AFTER UPDATE OF content ON findings
BEGIN
  DELETE FROM finding_figures WHERE finding_id = new.id;
  INSERT INTO finding_figures SELECT finding_id, indicator, field, value FROM finding_citations WHERE finding_id = new.id;
END;

-- What follows is for other programs: plain names, one row for each thing a
-- reader would count. Current reports only.

CREATE VIEW v_reports AS
SELECT r.id AS report_id, c.name AS unit, p.name AS parent,
       coalesce(g.name, CASE WHEN p.name LIKE 'Tỉnh %' OR p.name LIKE 'Thành phố %' THEN p.name END) AS province,
       r.type, r.period, nullif(r.period_from, '') AS data_from, nullif(r.period_to, '') AS data_to,
       nullif(r.number, '') AS number, nullif(r.date, '') AS date,
       (SELECT count(*) FROM figures f WHERE f.report_id = r.id) AS figures,
       ifnull((SELECT n.count FROM number_counts n WHERE n.report_id = r.id AND n.class = 'unexplained'), 0) AS unexplained,
       (SELECT count(*) FROM findings x WHERE x.sha256 = d.sha256 AND x.active = 1 AND x.severity = 'error') AS errors,
       d.path AS file, d.sha256
  FROM reports r
  JOIN documents d ON d.id = r.document_id
  LEFT JOIN units u ON u.id = r.unit_id
  LEFT JOIN units c ON c.id = ifnull(u.same_as, u.id)
  LEFT JOIN units p ON p.id = c.parent_id
  LEFT JOIN units g ON g.id = p.parent_id
 WHERE r.state = 'current';

CREATE VIEW v_figures AS
SELECT r.id AS report_id, c.name AS unit, p.name AS parent,
       coalesce(g.name, CASE WHEN p.name LIKE 'Tỉnh %' OR p.name LIKE 'Thành phố %' THEN p.name END) AS province,
       r.period, f.indicator, nullif(f.field, '') AS field, f.span,
       ifnull(k.value, f.value) AS value, CAST(ifnull(k.value, f.value) AS REAL) AS number, f.unit AS measure,
       f.approx AS approximate, f.value AS printed, k.value IS NOT NULL AS corrected,
       EXISTS (SELECT 1 FROM findings x JOIN finding_figures y ON y.finding_id = x.id
                WHERE x.sha256 = d.sha256 AND x.active = 1 AND x.severity = 'error'
                  AND y.indicator = f.indicator AND y.field = f.field AND y.value = f.value) AS in_error,
       f.confidence, f.confidence >= 0.5 AS trusted, m.page, m.line, m.snippet AS sentence, m.rule, d.path AS file
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

CREATE VIEW v_findings AS
SELECT f.id AS finding_id, f.unit, f.period, f.severity, f.kind, f.check_id AS "check",
       f.content ->> 'Message' AS message, f.content ->> 'MessageEN' AS message_en,
       nullif(f.content ->> 'Left', '') AS left_side, nullif(f.content ->> 'Right', '') AS right_side, nullif(f.content ->> 'Gap', '') AS gap,
       ifnull(l.state, 'open') AS state, l.who AS decided_by, nullif(l.reason, '') AS reason, l.decided_at,
       d.path AS file
  FROM findings f
  LEFT JOIN documents d ON d.sha256 = f.sha256
  LEFT JOIN decisions l ON l.id = (SELECT max(id) FROM decisions WHERE finding_id = f.id)
 WHERE f.active = 1;

-- One row for each unit, month, indicator and field; NULL where reports differ.
-- Figures that are more likely wrong than right (confidence below 0.5) are left out.
-- A corrected value is looked up and not joined, so that conditions on unit,
-- indicator and period reach the indexes.
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
     WHERE r.state = 'current' AND f.span = 'period' AND f.confidence >= 0.5 AND r.period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]')
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
              CROSS JOIN figures f ON f.indicator = a.indicator AND f.field = a.field AND f.span = 'period' AND f.report_id = r.id AND f.confidence >= 0.5
              JOIN documents d ON d.id = r.document_id
             WHERE u.id = a.unit_id OR u.same_as = a.unit_id)) AS previous,
           (SELECT CASE WHEN min(number) = max(number) THEN min(number) END FROM (
            SELECT CAST(ifnull((SELECT k.value FROM corrections k JOIN decisions e ON e.id = k.decision_id
                  WHERE k.sha256 = d.sha256 AND k.indicator = f.indicator AND k.field = f.field AND k.span = f.span AND k.printed = f.value
                    AND e.id = (SELECT max(l.id) FROM decisions l WHERE l.finding_id = e.finding_id)
                  ORDER BY e.id DESC LIMIT 1), f.value) AS REAL) AS number
              FROM units u
              CROSS JOIN reports r ON r.unit_id = u.id AND r.period = strftime('%Y-%m', a.period || '-01', '-1 year') AND r.state = 'current'
              CROSS JOIN figures f ON f.indicator = a.indicator AND f.field = a.field AND f.span = 'period' AND f.report_id = r.id AND f.confidence >= 0.5
              JOIN documents d ON d.id = r.document_id
             WHERE u.id = a.unit_id OR u.same_as = a.unit_id)) AS last_year
      FROM v_months a);
