-- Events: what is held at a time and place, with participants, an agenda and outputs. Planned is not held.
CREATE TABLE event_series (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  title text NOT NULL,
  -- How often it is due: `times` in each week, month, quarter or year.
  every text NOT NULL CHECK (every IN ('week', 'month', 'quarter', 'year')),
  times int NOT NULL DEFAULT 1 CHECK (times BETWEEN 1 AND 31),
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  star text,
  tags text[] NOT NULL DEFAULT '{}',
  version int NOT NULL DEFAULT 1,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX event_series_path ON event_series (unit_path, kind);
SELECT scope_table('event_series', 'SELECT, INSERT, UPDATE');

CREATE TABLE events (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  series_id uuid REFERENCES event_series (id),
  -- The round of which this visit is one stop, the programme of which this batch is one.
  parent_id uuid REFERENCES events (id),
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  state text NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  -- The day in China on which it was held or is to be held; all counting goes by it.
  on_day date NOT NULL,
  starts_at timestamptz,
  ends_at timestamptz CHECK (ends_at >= starts_at),
  place text,
  venue_id uuid REFERENCES subjects (id),
  case_id uuid REFERENCES cases (id),
  star text,
  tags text[] NOT NULL DEFAULT '{}',
  minutes text,
  held_recorded_at timestamptz,
  cancelled_reason text,
  -- How often a held event was corrected; each correction is in the journal with its reason.
  corrections int NOT NULL DEFAULT 0,
  -- People who came without being named one by one (residents at a forum).
  others int NOT NULL DEFAULT 0 CHECK (others >= 0),
  open_below boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  data jsonb NOT NULL DEFAULT '{}',
  CHECK ((state = 'held') = (held_recorded_at IS NOT NULL))
);
CREATE INDEX events_list ON events (kind, state, unit_path, on_day DESC);
CREATE INDEX events_path ON events (unit_path, on_day DESC);
CREATE INDEX events_series ON events (series_id, on_day) WHERE series_id IS NOT NULL;
CREATE INDEX events_parent ON events (parent_id) WHERE parent_id IS NOT NULL;
SELECT scope_table('events', 'SELECT, INSERT, UPDATE');
SELECT open_below_policy('events');
-- What was held is changed by a correction only; a unit that moves takes its events along.
CREATE FUNCTION keep_held_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'held' AND (NEW.state <> 'held' OR NEW.corrections = OLD.corrections)
    AND to_jsonb(NEW) - 'unit_path' <> to_jsonb(OLD) - 'unit_path'
  THEN RAISE EXCEPTION 'a held event is changed by a correction only' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_held BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION keep_held_event();

CREATE TABLE event_items (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES events (id),
  unit_path text COLLATE "C" NOT NULL,
  position int NOT NULL,
  title text NOT NULL,
  -- A standing item is put in by itself and must be minuted or its skipping explained (M018).
  standing text,
  unit_id int REFERENCES units (id),
  person_id uuid REFERENCES people (id),
  star text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'minuted', 'skipped')),
  minute text,
  decision text,
  skipped_reason text,
  -- What the item was about, and the task that its decision became.
  about_case_id uuid REFERENCES cases (id),
  task_id uuid REFERENCES cases (id),
  data jsonb NOT NULL DEFAULT '{}',
  -- Checked at the end, so that an agenda can be put in another order.
  UNIQUE (event_id, position) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX event_items_about ON event_items (about_case_id) WHERE about_case_id IS NOT NULL;
CREATE INDEX event_items_standing ON event_items (standing, unit_path) WHERE standing IS NOT NULL;
SELECT scope_table('event_items', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY of_open_event ON event_items FOR SELECT TO wuxing_app USING (EXISTS
  (SELECT 1 FROM events e WHERE e.id = event_id AND e.open_below));

CREATE TABLE event_roster (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES events (id),
  unit_path text COLLATE "C" NOT NULL,
  role text NOT NULL DEFAULT 'attendee',
  -- Exactly one of: a person with a duty, a unit that is represented, a subject.
  person_id uuid REFERENCES people (id),
  unit_id int REFERENCES units (id),
  subject_id uuid REFERENCES subjects (id),
  expected boolean NOT NULL DEFAULT true,
  attended boolean,
  -- Hours, a certificate's number, a takeaway note: by kind.
  data jsonb NOT NULL DEFAULT '{}',
  CHECK (num_nonnulls(person_id, unit_id, subject_id) = 1)
);
CREATE UNIQUE INDEX event_roster_one ON event_roster (event_id, coalesce(person_id::text, unit_id::text, subject_id::text));
CREATE INDEX event_roster_person ON event_roster (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX event_roster_unit ON event_roster (unit_id) WHERE unit_id IS NOT NULL;
SELECT scope_table('event_roster', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY of_open_event ON event_roster FOR SELECT TO wuxing_app USING (EXISTS
  (SELECT 1 FROM events e WHERE e.id = event_id AND e.open_below));

-- Addresses at which a calendar program reads a person's events: a secret of which only the hash is kept, and revocable.
CREATE TABLE event_feeds (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people (id),
  unit_path text COLLATE "C" NOT NULL,
  title text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  last_read_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX event_feeds_person ON event_feeds (person_id);
SELECT scope_table('event_feeds', 'SELECT, INSERT, UPDATE');
