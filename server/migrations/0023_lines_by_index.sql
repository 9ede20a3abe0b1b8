-- The same guard as before, asked for each line by the key of its entry: as a join the planner took the few rows that it
-- expected of this transaction for true, and looked at every entry for every line when many were posted at once.
CREATE OR REPLACE FUNCTION lines_of_new_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE
    (SELECT e.xmin = pg_current_xact_id()::xid FROM entries e WHERE e.id = f.entry_id) IS NOT TRUE)
  THEN RAISE EXCEPTION 'a posted entry is never changed' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
