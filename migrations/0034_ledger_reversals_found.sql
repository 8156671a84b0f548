-- Whether a voucher was taken back is asked for every voucher that is shown and every one that is posted. SQLite takes the primary key's
-- first column before an index of two that does not hold all that is asked: every voucher of the community was read. This one holds it.
DROP INDEX ledger_voucher_by_reversed;
CREATE INDEX ledger_voucher_reversals ON ledger_voucher(community_id, reverses_id, state) WHERE reverses_id IS NOT NULL;
