-- The values that `rank` rules compare, beside the standings they come from: where one value stands among its peers is then
-- two counts over an index and not a walk through everyone's inputs.
CREATE TABLE peer_values (
  cycle_id uuid NOT NULL REFERENCES cases (id),
  criterion text NOT NULL,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  standard_id text NOT NULL,
  value numeric NOT NULL,
  PRIMARY KEY (cycle_id, criterion, unit_id)
);
CREATE INDEX peer_values_order ON peer_values (cycle_id, criterion, standard_id, value) INCLUDE (unit_id, unit_path);
SELECT scope_table('peer_values', 'SELECT, INSERT, UPDATE, DELETE');

CREATE OR REPLACE FUNCTION peer_standing(cycle uuid, standard text, criterion text, unit int, measured numeric, peers text, lower_better boolean)
RETURNS TABLE (worse int, total int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(*) FILTER (WHERE CASE WHEN lower_better THEN p.value > measured ELSE p.value < measured END)::int,
    count(*)::int + 1
  FROM peer_values p
  WHERE p.cycle_id = cycle AND p.criterion = peer_standing.criterion AND p.standard_id = standard AND p.unit_id <> unit
    AND p.unit_path ^@ peers
    AND EXISTS (SELECT 1 FROM units u WHERE u.id = unit AND u.unit_path ^@ ANY (app_scopes()) AND u.unit_path ^@ peers)
$$;

-- A move takes along every table that knows a path, whichever module it belongs to: the catalogue is asked, so that no new
-- table can be forgotten. History and journal keep the path at which things happened; kept counts follow their cases.
CREATE OR REPLACE FUNCTION relocate_units(old_path text, new_path text, from_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE name text;
BEGIN
  IF NOT (old_path ^@ ANY (app_scopes()) AND new_path ^@ ANY (app_scopes())) THEN
    RAISE EXCEPTION 'outside the scope of this request' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE facts SET counted_path = new_path || substr(counted_path, length(old_path) + 1)
    WHERE counted_path ^@ old_path AND as_of >= from_day;
  FOR name IN
    SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'unit_path' AND t.table_type = 'BASE TABLE'
      AND c.table_name NOT IN ('unit_versions', 'journal', 'case_counts', 'case_count_deltas')
  LOOP
    EXECUTE format('UPDATE %I SET unit_path = $2 || substr(unit_path, length($1) + 1) WHERE unit_path ^@ $1', name)
      USING old_path, new_path;
  END LOOP;
END $$;
