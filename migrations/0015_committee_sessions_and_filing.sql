-- The committee at work: its meetings from request to published minutes, its resolutions, what the owners authorised it to decide,
-- its filings with the authority, and the legal person it may have.

CREATE TABLE committee_session (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  mandate_id TEXT NOT NULL,
  called_by TEXT NOT NULL CHECK (called_by IN ('chair', 'members')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'requested', 'noticed', 'recorded', 'published', 'withdrawn')),
  version INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  holds_at INTEGER,
  items TEXT NOT NULL CHECK (json_valid(items)),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  reached_at INTEGER,
  practice TEXT CHECK (practice IS NULL OR json_valid(practice)),
  noticed_by TEXT,
  noticed_at INTEGER,
  minutes_version INTEGER NOT NULL DEFAULT 0,
  published_by TEXT,
  published_at INTEGER,
  ended_at INTEGER,
  ended_why TEXT,
  PRIMARY KEY (community_id, session_id),
  FOREIGN KEY (community_id, mandate_id) REFERENCES mandate (community_id, mandate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX committee_session_number ON committee_session(community_id, number);
CREATE INDEX committee_session_by_state ON committee_session(community_id, state, number);
CREATE TRIGGER committee_session_no_delete BEFORE DELETE ON committee_session BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_session_no_replace BEFORE INSERT ON committee_session WHEN EXISTS (SELECT 1 FROM committee_session WHERE community_id = NEW.community_id AND (session_id = NEW.session_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'session_exists'); END;
CREATE TRIGGER committee_session_as_begun BEFORE UPDATE ON committee_session WHEN NEW.number IS NOT OLD.number OR NEW.mandate_id IS NOT OLD.mandate_id OR NEW.called_by IS NOT OLD.called_by OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.version <= OLD.version OR NEW.minutes_version < OLD.minutes_version BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_session_over BEFORE UPDATE ON committee_session WHEN OLD.state IN ('published', 'withdrawn') BEGIN SELECT RAISE(ABORT, 'session_over'); END;
-- From the notice on, the agenda and the practice it was called by stand as announced; the day only moves later.
CREATE TRIGGER committee_session_frozen BEFORE UPDATE ON committee_session WHEN OLD.noticed_at IS NOT NULL AND (NEW.items IS NOT OLD.items OR NEW.title IS NOT OLD.title OR NEW.practice IS NOT OLD.practice OR NEW.noticed_at IS NOT OLD.noticed_at OR NEW.noticed_by IS NOT OLD.noticed_by OR NEW.holds_at < OLD.holds_at) BEGIN SELECT RAISE(ABORT, 'agenda_frozen'); END;
-- What enough members asked to have decided is what is decided.
CREATE TRIGGER committee_session_as_asked BEFORE UPDATE ON committee_session WHEN OLD.reached_at IS NOT NULL AND (NEW.items IS NOT OLD.items OR NEW.reached_at IS NOT OLD.reached_at) BEGIN SELECT RAISE(ABORT, 'agenda_frozen'); END;

-- Members who ask for a meeting.
CREATE TABLE committee_request (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, session_id, person_id),
  FOREIGN KEY (community_id, session_id) REFERENCES committee_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_request_no_update BEFORE UPDATE ON committee_request BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_request_no_delete BEFORE DELETE ON committee_request BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_request_no_replace BEFORE INSERT ON committee_request WHEN EXISTS (SELECT 1 FROM committee_request WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'asked_already'); END;
CREATE TRIGGER committee_request_while_open BEFORE INSERT ON committee_request WHEN NOT EXISTS (SELECT 1 FROM committee_session WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND state = 'requested') BEGIN SELECT RAISE(ABORT, 'request_over'); END;

-- One version of the minutes: a correction before publication is the next version. seats, sitting and the whole are those of the day.
CREATE TABLE committee_minutes (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  held_at INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  seats INTEGER NOT NULL CHECK (seats >= 0),
  sitting INTEGER NOT NULL CHECK (sitting >= 0),
  whole INTEGER NOT NULL CHECK (whole >= 0),
  present INTEGER NOT NULL CHECK (present >= 0),
  quorate INTEGER NOT NULL CHECK (quorate IN (0, 1)),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, session_id, version),
  FOREIGN KEY (community_id, session_id) REFERENCES committee_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_minutes_no_update BEFORE UPDATE ON committee_minutes BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_minutes_no_delete BEFORE DELETE ON committee_minutes BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_minutes_no_replace BEFORE INSERT ON committee_minutes WHEN EXISTS (SELECT 1 FROM committee_minutes WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND version = NEW.version) BEGIN SELECT RAISE(ABORT, 'minutes_exist'); END;
CREATE TRIGGER committee_minutes_in_order BEFORE INSERT ON committee_minutes WHEN NOT EXISTS (SELECT 1 FROM committee_session s WHERE s.community_id = NEW.community_id AND s.session_id = NEW.session_id AND s.state IN ('noticed', 'recorded') AND s.minutes_version + 1 = NEW.version) BEGIN SELECT RAISE(ABORT, 'minutes_changed'); END;

CREATE TABLE committee_presence (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  post TEXT NOT NULL CHECK (post <> ''),
  standing TEXT NOT NULL CHECK (standing IN ('member', 'alternate')),
  present INTEGER NOT NULL CHECK (present IN (0, 1)),
  PRIMARY KEY (community_id, session_id, version, person_id),
  FOREIGN KEY (community_id, session_id, version) REFERENCES committee_minutes (community_id, session_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_presence_no_update BEFORE UPDATE ON committee_presence BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_presence_no_delete BEFORE DELETE ON committee_presence BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_presence_no_replace BEFORE INSERT ON committee_presence WHEN EXISTS (SELECT 1 FROM committee_presence WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND version = NEW.version AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- One member's word on one item. Whoever is not a member, or was not there, has none: no proxies.
CREATE TABLE committee_vote (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  item_no INTEGER NOT NULL CHECK (item_no > 0),
  person_id TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('for', 'against', 'abstain', 'recused')),
  why TEXT NOT NULL CHECK (choice <> 'recused' OR why <> ''),
  PRIMARY KEY (community_id, session_id, version, item_no, person_id),
  FOREIGN KEY (community_id, session_id, version) REFERENCES committee_minutes (community_id, session_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_vote_no_update BEFORE UPDATE ON committee_vote BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_vote_no_delete BEFORE DELETE ON committee_vote BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_vote_no_replace BEFORE INSERT ON committee_vote WHEN EXISTS (SELECT 1 FROM committee_vote WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND version = NEW.version AND item_no = NEW.item_no AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_vote_by_members_present BEFORE INSERT ON committee_vote WHEN NOT EXISTS (SELECT 1 FROM committee_presence p JOIN committee_minutes m ON m.community_id = p.community_id AND m.session_id = p.session_id AND m.version = p.version WHERE p.community_id = NEW.community_id AND p.session_id = NEW.session_id AND p.version = NEW.version AND p.person_id = NEW.person_id AND p.standing = 'member' AND p.present = 1 AND m.quorate = 1) BEGIN SELECT RAISE(ABORT, 'not_entitled'); END;

-- A member signs a version of the minutes, or says what it has wrong; in their own session, or on paper of which a scan is kept.
CREATE TABLE committee_signature (
  community_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('signed', 'objected')),
  remark TEXT NOT NULL CHECK (stance <> 'objected' OR remark <> ''),
  way TEXT NOT NULL CHECK (way IN ('session', 'scan')),
  file_id TEXT CHECK ((way = 'scan') = (file_id IS NOT NULL)),
  recorded_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, session_id, version, person_id),
  FOREIGN KEY (community_id, session_id, version) REFERENCES committee_minutes (community_id, session_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_signature_no_update BEFORE UPDATE ON committee_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_signature_no_delete BEFORE DELETE ON committee_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_signature_no_replace BEFORE INSERT ON committee_signature WHEN EXISTS (SELECT 1 FROM committee_signature WHERE community_id = NEW.community_id AND session_id = NEW.session_id AND version = NEW.version AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'already_signed'); END;
CREATE TRIGGER committee_signature_of_those_present BEFORE INSERT ON committee_signature WHEN NOT EXISTS (SELECT 1 FROM committee_presence p JOIN committee_session s ON s.community_id = p.community_id AND s.session_id = p.session_id WHERE p.community_id = NEW.community_id AND p.session_id = NEW.session_id AND p.version = NEW.version AND p.person_id = NEW.person_id AND p.standing = 'member' AND p.present = 1 AND s.state = 'recorded' AND s.minutes_version = NEW.version) BEGIN SELECT RAISE(ABORT, 'not_to_sign'); END;

-- What a meeting decided, with its number of the year. A correction is a resolution of its own that names the one it corrects.
CREATE TABLE committee_resolution (
  community_id TEXT NOT NULL,
  resolution_id TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  number INTEGER NOT NULL CHECK (number > 0),
  session_id TEXT NOT NULL,
  item_no INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  text TEXT NOT NULL CHECK (text <> ''),
  in_favour INTEGER NOT NULL CHECK (in_favour >= 0),
  against INTEGER NOT NULL CHECK (against >= 0),
  abstaining INTEGER NOT NULL CHECK (abstaining >= 0),
  recused INTEGER NOT NULL CHECK (recused >= 0),
  whole INTEGER NOT NULL CHECK (whole > 0),
  matter INTEGER NOT NULL CHECK (matter BETWEEN 0 AND 9),
  authorisation_id TEXT NOT NULL,
  corrects TEXT NOT NULL,
  adopted_on TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, resolution_id),
  FOREIGN KEY (community_id, session_id) REFERENCES committee_session (community_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX committee_resolution_number ON committee_resolution(community_id, year, number);
CREATE INDEX committee_resolution_by_session ON committee_resolution(community_id, session_id, item_no);
CREATE INDEX committee_resolution_by_corrected ON committee_resolution(community_id, corrects, year, number);
CREATE TRIGGER committee_resolution_no_update BEFORE UPDATE ON committee_resolution BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_resolution_no_delete BEFORE DELETE ON committee_resolution BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_resolution_no_replace BEFORE INSERT ON committee_resolution WHEN EXISTS (SELECT 1 FROM committee_resolution WHERE community_id = NEW.community_id AND ((resolution_id = NEW.resolution_id) OR (year = NEW.year AND number = NEW.number) OR (session_id = NEW.session_id AND item_no = NEW.item_no))) BEGIN SELECT RAISE(ABORT, 'resolution_exists'); END;
-- A matter of art. 278 is nothing the committee resolves by itself (A13).
CREATE TRIGGER committee_resolution_authorised BEFORE INSERT ON committee_resolution WHEN NEW.matter <> 0 AND NOT EXISTS (SELECT 1 FROM committee_authorisation a WHERE a.community_id = NEW.community_id AND a.authorisation_id = NEW.authorisation_id AND a.matter = NEW.matter AND a.from_on <= NEW.adopted_on AND a.last_on >= NEW.adopted_on) BEGIN SELECT RAISE(ABORT, 'not_authorised'); END;

-- The owners' decision that lets the committee resolve one matter within a scope and a time.
CREATE TABLE committee_authorisation (
  community_id TEXT NOT NULL,
  authorisation_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  item_no INTEGER NOT NULL CHECK (item_no > 0),
  matter INTEGER NOT NULL CHECK (matter BETWEEN 1 AND 9),
  scope TEXT NOT NULL CHECK (scope <> ''),
  from_on TEXT NOT NULL,
  last_on TEXT NOT NULL CHECK (last_on >= from_on),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, authorisation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX committee_authorisation_by_end ON committee_authorisation(community_id, last_on);
CREATE TRIGGER committee_authorisation_no_update BEFORE UPDATE ON committee_authorisation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_authorisation_no_delete BEFORE DELETE ON committee_authorisation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_authorisation_no_replace BEFORE INSERT ON committee_authorisation WHEN EXISTS (SELECT 1 FROM committee_authorisation WHERE community_id = NEW.community_id AND authorisation_id = NEW.authorisation_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TABLE committee_authorisation_end (
  community_id TEXT NOT NULL,
  authorisation_id TEXT NOT NULL,
  ended_on TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, authorisation_id),
  FOREIGN KEY (community_id, authorisation_id) REFERENCES committee_authorisation (community_id, authorisation_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_authorisation_end_no_update BEFORE UPDATE ON committee_authorisation_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_authorisation_end_no_delete BEFORE DELETE ON committee_authorisation_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_authorisation_end_no_replace BEFORE INSERT ON committee_authorisation_end WHEN EXISTS (SELECT 1 FROM committee_authorisation_end WHERE community_id = NEW.community_id AND authorisation_id = NEW.authorisation_id) BEGIN SELECT RAISE(ABORT, 'authorisation_ended'); END;

-- A filing that was made: it covers the committee as it stood on a day. What is due follows from the mandate and its changes.
CREATE TABLE committee_filing (
  community_id TEXT NOT NULL,
  filing_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  as_of TEXT NOT NULL,
  filed_on TEXT NOT NULL CHECK (filed_on >= as_of),
  authority TEXT NOT NULL CHECK (authority <> ''),
  receipt_no TEXT NOT NULL,
  file_id TEXT,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, filing_id),
  FOREIGN KEY (community_id, mandate_id) REFERENCES mandate (community_id, mandate_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX committee_filing_by_mandate ON committee_filing(community_id, mandate_id, as_of);
CREATE TRIGGER committee_filing_no_update BEFORE UPDATE ON committee_filing BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_filing_no_delete BEFORE DELETE ON committee_filing BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_filing_no_replace BEFORE INSERT ON committee_filing WHEN EXISTS (SELECT 1 FROM committee_filing WHERE community_id = NEW.community_id AND filing_id = NEW.filing_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The legal person the committee has become, or that it has not; and the account in the owners' name. A change is a new version.
CREATE TABLE committee_entity (
  community_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  form TEXT NOT NULL CHECK (form IN ('none', 'association', 'private_non_enterprise')),
  name TEXT NOT NULL CHECK (form = 'none' OR name <> ''),
  supervising_unit TEXT NOT NULL,
  registration_authority TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  registered_on TEXT,
  representative_tenure_id TEXT NOT NULL,
  holder_kind TEXT NOT NULL CHECK (holder_kind IN ('none', 'assembly', 'committee')),
  holder_name TEXT NOT NULL CHECK (holder_kind = 'none' OR holder_name <> ''),
  bank TEXT NOT NULL,
  account_sealed TEXT NOT NULL,
  account_masked TEXT NOT NULL,
  changed_on TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_entity_no_update BEFORE UPDATE OF community_id, version, form, name, supervising_unit, registration_authority, credit_code, registered_on, representative_tenure_id, holder_kind, holder_name, bank, account_masked, changed_on, document, salt, recorded_by, recorded_at, leaf_hash ON committee_entity BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- The number's seal is only ever replaced by one under another key; none comes where there was none.
CREATE TRIGGER committee_entity_account_sealed_stays BEFORE UPDATE OF account_sealed ON committee_entity WHEN instr(OLD.account_sealed, '.') < 2 OR instr(NEW.account_sealed, '.') < 2 OR substr(NEW.account_sealed, 1, instr(NEW.account_sealed, '.')) = substr(OLD.account_sealed, 1, instr(OLD.account_sealed, '.')) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_entity_no_delete BEFORE DELETE ON committee_entity BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_entity_no_replace BEFORE INSERT ON committee_entity WHEN EXISTS (SELECT 1 FROM committee_entity WHERE community_id = NEW.community_id AND version = NEW.version) BEGIN SELECT RAISE(ABORT, 'entity_changed_meanwhile'); END;
CREATE TRIGGER committee_entity_in_order BEFORE INSERT ON committee_entity WHEN NEW.version <> coalesce((SELECT max(version) FROM committee_entity WHERE community_id = NEW.community_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'entity_changed_meanwhile'); END;

-- What was sent to whom: the change of a registered fact, and the reports of a year. Each once.
CREATE TABLE committee_entity_report (
  community_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'yearly_supervisor', 'yearly_registrar')),
  subject INTEGER NOT NULL CHECK (subject > 0),
  sent_on TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_entity_report_no_update BEFORE UPDATE ON committee_entity_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_entity_report_no_delete BEFORE DELETE ON committee_entity_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_entity_report_no_replace BEFORE INSERT ON committee_entity_report WHEN EXISTS (SELECT 1 FROM committee_entity_report WHERE community_id = NEW.community_id AND kind = NEW.kind AND subject = NEW.subject) BEGIN SELECT RAISE(ABORT, 'reported_already'); END;

-- Seals: each with who keeps it from when on. An event is never changed; the last one of a seal says where it is.
CREATE TABLE committee_seal (
  community_id TEXT NOT NULL,
  seal_id TEXT NOT NULL,
  event_no INTEGER NOT NULL CHECK (event_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('assembly', 'committee', 'finance', 'entity', 'contract')),
  event TEXT NOT NULL CHECK (event IN ('made', 'handed_over', 'invalidated')),
  keeper_tenure_id TEXT NOT NULL,
  on_day TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, seal_id, event_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER committee_seal_no_update BEFORE UPDATE ON committee_seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_seal_no_delete BEFORE DELETE ON committee_seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER committee_seal_no_replace BEFORE INSERT ON committee_seal WHEN EXISTS (SELECT 1 FROM committee_seal WHERE community_id = NEW.community_id AND seal_id = NEW.seal_id AND event_no = NEW.event_no) BEGIN SELECT RAISE(ABORT, 'seal_changed_meanwhile'); END;
CREATE TRIGGER committee_seal_in_order BEFORE INSERT ON committee_seal WHEN NEW.event_no <> coalesce((SELECT max(event_no) FROM committee_seal WHERE community_id = NEW.community_id AND seal_id = NEW.seal_id), 0) + 1 OR EXISTS (SELECT 1 FROM committee_seal WHERE community_id = NEW.community_id AND seal_id = NEW.seal_id AND (event = 'invalidated' OR on_day > NEW.on_day OR kind <> NEW.kind)) BEGIN SELECT RAISE(ABORT, 'seal_changed_meanwhile'); END;
-- Of each kind one is valid at a time.
CREATE TRIGGER committee_seal_one_of_a_kind BEFORE INSERT ON committee_seal WHEN NEW.event = 'made' AND EXISTS (SELECT 1 FROM committee_seal s WHERE s.community_id = NEW.community_id AND s.kind = NEW.kind AND s.event_no = 1 AND NOT EXISTS (SELECT 1 FROM committee_seal e WHERE e.community_id = s.community_id AND e.seal_id = s.seal_id AND e.event = 'invalidated')) BEGIN SELECT RAISE(ABORT, 'seal_exists'); END;
