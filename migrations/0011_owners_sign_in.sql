-- Owners sign in outside any meeting: sessions, whom each may act for, and the paper cards of those who have no number on the roll.

-- A signed-in browser. way says what proved it: a code to the number on the roll, a card, or the link of a meeting. A session by
-- code lasts only while the number stands on the roll, one by card only while that card does; both are asked at every request.
CREATE TABLE owner_session (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('code', 'card', 'link', 'demo')),
  challenge_id TEXT NOT NULL,
  phone_hash TEXT NOT NULL,
  card_no INTEGER NOT NULL CHECK (card_no >= 0),
  began_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL CHECK (ends_at > began_at),
  PRIMARY KEY (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX owner_session_by_challenge ON owner_session(community_id, challenge_id) WHERE challenge_id <> '';
CREATE TRIGGER owner_session_no_update BEFORE UPDATE ON owner_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_no_delete BEFORE DELETE ON owner_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_no_replace BEFORE INSERT ON owner_session WHEN EXISTS (SELECT 1 FROM owner_session WHERE community_id = NEW.community_id AND (session_id = NEW.session_id OR (challenge_id <> '' AND challenge_id = NEW.challenge_id))) BEGIN SELECT RAISE(ABORT, 'session_exists'); END;

-- Whom a session may act for: several where they share a number. proved_by is the owner, or the guardian who acts for them (C4).
CREATE TABLE owner_session_party (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  proved_by TEXT NOT NULL,
  PRIMARY KEY (community_id, session_id, party_id),
  FOREIGN KEY (community_id, session_id) REFERENCES owner_session (community_id, session_id),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id),
  FOREIGN KEY (community_id, proved_by) REFERENCES party (community_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX owner_session_party_by_party ON owner_session_party(community_id, party_id);
CREATE TRIGGER owner_session_party_no_update BEFORE UPDATE ON owner_session_party BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_party_no_delete BEFORE DELETE ON owner_session_party BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_party_no_replace BEFORE INSERT ON owner_session_party WHEN EXISTS (SELECT 1 FROM owner_session_party WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND party_id = NEW.party_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE owner_session_end (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('signed_out', 'signed_out_everywhere')),
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, session_id) REFERENCES owner_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER owner_session_end_no_update BEFORE UPDATE ON owner_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_end_no_delete BEFORE DELETE ON owner_session_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_session_end_once BEFORE INSERT ON owner_session_end WHEN EXISTS (SELECT 1 FROM owner_session_end WHERE community_id = NEW.community_id AND session_id = NEW.session_id) BEGIN SELECT RAISE(ABORT, 'session_ended'); END;

-- A card of paper: its code is derived from nonce and a secret and is stored nowhere; code_hash finds it. One card of an owner is
-- good at a time. The counters move; what was given out does not.
CREATE TABLE owner_card (
  community_id TEXT NOT NULL,
  party_id TEXT NOT NULL,
  card_no INTEGER NOT NULL CHECK (card_no > 0),
  nonce TEXT NOT NULL CHECK (length(nonce) = 26),
  code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
  issued_at INTEGER NOT NULL,
  issued_by TEXT NOT NULL,
  issued_leaf TEXT NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_why TEXT CHECK (revoked_why IN ('replaced', 'lost', 'number_known', 'no_longer_owner', 'other')),
  revoked_leaf TEXT,
  failed_attempts INTEGER NOT NULL DEFAULT 0 CHECK (failed_attempts >= 0),
  last_failed_at INTEGER,
  first_used_at INTEGER,
  PRIMARY KEY (community_id, party_id, card_no),
  FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL) AND (revoked_at IS NULL) = (revoked_why IS NULL) AND (revoked_at IS NULL) = (revoked_leaf IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX owner_card_by_code ON owner_card(community_id, code_hash);
CREATE UNIQUE INDEX owner_card_in_force ON owner_card(community_id, party_id) WHERE revoked_at IS NULL;
CREATE TRIGGER owner_card_fixed BEFORE UPDATE ON owner_card WHEN NEW.community_id IS NOT OLD.community_id OR NEW.party_id IS NOT OLD.party_id OR NEW.card_no IS NOT OLD.card_no OR NEW.nonce IS NOT OLD.nonce OR NEW.code_hash IS NOT OLD.code_hash OR NEW.issued_at IS NOT OLD.issued_at OR NEW.issued_by IS NOT OLD.issued_by OR NEW.issued_leaf IS NOT OLD.issued_leaf OR (OLD.first_used_at IS NOT NULL AND NEW.first_used_at IS NOT OLD.first_used_at) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_card_revoked_once BEFORE UPDATE ON owner_card WHEN OLD.revoked_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'card_revoked'); END;
CREATE TRIGGER owner_card_no_delete BEFORE DELETE ON owner_card BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER owner_card_no_replace BEFORE INSERT ON owner_card WHEN EXISTS (SELECT 1 FROM owner_card WHERE community_id = NEW.community_id AND ((party_id = NEW.party_id AND (card_no >= NEW.card_no OR revoked_at IS NULL)) OR code_hash = NEW.code_hash)) BEGIN SELECT RAISE(ABORT, 'card_changed_meanwhile'); END;

-- What became of a signature under a petition after it was given: taken back by its owner, given again, and so on, numbered. The
-- signature itself stays in petition_signature; petition_standing is what counts.
CREATE TABLE petition_change (
  community_id TEXT NOT NULL,
  petition_id TEXT NOT NULL,
  head_key TEXT NOT NULL,
  change_no INTEGER NOT NULL CHECK (change_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('taken_back', 'signed')),
  area_dm2 INTEGER NOT NULL CHECK (area_dm2 >= 0),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  PRIMARY KEY (community_id, petition_id, head_key, change_no),
  FOREIGN KEY (community_id, petition_id, head_key) REFERENCES petition_signature (community_id, petition_id, head_key),
  CHECK ((kind = 'taken_back') = (change_no % 2 = 1))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER petition_change_no_update BEFORE UPDATE ON petition_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER petition_change_no_delete BEFORE DELETE ON petition_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER petition_change_next_only BEFORE INSERT ON petition_change WHEN NEW.change_no IS NOT coalesce((SELECT max(change_no) FROM petition_change WHERE community_id = NEW.community_id AND petition_id = NEW.petition_id AND head_key = NEW.head_key), 0) + 1 BEGIN SELECT RAISE(ABORT, 'signature_changed_meanwhile'); END;
-- Once the petition was handed in, the committee relies on who signed.
CREATE TRIGGER petition_change_before_handed_in BEFORE INSERT ON petition_change WHEN NEW.kind = 'taken_back' AND EXISTS (SELECT 1 FROM petition WHERE community_id = NEW.community_id AND petition_id = NEW.petition_id AND meeting_id IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'petition_handed_in'); END;
CREATE VIEW petition_standing AS SELECT s.community_id, s.petition_id, s.head_key, coalesce(c.area_dm2, s.area_dm2) AS area_dm2, coalesce(c.recorded_by, s.recorded_by) AS recorded_by, coalesce(c.recorded_at, s.recorded_at) AS recorded_at FROM petition_signature s LEFT JOIN petition_change c ON c.community_id = s.community_id AND c.petition_id = s.petition_id AND c.head_key = s.head_key AND c.change_no = (SELECT max(n.change_no) FROM petition_change n WHERE n.community_id = s.community_id AND n.petition_id = s.petition_id AND n.head_key = s.head_key) WHERE c.kind IS NOT 'taken_back';
