-- How a name becomes a candidate's: nominated, supported, accepted, examined, published, withdrawn. What only grows stays as it
-- was written; of a sealed column only the seal may change, under a newer key.

-- One person's way through one election, however many channels named them. party_id is the owner by whom they stand: themselves,
-- or the company that sends a natural person (BJ 39). number is what everyone calls it by, and the lot in the draw.
CREATE TABLE candidacy (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  party_id TEXT NOT NULL,
  party_kind TEXT NOT NULL CHECK (party_kind IN ('natural', 'legal', 'developer')),
  name_sealed TEXT NOT NULL CHECK (name_sealed <> ''),
  masked_name TEXT NOT NULL CHECK (masked_name <> ''),
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, candidacy_id),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX candidacy_number ON candidacy(community_id, election_id, number);
CREATE UNIQUE INDEX candidacy_of_party ON candidacy(community_id, election_id, party_id);
CREATE TRIGGER candidacy_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, number, party_id, party_kind, masked_name, opened_at ON candidacy BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_no_delete BEFORE DELETE ON candidacy BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_no_replace BEFORE INSERT ON candidacy WHEN EXISTS (SELECT 1 FROM candidacy WHERE community_id = NEW.community_id AND (candidacy_id = NEW.candidacy_id OR (election_id = NEW.election_id AND (party_id = NEW.party_id OR number = NEW.number)))) BEGIN SELECT RAISE(ABORT, 'candidacy_exists'); END;

-- A channel that named the person. made_by is an office-holder's person_id, or the owner's party_id where way is 'web'.
CREATE TABLE nomination (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('community_party', 'residents_committee', 'street', 'self', 'joint')),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  document TEXT NOT NULL,
  paper_file TEXT,
  made_by TEXT NOT NULL CHECK (made_by <> ''),
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, channel),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((way = 'paper') = (paper_file IS NOT NULL)),
  CHECK (channel IN ('self', 'joint') OR (way = 'paper' AND document <> ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX nomination_by_election ON nomination(community_id, election_id);
CREATE TRIGGER nomination_no_update BEFORE UPDATE ON nomination BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER nomination_no_delete BEFORE DELETE ON nomination BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER nomination_no_replace BEFORE INSERT ON nomination WHEN EXISTS (SELECT 1 FROM nomination WHERE community_id = NEW.community_id AND candidacy_id = NEW.candidacy_id AND channel = NEW.channel) BEGIN SELECT RAISE(ABORT, 'nomination_exists'); END;
CREATE TRIGGER nomination_in_time BEFORE INSERT ON nomination WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state = 'nominating' AND NEW.made_at < e.nominations_close_at) BEGIN SELECT RAISE(ABORT, 'nominations_closed'); END;
CREATE TRIGGER nomination_not_withdrawn BEFORE INSERT ON nomination WHEN EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = NEW.community_id AND w.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'candidacy_withdrawn'); END;

-- Owners behind a joint nomination, head by head (C2). An odd turn gives the support, an even one takes it back.
CREATE TABLE nomination_support (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  head_key TEXT NOT NULL CHECK (head_key <> ''),
  turn INTEGER NOT NULL CHECK (turn > 0),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  paper_file TEXT,
  recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, head_key, turn),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX nomination_support_by_election ON nomination_support(community_id, election_id);
CREATE TRIGGER nomination_support_no_update BEFORE UPDATE ON nomination_support BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER nomination_support_no_delete BEFORE DELETE ON nomination_support BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- The caller says which turn it means; a second support by the same head, or a second taking back, meets the turn that is there.
CREATE TRIGGER nomination_support_in_turn BEFORE INSERT ON nomination_support WHEN NEW.turn <> 1 + coalesce((SELECT max(s.turn) FROM nomination_support s WHERE s.community_id = NEW.community_id AND s.candidacy_id = NEW.candidacy_id AND s.head_key = NEW.head_key), 0) BEGIN SELECT RAISE(ABORT, 'support_stale'); END;
CREATE TRIGGER nomination_support_in_time BEFORE INSERT ON nomination_support WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state = 'nominating' AND NEW.recorded_at < e.nominations_close_at) BEGIN SELECT RAISE(ABORT, 'nominations_closed'); END;
CREATE TRIGGER nomination_support_of_joint BEFORE INSERT ON nomination_support WHEN NOT EXISTS (SELECT 1 FROM nomination n WHERE n.community_id = NEW.community_id AND n.candidacy_id = NEW.candidacy_id AND n.channel = 'joint') BEGIN SELECT RAISE(ABORT, 'not_joint'); END;
CREATE TRIGGER nomination_support_not_withdrawn BEFORE INSERT ON nomination_support WHEN EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = NEW.community_id AND w.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'candidacy_withdrawn'); END;

-- The person's own answer. person_sealed is the natural person who would sit, with their number: the owner, or whom the company
-- sends. person_hash finds the same person standing a second time under another owner. A refusal may be thought over.
CREATE TABLE candidacy_answer (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  answer_no INTEGER NOT NULL CHECK (answer_no > 0),
  answer TEXT NOT NULL CHECK (answer IN ('accepted', 'declined')),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  paper_file TEXT,
  person_sealed TEXT,
  phone_sealed TEXT,
  masked_name TEXT,
  person_hash TEXT,
  sent_by_owner INTEGER NOT NULL CHECK (sent_by_owner IN (0, 1)),
  authorisation_file TEXT,
  answered_by TEXT NOT NULL CHECK (answered_by <> ''),
  answered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, answer_no),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((way = 'paper') = (paper_file IS NOT NULL)),
  CHECK ((answer = 'accepted') = (person_sealed IS NOT NULL)),
  CHECK ((answer = 'accepted') = (phone_sealed IS NOT NULL)),
  CHECK ((answer = 'accepted') = (masked_name IS NOT NULL)),
  CHECK ((answer = 'accepted') = (person_hash IS NOT NULL)),
  CHECK (sent_by_owner = 0 OR answer = 'declined' OR authorisation_file IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX candidacy_answer_person ON candidacy_answer(community_id, election_id, person_hash) WHERE person_hash IS NOT NULL;
CREATE TRIGGER candidacy_answer_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, answer_no, answer, way, paper_file, masked_name, person_hash, sent_by_owner, authorisation_file, answered_by, answered_at, leaf_hash ON candidacy_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_answer_no_delete BEFORE DELETE ON candidacy_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_answer_in_turn BEFORE INSERT ON candidacy_answer WHEN NEW.answer_no <> 1 + (SELECT count(*) FROM candidacy_answer a WHERE a.community_id = NEW.community_id AND a.candidacy_id = NEW.candidacy_id) OR EXISTS (SELECT 1 FROM candidacy_answer a WHERE a.community_id = NEW.community_id AND a.candidacy_id = NEW.candidacy_id AND a.answer = 'accepted') BEGIN SELECT RAISE(ABORT, 'already_answered'); END;
CREATE TRIGGER candidacy_answer_one_person BEFORE INSERT ON candidacy_answer WHEN NEW.person_hash IS NOT NULL AND EXISTS (SELECT 1 FROM candidacy_answer a WHERE a.community_id = NEW.community_id AND a.election_id = NEW.election_id AND a.person_hash = NEW.person_hash) BEGIN SELECT RAISE(ABORT, 'person_stands_already'); END;
CREATE TRIGGER candidacy_answer_in_time BEFORE INSERT ON candidacy_answer WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('nominating', 'examining')) BEGIN SELECT RAISE(ABORT, 'answers_over'); END;
CREATE TRIGGER candidacy_answer_not_withdrawn BEFORE INSERT ON candidacy_answer WHEN EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = NEW.community_id AND w.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'candidacy_withdrawn'); END;

-- What the person wants owners to read of them: the same fields and limits for all. The newest version counts until publication.
CREATE TABLE candidacy_profile (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  content_sealed TEXT NOT NULL CHECK (content_sealed <> ''),
  photo_file TEXT,
  recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, version),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidacy_profile_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, version, photo_file, recorded_by, recorded_at, leaf_hash ON candidacy_profile BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_profile_no_delete BEFORE DELETE ON candidacy_profile BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_profile_in_turn BEFORE INSERT ON candidacy_profile WHEN NEW.version <> 1 + (SELECT count(*) FROM candidacy_profile p WHERE p.community_id = NEW.community_id AND p.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'profile_stale'); END;
CREATE TRIGGER candidacy_profile_in_time BEFORE INSERT ON candidacy_profile WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('nominating', 'examining')) BEGIN SELECT RAISE(ABORT, 'profile_over'); END;

-- Political affiliation, apart from everything else and joined to nothing that decides (Q6). Kept only with a separate consent
-- (PIPL 29); when that is taken back the text is gone (PIPL 47).
CREATE TABLE candidacy_affiliation (
  community_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  consent_no INTEGER NOT NULL CHECK (consent_no > 0),
  sealed TEXT,
  consented_at INTEGER NOT NULL,
  taken_back_at INTEGER,
  PRIMARY KEY (community_id, candidacy_id, consent_no),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((sealed IS NULL) = (taken_back_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidacy_affiliation_fixed BEFORE UPDATE ON candidacy_affiliation WHEN NEW.community_id IS NOT OLD.community_id OR NEW.candidacy_id IS NOT OLD.candidacy_id OR NEW.consent_no IS NOT OLD.consent_no OR NEW.consented_at IS NOT OLD.consented_at OR OLD.taken_back_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_affiliation_no_delete BEFORE DELETE ON candidacy_affiliation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_affiliation_in_turn BEFORE INSERT ON candidacy_affiliation WHEN NEW.consent_no <> 1 + (SELECT count(*) FROM candidacy_affiliation a WHERE a.community_id = NEW.community_id AND a.candidacy_id = NEW.candidacy_id) OR EXISTS (SELECT 1 FROM candidacy_affiliation a WHERE a.community_id = NEW.community_id AND a.candidacy_id = NEW.candidacy_id AND a.taken_back_at IS NULL) BEGIN SELECT RAISE(ABORT, 'affiliation_stale'); END;

-- The signed declaration of interests (SH 20). public_items names the answers its signer lets owners read.
CREATE TABLE candidacy_declaration (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  answers_sealed TEXT NOT NULL CHECK (answers_sealed <> ''),
  public_items TEXT NOT NULL CHECK (json_valid(public_items)),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  paper_file TEXT,
  signed_by TEXT NOT NULL CHECK (signed_by <> ''),
  signed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, version),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((way = 'paper') = (paper_file IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidacy_declaration_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, version, public_items, way, paper_file, signed_by, signed_at, leaf_hash ON candidacy_declaration BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_declaration_no_delete BEFORE DELETE ON candidacy_declaration BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_declaration_in_turn BEFORE INSERT ON candidacy_declaration WHEN NEW.version <> 1 + (SELECT count(*) FROM candidacy_declaration d WHERE d.community_id = NEW.community_id AND d.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'declaration_stale'); END;
CREATE TRIGGER candidacy_declaration_in_time BEFORE INSERT ON candidacy_declaration WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('nominating', 'examining')) BEGIN SELECT RAISE(ABORT, 'declaration_over'); END;

-- frozen says whether the ballot paper with the name stood already (state 'voting'): then it stays on the paper and cannot be elected.
CREATE TABLE candidacy_withdrawal (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  paper_file TEXT,
  recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
  withdrawn_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((way = 'paper') = (paper_file IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidacy_withdrawal_no_update BEFORE UPDATE ON candidacy_withdrawal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_withdrawal_no_delete BEFORE DELETE ON candidacy_withdrawal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_withdrawal_once BEFORE INSERT ON candidacy_withdrawal WHEN EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = NEW.community_id AND w.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'candidacy_withdrawn'); END;
CREATE TRIGGER candidacy_withdrawal_as_frozen BEFORE INSERT ON candidacy_withdrawal WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state NOT IN ('seated', 'ended') AND (e.state = 'voting') = NEW.frozen) BEGIN SELECT RAISE(ABORT, 'election_stale'); END;

-- What a candidate must be here: which items of the checklist are asked, on which clause, and the days to appeal. Fixed while the
-- election is prepared, so that nobody is measured by what was added after their name was known.
CREATE TABLE election_criteria (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  value TEXT NOT NULL CHECK (json_valid(value)),
  set_by TEXT NOT NULL CHECK (set_by <> ''),
  set_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, version),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER election_criteria_no_update BEFORE UPDATE ON election_criteria BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_criteria_no_delete BEFORE DELETE ON election_criteria BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_criteria_in_turn BEFORE INSERT ON election_criteria WHEN NEW.version <> 1 + (SELECT count(*) FROM election_criteria k WHERE k.community_id = NEW.community_id AND k.election_id = NEW.election_id) BEGIN SELECT RAISE(ABORT, 'criteria_stale'); END;
CREATE TRIGGER election_criteria_in_time BEFORE INSERT ON election_criteria WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state = 'preparing') BEGIN SELECT RAISE(ABORT, 'criteria_fixed'); END;

-- The whole checklist as it was answered, with its evidence; a later sheet replaces an earlier one.
CREATE TABLE eligibility_sheet (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  sheet_no INTEGER NOT NULL CHECK (sheet_no > 0),
  findings_sealed TEXT NOT NULL CHECK (findings_sealed <> ''),
  files TEXT NOT NULL CHECK (json_valid(files)),
  checked_by TEXT NOT NULL CHECK (checked_by <> ''),
  checked_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, sheet_no),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER eligibility_sheet_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, sheet_no, files, checked_by, checked_at, leaf_hash ON eligibility_sheet BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_sheet_no_delete BEFORE DELETE ON eligibility_sheet BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_sheet_in_turn BEFORE INSERT ON eligibility_sheet WHEN NEW.sheet_no <> 1 + (SELECT count(*) FROM eligibility_sheet s WHERE s.community_id = NEW.community_id AND s.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'sheet_stale'); END;
CREATE TRIGGER eligibility_sheet_in_time BEFORE INSERT ON eligibility_sheet WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('nominating', 'examining', 'standing', 'voting')) BEGIN SELECT RAISE(ABORT, 'election_stale'); END;

-- Decided on a sheet by somebody who wrote none of the person's sheets. sheet_no 0 is the roll itself: sold meanwhile.
CREATE TABLE eligibility_decision (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  decision_no INTEGER NOT NULL CHECK (decision_no > 0),
  sheet_no INTEGER NOT NULL CHECK (sheet_no >= 0),
  outcome TEXT NOT NULL CHECK (outcome IN ('eligible', 'ineligible')),
  unmet TEXT NOT NULL CHECK (json_valid(unmet)),
  reason_sealed TEXT NOT NULL CHECK (reason_sealed <> ''),
  frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
  appeal_until INTEGER NOT NULL,
  decided_by TEXT NOT NULL CHECK (decided_by <> ''),
  decided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, decision_no),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK (outcome = 'ineligible' OR sheet_no > 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER eligibility_decision_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, decision_no, sheet_no, outcome, unmet, frozen, appeal_until, decided_by, decided_at, leaf_hash ON eligibility_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_decision_no_delete BEFORE DELETE ON eligibility_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_decision_in_turn BEFORE INSERT ON eligibility_decision WHEN NEW.decision_no <> 1 + (SELECT count(*) FROM eligibility_decision d WHERE d.community_id = NEW.community_id AND d.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'decision_stale'); END;
CREATE TRIGGER eligibility_decision_by_another BEFORE INSERT ON eligibility_decision WHEN EXISTS (SELECT 1 FROM eligibility_sheet s WHERE s.community_id = NEW.community_id AND s.candidacy_id = NEW.candidacy_id AND s.checked_by = NEW.decided_by) BEGIN SELECT RAISE(ABORT, 'own_check'); END;
CREATE TRIGGER eligibility_decision_on_newest BEFORE INSERT ON eligibility_decision WHEN NEW.sheet_no > 0 AND NEW.sheet_no <> coalesce((SELECT max(s.sheet_no) FROM eligibility_sheet s WHERE s.community_id = NEW.community_id AND s.candidacy_id = NEW.candidacy_id), 0) BEGIN SELECT RAISE(ABORT, 'sheet_stale'); END;
CREATE TRIGGER eligibility_decision_as_frozen BEFORE INSERT ON eligibility_decision WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('nominating', 'examining', 'standing', 'voting') AND (e.state = 'voting') = NEW.frozen) BEGIN SELECT RAISE(ABORT, 'election_stale'); END;

CREATE TABLE eligibility_appeal (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  decision_no INTEGER NOT NULL,
  text_sealed TEXT NOT NULL CHECK (text_sealed <> ''),
  way TEXT NOT NULL CHECK (way IN ('paper', 'web')),
  paper_file TEXT,
  made_by TEXT NOT NULL CHECK (made_by <> ''),
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, decision_no),
  FOREIGN KEY (community_id, candidacy_id, decision_no) REFERENCES eligibility_decision (community_id, candidacy_id, decision_no),
  CHECK ((way = 'paper') = (paper_file IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER eligibility_appeal_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, decision_no, way, paper_file, made_by, made_at, leaf_hash ON eligibility_appeal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_appeal_no_delete BEFORE DELETE ON eligibility_appeal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_appeal_once BEFORE INSERT ON eligibility_appeal WHEN EXISTS (SELECT 1 FROM eligibility_appeal a WHERE a.community_id = NEW.community_id AND a.candidacy_id = NEW.candidacy_id AND a.decision_no = NEW.decision_no) BEGIN SELECT RAISE(ABORT, 'already_appealed'); END;
CREATE TRIGGER eligibility_appeal_in_time BEFORE INSERT ON eligibility_appeal WHEN NOT EXISTS (SELECT 1 FROM eligibility_decision d WHERE d.community_id = NEW.community_id AND d.candidacy_id = NEW.candidacy_id AND d.decision_no = NEW.decision_no AND d.outcome = 'ineligible' AND NEW.made_at < d.appeal_until) BEGIN SELECT RAISE(ABORT, 'appeal_over'); END;

-- What the street says to an appeal: last word here, by somebody who neither checked nor decided.
CREATE TABLE eligibility_ruling (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  decision_no INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('eligible', 'ineligible')),
  reason_sealed TEXT NOT NULL CHECK (reason_sealed <> ''),
  ruled_by TEXT NOT NULL CHECK (ruled_by <> ''),
  ruled_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, candidacy_id, decision_no),
  FOREIGN KEY (community_id, candidacy_id, decision_no) REFERENCES eligibility_appeal (community_id, candidacy_id, decision_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER eligibility_ruling_no_update BEFORE UPDATE OF community_id, election_id, candidacy_id, decision_no, outcome, ruled_by, ruled_at, leaf_hash ON eligibility_ruling BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_ruling_no_delete BEFORE DELETE ON eligibility_ruling BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_ruling_once BEFORE INSERT ON eligibility_ruling WHEN EXISTS (SELECT 1 FROM eligibility_ruling r WHERE r.community_id = NEW.community_id AND r.candidacy_id = NEW.candidacy_id AND r.decision_no = NEW.decision_no) BEGIN SELECT RAISE(ABORT, 'already_ruled'); END;
CREATE TRIGGER eligibility_ruling_by_another BEFORE INSERT ON eligibility_ruling WHEN EXISTS (SELECT 1 FROM eligibility_decision d WHERE d.community_id = NEW.community_id AND d.candidacy_id = NEW.candidacy_id AND d.decided_by = NEW.ruled_by) OR EXISTS (SELECT 1 FROM eligibility_sheet s WHERE s.community_id = NEW.community_id AND s.candidacy_id = NEW.candidacy_id AND s.checked_by = NEW.ruled_by) BEGIN SELECT RAISE(ABORT, 'own_decision'); END;

-- The seed of the order on the ballot: its commitment is published while names are still coming in; the seed stays sealed until the draw.
CREATE TABLE candidate_seed (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),
  seed_sealed TEXT NOT NULL CHECK (seed_sealed <> ''),
  committed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidate_seed_no_update BEFORE UPDATE OF community_id, election_id, commitment, committed_at, leaf_hash ON candidate_seed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_seed_no_delete BEFORE DELETE ON candidate_seed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_seed_once BEFORE INSERT ON candidate_seed WHEN EXISTS (SELECT 1 FROM candidate_seed s WHERE s.community_id = NEW.community_id AND s.election_id = NEW.election_id) BEGIN SELECT RAISE(ABORT, 'seed_committed'); END;
CREATE TRIGGER candidate_seed_in_time BEFORE INSERT ON candidate_seed WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('preparing', 'nominating')) BEGIN SELECT RAISE(ABORT, 'seed_too_late'); END;

-- The seed revealed, and what was drawn: lots and order are JSON lists of the candidacies' numbers.
CREATE TABLE candidate_draw (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  seed TEXT NOT NULL CHECK (length(seed) = 64),
  purpose TEXT NOT NULL CHECK (purpose <> ''),
  lots TEXT NOT NULL CHECK (json_valid(lots)),
  drawn TEXT NOT NULL CHECK (json_valid(drawn)),
  fewer_reason TEXT,
  published_by TEXT NOT NULL CHECK (published_by <> ''),
  drawn_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id),
  FOREIGN KEY (community_id, election_id) REFERENCES candidate_seed (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidate_draw_no_update BEFORE UPDATE ON candidate_draw BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_draw_no_delete BEFORE DELETE ON candidate_draw BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_draw_once BEFORE INSERT ON candidate_draw WHEN EXISTS (SELECT 1 FROM candidate_draw d WHERE d.community_id = NEW.community_id AND d.election_id = NEW.election_id) BEGIN SELECT RAISE(ABORT, 'already_published'); END;

-- Who was published. public_name and address stand in clear: their owner consented to the publication (M6, PIPL 25); address is
-- empty where they did not.
CREATE TABLE candidate (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  ballot_order INTEGER NOT NULL CHECK (ballot_order > 0),
  public_name TEXT NOT NULL CHECK (public_name <> ''),
  address TEXT NOT NULL,
  party_id TEXT NOT NULL,
  head_key TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, election_id, candidacy_id),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX candidate_order ON candidate(community_id, election_id, ballot_order);
CREATE TRIGGER candidate_no_update BEFORE UPDATE ON candidate BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_no_delete BEFORE DELETE ON candidate BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_no_replace BEFORE INSERT ON candidate WHEN EXISTS (SELECT 1 FROM candidate c WHERE c.community_id = NEW.community_id AND c.election_id = NEW.election_id AND (c.candidacy_id = NEW.candidacy_id OR c.ballot_order = NEW.ballot_order)) BEGIN SELECT RAISE(ABORT, 'already_published'); END;
CREATE TRIGGER candidate_not_withdrawn BEFORE INSERT ON candidate WHEN EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = NEW.community_id AND w.candidacy_id = NEW.candidacy_id) BEGIN SELECT RAISE(ABORT, 'list_changed'); END;

-- An owner's objection to a candidate: a ticket that is answered before the vote opens. One by a head and candidate is enough to be
-- answered; a second one is a second ticket.
CREATE TABLE candidate_objection (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  objection_id TEXT NOT NULL,
  candidacy_id TEXT NOT NULL,
  head_key TEXT NOT NULL CHECK (head_key <> ''),
  text_sealed TEXT NOT NULL CHECK (text_sealed <> ''),
  made_at INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  leaf_hash TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('upheld', 'rejected')),
  answer TEXT,
  answered_by TEXT,
  answered_at INTEGER,
  PRIMARY KEY (community_id, election_id, objection_id),
  FOREIGN KEY (community_id, candidacy_id) REFERENCES candidacy (community_id, candidacy_id),
  CHECK ((outcome IS NULL) = (answer IS NULL) AND (outcome IS NULL) = (answered_by IS NULL) AND (outcome IS NULL) = (answered_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER candidate_objection_fixed BEFORE UPDATE ON candidate_objection WHEN NEW.community_id IS NOT OLD.community_id OR NEW.election_id IS NOT OLD.election_id OR NEW.objection_id IS NOT OLD.objection_id OR NEW.candidacy_id IS NOT OLD.candidacy_id OR NEW.head_key IS NOT OLD.head_key OR NEW.made_at IS NOT OLD.made_at OR NEW.due_on IS NOT OLD.due_on OR NEW.leaf_hash IS NOT OLD.leaf_hash OR (OLD.answered_at IS NOT NULL AND (NEW.outcome IS NOT OLD.outcome OR NEW.answer IS NOT OLD.answer OR NEW.answered_by IS NOT OLD.answered_by OR NEW.answered_at IS NOT OLD.answered_at)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_objection_no_delete BEFORE DELETE ON candidate_objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_objection_no_replace BEFORE INSERT ON candidate_objection WHEN EXISTS (SELECT 1 FROM candidate_objection o WHERE o.community_id = NEW.community_id AND o.election_id = NEW.election_id AND o.objection_id = NEW.objection_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_objection_in_time BEFORE INSERT ON candidate_objection WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state IN ('standing', 'voting')) BEGIN SELECT RAISE(ABORT, 'objections_over'); END;

-- A seal is only ever replaced by one under another key; taking a consent back is the one way to lose a text.
CREATE TRIGGER candidacy_name_sealed_stays BEFORE UPDATE OF name_sealed ON candidacy WHEN OLD.name_sealed IS NOT NULL AND (NEW.name_sealed IS NULL OR instr(OLD.name_sealed, '.') < 2 OR instr(NEW.name_sealed, '.') < 2 OR substr(NEW.name_sealed, 1, instr(NEW.name_sealed, '.')) = substr(OLD.name_sealed, 1, instr(OLD.name_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_answer_person_sealed_stays BEFORE UPDATE OF person_sealed ON candidacy_answer WHEN OLD.person_sealed IS NOT NULL AND (NEW.person_sealed IS NULL OR instr(OLD.person_sealed, '.') < 2 OR instr(NEW.person_sealed, '.') < 2 OR substr(NEW.person_sealed, 1, instr(NEW.person_sealed, '.')) = substr(OLD.person_sealed, 1, instr(OLD.person_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_answer_phone_sealed_stays BEFORE UPDATE OF phone_sealed ON candidacy_answer WHEN OLD.phone_sealed IS NOT NULL AND (NEW.phone_sealed IS NULL OR instr(OLD.phone_sealed, '.') < 2 OR instr(NEW.phone_sealed, '.') < 2 OR substr(NEW.phone_sealed, 1, instr(NEW.phone_sealed, '.')) = substr(OLD.phone_sealed, 1, instr(OLD.phone_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_profile_content_sealed_stays BEFORE UPDATE OF content_sealed ON candidacy_profile WHEN OLD.content_sealed IS NOT NULL AND (NEW.content_sealed IS NULL OR instr(OLD.content_sealed, '.') < 2 OR instr(NEW.content_sealed, '.') < 2 OR substr(NEW.content_sealed, 1, instr(NEW.content_sealed, '.')) = substr(OLD.content_sealed, 1, instr(OLD.content_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_declaration_answers_sealed_stays BEFORE UPDATE OF answers_sealed ON candidacy_declaration WHEN OLD.answers_sealed IS NOT NULL AND (NEW.answers_sealed IS NULL OR instr(OLD.answers_sealed, '.') < 2 OR instr(NEW.answers_sealed, '.') < 2 OR substr(NEW.answers_sealed, 1, instr(NEW.answers_sealed, '.')) = substr(OLD.answers_sealed, 1, instr(OLD.answers_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_sheet_findings_sealed_stays BEFORE UPDATE OF findings_sealed ON eligibility_sheet WHEN OLD.findings_sealed IS NOT NULL AND (NEW.findings_sealed IS NULL OR instr(OLD.findings_sealed, '.') < 2 OR instr(NEW.findings_sealed, '.') < 2 OR substr(NEW.findings_sealed, 1, instr(NEW.findings_sealed, '.')) = substr(OLD.findings_sealed, 1, instr(OLD.findings_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_decision_reason_sealed_stays BEFORE UPDATE OF reason_sealed ON eligibility_decision WHEN OLD.reason_sealed IS NOT NULL AND (NEW.reason_sealed IS NULL OR instr(OLD.reason_sealed, '.') < 2 OR instr(NEW.reason_sealed, '.') < 2 OR substr(NEW.reason_sealed, 1, instr(NEW.reason_sealed, '.')) = substr(OLD.reason_sealed, 1, instr(OLD.reason_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_appeal_text_sealed_stays BEFORE UPDATE OF text_sealed ON eligibility_appeal WHEN OLD.text_sealed IS NOT NULL AND (NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER eligibility_ruling_reason_sealed_stays BEFORE UPDATE OF reason_sealed ON eligibility_ruling WHEN OLD.reason_sealed IS NOT NULL AND (NEW.reason_sealed IS NULL OR instr(OLD.reason_sealed, '.') < 2 OR instr(NEW.reason_sealed, '.') < 2 OR substr(NEW.reason_sealed, 1, instr(NEW.reason_sealed, '.')) = substr(OLD.reason_sealed, 1, instr(OLD.reason_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_seed_seed_sealed_stays BEFORE UPDATE OF seed_sealed ON candidate_seed WHEN OLD.seed_sealed IS NOT NULL AND (NEW.seed_sealed IS NULL OR instr(OLD.seed_sealed, '.') < 2 OR instr(NEW.seed_sealed, '.') < 2 OR substr(NEW.seed_sealed, 1, instr(NEW.seed_sealed, '.')) = substr(OLD.seed_sealed, 1, instr(OLD.seed_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidate_objection_text_sealed_stays BEFORE UPDATE OF text_sealed ON candidate_objection WHEN OLD.text_sealed IS NOT NULL AND (NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER candidacy_affiliation_sealed_stays BEFORE UPDATE OF sealed ON candidacy_affiliation WHEN OLD.sealed IS NOT NULL AND NOT (NEW.sealed IS NULL AND NEW.taken_back_at IS NOT NULL) AND (NEW.sealed IS NULL OR instr(OLD.sealed, '.') < 2 OR instr(NEW.sealed, '.') < 2 OR substr(NEW.sealed, 1, instr(NEW.sealed, '.')) = substr(OLD.sealed, 1, instr(OLD.sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
