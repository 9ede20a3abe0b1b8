-- Whether anybody has numbers of months or quarters of that year for one of these metrics. Asked before every figure of a year,
-- it tells only that there are some, so it may look beyond the caller's rows; a look for each metric and no more.
CREATE FUNCTION finer_facts(metric_keys text[], year text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(metric_keys) AS k (metric) CROSS JOIN LATERAL (
    SELECT 1 FROM facts f WHERE f.superseded_at IS NULL AND f.metric = k.metric
      AND f.period > year AND f.period < (year::int + 1)::text ORDER BY f.period, f.counted_path LIMIT 1) f)
$$;
REVOKE ALL ON FUNCTION finer_facts(text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION finer_facts(text[], text) TO wuxing_app;
