-- Cross-appointment: waivers of rules about posts that exclude each other, their use, and consents to be named as of the branch.
-- The rules and the wish themselves are settings (0001), under keys that begin with "overlap.".

-- Leave for one person to take one kind of post on a day from from_at until until_at although a rule stands against it. document is
-- shown to staff only; salt opens the leaf's commitment to it.
CREATE TABLE overlap_waiver (
  community_id TEXT NOT NULL,
  waiver_id TEXT NOT NULL,
  rule_key TEXT NOT NULL CHECK (rule_key <> ''),
  person_id TEXT NOT NULL,
  post_kind TEXT NOT NULL CHECK (post_kind <> ''),
  from_at INTEGER NOT NULL,
  until_at INTEGER CHECK (until_at > from_at),
  granted_by TEXT NOT NULL CHECK (granted_by <> person_id),
  granted_as TEXT NOT NULL CHECK (granted_as <> ''),
  document TEXT NOT NULL CHECK (document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  granted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, waiver_id),
  FOREIGN KEY (community_id, person_id) REFERENCES office_person (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlap_waiver_by_person ON overlap_waiver(community_id, person_id);
CREATE INDEX overlap_waiver_by_time ON overlap_waiver(community_id, granted_at);
CREATE TRIGGER overlap_waiver_no_update BEFORE UPDATE ON overlap_waiver BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_no_delete BEFORE DELETE ON overlap_waiver BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_no_replace BEFORE INSERT ON overlap_waiver WHEN EXISTS (SELECT 1 FROM overlap_waiver WHERE community_id = NEW.community_id AND waiver_id = NEW.waiver_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Taken back: from then on nobody takes office by it. Whoever did before keeps the office.
CREATE TABLE overlap_waiver_end (
  community_id TEXT NOT NULL,
  waiver_id TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL,
  withdrawn_at INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, waiver_id),
  FOREIGN KEY (community_id, waiver_id) REFERENCES overlap_waiver (community_id, waiver_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER overlap_waiver_end_no_update BEFORE UPDATE ON overlap_waiver_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_end_no_delete BEFORE DELETE ON overlap_waiver_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_end_once BEFORE INSERT ON overlap_waiver_end WHEN EXISTS (SELECT 1 FROM overlap_waiver_end WHERE community_id = NEW.community_id AND waiver_id = NEW.waiver_id) BEGIN SELECT RAISE(ABORT, 'waiver_withdrawn'); END;

-- A tenure that began although a rule stood against it, and the waiver that let it.
CREATE TABLE overlap_waiver_use (
  community_id TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  waiver_id TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tenure_id, waiver_id),
  FOREIGN KEY (community_id, tenure_id) REFERENCES office_tenure (community_id, tenure_id),
  FOREIGN KEY (community_id, waiver_id) REFERENCES overlap_waiver (community_id, waiver_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlap_waiver_use_by_time ON overlap_waiver_use(community_id, used_at);
CREATE TRIGGER overlap_waiver_use_no_update BEFORE UPDATE ON overlap_waiver_use BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_use_no_delete BEFORE DELETE ON overlap_waiver_use BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_waiver_use_no_replace BEFORE INSERT ON overlap_waiver_use WHEN EXISTS (SELECT 1 FROM overlap_waiver_use WHERE community_id = NEW.community_id AND tenure_id = NEW.tenure_id AND waiver_id = NEW.waiver_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Whether a person agrees to be named in public as of the branch; the newest version counts, and withdrawing is another version.
CREATE TABLE overlap_consent (
  community_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  document TEXT NOT NULL CHECK (document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, person_id, version),
  FOREIGN KEY (community_id, person_id) REFERENCES office_person (community_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER overlap_consent_no_update BEFORE UPDATE ON overlap_consent BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_consent_no_delete BEFORE DELETE ON overlap_consent BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER overlap_consent_no_replace BEFORE INSERT ON overlap_consent WHEN EXISTS (SELECT 1 FROM overlap_consent WHERE community_id = NEW.community_id AND person_id = NEW.person_id AND version >= NEW.version) BEGIN SELECT RAISE(ABORT, 'consent_changed_meanwhile'); END;
