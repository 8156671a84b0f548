-- Recalling a member, and handing over at the end of a term or when one member leaves.

-- A proposal to recall somebody from one seat. Its reasons are public and stand in the record; who is meant is named by the
-- tenure. One row where it stands now; its history is the record.
CREATE TABLE recall (
  community_id TEXT NOT NULL,
  recall_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  tenure_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  proposer TEXT NOT NULL CHECK (proposer IN ('members', 'owners')),
  petition_id TEXT,
  reasons TEXT NOT NULL CHECK (reasons <> ''),
  proposed_by TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'placed', 'carried', 'lost', 'dropped')),
  told_at INTEGER,
  defence TEXT,
  defence_at INTEGER,
  meeting_id TEXT,
  item_no INTEGER,
  settled_at INTEGER,
  PRIMARY KEY (community_id, recall_id),
  CHECK ((proposer = 'owners') = (petition_id IS NOT NULL)),
  FOREIGN KEY (community_id, tenure_id) REFERENCES office_tenure (community_id, tenure_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX recall_number ON recall(community_id, number);
CREATE INDEX recall_by_state ON recall(community_id, state);
CREATE TRIGGER recall_no_delete BEFORE DELETE ON recall BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER recall_no_replace BEFORE INSERT ON recall WHEN EXISTS (SELECT 1 FROM recall WHERE community_id = NEW.community_id AND (recall_id = NEW.recall_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'recall_exists'); END;
-- Of one seat one recall at a time; nobody is recalled from a seat that was left.
CREATE TRIGGER recall_one_at_a_time BEFORE INSERT ON recall WHEN EXISTS (SELECT 1 FROM recall WHERE community_id = NEW.community_id AND tenure_id = NEW.tenure_id AND state IN ('proposed', 'placed')) BEGIN SELECT RAISE(ABORT, 'recall_under_way'); END;
CREATE TRIGGER recall_of_a_holder BEFORE INSERT ON recall WHEN NOT EXISTS (SELECT 1 FROM office_span s WHERE s.community_id = NEW.community_id AND s.tenure_id = NEW.tenure_id AND s.person_id = NEW.person_id AND s.from_at <= NEW.proposed_at AND s.until_at > NEW.proposed_at) BEGIN SELECT RAISE(ABORT, 'left_already'); END;
-- What was proposed stands as proposed. The defence may be written anew until the item is frozen; then it stands too.
CREATE TRIGGER recall_as_proposed BEFORE UPDATE ON recall WHEN NEW.tenure_id IS NOT OLD.tenure_id OR NEW.person_id IS NOT OLD.person_id OR NEW.proposer IS NOT OLD.proposer OR NEW.petition_id IS NOT OLD.petition_id OR NEW.reasons IS NOT OLD.reasons OR NEW.proposed_by IS NOT OLD.proposed_by OR NEW.proposed_at IS NOT OLD.proposed_at OR NEW.number IS NOT OLD.number OR (OLD.told_at IS NOT NULL AND NEW.told_at IS NOT OLD.told_at) OR (OLD.state <> 'proposed' AND NEW.defence IS NOT OLD.defence) OR OLD.state IN ('carried', 'lost', 'dropped') BEGIN SELECT RAISE(ABORT, 'recall_over'); END;

-- Members who propose it, each in their own session.
CREATE TABLE recall_signature (
  community_id TEXT NOT NULL,
  recall_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, recall_id, person_id),
  FOREIGN KEY (community_id, recall_id) REFERENCES recall (community_id, recall_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recall_signature_no_update BEFORE UPDATE ON recall_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER recall_signature_no_delete BEFORE DELETE ON recall_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER recall_signature_once BEFORE INSERT ON recall_signature WHEN EXISTS (SELECT 1 FROM recall_signature WHERE community_id = NEW.community_id AND recall_id = NEW.recall_id AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'signed_already'); END;
CREATE TRIGGER recall_signature_while_open BEFORE INSERT ON recall_signature WHEN NOT EXISTS (SELECT 1 FROM recall WHERE community_id = NEW.community_id AND recall_id = NEW.recall_id AND state = 'proposed' AND proposer = 'members') BEGIN SELECT RAISE(ABORT, 'recall_over'); END;

-- A handover: of a whole committee (mandate_id) or of one member (tenure_id).
CREATE TABLE handover (
  community_id TEXT NOT NULL,
  handover_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  mandate_id TEXT,
  tenure_id TEXT,
  ended_on TEXT NOT NULL CHECK (ended_on <> ''),
  due_on TEXT NOT NULL CHECK (due_on >= ended_on),
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, handover_id),
  CHECK ((mandate_id IS NULL) <> (tenure_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX handover_number ON handover(community_id, number);
CREATE TRIGGER handover_no_update BEFORE UPDATE ON handover BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_no_delete BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_no_replace BEFORE INSERT ON handover WHEN EXISTS (SELECT 1 FROM handover WHERE community_id = NEW.community_id AND (handover_id = NEW.handover_id OR number = NEW.number OR (mandate_id IS NOT NULL AND mandate_id = NEW.mandate_id) OR (tenure_id IS NOT NULL AND tenure_id = NEW.tenure_id))) BEGIN SELECT RAISE(ABORT, 'handover_exists'); END;

-- One line of the list. A wrong one is struck by a later one, never edited.
CREATE TABLE handover_line (
  community_id TEXT NOT NULL,
  handover_id TEXT NOT NULL,
  line_no INTEGER NOT NULL CHECK (line_no > 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  what TEXT NOT NULL CHECK (what <> ''),
  amount_fen INTEGER CHECK (amount_fen >= 0),
  strikes INTEGER CHECK (strikes < line_no),
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, handover_id, line_no),
  FOREIGN KEY (community_id, handover_id) REFERENCES handover (community_id, handover_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER handover_line_no_update BEFORE UPDATE ON handover_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_line_no_delete BEFORE DELETE ON handover_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_line_no_replace BEFORE INSERT ON handover_line WHEN EXISTS (SELECT 1 FROM handover_line WHERE community_id = NEW.community_id AND handover_id = NEW.handover_id AND (line_no = NEW.line_no OR (strikes IS NOT NULL AND strikes = NEW.strikes))) BEGIN SELECT RAISE(ABORT, 'line_exists'); END;

-- A signature under one line, on one side: in the signer's own session (entered_by is the signer), or on paper and entered by
-- whoever keeps the committee's records, because who has left may hold no office to sign in with.
CREATE TABLE handover_mark (
  community_id TEXT NOT NULL,
  handover_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('gives', 'takes')),
  person_id TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, handover_id, line_no, side),
  FOREIGN KEY (community_id, handover_id, line_no) REFERENCES handover_line (community_id, handover_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER handover_mark_no_update BEFORE UPDATE ON handover_mark BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_mark_no_delete BEFORE DELETE ON handover_mark BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER handover_mark_once BEFORE INSERT ON handover_mark WHEN EXISTS (SELECT 1 FROM handover_mark WHERE community_id = NEW.community_id AND handover_id = NEW.handover_id AND line_no = NEW.line_no AND (side = NEW.side OR person_id = NEW.person_id)) BEGIN SELECT RAISE(ABORT, 'signed_already'); END;
CREATE TRIGGER handover_mark_of_a_live_line BEFORE INSERT ON handover_mark WHEN EXISTS (SELECT 1 FROM handover_line WHERE community_id = NEW.community_id AND handover_id = NEW.handover_id AND strikes = NEW.line_no) BEGIN SELECT RAISE(ABORT, 'struck_line'); END;
