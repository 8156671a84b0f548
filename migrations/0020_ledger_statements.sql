-- What the owners are told of closed months, version by version; what they ask of it, and what they are answered.

-- A statement from its draft on. content is the whole of it as JSON; nothing of it changes but its state, once, from draft.
-- number and version are given when it is published: a number names the months of a book, a version what was said of them.
CREATE TABLE ledger_statement (
  community_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  book TEXT NOT NULL,
  from_period TEXT NOT NULL,
  to_period TEXT NOT NULL CHECK (to_period >= from_period),
  content TEXT NOT NULL CHECK (json_valid(content)),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  -- Why a version follows another; empty for the first.
  why TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  draft_leaf TEXT NOT NULL,
  number INTEGER CHECK (number > 0),
  version INTEGER CHECK (version > 0),
  ended_by TEXT,
  ended_at INTEGER,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, draft_id),
  FOREIGN KEY (community_id, book) REFERENCES ledger_book (community_id, book),
  CHECK ((state = 'published') = (number IS NOT NULL)),
  CHECK ((state = 'published') = (version IS NOT NULL)),
  CHECK ((state = 'published') = (leaf_hash IS NOT NULL)),
  CHECK ((state = 'draft') = (ended_at IS NULL)),
  CHECK ((state = 'draft') = (ended_by IS NULL)),
  CHECK (state <> 'published' OR ended_by <> drafted_by),
  CHECK (version IS NULL OR (version = 1) = (why = ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_statement_by_number ON ledger_statement(community_id, number, version) WHERE number IS NOT NULL;
CREATE INDEX ledger_statement_by_book ON ledger_statement(community_id, book, state, to_period, version);
-- Of a book one draft waits at a time.
CREATE UNIQUE INDEX ledger_statement_one_draft ON ledger_statement(community_id, book) WHERE state = 'draft';
CREATE TRIGGER ledger_statement_no_delete BEFORE DELETE ON ledger_statement BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_statement_no_replace BEFORE INSERT ON ledger_statement WHEN NEW.state <> 'draft' OR EXISTS (SELECT 1 FROM ledger_statement WHERE community_id = NEW.community_id AND draft_id = NEW.draft_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_statement_draft_waits BEFORE INSERT ON ledger_statement WHEN EXISTS (SELECT 1 FROM ledger_statement WHERE community_id = NEW.community_id AND book = NEW.book AND state = 'draft') BEGIN SELECT RAISE(ABORT, 'draft_waits'); END;
-- Only of months that are closed.
CREATE TRIGGER ledger_statement_of_closed_months BEFORE INSERT ON ledger_statement WHEN NOT EXISTS (SELECT 1 FROM ledger_close WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.to_period) BEGIN SELECT RAISE(ABORT, 'span_not_closed'); END;
CREATE TRIGGER ledger_statement_as_drafted BEFORE UPDATE ON ledger_statement WHEN OLD.state <> 'draft' OR NEW.state = 'draft' OR NEW.book IS NOT OLD.book OR NEW.from_period IS NOT OLD.from_period OR NEW.to_period IS NOT OLD.to_period OR NEW.content IS NOT OLD.content OR NEW.content_hash IS NOT OLD.content_hash OR NEW.why IS NOT OLD.why OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- A first version takes the next number and goes on where the last statement of its book ended; a later one follows its own months.
CREATE TRIGGER ledger_statement_next_number BEFORE UPDATE ON ledger_statement WHEN NEW.state = 'published' AND NEW.version = 1 AND NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM ledger_statement WHERE community_id = NEW.community_id AND number IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'statement_number_taken'); END;
CREATE TRIGGER ledger_statement_goes_on BEFORE UPDATE ON ledger_statement WHEN NEW.state = 'published' AND NEW.version = 1 AND NEW.from_period IS NOT coalesce((SELECT strftime('%Y-%m', max(to_period) || '-01', '+1 month') FROM ledger_statement WHERE community_id = NEW.community_id AND book = NEW.book AND state = 'published'), (SELECT from_period FROM ledger_book WHERE community_id = NEW.community_id AND book = NEW.book)) BEGIN SELECT RAISE(ABORT, 'not_the_next_span'); END;
CREATE TRIGGER ledger_statement_next_version BEFORE UPDATE ON ledger_statement WHEN NEW.state = 'published' AND NEW.version > 1 AND NOT EXISTS (SELECT 1 FROM ledger_statement s WHERE s.community_id = NEW.community_id AND s.number = NEW.number AND s.version = NEW.version - 1 AND s.book = NEW.book AND s.from_period = NEW.from_period AND s.to_period = NEW.to_period) BEGIN SELECT RAISE(ABORT, 'statement_number_taken'); END;

-- An owner's question about a statement's line or a voucher. Sealed until its answer is published; who asked is never shown.
CREATE TABLE ledger_question (
  community_id TEXT NOT NULL,
  question_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  party_id TEXT NOT NULL,
  -- 'statement' with its number and the account of the line (empty: the whole); 'voucher' with its id.
  about TEXT NOT NULL CHECK (about IN ('statement', 'voucher')),
  about_id TEXT NOT NULL,
  account TEXT NOT NULL,
  text_sealed TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, question_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_question_by_number ON ledger_question(community_id, number);
CREATE INDEX ledger_question_by_subject ON ledger_question(community_id, about, about_id, number);
CREATE INDEX ledger_question_by_party ON ledger_question(community_id, party_id, number);
CREATE TRIGGER ledger_question_as_asked BEFORE UPDATE ON ledger_question WHEN NEW.number IS NOT OLD.number OR NEW.party_id IS NOT OLD.party_id OR NEW.about IS NOT OLD.about OR NEW.about_id IS NOT OLD.about_id OR NEW.account IS NOT OLD.account OR NEW.asked_at IS NOT OLD.asked_at OR NEW.due_on IS NOT OLD.due_on OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_question_no_delete BEFORE DELETE ON ledger_question BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_question_next_number BEFORE INSERT ON ledger_question WHEN EXISTS (SELECT 1 FROM ledger_question WHERE community_id = NEW.community_id AND question_id = NEW.question_id) OR NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM ledger_question WHERE community_id = NEW.community_id) BEGIN SELECT RAISE(ABORT, 'question_number_taken'); END;

-- The answer, and the question as everybody may read it. One a question.
CREATE TABLE ledger_answer (
  community_id TEXT NOT NULL,
  question_id TEXT NOT NULL,
  -- The question in words that name nobody.
  question_shown TEXT NOT NULL CHECK (question_shown <> ''),
  answer TEXT NOT NULL CHECK (answer <> ''),
  answered_by TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, question_id),
  FOREIGN KEY (community_id, question_id) REFERENCES ledger_question (community_id, question_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_answer_no_update BEFORE UPDATE ON ledger_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_answer_no_delete BEFORE DELETE ON ledger_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_answer_no_replace BEFORE INSERT ON ledger_answer WHEN EXISTS (SELECT 1 FROM ledger_answer WHERE community_id = NEW.community_id AND question_id = NEW.question_id) BEGIN SELECT RAISE(ABORT, 'answered_already'); END;
