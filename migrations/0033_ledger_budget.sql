-- What a book is meant to bring in and spend in a year, version by version, and why more was spent than planned.

-- A version from its draft on. lines is JSON [{"account":…,"amountFen":…}], content_hash the hash of what it says; nothing of it changes
-- but its state, forward. version is given when it is published; a later one says why it follows.
CREATE TABLE ledger_budget (
  community_id TEXT NOT NULL,
  budget_id TEXT NOT NULL,
  book TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2199),
  lines TEXT NOT NULL CHECK (json_valid(lines) AND json_array_length(lines) > 0),
  note TEXT NOT NULL,
  why TEXT NOT NULL,
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'reviewed', 'approved', 'published', 'withdrawn', 'refused')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  draft_leaf TEXT NOT NULL,
  reviewed_by TEXT,
  reviewed_at INTEGER,
  approved_by TEXT,
  approved_at INTEGER,
  -- The owners' decision it was approved on; empty where the committee may approve it by its rules.
  decision TEXT NOT NULL,
  version INTEGER CHECK (version > 0),
  ended_by TEXT,
  ended_at INTEGER,
  ended_why TEXT,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, budget_id),
  FOREIGN KEY (community_id, book) REFERENCES ledger_book (community_id, book),
  CHECK ((state = 'published') = (version IS NOT NULL)),
  CHECK ((state = 'published') = (leaf_hash IS NOT NULL)),
  CHECK ((state IN ('published', 'withdrawn', 'refused')) = (ended_at IS NOT NULL)),
  CHECK (state NOT IN ('reviewed', 'approved', 'published') OR reviewed_by IS NOT NULL),
  CHECK (state NOT IN ('approved', 'published') OR approved_by IS NOT NULL),
  CHECK (reviewed_by IS NULL OR reviewed_by <> drafted_by),
  CHECK (approved_by IS NULL OR (approved_by <> drafted_by AND approved_by <> reviewed_by)),
  CHECK (version IS NULL OR (version = 1) = (why = ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_budget_by_version ON ledger_budget(community_id, book, year, version) WHERE version IS NOT NULL;
CREATE INDEX ledger_budget_waiting ON ledger_budget(community_id, state, drafted_at) WHERE state IN ('waiting', 'reviewed', 'approved');
CREATE TRIGGER ledger_budget_no_delete BEFORE DELETE ON ledger_budget BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_budget_no_replace BEFORE INSERT ON ledger_budget WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM ledger_budget WHERE community_id = NEW.community_id AND budget_id = NEW.budget_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Of a book's year one draft waits at a time.
CREATE TRIGGER ledger_budget_one_waits BEFORE INSERT ON ledger_budget WHEN EXISTS (SELECT 1 FROM ledger_budget WHERE community_id = NEW.community_id AND state IN ('waiting', 'reviewed', 'approved') AND book = NEW.book AND year = NEW.year) BEGIN SELECT RAISE(ABORT, 'budget_waits'); END;
CREATE TRIGGER ledger_budget_as_drafted BEFORE UPDATE ON ledger_budget WHEN NEW.book IS NOT OLD.book OR NEW.year IS NOT OLD.year OR NEW.lines IS NOT OLD.lines OR NEW.note IS NOT OLD.note OR NEW.why IS NOT OLD.why OR NEW.content_hash IS NOT OLD.content_hash OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_budget_forward BEFORE UPDATE ON ledger_budget WHEN OLD.state IN ('published', 'withdrawn', 'refused') OR NEW.state IS OLD.state OR NEW.state = 'waiting' OR (NEW.state = 'reviewed' AND OLD.state <> 'waiting') OR (NEW.state = 'approved' AND OLD.state <> 'reviewed') OR (NEW.state = 'published' AND OLD.state <> 'approved') OR (OLD.reviewed_by IS NOT NULL AND NEW.reviewed_by IS NOT OLD.reviewed_by) OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by IS NOT OLD.approved_by OR NEW.decision IS NOT OLD.decision)) BEGIN SELECT RAISE(ABORT, 'budget_moved'); END;
CREATE TRIGGER ledger_budget_next_version BEFORE UPDATE ON ledger_budget WHEN NEW.state = 'published' AND NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM ledger_budget WHERE community_id = NEW.community_id AND book = NEW.book AND year = NEW.year AND version IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'budget_version_taken'); END;

-- Why more was spent on an account than was planned. What was said stays; the last counts.
CREATE TABLE ledger_budget_note (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  year INTEGER NOT NULL,
  account TEXT NOT NULL,
  note_no INTEGER NOT NULL CHECK (note_no > 0),
  text TEXT NOT NULL CHECK (text <> ''),
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, book, year, account, note_no),
  FOREIGN KEY (community_id, book, account) REFERENCES ledger_account (community_id, book, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_budget_note_no_update BEFORE UPDATE ON ledger_budget_note BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_budget_note_no_delete BEFORE DELETE ON ledger_budget_note BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_budget_note_next BEFORE INSERT ON ledger_budget_note WHEN NEW.note_no IS NOT (SELECT coalesce(max(note_no), 0) + 1 FROM ledger_budget_note WHERE community_id = NEW.community_id AND book = NEW.book AND year = NEW.year AND account = NEW.account) BEGIN SELECT RAISE(ABORT, 'note_moved'); END;
