-- Whether records of these kinds are kept in this instance at all, wherever: only then «none found» means none.
CREATE FUNCTION kinds_kept(record_table text, kinds text[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN CASE record_table
    WHEN 'cases' THEN EXISTS (SELECT 1 FROM cases WHERE type = ANY (kinds))
    WHEN 'events' THEN EXISTS (SELECT 1 FROM events WHERE kind = ANY (kinds))
    WHEN 'subjects' THEN EXISTS (SELECT 1 FROM subjects WHERE kind = ANY (kinds))
    WHEN 'agreements' THEN EXISTS (SELECT 1 FROM agreements WHERE kind = ANY (kinds))
    WHEN 'lines' THEN EXISTS (SELECT 1 FROM books WHERE kind = ANY (kinds) AND entries > 0)
    WHEN 'designations' THEN EXISTS (SELECT 1 FROM designations WHERE kind = ANY (kinds))
    WHEN 'assignments' THEN EXISTS (SELECT 1 FROM assignments WHERE role = ANY (kinds))
    WHEN 'publications' THEN EXISTS (SELECT 1 FROM publications WHERE kind = ANY (kinds))
    ELSE true END;
END $$;
REVOKE ALL ON FUNCTION kinds_kept(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kinds_kept(text, text[]) TO wuxing_app;
