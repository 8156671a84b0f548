-- An election of the committee: one row where it stands now, its history beside it, its rounds, and the mandates it ends in.

CREATE TABLE election (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('founding', 'renewal', 'by_election')),
  title TEXT NOT NULL CHECK (title <> ''),
  cause TEXT NOT NULL,
  -- The day the owners asked for it in writing, for a founding: the authority's days to form a group count from it.
  requested_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'nominating', 'examining', 'standing', 'voting', 'seated', 'ended')),
  version INTEGER NOT NULL DEFAULT 1,
  body_id TEXT NOT NULL,
  group_body_id TEXT,
  -- The list of the group as somebody drafted it, sealed: names and numbers. Gone from here once it is published.
  group_draft TEXT,
  group_drafted_by TEXT,
  method TEXT NOT NULL CHECK (json_valid(method)),
  method_hash TEXT,
  called_by TEXT NOT NULL,
  called_at INTEGER NOT NULL,
  group_published_at INTEGER,
  group_edition INTEGER NOT NULL DEFAULT 0,
  nominations_open_at INTEGER,
  nominations_close_at INTEGER,
  candidates_published_at INTEGER,
  seated_at INTEGER,
  ended_at INTEGER,
  ended_why TEXT,
  PRIMARY KEY (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX election_number ON election(community_id, number);
CREATE INDEX election_by_state ON election(community_id, state);
CREATE TRIGGER election_no_delete BEFORE DELETE ON election BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_no_replace BEFORE INSERT ON election WHEN EXISTS (SELECT 1 FROM election WHERE community_id = NEW.community_id AND (election_id = NEW.election_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'election_exists'); END;
-- One committee is elected by one election at a time.
CREATE TRIGGER election_one_at_a_time BEFORE INSERT ON election WHEN EXISTS (SELECT 1 FROM election WHERE community_id = NEW.community_id AND body_id = NEW.body_id AND state NOT IN ('seated', 'ended')) BEGIN SELECT RAISE(ABORT, 'election_under_way'); END;
-- From the publication of the candidates the method stands as it was published.
CREATE TRIGGER election_method_frozen BEFORE UPDATE ON election WHEN OLD.method_hash IS NOT NULL AND (NEW.method IS NOT OLD.method OR NEW.method_hash IS NOT OLD.method_hash) BEGIN SELECT RAISE(ABORT, 'method_frozen'); END;
CREATE TRIGGER election_as_called BEFORE UPDATE ON election WHEN NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind OR NEW.body_id IS NOT OLD.body_id OR NEW.called_by IS NOT OLD.called_by OR NEW.called_at IS NOT OLD.called_at OR NEW.requested_on IS NOT OLD.requested_on OR NEW.group_edition < OLD.group_edition OR NEW.version <= OLD.version BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_over BEFORE UPDATE ON election WHEN OLD.state IN ('seated', 'ended') BEGIN SELECT RAISE(ABORT, 'election_over'); END;

-- Everything that happened to an election, in order, for its public timeline.
CREATE TABLE election_event (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  event_no INTEGER NOT NULL CHECK (event_no > 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  by_words TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, event_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER election_event_no_update BEFORE UPDATE ON election_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_event_no_delete BEFORE DELETE ON election_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_event_no_replace BEFORE INSERT ON election_event WHEN EXISTS (SELECT 1 FROM election_event WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND event_no = NEW.event_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Who sits in the group that runs an election, edition by edition: a changed list is published anew.
CREATE TABLE election_group_member (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  member_no INTEGER NOT NULL CHECK (member_no > 0),
  person_id TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('owners', 'developer', 'street', 'residents_committee', 'community_party')),
  is_chair INTEGER NOT NULL CHECK (is_chair IN (0, 1)),
  -- Of an owner: the home, as the published list names it.
  home TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  -- 1 where publishing this list began the tenure; 0 where its member held the post before.
  begins INTEGER NOT NULL CHECK (begins IN (0, 1)),
  PRIMARY KEY (community_id, election_id, edition, member_no),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER election_group_member_no_update BEFORE UPDATE ON election_group_member BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_group_member_no_delete BEFORE DELETE ON election_group_member BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_group_member_no_replace BEFORE INSERT ON election_group_member WHEN EXISTS (SELECT 1 FROM election_group_member WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND edition = NEW.edition AND member_no = NEW.member_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What owners object to in the published group. The words are theirs and sealed; the answer is public.
CREATE TABLE election_group_objection (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  objection_no INTEGER NOT NULL CHECK (objection_no > 0),
  edition INTEGER NOT NULL CHECK (edition > 0),
  -- The head of the roll that objects.
  head_key TEXT NOT NULL,
  text_sealed TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),
  made_at INTEGER NOT NULL,
  -- The owner's id, or of whoever entered the paper.
  made_by TEXT NOT NULL,
  leaf_hash TEXT NOT NULL,
  answer TEXT,
  answered_at INTEGER,
  answered_by TEXT,
  answer_leaf TEXT,
  CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answer_leaf IS NULL)),
  PRIMARY KEY (community_id, election_id, objection_no),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER election_group_objection_no_delete BEFORE DELETE ON election_group_objection BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_group_objection_no_replace BEFORE INSERT ON election_group_objection WHEN EXISTS (SELECT 1 FROM election_group_objection WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND objection_no = NEW.objection_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_group_objection_once BEFORE UPDATE ON election_group_objection WHEN OLD.answer IS NOT NULL OR NEW.edition IS NOT OLD.edition OR NEW.head_key IS NOT OLD.head_key OR NEW.text_sealed IS NOT OLD.text_sealed OR NEW.channel IS NOT OLD.channel OR NEW.made_at IS NOT OLD.made_at OR NEW.made_by IS NOT OLD.made_by OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- One elected committee from its seating to its end: the first, the second … (第几届).
CREATE TABLE mandate (
  community_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  body_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  election_id TEXT,
  seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 99),
  legal_least INTEGER NOT NULL CHECK (legal_least BETWEEN 1 AND 99),
  alternates_most INTEGER NOT NULL CHECK (alternates_most >= 0),
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL CHECK (until_at > from_at),
  document TEXT NOT NULL CHECK (document <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, mandate_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX mandate_number ON mandate(community_id, body_id, number);
CREATE TRIGGER mandate_no_update BEFORE UPDATE ON mandate BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER mandate_no_delete BEFORE DELETE ON mandate BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER mandate_no_replace BEFORE INSERT ON mandate WHEN EXISTS (SELECT 1 FROM mandate WHERE community_id = NEW.community_id AND (mandate_id = NEW.mandate_id OR (body_id = NEW.body_id AND number = NEW.number))) BEGIN SELECT RAISE(ABORT, 'mandate_exists'); END;


-- A mandate that ended before its day: replaced by the next one, dissolved, below half with no alternates.
CREATE TABLE mandate_end (
  community_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, mandate_id),
  FOREIGN KEY (community_id, mandate_id) REFERENCES mandate (community_id, mandate_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER mandate_end_no_update BEFORE UPDATE ON mandate_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER mandate_end_no_delete BEFORE DELETE ON mandate_end BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER mandate_end_once BEFORE INSERT ON mandate_end WHEN EXISTS (SELECT 1 FROM mandate_end WHERE community_id = NEW.community_id AND mandate_id = NEW.mandate_id) BEGIN SELECT RAISE(ABORT, 'mandate_ended'); END;

-- Terms of one body do not overlap: the next begins when the last has ended, or not before its own first day.
CREATE TRIGGER mandate_no_overlap BEFORE INSERT ON mandate WHEN EXISTS (SELECT 1 FROM mandate m WHERE m.community_id = NEW.community_id AND m.body_id = NEW.body_id AND m.from_at < NEW.until_at AND coalesce((SELECT min(e.ended_at) FROM mandate_end e WHERE e.community_id = m.community_id AND e.mandate_id = m.mandate_id), m.until_at) > NEW.from_at) BEGIN SELECT RAISE(ABORT, 'mandates_overlap'); END;
