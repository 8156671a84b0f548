-- A bidder corrects what it registered, replaces a paper, leaves a lot and comes back, all before the closing and all beside what was there.
-- Debarments take two people, and may be objected to.

-- What a bidder registered, as corrected: a whole new entry beside the one before. The newest holds.
CREATE TABLE tender_bidder_correction (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  correction_no INTEGER NOT NULL CHECK (correction_no > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  code TEXT NOT NULL CHECK (length(code) = 18),
  code_doubt TEXT NOT NULL CHECK (code_doubt IN ('', 'check')),
  contact_id TEXT NOT NULL,
  persons_sealed TEXT NOT NULL CHECK (persons_sealed <> ''),
  representative_masked TEXT NOT NULL,
  controller_masked TEXT NOT NULL,
  representative_hash TEXT NOT NULL CHECK (length(representative_hash) = 64),
  controller_hash TEXT NOT NULL CHECK (length(controller_hash) = 64),
  incumbent INTEGER NOT NULL CHECK (incumbent IN (0, 1)),
  corrected_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, correction_no),
  FOREIGN KEY (community_id, tender_id, bidder_id) REFERENCES tender_bidder (community_id, tender_id, bidder_id),
  FOREIGN KEY (community_id, contact_id) REFERENCES tender_contact (community_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_bidder_correction_no_update BEFORE UPDATE OF community_id, tender_id, bidder_id, correction_no, name, code, code_doubt, contact_id, representative_masked, controller_masked, representative_hash, controller_hash, incumbent, corrected_at, leaf_hash ON tender_bidder_correction BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_correction_persons_sealed_stays BEFORE UPDATE OF persons_sealed ON tender_bidder_correction WHEN NEW.persons_sealed IS NULL OR instr(OLD.persons_sealed, '.') < 2 OR instr(NEW.persons_sealed, '.') < 2 OR substr(NEW.persons_sealed, 1, instr(NEW.persons_sealed, '.')) = substr(OLD.persons_sealed, 1, instr(OLD.persons_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_correction_no_delete BEFORE DELETE ON tender_bidder_correction BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_correction_in_time BEFORE INSERT ON tender_bidder_correction WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.corrected_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- A bidder as it stands: what it registered, or its newest correction.
CREATE VIEW tender_bidder_now AS SELECT b.community_id, b.tender_id, b.bidder_id, b.bidder_no, coalesce(c.name, b.name) AS name, coalesce(c.code, b.code) AS code, coalesce(c.code_doubt, b.code_doubt) AS code_doubt, coalesce(c.contact_id, b.contact_id) AS contact_id, coalesce(c.persons_sealed, b.persons_sealed) AS persons_sealed, coalesce(c.representative_masked, b.representative_masked) AS representative_masked, coalesce(c.controller_masked, b.controller_masked) AS controller_masked, coalesce(c.representative_hash, b.representative_hash) AS representative_hash, coalesce(c.controller_hash, b.controller_hash) AS controller_hash, coalesce(c.incumbent, b.incumbent) AS incumbent, b.declarations, b.registered_at, b.leaf_hash, coalesce(c.correction_no, 0) AS corrections FROM tender_bidder b LEFT JOIN tender_bidder_correction c ON c.community_id = b.community_id AND c.tender_id = b.tender_id AND c.bidder_id = b.bidder_id AND c.correction_no = (SELECT max(n.correction_no) FROM tender_bidder_correction n WHERE n.community_id = b.community_id AND n.tender_id = b.tender_id AND n.bidder_id = b.bidder_id);

-- One bidder of a code, as corrected: a code that was mistyped is free again for the company whose it is. A contact that ever spoke for one bidder
-- speaks for no other of the tender (TBR 40).
DROP INDEX tender_bidder_code;
DROP TRIGGER tender_bidder_no_replace;
CREATE TRIGGER tender_bidder_no_replace BEFORE INSERT ON tender_bidder WHEN EXISTS (SELECT 1 FROM tender_bidder WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND (bidder_id = NEW.bidder_id OR bidder_no >= NEW.bidder_no OR contact_id = NEW.contact_id)) OR EXISTS (SELECT 1 FROM tender_bidder_now WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND code = NEW.code) OR EXISTS (SELECT 1 FROM tender_bidder_correction WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND contact_id = NEW.contact_id) BEGIN SELECT RAISE(ABORT, 'bidders_changed_meanwhile'); END;
CREATE TRIGGER tender_bidder_correction_next_only BEFORE INSERT ON tender_bidder_correction WHEN NEW.correction_no IS NOT coalesce((SELECT max(correction_no) FROM tender_bidder_correction WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id), 0) + 1 OR EXISTS (SELECT 1 FROM tender_bidder_now WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id <> NEW.bidder_id AND code = NEW.code) OR EXISTS (SELECT 1 FROM tender_bidder WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id <> NEW.bidder_id AND contact_id = NEW.contact_id) OR EXISTS (SELECT 1 FROM tender_bidder_correction WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id <> NEW.bidder_id AND contact_id = NEW.contact_id) BEGIN SELECT RAISE(ABORT, 'bidders_changed_meanwhile'); END;

-- A bidder leaves a lot, and may come back, in turns.
CREATE TABLE tender_bidder_lot_move (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  move_no INTEGER NOT NULL CHECK (move_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('left', 'back')),
  moved_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, lot_no, move_no),
  CHECK ((kind = 'left') = (move_no % 2 = 1)),
  FOREIGN KEY (community_id, tender_id, bidder_id, lot_no) REFERENCES tender_bidder_lot (community_id, tender_id, bidder_id, lot_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_bidder_lot_move_no_update BEFORE UPDATE ON tender_bidder_lot_move BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_lot_move_no_delete BEFORE DELETE ON tender_bidder_lot_move BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_lot_move_next_only BEFORE INSERT ON tender_bidder_lot_move WHEN NEW.move_no IS NOT coalesce((SELECT max(move_no) FROM tender_bidder_lot_move WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND lot_no = NEW.lot_no), 0) + 1 BEGIN SELECT RAISE(ABORT, 'lot_moved'); END;
CREATE TRIGGER tender_bidder_lot_move_in_time BEFORE INSERT ON tender_bidder_lot_move WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.moved_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;
-- Its sealed bid goes with it: no bid stands in a lot that its bidder left, whichever of the two came first.
CREATE TRIGGER tender_bidder_lot_move_bid_first BEFORE INSERT ON tender_bidder_lot_move WHEN NEW.kind = 'left' AND coalesce((SELECT kind FROM tender_bid WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_id = NEW.bidder_id ORDER BY bid_no DESC LIMIT 1), '') = 'sealed' BEGIN SELECT RAISE(ABORT, 'bid_stands'); END;
CREATE TRIGGER tender_bid_lot_left BEFORE INSERT ON tender_bid WHEN NEW.kind = 'sealed' AND coalesce((SELECT kind FROM tender_bidder_lot_move WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND lot_no = NEW.lot_no ORDER BY move_no DESC LIMIT 1), '') = 'left' BEGIN SELECT RAISE(ABORT, 'lot_left'); END;

-- A paper that another took the place of, or that was taken back (by_licence_no 0). It stays to be read.
CREATE TABLE tender_licence_replaced (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  licence_no INTEGER NOT NULL,
  by_licence_no INTEGER NOT NULL CHECK (by_licence_no >= 0 AND by_licence_no <> licence_no),
  replaced_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, licence_no),
  FOREIGN KEY (community_id, tender_id, bidder_id, licence_no) REFERENCES tender_licence (community_id, tender_id, bidder_id, licence_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_licence_replaced_no_update BEFORE UPDATE ON tender_licence_replaced BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_licence_replaced_no_delete BEFORE DELETE ON tender_licence_replaced BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_licence_replaced_once BEFORE INSERT ON tender_licence_replaced WHEN EXISTS (SELECT 1 FROM tender_licence_replaced WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND licence_no = NEW.licence_no) BEGIN SELECT RAISE(ABORT, 'licence_replaced'); END;
CREATE TRIGGER tender_licence_replaced_in_time BEFORE INSERT ON tender_licence_replaced WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.replaced_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- What became of a debarment after one officer entered it: step by step, each by a person. In force only from 'confirmed' on.
CREATE TABLE tender_debarment_step (
  community_id TEXT NOT NULL,
  debarment_id TEXT NOT NULL,
  step_no INTEGER NOT NULL CHECK (step_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'refused', 'appealed', 'appeal_refused', 'lift_proposed', 'lift_refused', 'lifted')),
  words TEXT NOT NULL,
  done_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  done_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, debarment_id, step_no),
  CHECK (kind = 'confirmed' OR words <> ''),
  FOREIGN KEY (community_id, debarment_id) REFERENCES tender_debarment (community_id, debarment_id)
) STRICT, WITHOUT ROWID;
-- Those entered before two people were asked for hold on, and say so.
INSERT INTO tender_debarment_step(community_id, debarment_id, step_no, kind, words, done_by, by_words, done_at, leaf_hash) SELECT community_id, debarment_id, 1, 'confirmed', '列入时只要求一人办理', entered_by, by_words, entered_at, leaf_hash FROM tender_debarment;
INSERT INTO tender_debarment_step(community_id, debarment_id, step_no, kind, words, done_by, by_words, done_at, leaf_hash) SELECT community_id, debarment_id, 2, 'lifted', reason, lifted_by, by_words, lifted_at, leaf_hash FROM tender_debarment_lifted;
CREATE TRIGGER tender_debarment_step_no_update BEFORE UPDATE ON tender_debarment_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_step_no_delete BEFORE DELETE ON tender_debarment_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_step_next_only BEFORE INSERT ON tender_debarment_step WHEN NEW.step_no IS NOT coalesce((SELECT max(step_no) FROM tender_debarment_step WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'step_taken'); END;
-- Which step may follow which.
CREATE TRIGGER tender_debarment_step_follows BEFORE INSERT ON tender_debarment_step WHEN NOT coalesce((SELECT CASE kind WHEN 'confirmed' THEN NEW.kind IN ('appealed', 'lift_proposed') WHEN 'appealed' THEN NEW.kind IN ('appeal_refused', 'lift_proposed') WHEN 'appeal_refused' THEN NEW.kind IN ('appealed', 'lift_proposed') WHEN 'lift_proposed' THEN NEW.kind IN ('lifted', 'lift_refused') WHEN 'lift_refused' THEN NEW.kind IN ('appealed', 'appeal_refused', 'lift_proposed') ELSE 0 END FROM tender_debarment_step WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id ORDER BY step_no DESC LIMIT 1), NEW.kind IN ('confirmed', 'refused')) BEGIN SELECT RAISE(ABORT, 'step_out_of_turn'); END;
-- Two people: who entered it neither confirms it nor answers its appeal, who proposed to lift it does not lift it.
CREATE TRIGGER tender_debarment_step_by_another BEFORE INSERT ON tender_debarment_step WHEN (NEW.kind IN ('confirmed', 'refused', 'appeal_refused') AND NEW.done_by = (SELECT entered_by FROM tender_debarment WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id)) OR (NEW.kind IN ('lifted', 'lift_refused') AND NEW.done_by = (SELECT done_by FROM tender_debarment_step WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id ORDER BY step_no DESC LIMIT 1)) BEGIN SELECT RAISE(ABORT, 'own_step'); END;
CREATE TRIGGER tender_debarment_lifted_by_two BEFORE INSERT ON tender_debarment_lifted WHEN coalesce((SELECT kind FROM tender_debarment_step WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id ORDER BY step_no DESC LIMIT 1), '') <> 'lifted' BEGIN SELECT RAISE(ABORT, 'step_out_of_turn'); END;
