-- Ledgers: balanced double entry in books of one unit of account, in its smallest whole unit.
CREATE TABLE books (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  unit_id int NOT NULL REFERENCES units (id),
  unit_path text COLLATE "C" NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  -- Fen, hundredths of a point, minutes, shares: amounts are whole numbers of it.
  measure text NOT NULL CHECK (measure IN ('fen', 'points', 'minutes', 'shares')),
  -- The head book into which this one consolidates.
  parent_id uuid REFERENCES books (id),
  subject_id uuid REFERENCES subjects (id),
  case_id uuid REFERENCES cases (id),
  opened_on date NOT NULL,
  -- Everything up to this day is closed: no entry may be dated in it.
  closed_through date,
  closed_on date,
  entries int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX books_list ON books (kind, unit_path);
CREATE INDEX books_path ON books (unit_path);
CREATE INDEX books_parent ON books (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX books_case ON books (case_id) WHERE case_id IS NOT NULL;
SELECT scope_table('books', 'SELECT, INSERT, UPDATE');

CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  book_id uuid NOT NULL REFERENCES books (id),
  unit_path text COLLATE "C" NOT NULL,
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$'),
  name text NOT NULL,
  class text NOT NULL CHECK (class IN ('asset', 'liability', 'equity', 'income', 'expense')),
  -- Whose account it is, where it is somebody's (a household's points, a cooperative's shares).
  subject_id uuid REFERENCES subjects (id),
  person_id uuid REFERENCES people (id),
  UNIQUE (book_id, code)
);
CREATE INDEX accounts_path ON accounts (unit_path);
CREATE INDEX accounts_subject ON accounts (subject_id) WHERE subject_id IS NOT NULL;
SELECT scope_table('accounts', 'SELECT, INSERT, UPDATE');

CREATE TABLE entries (
  id uuid PRIMARY KEY,
  book_id uuid NOT NULL REFERENCES books (id),
  unit_path text COLLATE "C" NOT NULL,
  number int NOT NULL,
  on_day date NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  -- The record that the entry follows from: an agreement's term, a case, an event, a decision.
  source_kind text,
  source_id text,
  -- Counted up when a source is posted again after all that was posted from it has been turned round.
  attempt int NOT NULL DEFAULT 1 CHECK (attempt > 0),
  document text,
  -- A correction is another entry that turns this one round, once.
  reverses uuid UNIQUE REFERENCES entries (id),
  posted_by uuid,
  posted_at timestamptz NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  UNIQUE (book_id, number)
);
CREATE INDEX entries_day ON entries (book_id, on_day, number);
CREATE INDEX entries_path ON entries (unit_path, on_day);
-- What follows from one source is posted once, however often it is tried.
CREATE UNIQUE INDEX entries_source ON entries (book_id, source_kind, source_id, attempt)
  WHERE source_id IS NOT NULL AND reverses IS NULL;
SELECT scope_table('entries', 'SELECT, INSERT');

CREATE TABLE entry_lines (
  id uuid PRIMARY KEY,
  entry_id uuid NOT NULL REFERENCES entries (id),
  book_id uuid NOT NULL REFERENCES books (id),
  account_id uuid NOT NULL REFERENCES accounts (id),
  unit_path text COLLATE "C" NOT NULL,
  on_day date NOT NULL,
  position int NOT NULL,
  -- Debit above zero, credit below.
  amount bigint NOT NULL CHECK (amount <> 0),
  -- Who is on the other side, and what the money is for and from: figures read these.
  counterpart text,
  -- The other book, where both belong to one head: such lines fall out when the books are added up.
  counterpart_book uuid REFERENCES books (id),
  subject_id uuid REFERENCES subjects (id),
  purpose text,
  fund_source text,
  note text
);
CREATE INDEX entry_lines_entry ON entry_lines (entry_id);
CREATE INDEX entry_lines_account ON entry_lines (account_id, on_day) INCLUDE (amount);
CREATE INDEX entry_lines_book ON entry_lines (book_id, on_day) INCLUDE (account_id, amount);
CREATE INDEX entry_lines_path ON entry_lines (unit_path, on_day);
SELECT scope_table('entry_lines', 'SELECT, INSERT');

-- The balance of every account, kept with each entry, so that a page never adds up a year.
CREATE TABLE account_balances (
  account_id uuid PRIMARY KEY REFERENCES accounts (id),
  book_id uuid NOT NULL REFERENCES books (id),
  unit_path text COLLATE "C" NOT NULL,
  balance bigint NOT NULL DEFAULT 0
);
SELECT scope_table('account_balances', 'SELECT, INSERT, UPDATE');

-- An entry balances or does not exist: looked at when the transaction ends, whoever wrote the lines.
CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF (SELECT count(*) < 2 OR sum(amount) <> 0 OR bool_or(l.book_id <> NEW.book_id) FROM entry_lines l WHERE l.entry_id = NEW.id)
  THEN RAISE EXCEPTION 'entry % of book % does not balance', NEW.number, NEW.book_id USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION entry_balances() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION entry_balances();
-- Lines join the entry of their own transaction only. Looked at once a statement, because every entry has several.
CREATE FUNCTION lines_of_new_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE NOT EXISTS
    (SELECT 1 FROM entries e WHERE e.id = f.entry_id AND e.xmin = pg_current_xact_id()::xid))
  THEN RAISE EXCEPTION 'a posted entry is never changed' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION lines_of_new_entries() FROM PUBLIC;
CREATE TRIGGER lines_of_new_entries AFTER INSERT ON entry_lines REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION lines_of_new_entries();
