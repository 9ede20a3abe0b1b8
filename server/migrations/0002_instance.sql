-- What this instance is. The row appears when the first administrator sets it up (or the demo county is loaded); until then
-- nobody can sign in and nothing stands in any table.
CREATE TABLE instance (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Demonstration data never becomes a real office's by accident: production refuses to start on it.
  kind text NOT NULL CHECK (kind IN ('production', 'demo')),
  name text NOT NULL,
  founded_at timestamptz NOT NULL,
  -- A digest made with the instance's secret: another secret would make every journal row look forged.
  secret_check text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON instance TO wuxing_app;

-- A second factor counts from the moment its first code was entered; until then it waits here.
ALTER TABLE users ADD COLUMN totp_pending text;
CREATE INDEX users_path ON users (unit_path);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- The journal is read by day and by actor. A block-range index costs next to nothing on a table that only grows.
CREATE INDEX journal_day ON journal USING brin (at) WITH (pages_per_range = 16);
CREATE INDEX journal_user ON journal (user_id, id) WHERE user_id IS NOT NULL;

-- A seal says which rows of the chain it closes, so that a missing one is found between two others.
ALTER TABLE journal_seals ADD COLUMN first_position bigint NOT NULL;
ALTER TABLE journal_seals ADD COLUMN last_position bigint NOT NULL;
-- The highest row number sealed so far: rows below it that have no link yet were committed late.
ALTER TABLE journal_seals ADD COLUMN highest_id bigint NOT NULL;
CREATE INDEX journal_links_seal ON journal_links (seal_id, position);

-- The application reads the chain (the journal page shows whether a row is sealed) and cannot write it.
GRANT SELECT ON journal_seals, journal_links TO wuxing_app;

-- When this process last did its regular work (vacuum, backup), so that a restart neither repeats nor skips it.
CREATE TABLE upkeep (
  task text PRIMARY KEY,
  done_at timestamptz NOT NULL,
  result text NOT NULL DEFAULT ''
);
GRANT SELECT ON upkeep TO wuxing_app;
