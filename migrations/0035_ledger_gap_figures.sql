-- What a reason was given for: the month's figures as they stood when it was said. A gap that grew since is not explained by it.
-- Reasons from before have no figures; the bank's is absent too where no statement of the month was taken in.
ALTER TABLE ledger_gap_note ADD COLUMN expected_fen INTEGER;
ALTER TABLE ledger_gap_note ADD COLUMN booked_fen INTEGER;
ALTER TABLE ledger_gap_note ADD COLUMN bank_fen INTEGER;
