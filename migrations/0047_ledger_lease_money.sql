-- Money of leases: to which account it came, what goes back of what was prepaid, and how far the clock has come with many leases.

-- The account of the book a sum came to or went from; the last one of a lease is offered first. None where nothing moved but claims.
ALTER TABLE ledger_receipt ADD COLUMN account TEXT CHECK (account IS NULL OR account = '1001' OR account = '1002' OR account GLOB '1002.*');
-- Of rent that goes back: what had been prepaid and was not used.
ALTER TABLE ledger_receipt ADD COLUMN prepaid_fen INTEGER NOT NULL DEFAULT 0 CHECK (prepaid_fen >= 0 AND prepaid_fen <= amount_fen AND (kind = 'return' OR prepaid_fen = 0));
CREATE INDEX ledger_receipt_prepaid ON ledger_receipt(community_id, lease_id) WHERE over_fen > 0;

-- No more is used or given back than came in beyond what was owed, less what already went or is about to.
DROP TRIGGER ledger_receipt_prepaid_held;
CREATE TRIGGER ledger_receipt_prepaid_held BEFORE INSERT ON ledger_receipt WHEN (NEW.kind = 'prepaid' OR NEW.prepaid_fen > 0) AND iif(NEW.kind = 'prepaid', NEW.amount_fen, NEW.prepaid_fen) > (SELECT coalesce(sum(iif(r.kind = 'rent', iif(v.state = 'posted', r.over_fen, 0), iif(r.kind = 'prepaid', -r.amount_fen, -r.prepaid_fen))), 0) FROM ledger_receipt r JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id WHERE r.community_id = NEW.community_id AND r.lease_id = NEW.lease_id AND r.kind IN ('rent', 'prepaid', 'return') AND r.receipt_id <> NEW.receipt_id AND v.state IN ('waiting', 'reviewed', 'posted') AND NOT EXISTS (SELECT 1 FROM ledger_voucher b WHERE b.community_id = v.community_id AND b.reverses_id = v.voucher_id AND b.state = 'posted')) BEGIN SELECT RAISE(ABORT, 'prepaid_too_small'); END;

-- How far the clock has come with a task that takes more than one run: what it did last, '' where it begins anew. No record: it may be lost.
CREATE TABLE ledger_round (
  community_id TEXT NOT NULL,
  task TEXT NOT NULL CHECK (task <> ''),
  after TEXT NOT NULL,
  PRIMARY KEY (community_id, task)
) STRICT, WITHOUT ROWID;
