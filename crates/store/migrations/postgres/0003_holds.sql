-- What is held is found without walking past everything else that ever happened.
CREATE INDEX events_held ON events (seq) WHERE kind = 'legal-hold';
