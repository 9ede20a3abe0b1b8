-- An agreement counts where it is kept, where its parties stand and where those stand that lead them: a change of any of these
-- shows in the numbers of all of them.

-- Where a party stands and where its leader does.
CREATE FUNCTION party_places(subject uuid, unit int) RETURNS TABLE (path text) LANGUAGE sql STABLE SET search_path = public AS $$
  SELECT s.unit_path FROM subjects s WHERE s.id = subject
  UNION ALL SELECT l.unit_path FROM subjects s JOIN units l ON l.id = s.lead_unit_id WHERE s.id = subject
  UNION ALL SELECT u.unit_path FROM units u WHERE u.id = unit;
$$;
REVOKE ALL ON FUNCTION party_places(uuid, int) FROM PUBLIC;

DO $$
DECLARE tab text; op text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['agreements', 'agreement_parties'] LOOP
    FOREACH op IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
      EXECUTE format('DROP TRIGGER mark_figures_%s ON %I', op, tab);
      EXECUTE format('DROP FUNCTION mark_%s_%s()', tab, op);
    END LOOP;
  END LOOP;
END $$;
SELECT watch_figures('agreements', $$SELECT 'agreements', r.kind, r.unit_path FROM CHANGED r
  UNION SELECT 'bound', r.kind, w.path FROM CHANGED r JOIN agreement_parties p ON p.agreement_id = r.id
    CROSS JOIN LATERAL party_places(p.subject_id, p.unit_id) w$$);
SELECT watch_figures('agreement_parties', $$SELECT 'agreements', a.kind, a.unit_path FROM CHANGED r JOIN agreements a ON a.id = r.agreement_id
  UNION SELECT 'bound', a.kind, w.path FROM CHANGED r JOIN agreements a ON a.id = r.agreement_id
    CROSS JOIN LATERAL party_places(r.subject_id, r.unit_id) w$$);

-- An entry of the register is read from elsewhere: by the agreements to which it is a party (where it stands, who leads it, what
-- it is) and by the cases that are about it (what it is). A unit that moves takes what it leads along.
CREATE OR REPLACE FUNCTION mark_from_afar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'subjects' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below)
        SELECT DISTINCT 'agreements', a.kind, a.unit_path, false
          FROM agreement_parties p JOIN agreements a ON a.id = p.agreement_id WHERE p.subject_id = NEW.id
        UNION SELECT 'bound', a.kind, w.path, false FROM agreement_parties p JOIN agreements a ON a.id = p.agreement_id
          CROSS JOIN LATERAL (SELECT OLD.unit_path UNION ALL SELECT NEW.unit_path
            UNION ALL SELECT u.unit_path FROM units u WHERE u.id IN (OLD.lead_unit_id, NEW.lead_unit_id)) w (path)
          WHERE p.subject_id = NEW.id
        UNION SELECT 'cases', c.type, c.unit_path, false FROM cases c WHERE c.subject_id = NEW.id AND OLD.data <> NEW.data;
    WHEN 'people' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT DISTINCT 'assignments', a.role, a.unit_path, false
        FROM assignments a WHERE a.person_id = NEW.id;
    WHEN 'books' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'lines', k, NEW.unit_path, true FROM unnest(ARRAY[OLD.kind, NEW.kind]) k;
    WHEN 'accounts' THEN
      INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'lines', b.kind, NEW.unit_path, true FROM books b WHERE b.id = NEW.book_id;
    WHEN 'units' THEN
      IF OLD.type <> NEW.type THEN
        INSERT INTO figure_marks (source, kind, unit_path, below) SELECT 'units', t, '', true FROM unnest(ARRAY[OLD.type, NEW.type]) t;
      END IF;
      IF OLD.unit_path <> NEW.unit_path THEN
        INSERT INTO figure_marks (source, kind, unit_path, below)
          SELECT DISTINCT 'bound', a.kind, w.path, false FROM agreement_parties p JOIN agreements a ON a.id = p.agreement_id
            CROSS JOIN unnest(ARRAY[OLD.unit_path, NEW.unit_path]) w (path)
          WHERE p.unit_id = NEW.id OR p.subject_id IN (SELECT s.id FROM subjects s WHERE s.lead_unit_id = NEW.id);
      END IF;
  END CASE;
  RETURN NULL;
END $$;

DROP TRIGGER mark_from_afar ON subjects;
CREATE TRIGGER mark_from_afar AFTER UPDATE OF lead_unit_id, unit_path, data ON subjects FOR EACH ROW
  WHEN ((OLD.lead_unit_id, OLD.unit_path, OLD.data) IS DISTINCT FROM (NEW.lead_unit_id, NEW.unit_path, NEW.data))
  EXECUTE FUNCTION mark_from_afar();
DROP TRIGGER mark_from_afar ON units;
CREATE TRIGGER mark_from_afar AFTER UPDATE OF type, unit_path ON units FOR EACH ROW
  WHEN (OLD.type <> NEW.type OR OLD.unit_path <> NEW.unit_path) EXECUTE FUNCTION mark_from_afar();
