-- Searching units by the index on their grams. Row-level security lets only leakproof operators reach an index, and those of
-- arrays and of LIKE are not, so that a search under it reads every unit of the country. This function looks with the owner's
-- eyes and keeps to the caller's scopes itself, by the words of the two policies of `units`.
CREATE FUNCTION units_found(asked text[], pattern text, under_path text, most int) RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
  SELECT coalesce(array_agg(id), '{}') FROM (
    SELECT u.id FROM units u
    WHERE u.grams @> asked AND u.valid_to IS NULL AND u.unit_path ^@ under_path
      AND (lower(u.name) LIKE pattern OR u.pinyin LIKE pattern OR u.initials LIKE pattern OR lower(u.code) LIKE pattern)
      AND (u.unit_path ^@ ANY ((SELECT app_scopes())::text[])
        OR EXISTS (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ u.unit_path))
    LIMIT most) AS hits
$$;
REVOKE ALL ON FUNCTION units_found(text[], text, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION units_found(text[], text, text, int) TO wuxing_app;

-- Triples as well as pairs: pairs of letters are so common in pinyin that hundreds of thousands of units have each of them.
UPDATE units u SET grams = (SELECT coalesce(array_agg(DISTINCT g), '{}') FROM (
  SELECT unnest(u.grams) AS g
  UNION ALL
  SELECT substr(t, n, 3) FROM unnest(ARRAY[lower(u.name), u.pinyin, u.initials, lower(u.code)]) AS t, generate_series(1, length(t) - 2) AS n
) AS all_of_them);
