-- The same checks as before; what most sheets have none of (a confirmed period, a number at a unit above, a unit with others
-- below it) is asked once for all rows, and only where there is some for each row.
CREATE OR REPLACE FUNCTION fact_checks(unit_ids int[], metric_keys text[], periods text[], days date[], wider text[], overlapping text[], summed boolean[])
RETURNS TABLE (n int, unit_id int, unit_name text, unit_path text, counted_path text, fact_id uuid, value text, as_of date, source text,
  document text, locked_by text, locked_period text, held_above text, held_below text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  WITH rows AS MATERIALIZED (
    SELECT r.*, u.name AS unit_name, u.unit_path, v.unit_path AS counted_path
    FROM unnest(unit_ids, metric_keys, periods, days, wider, overlapping, summed)
      WITH ORDINALITY AS r (unit_id, metric, period, day, wider, overlapping, summed, n)
    JOIN units u ON u.id = r.unit_id AND u.unit_path ^@ ANY (app_scopes())
    LEFT JOIN LATERAL (SELECT v.unit_path FROM unit_versions v WHERE v.unit_id = u.id AND v.valid_from <= r.day
      AND (v.valid_to IS NULL OR v.valid_to > r.day) LIMIT 1) v ON true),
  places AS MATERIALIZED (SELECT DISTINCT rows.unit_id, rows.unit_path, rows.counted_path FROM rows),
  -- Each unit with those above it, and whether it is the unit of the row itself.
  chain AS MATERIALIZED (SELECT c.id, bool_and(c.id = places.unit_id) AS own FROM places,
    unnest(string_to_array(places.unit_path || coalesce(places.counted_path, ''), '.', '')::int[]) AS c (id) GROUP BY c.id),
  there AS MATERIALIZED (SELECT
    EXISTS (SELECT 1 FROM chain JOIN confirmations c ON c.unit_id = chain.id AND c.unlocked_at IS NULL) AS locked,
    EXISTS (SELECT 1 FROM chain CROSS JOIN LATERAL (SELECT 1 FROM facts h WHERE h.unit_id = chain.id AND h.superseded_at IS NULL
      AND h.metric = ANY (ARRAY(SELECT DISTINCT unnest(metric_keys))) LIMIT 1) h WHERE NOT chain.own) AS above,
    EXISTS (SELECT 1 FROM places CROSS JOIN LATERAL (SELECT 1 FROM unit_versions d
      WHERE d.unit_path > places.counted_path AND d.unit_path < left(places.counted_path, -1) || '/' LIMIT 1) d) AS below)
  SELECT r.n::int, r.unit_id, r.unit_name, r.unit_path, r.counted_path, f.id, f.value::text, f.as_of, f.source, f.document,
    l.name, l.period, a.name, b.name
  FROM rows r
  LEFT JOIN LATERAL (SELECT f.* FROM facts f WHERE f.unit_id = r.unit_id AND f.metric = r.metric AND f.period = r.period
    AND f.superseded_at IS NULL LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT lu.name, c.period FROM confirmations c JOIN units lu ON lu.id = c.unit_id
    WHERE (SELECT locked FROM there) AND c.unlocked_at IS NULL AND c.period = ANY (string_to_array(r.wider, ','))
      AND c.unit_id = ANY (string_to_array(r.unit_path || coalesce(r.counted_path, ''), '.', '')::int[])
    ORDER BY length(c.unit_path) LIMIT 1) l ON true
  -- A unit has few numbers of one metric: they are read by unit and metric, and their periods are compared here.
  LEFT JOIN LATERAL (SELECT hu.name FROM unnest(string_to_array(r.counted_path, '.', '')::int[]) AS above (id)
    CROSS JOIN LATERAL (SELECT 1 FROM facts h WHERE h.unit_id = above.id AND h.metric = r.metric AND h.superseded_at IS NULL
      AND h.period || '' = ANY (string_to_array(r.overlapping, ',')) ORDER BY h.period LIMIT 1) h
    JOIN units hu ON hu.id = above.id WHERE (SELECT there.above FROM there) AND r.summed AND above.id <> r.unit_id LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT hu.name FROM unnest(string_to_array(r.overlapping, ',')) AS p (period)
    CROSS JOIN LATERAL (SELECT h.unit_id FROM facts h WHERE h.metric = r.metric AND h.period = p.period AND h.superseded_at IS NULL
      AND h.counted_path > r.counted_path AND h.counted_path < left(r.counted_path, -1) || '/' ORDER BY h.counted_path LIMIT 1) h
    JOIN units hu ON hu.id = h.unit_id
    WHERE (SELECT below FROM there) AND r.summed AND EXISTS (SELECT 1 FROM unit_versions d
      WHERE d.unit_path > r.counted_path AND d.unit_path < left(r.counted_path, -1) || '/') LIMIT 1) b ON true
$$;
