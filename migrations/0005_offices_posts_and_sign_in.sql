-- Bodies, their posts, who holds which from when to when and by which act; and how office-holders sign in.
-- Kinds are words of offices/rules.ts, not CHECKs: a district adds a level without a migration.

CREATE TABLE office_body (
  community_id TEXT NOT NULL,
  body_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  level TEXT NOT NULL DEFAULT '',
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  parent_id TEXT,
  formed_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, body_id),
  FOREIGN KEY (community_id, parent_id) REFERENCES office_body (community_id, body_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER office_body_no_update BEFORE UPDATE ON office_body BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_body_no_delete BEFORE DELETE ON office_body BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_body_no_replace BEFORE INSERT ON office_body WHEN EXISTS (SELECT 1 FROM office_body WHERE community_id = NEW.community_id AND body_id = NEW.body_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE office_post (
  community_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  body_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  title_zh TEXT NOT NULL CHECK (title_zh <> ''),
  title_en TEXT NOT NULL CHECK (title_en <> ''),
  seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 999),
  position INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, post_id),
  FOREIGN KEY (community_id, body_id) REFERENCES office_body (community_id, body_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER office_post_no_update BEFORE UPDATE ON office_post BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_post_no_delete BEFORE DELETE ON office_post BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_post_no_replace BEFORE INSERT ON office_post WHEN EXISTS (SELECT 1 FROM office_post WHERE community_id = NEW.community_id AND post_id = NEW.post_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE office_person (
  community_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name_sealed TEXT NOT NULL,
  name_masked TEXT NOT NULL,
  name_hash TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_person_by_name ON office_person(community_id, name_hash);
CREATE TRIGGER office_person_no_update BEFORE UPDATE ON office_person BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_no_delete BEFORE DELETE ON office_person BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_no_replace BEFORE INSERT ON office_person WHEN EXISTS (SELECT 1 FROM office_person WHERE community_id = NEW.community_id AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- A person's number for signing in; the newest counts, and no two people have the same at one time.
CREATE TABLE office_person_phone (
  community_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  phone_sealed TEXT NOT NULL,
  phone_masked TEXT NOT NULL,
  phone_hash TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, person_id, version),
  FOREIGN KEY (community_id, person_id) REFERENCES office_person (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_person_by_phone ON office_person_phone(community_id, phone_hash);
CREATE TRIGGER office_person_phone_no_update BEFORE UPDATE ON office_person_phone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_phone_no_delete BEFORE DELETE ON office_person_phone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_person_phone_no_replace BEFORE INSERT ON office_person_phone WHEN EXISTS (SELECT 1 FROM office_person_phone WHERE community_id = NEW.community_id AND person_id = NEW.person_id AND version >= NEW.version) BEGIN SELECT RAISE(ABORT, 'phone_changed_meanwhile'); END;
CREATE TRIGGER office_person_phone_one_person BEFORE INSERT ON office_person_phone WHEN EXISTS (SELECT 1 FROM office_person_phone p WHERE p.community_id = NEW.community_id AND p.phone_hash = NEW.phone_hash AND p.person_id <> NEW.person_id AND p.version = (SELECT max(n.version) FROM office_person_phone n WHERE n.community_id = p.community_id AND n.person_id = p.person_id)) BEGIN SELECT RAISE(ABORT, 'phone_taken'); END;

-- Holding a post: from an instant, until one where the term or the box of time is known, by an act. salt opens the leaf's
-- commitment to name and document.
CREATE TABLE office_tenure (
  community_id TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER CHECK (until_at > from_at),
  act_kind TEXT NOT NULL CHECK (act_kind <> ''),
  act_document TEXT NOT NULL CHECK (act_document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tenure_id),
  FOREIGN KEY (community_id, post_id) REFERENCES office_post (community_id, post_id),
  FOREIGN KEY (community_id, person_id) REFERENCES office_person (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_tenure_by_post ON office_tenure(community_id, post_id, from_at);
CREATE INDEX office_tenure_by_person ON office_tenure(community_id, person_id, from_at);
CREATE INDEX office_tenure_by_time ON office_tenure(community_id, recorded_at);

-- The act that ended it. An end may be brought forward by a later act, never put off.
CREATE TABLE office_tenure_end (
  community_id TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  act_kind TEXT NOT NULL CHECK (act_kind <> ''),
  act_document TEXT NOT NULL CHECK (act_document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tenure_id, ended_at),
  FOREIGN KEY (community_id, tenure_id) REFERENCES office_tenure (community_id, tenure_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_tenure_end_by_time ON office_tenure_end(community_id, recorded_at);

-- When each tenure truly ran: the earlier of its planned and its acted end, the largest safe integer where there is none.
CREATE VIEW office_span AS SELECT t.community_id, t.tenure_id, t.post_id, t.person_id, t.from_at, min(coalesce(t.until_at, 9007199254740991), coalesce((SELECT min(e.ended_at) FROM office_tenure_end e WHERE e.community_id = t.community_id AND e.tenure_id = t.tenure_id), 9007199254740991)) AS until_at FROM office_tenure t;

CREATE TRIGGER office_tenure_no_update BEFORE UPDATE ON office_tenure BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_tenure_no_delete BEFORE DELETE ON office_tenure BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_tenure_no_replace BEFORE INSERT ON office_tenure WHEN EXISTS (SELECT 1 FROM office_tenure WHERE community_id = NEW.community_id AND tenure_id = NEW.tenure_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_tenure_not_twice BEFORE INSERT ON office_tenure WHEN EXISTS (SELECT 1 FROM office_span s WHERE s.community_id = NEW.community_id AND s.person_id = NEW.person_id AND s.post_id = NEW.post_id AND s.until_at > s.from_at AND s.from_at < coalesce(NEW.until_at, 9007199254740991) AND s.until_at > NEW.from_at) BEGIN SELECT RAISE(ABORT, 'holds_it_already'); END;
-- As many at once as the post has seats. The most at once within a span is reached at its start or where another begins.
CREATE TRIGGER office_tenure_seats BEFORE INSERT ON office_tenure WHEN EXISTS (SELECT 1 FROM (SELECT NEW.from_at AS at UNION ALL SELECT s.from_at FROM office_span s WHERE s.community_id = NEW.community_id AND s.post_id = NEW.post_id AND s.from_at > NEW.from_at AND s.from_at < coalesce(NEW.until_at, 9007199254740991)) start WHERE (SELECT count(*) FROM office_span h WHERE h.community_id = NEW.community_id AND h.post_id = NEW.post_id AND h.from_at <= start.at AND h.until_at > start.at) >= (SELECT p.seats FROM office_post p WHERE p.community_id = NEW.community_id AND p.post_id = NEW.post_id)) BEGIN SELECT RAISE(ABORT, 'post_taken'); END;

CREATE TRIGGER office_tenure_end_no_update BEFORE UPDATE ON office_tenure_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_tenure_end_no_delete BEFORE DELETE ON office_tenure_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_tenure_end_forward_only BEFORE INSERT ON office_tenure_end WHEN EXISTS (SELECT 1 FROM office_span s WHERE s.community_id = NEW.community_id AND s.tenure_id = NEW.tenure_id AND s.until_at <= NEW.ended_at) BEGIN SELECT RAISE(ABORT, 'ended_already'); END;
CREATE TRIGGER office_tenure_end_not_before_start BEFORE INSERT ON office_tenure_end WHEN NEW.ended_at < (SELECT t.from_at FROM office_tenure t WHERE t.community_id = NEW.community_id AND t.tenure_id = NEW.tenure_id) BEGIN SELECT RAISE(ABORT, 'ends_before_start'); END;

-- A signed-in browser. The cookie carries the id; the row is what a revocation speaks of. challenge_id makes a repeated right
-- code the same session; it is empty for a session the demo opened.
CREATE TABLE staff_session (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > began_at),
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, person_id) REFERENCES office_person (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX staff_session_by_challenge ON staff_session(community_id, challenge_id) WHERE challenge_id <> '';
CREATE INDEX staff_session_by_end ON staff_session(community_id, ends_at);
CREATE INDEX staff_session_by_person ON staff_session(community_id, person_id, ends_at);
CREATE TRIGGER staff_session_no_update BEFORE UPDATE ON staff_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER staff_session_no_delete BEFORE DELETE ON staff_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER staff_session_no_replace BEFORE INSERT ON staff_session WHEN EXISTS (SELECT 1 FROM staff_session WHERE community_id = NEW.community_id AND (session_id = NEW.session_id OR (challenge_id <> '' AND challenge_id = NEW.challenge_id))) BEGIN SELECT RAISE(ABORT, 'session_exists'); END;

CREATE TABLE staff_session_end (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  ended_by TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('signed_out', 'signed_out_everywhere', 'revoked', 'phone_changed')),
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, session_id) REFERENCES staff_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER staff_session_end_no_update BEFORE UPDATE ON staff_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER staff_session_end_no_delete BEFORE DELETE ON staff_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER staff_session_end_once BEFORE INSERT ON staff_session_end WHEN EXISTS (SELECT 1 FROM staff_session_end WHERE community_id = NEW.community_id AND session_id = NEW.session_id) BEGIN SELECT RAISE(ABORT, 'session_ended'); END;

-- A code that was asked for. The code itself is derived from this row's id with a secret and is stored nowhere. person_id is
-- empty where the number is nobody's: such a row is treated like any other, so that asking tells nothing.
CREATE TABLE sign_in_challenge (
  community_id TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  phone_hash TEXT NOT NULL,
  person_id TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > asked_at),
  PRIMARY KEY (community_id, challenge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_challenge_by_phone ON sign_in_challenge(community_id, phone_hash, asked_at);
CREATE INDEX sign_in_challenge_by_time ON sign_in_challenge(community_id, asked_at);
CREATE TRIGGER sign_in_challenge_no_update BEFORE UPDATE ON sign_in_challenge BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_challenge_no_delete BEFORE DELETE ON sign_in_challenge BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_challenge_once BEFORE INSERT ON sign_in_challenge WHEN EXISTS (SELECT 1 FROM sign_in_challenge WHERE community_id = NEW.community_id AND challenge_id = NEW.challenge_id) BEGIN SELECT RAISE(ABORT, 'asked_already'); END;

-- Every code typed. It is counted before it is believed: the row and the session are one batch.
CREATE TABLE sign_in_attempt (
  community_id TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  phone_hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
  PRIMARY KEY (community_id, challenge_id, attempt),
  FOREIGN KEY (community_id, challenge_id) REFERENCES sign_in_challenge (community_id, challenge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_wrong_by_phone ON sign_in_attempt(community_id, phone_hash, at) WHERE correct = 0;
CREATE INDEX sign_in_wrong_by_time ON sign_in_attempt(community_id, at) WHERE correct = 0;
CREATE TRIGGER sign_in_attempt_no_update BEFORE UPDATE ON sign_in_attempt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_attempt_no_delete BEFORE DELETE ON sign_in_attempt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_attempt_used BEFORE INSERT ON sign_in_attempt WHEN EXISTS (SELECT 1 FROM sign_in_attempt WHERE community_id = NEW.community_id AND challenge_id = NEW.challenge_id AND (correct = 1 OR attempt >= NEW.attempt OR NEW.attempt > 5)) BEGIN SELECT RAISE(ABORT, 'code_used'); END;

-- Locked out, and until when: for the audit page.
CREATE TABLE sign_in_lockout (
  community_id TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('phone', 'community')),
  phone_hash TEXT NOT NULL,
  person_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  until_at INTEGER NOT NULL CHECK (until_at > at),
  PRIMARY KEY (community_id, scope, phone_hash, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_lockout_by_time ON sign_in_lockout(community_id, at);
CREATE TRIGGER sign_in_lockout_no_update BEFORE UPDATE ON sign_in_lockout BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_lockout_no_delete BEFORE DELETE ON sign_in_lockout BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER sign_in_lockout_no_replace BEFORE INSERT ON sign_in_lockout WHEN EXISTS (SELECT 1 FROM sign_in_lockout WHERE community_id = NEW.community_id AND scope = NEW.scope AND phone_hash = NEW.phone_hash AND at = NEW.at) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- First set-up, on shard 0 beside the directory. A reservation keeps slug and shard together until the directory names them:
-- whoever repeats after a crash goes on with the same community on the same shard.
CREATE TABLE setup_reservation (
  slug TEXT NOT NULL PRIMARY KEY,
  community_id TEXT NOT NULL UNIQUE,
  shard INTEGER NOT NULL CHECK (shard >= 0),
  reserved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setup_attempt (
  at INTEGER NOT NULL,
  attempt TEXT NOT NULL,
  correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
  PRIMARY KEY (at, attempt)
) STRICT, WITHOUT ROWID;
