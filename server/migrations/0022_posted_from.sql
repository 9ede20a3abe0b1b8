-- Whether something was posted already is asked by its source alone, whatever book it went into.
CREATE INDEX entries_from ON entries (source_kind, source_id) WHERE source_id IS NOT NULL AND reverses IS NULL;
