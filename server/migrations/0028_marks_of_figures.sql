-- Records that figures have come to read: who consents to be an example, scores of observers, and what belongs to the instance
-- (catalogues and standards), which marks every unit.
SELECT watch_figures('consents', $$SELECT DISTINCT 'bound', 'consent', r.unit_path FROM CHANGED r$$);
SELECT watch_figures('judgements', $$SELECT DISTINCT 'judgements', r.kind, r.unit_path FROM CHANGED r$$);
SELECT watch_figures('catalogues', $$SELECT DISTINCT 'catalogues', r.name, '' FROM CHANGED r$$);
SELECT watch_figures('standards', $$SELECT DISTINCT 'standards', r.scheme, '' FROM CHANGED r$$);
