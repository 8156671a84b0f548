-- Contracts of who serves the estate, edition by edition; how they are paid, given on, ended and handed over; and how the service is watched.

CREATE TABLE tender_contract (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  -- The tender it was awarded in; null where an earlier document or the estate's own management stands behind it.
  tender_id TEXT,
  provider_name TEXT NOT NULL CHECK (provider_name <> ''),
  provider_code TEXT NOT NULL CHECK (provider_code <> ''),
  title TEXT NOT NULL CHECK (title <> ''),
  -- What it rests on: the award or a dated document.
  basis TEXT NOT NULL CHECK (json_valid(basis) AND json_extract(basis, '$.kind') IN ('award', 'earlier')),
  state TEXT NOT NULL CHECK (state IN ('drafted', 'signed', 'refused', 'withdrawn')),
  version INTEGER NOT NULL DEFAULT 1,
  -- The edition in force; of a draft, the only one.
  edition INTEGER NOT NULL DEFAULT 1 CHECK (edition > 0),
  -- The term as it stands, both days included.
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT NOT NULL CHECK (length(to_on) = 10),
  -- The last day, where one side ended it; null while nobody has.
  ends_on TEXT,
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decided_why TEXT,
  signed_on TEXT,
  filed_on TEXT,
  filed_words TEXT,
  filed_leaf TEXT,
  -- The day on which whoever follows took over; until then the old provider carries on (CC 950).
  taken_over_on TEXT,
  taken_over_leaf TEXT,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id),
  CHECK (to_on >= from_on),
  CHECK (state <> 'signed' OR (decided_by IS NOT NULL AND decided_by <> drafted_by AND signed_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_contract_number ON tender_contract(community_id, number);
CREATE INDEX tender_contract_by_state ON tender_contract(community_id, state, to_on);
CREATE INDEX tender_contract_by_provider ON tender_contract(community_id, provider_code, number);
CREATE INDEX tender_contract_by_tender ON tender_contract(community_id, tender_id);
CREATE TRIGGER tender_contract_no_delete BEFORE DELETE ON tender_contract BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contract_no_replace BEFORE INSERT ON tender_contract WHEN NEW.state <> 'drafted' OR EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND (contract_id = NEW.contract_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'contract_exists'); END;
CREATE TRIGGER tender_contract_as_drafted BEFORE UPDATE ON tender_contract WHEN NEW.version <= OLD.version OR NEW.edition < OLD.edition OR NEW.number IS NOT OLD.number OR NEW.tender_id IS NOT OLD.tender_id OR NEW.provider_name IS NOT OLD.provider_name OR NEW.provider_code IS NOT OLD.provider_code OR NEW.basis IS NOT OLD.basis OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contract_forward BEFORE UPDATE ON tender_contract WHEN OLD.state <> 'drafted' AND (NEW.state IS NOT OLD.state OR NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_at IS NOT OLD.decided_at OR NEW.decided_why IS NOT OLD.decided_why OR NEW.signed_on IS NOT OLD.signed_on OR NEW.from_on IS NOT OLD.from_on OR NEW.leaf_hash IS NOT OLD.leaf_hash) BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;
CREATE TRIGGER tender_contract_once BEFORE UPDATE ON tender_contract WHEN (OLD.filed_on IS NOT NULL AND NEW.filed_on IS NOT OLD.filed_on) OR (OLD.ends_on IS NOT NULL AND NEW.ends_on IS NOT OLD.ends_on) OR (OLD.taken_over_on IS NOT NULL AND NEW.taken_over_on IS NOT OLD.taken_over_on) OR (OLD.ends_on IS NOT NULL AND NEW.edition IS NOT OLD.edition) BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

-- What was agreed, edition by edition: the first, and every change and extension.
CREATE TABLE tender_contract_edition (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  kind TEXT NOT NULL CHECK (kind IN ('first', 'change', 'extension')),
  -- Canonical JSON of Terms, and its hex SHA-256.
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  terms_hash TEXT NOT NULL,
  why TEXT NOT NULL,
  -- The owners' carried item it rests on, where it needs one.
  decision TEXT CHECK (decision IS NULL OR json_valid(decision)),
  file TEXT NOT NULL CHECK (json_valid(file)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in_force', 'refused', 'withdrawn')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decided_why TEXT,
  signed_on TEXT,
  draft_leaf TEXT NOT NULL,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, contract_id, edition),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id),
  CHECK (state <> 'in_force' OR (decided_by IS NOT NULL AND decided_by <> drafted_by AND leaf_hash IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_contract_edition_no_delete BEFORE DELETE ON tender_contract_edition BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One change waits at a time: the next is drafted against what is in force.
CREATE TRIGGER tender_contract_edition_one BEFORE INSERT ON tender_contract_edition WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM tender_contract_edition WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND (edition = NEW.edition OR state = 'waiting')) BEGIN SELECT RAISE(ABORT, 'edition_waits'); END;
CREATE TRIGGER tender_contract_edition_as_drafted BEFORE UPDATE ON tender_contract_edition WHEN OLD.state <> 'waiting' OR NEW.kind IS NOT OLD.kind OR NEW.terms IS NOT OLD.terms OR NEW.terms_hash IS NOT OLD.terms_hash OR NEW.why IS NOT OLD.why OR NEW.decision IS NOT OLD.decision OR NEW.file IS NOT OLD.file OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

-- A lot has one contract that was signed.
CREATE TABLE tender_contract_lot (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  contract_id TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_contract_lot_no_update BEFORE UPDATE ON tender_contract_lot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contract_lot_no_delete BEFORE DELETE ON tender_contract_lot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contract_lot_no_replace BEFORE INSERT ON tender_contract_lot WHEN EXISTS (SELECT 1 FROM tender_contract_lot WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'lot_contracted'); END;

-- What the provider gives on to others (CC 941). A line that was wrong, or a contractor that left, is struck by the next line.
CREATE TABLE tender_subcontract (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  sub_no INTEGER NOT NULL CHECK (sub_no > 0),
  service TEXT NOT NULL,
  extent TEXT NOT NULL CHECK (extent IN ('whole', 'portion', 'none')),
  words TEXT NOT NULL,
  contractor_name TEXT NOT NULL,
  contractor_code TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  strikes INTEGER,
  registered_by TEXT NOT NULL,
  registered_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, sub_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_subcontract_no_update BEFORE UPDATE ON tender_subcontract BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_subcontract_no_delete BEFORE DELETE ON tender_subcontract BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_subcontract_no_replace BEFORE INSERT ON tender_subcontract WHEN EXISTS (SELECT 1 FROM tender_subcontract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND sub_no = NEW.sub_no) BEGIN SELECT RAISE(ABORT, 'subcontract_moved'); END;
CREATE TRIGGER tender_subcontract_of_signed BEFORE INSERT ON tender_subcontract WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;
CREATE TRIGGER tender_subcontract_struck_once BEFORE INSERT ON tender_subcontract WHEN NEW.sub_no IS NOT (SELECT coalesce(max(sub_no), 0) + 1 FROM tender_subcontract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id) OR EXISTS (SELECT 1 FROM tender_subcontract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND strikes = NEW.strikes) BEGIN SELECT RAISE(ABORT, 'subcontract_moved'); END;

-- A voucher that pays a line of the plan, with what was kept back for the service of a period.
CREATE TABLE tender_payment (
  community_id TEXT NOT NULL,
  voucher_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  plan_no INTEGER NOT NULL CHECK (plan_no > 0),
  deduct_fen INTEGER NOT NULL CHECK (deduct_fen >= 0),
  report_period TEXT,
  named_by TEXT NOT NULL,
  named_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, voucher_id),
  FOREIGN KEY (community_id, voucher_id) REFERENCES ledger_voucher (community_id, voucher_id),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_payment_by_contract ON tender_payment(community_id, contract_id, plan_no);
CREATE TRIGGER tender_payment_no_update BEFORE UPDATE ON tender_payment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_payment_no_delete BEFORE DELETE ON tender_payment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_payment_no_replace BEFORE INSERT ON tender_payment WHEN EXISTS (SELECT 1 FROM tender_payment WHERE community_id = NEW.community_id AND voucher_id = NEW.voucher_id) BEGIN SELECT RAISE(ABORT, 'payment_named'); END;
CREATE TRIGGER tender_payment_of_signed BEFORE INSERT ON tender_payment WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

-- How a contract ends before or after its term: notice, days, decision (CC 946-948).
CREATE TABLE tender_contract_ending (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  ending_no INTEGER NOT NULL CHECK (ending_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('dismissed', 'not_renewing', 'open_ended', 'agreed', 'expired')),
  by_side TEXT NOT NULL CHECK (by_side IN ('owners', 'provider', 'both')),
  -- The day on which the written notice reached the other side.
  noticed_on TEXT NOT NULL CHECK (length(noticed_on) = 10),
  ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
  why TEXT NOT NULL,
  decision TEXT CHECK (decision IS NULL OR json_valid(decision)),
  file TEXT NOT NULL CHECK (json_valid(file)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in_force', 'refused', 'withdrawn')),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  decided_why TEXT,
  draft_leaf TEXT NOT NULL,
  leaf_hash TEXT,
  PRIMARY KEY (community_id, contract_id, ending_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id),
  CHECK (state <> 'in_force' OR (decided_by IS NOT NULL AND decided_by <> drafted_by AND leaf_hash IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_contract_ending_no_delete BEFORE DELETE ON tender_contract_ending BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_contract_ending_one BEFORE INSERT ON tender_contract_ending WHEN NEW.state <> 'waiting' OR EXISTS (SELECT 1 FROM tender_contract_ending WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND (ending_no = NEW.ending_no OR state IN ('waiting', 'in_force'))) BEGIN SELECT RAISE(ABORT, 'ending_waits'); END;
CREATE TRIGGER tender_contract_ending_of_signed BEFORE INSERT ON tender_contract_ending WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;
CREATE TRIGGER tender_contract_ending_as_drafted BEFORE UPDATE ON tender_contract_ending WHEN OLD.state <> 'waiting' OR NEW.kind IS NOT OLD.kind OR NEW.by_side IS NOT OLD.by_side OR NEW.noticed_on IS NOT OLD.noticed_on OR NEW.ends_on IS NOT OLD.ends_on OR NEW.why IS NOT OLD.why OR NEW.decision IS NOT OLD.decision OR NEW.file IS NOT OLD.file OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.draft_leaf IS NOT OLD.draft_leaf BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

-- What the old provider hands over (CC 949), line by line, signed by both sides.
CREATE TABLE tender_takeover_line (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  line_no INTEGER NOT NULL CHECK (line_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('premises', 'facilities', 'records', 'deposits')),
  what TEXT NOT NULL CHECK (what <> ''),
  amount_fen INTEGER CHECK (amount_fen >= 0),
  strikes INTEGER,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, line_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_takeover_line_no_update BEFORE UPDATE ON tender_takeover_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_takeover_line_no_delete BEFORE DELETE ON tender_takeover_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_takeover_line_no_replace BEFORE INSERT ON tender_takeover_line WHEN EXISTS (SELECT 1 FROM tender_takeover_line WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND line_no = NEW.line_no) BEGIN SELECT RAISE(ABORT, 'line_exists'); END;
CREATE TRIGGER tender_takeover_line_struck_once BEFORE INSERT ON tender_takeover_line WHEN EXISTS (SELECT 1 FROM tender_takeover_line WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND strikes = NEW.strikes) BEGIN SELECT RAISE(ABORT, 'line_exists'); END;

CREATE TABLE tender_takeover_mark (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('gives', 'takes')),
  -- Who entered it: of the provider's side, from the signed sheet; of the owners' side, whoever took it.
  person_id TEXT NOT NULL,
  words TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, line_no, side),
  FOREIGN KEY (community_id, contract_id, line_no) REFERENCES tender_takeover_line (community_id, contract_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_takeover_mark_no_update BEFORE UPDATE ON tender_takeover_mark BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_takeover_mark_no_delete BEFORE DELETE ON tender_takeover_mark BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_takeover_mark_no_replace BEFORE INSERT ON tender_takeover_mark WHEN EXISTS (SELECT 1 FROM tender_takeover_mark WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND line_no = NEW.line_no AND side = NEW.side) BEGIN SELECT RAISE(ABORT, 'signed_already'); END;
CREATE TRIGGER tender_takeover_mark_not_struck BEFORE INSERT ON tender_takeover_mark WHEN EXISTS (SELECT 1 FROM tender_takeover_line WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND strikes = NEW.line_no) BEGIN SELECT RAISE(ABORT, 'struck_line'); END;
CREATE TRIGGER tender_takeover_mark_two_people BEFORE INSERT ON tender_takeover_mark WHEN EXISTS (SELECT 1 FROM tender_takeover_mark WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND line_no = NEW.line_no AND side <> NEW.side AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'signs_both_sides'); END;

-- An inspection sheet: one a month and building; a mistake is corrected by another sheet that names it.
CREATE TABLE tender_inspection (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  inspection_no INTEGER NOT NULL CHECK (inspection_no > 0),
  month TEXT NOT NULL CHECK (length(month) = 7),
  building TEXT NOT NULL CHECK (building <> ''),
  inspected_on TEXT NOT NULL CHECK (length(inspected_on) = 10),
  items TEXT NOT NULL CHECK (json_valid(items)),
  photos TEXT NOT NULL CHECK (json_valid(photos)),
  -- Points of a hundred the sheet gives, and of how many it could have given.
  points INTEGER NOT NULL CHECK (points >= 0 AND points <= of_points),
  of_points INTEGER NOT NULL CHECK (of_points > 0),
  corrects INTEGER,
  why TEXT NOT NULL,
  by_person TEXT NOT NULL,
  by_words TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, inspection_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_inspection_by_month ON tender_inspection(community_id, contract_id, month, building);
CREATE TRIGGER tender_inspection_no_update BEFORE UPDATE ON tender_inspection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_inspection_no_delete BEFORE DELETE ON tender_inspection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_inspection_no_replace BEFORE INSERT ON tender_inspection WHEN EXISTS (SELECT 1 FROM tender_inspection WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND inspection_no = NEW.inspection_no) BEGIN SELECT RAISE(ABORT, 'inspected_already'); END;
CREATE TRIGGER tender_inspection_of_signed BEFORE INSERT ON tender_inspection WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;
CREATE TRIGGER tender_inspection_one BEFORE INSERT ON tender_inspection WHEN (NEW.corrects IS NULL AND EXISTS (SELECT 1 FROM tender_inspection WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND month = NEW.month AND building = NEW.building)) OR (NEW.corrects IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM tender_inspection WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND inspection_no = NEW.corrects AND month = NEW.month AND building = NEW.building) OR EXISTS (SELECT 1 FROM tender_inspection WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND corrects = NEW.corrects))) BEGIN SELECT RAISE(ABORT, 'inspected_already'); END;

-- What a household thinks of the service in a period: once, and which household stands here only as a keyed hash.
CREATE TABLE tender_rating (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  period TEXT NOT NULL,
  household TEXT NOT NULL,
  scores TEXT NOT NULL CHECK (json_valid(scores)),
  total INTEGER NOT NULL CHECK (total >= count AND total <= 5 * count),
  count INTEGER NOT NULL CHECK (count > 0),
  words_sealed TEXT NOT NULL,
  -- A day and no more: when exactly somebody rated is nobody's business.
  rated_on TEXT NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, period, household),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_rating_no_delete BEFORE DELETE ON tender_rating BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_no_replace BEFORE INSERT ON tender_rating WHEN EXISTS (SELECT 1 FROM tender_rating WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND period = NEW.period AND household = NEW.household) BEGIN SELECT RAISE(ABORT, 'rated_already'); END;
CREATE TRIGGER tender_rating_as_given BEFORE UPDATE ON tender_rating WHEN NEW.contract_id IS NOT OLD.contract_id OR NEW.period IS NOT OLD.period OR NEW.household IS NOT OLD.household OR NEW.scores IS NOT OLD.scores OR NEW.total IS NOT OLD.total OR NEW.count IS NOT OLD.count OR NEW.rated_on IS NOT OLD.rated_on OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_words_sealed_stays BEFORE UPDATE OF words_sealed ON tender_rating WHEN OLD.words_sealed IS NOT NULL AND (NEW.words_sealed IS NULL OR instr(OLD.words_sealed, '.') < 2 OR instr(NEW.words_sealed, '.') < 2 OR substr(NEW.words_sealed, 1, instr(NEW.words_sealed, '.')) = substr(OLD.words_sealed, 1, instr(OLD.words_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_of_signed BEFORE INSERT ON tender_rating WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

-- What was reported to the provider, when it answered and when it was done (CC 285).
CREATE TABLE tender_request (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  request_no INTEGER NOT NULL CHECK (request_no > 0),
  what TEXT NOT NULL CHECK (what <> ''),
  place TEXT NOT NULL,
  reported_on TEXT NOT NULL CHECK (length(reported_on) = 10),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  entered_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, request_no),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_request_by_due ON tender_request(community_id, contract_id, due_on);
CREATE TRIGGER tender_request_no_update BEFORE UPDATE ON tender_request BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_no_delete BEFORE DELETE ON tender_request BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_no_replace BEFORE INSERT ON tender_request WHEN EXISTS (SELECT 1 FROM tender_request WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND request_no = NEW.request_no) BEGIN SELECT RAISE(ABORT, 'request_exists'); END;
CREATE TRIGGER tender_request_of_signed BEFORE INSERT ON tender_request WHEN NOT EXISTS (SELECT 1 FROM tender_contract WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND state = 'signed') BEGIN SELECT RAISE(ABORT, 'contract_moved'); END;

CREATE TABLE tender_request_step (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  request_no INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('answered', 'done')),
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  words TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, request_no, step),
  FOREIGN KEY (community_id, contract_id, request_no) REFERENCES tender_request (community_id, contract_id, request_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_request_step_no_update BEFORE UPDATE ON tender_request_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_step_no_delete BEFORE DELETE ON tender_request_step BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_request_step_no_replace BEFORE INSERT ON tender_request_step WHEN EXISTS (SELECT 1 FROM tender_request_step WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND request_no = NEW.request_no AND step = NEW.step) BEGIN SELECT RAISE(ABORT, 'request_moved'); END;

-- How the service of a period came out, as it was published: the figures, the formula and what follows for the money.
CREATE TABLE tender_service_report (
  community_id TEXT NOT NULL,
  contract_id TEXT NOT NULL,
  period TEXT NOT NULL,
  figures TEXT NOT NULL CHECK (json_valid(figures)),
  -- In 0.01 of a point of a hundred; null where there was nothing to score by.
  score INTEGER CHECK (score BETWEEN 0 AND 10000),
  deduct_fen INTEGER NOT NULL CHECK (deduct_fen >= 0),
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, contract_id, period),
  FOREIGN KEY (community_id, contract_id) REFERENCES tender_contract (community_id, contract_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_service_report_no_update BEFORE UPDATE ON tender_service_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_service_report_no_delete BEFORE DELETE ON tender_service_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_service_report_no_replace BEFORE INSERT ON tender_service_report WHEN EXISTS (SELECT 1 FROM tender_service_report WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'report_exists'); END;

-- Nothing of a period is added once its report stands.
CREATE TRIGGER tender_rating_before_report BEFORE INSERT ON tender_rating WHEN EXISTS (SELECT 1 FROM tender_service_report WHERE community_id = NEW.community_id AND contract_id = NEW.contract_id AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'rating_closed'); END;
