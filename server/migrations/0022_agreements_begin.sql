-- Every agreement begins as a draft, so that none is in force from its first row on, before anybody could sign.
CREATE FUNCTION begin_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' THEN RAISE EXCEPTION 'an agreement begins as a draft' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begin_agreement BEFORE INSERT ON agreements FOR EACH ROW EXECUTE FUNCTION begin_agreement();

-- One renewal at a time; a dropped one makes room for another.
CREATE UNIQUE INDEX agreements_renewal ON agreements (renews) WHERE renews IS NOT NULL AND state <> 'dropped';
