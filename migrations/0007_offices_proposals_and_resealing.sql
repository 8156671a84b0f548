-- Acts of office that wait for a second person: an appointment to a post with power over votes or offices, and the change of
-- the number such a person signs in with. And what may be changed in rows that otherwise only grow: the seal, under a newer key.

-- name and phone are sealed in details_sealed. person_id is empty for someone who was in no office before. An appointment's
-- proposal_id becomes the id of the tenure; phone_version is the version of the number that a change would replace.
CREATE TABLE office_proposal (
  community_id TEXT NOT NULL,
  proposal_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('appointment', 'number')),
  person_id TEXT NOT NULL,
  post_id TEXT,
  phone_version INTEGER,
  name_masked TEXT NOT NULL,
  details_sealed TEXT NOT NULL CHECK (details_sealed <> ''),
  proposed_by TEXT NOT NULL,
  proposed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > proposed_at),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, proposal_id),
  FOREIGN KEY (community_id, post_id) REFERENCES office_post (community_id, post_id),
  CHECK ((kind = 'appointment') = (post_id IS NOT NULL)),
  CHECK ((kind = 'number') = (phone_version IS NOT NULL)),
  CHECK (kind = 'appointment' OR person_id <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX office_proposal_by_time ON office_proposal(community_id, proposed_at);
CREATE INDEX office_proposal_by_expiry ON office_proposal(community_id, expires_at);

-- How a proposal ended: confirmed by a second officer or by the person with a code sent to the old number, or refused. One
-- that merely ran out has no row here.
CREATE TABLE office_proposal_end (
  community_id TEXT NOT NULL,
  proposal_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'refused')),
  way TEXT NOT NULL CHECK (way IN ('second', 'code', 'refusal')),
  why TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, proposal_id),
  FOREIGN KEY (community_id, proposal_id) REFERENCES office_proposal (community_id, proposal_id),
  CHECK ((outcome = 'refused') = (way = 'refusal'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER office_proposal_no_update BEFORE UPDATE OF community_id, proposal_id, kind, person_id, post_id, phone_version, name_masked, proposed_by, proposed_at, expires_at, leaf_hash ON office_proposal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_proposal_no_delete BEFORE DELETE ON office_proposal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_proposal_no_replace BEFORE INSERT ON office_proposal WHEN EXISTS (SELECT 1 FROM office_proposal WHERE community_id = NEW.community_id AND proposal_id = NEW.proposal_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One change of a person's number at a time: two that wait could each be confirmed by someone who knows of one.
CREATE TRIGGER office_proposal_one_number BEFORE INSERT ON office_proposal WHEN NEW.kind = 'number' AND EXISTS (SELECT 1 FROM office_proposal p WHERE p.community_id = NEW.community_id AND p.expires_at > NEW.proposed_at AND p.kind = 'number' AND p.person_id = NEW.person_id AND NOT EXISTS (SELECT 1 FROM office_proposal_end e WHERE e.community_id = p.community_id AND e.proposal_id = p.proposal_id)) BEGIN SELECT RAISE(ABORT, 'number_pending'); END;

CREATE TRIGGER office_proposal_end_no_update BEFORE UPDATE ON office_proposal_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_proposal_end_no_delete BEFORE DELETE ON office_proposal_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_proposal_end_once BEFORE INSERT ON office_proposal_end WHEN EXISTS (SELECT 1 FROM office_proposal_end WHERE community_id = NEW.community_id AND proposal_id = NEW.proposal_id) BEGIN SELECT RAISE(ABORT, 'proposal_over'); END;
CREATE TRIGGER office_proposal_end_in_time BEFORE INSERT ON office_proposal_end WHEN EXISTS (SELECT 1 FROM office_proposal p WHERE p.community_id = NEW.community_id AND p.proposal_id = NEW.proposal_id AND p.expires_at <= NEW.ended_at) BEGIN SELECT RAISE(ABORT, 'proposal_expired'); END;
-- Whoever proposed it and whomever it concerns are no second person, whatever the code above says.
CREATE TRIGGER office_proposal_end_by_another BEFORE INSERT ON office_proposal_end WHEN NEW.way = 'second' AND EXISTS (SELECT 1 FROM office_proposal p WHERE p.community_id = NEW.community_id AND p.proposal_id = NEW.proposal_id AND NEW.ended_by IN (p.proposed_by, p.person_id)) BEGIN SELECT RAISE(ABORT, 'own_proposal'); END;
CREATE TRIGGER office_proposal_end_by_holder BEFORE INSERT ON office_proposal_end WHEN NEW.way = 'code' AND NOT EXISTS (SELECT 1 FROM office_proposal p WHERE p.community_id = NEW.community_id AND p.proposal_id = NEW.proposal_id AND p.kind = 'number' AND p.person_id = NEW.ended_by) BEGIN SELECT RAISE(ABORT, 'own_proposal'); END;

-- ——— Sealing anew ———

-- How far a community has come in putting its sealed data under the key `key_id`: which column, behind which row, and what this pass has found.
-- Done when a whole pass finds nothing under an older key.
CREATE TABLE resealing (
  community_id TEXT NOT NULL,
  key_id TEXT NOT NULL CHECK (key_id <> ''),
  step INTEGER NOT NULL CHECK (step >= 0),
  at_column TEXT NOT NULL,
  behind TEXT NOT NULL CHECK (json_valid(behind)),
  found INTEGER NOT NULL CHECK (found >= 0),
  rows INTEGER NOT NULL CHECK (rows >= 0),
  files INTEGER NOT NULL CHECK (files >= 0),
  began_at INTEGER NOT NULL,
  done_at INTEGER,
  PRIMARY KEY (community_id, key_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER resealing_no_delete BEFORE DELETE ON resealing BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER resealing_ends BEFORE UPDATE ON resealing WHEN OLD.done_at IS NOT NULL OR NEW.step IS NOT OLD.step + 1 BEGIN SELECT RAISE(ABORT, 'resealing_moved'); END;

-- Tables that only grow let their sealed column be written again, and nothing else of a row. Each such column then has a trigger of its
-- own: what was sealed stays sealed, and only another key's number may stand in front (see docs/decisions/016).
DROP TRIGGER roll_change_no_update;
CREATE TRIGGER roll_change_no_update BEFORE UPDATE OF community_id, change_no, change_id, kind, from_on, unit_id, details, salt, leaf_hash, changed_by, changed_at ON roll_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER party_detail_no_update;
CREATE TRIGGER party_detail_no_update BEFORE UPDATE OF community_id, party_id, version, kind, masked_name, masked_phone, masked_number, name_hash, phone_hash, phone_tail_hash, id_hash, id_tail_hash, owner_no_hash, change_id ON party_detail BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER pii_read_no_update;
CREATE TRIGGER pii_read_no_update BEFORE UPDATE OF community_id, read_id, read_at, read_by, what, party_id, fields, people ON pii_read BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER snapshot_designation_no_update;
CREATE TRIGGER snapshot_designation_no_update BEFORE UPDATE OF community_id, meeting_id, voter_no, designation_no, party_id, voted_as, salt, leaf_hash, recorded_by, recorded_at ON snapshot_designation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER contact_event_no_update;
CREATE TRIGGER contact_event_no_update BEFORE UPDATE OF community_id, meeting_id, voter_no, event_no, kind, at, by_person ON contact_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER office_person_no_update;
CREATE TRIGGER office_person_no_update BEFORE UPDATE OF community_id, person_id, name_masked, name_hash, recorded_by, recorded_at ON office_person BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER office_person_phone_no_update;
CREATE TRIGGER office_person_phone_no_update BEFORE UPDATE OF community_id, person_id, version, phone_masked, phone_hash, recorded_by, recorded_at ON office_person_phone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER roll_objection_as_written;
CREATE TRIGGER roll_objection_as_written BEFORE UPDATE OF community_id, objection_id, meeting_id, snapshot_id, voter_no, raised_by, raised_at, due_at, salt, leaf_hash, outcome, answered_by, answered_at, answer_leaf_hash ON roll_objection WHEN NEW.community_id IS NOT OLD.community_id OR NEW.objection_id IS NOT OLD.objection_id OR NEW.meeting_id IS NOT OLD.meeting_id OR NEW.snapshot_id IS NOT OLD.snapshot_id OR NEW.voter_no IS NOT OLD.voter_no OR NEW.raised_by IS NOT OLD.raised_by OR NEW.raised_at IS NOT OLD.raised_at OR NEW.due_at IS NOT OLD.due_at OR NEW.salt IS NOT OLD.salt OR NEW.leaf_hash IS NOT OLD.leaf_hash OR (OLD.outcome IS NOT NULL AND NEW.outcome IS NOT OLD.outcome) OR (OLD.answered_by IS NOT NULL AND NEW.answered_by IS NOT OLD.answered_by) OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS NOT OLD.answered_at) OR (OLD.answer_leaf_hash IS NOT NULL AND NEW.answer_leaf_hash IS NOT OLD.answer_leaf_hash) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER proxy_as_recorded;
CREATE TRIGGER proxy_as_recorded BEFORE UPDATE OF community_id, meeting_id, proxy_id, voter_no, agent_masked, agent_key, terms, file_id, recorded_by, recorded_at, revoked_at, revoked_by, used_at ON proxy WHEN NEW.voter_no IS NOT OLD.voter_no OR NEW.agent_masked IS NOT OLD.agent_masked OR NEW.agent_key IS NOT OLD.agent_key OR NEW.terms IS NOT OLD.terms OR NEW.file_id IS NOT OLD.file_id OR NEW.recorded_by IS NOT OLD.recorded_by OR NEW.recorded_at IS NOT OLD.recorded_at OR OLD.revoked_at IS NOT NULL OR OLD.used_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'append_only'); END;
DROP TRIGGER objection_answered_once;
CREATE TRIGGER objection_answered_once BEFORE UPDATE OF community_id, meeting_id, objection_id, about, voter_no, wants_recount, made_at, due_on, answer, answered_by, answered_at, leaf_hash ON objection WHEN OLD.answered_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'already_answered'); END;
CREATE TRIGGER roll_change_note_sealed_stays BEFORE UPDATE OF note_sealed ON roll_change WHEN OLD.note_sealed IS NOT NULL AND (NEW.note_sealed IS NULL OR instr(OLD.note_sealed, '.') < 2 OR instr(NEW.note_sealed, '.') < 2 OR substr(NEW.note_sealed, 1, instr(NEW.note_sealed, '.')) = substr(OLD.note_sealed, 1, instr(OLD.note_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER party_detail_sealed_stays BEFORE UPDATE OF sealed ON party_detail WHEN OLD.sealed IS NOT NULL AND (NEW.sealed IS NULL OR instr(OLD.sealed, '.') < 2 OR instr(NEW.sealed, '.') < 2 OR substr(NEW.sealed, 1, instr(NEW.sealed, '.')) = substr(OLD.sealed, 1, instr(OLD.sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER pii_read_why_sealed_stays BEFORE UPDATE OF why_sealed ON pii_read WHEN OLD.why_sealed IS NOT NULL AND (NEW.why_sealed IS NULL OR instr(OLD.why_sealed, '.') < 2 OR instr(NEW.why_sealed, '.') < 2 OR substr(NEW.why_sealed, 1, instr(NEW.why_sealed, '.')) = substr(OLD.why_sealed, 1, instr(OLD.why_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER snapshot_designation_note_sealed_stays BEFORE UPDATE OF note_sealed ON snapshot_designation WHEN OLD.note_sealed IS NOT NULL AND (NEW.note_sealed IS NULL OR instr(OLD.note_sealed, '.') < 2 OR instr(NEW.note_sealed, '.') < 2 OR substr(NEW.note_sealed, 1, instr(NEW.note_sealed, '.')) = substr(OLD.note_sealed, 1, instr(OLD.note_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER contact_event_note_stays BEFORE UPDATE OF note ON contact_event WHEN OLD.note IS NOT NULL AND (NEW.note IS NULL OR instr(OLD.note, '.') < 2 OR instr(NEW.note, '.') < 2 OR substr(NEW.note, 1, instr(NEW.note, '.')) = substr(OLD.note, 1, instr(OLD.note, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_name_sealed_stays BEFORE UPDATE OF name_sealed ON office_person WHEN OLD.name_sealed IS NOT NULL AND (NEW.name_sealed IS NULL OR instr(OLD.name_sealed, '.') < 2 OR instr(NEW.name_sealed, '.') < 2 OR substr(NEW.name_sealed, 1, instr(NEW.name_sealed, '.')) = substr(OLD.name_sealed, 1, instr(OLD.name_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_phone_phone_sealed_stays BEFORE UPDATE OF phone_sealed ON office_person_phone WHEN OLD.phone_sealed IS NOT NULL AND (NEW.phone_sealed IS NULL OR instr(OLD.phone_sealed, '.') < 2 OR instr(NEW.phone_sealed, '.') < 2 OR substr(NEW.phone_sealed, 1, instr(NEW.phone_sealed, '.')) = substr(OLD.phone_sealed, 1, instr(OLD.phone_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER roll_objection_text_sealed_stays BEFORE UPDATE OF text_sealed ON roll_objection WHEN OLD.text_sealed IS NOT NULL AND (NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER roll_objection_answer_sealed_stays BEFORE UPDATE OF answer_sealed ON roll_objection WHEN OLD.answer_sealed IS NOT NULL AND (NEW.answer_sealed IS NULL OR instr(OLD.answer_sealed, '.') < 2 OR instr(NEW.answer_sealed, '.') < 2 OR substr(NEW.answer_sealed, 1, instr(NEW.answer_sealed, '.')) = substr(OLD.answer_sealed, 1, instr(OLD.answer_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER proxy_agent_sealed_stays BEFORE UPDATE OF agent_sealed ON proxy WHEN OLD.agent_sealed IS NOT NULL AND (NEW.agent_sealed IS NULL OR instr(OLD.agent_sealed, '.') < 2 OR instr(NEW.agent_sealed, '.') < 2 OR substr(NEW.agent_sealed, 1, instr(NEW.agent_sealed, '.')) = substr(OLD.agent_sealed, 1, instr(OLD.agent_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER objection_text_sealed_stays BEFORE UPDATE OF text_sealed ON objection WHEN OLD.text_sealed IS NOT NULL AND (NEW.text_sealed IS NULL OR instr(OLD.text_sealed, '.') < 2 OR instr(NEW.text_sealed, '.') < 2 OR substr(NEW.text_sealed, 1, instr(NEW.text_sealed, '.')) = substr(OLD.text_sealed, 1, instr(OLD.text_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_proposal_details_sealed_stays BEFORE UPDATE OF details_sealed ON office_proposal WHEN OLD.details_sealed IS NOT NULL AND (NEW.details_sealed IS NULL OR instr(OLD.details_sealed, '.') < 2 OR instr(NEW.details_sealed, '.') < 2 OR substr(NEW.details_sealed, 1, instr(NEW.details_sealed, '.')) = substr(OLD.details_sealed, 1, instr(OLD.details_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
