-- Facts of an import carry its job: the journal holds one digest over them, and it can be computed again from here.
-- `seq` is the order in which they were written, also within one moment.
ALTER TABLE facts ADD COLUMN import_id uuid, ADD COLUMN withdrawn_reason text, ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX facts_seq ON facts (seq);
CREATE INDEX facts_import ON facts (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX facts_history ON facts (unit_id, metric, period, seq);

-- A unit that has moved away took its records along, but the numbers of earlier days still count where it stood then:
-- the former parent goes on reading what it has published.
CREATE POLICY counted_here ON facts FOR SELECT TO wuxing_app USING (counted_path ^@ ANY ((SELECT app_scopes())::text[]));

-- Whether a unit above has confirmed is no secret below it: it is the reason why a value is locked.
CREATE POLICY above ON confirmations FOR SELECT TO wuxing_app USING (EXISTS
  (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ unit_path));

-- Every path a unit has ever had, so that a subtree's numbers are found where they were counted. Paths are ids and dots.
CREATE FUNCTION unit_paths(ids int[]) RETURNS TABLE (unit_id int, path text, path_end text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 50 AS $$
  SELECT DISTINCT v.unit_id, v.unit_path, left(v.unit_path, -1) || '/'
  FROM unit_versions v JOIN units u ON u.id = v.unit_id
  WHERE v.unit_id = ANY (ids) AND u.unit_path ^@ ANY (app_scopes())
$$;

-- Two writers of one metric take turns, because whether a number may stand depends on numbers above and below it that
-- the other may be writing; a confirmation waits for the writers of its year and they for it.
CREATE FUNCTION lock_facts(metric_keys text[], years text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE word text;
BEGIN
  FOR word IN SELECT DISTINCT y FROM unnest(years) y ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('facts of ' || word, 0));
  END LOOP;
  FOR word IN SELECT DISTINCT m FROM unnest(metric_keys) m ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('metric ' || word, 0));
  END LOOP;
END $$;

-- What stands in the way of each of these numbers, for any amount of them at once: where the unit stands and stood, the
-- value that is there already, who has locked the period, and who above or below holds the same number. It looks beyond
-- the caller's rows on purpose and tells of them no more than a unit's name.
CREATE FUNCTION fact_checks(unit_ids int[], metric_keys text[], periods text[], days date[], wider text[], overlapping text[], summed boolean[])
RETURNS TABLE (n int, unit_id int, unit_name text, unit_path text, counted_path text, fact_id uuid, value text, as_of date, source text,
  document text, locked_by text, locked_period text, held_above text, held_below text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.n::int, u.id, u.name, u.unit_path, v.unit_path, f.id, f.value::text, f.as_of, f.source, f.document,
    l.name, l.period, a.name, b.name
  FROM unnest(unit_ids, metric_keys, periods, days, wider, overlapping, summed)
    WITH ORDINALITY AS r (unit_id, metric, period, day, wider, overlapping, summed, n)
  JOIN units u ON u.id = r.unit_id AND u.unit_path ^@ ANY (app_scopes())
  LEFT JOIN LATERAL (SELECT v.unit_path FROM unit_versions v WHERE v.unit_id = u.id AND v.valid_from <= r.day
    AND (v.valid_to IS NULL OR v.valid_to > r.day) LIMIT 1) v ON true
  LEFT JOIN facts f ON f.unit_id = u.id AND f.metric = r.metric AND f.period = r.period AND f.superseded_at IS NULL
  LEFT JOIN LATERAL (SELECT lu.name, c.period FROM confirmations c JOIN units lu ON lu.id = c.unit_id
    WHERE c.unlocked_at IS NULL AND c.period = ANY (string_to_array(r.wider, ','))
      AND c.unit_id = ANY (string_to_array(u.unit_path || coalesce(v.unit_path, ''), '.', '')::int[])
    ORDER BY length(c.unit_path) LIMIT 1) l ON true
  LEFT JOIN LATERAL (SELECT hu.name FROM facts h JOIN units hu ON hu.id = h.unit_id
    WHERE r.summed AND h.superseded_at IS NULL AND h.metric = r.metric AND h.period = ANY (string_to_array(r.overlapping, ','))
      AND h.unit_id = ANY (string_to_array(v.unit_path, '.', '')::int[]) AND h.unit_id <> u.id LIMIT 1) a ON true
  LEFT JOIN LATERAL (SELECT hu.name FROM facts h JOIN units hu ON hu.id = h.unit_id
    WHERE r.summed AND h.superseded_at IS NULL AND h.metric = r.metric AND h.period = ANY (string_to_array(r.overlapping, ','))
      AND h.counted_path > v.unit_path AND h.counted_path < left(v.unit_path, -1) || '/' LIMIT 1) b ON true
$$;
REVOKE ALL ON FUNCTION unit_paths(int[]), fact_checks(int[], text[], text[], date[], text[], text[], boolean[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unit_paths(int[]), fact_checks(int[], text[], text[], date[], text[], text[], boolean[]) TO wuxing_app;
