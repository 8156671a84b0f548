-- Who bids for a tender and what passes between them and the committee: contacts by a code, registrations, licences, conflicts, debarments,
-- questions, documents, amendments, objections. Personal data is sealed; only a newer key may take its place.

-- A telephone somebody proved to hold with a code: contact_id is the keyed hash of its number, and the only thing others refer to.
CREATE TABLE tender_contact (
  community_id TEXT NOT NULL,
  contact_id TEXT NOT NULL CHECK (length(contact_id) = 32),
  phone_sealed TEXT NOT NULL CHECK (phone_sealed <> ''),
  phone_masked TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_contact_no_update BEFORE UPDATE OF community_id, contact_id, phone_masked, first_at ON tender_contact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contact_phone_sealed_stays BEFORE UPDATE OF phone_sealed ON tender_contact WHEN NEW.phone_sealed IS NULL OR instr(OLD.phone_sealed, '.') < 2 OR instr(NEW.phone_sealed, '.') < 2 OR substr(NEW.phone_sealed, 1, instr(NEW.phone_sealed, '.')) = substr(OLD.phone_sealed, 1, instr(OLD.phone_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contact_no_delete BEFORE DELETE ON tender_contact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contact_no_replace BEFORE INSERT ON tender_contact WHEN EXISTS (SELECT 1 FROM tender_contact WHERE community_id = NEW.community_id AND contact_id = NEW.contact_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A browser in which a code was typed. Which bidder it speaks for follows from the contact, tender by tender.
CREATE TABLE tender_session (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > began_at),
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, contact_id) REFERENCES tender_contact (community_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_session_by_challenge ON tender_session(community_id, challenge_id) WHERE challenge_id <> '';
CREATE TRIGGER tender_session_no_update BEFORE UPDATE ON tender_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_session_no_delete BEFORE DELETE ON tender_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_session_no_replace BEFORE INSERT ON tender_session WHEN EXISTS (SELECT 1 FROM tender_session WHERE community_id = NEW.community_id AND (session_id = NEW.session_id OR (challenge_id <> '' AND challenge_id = NEW.challenge_id))) BEGIN SELECT RAISE(ABORT, 'session_exists'); END;

CREATE TABLE tender_session_end (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, session_id) REFERENCES tender_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_session_end_no_update BEFORE UPDATE ON tender_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_session_end_no_delete BEFORE DELETE ON tender_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_session_end_once BEFORE INSERT ON tender_session_end WHEN EXISTS (SELECT 1 FROM tender_session_end WHERE community_id = NEW.community_id AND session_id = NEW.session_id) BEGIN SELECT RAISE(ABORT, 'session_ended'); END;

-- A company that registered to bid. One of a code, and one of a contact, in a tender (TBR 40: nobody handles two bids).
CREATE TABLE tender_bidder (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  bidder_no INTEGER NOT NULL CHECK (bidder_no > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  code TEXT NOT NULL CHECK (length(code) = 18),
  -- What the check characters of the code say: '' or 'check'.
  code_doubt TEXT NOT NULL CHECK (code_doubt IN ('', 'check')),
  contact_id TEXT NOT NULL,
  -- One JSON: legal representative and actual controller by name and number, and who answers the telephone.
  persons_sealed TEXT NOT NULL CHECK (persons_sealed <> ''),
  representative_masked TEXT NOT NULL,
  controller_masked TEXT NOT NULL,
  -- Keyed hashes of their numbers: the same person, or the same company, in two bidders of a lot is found by these (TBR 34).
  representative_hash TEXT NOT NULL CHECK (length(representative_hash) = 64),
  controller_hash TEXT NOT NULL CHECK (length(controller_hash) = 64),
  -- Serves the estate now.
  incumbent INTEGER NOT NULL CHECK (incumbent IN (0, 1)),
  declarations TEXT NOT NULL CHECK (json_valid(declarations)),
  registered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  FOREIGN KEY (community_id, contact_id) REFERENCES tender_contact (community_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_bidder_number ON tender_bidder(community_id, tender_id, bidder_no);
CREATE UNIQUE INDEX tender_bidder_code ON tender_bidder(community_id, tender_id, code);
CREATE UNIQUE INDEX tender_bidder_contact ON tender_bidder(community_id, tender_id, contact_id);
CREATE TRIGGER tender_bidder_no_update BEFORE UPDATE OF community_id, tender_id, bidder_id, bidder_no, name, code, code_doubt, contact_id, representative_masked, controller_masked, representative_hash, controller_hash, incumbent, declarations, registered_at, leaf_hash ON tender_bidder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_persons_sealed_stays BEFORE UPDATE OF persons_sealed ON tender_bidder WHEN NEW.persons_sealed IS NULL OR instr(OLD.persons_sealed, '.') < 2 OR instr(NEW.persons_sealed, '.') < 2 OR substr(NEW.persons_sealed, 1, instr(NEW.persons_sealed, '.')) = substr(OLD.persons_sealed, 1, instr(OLD.persons_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_no_delete BEFORE DELETE ON tender_bidder BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_no_replace BEFORE INSERT ON tender_bidder WHEN EXISTS (SELECT 1 FROM tender_bidder WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND (bidder_id = NEW.bidder_id OR bidder_no >= NEW.bidder_no OR code = NEW.code OR contact_id = NEW.contact_id)) BEGIN SELECT RAISE(ABORT, 'bidders_changed_meanwhile'); END;
-- Only while bids are taken: two requests can both have read that they are.
CREATE TRIGGER tender_bidder_in_time BEFORE INSERT ON tender_bidder WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.registered_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- The lots a bidder bids for.
CREATE TABLE tender_bidder_lot (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL CHECK (lot_no > 0),
  joined_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, lot_no),
  FOREIGN KEY (community_id, tender_id, bidder_id) REFERENCES tender_bidder (community_id, tender_id, bidder_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_bidder_lot_no_update BEFORE UPDATE ON tender_bidder_lot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_lot_no_delete BEFORE DELETE ON tender_bidder_lot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_lot_no_replace BEFORE INSERT ON tender_bidder_lot WHEN EXISTS (SELECT 1 FROM tender_bidder_lot WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'lot_joined'); END;
CREATE TRIGGER tender_bidder_lot_in_time BEFORE INSERT ON tender_bidder_lot WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.joined_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- A paper that shows what a bidder may do. expires_on is its last day, or empty where it has none (长期).
CREATE TABLE tender_licence (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  licence_no INTEGER NOT NULL CHECK (licence_no > 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  number TEXT NOT NULL CHECK (number <> ''),
  issuer TEXT NOT NULL CHECK (issuer <> ''),
  expires_on TEXT NOT NULL,
  -- Ends while the contract runs: to be renewed.
  ends_within INTEGER NOT NULL CHECK (ends_within IN (0, 1)),
  file_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  added_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, licence_no),
  FOREIGN KEY (community_id, tender_id, bidder_id) REFERENCES tender_bidder (community_id, tender_id, bidder_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_licence_no_update BEFORE UPDATE ON tender_licence BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_licence_no_delete BEFORE DELETE ON tender_licence BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_licence_no_replace BEFORE INSERT ON tender_licence WHEN EXISTS (SELECT 1 FROM tender_licence WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND licence_no >= NEW.licence_no) BEGIN SELECT RAISE(ABORT, 'licences_changed_meanwhile'); END;
CREATE TRIGGER tender_licence_in_time BEFORE INSERT ON tender_licence WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.added_at) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- A bidder knows an edition of the scheme: by registering under it, or by confirming an amendment.
CREATE TABLE tender_confirmation (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  confirmed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, bidder_id, edition),
  FOREIGN KEY (community_id, tender_id, bidder_id) REFERENCES tender_bidder (community_id, tender_id, bidder_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_confirmation_no_update BEFORE UPDATE ON tender_confirmation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_confirmation_no_delete BEFORE DELETE ON tender_confirmation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_confirmation_no_replace BEFORE INSERT ON tender_confirmation WHEN EXISTS (SELECT 1 FROM tender_confirmation WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'confirmed_already'); END;
CREATE TRIGGER tender_confirmation_in_time BEFORE INSERT ON tender_confirmation WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND closes_at > NEW.confirmed_at AND edition >= NEW.edition) BEGIN SELECT RAISE(ABORT, 'bids_not_taken'); END;

-- Something found between a bidder and another bidder of the lot, or the committee (T13). lot_no is 0 where it concerns every lot; with_id is the other
-- bidder's or the officer's id.
CREATE TABLE tender_conflict (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  conflict_no INTEGER NOT NULL CHECK (conflict_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('same_representative', 'same_controller', 'controls', 'officer', 'officer_name', 'officer_phone', 'declared_company', 'declared_kin')),
  lot_no INTEGER NOT NULL CHECK (lot_no >= 0),
  bidder_id TEXT NOT NULL,
  with_id TEXT NOT NULL CHECK (with_id <> ''),
  found_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, conflict_no),
  FOREIGN KEY (community_id, tender_id, bidder_id) REFERENCES tender_bidder (community_id, tender_id, bidder_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_conflict_no_update BEFORE UPDATE ON tender_conflict BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_conflict_no_delete BEFORE DELETE ON tender_conflict BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_conflict_no_replace BEFORE INSERT ON tender_conflict WHEN EXISTS (SELECT 1 FROM tender_conflict WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND conflict_no >= NEW.conflict_no) BEGIN SELECT RAISE(ABORT, 'conflicts_changed_meanwhile'); END;

-- What the committee says of it, and what the witness answers: in force once confirmed by another person.
CREATE TABLE tender_conflict_decision (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  conflict_no INTEGER NOT NULL,
  decision_no INTEGER NOT NULL CHECK (decision_no > 0),
  -- The bidder of the conflict, the other one, both, or nobody is out of the lot.
  outcome TEXT NOT NULL CHECK (outcome IN ('exclude', 'exclude_other', 'exclude_both', 'allow')),
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, conflict_no, decision_no),
  FOREIGN KEY (community_id, tender_id, conflict_no) REFERENCES tender_conflict (community_id, tender_id, conflict_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_conflict_decision_no_update BEFORE UPDATE ON tender_conflict_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_conflict_decision_no_delete BEFORE DELETE ON tender_conflict_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE tender_conflict_answer (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  conflict_no INTEGER NOT NULL,
  decision_no INTEGER NOT NULL,
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  why TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, conflict_no, decision_no),
  FOREIGN KEY (community_id, tender_id, conflict_no, decision_no) REFERENCES tender_conflict_decision (community_id, tender_id, conflict_no, decision_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_conflict_answer_no_update BEFORE UPDATE ON tender_conflict_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_conflict_answer_no_delete BEFORE DELETE ON tender_conflict_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_conflict_answer_once BEFORE INSERT ON tender_conflict_answer WHEN EXISTS (SELECT 1 FROM tender_conflict_answer WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND conflict_no = NEW.conflict_no AND decision_no = NEW.decision_no) BEGIN SELECT RAISE(ABORT, 'answered_already'); END;
CREATE TRIGGER tender_conflict_answer_by_another BEFORE INSERT ON tender_conflict_answer WHEN NEW.answered_by = (SELECT decided_by FROM tender_conflict_decision WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND conflict_no = NEW.conflict_no AND decision_no = NEW.decision_no) BEGIN SELECT RAISE(ABORT, 'own_decision'); END;
-- One decision at a time: the next only after the witness turned the last one down.
CREATE TRIGGER tender_conflict_decision_next_only BEFORE INSERT ON tender_conflict_decision WHEN NEW.decision_no IS NOT coalesce((SELECT max(decision_no) FROM tender_conflict_decision WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND conflict_no = NEW.conflict_no), 0) + 1 OR EXISTS (SELECT 1 FROM tender_conflict_decision d LEFT JOIN tender_conflict_answer a ON a.community_id = d.community_id AND a.tender_id = d.tender_id AND a.conflict_no = d.conflict_no AND a.decision_no = d.decision_no WHERE d.community_id = NEW.community_id AND d.tender_id = NEW.tender_id AND d.conflict_no = NEW.conflict_no AND a.confirmed IS NOT 0) BEGIN SELECT RAISE(ABORT, 'decided_already'); END;

-- What an officer says of their own ties: a company they or their kin have to do with, or a kinsperson by name (sealed).
CREATE TABLE tender_interest (
  community_id TEXT NOT NULL,
  interest_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('self', 'spouse', 'lineal', 'other')),
  company TEXT NOT NULL,
  code TEXT NOT NULL,
  kin_sealed TEXT,
  kin_hash TEXT NOT NULL,
  declared_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, interest_id),
  CHECK (code <> '' OR company <> '' OR kin_hash <> '')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_interest_no_update BEFORE UPDATE OF community_id, interest_id, person_id, relation, company, code, kin_hash, declared_at, leaf_hash ON tender_interest BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_interest_kin_sealed_stays BEFORE UPDATE OF kin_sealed ON tender_interest WHEN OLD.kin_sealed IS NULL OR NEW.kin_sealed IS NULL OR instr(OLD.kin_sealed, '.') < 2 OR instr(NEW.kin_sealed, '.') < 2 OR substr(NEW.kin_sealed, 1, instr(NEW.kin_sealed, '.')) = substr(OLD.kin_sealed, 1, instr(OLD.kin_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_interest_no_delete BEFORE DELETE ON tender_interest BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_interest_no_replace BEFORE INSERT ON tender_interest WHEN EXISTS (SELECT 1 FROM tender_interest WHERE community_id = NEW.community_id AND interest_id = NEW.interest_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Companies that may not bid, from a day to the end of another (禁入名单), each with the document it rests on.
CREATE TABLE tender_debarment (
  community_id TEXT NOT NULL,
  debarment_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  code TEXT NOT NULL CHECK (length(code) = 18),
  name TEXT NOT NULL CHECK (name <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  file_id TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  begins_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, debarment_id),
  CHECK (begins_on <= ends_on)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_debarment_number ON tender_debarment(community_id, number);
CREATE INDEX tender_debarment_by_code ON tender_debarment(community_id, code, ends_on);
CREATE TRIGGER tender_debarment_no_update BEFORE UPDATE ON tender_debarment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_no_delete BEFORE DELETE ON tender_debarment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_no_replace BEFORE INSERT ON tender_debarment WHEN EXISTS (SELECT 1 FROM tender_debarment WHERE community_id = NEW.community_id AND (debarment_id = NEW.debarment_id OR number >= NEW.number)) BEGIN SELECT RAISE(ABORT, 'debarments_changed_meanwhile'); END;

-- Ended before its day: the bar holds no more from lifted_on.
CREATE TABLE tender_debarment_lifted (
  community_id TEXT NOT NULL,
  debarment_id TEXT NOT NULL,
  lifted_on TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  lifted_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  lifted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, debarment_id),
  FOREIGN KEY (community_id, debarment_id) REFERENCES tender_debarment (community_id, debarment_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_debarment_lifted_no_update BEFORE UPDATE ON tender_debarment_lifted BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_lifted_no_delete BEFORE DELETE ON tender_debarment_lifted BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_debarment_lifted_once BEFORE INSERT ON tender_debarment_lifted WHEN EXISTS (SELECT 1 FROM tender_debarment_lifted WHERE community_id = NEW.community_id AND debarment_id = NEW.debarment_id) BEGIN SELECT RAISE(ABORT, 'lifted_already'); END;

-- A question about the tender. Who asked stays sealed off: contact_id is for their own page and against floods.
CREATE TABLE tender_question (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  question_no INTEGER NOT NULL CHECK (question_no > 0),
  contact_id TEXT NOT NULL,
  text_sealed TEXT NOT NULL CHECK (text_sealed <> ''),
  asked_at INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, question_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  FOREIGN KEY (community_id, contact_id) REFERENCES tender_contact (community_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_question_no_update BEFORE UPDATE OF community_id, tender_id, question_no, contact_id, asked_at, due_on, leaf_hash ON tender_question BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_question_text_sealed_stays BEFORE UPDATE OF text_sealed ON tender_question WHEN NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_question_no_delete BEFORE DELETE ON tender_question BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_question_no_replace BEFORE INSERT ON tender_question WHEN EXISTS (SELECT 1 FROM tender_question WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND question_no >= NEW.question_no) BEGIN SELECT RAISE(ABORT, 'questions_changed_meanwhile'); END;
CREATE TRIGGER tender_question_in_time BEFORE INSERT ON tender_question WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND questions_until > NEW.asked_at) BEGIN SELECT RAISE(ABORT, 'questions_over'); END;

-- The secretary's answer, version by version, until the committee publishes one.
CREATE TABLE tender_answer_draft (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  question_no INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  shown TEXT NOT NULL CHECK (shown <> ''),
  answer TEXT NOT NULL CHECK (answer <> ''),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, question_no, version),
  FOREIGN KEY (community_id, tender_id, question_no) REFERENCES tender_question (community_id, tender_id, question_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_answer_draft_no_update BEFORE UPDATE ON tender_answer_draft BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_answer_draft_no_delete BEFORE DELETE ON tender_answer_draft BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_answer_draft_next_only BEFORE INSERT ON tender_answer_draft WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM tender_answer_draft WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND question_no = NEW.question_no), 0) + 1 OR EXISTS (SELECT 1 FROM tender_answer WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND question_no = NEW.question_no) BEGIN SELECT RAISE(ABORT, 'answer_changed_meanwhile'); END;

CREATE TABLE tender_answer (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  question_no INTEGER NOT NULL,
  version INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, question_no),
  FOREIGN KEY (community_id, tender_id, question_no, version) REFERENCES tender_answer_draft (community_id, tender_id, question_no, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_answer_no_update BEFORE UPDATE ON tender_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_answer_no_delete BEFORE DELETE ON tender_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_answer_once BEFORE INSERT ON tender_answer WHEN EXISTS (SELECT 1 FROM tender_answer WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND question_no = NEW.question_no) BEGIN SELECT RAISE(ABORT, 'answered_already'); END;
CREATE TRIGGER tender_answer_newest_draft BEFORE INSERT ON tender_answer WHEN NEW.version IS NOT (SELECT max(version) FROM tender_answer_draft WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND question_no = NEW.question_no) BEGIN SELECT RAISE(ABORT, 'answer_changed_meanwhile'); END;

-- Papers of a tender. A withheld one says why and from which day on everybody reads it.
CREATE TABLE tender_document (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  document_no INTEGER NOT NULL CHECK (document_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('notice', 'requirements', 'contract_draft', 'site', 'form', 'clarification', 'other')),
  title TEXT NOT NULL CHECK (title <> ''),
  file_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  withheld_why TEXT NOT NULL,
  released_on TEXT NOT NULL,
  put_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  put_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, document_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  CHECK ((withheld_why = '') = (released_on = ''))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_document_no_update BEFORE UPDATE ON tender_document BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_document_no_delete BEFORE DELETE ON tender_document BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_document_no_replace BEFORE INSERT ON tender_document WHEN EXISTS (SELECT 1 FROM tender_document WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND document_no >= NEW.document_no) BEGIN SELECT RAISE(ABORT, 'documents_changed_meanwhile'); END;

-- What an edition after the notice changed, and what that did to the time. The edition's words and reason stand in tender_scheme.
CREATE TABLE tender_amendment (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 1),
  -- Whether it changes what bids rest on: then the time is extended, and bids handed in before need their bidder's word.
  touches INTEGER NOT NULL CHECK (touches IN (0, 1)),
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  closes_before INTEGER NOT NULL,
  closes_after INTEGER NOT NULL,
  amended_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, edition),
  FOREIGN KEY (community_id, tender_id, edition) REFERENCES tender_scheme (community_id, tender_id, edition),
  CHECK (closes_after >= closes_before AND closes_before > amended_at)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_amendment_no_update BEFORE UPDATE ON tender_amendment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_amendment_no_delete BEFORE DELETE ON tender_amendment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_amendment_no_replace BEFORE INSERT ON tender_amendment WHEN EXISTS (SELECT 1 FROM tender_amendment WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Objections (异议) to the committee, and complaints (投诉) to the street about their answers.
CREATE TABLE tender_objection (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  objection_no INTEGER NOT NULL CHECK (objection_no > 0),
  about TEXT NOT NULL CHECK (about IN ('documents', 'opening', 'candidates')),
  by_kind TEXT NOT NULL CHECK (by_kind IN ('bidder', 'owner')),
  by_id TEXT NOT NULL,
  -- The objection a complaint is about.
  complains_of INTEGER,
  text_sealed TEXT NOT NULL CHECK (text_sealed <> ''),
  made_at INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, objection_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id, complains_of) REFERENCES tender_objection (community_id, tender_id, objection_no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_complaint_once ON tender_objection(community_id, tender_id, complains_of) WHERE complains_of IS NOT NULL;
CREATE TRIGGER tender_objection_no_update BEFORE UPDATE OF community_id, tender_id, objection_no, about, by_kind, by_id, complains_of, made_at, due_on, leaf_hash ON tender_objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_objection_text_sealed_stays BEFORE UPDATE OF text_sealed ON tender_objection WHEN NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_objection_no_delete BEFORE DELETE ON tender_objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_objection_no_replace BEFORE INSERT ON tender_objection WHEN EXISTS (SELECT 1 FROM tender_objection WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND (objection_no >= NEW.objection_no OR complains_of = NEW.complains_of)) BEGIN SELECT RAISE(ABORT, 'objections_changed_meanwhile'); END;
-- Nothing is objected to once the owners' decision has begun or the tender has ended; a complaint about an answer still is made.
CREATE TRIGGER tender_objection_in_time BEFORE INSERT ON tender_objection WHEN NEW.complains_of IS NULL AND EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('draft', 'decided', 'deciding', 'awarded', 'contracted', 'failed', 'cancelled')) BEGIN SELECT RAISE(ABORT, 'objections_over'); END;

CREATE TABLE tender_objection_decision (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  objection_no INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'partly', 'dismissed')),
  -- The objection as everybody reads it, naming nobody.
  shown TEXT NOT NULL CHECK (shown <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided_by TEXT NOT NULL,
  by_words TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, tender_id, objection_no),
  FOREIGN KEY (community_id, tender_id, objection_no) REFERENCES tender_objection (community_id, tender_id, objection_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_objection_decision_no_update BEFORE UPDATE ON tender_objection_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_objection_decision_no_delete BEFORE DELETE ON tender_objection_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_objection_decision_once BEFORE INSERT ON tender_objection_decision WHEN EXISTS (SELECT 1 FROM tender_objection_decision WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND objection_no = NEW.objection_no) BEGIN SELECT RAISE(ABORT, 'decided_already'); END;
