-- A case past its day that was carried up: the unit where somebody is now to see to it, and since when. Who carried it and why
-- stands in its timeline; this column is there so that the inbox of that unit is an index range.
ALTER TABLE cases ADD COLUMN escalated_to int REFERENCES units (id), ADD COLUMN escalated_at timestamptz;
CREATE INDEX cases_escalated ON cases (escalated_to, due_on) WHERE closed_at IS NULL AND escalated_to IS NOT NULL;
-- What a ledger shows of a case besides itself: its last reminder and the last level it was carried to.
CREATE INDEX case_steps_pressing ON case_steps (case_id, seq DESC) WHERE step IN ('remind', 'carry-up');
