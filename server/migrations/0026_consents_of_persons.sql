-- A consent can name the person with an account who gave it for their household: while it lives, that person sees what the
-- household has in the books that are its own. The link is personal itself, so it goes when the consent ends.
ALTER TABLE consents ADD COLUMN person_id uuid REFERENCES people (id);
CREATE INDEX consents_person ON consents (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX accounts_person ON accounts (person_id) WHERE person_id IS NOT NULL;
ALTER TABLE consents ADD CONSTRAINT consents_person_gone CHECK (erased_at IS NULL OR person_id IS NULL);

CREATE OR REPLACE FUNCTION keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.subject_id, NEW.purpose, NEW.fields, NEW.given_on, NEW.expires_on, NEW.channel, NEW.document, NEW.recorded_by,
      NEW.recorded_at) IS DISTINCT FROM (OLD.id, OLD.subject_id, OLD.purpose, OLD.fields, OLD.given_on, OLD.expires_on, OLD.channel,
      OLD.document, OLD.recorded_by, OLD.recorded_at)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    OR (OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at)
    OR (NEW.person_id IS DISTINCT FROM OLD.person_id AND (NEW.person_id IS NOT NULL OR NEW.erased_at IS NULL))
  THEN RAISE EXCEPTION 'a consent is withdrawn, never edited' USING ERRCODE = 'check_violation'; END IF;
  IF NEW.erased_at IS NOT NULL AND EXISTS (SELECT 1 FROM subject_personal p WHERE p.consent_id = NEW.id)
  THEN RAISE EXCEPTION 'what a consent allowed is erased before it says so' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
