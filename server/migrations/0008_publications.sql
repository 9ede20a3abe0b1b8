-- Two drafts of the next version at once: one of them is told that the other is there.
CREATE UNIQUE INDEX publications_replaces ON publications (replaces) WHERE replaces IS NOT NULL;

-- Who published it is part of a published text, also for those who cannot see the unit itself.
CREATE FUNCTION publisher_name(publication uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT u.name FROM publications p JOIN units u ON u.id = p.unit_id
  WHERE p.id = publication AND p.published_at IS NOT NULL AND p.audience IN ('public', 'below')
$$;
REVOKE ALL ON FUNCTION publisher_name(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION publisher_name(uuid) TO wuxing_app;
