-- Owners' meetings, their frozen items, links, ballots, paper, proxies, counts and objections.

-- One row a meeting: where it stands now. What happened to it is in meeting_event and in the record.
CREATE TABLE meeting (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'notice', 'open', 'closed', 'counted', 'published', 'final', 'withdrawn', 'annulled')),
  version INTEGER NOT NULL DEFAULT 1,
  convener TEXT NOT NULL,
  draft TEXT NOT NULL CHECK (json_valid(draft)),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  edition INTEGER NOT NULL DEFAULT 0,
  rules TEXT CHECK (rules IS NULL OR json_valid(rules)),
  manifest_hash TEXT,
  snapshot_id TEXT,
  approved_by TEXT,
  notice_at INTEGER,
  opens_at INTEGER,
  closes_at INTEGER,
  opened_at INTEGER,
  closed_at INTEGER,
  counted_at INTEGER,
  counted_by TEXT,
  published_at INTEGER,
  published_by TEXT,
  final_at INTEGER,
  ended_at INTEGER,
  ended_why TEXT,
  PRIMARY KEY (community_id, meeting_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX meeting_number ON meeting(community_id, number);
CREATE INDEX meeting_by_state ON meeting(community_id, state, closes_at);
CREATE TRIGGER meeting_no_delete BEFORE DELETE ON meeting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_no_replace BEFORE INSERT ON meeting WHEN EXISTS (SELECT 1 FROM meeting WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id) BEGIN SELECT RAISE(ABORT, 'meeting_exists'); END;
-- After notice the draft stands as it was approved; the title changes with a public edition and not without.
CREATE TRIGGER meeting_number_once BEFORE INSERT ON meeting WHEN EXISTS (SELECT 1 FROM meeting WHERE community_id = NEW.community_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'meeting_exists'); END;
CREATE TRIGGER meeting_frozen BEFORE UPDATE ON meeting WHEN OLD.state <> 'draft' AND (NEW.convener IS NOT OLD.convener OR NEW.draft IS NOT OLD.draft OR (NEW.title IS NOT OLD.title AND NEW.edition = OLD.edition)) BEGIN SELECT RAISE(ABORT, 'meeting_frozen'); END;
-- Counting happens once; a recount is a further count_result, not another count of the meeting.
CREATE TRIGGER meeting_counted_once BEFORE UPDATE OF counted_at ON meeting WHEN OLD.counted_at IS NOT NULL AND NEW.counted_at IS NOT OLD.counted_at BEGIN SELECT RAISE(ABORT, 'already_counted'); END;
CREATE TRIGGER meeting_close_only_moves_before_it BEFORE UPDATE OF closes_at ON meeting WHEN OLD.state NOT IN ('draft', 'notice', 'open') AND NEW.closes_at IS NOT OLD.closes_at BEGIN SELECT RAISE(ABORT, 'already_closed'); END;

-- What was put to the owners, as of each edition: 1 at notice, one more with each public amendment of items or rules.
CREATE TABLE meeting_edition (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  manifest TEXT NOT NULL CHECK (json_valid(manifest)),
  manifest_hash TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  why TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, meeting_id, edition)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER meeting_edition_no_update BEFORE UPDATE ON meeting_edition BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_edition_no_delete BEFORE DELETE ON meeting_edition BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_edition_no_replace BEFORE INSERT ON meeting_edition WHEN EXISTS (SELECT 1 FROM meeting_edition WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'edition_exists'); END;

-- The items of an edition, with the electorate of their scope on both axes.
CREATE TABLE meeting_item (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  edition INTEGER NOT NULL,
  item_no INTEGER NOT NULL CHECK (item_no > 0),
  matter INTEGER NOT NULL CHECK (matter BETWEEN 1 AND 9),
  item TEXT NOT NULL CHECK (json_valid(item)),
  eligible_owners INTEGER NOT NULL CHECK (eligible_owners >= 0),
  eligible_area_dm2 INTEGER NOT NULL CHECK (eligible_area_dm2 >= 0),
  PRIMARY KEY (community_id, meeting_id, edition, item_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER meeting_item_no_update BEFORE UPDATE ON meeting_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_item_no_delete BEFORE DELETE ON meeting_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_item_no_replace BEFORE INSERT ON meeting_item WHEN EXISTS (SELECT 1 FROM meeting_item WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND edition = NEW.edition AND item_no = NEW.item_no) BEGIN SELECT RAISE(ABORT, 'edition_exists'); END;

-- Everything that happened to a meeting, in order, in words for the public page.
CREATE TABLE meeting_event (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  event_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  by_words TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, meeting_id, event_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER meeting_event_no_update BEFORE UPDATE ON meeting_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_event_no_delete BEFORE DELETE ON meeting_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER meeting_event_no_replace BEFORE INSERT ON meeting_event WHEN EXISTS (SELECT 1 FROM meeting_event WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND event_no = NEW.event_no) BEGIN SELECT RAISE(ABORT, 'event_exists'); END;

-- A voter's link. The token is derived from the nonce and never stored; a re-issue is a new generation.
CREATE TABLE link (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  nonce TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  issued_by TEXT NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_why TEXT,
  failed_attempts INTEGER NOT NULL DEFAULT 0,
  last_failed_at INTEGER,
  verified_at INTEGER,
  PRIMARY KEY (community_id, meeting_id, voter_no, generation)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX link_by_token ON link(community_id, token_hash);
CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER link_no_replace BEFORE INSERT ON link WHEN EXISTS (SELECT 1 FROM link WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND generation >= NEW.generation) BEGIN SELECT RAISE(ABORT, 'link_exists'); END;
CREATE TRIGGER link_token_once BEFORE INSERT ON link WHEN EXISTS (SELECT 1 FROM link WHERE community_id = NEW.community_id AND token_hash = NEW.token_hash) BEGIN SELECT RAISE(ABORT, 'link_exists'); END;
CREATE TRIGGER link_as_issued BEFORE UPDATE ON link WHEN NEW.voter_no IS NOT OLD.voter_no OR NEW.generation IS NOT OLD.generation OR NEW.nonce IS NOT OLD.nonce OR NEW.token_hash IS NOT OLD.token_hash OR NEW.issued_at IS NOT OLD.issued_at OR NEW.issued_by IS NOT OLD.issued_by OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- How a household was reached: sent, opened after the identity check, failed, handed over, posted; and what the door said.
CREATE TABLE contact_event (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  event_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (community_id, meeting_id, voter_no, event_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER contact_event_no_update BEFORE UPDATE ON contact_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER contact_event_no_delete BEFORE DELETE ON contact_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER contact_event_no_replace BEFORE INSERT ON contact_event WHEN EXISTS (SELECT 1 FROM contact_event WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND event_no = NEW.event_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- How many households of a building are in which state of delivery (the strongest thing known, by its place in STRENGTH), kept by the
-- statement that adds events: the board reads a few rows a building and not everything that ever happened. '' is the whole estate;
-- whoever nothing is known of is not counted here.
CREATE TABLE delivery_count (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  building TEXT NOT NULL,
  strength INTEGER NOT NULL CHECK (strength > 0),
  voters INTEGER NOT NULL,
  PRIMARY KEY (community_id, meeting_id, building, strength)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER delivery_count_no_delete BEFORE DELETE ON delivery_count BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A ballot. Version 1 is the first; where the frozen rules let it be replaced, the next has the next version.
CREATE TABLE ballot (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper', 'meeting', 'proxy')),
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  salt TEXT NOT NULL,
  commitment TEXT NOT NULL,
  leaf_hash TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (json_valid(evidence)),
  cast_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, meeting_id, voter_no, version)
) STRICT, WITHOUT ROWID;
-- Not UNIQUE over the leaf: the leaf is salted, and every unique key is one more that INSERT OR REPLACE could remove a ballot by.
CREATE INDEX ballot_by_channel ON ballot(community_id, meeting_id, channel);
CREATE TRIGGER ballot_no_update BEFORE UPDATE ON ballot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ballot_no_delete BEFORE DELETE ON ballot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Also stops INSERT OR REPLACE, which fires neither of the two above.
CREATE TRIGGER ballot_once BEFORE INSERT ON ballot WHEN EXISTS (SELECT 1 FROM ballot WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND version >= NEW.version) BEGIN SELECT RAISE(ABORT, 'already_voted'); END;
-- A ballot on paper, an agent's too, may be entered after the close, until the count; one from a phone only within the voting time. Nothing slips in once counted_at is set, however late it commits.
CREATE TRIGGER ballot_in_time BEFORE INSERT ON ballot WHEN NOT EXISTS (SELECT 1 FROM meeting WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND counted_at IS NULL AND state IN ('open', 'closed') AND NEW.cast_at >= opens_at AND ((state = 'open' AND NEW.cast_at < closes_at) OR NEW.channel IN ('paper', 'meeting') OR (NEW.channel = 'proxy' AND NEW.evidence ->> 'paperNo' IS NOT NULL))) BEGIN SELECT RAISE(ABORT, 'not_open'); END;

-- One row per chosen option, as a ledger: a replaced ballot's rows are cancelled by rows of sign -1, never changed.
CREATE TABLE ballot_choice (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  option_no INTEGER NOT NULL,
  voter_no INTEGER NOT NULL,
  version INTEGER NOT NULL,
  sign INTEGER NOT NULL CHECK (sign IN (1, -1)),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  PRIMARY KEY (community_id, meeting_id, item_no, option_no, voter_no, version, sign)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ballot_choice_no_update BEFORE UPDATE ON ballot_choice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ballot_choice_no_delete BEFORE DELETE ON ballot_choice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ballot_choice_no_replace BEFORE INSERT ON ballot_choice WHEN EXISTS (SELECT 1 FROM ballot_choice WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND item_no = NEW.item_no AND option_no = NEW.option_no AND voter_no = NEW.voter_no AND version = NEW.version AND sign = NEW.sign) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Who takes part in which item, one row a voter and item with a valid mark: participation is a legal quantity of its own.
CREATE TABLE ballot_part (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  voter_no INTEGER NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  PRIMARY KEY (community_id, meeting_id, item_no, voter_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ballot_part_no_update BEFORE UPDATE ON ballot_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ballot_part_no_delete BEFORE DELETE ON ballot_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ballot_part_no_replace BEFORE INSERT ON ballot_part WHEN EXISTS (SELECT 1 FROM ballot_part WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND item_no = NEW.item_no AND voter_no = NEW.voter_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Turnout while open, kept up by the batch that casts: `item:<no>` and `building:<name>`. Never a choice.
CREATE TABLE turnout (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  key TEXT NOT NULL,
  owners INTEGER NOT NULL DEFAULT 0,
  area_dm2 INTEGER NOT NULL DEFAULT 0,
  eligible_owners INTEGER NOT NULL,
  eligible_area_dm2 INTEGER NOT NULL,
  PRIMARY KEY (community_id, meeting_id, key)
) STRICT, WITHOUT ROWID;

-- A ballot on paper as each person read it, without seeing the other's reading. Equal readings make the ballot.
CREATE TABLE paper_entry (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  paper_no INTEGER NOT NULL,
  entry_no INTEGER NOT NULL CHECK (entry_no BETWEEN 1 AND 3),
  reading TEXT NOT NULL CHECK (json_valid(reading)),
  file_id TEXT,
  received_at INTEGER NOT NULL,
  entered_by TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, meeting_id, voter_no, paper_no, entry_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_entry_no_update BEFORE UPDATE ON paper_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER paper_entry_no_delete BEFORE DELETE ON paper_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER paper_entry_other_person BEFORE INSERT ON paper_entry WHEN EXISTS (SELECT 1 FROM paper_entry WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND paper_no = NEW.paper_no AND (entered_by = NEW.entered_by OR entry_no = NEW.entry_no)) BEGIN SELECT RAISE(ABORT, 'same_person_twice'); END;

-- What became of a sheet once its readings were compared, or because a ballot stood already. One row a sheet; none while it waits.
CREATE TABLE paper_outcome (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  paper_no INTEGER NOT NULL CHECK (paper_no > 0),
  outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'unsigned', 'disputed', 'set_aside')),
  ballot_leaf TEXT,
  settled_by TEXT NOT NULL,
  settled_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, meeting_id, voter_no, paper_no),
  CHECK ((outcome IN ('counted', 'set_aside')) = (ballot_leaf IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_outcome_no_update BEFORE UPDATE ON paper_outcome BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER paper_outcome_no_delete BEFORE DELETE ON paper_outcome BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER paper_outcome_once BEFORE INSERT ON paper_outcome WHEN EXISTS (SELECT 1 FROM paper_outcome WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND paper_no = NEW.paper_no) BEGIN SELECT RAISE(ABORT, 'already_settled'); END;
CREATE TRIGGER paper_entry_settled BEFORE INSERT ON paper_entry WHEN EXISTS (SELECT 1 FROM paper_outcome WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND paper_no = NEW.paper_no) BEGIN SELECT RAISE(ABORT, 'already_settled'); END;

-- A written authorisation (CC 165). Names are sealed; agent_key is a keyed hash that counts how many an agent stands for.
CREATE TABLE proxy (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  proxy_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  agent_sealed TEXT NOT NULL,
  agent_masked TEXT NOT NULL,
  agent_key TEXT NOT NULL,
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  file_id TEXT,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT,
  used_at INTEGER,
  PRIMARY KEY (community_id, meeting_id, proxy_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX proxy_of_voter ON proxy(community_id, meeting_id, voter_no) WHERE revoked_at IS NULL;
CREATE INDEX proxy_by_agent ON proxy(community_id, meeting_id, agent_key) WHERE revoked_at IS NULL;
CREATE TRIGGER proxy_no_delete BEFORE DELETE ON proxy BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER proxy_no_replace BEFORE INSERT ON proxy WHEN EXISTS (SELECT 1 FROM proxy WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND (proxy_id = NEW.proxy_id OR (voter_no = NEW.voter_no AND revoked_at IS NULL))) BEGIN SELECT RAISE(ABORT, 'proxy_stands'); END;
CREATE TRIGGER proxy_as_recorded BEFORE UPDATE ON proxy WHEN NEW.voter_no IS NOT OLD.voter_no OR NEW.agent_sealed IS NOT OLD.agent_sealed OR NEW.agent_masked IS NOT OLD.agent_masked OR NEW.agent_key IS NOT OLD.agent_key OR NEW.terms IS NOT OLD.terms OR NEW.file_id IS NOT OLD.file_id OR NEW.recorded_by IS NOT OLD.recorded_by OR NEW.recorded_at IS NOT OLD.recorded_at OR OLD.revoked_at IS NOT NULL OR OLD.used_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A count of a meeting: run 1 is the count, further ones are recounts and say why. `summary` has participation by building and channel.
CREATE TABLE count_run (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  run_no INTEGER NOT NULL CHECK (run_no > 0),
  why TEXT NOT NULL,
  summary TEXT NOT NULL CHECK (json_valid(summary)),
  counted_by TEXT NOT NULL,
  counted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  published_by TEXT,
  published_at INTEGER,
  PRIMARY KEY (community_id, meeting_id, run_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER count_run_no_delete BEFORE DELETE ON count_run BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER count_run_no_replace BEFORE INSERT ON count_run WHEN EXISTS (SELECT 1 FROM count_run WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND run_no = NEW.run_no) BEGIN SELECT RAISE(ABORT, 'run_exists'); END;
CREATE TRIGGER count_run_frozen BEFORE UPDATE ON count_run WHEN OLD.published_at IS NOT NULL OR NEW.summary IS NOT OLD.summary OR NEW.why IS NOT OLD.why OR NEW.counted_by IS NOT OLD.counted_by OR NEW.counted_at IS NOT OLD.counted_at OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- A count without the meeting's counted_at could race with a late ballot.
CREATE TRIGGER count_run_after_the_door BEFORE INSERT ON count_run WHEN NOT EXISTS (SELECT 1 FROM meeting WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND counted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'not_counting'); END;

-- The count of one item in one run. `basis` keeps the strict and the deemed count apart.
CREATE TABLE count_result (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  run_no INTEGER NOT NULL CHECK (run_no > 0),
  item_no INTEGER NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('strict', 'deemed')),
  result TEXT NOT NULL CHECK (json_valid(result)),
  PRIMARY KEY (community_id, meeting_id, run_no, item_no, basis)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER count_result_no_update BEFORE UPDATE ON count_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER count_result_no_delete BEFORE DELETE ON count_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER count_result_no_replace BEFORE INSERT ON count_result WHEN EXISTS (SELECT 1 FROM count_result WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND run_no = NEW.run_no AND item_no = NEW.item_no AND basis = NEW.basis) BEGIN SELECT RAISE(ABORT, 'run_exists'); END;

-- An owner's objection to a notice or a result: a ticket that must be answered before the result is final.
CREATE TABLE objection (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  objection_id TEXT NOT NULL,
  about TEXT NOT NULL CHECK (about IN ('notice', 'result')),
  voter_no INTEGER NOT NULL,
  text_sealed TEXT NOT NULL,
  wants_recount INTEGER NOT NULL CHECK (wants_recount IN (0, 1)),
  made_at INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  answer TEXT,
  answered_by TEXT,
  answered_at INTEGER,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, meeting_id, objection_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_open ON objection(community_id, meeting_id, answered_at);
CREATE TRIGGER objection_no_delete BEFORE DELETE ON objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER objection_no_replace BEFORE INSERT ON objection WHEN EXISTS (SELECT 1 FROM objection WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND objection_id = NEW.objection_id) BEGIN SELECT RAISE(ABORT, 'objection_exists'); END;
CREATE TRIGGER objection_answered_once BEFORE UPDATE ON objection WHEN OLD.answered_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'already_answered'); END;

-- Owners asking for a meeting (REG 13): signatures on paper, each counted once by head key.
CREATE TABLE petition (
  community_id TEXT NOT NULL,
  petition_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  meeting_id TEXT,
  PRIMARY KEY (community_id, petition_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE petition_signature (
  community_id TEXT NOT NULL,
  petition_id TEXT NOT NULL,
  head_key TEXT NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, petition_id, head_key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER petition_signature_no_update BEFORE UPDATE ON petition_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER petition_signature_no_delete BEFORE DELETE ON petition_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER petition_signature_no_replace BEFORE INSERT ON petition_signature WHEN EXISTS (SELECT 1 FROM petition_signature WHERE community_id = NEW.community_id AND petition_id = NEW.petition_id AND head_key = NEW.head_key) BEGIN SELECT RAISE(ABORT, 'already_signed'); END;
