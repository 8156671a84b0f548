-- Two clocks of the fund. After the hand-over the committee's approval is filed with the authority (MF 23); before it, the owners' decision
-- to hold the fund themselves is made known to the authority, which hands over within its time (MF 15).
CREATE TABLE fund_filing (
  community_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  on_day TEXT NOT NULL CHECK (length(on_day) = 10),
  words TEXT NOT NULL CHECK (words <> ''),
  attachments TEXT NOT NULL CHECK (json_valid(attachments)),
  filed_by TEXT NOT NULL,
  filed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, project_id),
  FOREIGN KEY (community_id, project_id) REFERENCES fund_project (community_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_filing_no_update BEFORE UPDATE ON fund_filing BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_filing_no_delete BEFORE DELETE ON fund_filing BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_filing_once BEFORE INSERT ON fund_filing WHEN EXISTS (SELECT 1 FROM fund_filing WHERE community_id = NEW.community_id AND project_id = NEW.project_id) OR NOT EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = NEW.community_id AND s.project_id = NEW.project_id AND s.kind = 'approved') BEGIN SELECT RAISE(ABORT, 'fund_step_moved'); END;

CREATE TABLE fund_transfer (
  community_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  meeting_id TEXT NOT NULL,
  meeting INTEGER NOT NULL,
  item INTEGER NOT NULL,
  noticed_on TEXT NOT NULL CHECK (length(noticed_on) = 10),
  words TEXT NOT NULL CHECK (words <> ''),
  noticed_by TEXT NOT NULL,
  noticed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fund_transfer_no_update BEFORE UPDATE ON fund_transfer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_transfer_no_delete BEFORE DELETE ON fund_transfer BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER fund_transfer_no_replace BEFORE INSERT ON fund_transfer WHEN EXISTS (SELECT 1 FROM fund_transfer WHERE community_id = NEW.community_id AND number >= NEW.number) BEGIN SELECT RAISE(ABORT, 'fund_mode_moved'); END;
-- One notice for one hand-over: the next after the fund was held by the owners and went back.
CREATE TRIGGER fund_transfer_while_held BEFORE INSERT ON fund_transfer WHEN coalesce((SELECT m.mode FROM fund_mode m WHERE m.community_id = NEW.community_id ORDER BY m.number DESC LIMIT 1), 'authority') <> 'authority' OR EXISTS (SELECT 1 FROM fund_transfer t WHERE t.community_id = NEW.community_id AND t.noticed_at > coalesce((SELECT max(m.set_at) FROM fund_mode m WHERE m.community_id = t.community_id), 0)) BEGIN SELECT RAISE(ABORT, 'fund_mode_moved'); END;
