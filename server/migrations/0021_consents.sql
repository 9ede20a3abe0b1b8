-- A consent says what it said when it was given. It is withdrawn once and erased once, and nothing else about it changes.
CREATE FUNCTION keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.subject_id, NEW.purpose, NEW.fields, NEW.given_on, NEW.expires_on, NEW.channel, NEW.document, NEW.recorded_by,
      NEW.recorded_at) IS DISTINCT FROM (OLD.id, OLD.subject_id, OLD.purpose, OLD.fields, OLD.given_on, OLD.expires_on, OLD.channel,
      OLD.document, OLD.recorded_by, OLD.recorded_at)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    OR (OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at)
  THEN RAISE EXCEPTION 'a consent is withdrawn, never edited' USING ERRCODE = 'check_violation'; END IF;
  IF NEW.erased_at IS NOT NULL AND EXISTS (SELECT 1 FROM subject_personal p WHERE p.consent_id = NEW.id)
  THEN RAISE EXCEPTION 'what a consent allowed is erased before it says so' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_consent BEFORE UPDATE ON consents FOR EACH ROW EXECUTE FUNCTION keep_consent();

-- A personal field stands only under a consent of the same subject that names it and was neither withdrawn nor erased. Whether it
-- has expired depends on the day that the application knows.
CREATE FUNCTION keep_personal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM consents c WHERE c.id = NEW.consent_id AND c.subject_id = NEW.subject_id
      AND NEW.field = ANY (c.fields) AND c.withdrawn_at IS NULL AND c.erased_at IS NULL)
  THEN RAISE EXCEPTION 'a personal field needs a live consent that names it' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_personal BEFORE INSERT OR UPDATE OF field, consent_id, sealed ON subject_personal
  FOR EACH ROW EXECUTE FUNCTION keep_personal();

CREATE INDEX consents_to_erase ON consents (expires_on) WHERE erased_at IS NULL;
DROP INDEX consents_expiry;
CREATE INDEX subjects_lead ON subjects (lead_unit_id) WHERE lead_unit_id IS NOT NULL;

-- Agreements: when people were warned that one ends (once each), and who its parties are once anybody is bound by it.
ALTER TABLE agreements ADD COLUMN warned_on date;

CREATE FUNCTION keep_party() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE said text; theirs uuid := coalesce(NEW.agreement_id, OLD.agreement_id);
BEGIN
  SELECT a.state INTO said FROM agreements a WHERE a.id = theirs FOR SHARE;
  IF TG_OP = 'UPDATE' AND NEW.unit_path IS DISTINCT FROM OLD.unit_path AND (NEW.agreement_id, NEW.role, NEW.unit_id, NEW.subject_id,
      NEW.outside_name, NEW.signed_on, NEW.signed_by) IS NOT DISTINCT FROM (OLD.agreement_id, OLD.role, OLD.unit_id, OLD.subject_id,
      OLD.outside_name, OLD.signed_on, OLD.signed_by)
  THEN RETURN NEW; END IF;
  IF TG_OP <> 'UPDATE' AND said = 'draft' THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'UPDATE' AND said IN ('draft', 'signing') AND (NEW.id, NEW.agreement_id, NEW.role, NEW.unit_id, NEW.subject_id,
      NEW.outside_name) IS NOT DISTINCT FROM (OLD.id, OLD.agreement_id, OLD.role, OLD.unit_id, OLD.subject_id, OLD.outside_name)
    AND (said = 'signing' OR NEW.signed_on IS NULL)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'parties are chosen in the draft and sign while it is being signed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER keep_party BEFORE INSERT OR UPDATE OR DELETE ON agreement_parties FOR EACH ROW EXECUTE FUNCTION keep_party();

-- Once it is out for signing the terms stand; what was in force never comes back to be signed again.
CREATE OR REPLACE FUNCTION keep_agreement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.state = 'in-force' AND OLD.state <> 'in-force' AND (OLD.state <> 'signing' OR NEW.in_force_on IS NULL OR
    (SELECT count(*) FROM agreement_parties p WHERE p.agreement_id = NEW.id) < 2
    OR EXISTS (SELECT 1 FROM agreement_parties p WHERE p.agreement_id = NEW.id AND p.signed_on IS NULL))
  THEN RAISE EXCEPTION 'an agreement is in force only when all parties have signed' USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state IN ('ended', 'dropped') AND NEW.state <> OLD.state OR OLD.state = 'in-force' AND NEW.state NOT IN ('in-force', 'ended')
  THEN RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state IN ('in-force', 'ended') AND (NEW.terms, NEW.kind, NEW.from_day, NEW.to_day, NEW.in_force_on)
    IS DISTINCT FROM (OLD.terms, OLD.kind, OLD.from_day, OLD.to_day, OLD.in_force_on)
    OR OLD.state = 'signing' AND NEW.state <> 'draft' AND (NEW.terms, NEW.kind, NEW.from_day, NEW.to_day)
    IS DISTINCT FROM (OLD.terms, OLD.kind, OLD.from_day, OLD.to_day)
  THEN RAISE EXCEPTION 'terms in force are never changed' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

-- Who read what about a subject, for the subject itself: also what was read while it stood in another unit, whose journal the
-- unit that serves it today does not see otherwise. Fields and purposes only; the journal holds no values.
CREATE FUNCTION personal_readings(subject uuid) RETURNS TABLE (at timestamptz, by text, fields jsonb, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT j.at, j.actor_name, j.after -> 'fields', j.after ->> 'purpose' FROM journal j
  WHERE j.subject_kind = 'subject' AND j.subject_id = subject::text AND j.verb = 'personal.read'
    AND EXISTS (SELECT 1 FROM subjects s WHERE s.id = subject AND s.unit_path ^@ ANY (app_scopes()))
  ORDER BY j.id DESC
$$;
REVOKE ALL ON FUNCTION personal_readings(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION personal_readings(uuid) TO wuxing_app;
