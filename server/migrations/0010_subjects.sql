-- Subjects: registry entries that are no units of command (households, enterprises, cooperatives, facilities, bases …).
CREATE TABLE subjects (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- An official number where the kind has one (credit code of an enterprise, licence of a facility).
  code text,
  -- Address or plot; of a household this is all there is by default.
  place text,
  -- The subject this one belongs to: a branch cooperative to its head, a product to its base.
  parent_id uuid REFERENCES subjects (id),
  -- The unit that leads or runs it where that is another than the one it stands in (a branch-led cooperative).
  lead_unit_id int REFERENCES units (id),
  state text NOT NULL,
  star text,
  tags text[] NOT NULL DEFAULT '{}',
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX subjects_list ON subjects (kind, unit_path, name);
CREATE INDEX subjects_path ON subjects (unit_path, changed_at DESC);
CREATE INDEX subjects_parent ON subjects (parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX subjects_code ON subjects (kind, code) WHERE code IS NOT NULL AND to_day IS NULL;
SELECT scope_table('subjects', 'SELECT, INSERT, UPDATE');

-- Consents: for which purpose which fields may be kept, until when. A consent is withdrawn, never edited.
CREATE TABLE consents (
  id uuid PRIMARY KEY,
  subject_id uuid NOT NULL REFERENCES subjects (id),
  unit_path text COLLATE "C" NOT NULL,
  purpose text NOT NULL,
  fields text[] NOT NULL CHECK (cardinality(fields) > 0),
  given_on date NOT NULL,
  expires_on date NOT NULL CHECK (expires_on >= given_on),
  -- How it was given: on paper, on the page, read aloud and recorded by two people.
  channel text NOT NULL CHECK (channel IN ('paper', 'page', 'witnessed')),
  document text,
  recorded_by uuid,
  recorded_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  erased_at timestamptz
);
CREATE INDEX consents_subject ON consents (subject_id);
CREATE INDEX consents_expiry ON consents (expires_on) WHERE erased_at IS NULL;
SELECT scope_table('consents', 'SELECT, INSERT, UPDATE');

-- Personal fields of a subject, sealed with the instance's secret, each under the consent that allows it. They are rows and
-- not columns of subjects, so that erasing them leaves nothing behind and no list can show them by accident.
CREATE TABLE subject_personal (
  subject_id uuid NOT NULL REFERENCES subjects (id),
  field text NOT NULL,
  unit_path text COLLATE "C" NOT NULL,
  consent_id uuid NOT NULL REFERENCES consents (id),
  sealed bytea NOT NULL,
  PRIMARY KEY (subject_id, field)
);
CREATE INDEX subject_personal_consent ON subject_personal (consent_id);
SELECT scope_table('subject_personal', 'SELECT, INSERT, UPDATE, DELETE');

-- A status can be granted to a subject (a household, an enterprise, a product) as well as to a unit: the unit is then where
-- the subject stands.
ALTER TABLE designations ADD COLUMN subject_id uuid REFERENCES subjects (id);
CREATE INDEX designations_subject ON designations (subject_id) WHERE subject_id IS NOT NULL;

-- What a case is about besides its unit, and the lines of work and themes it serves.
ALTER TABLE cases ADD COLUMN subject_id uuid REFERENCES subjects (id), ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
CREATE INDEX cases_subject ON cases (subject_id) WHERE subject_id IS NOT NULL;
