-- The maintenance fund unit by unit beside the book "fund": what was entered and shared out, what each unit holds, projects from plan
-- to settlement. A unit's account moves when the voucher of the movement is posted, and by nothing else.

-- Who manages it, from a day on. Nothing here: the authority does.
CREATE TABLE fund_mode (
  community_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  mode TEXT NOT NULL CHECK (mode IN ('authority', 'own')),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  words TEXT NOT NULL CHECK (words <> ''),
  meeting_id TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_mode_no_update BEFORE UPDATE ON fund_mode BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_mode_no_delete BEFORE DELETE ON fund_mode BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_mode_no_replace BEFORE INSERT ON fund_mode WHEN EXISTS (SELECT 1 FROM fund_mode WHERE community_id = NEW.community_id AND number >= NEW.number) BEGIN SELECT RAISE(ABORT, 'fund_mode_moved'); END;
CREATE TRIGGER fund_mode_changes BEFORE INSERT ON fund_mode WHEN NEW.mode = coalesce((SELECT mode FROM fund_mode WHERE community_id = NEW.community_id ORDER BY number DESC LIMIT 1), 'authority') BEGIN SELECT RAISE(ABORT, 'fund_mode_moved'); END;

-- Works paid from the fund, as proposed. scope is the assembly's: {"kind":"estate"} | {"kind":"buildings","buildings":[…]} | {"kind":"units","unitIds":[…]}.
CREATE TABLE fund_project (
  community_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  path TEXT NOT NULL CHECK (path IN ('decision', 'emergency')),
  title TEXT NOT NULL CHECK (title <> ''),
  plan TEXT NOT NULL CHECK (plan <> ''),
  emergency_case TEXT,
  estimate_fen INTEGER NOT NULL CHECK (estimate_fen > 0),
  scope TEXT NOT NULL CHECK (json_valid(scope)),
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  proposed_by TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, project_id),
  CHECK ((path = 'emergency') = (emergency_case IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX fund_project_number ON fund_project(community_id, number);
CREATE TRIGGER fund_project_no_update BEFORE UPDATE ON fund_project BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_project_no_delete BEFORE DELETE ON fund_project BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_project_no_replace BEFORE INSERT ON fund_project WHEN EXISTS (SELECT 1 FROM fund_project WHERE community_id = NEW.community_id AND (project_id = NEW.project_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What happened to it, each kind of step once. facts is JSON.
CREATE TABLE fund_step (
  community_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('decided', 'committee_confirmed', 'street_confirmed', 'approved', 'accepted', 'audited', 'reported', 'stopped')),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  step_by TEXT NOT NULL,
  step_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, project_id, kind),
  FOREIGN KEY (community_id, project_id) REFERENCES fund_project (community_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_step_no_update BEFORE UPDATE ON fund_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_step_no_delete BEFORE DELETE ON fund_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_step_once BEFORE INSERT ON fund_step WHEN EXISTS (SELECT 1 FROM fund_step WHERE community_id = NEW.community_id AND project_id = NEW.project_id AND kind IN (NEW.kind, 'stopped')) BEGIN SELECT RAISE(ABORT, 'fund_step_moved'); END;
-- Two different persons confirm an emergency, neither of whom proposed it.
CREATE TRIGGER fund_step_confirmed_by_two BEFORE INSERT ON fund_step WHEN NEW.kind IN ('committee_confirmed', 'street_confirmed') AND (EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind IN ('committee_confirmed', 'street_confirmed') AND s.step_by = NEW.step_by) OR EXISTS (SELECT 1 FROM fund_project p WHERE p.community_id = NEW.community_id AND p.project_id = NEW.project_id AND p.proposed_by = NEW.step_by)) BEGIN SELECT RAISE(ABORT, 'fund_same_person'); END;
CREATE TRIGGER fund_step_approved_when_cleared BEFORE INSERT ON fund_step WHEN NEW.kind = 'approved' AND NOT EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind = 'decided') AND (SELECT count(*) FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind IN ('committee_confirmed', 'street_confirmed')) < 2 BEGIN SELECT RAISE(ABORT, 'fund_step_moved'); END;
CREATE TRIGGER fund_step_accepted_when_approved BEFORE INSERT ON fund_step WHEN NEW.kind IN ('accepted', 'audited') AND NOT EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind = iif(NEW.kind = 'accepted', 'approved', 'accepted')) BEGIN SELECT RAISE(ABORT, 'fund_step_moved'); END;

-- What moves the units' accounts; it stands when its voucher is posted.
CREATE TABLE fund_movement (
  community_id TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'deposit', 'interest', 'top_up', 'use')),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  words TEXT NOT NULL CHECK (words <> ''),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  units INTEGER NOT NULL CHECK (units > 0),
  shares_hash TEXT NOT NULL CHECK (length(shares_hash) = 64),
  project_id TEXT,
  over_why TEXT,
  voucher_id TEXT NOT NULL,
  moved_by TEXT NOT NULL,
  moved_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, movement_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id),
  FOREIGN KEY (community_id, project_id) REFERENCES fund_project (community_id, project_id),
  CHECK ((kind = 'use') = (project_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX fund_movement_number ON fund_movement(community_id, number);
CREATE UNIQUE INDEX fund_movement_by_voucher ON fund_movement(community_id, voucher_id);
CREATE INDEX fund_movement_by_project ON fund_movement(community_id, project_id) WHERE project_id IS NOT NULL;
CREATE TRIGGER fund_movement_no_update BEFORE UPDATE ON fund_movement BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_movement_no_delete BEFORE DELETE ON fund_movement BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_movement_no_replace BEFORE INSERT ON fund_movement WHEN EXISTS (SELECT 1 FROM fund_movement WHERE community_id = NEW.community_id AND (movement_id = NEW.movement_id OR number = NEW.number OR voucher_id = NEW.voucher_id)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One settlement at a time: what the one before takes from a unit is not there to be taken twice. And never for works not accepted, nor twice for the same.
CREATE TRIGGER fund_movement_one_use_at_a_time BEFORE INSERT ON fund_movement WHEN NEW.kind = 'use' AND EXISTS (SELECT 1 FROM ledger_voucher v JOIN fund_movement m ON m.community_id = v.community_id AND m.voucher_id = v.voucher_id WHERE v.community_id = NEW.community_id AND v.book = 'fund' AND v.state IN ('waiting', 'reviewed') AND m.kind = 'use') BEGIN SELECT RAISE(ABORT, 'fund_use_waiting'); END;
CREATE TRIGGER fund_movement_of_accepted_works BEFORE INSERT ON fund_movement WHEN NEW.kind = 'use' AND (NOT EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind = 'accepted') OR EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind = 'stopped') OR EXISTS (SELECT 1 FROM fund_movement m JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id WHERE m.community_id = NEW.community_id AND m.project_id = NEW.project_id AND v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted'))) BEGIN SELECT RAISE(ABORT, 'fund_step_moved'); END;

-- Each unit's part of it.
CREATE TABLE fund_share (
  community_id TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  fen INTEGER NOT NULL CHECK (fen >= 0),
  first_fen INTEGER NOT NULL CHECK (first_fen >= 0),
  PRIMARY KEY (community_id, movement_id, unit_id),
  FOREIGN KEY (community_id, movement_id) REFERENCES fund_movement (community_id, movement_id),
  FOREIGN KEY (community_id, unit_id) REFERENCES unit (community_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_share_no_update BEFORE UPDATE ON fund_share BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_share_no_delete BEFORE DELETE ON fund_share BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_share_no_replace BEFORE INSERT ON fund_share WHEN EXISTS (SELECT 1 FROM fund_share WHERE community_id = NEW.community_id AND movement_id = NEW.movement_id AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Shares come with their movement, before anybody reviews it.
CREATE TRIGGER fund_share_of_a_draft BEFORE INSERT ON fund_share WHEN NOT EXISTS (SELECT 1 FROM fund_movement m JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id WHERE m.community_id = NEW.community_id AND m.movement_id = NEW.movement_id AND v.state = 'waiting') BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Where each unit stands now; kept by the entries alone. It belongs to the unit: who owns it is not here (F5).
CREATE TABLE fund_unit (
  community_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  building TEXT NOT NULL,
  entries INTEGER NOT NULL CHECK (entries >= 0),
  first_fen INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, unit_id),
  FOREIGN KEY (community_id, unit_id) REFERENCES unit (community_id, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fund_unit_low ON fund_unit(community_id, building) WHERE balance_fen * 100 < first_fen * 30;
CREATE TRIGGER fund_unit_no_delete BEFORE DELETE ON fund_unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_unit_begins_empty BEFORE INSERT ON fund_unit WHEN NEW.entries <> 0 OR NEW.first_fen <> 0 OR NEW.balance_fen <> 0 OR EXISTS (SELECT 1 FROM fund_unit WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Every movement of a unit's account with the balance behind it, so that no reader adds up the past.
CREATE TABLE fund_entry (
  community_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  entry_no INTEGER NOT NULL CHECK (entry_no > 0),
  movement_id TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  fen INTEGER NOT NULL,
  first_fen INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, unit_id, entry_no),
  FOREIGN KEY (community_id, movement_id, unit_id) REFERENCES fund_share (community_id, movement_id, unit_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_entry_no_update BEFORE UPDATE ON fund_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_entry_no_delete BEFORE DELETE ON fund_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_entry_no_replace BEFORE INSERT ON fund_entry WHEN EXISTS (SELECT 1 FROM fund_entry WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id AND entry_no = NEW.entry_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_entry_follows BEFORE INSERT ON fund_entry WHEN NOT EXISTS (SELECT 1 FROM fund_unit u WHERE u.community_id = NEW.community_id AND u.unit_id = NEW.unit_id AND u.entries = NEW.entry_no - 1 AND u.balance_fen = NEW.balance_fen - NEW.fen) OR NOT EXISTS (SELECT 1 FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id AND s.unit_id = NEW.unit_id JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = NEW.voucher_id WHERE m.community_id = NEW.community_id AND m.movement_id = NEW.movement_id AND m.voucher_id = coalesce(v.reverses_id, v.voucher_id) AND v.state = 'posted' AND abs(NEW.fen) = s.fen AND abs(NEW.first_fen) = s.first_fen) OR EXISTS (SELECT 1 FROM fund_entry e WHERE e.community_id = NEW.community_id AND e.unit_id = NEW.unit_id AND e.entry_no < NEW.entry_no AND e.voucher_id = NEW.voucher_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_entry_counts AFTER INSERT ON fund_entry BEGIN UPDATE fund_unit SET entries = NEW.entry_no, balance_fen = NEW.balance_fen, first_fen = first_fen + NEW.first_fen WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id; END;
CREATE TRIGGER fund_unit_by_entries BEFORE UPDATE ON fund_unit WHEN NEW.building IS NOT OLD.building OR NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM fund_entry e WHERE e.community_id = NEW.community_id AND e.unit_id = NEW.unit_id AND e.entry_no = NEW.entries AND e.balance_fen = NEW.balance_fen AND e.first_fen = NEW.first_fen - OLD.first_fen) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The same by building, so that a public page costs a row a building.
CREATE TABLE fund_building (
  community_id TEXT NOT NULL,
  building TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  low_units INTEGER NOT NULL CHECK (low_units >= 0),
  first_fen INTEGER NOT NULL,
  balance_fen INTEGER NOT NULL,
  PRIMARY KEY (community_id, building)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_building_no_delete BEFORE DELETE ON fund_building BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_building_begins_empty BEFORE INSERT ON fund_building WHEN NEW.units <> 0 OR NEW.low_units <> 0 OR NEW.first_fen <> 0 OR NEW.balance_fen <> 0 OR EXISTS (SELECT 1 FROM fund_building WHERE community_id = NEW.community_id AND building = NEW.building) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_unit_finds_its_building AFTER INSERT ON fund_unit BEGIN INSERT INTO fund_building(community_id, building, units, low_units, first_fen, balance_fen) SELECT NEW.community_id, NEW.building, 0, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM fund_building WHERE community_id = NEW.community_id AND building = NEW.building); UPDATE fund_building SET units = units + 1 WHERE community_id = NEW.community_id AND building = NEW.building; END;
CREATE TRIGGER fund_unit_moves_its_building AFTER UPDATE ON fund_unit BEGIN UPDATE fund_building SET balance_fen = balance_fen + NEW.balance_fen - OLD.balance_fen, first_fen = first_fen + NEW.first_fen - OLD.first_fen, low_units = low_units + (NEW.balance_fen * 100 < NEW.first_fen * 30) - (OLD.balance_fen * 100 < OLD.first_fen * 30) WHERE community_id = NEW.community_id AND building = NEW.building; END;

-- Posting: the shares add up to the voucher, and each becomes an entry of its unit; a reversal makes the opposite ones.
CREATE TRIGGER fund_posts_whole BEFORE UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.book = 'fund' AND EXISTS (SELECT 1 FROM fund_movement m WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND (m.amount_fen <> NEW.amount_fen OR m.amount_fen <> (SELECT sum(s.fen) FROM fund_share s WHERE s.community_id = m.community_id AND s.movement_id = m.movement_id))) BEGIN SELECT RAISE(ABORT, 'unbalanced'); END;
CREATE TRIGGER fund_posts_entries AFTER UPDATE ON ledger_voucher WHEN NEW.state = 'posted' AND OLD.state <> 'posted' AND NEW.book = 'fund' BEGIN
  INSERT INTO fund_unit(community_id, unit_id, building, entries, first_fen, balance_fen) SELECT s.community_id, s.unit_id, u.building, 0, 0, 0 FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id JOIN unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id WHERE m.community_id = NEW.community_id AND m.voucher_id = NEW.voucher_id AND NOT EXISTS (SELECT 1 FROM fund_unit f WHERE f.community_id = s.community_id AND f.unit_id = s.unit_id);
  INSERT INTO fund_entry(community_id, unit_id, entry_no, movement_id, voucher_id, on_day, fen, first_fen, balance_fen) SELECT s.community_id, s.unit_id, f.entries + 1, m.movement_id, NEW.voucher_id, NEW.on_day, iif((m.kind = 'use') = (NEW.kind = 'reversal'), s.fen, -s.fen), iif(NEW.kind = 'reversal', -s.first_fen, s.first_fen), f.balance_fen + iif((m.kind = 'use') = (NEW.kind = 'reversal'), s.fen, -s.fen) FROM fund_movement m JOIN fund_share s ON s.community_id = m.community_id AND s.movement_id = m.movement_id JOIN fund_unit f ON f.community_id = s.community_id AND f.unit_id = s.unit_id WHERE m.community_id = NEW.community_id AND m.voucher_id = coalesce(NEW.reverses_id, NEW.voucher_id) AND s.fen + s.first_fen > 0;
END;
