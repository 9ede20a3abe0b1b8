-- Figures kept instead of counted at every look. The tables are filled by the keeper (records/facts/keeper.ts); nothing here
-- is a record of the work: all of it can be thrown away and is counted again.

-- That the figures of a unit in a period have been counted: all of the catalogue that `catalogue` names, as they stood on
-- `at_day` (a period that runs is read as of today, so tomorrow it has to be counted again). A figure of a counted unit that
-- has no row in figure_values is missing, which is not zero.
CREATE TABLE figure_rounds (
  unit_id int NOT NULL REFERENCES units (id),
  period text NOT NULL,
  unit_path text COLLATE "C" NOT NULL,
  -- Empty while the first round is on its way.
  at_day date,
  catalogue text NOT NULL DEFAULT '',
  counted_at timestamptz NOT NULL,
  PRIMARY KEY (unit_id, period)
);
CREATE INDEX figure_rounds_path ON figure_rounds (unit_path);
SELECT scope_table('figure_rounds', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE figure_values (
  unit_id int NOT NULL,
  period text NOT NULL,
  key text NOT NULL,
  unit_path text COLLATE "C" NOT NULL,
  value numeric NOT NULL,
  records int NOT NULL,
  as_of date,
  as_of_first date,
  source text,
  sources int NOT NULL,
  fact_id uuid,
  counted_at timestamptz NOT NULL,
  PRIMARY KEY (unit_id, period, key)
);
SELECT scope_table('figure_values', 'SELECT, INSERT, UPDATE, DELETE');

-- What has changed since: a record of this source and kind, at this path; `below` means anything under the path as well. A
-- mark is written by the statement that changes the record, so that there is no change without one, whoever writes.
CREATE TABLE figure_marks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  kind text NOT NULL,
  unit_path text COLLATE "C" NOT NULL,
  below boolean NOT NULL
);
SELECT scope_table('figure_marks', 'SELECT, DELETE');

-- Kinds of which records are kept here. The first record of a kind makes «none found» mean none for every unit at once, so it
-- marks them all; the keeper then enters the kind here.
CREATE TABLE figure_kinds (
  source text NOT NULL,
  kind text NOT NULL,
  PRIMARY KEY (source, kind)
);
GRANT SELECT, INSERT, DELETE ON figure_kinds TO wuxing_app;

-- Lets the statements that change `tab` leave marks. `marks` reads (source, kind, path) from the rows of CHANGED. Many marks
-- of one statement (an import) are drawn together to the units above their places.
CREATE FUNCTION watch_figures(tab regclass, marks text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE op text; changed text; tables text; name text;
BEGIN
  FOREACH op IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
    changed := CASE op WHEN 'insert' THEN '(SELECT * FROM added)' WHEN 'delete' THEN '(SELECT * FROM removed)'
      ELSE '(SELECT * FROM added UNION ALL SELECT * FROM removed)' END;
    tables := CASE op WHEN 'insert' THEN 'NEW TABLE AS added' WHEN 'delete' THEN 'OLD TABLE AS removed'
      ELSE 'OLD TABLE AS removed NEW TABLE AS added' END;
    name := format('mark_%s_%s', tab, op);
    EXECUTE format($f$
      CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $b$
      BEGIN
        WITH m (source, kind, path) AS MATERIALIZED (%s), n AS (SELECT count(*) > 1000 AS many FROM m)
        INSERT INTO figure_marks (source, kind, unit_path, below)
        SELECT DISTINCT m.source, m.kind, CASE WHEN p.everywhere THEN '' WHEN n.many THEN parent_path(m.path) ELSE m.path END,
          p.everywhere OR n.many
        FROM m CROSS JOIN n CROSS JOIN LATERAL (SELECT m.source NOT IN ('units', 'facts', 'bound')
          AND NOT EXISTS (SELECT 1 FROM figure_kinds k WHERE k.source = m.source AND k.kind = m.kind) AS everywhere) p;
        RETURN NULL;
      END $b$ $f$, name, replace(marks, 'CHANGED', changed));
    EXECUTE format('REVOKE ALL ON FUNCTION %I() FROM PUBLIC', name);
    EXECUTE format('CREATE TRIGGER mark_figures_%s AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %I()',
      op, op, tab, tables, name);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION watch_figures(regclass, text) FROM PUBLIC;

-- A candidacy counts for the year of its cycle: a cycle whose year changes changes them.
SELECT watch_figures('cases', $$SELECT 'cases', r.type, r.unit_path FROM CHANGED r
  UNION SELECT 'cases', c.type, c.unit_path FROM CHANGED r JOIN cases c ON c.parent_id = r.id WHERE r.data ? 'year'$$);
SELECT watch_figures('events', $$SELECT DISTINCT 'events', r.kind, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('event_roster', $$SELECT DISTINCT 'events', e.kind, e.unit_path FROM CHANGED r JOIN events e ON e.id = r.event_id$$);
SELECT watch_figures('event_items', $$SELECT DISTINCT 'events', e.kind, e.unit_path FROM CHANGED r JOIN events e ON e.id = r.event_id$$);
SELECT watch_figures('subjects', $$SELECT DISTINCT 'subjects', r.kind, r.unit_path FROM CHANGED r$$);
-- A subject is bound where it stands, which need not be where its agreement is kept.
SELECT watch_figures('agreements', $$SELECT 'agreements', r.kind, r.unit_path FROM CHANGED r
  UNION SELECT 'bound', r.kind, s.unit_path FROM CHANGED r JOIN agreement_parties p ON p.agreement_id = r.id JOIN subjects s ON s.id = p.subject_id$$);
SELECT watch_figures('agreement_parties', $$SELECT 'agreements', a.kind, a.unit_path FROM CHANGED r JOIN agreements a ON a.id = r.agreement_id
  UNION SELECT 'bound', a.kind, s.unit_path FROM CHANGED r JOIN agreements a ON a.id = r.agreement_id JOIN subjects s ON s.id = r.subject_id$$);
SELECT watch_figures('entry_lines', $$SELECT DISTINCT 'lines', b.kind, r.unit_path FROM CHANGED r JOIN books b ON b.id = r.book_id$$);
SELECT watch_figures('designations', $$SELECT DISTINCT 'designations', r.kind, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('assignments', $$SELECT DISTINCT 'assignments', r.role, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('publications', $$SELECT DISTINCT 'publications', r.kind, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('units', $$SELECT DISTINCT 'units', r.type, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('unit_versions', $$SELECT DISTINCT 'units', r.type, r.unit_path FROM CHANGED r$$);
-- A number counts where its unit stood, and a number of its own for its unit wherever that stands now.
SELECT watch_figures('facts', $$SELECT 'facts', r.metric, r.counted_path FROM CHANGED r
  UNION SELECT 'facts', r.metric, r.unit_path FROM CHANGED r WHERE r.unit_path <> r.counted_path$$);

-- Columns that change seldom and are read from elsewhere: a mark for each row that really changed.
CREATE FUNCTION mark_from_afar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'subjects' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT DISTINCT 'agreements', a.kind, a.unit_path, false
        FROM agreement_parties p JOIN agreements a ON a.id = p.agreement_id WHERE p.subject_id = NEW.id;
    WHEN 'people' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT DISTINCT 'assignments', a.role, a.unit_path, false
        FROM assignments a WHERE a.person_id = NEW.id;
    WHEN 'books' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'lines', k, NEW.unit_path, true FROM unnest(ARRAY[OLD.kind, NEW.kind]) k;
    WHEN 'accounts' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'lines', b.kind, NEW.unit_path, true FROM books b WHERE b.id = NEW.book_id;
    WHEN 'units' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'units', t, '', true FROM unnest(ARRAY[OLD.type, NEW.type]) t;
  END CASE;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_from_afar() FROM PUBLIC;
CREATE TRIGGER mark_from_afar AFTER UPDATE OF lead_unit_id ON subjects FOR EACH ROW
  WHEN (OLD.lead_unit_id IS DISTINCT FROM NEW.lead_unit_id) EXECUTE FUNCTION mark_from_afar();
CREATE TRIGGER mark_from_afar AFTER UPDATE OF unit_id ON people FOR EACH ROW
  WHEN (OLD.unit_id <> NEW.unit_id) EXECUTE FUNCTION mark_from_afar();
CREATE TRIGGER mark_from_afar AFTER UPDATE OF kind, title ON books FOR EACH ROW
  WHEN ((OLD.kind, OLD.title) IS DISTINCT FROM (NEW.kind, NEW.title)) EXECUTE FUNCTION mark_from_afar();
CREATE TRIGGER mark_from_afar AFTER UPDATE OF code ON accounts FOR EACH ROW
  WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION mark_from_afar();
CREATE TRIGGER mark_from_afar AFTER UPDATE OF type ON units FOR EACH ROW
  WHEN (OLD.type <> NEW.type) EXECUTE FUNCTION mark_from_afar();

-- What waits to be counted again for these units. It looks at marks below the caller's view and at those above it (a first
-- record of its kind), and tells of them no more than the source and kind.
CREATE FUNCTION waiting_figures(ids int[]) RETURNS TABLE (source text, kind text, unit_id int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  -- Nearly always there is nothing, and then this is all that is asked.
  IF NOT EXISTS (SELECT 1 FROM figure_marks) THEN RETURN; END IF;
  RETURN QUERY
    WITH asked AS (SELECT u.id, u.unit_path FROM units u WHERE u.id = ANY (ids) AND u.unit_path ^@ ANY (app_scopes()))
    SELECT DISTINCT m.source, m.kind, a.id FROM figure_marks m
      CROSS JOIN LATERAL unnest(string_to_array(m.unit_path, '.', '')::int[]) AS s (id) JOIN asked a ON a.id = s.id
    UNION SELECT m.source, m.kind, a.id FROM figure_marks m JOIN asked a ON a.unit_path ^@ m.unit_path WHERE m.below;
END $$;
REVOKE ALL ON FUNCTION waiting_figures(int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waiting_figures(int[]) TO wuxing_app;

-- A move takes the kept figures along, so that access follows. Marks stay at the paths where things changed: those above the
-- former place lost what moved and are counted again, too.
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
      AND c.table_name NOT IN ('unit_versions', 'journal', 'case_counts', 'case_count_deltas', 'figure_marks')
  LOOP
    EXECUTE format('UPDATE %I SET unit_path = $2 || substr(unit_path, length($1) + 1) WHERE unit_path ^@ $1', name)
      USING old_path, new_path;
  END LOOP;
END $$;
