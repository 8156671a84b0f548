-- Tenders from the opened bids to the award: the pool and the panel, the examination of bids, sheets committed to and revealed, what they add up
-- to, and the owners' choice. Everything here only grows; of sealed text only the seal may change, under a newer key.

-- The pool of experts (专家库): who may be drawn, from which list. Names and numbers are sealed; phone_hash tells the same person twice.
CREATE TABLE tender_expert (
  community_id TEXT NOT NULL,
  expert_no INTEGER NOT NULL CHECK (expert_no > 0),
  name_sealed TEXT NOT NULL CHECK (name_sealed <> ''),
  phone_sealed TEXT NOT NULL CHECK (phone_sealed <> ''),
  phone_hash TEXT NOT NULL CHECK (phone_hash <> ''),
  speciality TEXT NOT NULL CHECK (speciality <> ''),
  organisation TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, expert_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_expert_no_update BEFORE UPDATE OF community_id, expert_no, phone_hash, speciality, organisation, source, added_by, added_at, leaf_hash ON tender_expert BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_name_sealed_stays BEFORE UPDATE OF name_sealed ON tender_expert WHEN NEW.name_sealed IS NULL OR instr(OLD.name_sealed, '.') < 2 OR instr(NEW.name_sealed, '.') < 2 OR substr(NEW.name_sealed, 1, instr(NEW.name_sealed, '.')) = substr(OLD.name_sealed, 1, instr(OLD.name_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_phone_sealed_stays BEFORE UPDATE OF phone_sealed ON tender_expert WHEN NEW.phone_sealed IS NULL OR instr(OLD.phone_sealed, '.') < 2 OR instr(NEW.phone_sealed, '.') < 2 OR substr(NEW.phone_sealed, 1, instr(NEW.phone_sealed, '.')) = substr(OLD.phone_sealed, 1, instr(OLD.phone_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_no_delete BEFORE DELETE ON tender_expert BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_no_replace BEFORE INSERT ON tender_expert WHEN EXISTS (SELECT 1 FROM tender_expert WHERE community_id = NEW.community_id AND expert_no = NEW.expert_no) BEGIN SELECT RAISE(ABORT, 'expert_exists'); END;
CREATE INDEX tender_expert_by_phone ON tender_expert(community_id, phone_hash);
CREATE TABLE tender_expert_gone (
  community_id TEXT NOT NULL,
  expert_no INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  gone_by TEXT NOT NULL,
  gone_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, expert_no),
  FOREIGN KEY (community_id, expert_no) REFERENCES tender_expert (community_id, expert_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_expert_gone_no_update BEFORE UPDATE ON tender_expert_gone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_gone_no_delete BEFORE DELETE ON tender_expert_gone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_gone_no_replace BEFORE INSERT ON tender_expert_gone WHEN EXISTS (SELECT 1 FROM tender_expert_gone WHERE community_id = NEW.community_id AND expert_no = NEW.expert_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_expert_once BEFORE INSERT ON tender_expert WHEN EXISTS (SELECT 1 FROM tender_expert e WHERE e.community_id = NEW.community_id AND e.phone_hash = NEW.phone_hash AND NOT EXISTS (SELECT 1 FROM tender_expert_gone g WHERE g.community_id = e.community_id AND g.expert_no = e.expert_no)) BEGIN SELECT RAISE(ABORT, 'expert_known'); END;

-- What a panel is drawn by: the pool as it stood, and two seeds known only by their commitments, one for the draw and one for ties.
-- combining is how the members' points will be put together: fixed before anything is scored (T10).
CREATE TABLE tender_panel (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),
  seed_sealed TEXT NOT NULL CHECK (seed_sealed <> ''),
  tie_commitment TEXT NOT NULL CHECK (length(tie_commitment) = 64),
  tie_seed_sealed TEXT NOT NULL CHECK (tie_seed_sealed <> ''),
  pool TEXT NOT NULL CHECK (json_valid(pool)),
  size INTEGER NOT NULL CHECK (size >= 5 AND size % 2 = 1),
  experts INTEGER NOT NULL CHECK (experts * 3 >= size * 2 AND experts <= size),
  combining TEXT NOT NULL CHECK (combining IN ('average', 'sum')),
  expert_share INTEGER NOT NULL,
  prepared_by TEXT NOT NULL,
  prepared_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_panel_no_update BEFORE UPDATE OF community_id, tender_id, commitment, tie_commitment, pool, size, experts, combining, expert_share, prepared_by, prepared_at, leaf_hash ON tender_panel BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_seed_sealed_stays BEFORE UPDATE OF seed_sealed ON tender_panel WHEN NEW.seed_sealed IS NULL OR instr(OLD.seed_sealed, '.') < 2 OR instr(NEW.seed_sealed, '.') < 2 OR substr(NEW.seed_sealed, 1, instr(NEW.seed_sealed, '.')) = substr(OLD.seed_sealed, 1, instr(OLD.seed_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_tie_seed_sealed_stays BEFORE UPDATE OF tie_seed_sealed ON tender_panel WHEN NEW.tie_seed_sealed IS NULL OR instr(OLD.tie_seed_sealed, '.') < 2 OR instr(NEW.tie_seed_sealed, '.') < 2 OR substr(NEW.tie_seed_sealed, 1, instr(NEW.tie_seed_sealed, '.')) = substr(OLD.tie_seed_sealed, 1, instr(OLD.tie_seed_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_no_delete BEFORE DELETE ON tender_panel BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_no_replace BEFORE INSERT ON tender_panel WHEN EXISTS (SELECT 1 FROM tender_panel WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'panel_prepared'); END;
CREATE TRIGGER tender_panel_in_time BEFORE INSERT ON tender_panel WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('noticed', 'closed', 'opened')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;

-- The draw: the seed in clear, and the whole order it gives. passed_over are numbers of the pool that belong to a bidder.
CREATE TABLE tender_panel_drawn (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  seed TEXT NOT NULL CHECK (length(seed) = 64),
  purpose TEXT NOT NULL,
  drawn TEXT NOT NULL CHECK (json_valid(drawn)),
  passed_over TEXT NOT NULL CHECK (json_valid(passed_over)),
  drawn_by TEXT NOT NULL,
  drawn_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_panel (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_panel_drawn_no_update BEFORE UPDATE ON tender_panel_drawn BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_drawn_no_delete BEFORE DELETE ON tender_panel_drawn BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_panel_drawn_no_replace BEFORE INSERT ON tender_panel_drawn WHEN EXISTS (SELECT 1 FROM tender_panel_drawn WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'panel_drawn'); END;
CREATE TRIGGER tender_panel_drawn_after_opening BEFORE INSERT ON tender_panel_drawn WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('opened', 'qualified')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;

-- Who is asked to score. A seat that falls free is taken by a further row, the next of the draw.
CREATE TABLE tender_member (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL CHECK (member_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('expert', 'representative')),
  expert_no INTEGER,
  name_sealed TEXT NOT NULL CHECK (name_sealed <> ''),
  phone_sealed TEXT NOT NULL CHECK (phone_sealed <> ''),
  speciality TEXT NOT NULL,
  organisation TEXT NOT NULL,
  in_place_of INTEGER,
  appointed_by TEXT NOT NULL,
  appointed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_panel (community_id, tender_id),
  CHECK ((kind = 'expert') = (expert_no IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_member_no_update BEFORE UPDATE OF community_id, tender_id, member_no, kind, expert_no, speciality, organisation, in_place_of, appointed_by, appointed_at, leaf_hash ON tender_member BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_name_sealed_stays BEFORE UPDATE OF name_sealed ON tender_member WHEN NEW.name_sealed IS NULL OR instr(OLD.name_sealed, '.') < 2 OR instr(NEW.name_sealed, '.') < 2 OR substr(NEW.name_sealed, 1, instr(NEW.name_sealed, '.')) = substr(OLD.name_sealed, 1, instr(OLD.name_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_phone_sealed_stays BEFORE UPDATE OF phone_sealed ON tender_member WHEN NEW.phone_sealed IS NULL OR instr(OLD.phone_sealed, '.') < 2 OR instr(NEW.phone_sealed, '.') < 2 OR substr(NEW.phone_sealed, 1, instr(NEW.phone_sealed, '.')) = substr(OLD.phone_sealed, 1, instr(OLD.phone_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_no_delete BEFORE DELETE ON tender_member BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_no_replace BEFORE INSERT ON tender_member WHEN EXISTS (SELECT 1 FROM tender_member WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'member_stale'); END;
CREATE TRIGGER tender_member_in_time BEFORE INSERT ON tender_member WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('opened', 'qualified')) OR EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'scoring_closed'); END;
CREATE TRIGGER tender_member_expert_once BEFORE INSERT ON tender_member WHEN NEW.expert_no IS NOT NULL AND EXISTS (SELECT 1 FROM tender_member WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND expert_no = NEW.expert_no) BEGIN SELECT RAISE(ABORT, 'member_stale'); END;

-- The personal link that a member's own telephone receives; a newer one ends those before it. Only the hash of its token is kept.
CREATE TABLE tender_member_link (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  token_hash TEXT NOT NULL CHECK (token_hash <> ''),
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no, generation),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_member (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_member_link_no_update BEFORE UPDATE ON tender_member_link BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_link_no_delete BEFORE DELETE ON tender_member_link BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_link_no_replace BEFORE INSERT ON tender_member_link WHEN EXISTS (SELECT 1 FROM tender_member_link WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no AND generation = NEW.generation) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE INDEX tender_member_link_by_token ON tender_member_link(community_id, token_hash);

-- A member's declaration that nothing ties them to a bidder or to the committee (TB 37). Whoever is tied stands in tender_member_left.
CREATE TABLE tender_member_answer (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  answered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_member (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_member_answer_no_update BEFORE UPDATE ON tender_member_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_answer_no_delete BEFORE DELETE ON tender_member_answer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_answer_no_replace BEFORE INSERT ON tender_member_answer WHEN EXISTS (SELECT 1 FROM tender_member_answer WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'member_answered'); END;
CREATE TABLE tender_member_left (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('declared', 'related', 'absent')),
  why TEXT NOT NULL CHECK (why <> ''),
  left_by TEXT NOT NULL,
  left_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_member (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_member_left_no_update BEFORE UPDATE ON tender_member_left BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_left_no_delete BEFORE DELETE ON tender_member_left BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_left_no_replace BEFORE INSERT ON tender_member_left WHEN EXISTS (SELECT 1 FROM tender_member_left WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'member_left'); END;

-- What was found of the papers of one bid in one lot (资格审查); corrected by a newer edition until the examination is decided.
CREATE TABLE tender_finding (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  shown TEXT NOT NULL CHECK (json_valid(shown)),
  void_why TEXT,
  found_by TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no, edition),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_finding_no_update BEFORE UPDATE ON tender_finding BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_finding_no_delete BEFORE DELETE ON tender_finding BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_finding_no_replace BEFORE INSERT ON tender_finding WHEN EXISTS (SELECT 1 FROM tender_finding WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_finding_in_time BEFORE INSERT ON tender_finding WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('opened')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;

-- The bids as the decided examination left them: those with void_why NULL are compared, and by these prices.
CREATE TABLE tender_compared (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  prices TEXT NOT NULL CHECK (json_valid(prices)),
  total_hundredths INTEGER,
  void_why TEXT,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  CHECK (void_why IS NOT NULL OR total_hundredths IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_compared_no_update BEFORE UPDATE ON tender_compared BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_compared_no_delete BEFORE DELETE ON tender_compared BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_compared_no_replace BEFORE INSERT ON tender_compared WHEN EXISTS (SELECT 1 FROM tender_compared WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_compared_in_time BEFORE INSERT ON tender_compared WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('opened')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;

-- A lot that came to nothing: too few bidders were left, or the owners chose none of the candidates.
CREATE TABLE tender_lot_over (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('few_bidders', 'none_chosen', 'quorum_not_met')),
  over_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_lot_over_no_update BEFORE UPDATE ON tender_lot_over BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_lot_over_no_delete BEFORE DELETE ON tender_lot_over BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_lot_over_no_replace BEFORE INSERT ON tender_lot_over WHEN EXISTS (SELECT 1 FROM tender_lot_over WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'lot_over'); END;

-- The time in which sheets are committed to. It closes with the last member's sheet, and only then may any be revealed.
CREATE TABLE tender_scoring (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_panel (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_scoring_no_delete BEFORE DELETE ON tender_scoring BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_scoring_no_replace BEFORE INSERT ON tender_scoring WHEN EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'scoring_open'); END;
CREATE TRIGGER tender_scoring_closes BEFORE UPDATE ON tender_scoring WHEN OLD.closed_at IS NOT NULL OR NEW.opened_by IS NOT OLD.opened_by OR NEW.opened_at IS NOT OLD.opened_at OR NEW.leaf_hash IS NOT OLD.leaf_hash OR NEW.tender_id IS NOT OLD.tender_id OR NEW.community_id IS NOT OLD.community_id BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_scoring_in_time BEFORE INSERT ON tender_scoring WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('qualified')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;
CREATE TRIGGER tender_member_left_in_time BEFORE INSERT ON tender_member_left WHEN EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'scoring_closed'); END;

-- Points for facts, in 0.01, with the evidence; corrected by a newer edition until the first sheet is committed to.
CREATE TABLE tender_fact (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  criterion TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  points INTEGER NOT NULL CHECK (points >= 0),
  evidence TEXT NOT NULL CHECK (evidence <> ''),
  given_by TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no, criterion, edition),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_fact_no_update BEFORE UPDATE ON tender_fact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_fact_no_delete BEFORE DELETE ON tender_fact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_fact_no_replace BEFORE INSERT ON tender_fact WHEN EXISTS (SELECT 1 FROM tender_fact WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no AND criterion = NEW.criterion AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_fact_in_time BEFORE INSERT ON tender_fact WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('qualified')) OR EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'scoring_open'); END;

-- A member's sheet as committed to. sheet_sealed keeps the sheet and its nonce for the member; nobody else is shown it before the time.
CREATE TABLE tender_sheet (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),
  sheet_sealed TEXT NOT NULL CHECK (sheet_sealed <> ''),
  committed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_member (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_scoring (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_sheet_no_update BEFORE UPDATE OF community_id, tender_id, member_no, commitment, committed_at, leaf_hash ON tender_sheet BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_sheet_sealed_stays BEFORE UPDATE OF sheet_sealed ON tender_sheet WHEN NEW.sheet_sealed IS NULL OR instr(OLD.sheet_sealed, '.') < 2 OR instr(NEW.sheet_sealed, '.') < 2 OR substr(NEW.sheet_sealed, 1, instr(NEW.sheet_sealed, '.')) = substr(OLD.sheet_sealed, 1, instr(OLD.sheet_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_no_delete BEFORE DELETE ON tender_sheet BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_no_replace BEFORE INSERT ON tender_sheet WHEN EXISTS (SELECT 1 FROM tender_sheet WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'sheet_committed'); END;
CREATE TRIGGER tender_sheet_in_time BEFORE INSERT ON tender_sheet WHEN EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM tender_member_left WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'scoring_closed'); END;
CREATE TABLE tender_sheet_revealed (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  sheet TEXT NOT NULL CHECK (json_valid(sheet)),
  nonce TEXT NOT NULL CHECK (length(nonce) = 32),
  revealed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_sheet (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_sheet_revealed_no_update BEFORE UPDATE ON tender_sheet_revealed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_revealed_no_delete BEFORE DELETE ON tender_sheet_revealed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_revealed_no_replace BEFORE INSERT ON tender_sheet_revealed WHEN EXISTS (SELECT 1 FROM tender_sheet_revealed WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'sheet_revealed'); END;
CREATE TRIGGER tender_sheet_revealed_in_time BEFORE INSERT ON tender_sheet_revealed WHEN NOT EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'scoring_open'); END;

-- Another sheet than was committed to, offered at the revealing: refused, and shown.
CREATE TABLE tender_sheet_mismatch (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  offered TEXT NOT NULL CHECK (length(offered) = 64),
  offered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no, offered),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_sheet (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_sheet_mismatch_no_update BEFORE UPDATE ON tender_sheet_mismatch BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_mismatch_no_delete BEFORE DELETE ON tender_sheet_mismatch BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_sheet_mismatch_no_replace BEFORE INSERT ON tender_sheet_mismatch WHEN EXISTS (SELECT 1 FROM tender_sheet_mismatch WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no AND offered = NEW.offered) BEGIN SELECT RAISE(ABORT, 'mismatch_known'); END;

-- The totals and ranks of every lot, and everything they were made from.
CREATE TABLE tender_result (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  inputs TEXT NOT NULL CHECK (json_valid(inputs)),
  results TEXT NOT NULL CHECK (json_valid(results)),
  seed TEXT NOT NULL CHECK (length(seed) = 64),
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_scoring (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_result_no_update BEFORE UPDATE ON tender_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_result_no_delete BEFORE DELETE ON tender_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_result_no_replace BEFORE INSERT ON tender_result WHEN EXISTS (SELECT 1 FROM tender_result WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'scored_already'); END;
-- Nothing is added up while one sheet is hidden.
CREATE TRIGGER tender_result_of_all BEFORE INSERT ON tender_result WHEN NOT EXISTS (SELECT 1 FROM tender_scoring WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM tender_member m WHERE m.community_id = NEW.community_id AND m.tender_id = NEW.tender_id AND NOT EXISTS (SELECT 1 FROM tender_member_left l WHERE l.community_id = m.community_id AND l.tender_id = m.tender_id AND l.member_no = m.member_no) AND NOT EXISTS (SELECT 1 FROM tender_sheet_revealed r WHERE r.community_id = m.community_id AND r.tender_id = m.tender_id AND r.member_no = m.member_no)) BEGIN SELECT RAISE(ABORT, 'sheets_missing'); END;

-- The members' names, public from the candidates' publication on (TB 37).
CREATE TABLE tender_member_named (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  member_no INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  named_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, tender_id, member_no),
  FOREIGN KEY (community_id, tender_id, member_no) REFERENCES tender_member (community_id, tender_id, member_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_member_named_no_update BEFORE UPDATE ON tender_member_named BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_named_no_delete BEFORE DELETE ON tender_member_named BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_named_no_replace BEFORE INSERT ON tender_member_named WHEN EXISTS (SELECT 1 FROM tender_member_named WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_member_named_in_time BEFORE INSERT ON tender_member_named WHEN NOT EXISTS (SELECT 1 FROM tender_result WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'names_withheld'); END;

-- What the owners are asked of a lot (CC 278 I 4): the item of a meeting. options is JSON in the order of the ballot:
-- [{"optionNo":1,"bidderNo":…,"bidderId":…,"label":…}].
CREATE TABLE tender_choice (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn > 0),
  meeting_id TEXT NOT NULL,
  options TEXT NOT NULL CHECK (json_valid(options)),
  options_hash TEXT NOT NULL CHECK (length(options_hash) = 64),
  placed_by TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, turn),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_choice_no_update BEFORE UPDATE ON tender_choice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_no_delete BEFORE DELETE ON tender_choice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_no_replace BEFORE INSERT ON tender_choice WHEN EXISTS (SELECT 1 FROM tender_choice WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND turn = NEW.turn) BEGIN SELECT RAISE(ABORT, 'choice_under_way'); END;
CREATE INDEX tender_choice_by_meeting ON tender_choice(community_id, meeting_id);
CREATE TABLE tender_choice_void (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('taken_back', 'withdrawn', 'annulled')),
  why TEXT NOT NULL,
  voided_by TEXT NOT NULL,
  voided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, turn),
  FOREIGN KEY (community_id, tender_id, lot_no, turn) REFERENCES tender_choice (community_id, tender_id, lot_no, turn)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_choice_void_no_update BEFORE UPDATE ON tender_choice_void BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_void_no_delete BEFORE DELETE ON tender_choice_void BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_void_no_replace BEFORE INSERT ON tender_choice_void WHEN EXISTS (SELECT 1 FROM tender_choice_void WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND turn = NEW.turn) BEGIN SELECT RAISE(ABORT, 'choice_over'); END;
CREATE TABLE tender_choice_result (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  run_no INTEGER NOT NULL CHECK (run_no > 0),
  verdict TEXT NOT NULL CHECK (verdict IN ('chosen', 'none_chosen', 'quorum_not_met')),
  option_no INTEGER,
  bidder_no INTEGER,
  settled_by TEXT NOT NULL,
  settled_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, turn),
  FOREIGN KEY (community_id, tender_id, lot_no, turn) REFERENCES tender_choice (community_id, tender_id, lot_no, turn),
  CHECK ((verdict = 'chosen') = (option_no IS NOT NULL AND bidder_no IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_choice_result_no_update BEFORE UPDATE ON tender_choice_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_result_no_delete BEFORE DELETE ON tender_choice_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_choice_result_no_replace BEFORE INSERT ON tender_choice_result WHEN EXISTS (SELECT 1 FROM tender_choice_result WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND turn = NEW.turn) BEGIN SELECT RAISE(ABORT, 'choice_over'); END;
CREATE TRIGGER tender_choice_one_at_a_time BEFORE INSERT ON tender_choice WHEN NEW.turn IS NOT coalesce((SELECT max(turn) FROM tender_choice WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no), 0) + 1 OR EXISTS (SELECT 1 FROM tender_lot_over WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) OR EXISTS (SELECT 1 FROM tender_choice c WHERE c.community_id = NEW.community_id AND c.tender_id = NEW.tender_id AND c.lot_no = NEW.lot_no AND NOT EXISTS (SELECT 1 FROM tender_choice_void v WHERE v.community_id = c.community_id AND v.tender_id = c.tender_id AND v.lot_no = c.lot_no AND v.turn = c.turn)) BEGIN SELECT RAISE(ABORT, 'choice_under_way'); END;
CREATE TRIGGER tender_choice_in_time BEFORE INSERT ON tender_choice WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('published', 'deciding')) BEGIN SELECT RAISE(ABORT, 'tender_stale'); END;
CREATE TRIGGER tender_choice_void_not_settled BEFORE INSERT ON tender_choice_void WHEN EXISTS (SELECT 1 FROM tender_choice_result WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND turn = NEW.turn) BEGIN SELECT RAISE(ABORT, 'choice_over'); END;
CREATE TRIGGER tender_choice_result_not_void BEFORE INSERT ON tender_choice_result WHEN EXISTS (SELECT 1 FROM tender_choice_void WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND turn = NEW.turn) BEGIN SELECT RAISE(ABORT, 'choice_over'); END;

-- Who serves a lot, by the owners' decision.
CREATE TABLE tender_award (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  bidder_no INTEGER NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  prices TEXT NOT NULL CHECK (json_valid(prices)),
  total_hundredths INTEGER NOT NULL,
  meeting_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  awarded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_award_no_update BEFORE UPDATE ON tender_award BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_award_no_delete BEFORE DELETE ON tender_award BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_award_no_replace BEFORE INSERT ON tender_award WHEN EXISTS (SELECT 1 FROM tender_award WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'awarded_already'); END;
-- Only a published count in which the owners chose this very bidder makes an award (CC 278 I 4).
CREATE TRIGGER tender_award_of_owners BEFORE INSERT ON tender_award WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('deciding')) OR NOT EXISTS (SELECT 1 FROM tender_choice c JOIN tender_choice_result r ON r.community_id = c.community_id AND r.tender_id = c.tender_id AND r.lot_no = c.lot_no AND r.turn = c.turn JOIN meeting g ON g.community_id = c.community_id AND g.meeting_id = c.meeting_id AND g.state IN ('published', 'final') JOIN count_run n ON n.community_id = c.community_id AND n.meeting_id = c.meeting_id AND n.run_no = r.run_no AND n.published_at IS NOT NULL JOIN count_result s ON s.community_id = n.community_id AND s.meeting_id = n.meeting_id AND s.run_no = n.run_no AND s.item_no = NEW.item_no AND s.basis = 'strict' AND s.result ->> 'outcome' = 'carried' AND EXISTS (SELECT 1 FROM json_each(s.result, '$.carried') j WHERE j.value = r.option_no) WHERE c.community_id = NEW.community_id AND c.tender_id = NEW.tender_id AND c.lot_no = NEW.lot_no AND c.meeting_id = NEW.meeting_id AND r.verdict = 'chosen' AND r.bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'award_undecided'); END;
