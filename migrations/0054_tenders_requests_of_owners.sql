-- What owners themselves report: which kind of thing it is, their own words sealed, and what waits for its answer.
ALTER TABLE tender_request ADD COLUMN kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('repair', 'complaint', 'inquiry', 'other'));

-- An owner's own words with the exact place: for officers and for who told them. Everybody reads kind, building, days and the answer.
CREATE TABLE tender_request_told (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  request_no INTEGER NOT NULL,
  -- What the words are sealed to: the number is only taken in the write.
  told_id TEXT NOT NULL CHECK (told_id <> ''),
  party_id TEXT NOT NULL,
  text_sealed TEXT NOT NULL CHECK (text_sealed <> ''),
  photos TEXT NOT NULL CHECK (json_valid(photos)),
  told_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, contract_id, request_no),
  FOREIGN KEY (community_id, contract_id, request_no) REFERENCES tender_request (community_id, contract_id, request_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_request_told_by_party ON tender_request_told(community_id, party_id, told_at, contract_id, request_no);
CREATE TRIGGER tender_request_told_no_delete BEFORE DELETE ON tender_request_told BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_told_no_replace BEFORE INSERT ON tender_request_told WHEN EXISTS (SELECT 1 FROM tender_request_told WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND request_no = NEW.request_no) BEGIN SELECT RAISE(ABORT, 'request_exists'); END;
CREATE TRIGGER tender_request_told_as_given BEFORE UPDATE ON tender_request_told WHEN NEW.community_id IS NOT OLD.community_id OR NEW.contract_id IS NOT OLD.contract_id OR NEW.request_no IS NOT OLD.request_no OR NEW.told_id IS NOT OLD.told_id OR NEW.party_id IS NOT OLD.party_id OR NEW.photos IS NOT OLD.photos OR NEW.told_at IS NOT OLD.told_at BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_told_text_sealed_stays BEFORE UPDATE OF text_sealed ON tender_request_told WHEN OLD.text_sealed IS NOT NULL AND (NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What waits, kept beside the register so that the queue costs what waits and not what ever was: 2 for an answer, 1 to be done, 0 no more.
CREATE TABLE tender_request_queue (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  request_no INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  waits INTEGER NOT NULL CHECK (waits BETWEEN 0 AND 2),
  PRIMARY KEY (community_id, contract_id, request_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_request_queue_by_due ON tender_request_queue(community_id, waits, due_on, contract_id, request_no);
INSERT INTO tender_request_queue(community_id, contract_id, request_no, due_on, waits)
SELECT q.community_id, q.contract_id, q.request_no, q.due_on,
  iif(EXISTS (SELECT 1 FROM tender_request_step s WHERE s.community_id = q.community_id AND s.contract_id = q.contract_id AND s.request_no = q.request_no AND s.step = 'done'), 0,
    iif(EXISTS (SELECT 1 FROM tender_request_step s WHERE s.community_id = q.community_id AND s.contract_id = q.contract_id AND s.request_no = q.request_no AND s.step = 'answered'), 1, 2))
FROM tender_request q;
CREATE TRIGGER tender_request_queued AFTER INSERT ON tender_request BEGIN INSERT INTO tender_request_queue(community_id, contract_id, request_no, due_on, waits) VALUES (NEW.community_id, NEW.contract_id, NEW.request_no, NEW.due_on, 2); END;
CREATE TRIGGER tender_request_answered AFTER INSERT ON tender_request_step WHEN NEW.step = 'answered' BEGIN UPDATE tender_request_queue SET waits = min(waits, 1) WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND request_no = NEW.request_no; END;
CREATE TRIGGER tender_request_done AFTER INSERT ON tender_request_step WHEN NEW.step = 'done' BEGIN UPDATE tender_request_queue SET waits = 0 WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND request_no = NEW.request_no; END;
