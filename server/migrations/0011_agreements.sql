-- Agreements: dated relations with terms between two or more parties.
CREATE TABLE agreements (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  number text,
  state text NOT NULL CHECK (state IN ('draft', 'signing', 'in-force', 'ended', 'dropped')),
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  -- Set when it really came into force and when it really ended: history is read from these days, not from the plan.
  in_force_on date,
  ended_on date CHECK (ended_on >= in_force_on),
  ended_reason text,
  document text,
  -- The agreement that this one renews.
  renews uuid REFERENCES agreements (id),
  star text,
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  -- Terms by kind: they drive postings and figures. Fixed once the first party has signed.
  terms jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX agreements_list ON agreements (kind, state, unit_path, changed_at DESC);
CREATE INDEX agreements_path ON agreements (unit_path, changed_at DESC);
CREATE INDEX agreements_expiry ON agreements (to_day) WHERE state = 'in-force';
SELECT scope_table('agreements', 'SELECT, INSERT, UPDATE');

CREATE TABLE agreement_parties (
  id uuid PRIMARY KEY,
  agreement_id uuid NOT NULL REFERENCES agreements (id),
  unit_path text COLLATE "C" NOT NULL,
  role text NOT NULL,
  -- Exactly one of: a unit, a subject, or a party outside the registry by name (never a private person's).
  unit_id int REFERENCES units (id),
  subject_id uuid REFERENCES subjects (id),
  outside_name text,
  signed_on date,
  signed_by text,
  CHECK (num_nonnulls(unit_id, subject_id, outside_name) = 1)
);
CREATE INDEX agreement_parties_agreement ON agreement_parties (agreement_id);
CREATE INDEX agreement_parties_subject ON agreement_parties (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX agreement_parties_unit ON agreement_parties (unit_id) WHERE unit_id IS NOT NULL;
SELECT scope_table('agreement_parties', 'SELECT, INSERT, UPDATE, DELETE');

-- In force means that everybody has signed; the database refuses anything else, whoever asks.
CREATE FUNCTION keep_agreement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.state = 'in-force' AND OLD.state <> 'in-force' AND (
    (SELECT count(*) FROM agreement_parties p WHERE p.agreement_id = NEW.id) < 2
    OR EXISTS (SELECT 1 FROM agreement_parties p WHERE p.agreement_id = NEW.id AND p.signed_on IS NULL))
  THEN RAISE EXCEPTION 'an agreement is in force only when all parties have signed' USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state IN ('in-force', 'ended') AND (NEW.terms, NEW.kind, NEW.from_day, NEW.in_force_on)
    IS DISTINCT FROM (OLD.terms, OLD.kind, OLD.from_day, OLD.in_force_on)
  THEN RAISE EXCEPTION 'terms in force are never changed' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION keep_agreement() FROM PUBLIC;
CREATE TRIGGER keep_agreement BEFORE UPDATE ON agreements FOR EACH ROW EXECUTE FUNCTION keep_agreement();
