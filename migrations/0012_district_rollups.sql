-- Many communities side by side, on shard 0 beside the directory. Everything here is derived: each community computes its own row from
-- its own database and replaces it. Nothing rests on these tables, and they may be emptied and filled again.

-- One community in figures, as of an instant. NULL is "not known", never nought.
CREATE TABLE district_row (
  community_id TEXT NOT NULL PRIMARY KEY,
  district TEXT NOT NULL CHECK (district <> ''),
  street TEXT NOT NULL CHECK (street <> ''),
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  branch INTEGER NOT NULL CHECK (branch IN (0, 1)),
  committee INTEGER NOT NULL CHECK (committee IN (0, 1)),
  had_committee INTEGER NOT NULL CHECK (had_committee IN (0, 1)),
  seats INTEGER NOT NULL CHECK (seats >= 0),
  term_from TEXT,
  term_until TEXT,
  term_ending INTEGER NOT NULL CHECK (term_ending IN (0, 1)),
  entity_form TEXT,
  entity INTEGER CHECK (entity IN (0, 1)),
  published_on TEXT,
  published_lately INTEGER NOT NULL CHECK (published_lately IN (0, 1)),
  duties INTEGER CHECK (duties >= 0),
  duties_overdue INTEGER CHECK (duties_overdue >= 0),
  overdue INTEGER CHECK (overdue IN (0, 1)),
  overlap_seats INTEGER CHECK (overlap_seats >= 0),
  overlap_least INTEGER CHECK (overlap_least >= 0),
  overlap_most INTEGER CHECK (overlap_most >= overlap_least),
  chair_is_secretary INTEGER CHECK (chair_is_secretary IN (0, 1)),
  CHECK ((duties IS NULL) = (duties_overdue IS NULL) AND (duties IS NULL) = (overdue IS NULL)),
  CHECK ((overlap_seats IS NULL) = (overlap_least IS NULL) AND (overlap_seats IS NULL) = (overlap_most IS NULL)),
  CHECK ((entity_form IS NULL) = (entity IS NULL))
) STRICT;
-- A page of a street reads its own rows alone, whichever of them are asked for.
CREATE INDEX district_row_by_street ON district_row(district, street, name, community_id);
CREATE INDEX district_row_by_district ON district_row(district, name, community_id);
CREATE INDEX district_row_no_committee ON district_row(district, street, name, community_id) WHERE committee = 0;
CREATE INDEX district_row_overdue ON district_row(district, street, name, community_id) WHERE overdue = 1;
CREATE INDEX district_row_term_ending ON district_row(district, street, name, community_id) WHERE term_ending = 1;
CREATE INDEX district_row_by_age ON district_row(as_of);

-- Sums of a street, and of a district under the empty street: kept by the triggers below, so that no page adds up rows.
CREATE TABLE district_total (
  district TEXT NOT NULL,
  street TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  communities INTEGER NOT NULL,
  branches INTEGER NOT NULL,
  committees INTEGER NOT NULL,
  term_ending INTEGER NOT NULL,
  entity_known INTEGER NOT NULL,
  entities INTEGER NOT NULL,
  published_lately INTEGER NOT NULL,
  duties_known INTEGER NOT NULL,
  duties INTEGER NOT NULL,
  duties_overdue INTEGER NOT NULL,
  overdue INTEGER NOT NULL,
  overlap_known INTEGER NOT NULL,
  overlap_seats INTEGER NOT NULL,
  overlap_least INTEGER NOT NULL,
  overlap_most INTEGER NOT NULL,
  overlap_some INTEGER NOT NULL,
  chairs_known INTEGER NOT NULL,
  chairs_secretary INTEGER NOT NULL,
  PRIMARY KEY (district, street)
) STRICT, WITHOUT ROWID;

-- What one row adds to its two sums.
CREATE VIEW district_part AS SELECT r.community_id, r.district, r.street, r.as_of, 1 AS communities, r.branch AS branches, r.committee AS committees, r.term_ending, r.entity IS NOT NULL AS entity_known, coalesce(r.entity, 0) AS entities, r.published_lately, r.duties IS NOT NULL AS duties_known, coalesce(r.duties, 0) AS duties, coalesce(r.duties_overdue, 0) AS duties_overdue, coalesce(r.overdue, 0) AS overdue, r.overlap_seats IS NOT NULL AS overlap_known, coalesce(r.overlap_seats, 0) AS overlap_seats, coalesce(r.overlap_least, 0) AS overlap_least, coalesce(r.overlap_most, 0) AS overlap_most, coalesce(r.overlap_least, 0) > 0 AS overlap_some, r.chair_is_secretary IS NOT NULL AS chairs_known, coalesce(r.chair_is_secretary, 0) AS chairs_secretary FROM district_row r;

CREATE TRIGGER district_row_leaves BEFORE UPDATE ON district_row BEGIN UPDATE district_total SET (communities, branches, committees, term_ending, entity_known, entities, published_lately, duties_known, duties, duties_overdue, overdue, overlap_known, overlap_seats, overlap_least, overlap_most, overlap_some, chairs_known, chairs_secretary) = (SELECT district_total.communities - p.communities, district_total.branches - p.branches, district_total.committees - p.committees, district_total.term_ending - p.term_ending, district_total.entity_known - p.entity_known, district_total.entities - p.entities, district_total.published_lately - p.published_lately, district_total.duties_known - p.duties_known, district_total.duties - p.duties, district_total.duties_overdue - p.duties_overdue, district_total.overdue - p.overdue, district_total.overlap_known - p.overlap_known, district_total.overlap_seats - p.overlap_seats, district_total.overlap_least - p.overlap_least, district_total.overlap_most - p.overlap_most, district_total.overlap_some - p.overlap_some, district_total.chairs_known - p.chairs_known, district_total.chairs_secretary - p.chairs_secretary FROM district_part p WHERE p.community_id = OLD.community_id) WHERE district = OLD.district AND street IN ('', OLD.street); END;
CREATE TRIGGER district_row_comes_back AFTER UPDATE ON district_row BEGIN INSERT INTO district_total SELECT p.district, s.street, p.as_of, p.communities, p.branches, p.committees, p.term_ending, p.entity_known, p.entities, p.published_lately, p.duties_known, p.duties, p.duties_overdue, p.overdue, p.overlap_known, p.overlap_seats, p.overlap_least, p.overlap_most, p.overlap_some, p.chairs_known, p.chairs_secretary FROM district_part p, (SELECT '' AS street UNION ALL SELECT NEW.street) s WHERE p.community_id = NEW.community_id ON CONFLICT(district, street) DO UPDATE SET as_of = max(as_of, excluded.as_of), communities = communities + excluded.communities, branches = branches + excluded.branches, committees = committees + excluded.committees, term_ending = term_ending + excluded.term_ending, entity_known = entity_known + excluded.entity_known, entities = entities + excluded.entities, published_lately = published_lately + excluded.published_lately, duties_known = duties_known + excluded.duties_known, duties = duties + excluded.duties, duties_overdue = duties_overdue + excluded.duties_overdue, overdue = overdue + excluded.overdue, overlap_known = overlap_known + excluded.overlap_known, overlap_seats = overlap_seats + excluded.overlap_seats, overlap_least = overlap_least + excluded.overlap_least, overlap_most = overlap_most + excluded.overlap_most, overlap_some = overlap_some + excluded.overlap_some, chairs_known = chairs_known + excluded.chairs_known, chairs_secretary = chairs_secretary + excluded.chairs_secretary; END;
CREATE TRIGGER district_row_comes AFTER INSERT ON district_row BEGIN INSERT INTO district_total SELECT p.district, s.street, p.as_of, p.communities, p.branches, p.committees, p.term_ending, p.entity_known, p.entities, p.published_lately, p.duties_known, p.duties, p.duties_overdue, p.overdue, p.overlap_known, p.overlap_seats, p.overlap_least, p.overlap_most, p.overlap_some, p.chairs_known, p.chairs_secretary FROM district_part p, (SELECT '' AS street UNION ALL SELECT NEW.street) s WHERE p.community_id = NEW.community_id ON CONFLICT(district, street) DO UPDATE SET as_of = max(as_of, excluded.as_of), communities = communities + excluded.communities, branches = branches + excluded.branches, committees = committees + excluded.committees, term_ending = term_ending + excluded.term_ending, entity_known = entity_known + excluded.entity_known, entities = entities + excluded.entities, published_lately = published_lately + excluded.published_lately, duties_known = duties_known + excluded.duties_known, duties = duties + excluded.duties, duties_overdue = duties_overdue + excluded.duties_overdue, overdue = overdue + excluded.overdue, overlap_known = overlap_known + excluded.overlap_known, overlap_seats = overlap_seats + excluded.overlap_seats, overlap_least = overlap_least + excluded.overlap_least, overlap_most = overlap_most + excluded.overlap_most, overlap_some = overlap_some + excluded.overlap_some, chairs_known = chairs_known + excluded.chairs_known, chairs_secretary = chairs_secretary + excluded.chairs_secretary; END;
-- A row taken out to be computed again leaves its sums first.
CREATE TRIGGER district_row_goes BEFORE DELETE ON district_row BEGIN UPDATE district_total SET (communities, branches, committees, term_ending, entity_known, entities, published_lately, duties_known, duties, duties_overdue, overdue, overlap_known, overlap_seats, overlap_least, overlap_most, overlap_some, chairs_known, chairs_secretary) = (SELECT district_total.communities - p.communities, district_total.branches - p.branches, district_total.committees - p.committees, district_total.term_ending - p.term_ending, district_total.entity_known - p.entity_known, district_total.entities - p.entities, district_total.published_lately - p.published_lately, district_total.duties_known - p.duties_known, district_total.duties - p.duties, district_total.duties_overdue - p.duties_overdue, district_total.overdue - p.overdue, district_total.overlap_known - p.overlap_known, district_total.overlap_seats - p.overlap_seats, district_total.overlap_least - p.overlap_least, district_total.overlap_most - p.overlap_most, district_total.overlap_some - p.overlap_some, district_total.chairs_known - p.chairs_known, district_total.chairs_secretary - p.chairs_secretary FROM district_part p WHERE p.community_id = OLD.community_id) WHERE district = OLD.district AND street IN ('', OLD.street); END;
