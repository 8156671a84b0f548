-- The fund: kinds of movement of their own since, what goes back of a unit that is no more, who was asked to top up, and a year as it was
-- published.

-- Government bonds' proceeds fall under interest, what scrapped common facilities bring under what comes from the common revenue (MF 27); the
-- balance of a unit that was destroyed goes back to its owner out of the deposits (MF 29).
ALTER TABLE fund_movement ADD COLUMN named TEXT CHECK (named IS NULL OR (named = 'bond' AND kind = 'interest') OR (named = 'scrap' AND kind = 'top_up') OR (named = 'refund' AND kind = 'deposit'));
CREATE TRIGGER fund_movement_refund_of_one BEFORE INSERT ON fund_movement WHEN NEW.named = 'refund' AND NEW.units <> 1 BEGIN SELECT RAISE(ABORT, 'fund_balance_moved'); END;
-- All of it and nothing else: the unit's balance, and the first deposit that is asked of it no more.
CREATE TRIGGER fund_share_refund_is_whole BEFORE INSERT ON fund_share WHEN EXISTS (SELECT 1 FROM fund_movement m WHERE m.community_id = NEW.community_id AND m.movement_id = NEW.movement_id AND m.named = 'refund') AND NOT EXISTS (SELECT 1 FROM fund_unit u WHERE u.community_id = NEW.community_id AND u.unit_id = NEW.unit_id AND u.balance_fen = NEW.fen AND u.first_fen = NEW.first_fen) BEGIN SELECT RAISE(ABORT, 'fund_balance_moved'); END;
CREATE TRIGGER fund_refund_once BEFORE INSERT ON fund_share WHEN EXISTS (SELECT 1 FROM fund_movement m WHERE m.community_id = NEW.community_id AND m.movement_id = NEW.movement_id AND m.named = 'refund') AND EXISTS (SELECT 1 FROM ledger_voucher v JOIN fund_movement o ON o.community_id = v.community_id AND o.voucher_id = v.voucher_id AND o.named = 'refund' JOIN fund_share s ON s.community_id = o.community_id AND s.movement_id = o.movement_id WHERE v.community_id = NEW.community_id AND v.book = 'fund' AND v.state IN ('waiting', 'reviewed') AND o.movement_id <> NEW.movement_id AND s.unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'fund_refund_waiting'); END;
-- Drafted when the balance was another: nobody is paid more than there is.
CREATE TRIGGER fund_refund_as_it_stands BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.book = 'fund' AND EXISTS (SELECT 1 FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id LEFT JOIN fund_unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND m.named = 'refund' AND u.balance_fen IS NOT s.fen) BEGIN SELECT RAISE(ABORT, 'fund_balance_moved'); END;

DROP TRIGGER fund_posts_entries;
CREATE TRIGGER fund_posts_entries AFTER UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.book = 'fund' BEGIN
  INSERT INTO fund_unit(community_id, unit_id, building, entries, first_fen, balance_fen) SELECT s.community_id, s.unit_id, u.building, 0, 0, 0 FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id JOIN unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND NOT EXISTS (SELECT 1 FROM fund_unit f WHERE f.community_id = s.community_id AND f.unit_id = s.unit_id);
  INSERT INTO fund_entry(community_id, unit_id, entry_no, movement_id, voucher_id, on_day, fen, first_fen, balance_fen) SELECT s.community_id, s.unit_id, f.entries + 1, m.movement_id, NEW.voucher_id, NEW.on_day, iif((m.kind = 'use' OR m.named IS 'refund') = (NEW.kind = 'reversal'), s.fen, -s.fen), iif((m.named IS 'refund') = (NEW.kind = 'reversal'), s.first_fen, -s.first_fen), f.balance_fen + iif((m.kind = 'use' OR m.named IS 'refund') = (NEW.kind = 'reversal'), s.fen, -s.fen) FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id JOIN fund_unit f ON f.community_id = s.community_id AND f.unit_id = s.unit_id WHERE m.community_id = NEW.community_id AND m.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND s.fen + s.first_fen > 0;
END;

-- That the owner of a unit below thirty per cent was asked to top up in a year (MF 17).
CREATE TABLE fund_reminder (
  community_id TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  unit_id TEXT NOT NULL,
  missing_fen INTEGER NOT NULL CHECK (missing_fen > 0),
  asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, year, unit_id),
  FOREIGN KEY (community_id, unit_id) REFERENCES fund_unit (community_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_reminder_no_update BEFORE UPDATE ON fund_reminder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_reminder_no_delete BEFORE DELETE ON fund_reminder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_reminder_once BEFORE INSERT ON fund_reminder WHEN EXISTS (SELECT 1 FROM fund_reminder WHERE community_id = NEW.community_id AND year = NEW.year AND unit_id = NEW.unit_id) OR NOT EXISTS (SELECT 1 FROM fund_unit u WHERE u.community_id = NEW.community_id AND u.unit_id = NEW.unit_id AND u.balance_fen * 100 < u.first_fen * 30) BEGIN SELECT RAISE(ABORT, 'reminded_already'); END;

-- A year of the fund as it was published: frozen once the bank agreed (MF 30). A correction is another edition beside the one before.
CREATE TABLE fund_year (
  community_id TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  edition INTEGER NOT NULL CHECK (edition > 0),
  content TEXT NOT NULL CHECK (json_valid(content)),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  why TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, year, edition),
  CHECK ((edition = 1) = (why = ''))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_year_no_update BEFORE UPDATE ON fund_year BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_year_no_delete BEFORE DELETE ON fund_year BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_year_in_order BEFORE INSERT ON fund_year WHEN NEW.edition IS NOT (SELECT coalesce(max(y.edition), 0) + 1 FROM fund_year y WHERE y.community_id = NEW.community_id AND y.year = NEW.year) OR EXISTS (SELECT 1 FROM fund_year y WHERE y.community_id = NEW.community_id AND y.year = NEW.year AND y.content_hash = NEW.content_hash) BEGIN SELECT RAISE(ABORT, 'fund_year_moved'); END;
-- Of months that are closed for good.
CREATE TRIGGER fund_year_of_closed_months BEFORE INSERT ON fund_year WHEN NOT EXISTS (SELECT 1 FROM ledger_close p WHERE p.community_id = NEW.community_id AND p.book = 'fund' AND p.period = NEW.year || '-12') BEGIN SELECT RAISE(ABORT, 'fund_year_open'); END;
