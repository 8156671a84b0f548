-- The auditor's workspace: an engagement, its frozen population, seeds committed to and samples drawn, ticks, findings with the
-- committee's responses, and the opinion. Everything here only grows; an engagement's state goes forward alone.

-- books is a JSON list. auditor_shown is what the public reads of who leads it. response_due_on stands once the findings were sent.
CREATE TABLE audit_engagement (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  commission TEXT NOT NULL CHECK (commission IN ('assembly', 'committee', 'street', 'term_end', 'owners_request')),
  basis TEXT NOT NULL CHECK (basis <> ''),
  books TEXT NOT NULL CHECK (json_valid(books)),
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT NOT NULL CHECK (length(to_on) = 10),
  firm TEXT NOT NULL CHECK (firm <> ''),
  credit_code TEXT NOT NULL CHECK (credit_code <> ''),
  auditor_person_id TEXT NOT NULL,
  auditor_shown TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope <> ''),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('opened', 'sampling', 'fieldwork', 'draft_sent', 'responses', 'published', 'ended')),
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  response_due_on TEXT,
  ended_by TEXT,
  ended_at INTEGER,
  ended_why TEXT,
  end_leaf TEXT,
  PRIMARY KEY (community_id, engagement_id),
  CHECK (from_on <= to_on),
  CHECK ((state = 'ended') = (ended_why IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX audit_engagement_number ON audit_engagement(community_id, number);
CREATE INDEX audit_engagement_by_state ON audit_engagement(community_id, state, number);
CREATE TRIGGER audit_engagement_no_delete BEFORE DELETE ON audit_engagement BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_engagement_no_replace BEFORE INSERT ON audit_engagement WHEN EXISTS (SELECT 1 FROM audit_engagement WHERE community_id = NEW.community_id AND (engagement_id = NEW.engagement_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_engagement_begins BEFORE INSERT ON audit_engagement WHEN NEW.state <> 'opened' BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;
CREATE TRIGGER audit_engagement_as_opened BEFORE UPDATE ON audit_engagement WHEN NEW.community_id IS NOT OLD.community_id OR NEW.engagement_id IS NOT OLD.engagement_id OR NEW.number IS NOT OLD.number OR NEW.commission IS NOT OLD.commission OR NEW.basis IS NOT OLD.basis OR NEW.books IS NOT OLD.books OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR NEW.firm IS NOT OLD.firm OR NEW.credit_code IS NOT OLD.credit_code OR NEW.auditor_person_id IS NOT OLD.auditor_person_id OR NEW.auditor_shown IS NOT OLD.auditor_shown OR NEW.scope IS NOT OLD.scope OR NEW.due_on IS NOT OLD.due_on OR NEW.opened_by IS NOT OLD.opened_by OR NEW.opened_at IS NOT OLD.opened_at OR NEW.leaf_hash IS NOT OLD.leaf_hash OR (OLD.response_due_on IS NOT NULL AND NEW.response_due_on IS NOT OLD.response_due_on) OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NOT OLD.ended_at OR NEW.ended_by IS NOT OLD.ended_by OR NEW.ended_why IS NOT OLD.ended_why OR NEW.end_leaf IS NOT OLD.end_leaf)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_engagement_forward BEFORE UPDATE ON audit_engagement WHEN NEW.state IS NOT OLD.state AND NOT ((OLD.state = 'opened' AND NEW.state IN ('sampling', 'ended')) OR (OLD.state = 'sampling' AND NEW.state IN ('fieldwork', 'ended')) OR (OLD.state = 'fieldwork' AND NEW.state IN ('draft_sent', 'ended')) OR (OLD.state = 'draft_sent' AND NEW.state IN ('responses', 'published', 'ended')) OR (OLD.state = 'responses' AND NEW.state IN ('published', 'ended'))) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;
CREATE TRIGGER audit_engagement_closed_stands BEFORE UPDATE ON audit_engagement WHEN OLD.state IN ('published', 'ended') BEGIN SELECT RAISE(ABORT, 'audit_over'); END;

-- What is to be drawn from, as it stood: how many vouchers, what they move together, and the SHA-256 of their list.
CREATE TABLE audit_population (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  vouchers INTEGER NOT NULL CHECK (vouchers > 0),
  total_fen INTEGER NOT NULL CHECK (total_fen > 0),
  list_hash TEXT NOT NULL CHECK (length(list_hash) = 64),
  log_size INTEGER NOT NULL CHECK (log_size >= 0),
  frozen_by TEXT NOT NULL,
  frozen_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id),
  FOREIGN KEY (community_id, engagement_id) REFERENCES audit_engagement (community_id, engagement_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_population_no_update BEFORE UPDATE ON audit_population BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_population_no_delete BEFORE DELETE ON audit_population BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_population_once BEFORE INSERT ON audit_population WHEN EXISTS (SELECT 1 FROM audit_population WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id) BEGIN SELECT RAISE(ABORT, 'frozen_already'); END;
CREATE TRIGGER audit_population_in_state BEFORE INSERT ON audit_population WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state = 'opened') BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;

-- The seed of the next sample is committed to before anybody chooses how it is drawn; it stays sealed until it is.
CREATE TABLE audit_seed (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  sample_no INTEGER NOT NULL CHECK (sample_no > 0),
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),
  seed_sealed TEXT NOT NULL CHECK (seed_sealed <> ''),
  committed_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, engagement_id, sample_no),
  FOREIGN KEY (community_id, engagement_id) REFERENCES audit_engagement (community_id, engagement_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_seed_no_update BEFORE UPDATE OF community_id, engagement_id, sample_no, commitment, committed_at ON audit_seed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_seed_no_delete BEFORE DELETE ON audit_seed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_seed_once BEFORE INSERT ON audit_seed WHEN EXISTS (SELECT 1 FROM audit_seed WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND sample_no = NEW.sample_no) BEGIN SELECT RAISE(ABORT, 'seed_committed'); END;
CREATE TRIGGER audit_seed_seed_sealed_stays BEFORE UPDATE OF seed_sealed ON audit_seed WHEN OLD.seed_sealed IS NOT NULL AND (NEW.seed_sealed IS NULL OR instr(OLD.seed_sealed, '.') < 2 OR instr(NEW.seed_sealed, '.') < 2 OR substr(NEW.seed_sealed, 1, instr(NEW.seed_sealed, '.')) = substr(OLD.seed_sealed, 1, instr(OLD.seed_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A sample drawn: how, with which revealed seed, and which vouchers. related and drawn are JSON lists of references.
CREATE TABLE audit_sample (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  sample_no INTEGER NOT NULL CHECK (sample_no > 0),
  asked TEXT NOT NULL CHECK (json_valid(asked)),
  seed TEXT NOT NULL CHECK (length(seed) = 64),
  related TEXT NOT NULL CHECK (json_valid(related)),
  drawn TEXT NOT NULL CHECK (json_valid(drawn) AND json_array_length(drawn) > 0),
  drawn_hash TEXT NOT NULL CHECK (length(drawn_hash) = 64),
  drawn_by TEXT NOT NULL,
  drawn_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id, sample_no),
  FOREIGN KEY (community_id, engagement_id, sample_no) REFERENCES audit_seed (community_id, engagement_id, sample_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_sample_no_update BEFORE UPDATE ON audit_sample BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_sample_no_delete BEFORE DELETE ON audit_sample BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_sample_once BEFORE INSERT ON audit_sample WHEN EXISTS (SELECT 1 FROM audit_sample WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND sample_no = NEW.sample_no) BEGIN SELECT RAISE(ABORT, 'sample_drawn'); END;
CREATE TRIGGER audit_sample_in_state BEFORE INSERT ON audit_sample WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state IN ('sampling', 'fieldwork')) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;

-- The working sheet: each voucher that was drawn, once, by whichever sample drew it first.
CREATE TABLE audit_item (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  item_no INTEGER NOT NULL CHECK (item_no > 0),
  voucher_id TEXT NOT NULL,
  sample_no INTEGER NOT NULL,
  PRIMARY KEY (community_id, engagement_id, item_no),
  FOREIGN KEY (community_id, engagement_id, sample_no) REFERENCES audit_sample (community_id, engagement_id, sample_no),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX audit_item_of_voucher ON audit_item(community_id, engagement_id, voucher_id);
CREATE TRIGGER audit_item_no_update BEFORE UPDATE ON audit_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_item_no_delete BEFORE DELETE ON audit_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_item_no_replace BEFORE INSERT ON audit_item WHEN EXISTS (SELECT 1 FROM audit_item WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND (item_no = NEW.item_no OR voucher_id = NEW.voucher_id)) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What the auditor found of one point of one voucher. A correction is the next turn; the newest turn is what holds.
CREATE TABLE audit_tick (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  point TEXT NOT NULL CHECK (point IN ('file', 'amount', 'counterparty', 'approval', 'decision', 'period', 'bank')),
  turn INTEGER NOT NULL CHECK (turn > 0),
  result TEXT NOT NULL CHECK (result IN ('agrees', 'exception', 'not_applicable')),
  note_sealed TEXT NOT NULL,
  ticked_by TEXT NOT NULL,
  ticked_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id, item_no, point, turn),
  FOREIGN KEY (community_id, engagement_id, item_no) REFERENCES audit_item (community_id, engagement_id, item_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_tick_no_update BEFORE UPDATE OF community_id, engagement_id, item_no, point, turn, result, ticked_by, ticked_at, leaf_hash ON audit_tick BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_tick_no_delete BEFORE DELETE ON audit_tick BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_tick_next BEFORE INSERT ON audit_tick WHEN NEW.turn IS NOT (SELECT coalesce(max(t.turn), 0) + 1 FROM audit_tick t WHERE t.community_id = NEW.community_id AND t.engagement_id = NEW.engagement_id AND t.item_no = NEW.item_no AND t.point = NEW.point) BEGIN SELECT RAISE(ABORT, 'tick_stale'); END;
CREATE TRIGGER audit_tick_in_state BEFORE INSERT ON audit_tick WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state IN ('fieldwork', 'draft_sent', 'responses')) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;
CREATE TRIGGER audit_tick_note_sealed_stays BEFORE UPDATE OF note_sealed ON audit_tick WHEN OLD.note_sealed IS NOT NULL AND (NEW.note_sealed IS NULL OR instr(OLD.note_sealed, '.') < 2 OR instr(NEW.note_sealed, '.') < 2 OR substr(NEW.note_sealed, 1, instr(NEW.note_sealed, '.')) = substr(OLD.note_sealed, 1, instr(OLD.note_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A finding. `items` is a JSON list of numbers of the working sheet; `strikes` the finding it takes the place of, before they are sent.
CREATE TABLE audit_finding (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  finding_no INTEGER NOT NULL CHECK (finding_no > 0),
  severity TEXT NOT NULL CHECK (severity IN ('minor', 'significant', 'serious')),
  text TEXT NOT NULL CHECK (text <> ''),
  items TEXT NOT NULL CHECK (json_valid(items)),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  recommendation TEXT NOT NULL CHECK (recommendation <> ''),
  strikes INTEGER,
  found_by TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id, finding_no),
  FOREIGN KEY (community_id, engagement_id) REFERENCES audit_engagement (community_id, engagement_id),
  FOREIGN KEY (community_id, engagement_id, strikes) REFERENCES audit_finding (community_id, engagement_id, finding_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_finding_no_update BEFORE UPDATE ON audit_finding BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_finding_no_delete BEFORE DELETE ON audit_finding BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_finding_no_replace BEFORE INSERT ON audit_finding WHEN EXISTS (SELECT 1 FROM audit_finding WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND finding_no = NEW.finding_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_finding_struck_once BEFORE INSERT ON audit_finding WHEN NEW.strikes IS NOT NULL AND EXISTS (SELECT 1 FROM audit_finding f WHERE f.community_id = NEW.community_id AND f.engagement_id = NEW.engagement_id AND f.strikes = NEW.strikes) BEGIN SELECT RAISE(ABORT, 'finding_struck'); END;
CREATE TRIGGER audit_finding_in_state BEFORE INSERT ON audit_finding WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state = 'fieldwork') BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;

CREATE TABLE audit_response (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  finding_no INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  responded_by TEXT NOT NULL,
  responded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id, finding_no),
  FOREIGN KEY (community_id, engagement_id, finding_no) REFERENCES audit_finding (community_id, engagement_id, finding_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_response_no_update BEFORE UPDATE ON audit_response BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_response_no_delete BEFORE DELETE ON audit_response BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_response_once BEFORE INSERT ON audit_response WHEN EXISTS (SELECT 1 FROM audit_response WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND finding_no = NEW.finding_no) BEGIN SELECT RAISE(ABORT, 'responded_already'); END;
CREATE TRIGGER audit_response_in_state BEFORE INSERT ON audit_response WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state IN ('draft_sent', 'responses')) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;

-- What the auditor makes of a finding once the committee answered, or let its days pass.
CREATE TABLE audit_conclusion (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  finding_no INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('stands', 'remedied', 'dropped')),
  text TEXT NOT NULL CHECK (text <> ''),
  concluded_by TEXT NOT NULL,
  concluded_on TEXT NOT NULL CHECK (length(concluded_on) = 10),
  concluded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id, finding_no),
  FOREIGN KEY (community_id, engagement_id, finding_no) REFERENCES audit_finding (community_id, engagement_id, finding_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_conclusion_no_update BEFORE UPDATE ON audit_conclusion BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_conclusion_no_delete BEFORE DELETE ON audit_conclusion BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_conclusion_once BEFORE INSERT ON audit_conclusion WHEN EXISTS (SELECT 1 FROM audit_conclusion WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id AND finding_no = NEW.finding_no) BEGIN SELECT RAISE(ABORT, 'concluded_already'); END;
CREATE TRIGGER audit_conclusion_in_state BEFORE INSERT ON audit_conclusion WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state IN ('draft_sent', 'responses')) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;
CREATE TRIGGER audit_conclusion_after_hearing BEFORE INSERT ON audit_conclusion WHEN NOT EXISTS (SELECT 1 FROM audit_response r WHERE r.community_id = NEW.community_id AND r.engagement_id = NEW.engagement_id AND r.finding_no = NEW.finding_no) AND NEW.concluded_on <= (SELECT e.response_due_on FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id) BEGIN SELECT RAISE(ABORT, 'response_awaited'); END;
CREATE TRIGGER audit_response_before_conclusion BEFORE INSERT ON audit_response WHEN EXISTS (SELECT 1 FROM audit_conclusion c WHERE c.community_id = NEW.community_id AND c.engagement_id = NEW.engagement_id AND c.finding_no = NEW.finding_no) BEGIN SELECT RAISE(ABORT, 'concluded_already'); END;

-- The opinion, with the report as it was handed in. It comes last: no finding is left open.
CREATE TABLE audit_opinion (
  community_id TEXT NOT NULL,
  engagement_id TEXT NOT NULL,
  opinion TEXT NOT NULL CHECK (opinion IN ('unqualified', 'qualified', 'adverse', 'disclaimer')),
  words TEXT NOT NULL CHECK (words <> ''),
  report_file_id TEXT NOT NULL,
  report_name TEXT NOT NULL,
  report_sha256 TEXT NOT NULL CHECK (length(report_sha256) = 64),
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, engagement_id),
  FOREIGN KEY (community_id, engagement_id) REFERENCES audit_engagement (community_id, engagement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_opinion_by_day ON audit_opinion(community_id, published_at);
CREATE TRIGGER audit_opinion_no_update BEFORE UPDATE ON audit_opinion BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_opinion_no_delete BEFORE DELETE ON audit_opinion BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_opinion_once BEFORE INSERT ON audit_opinion WHEN EXISTS (SELECT 1 FROM audit_opinion WHERE community_id = NEW.community_id AND engagement_id = NEW.engagement_id) BEGIN SELECT RAISE(ABORT, 'audit_over'); END;
CREATE TRIGGER audit_opinion_in_state BEFORE INSERT ON audit_opinion WHEN NOT EXISTS (SELECT 1 FROM audit_engagement e WHERE e.community_id = NEW.community_id AND e.engagement_id = NEW.engagement_id AND e.state IN ('draft_sent', 'responses')) BEGIN SELECT RAISE(ABORT, 'wrong_audit_state'); END;
CREATE TRIGGER audit_opinion_last BEFORE INSERT ON audit_opinion WHEN EXISTS (SELECT 1 FROM audit_finding f WHERE f.community_id = NEW.community_id AND f.engagement_id = NEW.engagement_id AND NOT EXISTS (SELECT 1 FROM audit_finding s WHERE s.community_id = f.community_id AND s.engagement_id = f.engagement_id AND s.strikes = f.finding_no) AND NOT EXISTS (SELECT 1 FROM audit_conclusion c WHERE c.community_id = f.community_id AND c.engagement_id = f.engagement_id AND c.finding_no = f.finding_no)) BEGIN SELECT RAISE(ABORT, 'finding_open'); END;
