-- An early end of a lease takes two persons, as the lease did: one proposes, another confirms.
CREATE TABLE ledger_lease_end (
  community_id TEXT NOT NULL,
  lease_id TEXT NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  why TEXT NOT NULL CHECK (why <> ''),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
  proposed_by TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decided_why TEXT,
  draft_leaf TEXT NOT NULL,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, lease_id, turn),
  FOREIGN KEY (community_id, lease_id) REFERENCES ledger_lease (community_id, lease_id),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK (state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by),
  CHECK (state <> 'withdrawn' OR decided_by = proposed_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_lease_end_waiting ON ledger_lease_end(community_id, proposed_at) WHERE state = 'proposed';
CREATE TRIGGER ledger_lease_end_no_delete BEFORE DELETE ON ledger_lease_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One at a time, of a lease that runs; the next after the one before was refused or given up.
CREATE TRIGGER ledger_lease_end_in_turn BEFORE INSERT ON ledger_lease_end WHEN NEW.state <> 'proposed' OR NEW.turn IS NOT (SELECT coalesce(max(e.turn), 0) + 1 FROM ledger_lease_end e WHERE e.community_id = NEW.community_id AND e.lease_id = NEW.lease_id) OR EXISTS (SELECT 1 FROM ledger_lease_end e WHERE e.community_id = NEW.community_id AND e.lease_id = NEW.lease_id AND e.state IN ('proposed', 'confirmed')) OR NOT EXISTS (SELECT 1 FROM ledger_lease l WHERE l.community_id = NEW.community_id AND l.lease_id = NEW.lease_id AND l.state = 'approved' AND l.ended_by IS NULL) BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;
CREATE TRIGGER ledger_lease_end_as_proposed BEFORE UPDATE ON ledger_lease_end WHEN NEW.last_on IS NOT OLD.last_on OR NEW.why IS NOT OLD.why OR NEW.proposed_by IS NOT OLD.proposed_by OR NEW.proposed_at IS NOT OLD.proposed_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_lease_end_once BEFORE UPDATE ON ledger_lease_end WHEN OLD.state <> 'proposed' OR NEW.state = 'proposed' BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;
-- A lease ends early only as two persons said, whoever writes it.
CREATE TRIGGER ledger_lease_ends_confirmed BEFORE UPDATE ON ledger_lease WHEN NEW.until_on IS NOT OLD.until_on AND NOT EXISTS (SELECT 1 FROM ledger_lease_end e WHERE e.community_id = NEW.community_id AND e.lease_id = NEW.lease_id AND e.state = 'confirmed' AND e.last_on = NEW.until_on AND e.decided_by = NEW.ended_by) BEGIN SELECT RAISE(ABORT, 'lease_moved'); END;

-- What stands open in the books by the day it fell due: kept by the charges themselves, so that ages are told from one row a day.
CREATE TABLE ledger_owed_day (
  community_id TEXT NOT NULL,
  due_on TEXT NOT NULL,
  owed_fen INTEGER NOT NULL CHECK (owed_fen >= 0),
  charges INTEGER NOT NULL CHECK (charges >= 0),
  PRIMARY KEY (community_id, due_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_owed_day_open ON ledger_owed_day(community_id, due_on, owed_fen, charges) WHERE charges > 0;
INSERT INTO ledger_owed_day(community_id, due_on, owed_fen, charges) SELECT community_id, due_on, sum(owed_fen), count(*) FROM ledger_charge WHERE owed_fen > 0 GROUP BY community_id, due_on;
CREATE TRIGGER ledger_owed_day_no_delete BEFORE DELETE ON ledger_owed_day BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_owed_day_begins_empty BEFORE INSERT ON ledger_owed_day WHEN NEW.owed_fen <> 0 OR NEW.charges <> 0 OR EXISTS (SELECT 1 FROM ledger_owed_day WHERE community_id = NEW.community_id AND due_on = NEW.due_on) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_owed_day_of_charges BEFORE UPDATE ON ledger_owed_day WHEN NEW.owed_fen IS NOT (SELECT coalesce(sum(c.owed_fen), 0) FROM ledger_charge c INDEXED BY ledger_charge_open WHERE c.community_id = NEW.community_id AND c.due_on = NEW.due_on AND c.owed_fen <> 0 AND c.owed_fen > 0) OR NEW.charges IS NOT (SELECT count(*) FROM ledger_charge c INDEXED BY ledger_charge_open WHERE c.community_id = NEW.community_id AND c.due_on = NEW.due_on AND c.owed_fen <> 0 AND c.owed_fen > 0) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_charge_keeps_its_day AFTER UPDATE ON ledger_charge WHEN NEW.owed_fen IS NOT OLD.owed_fen BEGIN INSERT INTO ledger_owed_day(community_id, due_on, owed_fen, charges) SELECT NEW.community_id, NEW.due_on, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM ledger_owed_day WHERE community_id = NEW.community_id AND due_on = NEW.due_on); UPDATE ledger_owed_day SET owed_fen = (SELECT coalesce(sum(c.owed_fen), 0) FROM ledger_charge c INDEXED BY ledger_charge_open WHERE c.community_id = NEW.community_id AND c.due_on = NEW.due_on AND c.owed_fen <> 0 AND c.owed_fen > 0), charges = (SELECT count(*) FROM ledger_charge c INDEXED BY ledger_charge_open WHERE c.community_id = NEW.community_id AND c.due_on = NEW.due_on AND c.owed_fen <> 0 AND c.owed_fen > 0) WHERE community_id = NEW.community_id AND due_on = NEW.due_on; END;
