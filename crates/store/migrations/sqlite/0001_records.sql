-- Where the chain ends, and the time of its last event. One row.
CREATE TABLE head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  hash BLOB    NOT NULL,
  at   INTEGER NOT NULL -- microseconds since 1970
) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32), -9223372036854775808);

CREATE TABLE events (
  seq         INTEGER PRIMARY KEY,
  stream_kind TEXT    NOT NULL,
  stream_id   TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  at          INTEGER NOT NULL, -- microseconds since 1970
  clock_back  INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  view        BLOB,             -- NULL: as it was; empty: gone; else its digest
  body_digest BLOB    NOT NULL,
  hash        BLOB    NOT NULL,
  body        BLOB              -- NULL: erased
) STRICT;
CREATE UNIQUE INDEX events_stream ON events (stream_kind, stream_id, version);

CREATE TABLE views (
  n        INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL,
  id       TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  first    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  title    TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  assignee TEXT,
  rank     INTEGER NOT NULL, -- the priority with its sign turned
  due      INTEGER NOT NULL, -- days since 1970; 2147483647 where none
  outcome  TEXT,
  text     TEXT    NOT NULL,
  data     TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX views_stream   ON views (kind, id);
CREATE INDEX views_changed         ON views (kind, seq);
CREATE INDEX views_begun           ON views (kind, first);
CREATE INDEX views_due             ON views (kind, due, first);
CREATE INDEX views_priority        ON views (kind, rank, due, first);
CREATE INDEX views_state_changed   ON views (kind, state, seq);
CREATE INDEX views_state_priority  ON views (kind, state, rank, due, first);
CREATE INDEX views_assignee        ON views (kind, assignee, rank, due, first) WHERE assignee IS NOT NULL;

CREATE TABLE view_labels (
  kind  TEXT    NOT NULL,
  label TEXT    NOT NULL,
  n     INTEGER NOT NULL REFERENCES views (n) ON DELETE CASCADE,
  PRIMARY KEY (kind, label, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_labels_of ON view_labels (n);

-- The words of title and text, to search for; the text itself is in `views`.
CREATE VIRTUAL TABLE view_words USING fts5 (
  words, content = '', contentless_delete = 1, detail = none,
  tokenize = 'ascii'
);

CREATE TABLE blobs (
  digest BLOB PRIMARY KEY,
  size   INTEGER NOT NULL,
  bytes  BLOB    NOT NULL
) STRICT;
CREATE TABLE blob_refs (
  digest      BLOB NOT NULL,
  stream_kind TEXT NOT NULL,
  stream_id   TEXT NOT NULL,
  PRIMARY KEY (stream_kind, stream_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_refs_of ON blob_refs (digest);

CREATE TABLE keys (
  space   TEXT NOT NULL,
  key     BLOB NOT NULL,
  value   BLOB NOT NULL,
  expires INTEGER, -- microseconds since 1970
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_expire ON keys (expires) WHERE expires IS NOT NULL;
