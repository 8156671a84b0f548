-- What a permit takes for months to come is received in advance (2203) and earned month by month: a permit's month belongs to the
-- calendar month in which it begins, as what goes back of it does (a month begun is paid). Permits from before stay booked as they were.
CREATE TABLE ledger_permit_month (
  community_id TEXT NOT NULL,
  permit_id TEXT NOT NULL,
  month_no INTEGER NOT NULL CHECK (month_no BETWEEN 1 AND 12),
  begins_on TEXT NOT NULL CHECK (length(begins_on) = 10),
  period TEXT NOT NULL CHECK (period = substr(begins_on, 1, 7)),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (community_id, permit_id, month_no),
  FOREIGN KEY (community_id, permit_id) REFERENCES ledger_permit (community_id, permit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_permit_month_by_period ON ledger_permit_month(community_id, period, permit_id, month_no, begins_on, amount_fen);
CREATE TRIGGER ledger_permit_month_no_update BEFORE UPDATE ON ledger_permit_month BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_month_no_delete BEFORE DELETE ON ledger_permit_month BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_month_no_replace BEFORE INSERT ON ledger_permit_month WHEN EXISTS (SELECT 1 FROM ledger_permit_month WHERE community_id = NEW.community_id AND permit_id = NEW.permit_id AND month_no = NEW.month_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- With its permit, before anything of it is booked: a month that begins after the one it was paid in, at the permit's own price.
CREATE TRIGGER ledger_permit_month_of_permit BEFORE INSERT ON ledger_permit_month WHEN NOT EXISTS (SELECT 1 FROM ledger_permit p WHERE p.community_id = NEW.community_id AND p.permit_id = NEW.permit_id AND NEW.month_no <= p.months AND NEW.amount_fen = p.monthly_fen AND NEW.begins_on BETWEEN p.from_on AND p.to_on AND NEW.period > substr(p.paid_on, 1, 7)) OR EXISTS (SELECT 1 FROM ledger_taking_voucher t WHERE t.community_id = NEW.community_id AND t.taking_id = NEW.permit_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The voucher by which a month was earned, or went back with a permit that ended early.
CREATE TABLE ledger_permit_month_voucher (
  community_id TEXT NOT NULL,
  permit_id TEXT NOT NULL,
  month_no INTEGER NOT NULL,
  voucher_id TEXT NOT NULL,
  PRIMARY KEY (community_id, permit_id, month_no, voucher_id),
  FOREIGN KEY (community_id, permit_id, month_no) REFERENCES ledger_permit_month (community_id, permit_id, month_no),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_permit_month_voucher_no_update BEFORE UPDATE ON ledger_permit_month_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_permit_month_voucher_no_delete BEFORE DELETE ON ledger_permit_month_voucher BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Earned once: the next voucher only after the one before was sent back, given up or taken back.
CREATE TRIGGER ledger_permit_month_voucher_once BEFORE INSERT ON ledger_permit_month_voucher WHEN EXISTS (SELECT 1 FROM ledger_permit_month_voucher e JOIN ledger_voucher v ON v.community_id = e.community_id AND v.voucher_id = e.voucher_id WHERE e.community_id = NEW.community_id AND e.permit_id = NEW.permit_id AND e.month_no = NEW.month_no AND (e.voucher_id = NEW.voucher_id OR v.state IN ('waiting', 'reviewed') OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')))) BEGIN SELECT RAISE(ABORT, 'earned_already'); END;

-- What of a refund was still received in advance; the rest had been earned and is taken back from the income.
ALTER TABLE ledger_permit_end ADD COLUMN prepaid_fen INTEGER NOT NULL DEFAULT 0 CHECK (prepaid_fen >= 0 AND prepaid_fen <= refund_fen);
