-- An outcome that few have is found without walking past all others.
CREATE INDEX views_outcome ON views (kind, outcome, first) WHERE outcome IS NOT NULL;

-- Which index a page walks rests on how common its states, labels and words are: with old or no
-- statistics every filter looks rare, and a page sorts half of the table. Rows are mostly added,
-- so the usual tenth and fifth of a table come too late.
ALTER TABLE views SET (
  autovacuum_analyze_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.05
);
ANALYZE views;
