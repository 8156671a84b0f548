-- The public record: one append-only log per community, its tree, checkpoints, witnesses and their cosignatures.
-- entry stands last, so that reading hashes alone does not walk through long entries.
CREATE TABLE record_leaf (
  community_id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 0),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64),
  at INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type <> ''),
  subject TEXT NOT NULL DEFAULT '',
  entry TEXT NOT NULL CHECK (length(CAST(entry AS BLOB)) BETWEEN 2 AND 65535),
  PRIMARY KEY (community_id, seq)
) STRICT, WITHOUT ROWID;

-- Not UNIQUE: two acts within one millisecond may say the same words, and neither may undo the other.
CREATE INDEX record_leaf_by_hash ON record_leaf (community_id, leaf_hash);
CREATE INDEX record_leaf_by_subject ON record_leaf (community_id, subject, seq) WHERE subject <> '';

-- One trigger refuses a gap, a second entry under one number, and INSERT OR REPLACE: only the next number is accepted.
CREATE TRIGGER record_leaf_next_only BEFORE INSERT ON record_leaf
WHEN NEW.seq IS NOT coalesce((SELECT seq FROM record_leaf WHERE community_id = NEW.community_id ORDER BY seq DESC LIMIT 1) + 1, 0)
BEGIN SELECT RAISE(ABORT, 'record_leaf_out_of_order'); END;
CREATE TRIGGER record_leaf_no_update BEFORE UPDATE ON record_leaf
BEGIN SELECT RAISE(ABORT, 'record_leaf_append_only'); END;
CREATE TRIGGER record_leaf_no_delete BEFORE DELETE ON record_leaf
BEGIN SELECT RAISE(ABORT, 'record_leaf_append_only'); END;

-- Hashes of complete subtrees of 2^level leaves, level 1 and up; level 0 is record_leaf itself.
CREATE TABLE record_node (
  community_id TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 52),
  position INTEGER NOT NULL CHECK (position >= 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (community_id, level, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_node_once BEFORE INSERT ON record_node
WHEN EXISTS (SELECT 1 FROM record_node WHERE community_id = NEW.community_id AND level = NEW.level AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'record_node_append_only'); END;
CREATE TRIGGER record_node_no_update BEFORE UPDATE ON record_node
BEGIN SELECT RAISE(ABORT, 'record_node_append_only'); END;
CREATE TRIGGER record_node_no_delete BEFORE DELETE ON record_node
BEGIN SELECT RAISE(ABORT, 'record_node_append_only'); END;

-- The log's name and key, fixed by its first checkpoint: were they taken from each request, two hosts would sign two logs.
CREATE TABLE record_log (
  community_id TEXT NOT NULL PRIMARY KEY,
  origin TEXT NOT NULL CHECK (origin <> ''),
  vkey TEXT NOT NULL CHECK (vkey <> ''),
  opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_log_once BEFORE INSERT ON record_log
WHEN EXISTS (SELECT 1 FROM record_log WHERE community_id = NEW.community_id)
BEGIN SELECT RAISE(ABORT, 'record_log_append_only'); END;
CREATE TRIGGER record_log_no_update BEFORE UPDATE ON record_log
BEGIN SELECT RAISE(ABORT, 'record_log_append_only'); END;
CREATE TRIGGER record_log_no_delete BEFORE DELETE ON record_log
BEGIN SELECT RAISE(ABORT, 'record_log_append_only'); END;

-- Signed checkpoints. Each names the one it was proved consistent with, so they form one chain that only grows.
CREATE TABLE record_checkpoint (
  community_id TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  previous_size INTEGER NOT NULL CHECK (previous_size >= 0 AND previous_size < size),
  root TEXT NOT NULL CHECK (length(root) = 64),
  note TEXT NOT NULL CHECK (note <> ''),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, size)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_checkpoint_chain BEFORE INSERT ON record_checkpoint
WHEN NEW.previous_size IS NOT coalesce((SELECT size FROM record_checkpoint WHERE community_id = NEW.community_id ORDER BY size DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'checkpoint_stale'); END;
CREATE TRIGGER record_checkpoint_covered BEFORE INSERT ON record_checkpoint
WHEN NOT EXISTS (SELECT 1 FROM record_leaf WHERE community_id = NEW.community_id AND seq = NEW.size - 1)
BEGIN SELECT RAISE(ABORT, 'checkpoint_beyond_log'); END;
CREATE TRIGGER record_checkpoint_no_update BEFORE UPDATE ON record_checkpoint
BEGIN SELECT RAISE(ABORT, 'record_checkpoint_append_only'); END;
CREATE TRIGGER record_checkpoint_no_delete BEFORE DELETE ON record_checkpoint
BEGIN SELECT RAISE(ABORT, 'record_checkpoint_append_only'); END;

-- Who may cosign: the street office, an auditor, an owners' group. label says in words who it is.
CREATE TABLE record_witness (
  community_id TEXT NOT NULL,
  key_name TEXT NOT NULL CHECK (key_name <> ''),
  key_id TEXT NOT NULL CHECK (length(key_id) = 8),
  vkey TEXT NOT NULL CHECK (vkey <> ''),
  label TEXT NOT NULL CHECK (label <> ''),
  registered_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, key_name, key_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_witness_once BEFORE INSERT ON record_witness
WHEN EXISTS (SELECT 1 FROM record_witness WHERE community_id = NEW.community_id AND key_name = NEW.key_name AND key_id = NEW.key_id)
BEGIN SELECT RAISE(ABORT, 'witness_known'); END;
CREATE TRIGGER record_witness_no_update BEFORE UPDATE ON record_witness
BEGIN SELECT RAISE(ABORT, 'record_witness_append_only'); END;
CREATE TRIGGER record_witness_no_delete BEFORE DELETE ON record_witness
BEGIN SELECT RAISE(ABORT, 'record_witness_append_only'); END;

-- A witness's signature under one checkpoint; signed_at is the witness's own time, in seconds.
CREATE TABLE record_cosignature (
  community_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  key_name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  line TEXT NOT NULL CHECK (line <> ''),
  signed_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, size, key_name, key_id),
  FOREIGN KEY (community_id, size) REFERENCES record_checkpoint (community_id, size),
  FOREIGN KEY (community_id, key_name, key_id) REFERENCES record_witness (community_id, key_name, key_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_cosignature_once BEFORE INSERT ON record_cosignature
WHEN EXISTS (SELECT 1 FROM record_cosignature WHERE community_id = NEW.community_id AND size = NEW.size AND key_name = NEW.key_name AND key_id = NEW.key_id)
BEGIN SELECT RAISE(ABORT, 'cosignature_known'); END;
CREATE TRIGGER record_cosignature_no_update BEFORE UPDATE ON record_cosignature
BEGIN SELECT RAISE(ABORT, 'record_cosignature_append_only'); END;
CREATE TRIGGER record_cosignature_no_delete BEFORE DELETE ON record_cosignature
BEGIN SELECT RAISE(ABORT, 'record_cosignature_append_only'); END;
