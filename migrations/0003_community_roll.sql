-- The roll: units with their dated facts, owners with their sealed data, who held what from when to when; imports;
-- the frozen snapshots meetings are held by; and who read whose personal data.

-- Every change of the roll, numbered without gaps; the highest number is the roll's version. why and evidence are sealed.
CREATE TABLE roll_change (
  community_id TEXT NOT NULL,
  change_no INTEGER NOT NULL CHECK (change_no > 0),
  change_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'sale', 'inheritance', 'gift', 'judgment', 'split', 'merge', 'correction', 'designation', 'guardian', 'contact', 'facts')),
  from_on TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  unit_id TEXT,
  details TEXT NOT NULL CHECK (json_valid(details)),
  note_sealed TEXT NOT NULL,
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, change_no),
  UNIQUE (community_id, change_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX roll_change_by_unit ON roll_change(community_id, unit_id, change_no) WHERE unit_id IS NOT NULL;
CREATE TRIGGER roll_change_no_update BEFORE UPDATE ON roll_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER roll_change_no_delete BEFORE DELETE ON roll_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One trigger refuses a gap, a second change under one number, and INSERT OR REPLACE: two people who both saw version n cannot both write n + 1.
CREATE TRIGGER roll_change_next_only BEFORE INSERT ON roll_change WHEN NEW.change_no IS NOT coalesce((SELECT max(change_no) FROM roll_change WHERE community_id = NEW.community_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'roll_stale'); END;
CREATE TRIGGER roll_change_once BEFORE INSERT ON roll_change WHEN EXISTS (SELECT 1 FROM roll_change WHERE community_id = NEW.community_id AND change_id = NEW.change_id) BEGIN SELECT RAISE(ABORT, 'roll_change_exists'); END;

-- 专有部分: what makes it itself never changes. sort_key is its place with digits padded, so that 2栋 comes before 10栋.
CREATE TABLE unit (
  community_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  building TEXT NOT NULL CHECK (building <> ''),
  entrance TEXT NOT NULL,
  room TEXT NOT NULL CHECK (room <> ''),
  sort_key TEXT NOT NULL CHECK (sort_key <> ''),
  change_id TEXT NOT NULL,
  PRIMARY KEY (community_id, unit_id),
  UNIQUE (community_id, sort_key, building, entrance, room)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unit_no_update BEFORE UPDATE ON unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER unit_no_delete BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Two triggers, not one with OR: SQLite would walk through the whole community for each row.
CREATE TRIGGER unit_no_replace BEFORE INSERT ON unit WHEN EXISTS (SELECT 1 FROM unit WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'unit_exists'); END;
CREATE TRIGGER unit_place_once BEFORE INSERT ON unit WHEN EXISTS (SELECT 1 FROM unit WHERE community_id = NEW.community_id AND sort_key = NEW.sort_key AND building = NEW.building AND entrance = NEW.entrance AND room = NEW.room) BEGIN SELECT RAISE(ABORT, 'unit_exists'); END;

-- How many units each building has and between which places they lie, kept by the statement that adds units: a list finds its page by
-- them instead of counting the estate.
CREATE TABLE roll_building (
  community_id TEXT NOT NULL,
  building TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  first_key TEXT NOT NULL,
  last_key TEXT NOT NULL CHECK (last_key >= first_key),
  PRIMARY KEY (community_id, building)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER roll_building_no_delete BEFORE DELETE ON roll_building BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER roll_building_grows BEFORE UPDATE ON roll_building WHEN NEW.units <= OLD.units OR NEW.first_key > OLD.first_key OR NEW.last_key < OLD.last_key BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What holds of a unit from a day on, until a later row: the areas known by source (C1), kind and state. A correction of
-- the same day is the next revision.
CREATE TABLE unit_fact (
  community_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  register_dm2 INTEGER CHECK (register_dm2 > 0),
  survey_dm2 INTEGER CHECK (survey_dm2 > 0),
  contract_dm2 INTEGER CHECK (contract_dm2 > 0),
  kind TEXT NOT NULL CHECK (kind IN ('residence', 'shop', 'office', 'parking', 'storage', 'other')),
  state TEXT NOT NULL CHECK (state IN ('delivered', 'undelivered', 'unsold', 'retired')),
  change_id TEXT NOT NULL,
  PRIMARY KEY (community_id, unit_id, from_on, revision),
  FOREIGN KEY (community_id, unit_id) REFERENCES unit (community_id, unit_id),
  CHECK (coalesce(register_dm2, survey_dm2, contract_dm2) IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unit_fact_no_update BEFORE UPDATE ON unit_fact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER unit_fact_no_delete BEFORE DELETE ON unit_fact BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER unit_fact_no_replace BEFORE INSERT ON unit_fact WHEN EXISTS (SELECT 1 FROM unit_fact WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id AND from_on = NEW.from_on AND revision = NEW.revision) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- An owner, or a guardian. Everything personal is in party_detail, sealed.
CREATE TABLE party (
  community_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (community_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER party_no_update BEFORE UPDATE ON party BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER party_no_delete BEFORE DELETE ON party BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER party_no_replace BEFORE INSERT ON party WHEN EXISTS (SELECT 1 FROM party WHERE community_id = NEW.community_id AND party_id = NEW.party_id) BEGIN SELECT RAISE(ABORT, 'party_exists'); END;

-- The newest version counts. sealed is one JSON of name, document, last four, phone and owner's number; the hashes are
-- keyed, and find it by equality; the masks are what pages show.
CREATE TABLE party_detail (
  community_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  kind TEXT NOT NULL CHECK (kind IN ('natural', 'legal', 'developer')),
  sealed TEXT NOT NULL CHECK (sealed <> ''),
  masked_name TEXT NOT NULL CHECK (masked_name <> ''),
  masked_phone TEXT,
  masked_number TEXT,
  name_hash TEXT NOT NULL,
  phone_hash TEXT,
  phone_tail_hash TEXT,
  id_hash TEXT,
  id_tail_hash TEXT,
  owner_no_hash TEXT,
  change_id TEXT NOT NULL,
  PRIMARY KEY (community_id, party_id, version),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_detail_by_name ON party_detail(community_id, name_hash);
CREATE INDEX party_detail_by_phone ON party_detail(community_id, phone_hash) WHERE phone_hash IS NOT NULL;
CREATE TRIGGER party_detail_no_update BEFORE UPDATE ON party_detail BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER party_detail_no_delete BEFORE DELETE ON party_detail BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER party_detail_no_replace BEFORE INSERT ON party_detail WHEN EXISTS (SELECT 1 FROM party_detail WHERE community_id = NEW.community_id AND party_id = NEW.party_id AND version = NEW.version) BEGIN SELECT RAISE(ABORT, 'party_changed_meanwhile'); END;

-- Who owns a unit (role owner) and which co-owner votes for it (role designated), from a day until before another. Ended
-- once, never reopened; a row written in error is voided and stays.
CREATE TABLE holding (
  community_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  holding_no INTEGER NOT NULL CHECK (holding_no > 0),
  party_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'designated')),
  basis TEXT NOT NULL CHECK (basis IN ('registered', 'possession')),
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT CHECK (to_on >= from_on),
  opened_by TEXT NOT NULL,
  closed_by TEXT,
  voided_by TEXT,
  PRIMARY KEY (community_id, unit_id, holding_no),
  FOREIGN KEY (community_id, unit_id) REFERENCES unit (community_id, unit_id),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id),
  CHECK ((to_on IS NULL) = (closed_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_by_party ON holding(community_id, party_id);
CREATE UNIQUE INDEX holding_one_designated ON holding(community_id, unit_id) WHERE role = 'designated' AND to_on IS NULL AND voided_by IS NULL;
CREATE TRIGGER holding_no_delete BEFORE DELETE ON holding BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER holding_no_replace BEFORE INSERT ON holding WHEN EXISTS (SELECT 1 FROM holding WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id AND holding_no = NEW.holding_no) BEGIN SELECT RAISE(ABORT, 'roll_stale'); END;
CREATE TRIGGER holding_designated_stays BEFORE INSERT ON holding WHEN NEW.role = 'designated' AND EXISTS (SELECT 1 FROM holding WHERE community_id = NEW.community_id AND unit_id = NEW.unit_id AND role = 'designated' AND to_on IS NULL AND voided_by IS NULL) BEGIN SELECT RAISE(ABORT, 'roll_stale'); END;
CREATE TRIGGER holding_as_written BEFORE UPDATE ON holding WHEN NEW.community_id IS NOT OLD.community_id OR NEW.unit_id IS NOT OLD.unit_id OR NEW.holding_no IS NOT OLD.holding_no OR NEW.party_id IS NOT OLD.party_id OR NEW.role IS NOT OLD.role OR NEW.basis IS NOT OLD.basis OR NEW.from_on IS NOT OLD.from_on OR NEW.opened_by IS NOT OLD.opened_by OR (OLD.to_on IS NOT NULL AND NEW.to_on IS NOT OLD.to_on) OR (OLD.closed_by IS NOT NULL AND NEW.closed_by IS NOT OLD.closed_by) OR (OLD.voided_by IS NOT NULL AND NEW.voided_by IS NOT OLD.voided_by) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Who votes for one without full capacity (C4), from a day until before another.
CREATE TABLE guardianship (
  community_id TEXT NOT NULL,
  ward_id TEXT NOT NULL,
  guardianship_no INTEGER NOT NULL CHECK (guardianship_no > 0),
  guardian_id TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (length(from_on) = 10),
  to_on TEXT CHECK (to_on >= from_on),
  opened_by TEXT NOT NULL,
  closed_by TEXT,
  PRIMARY KEY (community_id, ward_id, guardianship_no),
  FOREIGN KEY (community_id, ward_id) REFERENCES party (community_id, party_id),
  FOREIGN KEY (community_id, guardian_id) REFERENCES party (community_id, party_id),
  CHECK (ward_id <> guardian_id),
  CHECK ((to_on IS NULL) = (closed_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX guardianship_by_guardian ON guardianship(community_id, guardian_id);
CREATE UNIQUE INDEX guardianship_one ON guardianship(community_id, ward_id) WHERE to_on IS NULL;
CREATE TRIGGER guardianship_no_delete BEFORE DELETE ON guardianship BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER guardianship_no_replace BEFORE INSERT ON guardianship WHEN EXISTS (SELECT 1 FROM guardianship WHERE community_id = NEW.community_id AND ward_id = NEW.ward_id AND guardianship_no = NEW.guardianship_no) BEGIN SELECT RAISE(ABORT, 'roll_stale'); END;
CREATE TRIGGER guardianship_stays BEFORE INSERT ON guardianship WHEN EXISTS (SELECT 1 FROM guardianship WHERE community_id = NEW.community_id AND ward_id = NEW.ward_id AND to_on IS NULL) BEGIN SELECT RAISE(ABORT, 'roll_stale'); END;
CREATE TRIGGER guardianship_as_written BEFORE UPDATE ON guardianship WHEN NEW.community_id IS NOT OLD.community_id OR NEW.ward_id IS NOT OLD.ward_id OR NEW.guardianship_no IS NOT OLD.guardianship_no OR NEW.guardian_id IS NOT OLD.guardian_id OR NEW.from_on IS NOT OLD.from_on OR NEW.opened_by IS NOT OLD.opened_by OR (OLD.to_on IS NOT NULL AND NEW.to_on IS NOT OLD.to_on) OR (OLD.closed_by IS NOT NULL AND NEW.closed_by IS NOT OLD.closed_by) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- An import on its way: read and checked, being written, written, or given up. A job of work, not a record of what holds.
CREATE TABLE import_job (
  community_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('checked', 'writing', 'written', 'abandoned')),
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
  as_of TEXT NOT NULL CHECK (length(as_of) = 10),
  summary TEXT NOT NULL CHECK (json_valid(summary)),
  made_by TEXT NOT NULL,
  parsed_at INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  writing_at INTEGER,
  written_at INTEGER,
  change_id TEXT,
  PRIMARY KEY (community_id, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_job_by_time ON import_job(community_id, parsed_at);
CREATE TRIGGER import_job_no_delete BEFORE DELETE ON import_job BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER import_job_no_replace BEFORE INSERT ON import_job WHEN EXISTS (SELECT 1 FROM import_job WHERE community_id = NEW.community_id AND job_id = NEW.job_id) BEGIN SELECT RAISE(ABORT, 'import_exists'); END;
CREATE TRIGGER import_job_ends BEFORE UPDATE ON import_job WHEN OLD.stage IN ('written', 'abandoned') BEGIN SELECT RAISE(ABORT, 'import_over'); END;

-- The staged rows of a job, sealed, in parts below D1's row size. Erased when the job is over: the roll has them then.
CREATE TABLE import_part (
  community_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  part_no INTEGER NOT NULL CHECK (part_no >= 0),
  sealed TEXT NOT NULL,
  PRIMARY KEY (community_id, job_id, part_no),
  FOREIGN KEY (community_id, job_id) REFERENCES import_job (community_id, job_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER import_part_no_update BEFORE UPDATE ON import_part BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER import_part_no_delete BEFORE DELETE ON import_part WHEN EXISTS (SELECT 1 FROM import_job WHERE community_id = OLD.community_id AND job_id = OLD.job_id AND stage NOT IN ('written', 'abandoned')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Who saw whose personal data in clear, when and why. party_id is null where it was many at once (an export).
CREATE TABLE pii_read (
  community_id TEXT NOT NULL,
  read_id TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  read_by TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('reveal', 'export', 'contact')),
  party_id TEXT,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  people INTEGER NOT NULL CHECK (people >= 0),
  why_sealed TEXT NOT NULL,
  PRIMARY KEY (community_id, read_at, read_id)
) STRICT, WITHOUT ROWID;
-- Messages read thousands of numbers; what people read must not drown in them.
CREATE INDEX pii_read_by_people ON pii_read(community_id, read_at, read_id) WHERE read_by <> 'outbox';
CREATE INDEX pii_read_by_party ON pii_read(community_id, party_id, read_at) WHERE party_id IS NOT NULL;
CREATE TRIGGER pii_read_no_update BEFORE UPDATE ON pii_read BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER pii_read_no_delete BEFORE DELETE ON pii_read BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER pii_read_no_replace BEFORE INSERT ON pii_read WHEN EXISTS (SELECT 1 FROM pii_read WHERE community_id = NEW.community_id AND read_at = NEW.read_at AND read_id = NEW.read_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The roll as a meeting is held by it: frozen at notice, and again with the next version when a correction is admitted.
CREATE TABLE snapshot (
  community_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  as_of TEXT NOT NULL CHECK (length(as_of) = 10),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  owners INTEGER NOT NULL CHECK (owners >= 0),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  next_voter_no INTEGER NOT NULL CHECK (next_voter_no >= owners),
  root TEXT NOT NULL CHECK (length(root) = 64),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  why TEXT NOT NULL,
  roll_version INTEGER NOT NULL,
  frozen_by TEXT NOT NULL,
  frozen_at INTEGER NOT NULL,
  objections_until INTEGER NOT NULL,
  PRIMARY KEY (community_id, snapshot_id),
  UNIQUE (community_id, meeting_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER snapshot_no_update BEFORE UPDATE ON snapshot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_no_delete BEFORE DELETE ON snapshot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_next_only BEFORE INSERT ON snapshot WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM snapshot WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'snapshot_stale'); END;
CREATE TRIGGER snapshot_once BEFORE INSERT ON snapshot WHEN EXISTS (SELECT 1 FROM snapshot WHERE community_id = NEW.community_id AND snapshot_id = NEW.snapshot_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- One head of a snapshot. reason and designation are words of community/rules.ts; salt opens the head's leaf under the root.
CREATE TABLE snapshot_voter (
  community_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL CHECK (voter_no >= 0),
  position INTEGER NOT NULL CHECK (position >= 0),
  head_key TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 > 0),
  designation TEXT NOT NULL CHECK (json_valid(designation)),
  voting_party_id TEXT,
  owner_ids TEXT NOT NULL CHECK (json_valid(owner_ids)),
  masked_name TEXT NOT NULL,
  overlaps INTEGER NOT NULL CHECK (overlaps IN (0, 1)),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (community_id, snapshot_id, voter_no),
  FOREIGN KEY (community_id, snapshot_id) REFERENCES snapshot (community_id, snapshot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_voter_by_party ON snapshot_voter(community_id, voting_party_id, snapshot_id) WHERE voting_party_id IS NOT NULL;
CREATE TRIGGER snapshot_voter_no_update BEFORE UPDATE ON snapshot_voter BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_voter_no_delete BEFORE DELETE ON snapshot_voter BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_voter_no_replace BEFORE INSERT ON snapshot_voter WHEN EXISTS (SELECT 1 FROM snapshot_voter WHERE community_id = NEW.community_id AND snapshot_id = NEW.snapshot_id AND voter_no = NEW.voter_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The units of a head as they stood, counted or only listed (C6). In order of voter, so that a ballot reads only its own.
CREATE TABLE snapshot_unit (
  community_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  unit_id TEXT NOT NULL,
  building TEXT NOT NULL,
  entrance TEXT NOT NULL,
  room TEXT NOT NULL,
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 > 0),
  area_source TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  basis TEXT NOT NULL,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  PRIMARY KEY (community_id, snapshot_id, voter_no, unit_id),
  FOREIGN KEY (community_id, snapshot_id, voter_no) REFERENCES snapshot_voter (community_id, snapshot_id, voter_no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX snapshot_unit_by_building ON snapshot_unit(community_id, snapshot_id, building, unit_id, voter_no, area_dm2, counted);
CREATE TRIGGER snapshot_unit_no_update BEFORE UPDATE ON snapshot_unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_unit_no_delete BEFORE DELETE ON snapshot_unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_unit_no_replace BEFORE INSERT ON snapshot_unit WHEN EXISTS (SELECT 1 FROM snapshot_unit WHERE community_id = NEW.community_id AND snapshot_id = NEW.snapshot_id AND voter_no = NEW.voter_no AND unit_id = NEW.unit_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Heads and area per building, summed when frozen, so that a page of turnout reads a few rows and not the roll.
CREATE TABLE snapshot_building (
  community_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  building TEXT NOT NULL,
  position INTEGER NOT NULL,
  owners INTEGER NOT NULL CHECK (owners > 0),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 > 0),
  PRIMARY KEY (community_id, snapshot_id, building),
  FOREIGN KEY (community_id, snapshot_id) REFERENCES snapshot (community_id, snapshot_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER snapshot_building_no_update BEFORE UPDATE ON snapshot_building BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_building_no_delete BEFORE DELETE ON snapshot_building BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_building_no_replace BEFORE INSERT ON snapshot_building WHEN EXISTS (SELECT 1 FROM snapshot_building WHERE community_id = NEW.community_id AND snapshot_id = NEW.snapshot_id AND building = NEW.building) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Who votes for a head of a meeting, where that was settled after the roll was frozen (C3, C4): the newest counts.
CREATE TABLE snapshot_designation (
  community_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  designation_no INTEGER NOT NULL CHECK (designation_no > 0),
  party_id TEXT NOT NULL,
  voted_as TEXT NOT NULL CHECK (voted_as IN ('owner', 'designated', 'guardian')),
  note_sealed TEXT NOT NULL,
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, meeting_id, voter_no, designation_no),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER snapshot_designation_no_update BEFORE UPDATE ON snapshot_designation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_designation_no_delete BEFORE DELETE ON snapshot_designation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_designation_no_replace BEFORE INSERT ON snapshot_designation WHEN EXISTS (SELECT 1 FROM snapshot_designation WHERE community_id = NEW.community_id AND meeting_id = NEW.meeting_id AND voter_no = NEW.voter_no AND designation_no >= NEW.designation_no) BEGIN SELECT RAISE(ABORT, 'designation_stale'); END;

-- An owner's objection to an entry of a frozen roll, and its answer. Both texts are sealed; answered once.
CREATE TABLE roll_objection (
  community_id TEXT NOT NULL,
  objection_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  voter_no INTEGER NOT NULL,
  raised_by TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  text_sealed TEXT NOT NULL,
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  leaf_hash TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('upheld', 'rejected')),
  answer_sealed TEXT,
  answered_by TEXT,
  answered_at INTEGER,
  answer_leaf_hash TEXT,
  PRIMARY KEY (community_id, objection_id),
  FOREIGN KEY (community_id, snapshot_id, voter_no) REFERENCES snapshot_voter (community_id, snapshot_id, voter_no),
  CHECK ((outcome IS NULL) = (answered_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX roll_objection_by_meeting ON roll_objection(community_id, meeting_id, answered_at, raised_at);
CREATE TRIGGER roll_objection_no_delete BEFORE DELETE ON roll_objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER roll_objection_no_replace BEFORE INSERT ON roll_objection WHEN EXISTS (SELECT 1 FROM roll_objection WHERE community_id = NEW.community_id AND objection_id = NEW.objection_id) BEGIN SELECT RAISE(ABORT, 'objection_exists'); END;
CREATE TRIGGER roll_objection_as_written BEFORE UPDATE ON roll_objection WHEN NEW.community_id IS NOT OLD.community_id OR NEW.objection_id IS NOT OLD.objection_id OR NEW.meeting_id IS NOT OLD.meeting_id OR NEW.snapshot_id IS NOT OLD.snapshot_id OR NEW.voter_no IS NOT OLD.voter_no OR NEW.raised_by IS NOT OLD.raised_by OR NEW.raised_at IS NOT OLD.raised_at OR NEW.due_at IS NOT OLD.due_at OR NEW.text_sealed IS NOT OLD.text_sealed OR NEW.salt IS NOT OLD.salt OR NEW.leaf_hash IS NOT OLD.leaf_hash OR (OLD.outcome IS NOT NULL AND NEW.outcome IS NOT OLD.outcome) OR (OLD.answer_sealed IS NOT NULL AND NEW.answer_sealed IS NOT OLD.answer_sealed) OR (OLD.answered_by IS NOT NULL AND NEW.answered_by IS NOT OLD.answered_by) OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS NOT OLD.answered_at) OR (OLD.answer_leaf_hash IS NOT NULL AND NEW.answer_leaf_hash IS NOT OLD.answer_leaf_hash) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
