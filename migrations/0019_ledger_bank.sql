-- Bank accounts in the owners' name, their statements line by line, and which line is which voucher.

CREATE TABLE bank_account (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  book TEXT NOT NULL,
  ledger_account TEXT NOT NULL,
  holder TEXT NOT NULL CHECK (holder IN ('assembly', 'committee')),
  holder_name TEXT NOT NULL CHECK (holder_name <> ''),
  bank TEXT NOT NULL CHECK (bank <> ''),
  number_sealed TEXT NOT NULL,
  number_masked TEXT NOT NULL,
  number_hash TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, account_id),
  FOREIGN KEY (community_id, book, ledger_account) REFERENCES ledger_account (community_id, book, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bank_account_as_recorded BEFORE UPDATE ON bank_account WHEN NEW.book IS NOT OLD.book OR NEW.ledger_account IS NOT OLD.ledger_account OR NEW.holder IS NOT OLD.holder OR NEW.holder_name IS NOT OLD.holder_name OR NEW.bank IS NOT OLD.bank OR NEW.number_masked IS NOT OLD.number_masked OR NEW.number_hash IS NOT OLD.number_hash OR NEW.opened_by IS NOT OLD.opened_by OR NEW.opened_at IS NOT OLD.opened_at OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_account_no_delete BEFORE DELETE ON bank_account BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_account_no_replace BEFORE INSERT ON bank_account WHEN EXISTS (SELECT 1 FROM bank_account WHERE community_id = NEW.community_id AND (account_id = NEW.account_id OR number_hash = NEW.number_hash OR (book = NEW.book AND ledger_account = NEW.ledger_account))) BEGIN SELECT RAISE(ABORT, 'account_exists'); END;

-- How a statement's columns were read; the newest for a header is proposed the next time.
CREATE TABLE bank_mapping (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  header_hash TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, account_id, header_hash, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER bank_mapping_no_update BEFORE UPDATE ON bank_mapping BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_mapping_no_delete BEFORE DELETE ON bank_mapping BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_mapping_no_replace BEFORE INSERT ON bank_mapping WHEN EXISTS (SELECT 1 FROM bank_mapping WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND header_hash = NEW.header_hash AND version = NEW.version) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A statement that was taken in. words_sealed holds counterparty and summary of its lines, one list under one seal: payers are people.
CREATE TABLE bank_import (
  community_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  lines INTEGER NOT NULL CHECK (lines > 0),
  added INTEGER NOT NULL CHECK (added >= 0),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  words_sealed TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, import_id),
  FOREIGN KEY (community_id, account_id) REFERENCES bank_account (community_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_import_by_account ON bank_import(community_id, account_id, imported_at);
CREATE TRIGGER bank_import_as_recorded BEFORE UPDATE ON bank_import WHEN NEW.account_id IS NOT OLD.account_id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.lines IS NOT OLD.lines OR NEW.added IS NOT OLD.added OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR NEW.imported_by IS NOT OLD.imported_by OR NEW.imported_at IS NOT OLD.imported_at OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_import_no_delete BEFORE DELETE ON bank_import BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_import_no_replace BEFORE INSERT ON bank_import WHEN EXISTS (SELECT 1 FROM bank_import WHERE community_id = NEW.community_id AND import_id = NEW.import_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A line of a statement. line_key is a keyed hash of what makes it itself: the same line in two files is one.
CREATE TABLE bank_line (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  line_key TEXT NOT NULL CHECK (length(line_key) = 64),
  import_id TEXT NOT NULL,
  word_no INTEGER NOT NULL CHECK (word_no >= 0),
  row_no INTEGER NOT NULL CHECK (row_no > 0),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  balance_fen INTEGER,
  PRIMARY KEY (community_id, account_id, line_key),
  FOREIGN KEY (community_id, import_id) REFERENCES bank_import (community_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_line_by_day ON bank_line(community_id, account_id, on_day, line_key);
CREATE TRIGGER bank_line_no_update BEFORE UPDATE ON bank_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_line_no_delete BEFORE DELETE ON bank_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_line_no_replace BEFORE INSERT ON bank_line WHEN EXISTS (SELECT 1 FROM bank_line WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND line_key = NEW.line_key) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A person said that a line is a posting. An even turn takes it back.
CREATE TABLE bank_match (
  community_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  line_key TEXT NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),
  voucher_id TEXT NOT NULL,
  line_no INTEGER NOT NULL CHECK (line_no > 0),
  matched_by TEXT NOT NULL,
  matched_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, account_id, line_key, turn),
  FOREIGN KEY (community_id, account_id, line_key) REFERENCES bank_line (community_id, account_id, line_key),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_match_by_voucher ON bank_match(community_id, voucher_id, line_no, turn);
CREATE TRIGGER bank_match_no_update BEFORE UPDATE ON bank_match BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER bank_match_no_delete BEFORE DELETE ON bank_match BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- The next turn and no other; taking back names the same posting.
CREATE TRIGGER bank_match_next_turn BEFORE INSERT ON bank_match WHEN NEW.turn IS NOT (SELECT coalesce(max(turn), 0) + 1 FROM bank_match WHERE community_id = NEW.community_id AND account_id = NEW.account_id AND line_key = NEW.line_key) OR (NEW.turn % 2 = 0 AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = NEW.community_id AND m.account_id = NEW.account_id AND m.line_key = NEW.line_key AND m.turn = NEW.turn - 1 AND m.voucher_id = NEW.voucher_id AND m.line_no = NEW.line_no)) BEGIN SELECT RAISE(ABORT, 'matched_already'); END;
-- Only what is the same to the fen, on this account, and not another line's.
CREATE TRIGGER bank_match_same_amount BEFORE INSERT ON bank_match WHEN NEW.turn % 2 = 1 AND NOT EXISTS (SELECT 1 FROM ledger_posting p JOIN bank_account a ON a.community_id = p.community_id AND a.account_id = NEW.account_id AND a.book = p.book AND a.ledger_account = p.account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id AND p.book = v.book AND p.period = v.period AND p.number = v.number JOIN bank_line l ON l.community_id = p.community_id AND l.account_id = NEW.account_id AND l.line_key = NEW.line_key WHERE v.community_id = NEW.community_id AND v.voucher_id = NEW.voucher_id AND p.line_no = NEW.line_no AND p.debit_fen - p.credit_fen = l.amount_fen) BEGIN SELECT RAISE(ABORT, 'amounts_differ'); END;
CREATE TRIGGER bank_match_posting_once BEFORE INSERT ON bank_match WHEN NEW.turn % 2 = 1 AND EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND m.line_no = NEW.line_no AND m.turn % 2 = 1 AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1)) BEGIN SELECT RAISE(ABORT, 'matched_already'); END;
