-- Which of these codes exist, also outside the caller's scope: a code is one unit's in the whole instance, and an import
-- has to say which of its rows cannot be.
CREATE FUNCTION unit_codes_taken(codes text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT code FROM units WHERE code = ANY (codes)
$$;
REVOKE ALL ON FUNCTION unit_codes_taken(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unit_codes_taken(text[]) TO wuxing_app;
