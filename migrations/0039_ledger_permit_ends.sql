-- A tariff rests on a carried decision or a dated document of before, as a lease does; a permit may end before its time, and what was paid
-- for months that did not begin goes back with a voucher.
ALTER TABLE ledger_tariff ADD COLUMN ground TEXT CHECK (ground IS NULL OR (json_valid(ground) AND json_extract(ground, '$.kind') IN ('decision', 'earlier')));

-- last_on may be the day before it begins: then it never ran.
CREATE TABLE ledger_permit_end (
  community_id TEXT NOT NULL,
  permit_id TEXT NOT NULL,
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  refund_fen INTEGER NOT NULL CHECK (refund_fen >= 0),
  why TEXT NOT NULL CHECK (why <> ''),
  ended_by TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, permit_id),
  FOREIGN KEY (community_id, permit_id) REFERENCES ledger_permit (community_id, permit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_permit_end_by_day ON ledger_permit_end(community_id, on_day);
CREATE TRIGGER ledger_permit_end_no_update BEFORE UPDATE ON ledger_permit_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_end_no_delete BEFORE DELETE ON ledger_permit_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_end_once BEFORE INSERT ON ledger_permit_end WHEN EXISTS (SELECT 1 FROM ledger_permit_end WHERE community_id = NEW.community_id AND permit_id = NEW.permit_id) BEGIN SELECT RAISE(ABORT, 'permit_ended'); END;
CREATE TRIGGER ledger_permit_end_within BEFORE INSERT ON ledger_permit_end WHEN NOT EXISTS (SELECT 1 FROM ledger_permit p WHERE p.community_id = NEW.community_id AND p.permit_id = NEW.permit_id AND NEW.last_on >= date(p.from_on, '-1 day') AND NEW.last_on < p.to_on AND NEW.refund_fen <= p.amount_fen) BEGIN SELECT RAISE(ABORT, 'permit_ended'); END;

CREATE TABLE ledger_permit_refund (
  community_id TEXT NOT NULL,
  permit_id TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  PRIMARY KEY (community_id, permit_id, voucher_id),
  FOREIGN KEY (community_id, permit_id) REFERENCES ledger_permit_end (community_id, permit_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_permit_refund_no_update BEFORE UPDATE ON ledger_permit_refund BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_refund_no_delete BEFORE DELETE ON ledger_permit_refund BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Given back once: the next voucher only after the one before was sent back, given up or taken back.
CREATE TRIGGER ledger_permit_refund_once BEFORE INSERT ON ledger_permit_refund WHEN EXISTS (SELECT 1 FROM ledger_permit_refund f JOIN ledger_voucher v ON v.community_id = f.community_id AND v.voucher_id = f.voucher_id WHERE f.community_id = NEW.community_id AND f.permit_id = NEW.permit_id AND (v.state IN ('waiting', 'reviewed') OR f.voucher_id = NEW.voucher_id OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')))) BEGIN SELECT RAISE(ABORT, 'refunded_already'); END;

-- What ended is free again.
DROP TRIGGER ledger_permit_space_free;
CREATE TRIGGER ledger_permit_space_free BEFORE INSERT ON ledger_permit WHEN NEW.asset_id IS NOT NULL AND (EXISTS (SELECT 1 FROM ledger_permit p WHERE p.community_id = NEW.community_id AND p.asset_id = NEW.asset_id AND p.to_on >= NEW.from_on AND p.from_on <= NEW.to_on AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < NEW.from_on)) OR EXISTS (SELECT 1 FROM ledger_lease_asset la JOIN ledger_lease l ON l.community_id = la.community_id AND l.lease_id = la.lease_id WHERE la.community_id = NEW.community_id AND la.asset_id = NEW.asset_id AND l.state = 'approved' AND l.until_on >= NEW.from_on AND l.from_on <= NEW.to_on)) BEGIN SELECT RAISE(ABORT, 'let_twice'); END;
DROP TRIGGER ledger_permit_of_plate_once;
CREATE TRIGGER ledger_permit_of_plate_once BEFORE INSERT ON ledger_permit WHEN EXISTS (SELECT 1 FROM ledger_permit p WHERE p.community_id = NEW.community_id AND p.plate_key = NEW.plate_key AND p.to_on >= NEW.from_on AND p.from_on <= NEW.to_on AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < NEW.from_on)) BEGIN SELECT RAISE(ABORT, 'plate_permitted'); END;
DROP TRIGGER ledger_lease_let_once;
CREATE TRIGGER ledger_lease_let_once BEFORE UPDATE ON ledger_lease WHEN NEW.state = 'approved' AND OLD.state <> 'approved' AND (EXISTS (SELECT 1 FROM ledger_lease_asset mine JOIN ledger_lease_asset theirs ON theirs.community_id = mine.community_id AND theirs.asset_id = mine.asset_id AND theirs.lease_id <> mine.lease_id JOIN ledger_lease l ON l.community_id = theirs.community_id AND l.lease_id = theirs.lease_id WHERE mine.community_id = NEW.community_id AND mine.lease_id = NEW.lease_id AND l.state = 'approved' AND l.from_on <= NEW.until_on AND NEW.from_on <= l.until_on) OR EXISTS (SELECT 1 FROM ledger_lease_asset mine JOIN ledger_permit p ON p.community_id = mine.community_id AND p.asset_id = mine.asset_id WHERE mine.community_id = NEW.community_id AND mine.lease_id = NEW.lease_id AND p.from_on <= NEW.until_on AND NEW.from_on <= p.to_on AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < NEW.from_on))) BEGIN SELECT RAISE(ABORT, 'let_twice'); END;
