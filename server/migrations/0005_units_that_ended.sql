-- Nobody answers for a unit that has ended: the view says until when a unit was in use, and whoever asks who holds a duty on
-- a day looks at it. The assignment itself stays as it was recorded.
CREATE OR REPLACE VIEW answering WITH (security_barrier) AS
SELECT a.id, a.role, a.star, a.unit_id, u.name AS unit_name, u.type AS unit_type, a.unit_path,
  a.person_id, p.name AS person_name, p.title AS person_title, p.unit_id AS home_id, home.name AS home_name,
  a.holder_unit_id, h.name AS holder_unit_name, a.object_kind, a.object_id, a.from_day, a.to_day, a.document,
  a.ended_reason, a.data, p.left_on AS person_left_on, u.valid_to AS unit_valid_to
FROM assignments a
JOIN units u ON u.id = a.unit_id
LEFT JOIN people p ON p.id = a.person_id
LEFT JOIN units home ON home.id = p.unit_id
LEFT JOIN units h ON h.id = a.holder_unit_id
WHERE a.unit_path ^@ ANY ((SELECT app_scopes())::text[])
  OR EXISTS (SELECT 1 FROM unnest((SELECT app_scopes())::text[]) AS s WHERE s ^@ a.unit_path);
