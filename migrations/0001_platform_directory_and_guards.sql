-- The directory of communities (used on shard 0 only), one row a community on its own shard, and the guards every batch uses.

CREATE TABLE directory (
  slug TEXT NOT NULL PRIMARY KEY CHECK (length(slug) BETWEEN 2 AND 40),
  community_id TEXT NOT NULL UNIQUE,
  shard INTEGER NOT NULL CHECK (shard >= 0),
  name TEXT NOT NULL,
  street TEXT NOT NULL,
  district TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX directory_by_name ON directory(name, slug);

CREATE TABLE community (
  community_id TEXT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  street TEXT NOT NULL,
  district TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Settings that differ by place: each value with the clause it rests on. A change is a new row; the newest counts.
CREATE TABLE setting (
  community_id TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  clause TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, key, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER setting_no_update BEFORE UPDATE ON setting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER setting_no_replace BEFORE INSERT ON setting WHEN EXISTS (SELECT 1 FROM setting WHERE community_id = NEW.community_id AND key = NEW.key AND version = NEW.version) BEGIN SELECT RAISE(ABORT, 'setting_changed_meanwhile'); END;

-- An assertion inside a batch: not ok aborts everything with its code, ok leaves no row.
CREATE TABLE assertion (code TEXT NOT NULL, ok INTEGER NOT NULL) STRICT;
CREATE TRIGGER assertion_fail BEFORE INSERT ON assertion WHEN NEW.ok IS NOT 1 BEGIN SELECT RAISE(ABORT, NEW.code); END;
CREATE TRIGGER assertion_pass BEFORE INSERT ON assertion WHEN NEW.ok IS 1 BEGIN SELECT RAISE(IGNORE); END;

-- The first answer to a request that may be sent twice.
CREATE TABLE once (
  community_id TEXT NOT NULL,
  once_key TEXT NOT NULL CHECK (length(once_key) BETWEEN 8 AND 64),
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, once_key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER once_no_update BEFORE UPDATE ON once BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Files put into FILES: what they are, and the hash the record speaks of. The bytes are sealed.
CREATE TABLE file (
  community_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  sha256 TEXT NOT NULL,
  public INTEGER NOT NULL CHECK (public IN (0, 1)),
  put_by TEXT NOT NULL,
  put_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, file_id)
) STRICT, WITHOUT ROWID;

-- The demo's clock; empty on a deployment.
CREATE TABLE demo_clock (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL) STRICT;
-- Which steps of filling the demo are done; empty on a deployment.
CREATE TABLE demo_seed (step INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
