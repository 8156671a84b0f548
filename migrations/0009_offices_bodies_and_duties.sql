-- What becomes of bodies and posts after they were formed, the levels a district names, and who answers for which task.
-- Everything here only grows: a change is the next version, and the newest counts.

-- A level of the district's tree, such as 街道 or 楼栋. rank orders them, the smallest at the top; gaps leave room between.
CREATE TABLE office_level (
  community_id TEXT NOT NULL,
  level_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  rank INTEGER NOT NULL CHECK (rank > 0),
  retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, level_id, version)
) STRICT, WITHOUT ROWID;
CREATE VIEW office_level_now AS SELECT l.* FROM office_level l WHERE l.version = (SELECT max(n.version) FROM office_level n WHERE n.community_id = l.community_id AND n.level_id = l.level_id);

-- A body as it is from an instant on: its name, place in the tree, and the buildings it answers for, as JSON
-- [{"building":"3栋","entrance":""}]. version 1 of a body formed with a level or buildings is its formation; 'dissolved' is its end.
CREATE TABLE office_body_change (
  community_id TEXT NOT NULL,
  body_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  act TEXT NOT NULL CHECK (act IN ('formed', 'changed', 'dissolved')),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  level_id TEXT NOT NULL,
  parent_id TEXT CHECK (parent_id <> body_id),
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  effective_at INTEGER NOT NULL,
  document TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, body_id, version),
  FOREIGN KEY (community_id, body_id) REFERENCES office_body (community_id, body_id),
  FOREIGN KEY (community_id, parent_id) REFERENCES office_body (community_id, body_id),
  CHECK (act = 'formed' OR document <> '')
) STRICT, WITHOUT ROWID;
CREATE VIEW office_body_now AS SELECT b.community_id, b.body_id, b.kind, coalesce(c.version, 0) AS version, coalesce(c.act, 'formed') AS act, coalesce(c.name_zh, b.name_zh) AS name_zh, coalesce(c.name_en, b.name_en) AS name_en, coalesce(c.level_id, '') AS level_id, CASE WHEN c.version IS NULL THEN b.parent_id ELSE c.parent_id END AS parent_id, coalesce(c.areas, '[]') AS areas, coalesce(c.effective_at, b.formed_at) AS effective_at FROM office_body b LEFT JOIN office_body_change c ON c.community_id = b.community_id AND c.body_id = b.body_id AND c.version = (SELECT max(n.version) FROM office_body_change n WHERE n.community_id = b.community_id AND n.body_id = b.body_id);

-- A post's title, seats and length of term from now on. No seats: the post is given to nobody any more.
CREATE TABLE office_post_change (
  community_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  title_zh TEXT NOT NULL CHECK (title_zh <> ''),
  title_en TEXT NOT NULL CHECK (title_en <> ''),
  seats INTEGER NOT NULL CHECK (seats BETWEEN 0 AND 999),
  term_months INTEGER CHECK (term_months BETWEEN 1 AND 120),
  document TEXT NOT NULL CHECK (document <> ''),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, post_id, version),
  FOREIGN KEY (community_id, post_id) REFERENCES office_post (community_id, post_id)
) STRICT, WITHOUT ROWID;
CREATE VIEW office_post_now AS SELECT p.community_id, p.post_id, p.body_id, p.kind, coalesce(c.version, 0) AS version, coalesce(c.title_zh, p.title_zh) AS title_zh, coalesce(c.title_en, p.title_en) AS title_en, coalesce(c.seats, p.seats) AS seats, c.term_months, p.position FROM office_post p LEFT JOIN office_post_change c ON c.community_id = p.community_id AND c.post_id = p.post_id AND c.version = (SELECT max(n.version) FROM office_post_change n WHERE n.community_id = p.community_id AND n.post_id = p.post_id);

CREATE TRIGGER office_level_no_update BEFORE UPDATE ON office_level BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_level_no_delete BEFORE DELETE ON office_level BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One trigger refuses a gap, a second change on the same state, and INSERT OR REPLACE; so for bodies and posts below.
CREATE TRIGGER office_level_next_only BEFORE INSERT ON office_level WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM office_level WHERE community_id = NEW.community_id AND level_id = NEW.level_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'level_changed_meanwhile'); END;
CREATE TRIGGER office_level_one_name BEFORE INSERT ON office_level WHEN NEW.retired = 0 AND EXISTS (SELECT 1 FROM office_level_now l WHERE l.community_id = NEW.community_id AND l.level_id <> NEW.level_id AND l.retired = 0 AND l.name_zh = NEW.name_zh) BEGIN SELECT RAISE(ABORT, 'level_name_taken'); END;
CREATE TRIGGER office_level_one_rank BEFORE INSERT ON office_level WHEN NEW.retired = 0 AND EXISTS (SELECT 1 FROM office_level_now l WHERE l.community_id = NEW.community_id AND l.level_id <> NEW.level_id AND l.retired = 0 AND l.rank = NEW.rank AND l.name_zh <> NEW.name_zh) BEGIN SELECT RAISE(ABORT, 'level_changed_meanwhile'); END;
CREATE TRIGGER office_level_in_use BEFORE INSERT ON office_level WHEN NEW.retired = 1 AND EXISTS (SELECT 1 FROM office_body_now b WHERE b.community_id = NEW.community_id AND b.level_id = NEW.level_id AND b.act <> 'dissolved') BEGIN SELECT RAISE(ABORT, 'level_in_use'); END;

CREATE TRIGGER office_body_change_no_update BEFORE UPDATE ON office_body_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_body_change_no_delete BEFORE DELETE ON office_body_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_body_change_next_only BEFORE INSERT ON office_body_change WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM office_body_change WHERE community_id = NEW.community_id AND body_id = NEW.body_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'body_changed_meanwhile'); END;
CREATE TRIGGER office_body_change_not_after_end BEFORE INSERT ON office_body_change WHEN EXISTS (SELECT 1 FROM office_body_change WHERE community_id = NEW.community_id AND body_id = NEW.body_id AND act = 'dissolved') BEGIN SELECT RAISE(ABORT, 'body_ended'); END;
CREATE TRIGGER office_body_change_in_order BEFORE INSERT ON office_body_change WHEN EXISTS (SELECT 1 FROM office_body_change WHERE community_id = NEW.community_id AND body_id = NEW.body_id AND effective_at > NEW.effective_at) BEGIN SELECT RAISE(ABORT, 'before_last_change'); END;
CREATE TRIGGER office_body_change_level BEFORE INSERT ON office_body_change WHEN NEW.act <> 'dissolved' AND NEW.level_id <> '' AND NOT EXISTS (SELECT 1 FROM office_level_now l WHERE l.community_id = NEW.community_id AND l.level_id = NEW.level_id AND l.retired = 0) BEGIN SELECT RAISE(ABORT, 'unknown_level'); END;
CREATE TRIGGER office_body_change_parent_lives BEFORE INSERT ON office_body_change WHEN NEW.act <> 'dissolved' AND EXISTS (SELECT 1 FROM office_body_now p WHERE p.community_id = NEW.community_id AND p.body_id = NEW.parent_id AND p.act = 'dissolved') BEGIN SELECT RAISE(ABORT, 'unknown_parent'); END;
CREATE TRIGGER office_body_change_still_held BEFORE INSERT ON office_body_change WHEN NEW.act = 'dissolved' AND EXISTS (SELECT 1 FROM office_post p JOIN office_span s ON s.community_id = p.community_id AND s.post_id = p.post_id WHERE p.community_id = NEW.community_id AND p.body_id = NEW.body_id AND s.until_at > s.from_at AND s.until_at > NEW.effective_at) BEGIN SELECT RAISE(ABORT, 'body_still_held'); END;
CREATE TRIGGER office_body_change_has_children BEFORE INSERT ON office_body_change WHEN NEW.act = 'dissolved' AND EXISTS (SELECT 1 FROM office_body_now b WHERE b.community_id = NEW.community_id AND b.parent_id = NEW.body_id AND b.act <> 'dissolved') BEGIN SELECT RAISE(ABORT, 'body_has_children'); END;
-- A new body may not be hung under one that is no more: office_body itself knows nothing of ends.
CREATE TRIGGER office_body_parent_lives BEFORE INSERT ON office_body WHEN EXISTS (SELECT 1 FROM office_body_change p WHERE p.community_id = NEW.community_id AND p.body_id = NEW.parent_id AND p.act = 'dissolved') BEGIN SELECT RAISE(ABORT, 'unknown_parent'); END;

CREATE TRIGGER office_post_body_lives BEFORE INSERT ON office_post WHEN EXISTS (SELECT 1 FROM office_body_change c WHERE c.community_id = NEW.community_id AND c.body_id = NEW.body_id AND c.act = 'dissolved') BEGIN SELECT RAISE(ABORT, 'body_ended'); END;
CREATE TRIGGER office_post_change_no_update BEFORE UPDATE ON office_post_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_post_change_no_delete BEFORE DELETE ON office_post_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER office_post_change_next_only BEFORE INSERT ON office_post_change WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM office_post_change WHERE community_id = NEW.community_id AND post_id = NEW.post_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'post_changed_meanwhile'); END;
CREATE TRIGGER office_post_change_body_lives BEFORE INSERT ON office_post_change WHEN EXISTS (SELECT 1 FROM office_post p JOIN office_body_change c ON c.community_id = p.community_id AND c.body_id = p.body_id AND c.act = 'dissolved' WHERE p.community_id = NEW.community_id AND p.post_id = NEW.post_id) BEGIN SELECT RAISE(ABORT, 'body_ended'); END;
-- Not fewer seats than are held at once, now or later. The most at once is reached now or where another tenure begins.
CREATE TRIGGER office_post_change_seats_held BEFORE INSERT ON office_post_change WHEN EXISTS (SELECT 1 FROM (SELECT NEW.recorded_at AS at UNION ALL SELECT s.from_at FROM office_span s WHERE s.community_id = NEW.community_id AND s.post_id = NEW.post_id AND s.from_at > NEW.recorded_at) start WHERE (SELECT count(*) FROM office_span h WHERE h.community_id = NEW.community_id AND h.post_id = NEW.post_id AND h.from_at <= start.at AND h.until_at > start.at) > NEW.seats) BEGIN SELECT RAISE(ABORT, 'seats_held'); END;

-- The seats of the newest version count, where 0005 knew only those a post began with.
DROP TRIGGER office_tenure_seats;
CREATE TRIGGER office_tenure_seats BEFORE INSERT ON office_tenure WHEN EXISTS (SELECT 1 FROM (SELECT NEW.from_at AS at UNION ALL SELECT s.from_at FROM office_span s WHERE s.community_id = NEW.community_id AND s.post_id = NEW.post_id AND s.from_at > NEW.from_at AND s.from_at < coalesce(NEW.until_at, 9007199254740991)) start WHERE (SELECT count(*) FROM office_span h WHERE h.community_id = NEW.community_id AND h.post_id = NEW.post_id AND h.from_at <= start.at AND h.until_at > start.at) >= (SELECT p.seats FROM office_post_now p WHERE p.community_id = NEW.community_id AND p.post_id = NEW.post_id)) BEGIN SELECT RAISE(ABORT, 'post_taken'); END;
-- A body that has ended gives no post past its end, also when two acts cross; before its end one may still be recorded late.
CREATE TRIGGER office_tenure_body_lives BEFORE INSERT ON office_tenure WHEN EXISTS (SELECT 1 FROM office_post p JOIN office_body_change c ON c.community_id = p.community_id AND c.body_id = p.body_id AND c.act = 'dissolved' WHERE p.community_id = NEW.community_id AND p.post_id = NEW.post_id AND (NEW.until_at IS NULL OR NEW.until_at > c.effective_at)) BEGIN SELECT RAISE(ABORT, 'body_ended'); END;

-- A task of the community's list (小区党支部十项任务清单 and others): reworded or ended by its next version.
CREATE TABLE duty_task (
  community_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  position INTEGER NOT NULL CHECK (position > 0),
  title_zh TEXT NOT NULL CHECK (title_zh <> ''),
  title_en TEXT NOT NULL CHECK (title_en <> ''),
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
  why TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, task_id, version)
) STRICT, WITHOUT ROWID;
CREATE VIEW duty_task_now AS SELECT d.* FROM duty_task d WHERE d.version = (SELECT max(n.version) FROM duty_task n WHERE n.community_id = d.community_id AND n.task_id = d.task_id);

-- A body takes a task on: leading it (牵头) by a day or at a cadence, with a post that answers by name, or helping (协同).
CREATE TABLE duty_assignment (
  community_id TEXT NOT NULL,
  assignment_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  task_id TEXT NOT NULL,
  body_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'support')),
  post_id TEXT,
  cadence TEXT NOT NULL CHECK (cadence IN ('once', 'monthly', 'quarterly', 'yearly')),
  begins_on TEXT NOT NULL CHECK (length(begins_on) = 10),
  due_on TEXT CHECK (length(due_on) = 10 AND due_on >= begins_on),
  ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
  why TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, assignment_id, version),
  FOREIGN KEY (community_id, body_id) REFERENCES office_body (community_id, body_id),
  FOREIGN KEY (community_id, post_id) REFERENCES office_post (community_id, post_id),
  CHECK ((cadence = 'once' AND role = 'lead') = (due_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_assignment_by_task ON duty_assignment(community_id, task_id);
CREATE VIEW duty_assignment_now AS SELECT a.* FROM duty_assignment a WHERE a.version = (SELECT max(n.version) FROM duty_assignment n WHERE n.community_id = a.community_id AND n.assignment_id = a.assignment_id);

-- What was reported of one period: progress, done with its evidence, sent back, or excused. due_on is the period's own last day.
CREATE TABLE duty_report (
  community_id TEXT NOT NULL,
  assignment_id TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period <> ''),
  report_no INTEGER NOT NULL CHECK (report_no > 0),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  kind TEXT NOT NULL CHECK (kind IN ('progress', 'done', 'returned', 'waived')),
  text TEXT NOT NULL CHECK (text <> ''),
  file_id TEXT,
  salt TEXT NOT NULL CHECK (length(salt) = 32),
  reported_by TEXT NOT NULL,
  reported_as TEXT NOT NULL,
  reported_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, assignment_id, period, report_no),
  FOREIGN KEY (community_id, file_id) REFERENCES file (community_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_report_by_due ON duty_report(community_id, due_on, assignment_id, period, report_no);
CREATE INDEX duty_report_by_file ON duty_report(community_id, file_id) WHERE file_id IS NOT NULL;

CREATE TRIGGER duty_task_no_update BEFORE UPDATE ON duty_task BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_task_no_delete BEFORE DELETE ON duty_task BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_task_next_only BEFORE INSERT ON duty_task WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM duty_task WHERE community_id = NEW.community_id AND task_id = NEW.task_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'task_changed_meanwhile'); END;
CREATE TRIGGER duty_task_one_title BEFORE INSERT ON duty_task WHEN NEW.ended = 0 AND EXISTS (SELECT 1 FROM duty_task_now d WHERE d.community_id = NEW.community_id AND d.task_id <> NEW.task_id AND d.ended = 0 AND d.title_zh = NEW.title_zh) BEGIN SELECT RAISE(ABORT, 'task_title_taken'); END;
CREATE TRIGGER duty_task_assigned BEFORE INSERT ON duty_task WHEN NEW.ended = 1 AND EXISTS (SELECT 1 FROM duty_assignment_now a WHERE a.community_id = NEW.community_id AND a.task_id = NEW.task_id AND a.ended = 0) BEGIN SELECT RAISE(ABORT, 'task_assigned'); END;

CREATE TRIGGER duty_assignment_no_update BEFORE UPDATE ON duty_assignment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_assignment_no_delete BEFORE DELETE ON duty_assignment BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_assignment_next_only BEFORE INSERT ON duty_assignment WHEN NEW.version IS NOT coalesce((SELECT max(version) FROM duty_assignment WHERE community_id = NEW.community_id AND assignment_id = NEW.assignment_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'duty_changed_meanwhile'); END;
CREATE TRIGGER duty_assignment_task_lives BEFORE INSERT ON duty_assignment WHEN NEW.ended = 0 AND NOT EXISTS (SELECT 1 FROM duty_task_now d WHERE d.community_id = NEW.community_id AND d.task_id = NEW.task_id AND d.ended = 0) BEGIN SELECT RAISE(ABORT, 'unknown_task'); END;
CREATE TRIGGER duty_assignment_body_lives BEFORE INSERT ON duty_assignment WHEN NEW.ended = 0 AND EXISTS (SELECT 1 FROM office_body_change c WHERE c.community_id = NEW.community_id AND c.body_id = NEW.body_id AND c.act = 'dissolved') BEGIN SELECT RAISE(ABORT, 'body_ended'); END;
CREATE TRIGGER duty_assignment_one_body BEFORE INSERT ON duty_assignment WHEN NEW.ended = 0 AND EXISTS (SELECT 1 FROM duty_assignment_now a WHERE a.community_id = NEW.community_id AND a.task_id = NEW.task_id AND a.assignment_id <> NEW.assignment_id AND a.ended = 0 AND a.body_id = NEW.body_id) BEGIN SELECT RAISE(ABORT, 'assigned_already'); END;
CREATE TRIGGER duty_assignment_one_lead BEFORE INSERT ON duty_assignment WHEN NEW.ended = 0 AND NEW.role = 'lead' AND EXISTS (SELECT 1 FROM duty_assignment_now a WHERE a.community_id = NEW.community_id AND a.task_id = NEW.task_id AND a.assignment_id <> NEW.assignment_id AND a.ended = 0 AND a.role = 'lead') BEGIN SELECT RAISE(ABORT, 'lead_taken'); END;
CREATE TRIGGER duty_assignment_as_begun BEFORE INSERT ON duty_assignment WHEN EXISTS (SELECT 1 FROM duty_assignment a WHERE a.community_id = NEW.community_id AND a.assignment_id = NEW.assignment_id AND (a.task_id <> NEW.task_id OR a.body_id <> NEW.body_id OR a.role <> NEW.role OR a.ended = 1)) BEGIN SELECT RAISE(ABORT, 'duty_ended'); END;

CREATE TRIGGER duty_report_no_update BEFORE UPDATE ON duty_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_report_no_delete BEFORE DELETE ON duty_report BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER duty_report_next_only BEFORE INSERT ON duty_report WHEN NEW.report_no IS NOT coalesce((SELECT max(report_no) FROM duty_report WHERE community_id = NEW.community_id AND assignment_id = NEW.assignment_id AND period = NEW.period), 0) + 1 BEGIN SELECT RAISE(ABORT, 'reported_meanwhile'); END;
CREATE TRIGGER duty_report_of_a_duty BEFORE INSERT ON duty_report WHEN NOT EXISTS (SELECT 1 FROM duty_assignment_now a WHERE a.community_id = NEW.community_id AND a.assignment_id = NEW.assignment_id AND a.ended = 0 AND a.role = 'lead') BEGIN SELECT RAISE(ABORT, 'duty_ended'); END;
-- What is done or excused stays so until it is sent back; nothing else can be sent back.
CREATE TRIGGER duty_report_settled BEFORE INSERT ON duty_report WHEN NEW.kind <> 'returned' AND EXISTS (SELECT 1 FROM duty_report r WHERE r.community_id = NEW.community_id AND r.assignment_id = NEW.assignment_id AND r.period = NEW.period AND r.report_no = NEW.report_no - 1 AND r.kind IN ('done', 'waived')) BEGIN SELECT RAISE(ABORT, 'settled_already'); END;
CREATE TRIGGER duty_report_sent_back BEFORE INSERT ON duty_report WHEN NEW.kind = 'returned' AND NOT EXISTS (SELECT 1 FROM duty_report r WHERE r.community_id = NEW.community_id AND r.assignment_id = NEW.assignment_id AND r.period = NEW.period AND r.report_no = NEW.report_no - 1 AND r.kind IN ('done', 'waived')) BEGIN SELECT RAISE(ABORT, 'not_settled'); END;

-- A body with duties is not dissolved: somebody else takes them first.
CREATE TRIGGER office_body_change_has_duties BEFORE INSERT ON office_body_change WHEN NEW.act = 'dissolved' AND EXISTS (SELECT 1 FROM duty_assignment_now a WHERE a.community_id = NEW.community_id AND a.body_id = NEW.body_id AND a.ended = 0) BEGIN SELECT RAISE(ABORT, 'body_has_duties'); END;
