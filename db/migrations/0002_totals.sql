-- Rows of totals, and where pages begin.
--
-- Reports that were stored before have neither until their documents are read
-- again; until then the checks say less about them, not something else.

-- One column of a table that ends in a row of totals: the printed numbers,
-- whatever they mean. parts is a JSON list of [start, end, value].
CREATE TABLE report_totals (
  report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  ord       INTEGER NOT NULL CHECK (ord >= 0),
  start     INTEGER NOT NULL CHECK (start >= 0),  -- of the total
  end       INTEGER NOT NULL CHECK (end >= start),
  text      TEXT NOT NULL,
  value     TEXT NOT NULL,
  indicator TEXT NOT NULL,  -- '' where no rule read the total
  field     TEXT NOT NULL,
  heading   TEXT NOT NULL,  -- of the column
  parts     TEXT NOT NULL CHECK (json_valid(parts)),
  PRIMARY KEY (report_id, ord)
) STRICT, WITHOUT ROWID;

-- A JSON list with the first byte of every page; empty for a text without pages.
ALTER TABLE reports ADD COLUMN page_starts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(page_starts));
