-- What an office asks for that the catalogue of figures does not know: one field for everybody, so that the next office finds
-- it with its answers instead of asking again.
CREATE TABLE asked_fields (
  id uuid PRIMARY KEY,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('number', 'yes', 'text')),
  measure text,
  question text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX asked_fields_name ON asked_fields (name);
SELECT scope_table('asked_fields', 'SELECT, INSERT');
-- A question is no secret to those who are asked.
CREATE POLICY above ON asked_fields FOR SELECT TO wuxing_app USING (EXISTS
  (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ unit_path));

-- Answers, dated like facts; a later answer supersedes the earlier one, which stays.
CREATE TABLE asked_values (
  id uuid PRIMARY KEY,
  field_id uuid NOT NULL REFERENCES asked_fields (id),
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  period text NOT NULL,
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
  as_of date NOT NULL,
  source text NOT NULL,
  case_id uuid REFERENCES cases (id),
  entered_by uuid,
  entered_at timestamptz NOT NULL,
  superseded_at timestamptz
);
CREATE UNIQUE INDEX asked_values_current ON asked_values (field_id, unit_id, period) WHERE superseded_at IS NULL;
CREATE INDEX asked_values_path ON asked_values (unit_path);
SELECT scope_table('asked_values', 'SELECT, INSERT, UPDATE');

-- How many minutes a month requests may cost one village below a unit.
CREATE TABLE burden_caps (
  unit_id int PRIMARY KEY REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  minutes int NOT NULL CHECK (minutes BETWEEN 0 AND 1000),
  document text NOT NULL,
  set_at timestamptz NOT NULL
);
SELECT scope_table('burden_caps', 'SELECT, INSERT, UPDATE');
CREATE POLICY above ON burden_caps FOR SELECT TO wuxing_app USING (EXISTS
  (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ unit_path));
