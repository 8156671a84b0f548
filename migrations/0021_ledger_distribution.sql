-- What was decided to become of the net revenue, each unit's share of what goes to the owners, and who was paid.

-- A distribution stands or falls with its voucher: posted, sent back or given up. Its plan and its shares never change.
CREATE TABLE distribution (
  community_id TEXT NOT NULL,
  distribution_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  through_period TEXT NOT NULL,
  plan TEXT NOT NULL CHECK (json_valid(plan)),
  net_fen INTEGER NOT NULL CHECK (net_fen > 0),
  to_fund_fen INTEGER NOT NULL CHECK (to_fund_fen >= 0),
  uses_fen INTEGER NOT NULL CHECK (uses_fen >= 0),
  to_owners_fen INTEGER NOT NULL CHECK (to_owners_fen >= 0),
  as_of TEXT NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  units INTEGER NOT NULL CHECK (units >= 0),
  shares_hash TEXT NOT NULL CHECK (length(shares_hash) = 64),
  voucher_id TEXT NOT NULL,
  planned_by TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, distribution_id),
  CHECK (to_fund_fen + uses_fen + to_owners_fen <= net_fen)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX distribution_number ON distribution(community_id, number);
CREATE TRIGGER distribution_no_update BEFORE UPDATE ON distribution BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_no_delete BEFORE DELETE ON distribution BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_no_replace BEFORE INSERT ON distribution WHEN EXISTS (SELECT 1 FROM distribution WHERE community_id = NEW.community_id AND (distribution_id = NEW.distribution_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'distribution_exists'); END;
-- One at a time: what the one before would use is not there to be used twice.
CREATE TRIGGER distribution_one_at_a_time BEFORE INSERT ON distribution WHEN EXISTS (SELECT 1 FROM distribution d JOIN ledger_voucher v ON v.community_id = d.community_id AND v.voucher_id = d.voucher_id WHERE d.community_id = NEW.community_id AND v.state IN ('waiting', 'reviewed')) BEGIN SELECT RAISE(ABORT, 'distribution_waiting'); END;

CREATE TABLE distribution_share (
  community_id TEXT NOT NULL,
  distribution_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  head_key TEXT NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 > 0),
  fen INTEGER NOT NULL CHECK (fen >= 0),
  rounded_up INTEGER NOT NULL CHECK (rounded_up IN (0, 1)),
  PRIMARY KEY (community_id, distribution_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distribution_share_by_head ON distribution_share(community_id, head_key, distribution_id);
CREATE TRIGGER distribution_share_no_update BEFORE UPDATE ON distribution_share BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_share_no_delete BEFORE DELETE ON distribution_share BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_share_no_replace BEFORE INSERT ON distribution_share WHEN EXISTS (SELECT 1 FROM distribution_share WHERE community_id = NEW.community_id AND distribution_id = NEW.distribution_id AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A share that was paid. Until then it is a debt of the books, however long.
CREATE TABLE distribution_payment (
  community_id TEXT NOT NULL,
  distribution_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, distribution_id, unit_id),
  FOREIGN KEY (community_id, distribution_id, unit_id) REFERENCES distribution_share (community_id, distribution_id, unit_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER distribution_payment_no_update BEFORE UPDATE ON distribution_payment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_payment_no_delete BEFORE DELETE ON distribution_payment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_payment_once BEFORE INSERT ON distribution_payment WHEN EXISTS (SELECT 1 FROM distribution_payment WHERE community_id = NEW.community_id AND distribution_id = NEW.distribution_id AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'paid_already'); END;
CREATE TRIGGER distribution_payment_of_a_posted_one BEFORE INSERT ON distribution_payment WHEN NOT EXISTS (SELECT 1 FROM distribution d JOIN ledger_voucher v ON v.community_id = d.community_id AND v.voucher_id = d.voucher_id WHERE d.community_id = NEW.community_id AND d.distribution_id = NEW.distribution_id AND v.state = 'posted') BEGIN SELECT RAISE(ABORT, 'not_posted'); END;
