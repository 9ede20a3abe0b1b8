-- An answer waits for the village that is asked and not for everybody above it who may enter its facts; what is answered is late
-- no longer; and the inquiry, once sent, waits for who sent it.
UPDATE cases SET waits_for = 'owner' WHERE type = 'inquiry-answer' AND state = 'asked';
UPDATE cases SET due_on = NULL WHERE type = 'inquiry-answer' AND state = 'answered';
UPDATE cases SET waits_for = 'raiser' WHERE type = 'inquiry' AND state = 'sent';
