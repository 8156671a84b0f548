-- A price that looks below cost is asked about in writing, answered by its bidder in its own time, and decided with a reason, before anything is scored
-- (TB 33, 41). One query of a bid.
CREATE TABLE tender_price_query (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  question TEXT NOT NULL CHECK (question <> ''),
  -- The instant the answer must be in before.
  due_at INTEGER NOT NULL CHECK (due_at > asked_at),
  asked_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no),
  FOREIGN KEY (community_id, tender_id, lot_no, bidder_no) REFERENCES tender_opened_bid (community_id, tender_id, lot_no, bidder_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_price_query_no_update BEFORE UPDATE ON tender_price_query BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_query_no_delete BEFORE DELETE ON tender_price_query BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_query_once BEFORE INSERT ON tender_price_query WHEN EXISTS (SELECT 1 FROM tender_price_query WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'price_queried'); END;
CREATE TRIGGER tender_price_query_in_time BEFORE INSERT ON tender_price_query WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'opened') BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;

CREATE TABLE tender_price_answer (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (answer <> ''),
  -- Papers that go with it, for those who examine; empty where there are none.
  file_id TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no),
  CHECK ((file_id = '') = (file_hash = '')),
  FOREIGN KEY (community_id, tender_id, lot_no, bidder_no) REFERENCES tender_price_query (community_id, tender_id, lot_no, bidder_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_price_answer_no_update BEFORE UPDATE ON tender_price_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_answer_no_delete BEFORE DELETE ON tender_price_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_answer_once BEFORE INSERT ON tender_price_answer WHEN EXISTS (SELECT 1 FROM tender_price_answer WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'price_answered'); END;
CREATE TRIGGER tender_price_answer_in_time BEFORE INSERT ON tender_price_answer WHEN NOT EXISTS (SELECT 1 FROM tender_price_query WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no AND NEW.answered_at < due_at) BEGIN SELECT RAISE(ABORT, 'price_answer_late'); END;

CREATE TABLE tender_price_decision (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'void')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no),
  FOREIGN KEY (community_id, tender_id, lot_no, bidder_no) REFERENCES tender_price_query (community_id, tender_id, lot_no, bidder_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_price_decision_no_update BEFORE UPDATE ON tender_price_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_decision_no_delete BEFORE DELETE ON tender_price_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_price_decision_once BEFORE INSERT ON tender_price_decision WHEN EXISTS (SELECT 1 FROM tender_price_decision WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'price_decided'); END;
-- Nobody's bid falls before its bidder answered or had its time, nor by the one who asked.
CREATE TRIGGER tender_price_decision_heard BEFORE INSERT ON tender_price_decision WHEN NOT EXISTS (SELECT 1 FROM tender_price_query q WHERE q.community_id = NEW.community_id AND q.tender_id = NEW.tender_id AND q.lot_no = NEW.lot_no AND q.bidder_no = NEW.bidder_no AND (NEW.decided_at >= q.due_at OR EXISTS (SELECT 1 FROM tender_price_answer a WHERE a.community_id = q.community_id AND a.tender_id = q.tender_id AND a.lot_no = q.lot_no AND a.bidder_no = q.bidder_no))) BEGIN SELECT RAISE(ABORT, 'price_unheard'); END;
CREATE TRIGGER tender_price_decision_by_another BEFORE INSERT ON tender_price_decision WHEN NEW.decided_by = (SELECT asked_by FROM tender_price_query WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'own_query'); END;
