-- The first schema: ledger, documents, reports, figures, findings, decisions.
--
-- Times of events end in _at (UTC, RFC 3339). Dates and values that were read
-- from documents are text as printed or as normalised. Rows of a report are
-- keyed by (report_id, ord): the place in the report's own list, so that they
-- do not depend on the order in which files arrived.

CREATE TABLE migrations (
  version    INTEGER PRIMARY KEY CHECK (version > 0),
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  applied_at TEXT NOT NULL
) STRICT;

-- Administrative units, each with the unit above it. A report that names fewer
-- of the units above ("Xã Quang Khải" without a province) gives a row of its
-- own, which same_as points to the one fuller row it can only mean.
CREATE TABLE units (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL CHECK (name <> ''),
  parent_id INTEGER REFERENCES units (id),
  same_as   INTEGER REFERENCES units (id) CHECK (same_as <> id)
) STRICT;
CREATE UNIQUE INDEX units_identity ON units (name, ifnull(parent_id, 0));
CREATE INDEX units_parent ON units (parent_id);
CREATE INDEX units_same_as ON units (same_as);

-- One row for each distinct content.
CREATE TABLE documents (
  id            INTEGER PRIMARY KEY,
  sha256        TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
  path          TEXT NOT NULL,  -- where it was first read; unit or period may come from it
  size          INTEGER NOT NULL CHECK (size >= 0),
  engine        TEXT NOT NULL,
  encoding      TEXT NOT NULL,
  pages         INTEGER NOT NULL CHECK (pages >= 0),
  text_size     INTEGER NOT NULL CHECK (text_size >= 0),
  warnings      TEXT NOT NULL CHECK (json_valid(warnings)),
  rule_set_hash TEXT NOT NULL,
  stored_at     TEXT NOT NULL,
  extracted_at  TEXT NOT NULL
) STRICT;

-- The text and its layout, apart from documents so that lists stay quick.
CREATE TABLE document_texts (
  document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  text        BLOB NOT NULL,  -- zstd
  layout      BLOB NOT NULL   -- zstd of JSON: blocks, pages, doubts
) STRICT;

-- The ledger: one row for each path that was ever offered.
CREATE TABLE files (
  id            INTEGER PRIMARY KEY,
  path          TEXT NOT NULL UNIQUE CHECK (path <> ''),
  size          INTEGER NOT NULL,  -- -1 where it could not be asked for
  modified_at   INTEGER NOT NULL,  -- nanoseconds since 1970, 0 where unknown
  sha256        TEXT NOT NULL CHECK (length(sha256) IN (0, 64)),  -- '' where never hashed
  state         TEXT NOT NULL CHECK (state IN ('stored', 'duplicate', 'superseded', 'not-a-report',
                  'needs-ocr', 'unreadable', 'unsupported', 'pending', 'archive', 'folder')),
  reason        TEXT NOT NULL,
  document_id   INTEGER REFERENCES documents (id),
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  engine        TEXT NOT NULL,
  rule_set_hash TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  CHECK ((state IN ('stored', 'duplicate', 'superseded', 'not-a-report')) = (document_id IS NOT NULL))
) STRICT;
CREATE INDEX files_sha256 ON files (sha256) WHERE sha256 <> '';
CREATE INDEX files_state ON files (state);
CREATE INDEX files_document ON files (document_id) WHERE document_id IS NOT NULL;

-- One row for each document: what it is. state 'other' is a document that is no
-- report. replaced_by is the corrected re-issue of a superseded report, or the
-- report that a duplicate repeats in another file form.
CREATE TABLE reports (
  id           INTEGER PRIMARY KEY,
  document_id  INTEGER NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
  type         TEXT NOT NULL,
  unit_id      INTEGER REFERENCES units (id),
  period       TEXT NOT NULL,  -- '' where unknown
  period_from  TEXT NOT NULL,
  period_to    TEXT NOT NULL,
  number       TEXT NOT NULL,
  date         TEXT NOT NULL,
  signer       TEXT NOT NULL,
  sources      TEXT NOT NULL CHECK (json_valid(sources)),
  figures_hash TEXT NOT NULL CHECK (length(figures_hash) = 64),
  state        TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'duplicate', 'other')),
  replaced_by  INTEGER REFERENCES reports (id) CHECK (replaced_by <> id),
  CHECK ((state IN ('superseded', 'duplicate')) = (replaced_by IS NOT NULL))
) STRICT;
CREATE INDEX reports_place ON reports (unit_id, period, type);
CREATE INDEX reports_period ON reports (period);
CREATE INDEX reports_replaced_by ON reports (replaced_by) WHERE replaced_by IS NOT NULL;

CREATE TABLE figures (
  report_id  INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord        INTEGER NOT NULL CHECK (ord >= 0),
  indicator  TEXT NOT NULL CHECK (indicator <> ''),
  field      TEXT NOT NULL,  -- '' where the figure is not by field
  span       TEXT NOT NULL CHECK (span IN ('period', 'ytd', 'previous', 'target')),
  -- A plain decimal: digits, perhaps a minus sign before and a point within.
  value      TEXT NOT NULL CHECK (value GLOB '*[0-9]' AND value NOT GLOB '*[^0-9.-]*'
               AND value NOT GLOB '?*-*' AND value NOT GLOB '*.*.*' AND value NOT GLOB '.*' AND value NOT GLOB '-.*'),
  unit       TEXT NOT NULL,
  decimals   INTEGER NOT NULL CHECK (decimals >= 0),
  rounding   INTEGER NOT NULL CHECK (rounding >= 0),
  approx     INTEGER NOT NULL CHECK (approx IN (0, 1)),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX figures_identity ON figures (indicator, field, span, report_id, value);

CREATE TABLE mentions (
  report_id  INTEGER NOT NULL,
  figure     INTEGER NOT NULL,
  ord        INTEGER NOT NULL CHECK (ord >= 0),
  start      INTEGER NOT NULL CHECK (start >= 0),  -- bytes of the document's text
  end        INTEGER NOT NULL CHECK (end >= start),
  page       INTEGER NOT NULL CHECK (page >= 0),
  line       INTEGER NOT NULL CHECK (line >= 0),
  text       TEXT NOT NULL,
  snippet    TEXT NOT NULL,
  rule       TEXT NOT NULL,
  section    TEXT NOT NULL,
  in_table   INTEGER NOT NULL CHECK (in_table IN (0, 1)),
  words      INTEGER NOT NULL CHECK (words IN (0, 1)),
  assessment INTEGER NOT NULL CHECK (assessment IN (0, 1)),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  parent     INTEGER,  -- the figure this is "trong đó" of
  PRIMARY KEY (report_id, figure, ord),
  FOREIGN KEY (report_id, figure) REFERENCES figures (report_id, ord) ON DELETE CASCADE,
  FOREIGN KEY (report_id, parent) REFERENCES figures (report_id, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_dates (
  report_id  INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord        INTEGER NOT NULL CHECK (ord >= 0),
  start      INTEGER NOT NULL CHECK (start >= 0),
  end        INTEGER NOT NULL CHECK (end >= start),
  text       TEXT NOT NULL,
  day        INTEGER NOT NULL,
  month      INTEGER NOT NULL,
  year       INTEGER NOT NULL,
  impossible INTEGER NOT NULL CHECK (impossible IN (0, 1)),
  role       TEXT NOT NULL,
  reference  INTEGER NOT NULL,  -- ord in report_references, -1 for none
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_references (
  report_id  INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord        INTEGER NOT NULL CHECK (ord >= 0),
  start      INTEGER NOT NULL CHECK (start >= 0),
  end        INTEGER NOT NULL CHECK (end >= start),
  number     TEXT NOT NULL,
  issuer     TEXT NOT NULL,
  date       TEXT NOT NULL,
  implements INTEGER NOT NULL,  -- ord of the reference it carries out, -1 for none
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_headings (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord       INTEGER NOT NULL CHECK (ord >= 0),
  start     INTEGER NOT NULL CHECK (start >= 0),
  end       INTEGER NOT NULL CHECK (end >= start),
  label     TEXT NOT NULL,
  style     TEXT NOT NULL,
  level     INTEGER NOT NULL,
  ordinal   INTEGER NOT NULL,
  title     TEXT NOT NULL,
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_sections (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord       INTEGER NOT NULL CHECK (ord >= 0),
  start     INTEGER NOT NULL CHECK (start >= 0),
  end       INTEGER NOT NULL CHECK (end >= start),
  section   TEXT NOT NULL,
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

-- The account of all numbers: how many of each class ...
CREATE TABLE number_counts (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  class     TEXT NOT NULL CHECK (class IN ('unexplained', 'figure', 'date', 'reference', 'structure', 'label', 'other')),
  count     INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (report_id, class)
) STRICT, WITHOUT ROWID;

-- ... and each one that nothing explains.
CREATE TABLE unexplained_numbers (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord       INTEGER NOT NULL CHECK (ord >= 0),
  start     INTEGER NOT NULL CHECK (start >= 0),
  end       INTEGER NOT NULL CHECK (end >= start),
  text      TEXT NOT NULL,
  why       TEXT NOT NULL,
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

-- What the checks said. id is derived from what the finding is about, never
-- from row numbers, so that the same contradiction keeps its id and with it the
-- decisions. A finding that a later check no longer makes stays, inactive.
CREATE TABLE findings (
  id            TEXT PRIMARY KEY CHECK (id <> ''),
  check_id      TEXT NOT NULL,
  kind          TEXT NOT NULL,
  severity      TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  sha256        TEXT NOT NULL,  -- of the document it is about, '' where it is about several
  unit          TEXT NOT NULL,
  period        TEXT NOT NULL,
  content       TEXT NOT NULL CHECK (json_valid(content)),
  active        INTEGER NOT NULL CHECK (active IN (0, 1)),
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL
) STRICT;
CREATE INDEX findings_place ON findings (unit, period);
CREATE INDEX findings_sha256 ON findings (sha256);

-- The trail: rows are added, never changed or removed.
CREATE TABLE decisions (
  id         INTEGER PRIMARY KEY,
  finding_id TEXT NOT NULL REFERENCES findings (id),
  state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed', 'corrected')),
  who        TEXT NOT NULL CHECK (who <> ''),
  reason     TEXT NOT NULL,
  basis      TEXT NOT NULL,  -- the two sides as they were printed when it was decided
  decided_at TEXT NOT NULL,
  CHECK (state <> 'dismissed' OR reason <> '')
) STRICT;
CREATE INDEX decisions_finding ON decisions (finding_id, id);

-- The values that a decision 'corrected' gives. The document is named by its
-- content: a figure keeps its correction when the document is read again.
CREATE TABLE corrections (
  decision_id INTEGER NOT NULL REFERENCES decisions (id),
  ord         INTEGER NOT NULL CHECK (ord >= 0),
  sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
  indicator   TEXT NOT NULL,
  field       TEXT NOT NULL,
  span        TEXT NOT NULL,
  printed     TEXT NOT NULL,
  value       TEXT NOT NULL CHECK (value GLOB '*[0-9]' AND value NOT GLOB '*[^0-9.-]*'
                AND value NOT GLOB '?*-*' AND value NOT GLOB '*.*.*' AND value NOT GLOB '.*' AND value NOT GLOB '-.*'),
  PRIMARY KEY (decision_id, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrections_figure ON corrections (sha256, indicator, field, span);

-- The corrected value that holds for a figure now: of the last decision on each
-- finding, the latest one about this figure. (SQLite takes the other columns
-- from the row that has the maximum.)
CREATE VIEW valid_corrections AS
SELECT c.sha256, c.indicator, c.field, c.span, c.printed, c.value, max(d.id) AS decision_id
  FROM corrections c
  JOIN decisions d ON d.id = c.decision_id
 WHERE d.id = (SELECT max(l.id) FROM decisions l WHERE l.finding_id = d.finding_id)
 GROUP BY c.sha256, c.indicator, c.field, c.span, c.printed;

CREATE TRIGGER decisions_are_kept BEFORE UPDATE ON decisions
BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT raise(ABORT, 'decisions are never removed'); END;
CREATE TRIGGER corrections_are_kept BEFORE UPDATE ON corrections
BEGIN SELECT raise(ABORT, 'corrections are never changed'); END;
CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections
BEGIN SELECT raise(ABORT, 'corrections are never removed'); END;
