-- The kept counts of the units below one unit are read from the index alone: a county has a thousand of them, on as many pages.
DROP INDEX case_counts_parent;
CREATE INDEX case_counts_parent ON case_counts (parent_path, type, state) INCLUDE (unit_path, n);
