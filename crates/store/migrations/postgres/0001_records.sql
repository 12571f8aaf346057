-- Where the chain ends, and the time of its last event. One row, which whoever appends locks.
CREATE TABLE head (
  one  BIGINT PRIMARY KEY CHECK (one = 1),
  seq  BIGINT NOT NULL,
  hash BYTEA  NOT NULL,
  at   BIGINT NOT NULL -- microseconds since 1970
);
INSERT INTO head VALUES (1, 0, decode(repeat('00', 32), 'hex'), -9223372036854775808);

CREATE TABLE events (
  seq         BIGINT PRIMARY KEY,
  stream_kind TEXT COLLATE "C" NOT NULL,
  stream_id   TEXT COLLATE "C" NOT NULL,
  version     BIGINT  NOT NULL,
  kind        TEXT    NOT NULL,
  at          BIGINT  NOT NULL, -- microseconds since 1970
  clock_back  BOOLEAN NOT NULL,
  actor       TEXT    NOT NULL,
  view        BYTEA,            -- NULL: as it was; empty: gone; else its digest
  body_digest BYTEA   NOT NULL,
  hash        BYTEA   NOT NULL,
  body        BYTEA             -- NULL: erased
);
CREATE UNIQUE INDEX events_stream ON events (stream_kind, stream_id, version);

CREATE TABLE views (
  n        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind     TEXT COLLATE "C" NOT NULL,
  id       TEXT COLLATE "C" NOT NULL,
  version  BIGINT NOT NULL,
  seq      BIGINT NOT NULL,
  first    BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  title    TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  assignee TEXT,
  rank     BIGINT NOT NULL, -- the priority with its sign turned
  due      BIGINT NOT NULL, -- days since 1970; 2147483647 where none
  outcome  TEXT,
  text     TEXT   NOT NULL,
  data     TEXT   NOT NULL,
  labels   TEXT[] NOT NULL,
  words    TSVECTOR NOT NULL -- of title and text, to search for
);
CREATE UNIQUE INDEX views_stream  ON views (kind, id);
CREATE INDEX views_changed        ON views (kind, seq);
CREATE INDEX views_begun          ON views (kind, first);
CREATE INDEX views_due            ON views (kind, due, first);
CREATE INDEX views_priority       ON views (kind, rank, due, first);
CREATE INDEX views_state_changed  ON views (kind, state, seq);
CREATE INDEX views_state_priority ON views (kind, state, rank, due, first);
CREATE INDEX views_assignee       ON views (kind, assignee, rank, due, first) WHERE assignee IS NOT NULL;
CREATE INDEX views_labels         ON views USING gin (labels);
CREATE INDEX views_words          ON views USING gin (words);

CREATE TABLE blobs (
  digest BYTEA PRIMARY KEY,
  size   BIGINT NOT NULL,
  bytes  BYTEA  NOT NULL
);
ALTER TABLE blobs ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE blob_refs (
  digest      BYTEA NOT NULL,
  stream_kind TEXT COLLATE "C" NOT NULL,
  stream_id   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (stream_kind, stream_id, digest)
);
CREATE INDEX blob_refs_of ON blob_refs (digest);

CREATE TABLE keys (
  space   TEXT COLLATE "C" NOT NULL,
  key     BYTEA NOT NULL,
  value   BYTEA NOT NULL,
  expires BIGINT, -- microseconds since 1970
  PRIMARY KEY (space, key)
);
CREATE INDEX keys_expire ON keys (expires) WHERE expires IS NOT NULL;
