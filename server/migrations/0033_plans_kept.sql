-- Functions that nearly every figure calls. One in SQL that is not inlined is planned again at each call, which took longer
-- than its answer; in plpgsql the plan is kept with the session. What they say is what they said before.
CREATE OR REPLACE FUNCTION unit_paths(ids int[]) RETURNS TABLE (unit_id int, path text, path_end text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public ROWS 50 AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT v.unit_id, v.unit_path, left(v.unit_path, -1) || '/'
    FROM unit_versions v JOIN units u ON u.id = v.unit_id
    WHERE v.unit_id = ANY (ids) AND u.unit_path ^@ ANY (app_scopes());
END $$;

CREATE OR REPLACE FUNCTION finer_facts(metric_keys text[], year text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM unnest(metric_keys) AS k (metric) CROSS JOIN LATERAL (
    SELECT 1 FROM facts f WHERE f.superseded_at IS NULL AND f.metric = k.metric
      AND f.period > year AND f.period < (year::int + 1)::text ORDER BY f.period, f.counted_path LIMIT 1) f);
END $$;

CREATE OR REPLACE FUNCTION peer_standing(cycle uuid, standard text, criterion text, unit int, measured numeric, peers text, lower_better boolean)
RETURNS TABLE (worse int, total int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT count(*) FILTER (WHERE CASE WHEN lower_better THEN p.value > measured ELSE p.value < measured END)::int,
      count(*)::int + 1
    FROM peer_values p
    WHERE p.cycle_id = cycle AND p.criterion = peer_standing.criterion AND p.standard_id = standard AND p.unit_id <> unit
      AND p.unit_path ^@ peers
      AND EXISTS (SELECT 1 FROM units u WHERE u.id = unit AND u.unit_path ^@ ANY (app_scopes()) AND u.unit_path ^@ peers);
END $$;

-- A plan made for any units is as good as one made for these, and without this it would be made anew for every call.
ALTER FUNCTION unit_paths(int[]) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION unit_paths(int[]) SET enable_seqscan = off;
ALTER FUNCTION unit_paths(int[]) SET enable_mergejoin = off;
ALTER FUNCTION waiting_figures(int[]) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION kinds_kept(text, text[]) SET plan_cache_mode = force_generic_plan;
