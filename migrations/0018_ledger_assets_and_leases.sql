-- What earns: the register of common parts, leases with what falls due on them, parking with its tariffs, and what explains a gap.
-- The register only grows by versions; a lease is fixed when drafted; an asset is let to one at a time, whatever the code above does.

-- One asset. Kind, ground and code never change; what else is said of it stands in its versions.
CREATE TABLE ledger_asset (
  community_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('room', 'parking', 'advertising', 'venue', 'locker', 'base_station', 'charging')),
  ground TEXT CHECK (ground IN ('common', 'titled', 'civil_defence')),
  code TEXT NOT NULL CHECK (code <> ''),
  version INTEGER NOT NULL CHECK (version >= 0),
  state TEXT NOT NULL CHECK (state IN ('usable', 'repair', 'retired')),
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, asset_id),
  CHECK ((kind = 'parking') = (ground IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_asset_by_code ON ledger_asset(community_id, code);
CREATE INDEX ledger_asset_by_kind ON ledger_asset(community_id, kind, code);
CREATE TRIGGER ledger_asset_no_delete BEFORE DELETE ON ledger_asset BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_asset_no_replace BEFORE INSERT ON ledger_asset WHEN EXISTS (SELECT 1 FROM ledger_asset WHERE community_id = NEW.community_id AND (asset_id = NEW.asset_id OR code = NEW.code)) BEGIN SELECT RAISE(ABORT, 'asset_code_taken'); END;
CREATE TRIGGER ledger_asset_as_added BEFORE UPDATE ON ledger_asset WHEN NEW.kind IS NOT OLD.kind OR NEW.ground IS NOT OLD.ground OR NEW.code IS NOT OLD.code OR NEW.added_by IS NOT OLD.added_by OR NEW.added_at IS NOT OLD.added_at OR NEW.version <> OLD.version + 1 OR NEW.state IS NOT (SELECT v.state FROM ledger_asset_version v WHERE v.community_id = NEW.community_id AND v.asset_id = NEW.asset_id AND v.version = NEW.version) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What is said of an asset from a day on. photos is JSON [{"fileId","name","sha256"}].
CREATE TABLE ledger_asset_version (
  community_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  place TEXT NOT NULL CHECK (place <> ''),
  area_dm2 INTEGER CHECK (area_dm2 > 0),
  title_basis TEXT NOT NULL CHECK (title_basis <> ''),
  state TEXT NOT NULL CHECK (state IN ('usable', 'repair', 'retired')),
  remark TEXT NOT NULL,
  photos TEXT NOT NULL CHECK (json_valid(photos)),
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, asset_id, version),
  FOREIGN KEY (community_id, asset_id) REFERENCES ledger_asset (community_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_asset_version_no_update BEFORE UPDATE ON ledger_asset_version BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_asset_version_no_delete BEFORE DELETE ON ledger_asset_version BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_asset_version_in_order BEFORE INSERT ON ledger_asset_version WHEN NEW.version IS NOT (SELECT a.version + 1 FROM ledger_asset a WHERE a.community_id = NEW.community_id AND a.asset_id = NEW.asset_id) BEGIN SELECT RAISE(ABORT, 'asset_moved'); END;
CREATE TRIGGER ledger_asset_version_counts AFTER INSERT ON ledger_asset_version BEGIN UPDATE ledger_asset SET version = NEW.version, state = NEW.state WHERE community_id = NEW.community_id AND asset_id = NEW.asset_id; END;

-- A lease from its draft on. terms is JSON (leases/rules.ts LeaseTerms); basis is the owners' decision, or the dated earlier document,
-- that it rests on (CC 278, matter 8). until_on is its last day as things stand: to_on, or earlier once it was ended.
CREATE TABLE ledger_lease (
  community_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  purpose TEXT NOT NULL CHECK (purpose <> ''),
  lessee_kind TEXT NOT NULL CHECK (lessee_kind IN ('natural', 'legal')),
  lessee_sealed TEXT NOT NULL,
  lessee_shown TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  phone_sealed TEXT NOT NULL,
  account TEXT NOT NULL,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT NOT NULL CHECK (length(to_on) = 10),
  until_on TEXT NOT NULL CHECK (length(until_on) = 10),
  deposit_fen INTEGER NOT NULL CHECK (deposit_fen >= 0),
  basis TEXT NOT NULL CHECK (json_valid(basis)),
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  renews_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('drafted', 'approved', 'refused', 'withdrawn')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decided_why TEXT,
  ended_by TEXT,
  ended_at INTEGER,
  ended_why TEXT,
  draft_leaf TEXT NOT NULL,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, lease_id),
  FOREIGN KEY (community_id, renews_id) REFERENCES ledger_lease (community_id, lease_id),
  CHECK (to_on >= from_on),
  CHECK (until_on >= from_on AND until_on <= to_on),
  CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> drafted_by AND leaf_hash IS NOT NULL)),
  CHECK (json_extract(basis, '$.kind') IN ('decision', 'earlier'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_lease_by_number ON ledger_lease(community_id, number);
CREATE INDEX ledger_lease_by_state ON ledger_lease(community_id, state, until_on);
CREATE TRIGGER ledger_lease_no_delete BEFORE DELETE ON ledger_lease BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_lease_no_replace BEFORE INSERT ON ledger_lease WHEN EXISTS (SELECT 1 FROM ledger_lease WHERE community_id = NEW.community_id AND (lease_id = NEW.lease_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;
CREATE TRIGGER ledger_lease_begins_drafted BEFORE INSERT ON ledger_lease WHEN NEW.state <> 'drafted' OR NEW.until_on <> NEW.to_on BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;
CREATE TRIGGER ledger_lease_as_drafted BEFORE UPDATE ON ledger_lease WHEN NEW.number IS NOT OLD.number OR NEW.purpose IS NOT OLD.purpose OR NEW.lessee_kind IS NOT OLD.lessee_kind OR NEW.lessee_shown IS NOT OLD.lessee_shown OR NEW.credit_code IS NOT OLD.credit_code OR NEW.account IS NOT OLD.account OR NEW.terms IS NOT OLD.terms OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR NEW.deposit_fen IS NOT OLD.deposit_fen OR NEW.basis IS NOT OLD.basis OR NEW.attachments IS NOT OLD.attachments OR NEW.renews_id IS NOT OLD.renews_id OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_lease_forward BEFORE UPDATE ON ledger_lease WHEN (OLD.state <> 'drafted' AND (NEW.state IS NOT OLD.state OR NEW.decided_by IS NOT OLD.decided_by OR NEW.leaf_hash IS NOT OLD.leaf_hash)) OR (NEW.until_on IS NOT OLD.until_on AND (OLD.state <> 'approved' OR OLD.until_on <> OLD.to_on OR NEW.until_on >= OLD.until_on OR NEW.ended_by IS NULL)) OR (OLD.ended_by IS NOT NULL AND NEW.ended_by IS NOT OLD.ended_by) BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;

CREATE TABLE ledger_lease_asset (
  community_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  PRIMARY KEY (community_id, lease_id, asset_id),
  FOREIGN KEY (community_id, lease_id) REFERENCES ledger_lease (community_id, lease_id),
  FOREIGN KEY (community_id, asset_id) REFERENCES ledger_asset (community_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_lease_asset_by_asset ON ledger_lease_asset(community_id, asset_id);
CREATE TRIGGER ledger_lease_asset_no_update BEFORE UPDATE ON ledger_lease_asset BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_lease_asset_no_delete BEFORE DELETE ON ledger_lease_asset BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_lease_asset_with_draft BEFORE INSERT ON ledger_lease_asset WHEN EXISTS (SELECT 1 FROM ledger_lease_asset WHERE community_id = NEW.community_id AND lease_id = NEW.lease_id AND asset_id = NEW.asset_id) OR NOT EXISTS (SELECT 1 FROM ledger_lease WHERE community_id = NEW.community_id AND lease_id = NEW.lease_id AND state = 'drafted') BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Only common ground earns common revenue (CC 275, D12); a retired asset earns nothing.
CREATE TRIGGER ledger_lease_asset_earns BEFORE INSERT ON ledger_lease_asset WHEN EXISTS (SELECT 1 FROM ledger_asset a WHERE a.community_id = NEW.community_id AND a.asset_id = NEW.asset_id AND (coalesce(a.ground, 'common') <> 'common' OR a.state = 'retired')) BEGIN SELECT RAISE(ABORT, 'not_common_ground'); END;

-- What falls due on a lease, with the voucher that makes it a receivable. A refused voucher is drafted again under the next attempt.
-- owed_fen is what of it stands open in the books: kept up by the postings themselves, so that the sum is the account's balance.
CREATE TABLE ledger_charge (
  community_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('rent', 'adjustment')),
  charge_no INTEGER NOT NULL CHECK (charge_no > 0),
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  tax_fen INTEGER NOT NULL,
  voucher_id TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  owed_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, lease_id, kind, charge_no, attempt),
  FOREIGN KEY (community_id, lease_id) REFERENCES ledger_lease (community_id, lease_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id),
  CHECK (kind = 'adjustment' OR amount_fen > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_charge_by_voucher ON ledger_charge(community_id, voucher_id);
CREATE INDEX ledger_charge_open ON ledger_charge(community_id, due_on) WHERE owed_fen <> 0;
CREATE TRIGGER ledger_charge_no_delete BEFORE DELETE ON ledger_charge BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_charge_as_made BEFORE UPDATE ON ledger_charge WHEN NEW.amount_fen IS NOT OLD.amount_fen OR NEW.voucher_id IS NOT OLD.voucher_id OR NEW.due_on IS NOT OLD.due_on OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR NEW.tax_fen IS NOT OLD.tax_fen BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_charge_begins_open BEFORE INSERT ON ledger_charge WHEN NEW.owed_fen <> 0 OR NOT EXISTS (SELECT 1 FROM ledger_lease WHERE community_id = NEW.community_id AND lease_id = NEW.lease_id AND state = 'approved') BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;
-- Charged once: the next attempt only after the one before was refused, given up or taken back.
CREATE TRIGGER ledger_charge_once BEFORE INSERT ON ledger_charge WHEN NEW.attempt IS NOT (SELECT coalesce(max(c.attempt), 0) + 1 FROM ledger_charge c WHERE c.community_id = NEW.community_id AND c.lease_id = NEW.lease_id AND c.kind = NEW.kind AND c.charge_no = NEW.charge_no) OR EXISTS (SELECT 1 FROM ledger_charge c JOIN ledger_voucher v ON v.community_id = c.community_id AND v.voucher_id = c.voucher_id WHERE c.community_id = NEW.community_id AND c.lease_id = NEW.lease_id AND c.kind = NEW.kind AND c.charge_no = NEW.charge_no AND (v.state IN ('waiting', 'reviewed') OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')))) BEGIN SELECT RAISE(ABORT, 'charged_already'); END;

-- Money that came for a lease, went back, or was set off. `over_fen` is what came beyond what was owed: a debt (2203), until it is used.
CREATE TABLE ledger_receipt (
  community_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('rent', 'prepaid', 'return', 'deposit', 'refund', 'offset')),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  over_fen INTEGER NOT NULL CHECK (over_fen >= 0 AND over_fen <= amount_fen),
  voucher_id TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, receipt_id),
  FOREIGN KEY (community_id, lease_id) REFERENCES ledger_lease (community_id, lease_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id),
  CHECK (kind = 'rent' OR over_fen = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_receipt_by_voucher ON ledger_receipt(community_id, voucher_id);
CREATE INDEX ledger_receipt_by_lease ON ledger_receipt(community_id, lease_id);
CREATE TRIGGER ledger_receipt_no_update BEFORE UPDATE ON ledger_receipt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_receipt_no_delete BEFORE DELETE ON ledger_receipt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_receipt_no_replace BEFORE INSERT ON ledger_receipt WHEN EXISTS (SELECT 1 FROM ledger_receipt WHERE community_id = NEW.community_id AND receipt_id = NEW.receipt_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- No more is given back or set off than is held: deposits that were posted, less what already went or is about to.
CREATE TRIGGER ledger_receipt_deposit_held BEFORE INSERT ON ledger_receipt WHEN NEW.kind IN ('refund', 'offset') AND NEW.amount_fen > (SELECT coalesce(sum(iif(r.kind = 'deposit', iif(v.state = 'posted', r.amount_fen, 0), -r.amount_fen)), 0) FROM ledger_receipt r JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id WHERE r.community_id = NEW.community_id AND r.lease_id = NEW.lease_id AND r.kind IN ('deposit', 'refund', 'offset') AND r.receipt_id <> NEW.receipt_id AND v.state IN ('waiting', 'reviewed', 'posted') AND NOT EXISTS (SELECT 1 FROM ledger_voucher b WHERE b.community_id = v.community_id AND b.reverses_id = v.voucher_id AND b.state = 'posted')) BEGIN SELECT RAISE(ABORT, 'deposit_too_small'); END;
CREATE TRIGGER ledger_receipt_prepaid_held BEFORE INSERT ON ledger_receipt WHEN NEW.kind = 'prepaid' AND NEW.amount_fen > (SELECT coalesce(sum(iif(r.kind = 'rent', iif(v.state = 'posted', r.over_fen, 0), -r.amount_fen)), 0) FROM ledger_receipt r JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id WHERE r.community_id = NEW.community_id AND r.lease_id = NEW.lease_id AND r.kind IN ('rent', 'prepaid') AND r.receipt_id <> NEW.receipt_id AND v.state IN ('waiting', 'reviewed', 'posted') AND NOT EXISTS (SELECT 1 FROM ledger_voucher b WHERE b.community_id = v.community_id AND b.reverses_id = v.voucher_id AND b.state = 'posted')) BEGIN SELECT RAISE(ABORT, 'prepaid_too_small'); END;

-- For which charges a receipt is; less than nothing where rent paid for days after an early end goes back.
CREATE TABLE ledger_receipt_part (
  community_id TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'rent'),
  charge_no INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (community_id, receipt_id, kind, charge_no, attempt),
  FOREIGN KEY (community_id, receipt_id) REFERENCES ledger_receipt (community_id, receipt_id),
  FOREIGN KEY (community_id, lease_id, kind, charge_no, attempt) REFERENCES ledger_charge (community_id, lease_id, kind, charge_no, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_receipt_part_by_charge ON ledger_receipt_part(community_id, lease_id, kind, charge_no, attempt);
CREATE TRIGGER ledger_receipt_part_no_update BEFORE UPDATE ON ledger_receipt_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_receipt_part_no_delete BEFORE DELETE ON ledger_receipt_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_receipt_part_no_replace BEFORE INSERT ON ledger_receipt_part WHEN EXISTS (SELECT 1 FROM ledger_receipt_part WHERE community_id = NEW.community_id AND receipt_id = NEW.receipt_id AND kind = NEW.kind AND charge_no = NEW.charge_no AND attempt = NEW.attempt) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Nothing is paid twice: what is open in the books, less what other drafts are about to pay.
CREATE TRIGGER ledger_receipt_part_still_owed BEFORE INSERT ON ledger_receipt_part WHEN (NEW.amount_fen > 0 AND NEW.amount_fen > coalesce((SELECT c.owed_fen FROM ledger_charge c WHERE c.community_id = NEW.community_id AND c.lease_id = NEW.lease_id AND c.kind = NEW.kind AND c.charge_no = NEW.charge_no AND c.attempt = NEW.attempt), 0) - (SELECT coalesce(sum(p.amount_fen), 0) FROM ledger_receipt_part p JOIN ledger_receipt r ON r.community_id = p.community_id AND r.receipt_id = p.receipt_id JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id WHERE p.community_id = NEW.community_id AND p.lease_id = NEW.lease_id AND p.kind = NEW.kind AND p.charge_no = NEW.charge_no AND p.attempt = NEW.attempt AND v.state IN ('waiting', 'reviewed') AND p.receipt_id <> NEW.receipt_id)) OR (NEW.amount_fen < 0 AND NEW.amount_fen < coalesce((SELECT c.owed_fen FROM ledger_charge c WHERE c.community_id = NEW.community_id AND c.lease_id = NEW.lease_id AND c.kind = NEW.kind AND c.charge_no = NEW.charge_no AND c.attempt = NEW.attempt), 0) - (SELECT coalesce(sum(p.amount_fen), 0) FROM ledger_receipt_part p JOIN ledger_receipt r ON r.community_id = p.community_id AND r.receipt_id = p.receipt_id JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id WHERE p.community_id = NEW.community_id AND p.lease_id = NEW.lease_id AND p.kind = NEW.kind AND p.charge_no = NEW.charge_no AND p.attempt = NEW.attempt AND v.state IN ('waiting', 'reviewed') AND p.receipt_id <> NEW.receipt_id)) BEGIN SELECT RAISE(ABORT, 'paid_already'); END;

-- The postings keep the charges: a posted charge is owed, an adjustment changes what its charge owes, a posted receipt pays it, a
-- reversal undoes any of them.
CREATE TRIGGER ledger_charge_owed AFTER UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND EXISTS (SELECT 1 FROM ledger_charge c WHERE c.community_id = NEW.community_id AND c.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id)) BEGIN UPDATE ledger_charge SET owed_fen = owed_fen + iif(NEW.kind = 'reversal', -1, 1) * (SELECT a.amount_fen FROM ledger_charge a WHERE a.community_id = NEW.community_id AND a.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND a.lease_id = ledger_charge.lease_id AND a.charge_no = ledger_charge.charge_no AND ledger_charge.attempt = iif(a.kind = 'rent', a.attempt, (SELECT max(m.attempt) FROM ledger_charge m WHERE m.community_id = a.community_id AND m.lease_id = a.lease_id AND m.kind = 'rent' AND m.charge_no = a.charge_no))) WHERE community_id = NEW.community_id AND kind = 'rent' AND lease_id = (SELECT c.lease_id FROM ledger_charge c WHERE c.community_id = NEW.community_id AND c.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id)) AND EXISTS (SELECT 1 FROM ledger_charge a WHERE a.community_id = NEW.community_id AND a.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND a.lease_id = ledger_charge.lease_id AND a.charge_no = ledger_charge.charge_no AND ledger_charge.attempt = iif(a.kind = 'rent', a.attempt, (SELECT max(m.attempt) FROM ledger_charge m WHERE m.community_id = a.community_id AND m.lease_id = a.lease_id AND m.kind = 'rent' AND m.charge_no = a.charge_no))); END;
CREATE TRIGGER ledger_charge_paid AFTER UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND EXISTS (SELECT 1 FROM ledger_receipt r WHERE r.community_id = NEW.community_id AND r.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id)) BEGIN UPDATE ledger_charge SET owed_fen = owed_fen + iif(NEW.kind = 'reversal', 1, -1) * (SELECT p.amount_fen FROM ledger_receipt r JOIN ledger_receipt_part p ON p.community_id = r.community_id AND p.receipt_id = r.receipt_id WHERE r.community_id = NEW.community_id AND r.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND p.lease_id = ledger_charge.lease_id AND p.kind = ledger_charge.kind AND p.charge_no = ledger_charge.charge_no AND p.attempt = ledger_charge.attempt) WHERE community_id = NEW.community_id AND lease_id = (SELECT r.lease_id FROM ledger_receipt r WHERE r.community_id = NEW.community_id AND r.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id)) AND EXISTS (SELECT 1 FROM ledger_receipt r JOIN ledger_receipt_part p ON p.community_id = r.community_id AND p.receipt_id = r.receipt_id WHERE r.community_id = NEW.community_id AND r.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND p.lease_id = ledger_charge.lease_id AND p.kind = ledger_charge.kind AND p.charge_no = ledger_charge.charge_no AND p.attempt = ledger_charge.attempt); END;

-- That a lessee was reminded of a charge, at which step.
CREATE TABLE ledger_reminder (
  community_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  charge_no INTEGER NOT NULL,
  step INTEGER NOT NULL CHECK (step > 0),
  queued_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, lease_id, charge_no, step),
  FOREIGN KEY (community_id, lease_id) REFERENCES ledger_lease (community_id, lease_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_reminder_no_update BEFORE UPDATE ON ledger_reminder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_reminder_no_delete BEFORE DELETE ON ledger_reminder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_reminder_once BEFORE INSERT ON ledger_reminder WHEN EXISTS (SELECT 1 FROM ledger_reminder WHERE community_id = NEW.community_id AND lease_id = NEW.lease_id AND charge_no = NEW.charge_no AND step = NEW.step) BEGIN SELECT RAISE(ABORT, 'reminded_already'); END;

-- What parking costs from a day on, and what that rests on.
CREATE TABLE ledger_tariff (
  community_id TEXT NOT NULL,
  tariff_id TEXT NOT NULL,
  use TEXT NOT NULL CHECK (use IN ('monthly', 'temporary')),
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  words TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis <> ''),
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tariff_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_tariff_by_day ON ledger_tariff(community_id, use, from_on);
CREATE TRIGGER ledger_tariff_no_update BEFORE UPDATE ON ledger_tariff BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_tariff_no_delete BEFORE DELETE ON ledger_tariff BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_tariff_no_replace BEFORE INSERT ON ledger_tariff WHEN EXISTS (SELECT 1 FROM ledger_tariff WHERE community_id = NEW.community_id AND (tariff_id = NEW.tariff_id OR (use = NEW.use AND from_on = NEW.from_on))) BEGIN SELECT RAISE(ABORT, 'tariff_exists'); END;

-- A monthly permit: for a plate, on a space of common ground or on any. The plate is sealed; plate_key finds it, plate_shown is masked.
CREATE TABLE ledger_permit (
  community_id TEXT NOT NULL,
  permit_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  asset_id TEXT,
  plate_key TEXT NOT NULL,
  plate_sealed TEXT NOT NULL,
  plate_shown TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT NOT NULL CHECK (length(to_on) = 10),
  months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 12),
  monthly_fen INTEGER NOT NULL CHECK (monthly_fen > 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen = months * monthly_fen),
  paid_on TEXT NOT NULL CHECK (length(paid_on) = 10),
  issued_by TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, permit_id),
  FOREIGN KEY (community_id, asset_id) REFERENCES ledger_asset (community_id, asset_id),
  CHECK (to_on >= from_on)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_permit_by_number ON ledger_permit(community_id, number);
CREATE INDEX ledger_permit_by_plate ON ledger_permit(community_id, plate_key, to_on);
CREATE INDEX ledger_permit_by_space ON ledger_permit(community_id, asset_id, to_on) WHERE asset_id IS NOT NULL;
CREATE INDEX ledger_permit_by_day ON ledger_permit(community_id, to_on);
CREATE TRIGGER ledger_permit_as_issued BEFORE UPDATE ON ledger_permit WHEN NEW.number IS NOT OLD.number OR NEW.asset_id IS NOT OLD.asset_id OR NEW.plate_key IS NOT OLD.plate_key OR NEW.plate_shown IS NOT OLD.plate_shown OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR NEW.amount_fen IS NOT OLD.amount_fen OR NEW.paid_on IS NOT OLD.paid_on OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_no_delete BEFORE DELETE ON ledger_permit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_no_replace BEFORE INSERT ON ledger_permit WHEN EXISTS (SELECT 1 FROM ledger_permit WHERE community_id = NEW.community_id AND (permit_id = NEW.permit_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'permit_moved'); END;
CREATE TRIGGER ledger_permit_of_plate_once BEFORE INSERT ON ledger_permit WHEN EXISTS (SELECT 1 FROM ledger_permit WHERE community_id = NEW.community_id AND plate_key = NEW.plate_key AND to_on >= NEW.from_on AND from_on <= NEW.to_on) BEGIN SELECT RAISE(ABORT, 'plate_permitted'); END;
CREATE TRIGGER ledger_permit_space_free BEFORE INSERT ON ledger_permit WHEN NEW.asset_id IS NOT NULL AND (EXISTS (SELECT 1 FROM ledger_permit WHERE community_id = NEW.community_id AND asset_id = NEW.asset_id AND to_on >= NEW.from_on AND from_on <= NEW.to_on) OR EXISTS (SELECT 1 FROM ledger_lease_asset la JOIN ledger_lease l ON l.community_id = la.community_id AND l.lease_id = la.lease_id WHERE la.community_id = NEW.community_id AND la.asset_id = NEW.asset_id AND l.state = 'approved' AND l.until_on >= NEW.from_on AND l.from_on <= NEW.to_on)) BEGIN SELECT RAISE(ABORT, 'let_twice'); END;
CREATE TRIGGER ledger_permit_common_ground BEFORE INSERT ON ledger_permit WHEN NEW.asset_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_asset WHERE community_id = NEW.community_id AND asset_id = NEW.asset_id AND kind = 'parking' AND ground = 'common' AND state <> 'retired') BEGIN SELECT RAISE(ABORT, 'not_common_ground'); END;
-- No asset is let twice for the same day: approved leases exclude one another and the permits of a space.
CREATE TRIGGER ledger_lease_let_once BEFORE UPDATE ON ledger_lease WHEN NEW.state = 'approved' AND OLD.state <> 'approved' AND (EXISTS (SELECT 1 FROM ledger_lease_asset mine JOIN ledger_lease_asset theirs ON theirs.community_id = mine.community_id AND theirs.asset_id = mine.asset_id AND theirs.lease_id <> mine.lease_id JOIN ledger_lease l ON l.community_id = theirs.community_id AND l.lease_id = theirs.lease_id WHERE mine.community_id = NEW.community_id AND mine.lease_id = NEW.lease_id AND l.state = 'approved' AND l.from_on <= NEW.until_on AND NEW.from_on <= l.until_on) OR EXISTS (SELECT 1 FROM ledger_lease_asset mine JOIN ledger_permit p ON p.community_id = mine.community_id AND p.asset_id = mine.asset_id WHERE mine.community_id = NEW.community_id AND mine.lease_id = NEW.lease_id AND p.from_on <= NEW.until_on AND NEW.from_on <= p.to_on)) BEGIN SELECT RAISE(ABORT, 'let_twice'); END;

-- A file of the gate system, known by its bytes. No plate of a visitor is kept: an entry is a keyed hash, a day and an amount.
CREATE TABLE ledger_gate_import (
  community_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  rows INTEGER NOT NULL CHECK (rows >= 0),
  added INTEGER NOT NULL CHECK (added >= 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_gate_import_by_file ON ledger_gate_import(community_id, file_hash);
CREATE TRIGGER ledger_gate_import_no_update BEFORE UPDATE ON ledger_gate_import BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gate_import_no_delete BEFORE DELETE ON ledger_gate_import BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gate_import_no_replace BEFORE INSERT ON ledger_gate_import WHEN EXISTS (SELECT 1 FROM ledger_gate_import WHERE community_id = NEW.community_id AND (import_id = NEW.import_id OR file_hash = NEW.file_hash)) BEGIN SELECT RAISE(ABORT, 'imported_already'); END;

CREATE TABLE ledger_gate_entry (
  community_id TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  import_id TEXT NOT NULL,
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (community_id, entry_key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_gate_entry_no_update BEFORE UPDATE ON ledger_gate_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gate_entry_no_delete BEFORE DELETE ON ledger_gate_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gate_entry_no_replace BEFORE INSERT ON ledger_gate_entry WHEN EXISTS (SELECT 1 FROM ledger_gate_entry WHERE community_id = NEW.community_id AND entry_key = NEW.entry_key) BEGIN SELECT RAISE(ABORT, 'entry_exists'); END;

-- What parking took on a day: a permit sold, or the new entries of one file. A voucher books several; each is booked once.
CREATE TABLE ledger_taking (
  community_id TEXT NOT NULL,
  taking_id TEXT NOT NULL,
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  source TEXT NOT NULL CHECK (source IN ('permit', 'gate')),
  entries INTEGER NOT NULL CHECK (entries > 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (community_id, taking_id, on_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_taking_by_day ON ledger_taking(community_id, on_day);
CREATE TRIGGER ledger_taking_no_update BEFORE UPDATE ON ledger_taking BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_taking_no_delete BEFORE DELETE ON ledger_taking BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_taking_no_replace BEFORE INSERT ON ledger_taking WHEN EXISTS (SELECT 1 FROM ledger_taking WHERE community_id = NEW.community_id AND taking_id = NEW.taking_id AND on_day = NEW.on_day) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE ledger_taking_voucher (
  community_id TEXT NOT NULL,
  taking_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  PRIMARY KEY (community_id, taking_id, on_day, voucher_id),
  FOREIGN KEY (community_id, taking_id, on_day) REFERENCES ledger_taking (community_id, taking_id, on_day),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_taking_voucher_no_update BEFORE UPDATE ON ledger_taking_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_taking_voucher_no_delete BEFORE DELETE ON ledger_taking_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_taking_voucher_once BEFORE INSERT ON ledger_taking_voucher WHEN EXISTS (SELECT 1 FROM ledger_taking_voucher t JOIN ledger_voucher v ON v.community_id = t.community_id AND v.voucher_id = t.voucher_id WHERE t.community_id = NEW.community_id AND t.taking_id = NEW.taking_id AND t.on_day = NEW.on_day AND (t.voucher_id = NEW.voucher_id OR v.state IN ('waiting', 'reviewed') OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')))) BEGIN SELECT RAISE(ABORT, 'booked_already'); END;

-- Why a month's booked income of an account differs from what was expected. Several notes may stand; the last one counts.
CREATE TABLE ledger_gap_note (
  community_id TEXT NOT NULL,
  period TEXT NOT NULL,
  account TEXT NOT NULL,
  note_no INTEGER NOT NULL CHECK (note_no > 0),
  text TEXT NOT NULL CHECK (text <> ''),
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, period, account, note_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_gap_note_no_update BEFORE UPDATE ON ledger_gap_note BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gap_note_no_delete BEFORE DELETE ON ledger_gap_note BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_gap_note_in_order BEFORE INSERT ON ledger_gap_note WHEN NEW.note_no IS NOT (SELECT coalesce(max(n.note_no), 0) + 1 FROM ledger_gap_note n WHERE n.community_id = NEW.community_id AND n.period = NEW.period AND n.account = NEW.account) BEGIN SELECT RAISE(ABORT, 'note_moved'); END;
