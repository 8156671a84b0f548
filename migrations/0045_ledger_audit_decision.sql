-- The item of the owners' meeting an audit rests on, where it rests on one; it was carried and published when the audit was opened.
ALTER TABLE audit_engagement ADD COLUMN meeting INTEGER CHECK (meeting > 0);
ALTER TABLE audit_engagement ADD COLUMN item INTEGER CHECK (item > 0);
CREATE TRIGGER audit_engagement_decision_whole BEFORE INSERT ON audit_engagement WHEN (NEW.meeting IS NULL) <> (NEW.item IS NULL) OR (NEW.commission = 'assembly' AND NEW.meeting IS NULL) BEGIN SELECT RAISE(ABORT, 'decision_missing'); END;
CREATE TRIGGER audit_engagement_decision_stands BEFORE UPDATE ON audit_engagement WHEN NEW.meeting IS NOT OLD.meeting OR NEW.item IS NOT OLD.item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
