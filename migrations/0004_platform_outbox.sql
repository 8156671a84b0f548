-- Messages waiting to be sent, written in the same batch as the act that causes them. Neither phone numbers nor texts are
-- kept: recipient and params are ids, and the words are made when the message is sent.
-- message_id is derived from the deduplication key, so queueing the same message twice meets the primary key.
CREATE TABLE outbox_message (
  community_id TEXT NOT NULL,
  message_id TEXT NOT NULL CHECK (length(message_id) = 26),
  kind TEXT NOT NULL CHECK (kind <> ''),
  recipient TEXT NOT NULL,
  params TEXT NOT NULL CHECK (json_valid(params)),
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'skipped')),
  queued_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  expires_at INTEGER,
  next_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  attempt_limit INTEGER NOT NULL CHECK (attempt_limit > 0),
  lease TEXT NOT NULL DEFAULT '',
  lease_until INTEGER NOT NULL DEFAULT 0,
  last_outcome TEXT NOT NULL DEFAULT '',
  done_at INTEGER,
  PRIMARY KEY (community_id, message_id)
) STRICT, WITHOUT ROWID;

-- What is due: only rows that still wait are in it, so sending costs the same after a million sent messages.
CREATE INDEX outbox_due ON outbox_message(community_id, next_at) WHERE state = 'queued';
CREATE INDEX outbox_by_state ON outbox_message(community_id, state, queued_at);

CREATE TRIGGER outbox_message_no_delete BEFORE DELETE ON outbox_message BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER outbox_message_as_queued BEFORE UPDATE ON outbox_message WHEN NEW.community_id IS NOT OLD.community_id OR NEW.message_id IS NOT OLD.message_id OR NEW.kind IS NOT OLD.kind OR NEW.recipient IS NOT OLD.recipient OR NEW.params IS NOT OLD.params OR NEW.queued_at IS NOT OLD.queued_at BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- What has been sent stays sent; only what was given up may be tried again.
CREATE TRIGGER outbox_message_done_once BEFORE UPDATE OF state ON outbox_message WHEN OLD.state IN ('sent', 'skipped') AND NEW.state IS NOT OLD.state BEGIN SELECT RAISE(ABORT, 'already_sent'); END;

-- Each try and what became of it: the proof that a message left, or why it did not.
CREATE TABLE outbox_attempt (
  community_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'failed', 'skipped')),
  detail TEXT NOT NULL,
  PRIMARY KEY (community_id, message_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER outbox_attempt_no_update BEFORE UPDATE ON outbox_attempt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER outbox_attempt_no_delete BEFORE DELETE ON outbox_attempt BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER outbox_attempt_no_replace BEFORE INSERT ON outbox_attempt WHEN EXISTS (SELECT 1 FROM outbox_attempt WHERE community_id = NEW.community_id AND message_id = NEW.message_id AND attempt = NEW.attempt) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
