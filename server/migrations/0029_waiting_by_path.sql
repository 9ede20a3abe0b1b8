-- Which marks concern a unit is looked up by path: an import of a county leaves tens of thousands of them, and a reader of one
-- village should not look at each.
CREATE INDEX figure_marks_path ON figure_marks (unit_path);
CREATE OR REPLACE FUNCTION waiting_figures(ids int[]) RETURNS TABLE (source text, kind text, unit_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  -- Nearly always there is nothing, and then this is all that is asked.
  IF NOT EXISTS (SELECT 1 FROM figure_marks) THEN RETURN; END IF;
  RETURN QUERY
    WITH asked AS (SELECT u.id, u.unit_path FROM units u WHERE u.id = ANY (ids) AND u.unit_path ^@ ANY (app_scopes()))
    SELECT DISTINCT m.source, m.kind, a.id FROM asked a CROSS JOIN LATERAL (
        SELECT x.source, x.kind FROM figure_marks x WHERE x.unit_path >= a.unit_path COLLATE "C"
          AND x.unit_path < (left(a.unit_path, -1) || '/') COLLATE "C" OFFSET 0) m
    UNION SELECT m.source, m.kind, a.id FROM figure_marks m JOIN asked a ON a.unit_path ^@ m.unit_path WHERE m.below;
END $$;
