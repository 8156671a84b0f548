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
