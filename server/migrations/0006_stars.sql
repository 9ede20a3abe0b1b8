-- How one value stands among the live values of its peers. A branch may not read its neighbours' standings, but its points
-- under a rank rule depend on them: this answers two counts and nothing of any other unit.
CREATE FUNCTION peer_standing(cycle uuid, standard text, criterion text, unit int, measured numeric, peers text, lower_better boolean)
RETURNS TABLE (worse int, total int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(*) FILTER (WHERE CASE WHEN lower_better THEN p.v > measured ELSE p.v < measured END)::int,
    count(*)::int + 1
  FROM (
    SELECT (s.inputs #>> ARRAY['values', criterion, 'value'])::numeric AS v FROM standings s
    WHERE s.cycle_id = cycle AND s.kind = 'live' AND s.unit_id <> unit AND s.standard_id = standard
      AND s.unit_path ^@ peers) p
  WHERE p.v IS NOT NULL
    AND EXISTS (SELECT 1 FROM units u WHERE u.id = unit AND u.unit_path ^@ ANY (app_scopes()) AND u.unit_path ^@ peers)
$$;

-- The middle of the branches that are like a unit: per star the median points and how many hold it. With fewer than five
-- of them nothing is told, so that no single branch can be read from it.
CREATE FUNCTION similar_branches(cycle uuid, unit int, peers text)
RETURNS TABLE (star text, branches int, median numeric, held int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH alike AS (
    SELECT s.unit_id, s.result FROM standings s
    WHERE s.cycle_id = cycle AND s.kind = 'live' AND s.unit_id <> unit AND s.unit_path ^@ peers
      AND s.standard_id = (SELECT o.standard_id FROM standings o WHERE o.cycle_id = cycle AND o.kind = 'live' AND o.unit_id = unit)
      AND EXISTS (SELECT 1 FROM units u WHERE u.id = unit AND u.unit_path ^@ ANY (app_scopes()) AND u.unit_path ^@ peers)),
  per_star AS (
    SELECT e ->> 'id' AS star, (e ->> 'points')::numeric AS points, (e ->> 'held')::boolean AS held
    FROM alike, jsonb_array_elements(alike.result -> 'stars') AS e)
  SELECT p.star, count(*)::int, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.points::float8)::numeric, count(*) FILTER (WHERE p.held)::int
  FROM per_star p GROUP BY p.star HAVING count(*) >= 5
$$;

-- The points of a branch that others learn from: only one that has been named or recognised, because that much is public.
CREATE FUNCTION benchmark_standing(cycle uuid, unit int)
RETURNS TABLE (unit_name text, parent_id int, parent_name text, scheme text, standard_id text, result jsonb, inputs jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT u.name, u.parent_id, p.name, u.scheme, s.standard_id, s.result, s.inputs
  FROM standings s JOIN units u ON u.id = s.unit_id LEFT JOIN units p ON p.id = u.parent_id
  WHERE s.cycle_id = cycle AND s.unit_id = unit AND s.kind = 'live' AND cardinality(app_scopes()) > 0
    AND (u.unit_path ^@ ANY (app_scopes()) OR EXISTS (SELECT 1 FROM designations d WHERE d.unit_id = unit
      AND d.kind IN ('star-branch', 'benchmark', 'model-village', 'governance-site') AND d.withdrawn_on IS NULL))
$$;

REVOKE ALL ON FUNCTION peer_standing(uuid, text, text, int, numeric, text, boolean), similar_branches(uuid, int, text),
  benchmark_standing(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION peer_standing(uuid, text, text, int, numeric, text, boolean), similar_branches(uuid, int, text),
  benchmark_standing(uuid, int) TO wuxing_app;

-- Answers of a unit in a cycle, latest first, as the values of its criteria are gathered.
CREATE INDEX judgements_latest ON judgements (unit_id, kind, item, at DESC) WHERE superseded_at IS NULL;
CREATE INDEX standings_cycle ON standings (cycle_id, kind, unit_path);
CREATE INDEX cases_unit_type ON cases (unit_id, type);
