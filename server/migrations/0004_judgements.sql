-- One round may judge many units: the current judgement is one per unit as well.
DROP INDEX judgements_current;
CREATE UNIQUE INDEX judgements_current ON judgements
  (case_id, unit_id, kind, item, round, coalesce(person_id, '00000000-0000-0000-0000-000000000000'))
  WHERE superseded_at IS NULL;
CREATE INDEX judgements_unit ON judgements (unit_id, kind) WHERE superseded_at IS NULL;

-- Whether a round is locked. Whoever judges holds a share of the row until they commit, whoever locks takes it whole:
-- no judgement slips in beside the lock. It says nothing about anybody, so everyone may read it.
CREATE TABLE judgement_rounds (
  case_id uuid NOT NULL REFERENCES cases (id),
  kind text NOT NULL,
  round text NOT NULL,
  locked_at timestamptz,
  locked_by uuid,
  PRIMARY KEY (case_id, kind, round)
);
GRANT SELECT, INSERT, UPDATE ON judgement_rounds TO wuxing_app;
CREATE FUNCTION keep_locked_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.locked_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
    RAISE EXCEPTION 'a locked round is never opened again' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_locked BEFORE UPDATE ON judgement_rounds FOR EACH ROW EXECUTE FUNCTION keep_locked_round();
CREATE FUNCTION refuse_into_locked_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM judgement_rounds r WHERE r.case_id = NEW.case_id AND r.kind = NEW.kind AND r.round = NEW.round
      AND r.locked_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the round is locked' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_locked BEFORE INSERT ON judgements FOR EACH ROW EXECUTE FUNCTION refuse_into_locked_round();
