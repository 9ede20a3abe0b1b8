-- A job says which process works on it and when that process was last alive; a job of a dead process is taken again.
ALTER TABLE jobs
  ADD COLUMN worker text,
  ADD COLUMN heartbeat_at timestamptz,
  ADD COLUMN tries int NOT NULL DEFAULT 0,
  ADD COLUMN phase text,
  ADD COLUMN lang text NOT NULL DEFAULT 'zh';
CREATE INDEX jobs_user ON jobs (user_id, created_at DESC);

-- The last day on which a nightly run was started: whichever process comes first starts it, once.
CREATE TABLE schedules (
  name text PRIMARY KEY,
  last_day date NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON schedules TO wuxing_app;
