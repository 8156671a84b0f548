-- Double entry: books with their accounts, vouchers from draft to posting, what they did to each account, and closed periods.
-- What the books hold cannot be edited: balance, period, account and the two persons are checked here, whatever the code above does.

-- A book begins on the first day of a period. Limits are settings; the book is only where and since when.
CREATE TABLE ledger_book (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL CHECK (book IN ('common', 'fund', 'working')),
  from_period TEXT NOT NULL CHECK (from_period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, book)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_book_no_update BEFORE UPDATE ON ledger_book BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_book_no_delete BEFORE DELETE ON ledger_book BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_book_no_replace BEFORE INSERT ON ledger_book WHEN EXISTS (SELECT 1 FROM ledger_book WHERE community_id = NEW.community_id AND book = NEW.book) BEGIN SELECT RAISE(ABORT, 'book_exists'); END;

CREATE TABLE ledger_account (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'net', 'income', 'cost', 'use')),
  postable INTEGER NOT NULL CHECK (postable IN (0, 1)),
  from_on TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, book, code),
  FOREIGN KEY (community_id, book) REFERENCES ledger_book (community_id, book)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_account_no_replace BEFORE INSERT ON ledger_account WHEN EXISTS (SELECT 1 FROM ledger_account WHERE community_id = NEW.community_id AND book = NEW.book AND code = NEW.code) BEGIN SELECT RAISE(ABORT, 'code_taken'); END;

-- The first day on which an account takes vouchers no more.
CREATE TABLE ledger_account_end (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  code TEXT NOT NULL,
  until_on TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, book, code),
  FOREIGN KEY (community_id, book, code) REFERENCES ledger_account (community_id, book, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_account_end_no_update BEFORE UPDATE ON ledger_account_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_account_end_no_delete BEFORE DELETE ON ledger_account_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_account_end_once BEFORE INSERT ON ledger_account_end WHEN EXISTS (SELECT 1 FROM ledger_account_end WHERE community_id = NEW.community_id AND book = NEW.book AND code = NEW.code) BEGIN SELECT RAISE(ABORT, 'account_closed'); END;

-- A period closed for good; the next one takes what comes later.
CREATE TABLE ledger_close (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  vouchers INTEGER NOT NULL CHECK (vouchers >= 0),
  closed_by TEXT NOT NULL,
  closed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, book, period),
  FOREIGN KEY (community_id, book) REFERENCES ledger_book (community_id, book)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_close_no_update BEFORE UPDATE ON ledger_close BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_close_no_delete BEFORE DELETE ON ledger_close BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_close_no_replace BEFORE INSERT ON ledger_close WHEN EXISTS (SELECT 1 FROM ledger_close WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'period_closed'); END;
CREATE TRIGGER ledger_close_in_order BEFORE INSERT ON ledger_close WHEN NEW.period IS NOT coalesce((SELECT strftime('%Y-%m', max(period) || '-01', '+1 month') FROM ledger_close WHERE community_id = NEW.community_id AND book = NEW.book), (SELECT from_period FROM ledger_book WHERE community_id = NEW.community_id AND book = NEW.book)) BEGIN SELECT RAISE(ABORT, 'not_the_next_period'); END;

-- A voucher from its draft on. lines is JSON [{"account":…,"side":"debit"|"credit","amountFen":…}]. The counterparty is sealed; what is
-- shown of it stands beside. Nothing of it changes but its state, forward.
CREATE TABLE ledger_voucher (
  community_id TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  book TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'opening', 'reversal')),
  period TEXT NOT NULL,
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  text TEXT NOT NULL CHECK (text <> ''),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  counterparty_sealed TEXT NOT NULL,
  counterparty_shown TEXT NOT NULL,
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  decision TEXT,
  reverses_id TEXT,
  hands TEXT NOT NULL CHECK (hands IN ('review', 'approval', 'decision')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'reviewed', 'posted', 'withdrawn', 'refused')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  reviewed_by TEXT,
  reviewed_at INTEGER,
  approved_by TEXT,
  approved_at INTEGER,
  number INTEGER CHECK (number > 0),
  posted_at INTEGER,
  ended_by TEXT,
  ended_at INTEGER,
  ended_why TEXT,
  draft_leaf TEXT NOT NULL,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, voucher_id),
  FOREIGN KEY (community_id, book) REFERENCES ledger_book (community_id, book),
  FOREIGN KEY (community_id, reverses_id) REFERENCES ledger_voucher (community_id, voucher_id),
  CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
  CHECK ((state = 'posted') = (number IS NOT NULL)),
  CHECK ((state = 'posted') = (leaf_hash IS NOT NULL)),
  CHECK (state <> 'posted' OR reviewed_by IS NOT NULL),
  CHECK (state <> 'posted' OR hands = 'review' OR approved_by IS NOT NULL),
  CHECK (hands <> 'decision' OR decision IS NOT NULL),
  CHECK (substr(on_day, 1, 7) = period),
  CHECK (reviewed_by IS NULL OR reviewed_by <> drafted_by),
  CHECK (approved_by IS NULL OR (approved_by <> drafted_by AND approved_by <> reviewed_by))
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_voucher_numbered ON ledger_voucher(community_id, book, period, number) WHERE number IS NOT NULL;
CREATE INDEX ledger_voucher_by_state ON ledger_voucher(community_id, book, state, drafted_at);
CREATE INDEX ledger_voucher_by_reversed ON ledger_voucher(community_id, reverses_id) WHERE reverses_id IS NOT NULL;
CREATE TRIGGER ledger_voucher_no_delete BEFORE DELETE ON ledger_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_voucher_no_replace BEFORE INSERT ON ledger_voucher WHEN EXISTS (SELECT 1 FROM ledger_voucher WHERE community_id = NEW.community_id AND voucher_id = NEW.voucher_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_voucher_begins_waiting BEFORE INSERT ON ledger_voucher WHEN NEW.state <> 'waiting' BEGIN SELECT RAISE(ABORT, 'wrong_voucher_state'); END;
CREATE TRIGGER ledger_voucher_as_drafted BEFORE UPDATE ON ledger_voucher WHEN NEW.book IS NOT OLD.book OR NEW.kind IS NOT OLD.kind OR NEW.period IS NOT OLD.period OR NEW.on_day IS NOT OLD.on_day OR NEW.text IS NOT OLD.text OR NEW.lines IS NOT OLD.lines OR NEW.amount_fen IS NOT OLD.amount_fen OR NEW.counterparty_shown IS NOT OLD.counterparty_shown OR NEW.attachments IS NOT OLD.attachments OR NEW.decision IS NOT OLD.decision OR NEW.reverses_id IS NOT OLD.reverses_id OR NEW.hands IS NOT OLD.hands OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_voucher_forward BEFORE UPDATE ON ledger_voucher WHEN NEW.state IS NOT OLD.state AND (OLD.state IN ('posted', 'withdrawn', 'refused') OR NEW.state = 'waiting') BEGIN SELECT RAISE(ABORT, 'wrong_voucher_state'); END;
CREATE TRIGGER ledger_voucher_posted_stands BEFORE UPDATE ON ledger_voucher WHEN OLD.state IN ('posted', 'withdrawn', 'refused') AND (NEW.number IS NOT OLD.number OR NEW.leaf_hash IS NOT OLD.leaf_hash OR NEW.posted_at IS NOT OLD.posted_at OR NEW.reviewed_by IS NOT OLD.reviewed_by OR NEW.approved_by IS NOT OLD.approved_by OR NEW.ended_why IS NOT OLD.ended_why) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Posting: balanced, at least two lines, every amount more than nothing, the period open, the accounts the book's and valid on the day.
CREATE TRIGGER ledger_voucher_posts_balanced BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND (json_array_length(NEW.lines) < 2 OR EXISTS (SELECT 1 FROM json_each(NEW.lines) l WHERE typeof(l.value ->> 'amountFen') <> 'integer' OR l.value ->> 'amountFen' <= 0 OR l.value ->> 'side' NOT IN ('debit', 'credit')) OR (SELECT sum(iif(l.value ->> 'side' = 'debit', l.value ->> 'amountFen', -(l.value ->> 'amountFen'))) FROM json_each(NEW.lines) l) <> 0 OR (SELECT sum(iif(l.value ->> 'side' = 'debit', l.value ->> 'amountFen', 0)) FROM json_each(NEW.lines) l) <> NEW.amount_fen) BEGIN SELECT RAISE(ABORT, 'unbalanced'); END;
CREATE TRIGGER ledger_voucher_posts_open_period BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND (EXISTS (SELECT 1 FROM ledger_close c WHERE c.community_id = NEW.community_id AND c.book = NEW.book AND c.period >= NEW.period) OR NEW.period < (SELECT b.from_period FROM ledger_book b WHERE b.community_id = NEW.community_id AND b.book = NEW.book)) BEGIN SELECT RAISE(ABORT, 'period_closed'); END;
CREATE TRIGGER ledger_voucher_posts_valid_accounts BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND EXISTS (SELECT 1 FROM json_each(NEW.lines) l WHERE NOT EXISTS (SELECT 1 FROM ledger_account a LEFT JOIN ledger_account_end e ON e.community_id = a.community_id AND e.book = a.book AND e.code = a.code WHERE a.community_id = NEW.community_id AND a.book = NEW.book AND a.code = l.value ->> 'account' AND a.postable = 1 AND a.from_on <= NEW.on_day AND (e.until_on IS NULL OR NEW.on_day < e.until_on))) BEGIN SELECT RAISE(ABORT, 'account_closed'); END;
CREATE TRIGGER ledger_voucher_posts_next_number BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.number IS NOT (SELECT coalesce(max(v.number), 0) + 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.book = NEW.book AND v.period = NEW.period AND v.number IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'number_taken'); END;
-- A voucher is taken back once; a reversal is not taken back: what it undid is posted again.
CREATE TRIGGER ledger_voucher_reversed_once BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.kind = 'reversal' AND (EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.reverses_id = NEW.reverses_id AND v.state = 'posted') OR NOT EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.reverses_id AND v.state = 'posted' AND v.kind <> 'reversal' AND v.book = NEW.book)) BEGIN SELECT RAISE(ABORT, 'reversed_already'); END;
CREATE TRIGGER ledger_voucher_opening_first BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.kind = 'opening' AND EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.book = NEW.book AND v.state = 'posted') BEGIN SELECT RAISE(ABORT, 'opening_not_first'); END;

-- What a posted voucher did, line by line: written by the posting itself and by nothing else.
CREATE TABLE ledger_posting (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  period TEXT NOT NULL,
  number INTEGER NOT NULL,
  line_no INTEGER NOT NULL CHECK (line_no > 0),
  account TEXT NOT NULL,
  debit_fen INTEGER NOT NULL CHECK (debit_fen >= 0),
  credit_fen INTEGER NOT NULL CHECK (credit_fen >= 0),
  voucher_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  PRIMARY KEY (community_id, book, period, number, line_no),
  CHECK ((debit_fen = 0) <> (credit_fen = 0)),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_posting_by_account ON ledger_posting(community_id, book, account, period, number);
CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_posting_no_replace BEFORE INSERT ON ledger_posting WHEN EXISTS (SELECT 1 FROM ledger_posting WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period AND number = NEW.number AND line_no = NEW.line_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_posting_of_its_voucher BEFORE INSERT ON ledger_posting WHEN NOT EXISTS (SELECT 1 FROM ledger_voucher v, json_each(v.lines) l WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id AND v.state = 'posted' AND v.book = NEW.book AND v.period = NEW.period AND v.number = NEW.number AND v.on_day = NEW.on_day AND l.key = NEW.line_no - 1 AND l.value ->> 'account' = NEW.account AND l.value ->> 'amountFen' = NEW.debit_fen + NEW.credit_fen AND (l.value ->> 'side' = 'debit') = (NEW.debit_fen > 0)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_voucher_posts_lines AFTER UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' BEGIN INSERT INTO ledger_posting(community_id, book, period, number, line_no, account, debit_fen, credit_fen, voucher_id, on_day) SELECT NEW.community_id, NEW.book, NEW.period, NEW.number, l.key + 1, l.value ->> 'account', iif(l.value ->> 'side' = 'debit', l.value ->> 'amountFen', 0), iif(l.value ->> 'side' = 'credit', l.value ->> 'amountFen', 0), NEW.voucher_id, NEW.on_day FROM json_each(NEW.lines) l; END;

-- What each account did in each period: a statement reads these and never adds up the past. Kept up by the postings themselves.
CREATE TABLE ledger_balance (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  period TEXT NOT NULL,
  account TEXT NOT NULL,
  debit_fen INTEGER NOT NULL CHECK (debit_fen >= 0),
  credit_fen INTEGER NOT NULL CHECK (credit_fen >= 0),
  vouchers INTEGER NOT NULL CHECK (vouchers >= 0),
  PRIMARY KEY (community_id, book, period, account)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_balance_no_delete BEFORE DELETE ON ledger_balance BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_balance_no_replace BEFORE INSERT ON ledger_balance WHEN NEW.debit_fen + NEW.credit_fen + NEW.vouchers <> 0 OR EXISTS (SELECT 1 FROM ledger_balance WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period AND account = NEW.account) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Only grows, and only while the period is open.
CREATE TRIGGER ledger_balance_grows BEFORE UPDATE ON ledger_balance WHEN NEW.debit_fen < OLD.debit_fen OR NEW.credit_fen < OLD.credit_fen OR NEW.period IS NOT OLD.period OR NEW.account IS NOT OLD.account OR EXISTS (SELECT 1 FROM ledger_close c WHERE c.community_id = NEW.community_id AND c.book = NEW.book AND c.period >= NEW.period) BEGIN SELECT RAISE(ABORT, 'period_closed'); END;
CREATE TRIGGER ledger_posting_finds_its_balance BEFORE INSERT ON ledger_posting BEGIN INSERT INTO ledger_balance(community_id, book, period, account, debit_fen, credit_fen, vouchers) SELECT NEW.community_id, NEW.book, NEW.period, NEW.account, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM ledger_balance WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period AND account = NEW.account); END;
CREATE TRIGGER ledger_posting_counts AFTER INSERT ON ledger_posting BEGIN UPDATE ledger_balance SET debit_fen = debit_fen + NEW.debit_fen, credit_fen = credit_fen + NEW.credit_fen, vouchers = vouchers + 1 WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period AND account = NEW.account; END;

-- Where each carried account stood when a period began: written when the one before it closes.
CREATE TABLE ledger_opening (
  community_id TEXT NOT NULL,
  book TEXT NOT NULL,
  period TEXT NOT NULL,
  account TEXT NOT NULL,
  opening_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, book, period, account)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_opening_no_update BEFORE UPDATE ON ledger_opening BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_opening_no_delete BEFORE DELETE ON ledger_opening BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_opening_no_replace BEFORE INSERT ON ledger_opening WHEN EXISTS (SELECT 1 FROM ledger_opening WHERE community_id = NEW.community_id AND book = NEW.book AND period = NEW.period AND account = NEW.account) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Nothing may wait in a period that closes: it could never be posted.
CREATE TRIGGER ledger_close_nothing_waits BEFORE INSERT ON ledger_close WHEN EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.book = NEW.book AND v.period <= NEW.period AND v.state IN ('waiting', 'reviewed')) BEGIN SELECT RAISE(ABORT, 'vouchers_waiting'); END;
-- The entry of the closing says how many vouchers there are: one posted meanwhile is counted or not posted.
CREATE TRIGGER ledger_close_counts_all BEFORE INSERT ON ledger_close WHEN NEW.vouchers IS NOT (SELECT coalesce(max(v.number), 0) FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.book = NEW.book AND v.period = NEW.period AND v.number IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'number_taken'); END;
CREATE TRIGGER ledger_close_carries AFTER INSERT ON ledger_close BEGIN INSERT INTO ledger_opening(community_id, book, period, account, opening_fen) SELECT NEW.community_id, NEW.book, strftime('%Y-%m', NEW.period || '-01', '+1 month'), a.code, coalesce((SELECT o.opening_fen FROM ledger_opening o WHERE o.community_id = NEW.community_id AND o.book = NEW.book AND o.period = NEW.period AND o.account = a.code), 0) + coalesce((SELECT b.debit_fen - b.credit_fen FROM ledger_balance b WHERE b.community_id = NEW.community_id AND b.book = NEW.book AND b.period = NEW.period AND b.account = a.code), 0) FROM ledger_account a WHERE a.community_id = NEW.community_id AND a.book = NEW.book AND a.postable = 1 AND a.kind IN ('asset', 'liability', 'net'); END;
