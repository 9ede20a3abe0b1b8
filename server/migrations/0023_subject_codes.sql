-- Which of these numbers entries in use carry already, wherever they stand: a sheet is told so before anything is written, and
-- is told no more than that.
CREATE FUNCTION subject_codes_taken(of_kind text, codes text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT code FROM subjects WHERE kind = of_kind AND code = ANY (codes) AND to_day IS NULL
$$;
REVOKE ALL ON FUNCTION subject_codes_taken(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subject_codes_taken(text, text[]) TO wuxing_app;
