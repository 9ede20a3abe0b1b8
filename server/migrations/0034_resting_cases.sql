-- A case that rests (a candidacy that the cycle moves on, a plan or a rule in force) waits for nobody: it stood in inboxes where
-- nothing could be done with it. New ones are written so by the workflow; these are the ones that were there.
UPDATE cases SET waits_for = NULL WHERE closed_at IS NULL AND waits_for IS NOT NULL AND (
  (type = 'candidacy' AND state IN ('approved', 'monitored', 'recommended'))
  OR (type IN ('plan', 'veto') AND state = 'in-force')
  OR (type = 'reward-rule' AND state = 'published'));
