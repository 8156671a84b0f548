-- A tender: one row where it stands now, its scheme edition by edition, and its history beside it.

CREATE TABLE tender (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  title TEXT NOT NULL CHECK (title <> ''),
  state TEXT NOT NULL CHECK (state IN ('draft', 'decided', 'noticed', 'closed', 'opened', 'qualified', 'scored', 'published', 'deciding', 'awarded', 'contracted', 'failed', 'cancelled')),
  version INTEGER NOT NULL DEFAULT 1,
  -- The edition of the scheme in force.
  edition INTEGER NOT NULL DEFAULT 1 CHECK (edition > 0),
  -- The edition that was announced; later ones are amendments.
  noticed_edition INTEGER,
  -- The failed or cancelled tender that this one repeats.
  repeats TEXT,
  drafted_by TEXT NOT NULL,
  drafted_at INTEGER NOT NULL,
  -- What the scheme rests on: the owners' carried item where two votes are asked, else the committee's words.
  decided_at INTEGER,
  decided_meeting TEXT,
  decided_item INTEGER,
  decided_words TEXT,
  noticed_at INTEGER,
  questions_until INTEGER,
  -- Bids come in before this instant; the same instant they are opened (T8). An amendment may move it later.
  closes_at INTEGER,
  closed_at INTEGER,
  opened_at INTEGER,
  qualified_at INTEGER,
  scored_at INTEGER,
  published_at INTEGER,
  -- Until then objections hold the award up.
  standing_until INTEGER,
  award_meeting TEXT,
  award_item INTEGER,
  awarded_at INTEGER,
  contracted_at INTEGER,
  ended_at INTEGER,
  ended_why TEXT,
  PRIMARY KEY (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tender_number ON tender(community_id, number);
CREATE INDEX tender_by_state ON tender(community_id, state, number DESC);
CREATE TRIGGER tender_no_delete BEFORE DELETE ON tender BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_no_replace BEFORE INSERT ON tender WHEN EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND (tender_id = NEW.tender_id OR number = NEW.number)) BEGIN SELECT RAISE(ABORT, 'tender_exists'); END;
CREATE TRIGGER tender_as_drafted BEFORE UPDATE ON tender WHEN NEW.number IS NOT OLD.number OR NEW.drafted_by IS NOT OLD.drafted_by OR NEW.drafted_at IS NOT OLD.drafted_at OR NEW.repeats IS NOT OLD.repeats OR NEW.version <= OLD.version OR NEW.edition < OLD.edition BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_over BEFORE UPDATE ON tender WHEN OLD.state IN ('failed', 'cancelled') BEGIN SELECT RAISE(ABORT, 'tender_over'); END;
-- What was announced stands; the closing time may only move later, and only before it has come.
CREATE TRIGGER tender_as_noticed BEFORE UPDATE ON tender WHEN OLD.noticed_at IS NOT NULL AND (NEW.noticed_at IS NOT OLD.noticed_at OR NEW.noticed_edition IS NOT OLD.noticed_edition OR NEW.decided_at IS NOT OLD.decided_at OR NEW.decided_meeting IS NOT OLD.decided_meeting OR NEW.decided_item IS NOT OLD.decided_item OR NEW.closes_at < OLD.closes_at OR NEW.questions_until < OLD.questions_until) BEGIN SELECT RAISE(ABORT, 'tender_as_noticed'); END;
CREATE TRIGGER tender_scheme_frozen BEFORE UPDATE ON tender WHEN NEW.edition IS NOT OLD.edition AND OLD.state NOT IN ('draft', 'decided', 'noticed') BEGIN SELECT RAISE(ABORT, 'scheme_frozen'); END;
CREATE TRIGGER tender_closing_past BEFORE UPDATE ON tender WHEN OLD.closed_at IS NOT NULL AND (NEW.closes_at IS NOT OLD.closes_at OR NEW.closed_at IS NOT OLD.closed_at) BEGIN SELECT RAISE(ABORT, 'tender_as_noticed'); END;
-- Nothing is awarded before it was closed, opened, scored and published, and never without an item of an owners' meeting (CC 278 I 4).
CREATE TRIGGER tender_award_after_all BEFORE UPDATE ON tender WHEN NEW.awarded_at IS NOT NULL AND OLD.awarded_at IS NULL AND (OLD.state <> 'deciding' OR NEW.closed_at IS NULL OR NEW.opened_at IS NULL OR NEW.scored_at IS NULL OR NEW.published_at IS NULL OR NEW.award_meeting IS NULL OR NEW.award_item IS NULL) BEGIN SELECT RAISE(ABORT, 'award_too_early'); END;
CREATE TRIGGER tender_award_stands BEFORE UPDATE ON tender WHEN OLD.awarded_at IS NOT NULL AND (NEW.awarded_at IS NOT OLD.awarded_at OR NEW.award_meeting IS NOT OLD.award_meeting OR NEW.award_item IS NOT OLD.award_item) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The scheme (选聘方案), edition by edition: a draft is corrected, and what was announced amended, by a new one.
CREATE TABLE tender_scheme (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  -- Canonical JSON of Scheme, and its hex SHA-256.
  scheme TEXT NOT NULL CHECK (json_valid(scheme)),
  scheme_hash TEXT NOT NULL,
  -- Why it was amended; empty for drafts.
  why TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, edition),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_scheme_no_update BEFORE UPDATE ON tender_scheme BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_scheme_no_delete BEFORE DELETE ON tender_scheme BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_scheme_no_replace BEFORE INSERT ON tender_scheme WHEN EXISTS (SELECT 1 FROM tender_scheme WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND edition = NEW.edition) BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Everything that happened to a tender, in order, for its public timeline.
CREATE TABLE tender_event (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  event_no INTEGER NOT NULL CHECK (event_no > 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  at INTEGER NOT NULL,
  by_person TEXT NOT NULL,
  by_words TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, event_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_event_no_update BEFORE UPDATE ON tender_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_event_no_delete BEFORE DELETE ON tender_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_event_no_replace BEFORE INSERT ON tender_event WHEN EXISTS (SELECT 1 FROM tender_event WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND event_no = NEW.event_no) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
