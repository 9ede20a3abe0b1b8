-- A signed report is found by the code on its paper, by whoever holds the paper; nothing else of it is told than what was signed.
CREATE UNIQUE INDEX publications_report_code ON publications ((body ->> 'code')) WHERE kind = 'report' AND published_at IS NOT NULL;
CREATE FUNCTION report_by_code(code text) RETURNS TABLE (title text, unit_name text, version int, signed_at timestamptz, replaced boolean, body jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT p.title, u.name, p.version, p.published_at,
    EXISTS (SELECT 1 FROM publications n WHERE n.replaces = p.id AND n.published_at IS NOT NULL), p.body
  FROM publications p JOIN units u ON u.id = p.unit_id
  WHERE p.kind = 'report' AND p.published_at IS NOT NULL AND p.body ->> 'code' = $1
$$;
REVOKE ALL ON FUNCTION report_by_code(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_by_code(text) TO wuxing_app;
