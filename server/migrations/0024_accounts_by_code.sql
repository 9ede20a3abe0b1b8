-- Figures look for accounts by their codes, each with all below it, and then for the lines of those accounts alone.
CREATE INDEX accounts_code ON accounts (code COLLATE "C", book_id);
