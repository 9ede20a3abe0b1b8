-- Whether any record of a kind is kept is asked before a figure may say "none". Where none is, the answer took a look at every
-- record of the table: a plan for any kind expects to meet one of it soon. Each kind is looked up in an index now.
CREATE INDEX designations_kind ON designations (kind);
CREATE INDEX assignments_role ON assignments (role);
CREATE INDEX publications_kind ON publications (kind);
ALTER FUNCTION kinds_kept(text, text[]) SET enable_seqscan = off;
