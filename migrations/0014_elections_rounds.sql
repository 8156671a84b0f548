-- The rounds of an election: what was put to the vote and with which sealed seed, what it came to, who was seated by it, and the
-- members' own choice of their chair. Everything here only grows; of the sealed seed only the seal may change, under a newer key.

-- A round as it was placed in a meeting. candidates is JSON in the order of the ballot: [{"optionNo":1,"candidateId":…,"number":…,"label":…}].
-- members is how many sit already: elected in an earlier round and keeping it, or in a by-election the committee's.
CREATE TABLE election_round (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL CHECK (round_no > 0),
  meeting_id TEXT NOT NULL,
  seats_open INTEGER NOT NULL CHECK (seats_open > 0),
  seats_of_committee INTEGER NOT NULL CHECK (seats_of_committee >= seats_open),
  members INTEGER NOT NULL CHECK (members >= 0),
  legal_least INTEGER NOT NULL CHECK (legal_least > 0),
  alternates_most INTEGER NOT NULL CHECK (alternates_most >= 0),
  at_most INTEGER NOT NULL CHECK (at_most > 0),
  candidates TEXT NOT NULL CHECK (json_valid(candidates)),
  candidates_hash TEXT NOT NULL CHECK (length(candidates_hash) = 64),
  commitment TEXT NOT NULL CHECK (length(commitment) = 64),
  seed_sealed TEXT NOT NULL CHECK (seed_sealed <> ''),
  not_before INTEGER NOT NULL,
  placed_by TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, round_no),
  FOREIGN KEY (community_id, election_id) REFERENCES election (community_id, election_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX election_round_by_meeting ON election_round(community_id, meeting_id);

-- A round that will never seat anyone: taken back from a draft, its meeting withdrawn, or annulled by the authority before it did.
CREATE TABLE election_round_void (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('taken_back', 'withdrawn', 'annulled')),
  why TEXT NOT NULL,
  voided_by TEXT NOT NULL,
  voided_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, round_no),
  FOREIGN KEY (community_id, election_id, round_no) REFERENCES election_round (community_id, election_id, round_no)
) STRICT, WITHOUT ROWID;

-- What one published count of a round came to. A recount that says otherwise is a second row, once the first was undone. outcome is
-- JSON: the verdict with everyone's place; kept lists who stays elected for the next round; seed is revealed here, in hex.
CREATE TABLE election_round_result (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL,
  run_no INTEGER NOT NULL CHECK (run_no > 0),
  verdict TEXT NOT NULL CHECK (verdict IN ('stands', 'too_few', 'further_vote', 'nobody_passed', 'quorum_not_met')),
  outcome TEXT NOT NULL CHECK (json_valid(outcome)),
  kept TEXT NOT NULL CHECK (json_valid(kept)),
  seed TEXT NOT NULL CHECK (length(seed) = 64),
  mandate_id TEXT,
  settled_by TEXT NOT NULL,
  settled_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, round_no, run_no),
  FOREIGN KEY (community_id, election_id, round_no) REFERENCES election_round (community_id, election_id, round_no),
  CHECK ((verdict = 'stands') = (mandate_id IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- A settled round that was undone: the decision annulled by the authority, or another count published in its place.
CREATE TABLE election_round_undone (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL,
  run_no INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('annulled', 'recounted')),
  why TEXT NOT NULL CHECK (why <> ''),
  undone_by TEXT NOT NULL,
  undone_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, round_no, run_no),
  FOREIGN KEY (community_id, election_id, round_no, run_no) REFERENCES election_round_result (community_id, election_id, round_no, run_no)
) STRICT, WITHOUT ROWID;

-- Who was elected to what when a round seated a committee: everyone it seats, those of earlier rounds too.
CREATE TABLE election_seat (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL,
  run_no INTEGER NOT NULL,
  candidate_id TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('member', 'alternate')),
  place_no INTEGER NOT NULL CHECK (place_no > 0),
  PRIMARY KEY (community_id, election_id, round_no, run_no, candidate_id),
  FOREIGN KEY (community_id, election_id, round_no, run_no) REFERENCES election_round_result (community_id, election_id, round_no, run_no)
) STRICT, WITHOUT ROWID;

-- The tenure by which they took it. Missing while another post stands in the way.
CREATE TABLE election_seat_taken (
  community_id TEXT NOT NULL,
  election_id TEXT NOT NULL,
  round_no INTEGER NOT NULL,
  run_no INTEGER NOT NULL,
  candidate_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  tenure_id TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  taken_by TEXT NOT NULL,
  PRIMARY KEY (community_id, election_id, round_no, run_no, candidate_id),
  FOREIGN KEY (community_id, election_id, round_no, run_no, candidate_id) REFERENCES election_seat (community_id, election_id, round_no, run_no, candidate_id),
  FOREIGN KEY (community_id, tenure_id) REFERENCES office_tenure (community_id, tenure_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER election_round_no_update BEFORE UPDATE OF community_id, election_id, round_no, meeting_id, seats_open, seats_of_committee, members, legal_least, alternates_most, at_most, candidates, candidates_hash, commitment, not_before, placed_by, placed_at, leaf_hash ON election_round BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_no_delete BEFORE DELETE ON election_round BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- One trigger refuses a gap, two placings at once, and INSERT OR REPLACE.
CREATE TRIGGER election_round_in_turn BEFORE INSERT ON election_round WHEN NEW.round_no IS NOT coalesce((SELECT max(round_no) FROM election_round WHERE community_id = NEW.community_id AND election_id = NEW.election_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'round_stale'); END;
CREATE TRIGGER election_round_one_at_a_time BEFORE INSERT ON election_round WHEN EXISTS (SELECT 1 FROM election_round r WHERE r.community_id = NEW.community_id AND r.election_id = NEW.election_id AND NOT EXISTS (SELECT 1 FROM election_round_void v WHERE v.community_id = r.community_id AND v.election_id = r.election_id AND v.round_no = r.round_no) AND NOT EXISTS (SELECT 1 FROM election_round_result s WHERE s.community_id = r.community_id AND s.election_id = r.election_id AND s.round_no = r.round_no)) BEGIN SELECT RAISE(ABORT, 'round_under_way'); END;
CREATE TRIGGER election_round_while_standing BEFORE INSERT ON election_round WHEN NOT EXISTS (SELECT 1 FROM election e WHERE e.community_id = NEW.community_id AND e.election_id = NEW.election_id AND e.state = 'standing') BEGIN SELECT RAISE(ABORT, 'election_stale'); END;

CREATE TRIGGER election_round_void_no_update BEFORE UPDATE ON election_round_void BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_void_no_delete BEFORE DELETE ON election_round_void BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_void_once BEFORE INSERT ON election_round_void WHEN EXISTS (SELECT 1 FROM election_round_void WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no) OR EXISTS (SELECT 1 FROM election_round_result WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no) BEGIN SELECT RAISE(ABORT, 'round_over'); END;

CREATE TRIGGER election_round_result_no_update BEFORE UPDATE ON election_round_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_result_no_delete BEFORE DELETE ON election_round_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Of two seatings at once exactly one is written: a result stands until it is undone.
CREATE TRIGGER election_round_result_once BEFORE INSERT ON election_round_result WHEN EXISTS (SELECT 1 FROM election_round_result s WHERE s.community_id = NEW.community_id AND s.election_id = NEW.election_id AND s.round_no = NEW.round_no AND (s.run_no >= NEW.run_no OR NOT EXISTS (SELECT 1 FROM election_round_undone u WHERE u.community_id = s.community_id AND u.election_id = s.election_id AND u.round_no = s.round_no AND u.run_no = s.run_no))) OR EXISTS (SELECT 1 FROM election_round_void v WHERE v.community_id = NEW.community_id AND v.election_id = NEW.election_id AND v.round_no = NEW.round_no) BEGIN SELECT RAISE(ABORT, 'round_over'); END;

CREATE TRIGGER election_round_undone_no_update BEFORE UPDATE ON election_round_undone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_undone_no_delete BEFORE DELETE ON election_round_undone BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_round_undone_once BEFORE INSERT ON election_round_undone WHEN EXISTS (SELECT 1 FROM election_round_undone WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no AND run_no = NEW.run_no) BEGIN SELECT RAISE(ABORT, 'undone_already'); END;

CREATE TRIGGER election_seat_no_update BEFORE UPDATE ON election_seat BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_seat_no_delete BEFORE DELETE ON election_seat BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_seat_no_replace BEFORE INSERT ON election_seat WHEN EXISTS (SELECT 1 FROM election_seat WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no AND run_no = NEW.run_no AND candidate_id = NEW.candidate_id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_seat_taken_no_update BEFORE UPDATE ON election_seat_taken BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_seat_taken_no_delete BEFORE DELETE ON election_seat_taken BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER election_seat_taken_once BEFORE INSERT ON election_seat_taken WHEN EXISTS (SELECT 1 FROM election_seat_taken WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no AND run_no = NEW.run_no AND candidate_id = NEW.candidate_id) OR EXISTS (SELECT 1 FROM election_round_undone WHERE community_id = NEW.community_id AND election_id = NEW.election_id AND round_no = NEW.round_no AND run_no = NEW.run_no) BEGIN SELECT RAISE(ABORT, 'seat_taken'); END;

-- An election that seated a committee opens again only where that seating was undone, and is ended instead where another is under way.
DROP TRIGGER election_over;
CREATE TRIGGER election_over BEFORE UPDATE ON election WHEN OLD.state = 'ended' OR (OLD.state = 'seated' AND (NEW.state NOT IN ('standing', 'voting', 'ended') OR EXISTS (SELECT 1 FROM election_round_result s WHERE s.community_id = OLD.community_id AND s.election_id = OLD.election_id AND s.verdict = 'stands' AND NOT EXISTS (SELECT 1 FROM election_round_undone u WHERE u.community_id = s.community_id AND u.election_id = s.election_id AND u.round_no = s.round_no AND u.run_no = s.run_no)) OR NOT EXISTS (SELECT 1 FROM election_round_undone u WHERE u.community_id = OLD.community_id AND u.election_id = OLD.election_id))) BEGIN SELECT RAISE(ABORT, 'election_over'); END;
CREATE TRIGGER election_reopened_alone BEFORE UPDATE ON election WHEN OLD.state = 'seated' AND NEW.state IN ('standing', 'voting') AND EXISTS (SELECT 1 FROM election e WHERE e.community_id = OLD.community_id AND e.body_id = OLD.body_id AND e.election_id <> OLD.election_id AND e.state NOT IN ('seated', 'ended')) BEGIN SELECT RAISE(ABORT, 'election_under_way'); END;

-- A ballot among the members, for chair or deputies, at their first meeting or whenever the post falls vacant. among is JSON: the
-- persons who may be chosen; voters how many sat when it was opened.
CREATE TABLE members_ballot (
  community_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  ballot_no INTEGER NOT NULL CHECK (ballot_no > 0),
  post TEXT NOT NULL CHECK (post IN ('committee_chair', 'committee_deputy')),
  places INTEGER NOT NULL CHECK (places BETWEEN 1 AND 5),
  among TEXT NOT NULL CHECK (json_valid(among)),
  seats INTEGER NOT NULL CHECK (seats > 0),
  decision TEXT NOT NULL CHECK (decision IN ('more_than_half', 'half_or_more')),
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, mandate_id, ballot_no),
  FOREIGN KEY (community_id, mandate_id) REFERENCES mandate (community_id, mandate_id)
) STRICT, WITHOUT ROWID;

-- A member's vote, sealed: the members vote in writing, and what is shown of it are sums.
CREATE TABLE members_vote (
  community_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  ballot_no INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  chosen_sealed TEXT NOT NULL CHECK (chosen_sealed <> ''),
  voted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, mandate_id, ballot_no, person_id),
  FOREIGN KEY (community_id, mandate_id, ballot_no) REFERENCES members_ballot (community_id, mandate_id, ballot_no)
) STRICT, WITHOUT ROWID;

-- What a ballot came to: the votes of each as JSON, and who was chosen. Nobody chosen: another ballot.
CREATE TABLE members_result (
  community_id TEXT NOT NULL,
  mandate_id TEXT NOT NULL,
  ballot_no INTEGER NOT NULL,
  voters INTEGER NOT NULL CHECK (voters >= 0),
  votes TEXT NOT NULL CHECK (json_valid(votes)),
  chosen TEXT NOT NULL CHECK (json_valid(chosen)),
  counted_by TEXT NOT NULL,
  counted_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, mandate_id, ballot_no),
  FOREIGN KEY (community_id, mandate_id, ballot_no) REFERENCES members_ballot (community_id, mandate_id, ballot_no)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER members_ballot_no_update BEFORE UPDATE ON members_ballot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_ballot_no_delete BEFORE DELETE ON members_ballot BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_ballot_in_turn BEFORE INSERT ON members_ballot WHEN NEW.ballot_no IS NOT coalesce((SELECT max(ballot_no) FROM members_ballot WHERE community_id = NEW.community_id AND mandate_id = NEW.mandate_id), 0) + 1 OR EXISTS (SELECT 1 FROM members_ballot b WHERE b.community_id = NEW.community_id AND b.mandate_id = NEW.mandate_id AND NOT EXISTS (SELECT 1 FROM members_result r WHERE r.community_id = b.community_id AND r.mandate_id = b.mandate_id AND r.ballot_no = b.ballot_no)) BEGIN SELECT RAISE(ABORT, 'members_ballot_open'); END;
CREATE TRIGGER members_vote_no_update BEFORE UPDATE OF community_id, mandate_id, ballot_no, person_id, voted_at, leaf_hash ON members_vote BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_vote_no_delete BEFORE DELETE ON members_vote BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_vote_once BEFORE INSERT ON members_vote WHEN EXISTS (SELECT 1 FROM members_vote WHERE community_id = NEW.community_id AND mandate_id = NEW.mandate_id AND ballot_no = NEW.ballot_no AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'member_voted'); END;
CREATE TRIGGER members_vote_in_time BEFORE INSERT ON members_vote WHEN EXISTS (SELECT 1 FROM members_result WHERE community_id = NEW.community_id AND mandate_id = NEW.mandate_id AND ballot_no = NEW.ballot_no) BEGIN SELECT RAISE(ABORT, 'members_ballot_counted'); END;
CREATE TRIGGER members_result_no_update BEFORE UPDATE ON members_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_result_no_delete BEFORE DELETE ON members_result BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER members_result_once BEFORE INSERT ON members_result WHEN EXISTS (SELECT 1 FROM members_result WHERE community_id = NEW.community_id AND mandate_id = NEW.mandate_id AND ballot_no = NEW.ballot_no) BEGIN SELECT RAISE(ABORT, 'members_ballot_counted'); END;
