-- What owners are told regularly (CC 943): the six headings somebody writes, edition by edition. Fund and revenue are read from what is
-- published of the books. Who is in charge is a person: their words are sealed at rest, and shown, as the law asks.
CREATE TABLE ledger_regular (
  community_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  -- JSON: services, quality, charges, standards, performance.
  texts TEXT NOT NULL CHECK (json_valid(texts)),
  person_sealed TEXT NOT NULL CHECK (person_sealed <> ''),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, edition)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_regular_as_published BEFORE UPDATE ON ledger_regular WHEN NEW.edition IS NOT OLD.edition OR NEW.texts IS NOT OLD.texts OR NEW.content_hash IS NOT OLD.content_hash OR NEW.published_by IS NOT OLD.published_by OR NEW.published_at IS NOT OLD.published_at OR NEW.leaf_hash IS NOT OLD.leaf_hash BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_regular_person_sealed_stays BEFORE UPDATE OF person_sealed ON ledger_regular WHEN OLD.person_sealed IS NOT NULL AND (NEW.person_sealed IS NULL OR instr(OLD.person_sealed, '.') < 2 OR instr(NEW.person_sealed, '.') < 2 OR substr(NEW.person_sealed, 1, instr(NEW.person_sealed, '.')) = substr(OLD.person_sealed, 1, instr(OLD.person_sealed, '.'))) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_regular_no_delete BEFORE DELETE ON ledger_regular BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER ledger_regular_next_edition BEFORE INSERT ON ledger_regular WHEN NEW.edition IS NOT (SELECT coalesce(max(edition), 0) + 1 FROM ledger_regular WHERE community_id = NEW.community_id) BEGIN SELECT RAISE(ABORT, 'edition_taken'); END;
