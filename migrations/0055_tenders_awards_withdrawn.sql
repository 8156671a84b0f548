-- An award stands on the owners' decision. Where that was annulled, or a recount of it chose somebody else or nobody, the award is withdrawn,
-- with the cause; the row of the award stays as it was.
CREATE TABLE tender_award_withdrawal (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('annulled', 'recounted')),
  -- The published count that no longer chose this bidder; null where the meeting was annulled.
  run_no INTEGER,
  withdrawn_by TEXT NOT NULL,
  withdrawn_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no),
  FOREIGN KEY (community_id, tender_id, lot_no) REFERENCES tender_award (community_id, tender_id, lot_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_award_withdrawal_no_update BEFORE UPDATE ON tender_award_withdrawal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_award_withdrawal_no_delete BEFORE DELETE ON tender_award_withdrawal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_award_withdrawal_no_replace BEFORE INSERT ON tender_award_withdrawal WHEN EXISTS (SELECT 1 FROM tender_award_withdrawal WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'withdrawn_already'); END;

-- Whether an award has lost its ground: its meeting annulled, or its newest published count not carrying this bidder any more.
CREATE VIEW tender_award_shaken AS
SELECT a.community_id, a.tender_id, a.lot_no, iif(g.state = 'annulled', 'annulled', 'recounted') AS cause, iif(g.state = 'annulled', NULL, n.run_no) AS run_no
FROM tender_award a
JOIN meeting g ON g.community_id = a.community_id AND g.meeting_id = a.meeting_id
LEFT JOIN count_run n ON n.community_id = g.community_id AND n.meeting_id = g.meeting_id AND n.run_no = (SELECT max(m.run_no) FROM count_run m WHERE m.community_id = g.community_id AND m.meeting_id = g.meeting_id AND m.published_at IS NOT NULL)
WHERE g.state = 'annulled' OR (n.run_no IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM tender_choice c JOIN tender_choice_result r ON r.community_id = c.community_id AND r.tender_id = c.tender_id AND r.lot_no = c.lot_no AND r.turn = c.turn AND r.verdict = 'chosen' AND r.bidder_no = a.bidder_no
  JOIN count_result s ON s.community_id = a.community_id AND s.meeting_id = a.meeting_id AND s.run_no = n.run_no AND s.item_no = a.item_no AND s.basis = 'strict' AND s.result ->> 'outcome' = 'carried'
  WHERE c.community_id = a.community_id AND c.tender_id = a.tender_id AND c.lot_no = a.lot_no AND c.meeting_id = a.meeting_id AND EXISTS (SELECT 1 FROM json_each(s.result, '$.carried') j WHERE j.value = r.option_no)));

-- No contract is signed for a lot whose award has lost its ground, whether or not anybody has withdrawn it yet.
CREATE TRIGGER tender_contract_lot_of_standing_award BEFORE INSERT ON tender_contract_lot WHEN EXISTS (SELECT 1 FROM tender_award_withdrawal WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) OR EXISTS (SELECT 1 FROM tender_award_shaken WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no) BEGIN SELECT RAISE(ABORT, 'award_shaken'); END;
