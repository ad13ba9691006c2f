-- A file that is no longer at its place keeps its row, in the state 'gone', with
-- the document that was read from it.

CREATE TABLE files_new (
  id            INTEGER PRIMARY KEY,
  path          TEXT NOT NULL UNIQUE CHECK (path <> ''),
  size          INTEGER NOT NULL,  -- -1 where it could not be asked for
  modified_at   INTEGER NOT NULL,  -- nanoseconds since 1970, 0 where unknown
  sha256        TEXT NOT NULL CHECK (length(sha256) IN (0, 64)),  -- '' where never hashed
  state         TEXT NOT NULL CHECK (state IN ('stored', 'duplicate', 'superseded', 'not-a-report',
                  'needs-ocr', 'unreadable', 'unsupported', 'pending', 'archive', 'folder', 'gone')),
  reason        TEXT NOT NULL,
  document_id   INTEGER REFERENCES documents (id),
  attempts      INTEGER NOT NULL CHECK (attempts >= 0),
  engine        TEXT NOT NULL,
  rule_set_hash TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  last_seen_at  TEXT NOT NULL,
  CHECK (state = 'gone' OR (state IN ('stored', 'duplicate', 'superseded', 'not-a-report')) = (document_id IS NOT NULL))
) STRICT;
INSERT INTO files_new SELECT * FROM files;
DROP TABLE files;
ALTER TABLE files_new RENAME TO files;
CREATE INDEX files_sha256 ON files (sha256) WHERE sha256 <> '';
CREATE INDEX files_state ON files (state);
CREATE INDEX files_document ON files (document_id) WHERE document_id IS NOT NULL;
