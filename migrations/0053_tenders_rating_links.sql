-- Each household that has somebody to act for it is written to once a period, with a link under which it rates without signing in.
-- Who was written to stands here; who rated stands nowhere.
CREATE TABLE tender_rating_invitation (
  community_id TEXT NOT NULL,
  period TEXT NOT NULL,
  households INTEGER NOT NULL CHECK (households >= 0),
  until_on TEXT NOT NULL CHECK (length(until_on) = 10),
  invited_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, period)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_rating_invitation_no_update BEFORE UPDATE ON tender_rating_invitation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_invitation_no_delete BEFORE DELETE ON tender_rating_invitation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_invitation_no_replace BEFORE INSERT ON tender_rating_invitation WHEN EXISTS (SELECT 1 FROM tender_rating_invitation WHERE community_id = NEW.community_id AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'invited_already'); END;

CREATE TABLE tender_rating_link (
  community_id TEXT NOT NULL,
  period TEXT NOT NULL,
  -- The head of the roll as it stood when it was written to. A head that changed opens nothing with it.
  head_key TEXT NOT NULL CHECK (head_key <> ''),
  -- An owner of the head, and who acts for it: the owner, whom the co-owners chose, or a guardian.
  party_id TEXT NOT NULL,
  acts_id TEXT NOT NULL,
  token_hash TEXT NOT NULL CHECK (length(token_hash) = 64),
  PRIMARY KEY (community_id, period, head_key),
  FOREIGN KEY (community_id, period) REFERENCES tender_rating_invitation (community_id, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_rating_link_by_token ON tender_rating_link(community_id, token_hash);
CREATE TRIGGER tender_rating_link_no_update BEFORE UPDATE ON tender_rating_link BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_link_no_delete BEFORE DELETE ON tender_rating_link BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rating_link_no_replace BEFORE INSERT ON tender_rating_link WHEN EXISTS (SELECT 1 FROM tender_rating_link WHERE community_id = NEW.community_id AND period = NEW.period AND head_key = NEW.head_key) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
