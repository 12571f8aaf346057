-- An outcome that few have is found without walking past all others.
CREATE INDEX views_outcome ON views (kind, outcome, first) WHERE outcome IS NOT NULL;
