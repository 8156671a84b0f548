-- What is open between book and bank, kept by the lines, postings and matches themselves, so that no page adds up or searches the past;
-- and statements of many lines, which go in part by part.

-- Lines that no posting explains yet, in the order they are shown. Goes when the line is matched, comes back when that is undone.
CREATE TABLE bank_open_line (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  row_no INTEGER NOT NULL,
  line_key TEXT NOT NULL,
  import_id TEXT NOT NULL,
  word_no INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  balance_fen INTEGER,
  turn INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, on_day, row_no, line_key)
) STRICT, WITHOUT ROWID;
INSERT INTO bank_open_line SELECT l.community_id, l.account_id, l.on_day, l.row_no, l.line_key, l.import_id, l.word_no, l.amount_fen, l.balance_fen, coalesce((SELECT max(m.turn) FROM bank_match m WHERE m.community_id = l.community_id AND m.account_id = l.account_id AND m.line_key = l.line_key), 0) FROM bank_line l WHERE coalesce((SELECT max(m.turn) FROM bank_match m WHERE m.community_id = l.community_id AND m.account_id = l.account_id AND m.line_key = l.line_key), 0) % 2 = 0;
CREATE TRIGGER bank_open_line_no_update BEFORE UPDATE ON bank_open_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_open_line_is_open BEFORE INSERT ON bank_open_line WHEN EXISTS (SELECT 1 FROM bank_open_line o WHERE o.community_id = NEW.community_id AND o.account_id = NEW.account_id AND o.on_day = NEW.on_day AND o.row_no = NEW.row_no AND o.line_key = NEW.line_key) OR NEW.turn % 2 = 1 OR NEW.turn IS NOT coalesce((SELECT max(m.turn) FROM bank_match m WHERE m.community_id = NEW.community_id AND m.account_id = NEW.account_id AND m.line_key = NEW.line_key), 0) OR NOT EXISTS (SELECT 1 FROM bank_line l WHERE l.community_id = NEW.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key AND l.on_day = NEW.on_day AND l.row_no = NEW.row_no AND l.amount_fen = NEW.amount_fen) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_open_line_is_matched BEFORE DELETE ON bank_open_line WHEN coalesce((SELECT max(m.turn) FROM bank_match m WHERE m.community_id = OLD.community_id AND m.account_id = OLD.account_id AND m.line_key = OLD.line_key), 0) % 2 = 0 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_line_opens AFTER INSERT ON bank_line BEGIN INSERT INTO bank_open_line(community_id, account_id, on_day, row_no, line_key, import_id, word_no, amount_fen, balance_fen, turn) VALUES (NEW.community_id, NEW.account_id, NEW.on_day, NEW.row_no, NEW.line_key, NEW.import_id, NEW.word_no, NEW.amount_fen, NEW.balance_fen, 0); END;
CREATE TRIGGER bank_match_closes_line AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 1 BEGIN DELETE FROM bank_open_line WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND (on_day, row_no, line_key) = (SELECT l.on_day, l.row_no, l.line_key FROM bank_line l WHERE l.community_id = NEW.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key); END;
CREATE TRIGGER bank_match_opens_line AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 0 BEGIN INSERT INTO bank_open_line(community_id, account_id, on_day, row_no, line_key, import_id, word_no, amount_fen, balance_fen, turn) SELECT l.community_id, l.account_id, l.on_day, l.row_no, l.line_key, l.import_id, l.word_no, l.amount_fen, l.balance_fen, NEW.turn FROM bank_line l WHERE l.community_id = NEW.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key; END;

-- Postings on a bank account that no line explains yet. What an opening voucher brought is no movement of the bank's.
CREATE TABLE bank_open_posting (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  period TEXT NOT NULL,
  number INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  voucher_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, period, number, line_no)
) STRICT, WITHOUT ROWID;
INSERT INTO bank_open_posting SELECT p.community_id, a.account_id, p.period, p.number, p.line_no, p.voucher_id, p.on_day, p.debit_fen - p.credit_fen FROM bank_account a JOIN ledger_posting p ON p.community_id = a.community_id AND p.book = a.book AND p.account = a.ledger_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id WHERE v.kind <> 'opening' AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = p.community_id AND m.voucher_id = p.voucher_id AND m.line_no = p.line_no AND m.account_id = a.account_id AND m.turn % 2 = 1 AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1));
CREATE TRIGGER bank_open_posting_no_update BEFORE UPDATE ON bank_open_posting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_open_posting_is_open BEFORE INSERT ON bank_open_posting WHEN EXISTS (SELECT 1 FROM bank_open_posting o WHERE o.community_id = NEW.community_id AND o.account_id = NEW.account_id AND o.period = NEW.period AND o.number = NEW.number AND o.line_no = NEW.line_no) OR NOT EXISTS (SELECT 1 FROM bank_account a JOIN ledger_posting p ON p.community_id = a.community_id AND p.book = a.book AND p.period = NEW.period AND p.number = NEW.number AND p.line_no = NEW.line_no AND p.account = a.ledger_account AND p.voucher_id = NEW.voucher_id AND p.debit_fen - p.credit_fen = NEW.amount_fen WHERE a.community_id = NEW.community_id AND a.account_id = NEW.account_id) OR EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND m.line_no = NEW.line_no AND m.turn % 2 = 1 AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_open_posting_is_matched BEFORE DELETE ON bank_open_posting WHEN NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = OLD.community_id AND m.voucher_id = OLD.voucher_id AND m.line_no = OLD.line_no AND m.turn % 2 = 1 AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_posting_opens_at_bank AFTER INSERT ON ledger_posting BEGIN INSERT INTO bank_open_posting(community_id, account_id, period, number, line_no, voucher_id, on_day, amount_fen) SELECT NEW.community_id, a.account_id, NEW.period, NEW.number, NEW.line_no, NEW.voucher_id, NEW.on_day, NEW.debit_fen - NEW.credit_fen FROM bank_account a WHERE a.community_id = NEW.community_id AND a.book = NEW.book AND a.ledger_account = NEW.account AND EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id AND v.kind <> 'opening'); END;
CREATE TRIGGER bank_account_opens_postings AFTER INSERT ON bank_account BEGIN INSERT INTO bank_open_posting(community_id, account_id, period, number, line_no, voucher_id, on_day, amount_fen) SELECT p.community_id, NEW.account_id, p.period, p.number, p.line_no, p.voucher_id, p.on_day, p.debit_fen - p.credit_fen FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id WHERE p.community_id = NEW.community_id AND p.book = NEW.book AND p.account = NEW.ledger_account AND v.kind <> 'opening'; END;
CREATE TRIGGER bank_match_closes_posting AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 1 BEGIN DELETE FROM bank_open_posting WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND (period, number) = (SELECT v.period, v.number FROM ledger_voucher v WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id) AND line_no = NEW.line_no; END;
CREATE TRIGGER bank_match_opens_posting AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 0 BEGIN INSERT INTO bank_open_posting(community_id, account_id, period, number, line_no, voucher_id, on_day, amount_fen) SELECT v.community_id, NEW.account_id, p.period, p.number, p.line_no, p.voucher_id, p.on_day, p.debit_fen - p.credit_fen FROM ledger_voucher v JOIN ledger_posting p ON p.community_id = v.community_id AND p.book = v.book AND p.period = v.period AND p.number = v.number AND p.line_no = NEW.line_no WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id; END;

-- Matches whose two sides stand on different days: between them each is alone on its side (R10). far says that more than a month lies between.
CREATE TABLE bank_apart (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  far INTEGER NOT NULL CHECK (far IN (0, 1)),
  later_on TEXT NOT NULL,
  line_key TEXT NOT NULL,
  earlier_on TEXT NOT NULL,
  line_on TEXT NOT NULL,
  turn INTEGER NOT NULL,
  voucher_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, far, later_on, line_key)
) STRICT, WITHOUT ROWID;
INSERT INTO bank_apart SELECT m.community_id, m.account_id, abs(julianday(l.on_day) - julianday(v.on_day)) > 31, max(l.on_day, v.on_day), m.line_key, min(l.on_day, v.on_day), l.on_day, m.turn, m.voucher_id, m.line_no FROM bank_match m JOIN bank_line l ON l.community_id = m.community_id AND l.account_id = m.account_id AND l.line_key = m.line_key JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id WHERE m.turn % 2 = 1 AND l.on_day <> v.on_day AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1);
CREATE TRIGGER bank_apart_no_update BEFORE UPDATE ON bank_apart BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_apart_is_matched BEFORE INSERT ON bank_apart WHEN EXISTS (SELECT 1 FROM bank_apart o WHERE o.community_id = NEW.community_id AND o.account_id = NEW.account_id AND o.far = NEW.far AND o.later_on = NEW.later_on AND o.line_key = NEW.line_key) OR NEW.turn IS NOT (SELECT max(m.turn) FROM bank_match m WHERE m.community_id = NEW.community_id AND m.account_id = NEW.account_id AND m.line_key = NEW.line_key) OR NEW.turn % 2 = 0 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_apart_is_undone BEFORE DELETE ON bank_apart WHEN OLD.turn IS (SELECT max(m.turn) FROM bank_match m WHERE m.community_id = OLD.community_id AND m.account_id = OLD.account_id AND m.line_key = OLD.line_key) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_match_stands_apart AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 1 BEGIN INSERT INTO bank_apart(community_id, account_id, far, later_on, line_key, earlier_on, line_on, turn, voucher_id, line_no) SELECT NEW.community_id, NEW.account_id, abs(julianday(l.on_day) - julianday(v.on_day)) > 31, max(l.on_day, v.on_day), NEW.line_key, min(l.on_day, v.on_day), l.on_day, NEW.turn, NEW.voucher_id, NEW.line_no FROM bank_line l JOIN ledger_voucher v ON v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id WHERE l.community_id = NEW.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key AND l.on_day <> v.on_day; END;
CREATE TRIGGER bank_match_apart_no_more AFTER INSERT ON bank_match WHEN NEW.turn % 2 = 0 BEGIN DELETE FROM bank_apart WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND (far, later_on) = (SELECT abs(julianday(l.on_day) - julianday(v.on_day)) > 31, max(l.on_day, v.on_day) FROM bank_line l JOIN ledger_voucher v ON v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id WHERE l.community_id = NEW.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key) AND line_key = NEW.line_key; END;

-- How much moved at the bank in a month, and on a day of it.
CREATE TABLE bank_moved (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('month', 'day')),
  span TEXT NOT NULL,
  lines INTEGER NOT NULL,
  sum_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, kind, span)
) STRICT, WITHOUT ROWID;
INSERT INTO bank_moved SELECT community_id, account_id, 'month', substr(on_day, 1, 7), count(*), sum(amount_fen) FROM bank_line GROUP BY community_id, account_id, substr(on_day, 1, 7);
INSERT INTO bank_moved SELECT community_id, account_id, 'day', on_day, count(*), sum(amount_fen) FROM bank_line GROUP BY community_id, account_id, on_day;
CREATE TRIGGER bank_moved_no_delete BEFORE DELETE ON bank_moved BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_moved_grows BEFORE UPDATE ON bank_moved WHEN NEW.lines <> OLD.lines + 1 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_line_moves_month AFTER INSERT ON bank_line BEGIN INSERT INTO bank_moved(community_id, account_id, kind, span, lines, sum_fen) VALUES (NEW.community_id, NEW.account_id, 'month', substr(NEW.on_day, 1, 7), 1, NEW.amount_fen) ON CONFLICT (community_id, account_id, kind, span) DO UPDATE SET lines = lines + 1, sum_fen = sum_fen + NEW.amount_fen; END;
CREATE TRIGGER bank_line_moves_day AFTER INSERT ON bank_line BEGIN INSERT INTO bank_moved(community_id, account_id, kind, span, lines, sum_fen) VALUES (NEW.community_id, NEW.account_id, 'day', NEW.on_day, 1, NEW.amount_fen) ON CONFLICT (community_id, account_id, kind, span) DO UPDATE SET lines = lines + 1, sum_fen = sum_fen + NEW.amount_fen; END;

-- Lines as they are listed: the newest day first, those of a day as the statement has them. A page stops where it ends.
DROP INDEX bank_line_by_day;
CREATE INDEX bank_line_by_day ON bank_line(community_id, account_id, on_day DESC, row_no, line_key);

-- What an opening voucher brought is asked for with every reconciliation; there is one, wherever it lies among the others.
CREATE INDEX ledger_voucher_opening ON ledger_voucher(community_id, book, state) WHERE kind = 'opening';

-- A statement of many lines, read and found whole, waits here part by part: amounts and days, no words. lines is JSON as bank_line takes them.
CREATE TABLE bank_part (
  community_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  part_no INTEGER NOT NULL CHECK (part_no > 0),
  account_id TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  PRIMARY KEY (community_id, import_id, part_no),
  FOREIGN KEY (community_id, import_id) REFERENCES bank_import (community_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bank_part_no_update BEFORE UPDATE ON bank_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_part_no_delete BEFORE DELETE ON bank_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_part_no_replace BEFORE INSERT ON bank_part WHEN EXISTS (SELECT 1 FROM bank_part WHERE community_id = NEW.community_id AND import_id = NEW.import_id AND part_no = NEW.part_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A part that is in. In order, each once.
CREATE TABLE bank_part_done (
  community_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  part_no INTEGER NOT NULL,
  done_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, import_id, part_no),
  FOREIGN KEY (community_id, import_id, part_no) REFERENCES bank_part (community_id, import_id, part_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bank_part_done_no_update BEFORE UPDATE ON bank_part_done BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_part_done_no_delete BEFORE DELETE ON bank_part_done BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_part_done_in_order BEFORE INSERT ON bank_part_done WHEN NEW.part_no IS NOT (SELECT coalesce(max(part_no), 0) + 1 FROM bank_part_done WHERE community_id = NEW.community_id AND import_id = NEW.import_id) BEGIN SELECT RAISE(ABORT, 'part_done'); END;

-- The statement of an account that still has parts to go: one at a time. Goes with its last part.
CREATE TABLE bank_running (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  parts INTEGER NOT NULL CHECK (parts > 0),
  PRIMARY KEY (community_id, account_id),
  FOREIGN KEY (community_id, import_id) REFERENCES bank_import (community_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bank_running_no_update BEFORE UPDATE ON bank_running BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_running_one BEFORE INSERT ON bank_running WHEN EXISTS (SELECT 1 FROM bank_running WHERE community_id = NEW.community_id AND account_id = NEW.account_id) BEGIN SELECT RAISE(ABORT, 'import_running'); END;
CREATE TRIGGER bank_running_to_its_end BEFORE DELETE ON bank_running WHEN OLD.parts IS NOT (SELECT count(*) FROM bank_part_done WHERE community_id = OLD.community_id AND import_id = OLD.import_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_part_done_last AFTER INSERT ON bank_part_done BEGIN DELETE FROM bank_running WHERE community_id = NEW.community_id AND import_id = NEW.import_id AND parts = NEW.part_no; END;
CREATE TRIGGER bank_import_one_at_a_time BEFORE INSERT ON bank_import WHEN EXISTS (SELECT 1 FROM bank_running WHERE community_id = NEW.community_id AND account_id = NEW.account_id) BEGIN SELECT RAISE(ABORT, 'import_running'); END;
