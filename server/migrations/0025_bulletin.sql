-- What was carried up in a month, for its bulletin.
CREATE INDEX case_steps_carried ON case_steps (at) WHERE step = 'carry-up';
