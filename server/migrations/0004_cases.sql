-- Whom an open case waits for: 'owner', 'raiser', or a verb with the limits of its next step. Written by the engine with every
-- change of state, so that an inbox is an index range and not a walk through every workflow.
ALTER TABLE cases ADD COLUMN waits_for text;
-- A leader who presses for a case (督办).
ALTER TABLE cases ADD COLUMN supervised_by uuid REFERENCES people (id);
ALTER TABLE cases ADD COLUMN supervised_at timestamptz;
CREATE INDEX cases_recent ON cases (type, state, changed_at DESC, id);
-- By place for those who look after few units, by day for those who look after many.
CREATE INDEX cases_waiting ON cases (waits_for, unit_path) WHERE closed_at IS NULL;
CREATE INDEX cases_waiting_due ON cases (waits_for, due_on, id) WHERE closed_at IS NULL;
CREATE INDEX cases_owner_unit ON cases (owner_unit_id, due_on) WHERE closed_at IS NULL AND owner_person_id IS NULL;
CREATE INDEX cases_raiser ON cases (raised_by, changed_at DESC);
CREATE INDEX cases_due ON cases (due_on, unit_path) WHERE closed_at IS NULL AND due_on IS NOT NULL;
CREATE INDEX cases_supervised ON cases (supervised_by) WHERE closed_at IS NULL AND supervised_by IS NOT NULL;
CREATE INDEX cases_opened ON cases (unit_path, type) WHERE open_below;

CREATE INDEX notices_unread ON notices (person_id) WHERE read_at IS NULL;

-- Two steps of one transaction carry the same moment; their order is this number.
ALTER TABLE case_steps ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX case_steps_person ON case_steps (person_id, seq DESC);

-- Counts by state, kept instead of counted. Every change appends signed rows here, so that writers never wait for each
-- other on one counter; from time to time they are folded into case_counts, which holds one row for every unit on the way
-- up. A reader adds both in one statement and therefore always sees the exact number.
CREATE TABLE case_count_deltas (
  unit_path text COLLATE "C" NOT NULL,
  type text NOT NULL,
  state text NOT NULL,
  n int NOT NULL
);
SELECT scope_table('case_count_deltas', 'SELECT');
CREATE TABLE case_counts (
  unit_path text COLLATE "C" NOT NULL,
  type text NOT NULL,
  state text NOT NULL,
  parent_path text COLLATE "C" NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (unit_path, type, state)
);
CREATE INDEX case_counts_parent ON case_counts (parent_path, type, state);
SELECT scope_table('case_counts', 'SELECT');

CREATE FUNCTION parent_path(path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT regexp_replace(path, '\d+\.$', '') $$;

CREATE FUNCTION note_cases_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO case_count_deltas SELECT unit_path, type, state, count(*) FROM added GROUP BY unit_path, type, state;
  RETURN NULL;
END $$;
CREATE FUNCTION note_cases_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO case_count_deltas
    SELECT unit_path, type, state, sum(n) FROM (
      SELECT unit_path, type, state, 1 AS n FROM added UNION ALL SELECT unit_path, type, state, -1 FROM removed) AS both_sides
    GROUP BY unit_path, type, state HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
CREATE FUNCTION note_cases_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO case_count_deltas SELECT unit_path, type, state, -count(*) FROM removed GROUP BY unit_path, type, state;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION note_cases_added(), note_cases_changed(), note_cases_removed() FROM PUBLIC;
CREATE TRIGGER count_added AFTER INSERT ON cases
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_cases_added();
CREATE TRIGGER count_changed AFTER UPDATE ON cases
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_cases_changed();
CREATE TRIGGER count_removed AFTER DELETE ON cases
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION note_cases_removed();

-- Folds what has been appended into the kept counts; answers how many rows there were. One process at a time.
CREATE FUNCTION fold_case_counts() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE folded bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(2004318061) THEN RETURN 0; END IF;
  WITH gone AS (DELETE FROM case_count_deltas RETURNING unit_path, type, state, n),
  summed AS (SELECT unit_path, type, state, sum(n) AS n FROM gone GROUP BY unit_path, type, state),
  every_level AS (
    SELECT array_to_string(parts[1:i], '.') || '.' AS unit_path, type, state, sum(n) AS n
    FROM (SELECT string_to_array(rtrim(unit_path, '.'), '.') AS parts, type, state, n FROM summed) AS s,
      generate_subscripts(parts, 1) AS i
    GROUP BY 1, 2, 3 HAVING sum(n) <> 0),
  kept AS (
    INSERT INTO case_counts AS c (unit_path, type, state, parent_path, n)
    SELECT unit_path, type, state, parent_path(unit_path), n FROM every_level ORDER BY 1, 2, 3
    ON CONFLICT (unit_path, type, state) DO UPDATE SET n = c.n + excluded.n)
  SELECT count(*) INTO folded FROM gone;
  RETURN folded;
END $$;
REVOKE ALL ON FUNCTION fold_case_counts() FROM PUBLIC;

INSERT INTO case_count_deltas SELECT unit_path, type, state, count(*) FROM cases GROUP BY unit_path, type, state;
SELECT fold_case_counts();
