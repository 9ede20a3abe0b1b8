-- People are found by pinyin and initials as well.
ALTER TABLE people ADD COLUMN pinyin text NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN initials text NOT NULL DEFAULT '';
CREATE INDEX people_unit ON people (unit_id);

-- A role that only one may hold at a time: the rules refuse the second and this constraint stands behind them. The role, the
-- star and the object are folded into one number because exclusion over text needs an extension that not every server has;
-- two that fall on the same number within one unit could only be refused, never both be let in.
ALTER TABLE assignments ADD COLUMN single boolean NOT NULL DEFAULT false;
ALTER TABLE assignments ADD CONSTRAINT assignments_one_at_a_time EXCLUDE USING gist (
  int8range(unit_id, unit_id, '[]') WITH &&,
  int8range(hashtext(role || '/' || coalesce(star, '') || '/' || coalesce(object_id, '')),
    hashtext(role || '/' || coalesce(star, '') || '/' || coalesce(object_id, '')), '[]') WITH &&,
  daterange(from_day, to_day) WITH &&
) WHERE (single);
CREATE INDEX assignments_unit ON assignments (unit_id, role);
CREATE INDEX assignments_holder_unit ON assignments (holder_unit_id) WHERE holder_unit_id IS NOT NULL;

-- Who answers for what, with the holder's name. The rows are those that the policies of assignments let through; the name and
-- the post of a holder are told to whoever may see what they answer for, also when they sit in a department elsewhere in
-- the tree. Telephones are not in it.
CREATE VIEW answering WITH (security_barrier) AS
SELECT a.id, a.role, a.star, a.unit_id, u.name AS unit_name, u.type AS unit_type, a.unit_path,
  a.person_id, p.name AS person_name, p.title AS person_title, p.unit_id AS home_id, home.name AS home_name,
  a.holder_unit_id, h.name AS holder_unit_name, a.object_kind, a.object_id, a.from_day, a.to_day, a.document,
  a.ended_reason, a.data, p.left_on AS person_left_on
FROM assignments a
JOIN units u ON u.id = a.unit_id
LEFT JOIN people p ON p.id = a.person_id
LEFT JOIN units home ON home.id = p.unit_id
LEFT JOIN units h ON h.id = a.holder_unit_id
WHERE a.unit_path ^@ ANY ((SELECT app_scopes())::text[])
  OR EXISTS (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ a.unit_path);
GRANT SELECT ON answering TO wuxing_app;
