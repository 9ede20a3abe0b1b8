-- Numbers run through the whole instance, whoever grants; the function tells the last one and nothing else.
CREATE FUNCTION last_designation_number(head text) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(max(substr(number, length(head) + 1)::int), 0) FROM designations
  WHERE number ^@ head AND substr(number, length(head) + 1) ~ '^\d{1,9}$'
$$;
REVOKE ALL ON FUNCTION last_designation_number(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION last_designation_number(text) TO wuxing_app;

-- What was granted is not rewritten: only its end is written, once. A unit that moves takes its designations along.
CREATE FUNCTION keep_designation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open constant text[] := ARRAY['unit_path', 'withdrawn_on', 'withdrawn_by_case_id'];
BEGIN
  IF to_jsonb(NEW) - open <> to_jsonb(OLD) - open OR (OLD.withdrawn_on IS NOT NULL AND
     (NEW.withdrawn_on, NEW.withdrawn_by_case_id) IS DISTINCT FROM (OLD.withdrawn_on, OLD.withdrawn_by_case_id))
  THEN RAISE EXCEPTION 'a designation is never rewritten' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_designation BEFORE UPDATE ON designations FOR EACH ROW EXECUTE FUNCTION keep_designation();
