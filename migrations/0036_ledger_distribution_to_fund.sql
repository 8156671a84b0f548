-- The fund's side of a distribution: the voucher that credits every unit with its part of the top-up, and the two that move the money from
-- the one account to the other. Each at most one that stands.
CREATE TABLE distribution_fund_voucher (
  community_id TEXT NOT NULL,
  distribution_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('top_up', 'paid_out', 'paid_in')),
  voucher_id TEXT NOT NULL,
  PRIMARY KEY (community_id, distribution_id, role, voucher_id),
  FOREIGN KEY (community_id, distribution_id) REFERENCES distribution (community_id, distribution_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX distribution_fund_voucher_by_voucher ON distribution_fund_voucher(community_id, voucher_id);
CREATE TRIGGER distribution_fund_voucher_no_update BEFORE UPDATE ON distribution_fund_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_fund_voucher_no_delete BEFORE DELETE ON distribution_fund_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER distribution_fund_voucher_no_replace BEFORE INSERT ON distribution_fund_voucher WHEN EXISTS (SELECT 1 FROM distribution_fund_voucher WHERE community_id = NEW.community_id AND voucher_id = NEW.voucher_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One that stands: it waits, or is posted and not taken back.
CREATE TRIGGER distribution_fund_voucher_once BEFORE INSERT ON distribution_fund_voucher WHEN EXISTS (SELECT 1 FROM distribution_fund_voucher f JOIN ledger_voucher v ON v.community_id = f.community_id AND v.voucher_id = f.voucher_id WHERE f.community_id = NEW.community_id AND f.distribution_id = NEW.distribution_id AND f.role = NEW.role AND (v.state IN ('waiting', 'reviewed') OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')))) BEGIN SELECT RAISE(ABORT, 'topped_up_already'); END;
-- The fund is not credited with what the common revenue does not owe it: the distribution is posted first, and not taken back.
CREATE TRIGGER distribution_fund_voucher_posts_second BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.kind <> 'reversal' AND EXISTS (SELECT 1 FROM distribution_fund_voucher f WHERE f.community_id = NEW.community_id AND f.voucher_id = NEW.voucher_id AND NOT EXISTS (SELECT 1 FROM distribution d JOIN ledger_voucher v ON v.community_id = d.community_id AND v.voucher_id = d.voucher_id WHERE d.community_id = f.community_id AND d.distribution_id = f.distribution_id AND v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted'))) BEGIN SELECT RAISE(ABORT, 'distribution_not_posted'); END;
-- A distribution that is sent back or given up takes the fund's side with it.
CREATE TRIGGER distribution_fund_voucher_ends_with_it AFTER UPDATE ON ledger_voucher WHEN NEW.state IN ('refused', 'withdrawn') AND OLD.state IN ('waiting', 'reviewed') AND NEW.book = 'common' AND EXISTS (SELECT 1 FROM distribution d WHERE d.community_id = NEW.community_id AND d.voucher_id = NEW.voucher_id) BEGIN UPDATE ledger_voucher SET state = 'withdrawn', ended_by = NEW.ended_by, ended_at = NEW.ended_at, ended_why = NEW.ended_why WHERE community_id = NEW.community_id AND state IN ('waiting', 'reviewed') AND voucher_id IN (SELECT f.voucher_id FROM distribution d JOIN distribution_fund_voucher f ON f.community_id = d.community_id AND f.distribution_id = d.distribution_id WHERE d.community_id = NEW.community_id AND d.voucher_id = NEW.voucher_id); END;
