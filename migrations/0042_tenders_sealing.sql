-- Sealed bids: who holds the keys, what was rehearsed, what came in sealed, and how it was opened. No price stands here before the opening.

-- A keyholder's public key, by seat. A key lost before the first bid is made anew under the next number.
CREATE TABLE tender_key (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  seat INTEGER NOT NULL CHECK (seat IN (1, 2, 3)),
  key_no INTEGER NOT NULL CHECK (key_no > 0),
  -- RFC 7638 thumbprint, and the public JWK as canonical JSON.
  kid TEXT NOT NULL,
  jwk TEXT NOT NULL CHECK (json_valid(jwk) AND jwk ->> 'd' IS NULL),
  person_id TEXT NOT NULL,
  post TEXT NOT NULL,
  -- Why the one before was given up; empty for the first.
  why TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, seat, key_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_key_no_update BEFORE UPDATE ON tender_key BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_key_no_delete BEFORE DELETE ON tender_key BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_key_no_replace BEFORE INSERT ON tender_key WHEN EXISTS (SELECT 1 FROM tender_key WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND ((seat = NEW.seat AND key_no >= NEW.key_no) OR kid = NEW.kid)) BEGIN SELECT RAISE(ABORT, 'key_made'); END;
CREATE TRIGGER tender_key_one_person BEFORE INSERT ON tender_key WHEN EXISTS (SELECT 1 FROM tender_key WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND seat <> NEW.seat AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'keyholder_twice'); END;
CREATE TRIGGER tender_key_in_time BEFORE INSERT ON tender_key WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state IN ('draft', 'decided', 'noticed')) BEGIN SELECT RAISE(ABORT, 'keys_too_late'); END;

-- A test bid sealed for one set of keys; its text was forgotten when it was made.
CREATE TABLE tender_rehearsal (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  -- SHA-256 of the three kids in the order of the seats.
  keys_hash TEXT NOT NULL,
  -- How many keys had been made for the tender; it counts as long as no further one is.
  key_count INTEGER NOT NULL CHECK (key_count >= 3),
  -- JSON of Sealed, the ciphertext in base64url, and the SHA-256 of each share by seat.
  part TEXT NOT NULL CHECK (json_valid(part)),
  ct TEXT NOT NULL,
  share_hashes TEXT NOT NULL CHECK (json_valid(share_hashes)),
  made_at INTEGER NOT NULL,
  PRIMARY KEY (community_id, tender_id, keys_hash),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_rehearsal_no_update BEFORE UPDATE ON tender_rehearsal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rehearsal_no_delete BEFORE DELETE ON tender_rehearsal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rehearsal_no_replace BEFORE INSERT ON tender_rehearsal WHEN EXISTS (SELECT 1 FROM tender_rehearsal WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND keys_hash = NEW.keys_hash) BEGIN SELECT RAISE(ABORT, 'rehearsal_made'); END;

-- The share of the test bid that a keyholder opened with their file.
CREATE TABLE tender_rehearsed (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  keys_hash TEXT NOT NULL,
  seat INTEGER NOT NULL CHECK (seat IN (1, 2, 3)),
  share TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, keys_hash, seat),
  FOREIGN KEY (community_id, tender_id, keys_hash) REFERENCES tender_rehearsal (community_id, tender_id, keys_hash)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_rehearsed_no_update BEFORE UPDATE ON tender_rehearsed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rehearsed_no_delete BEFORE DELETE ON tender_rehearsed BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_rehearsed_no_replace BEFORE INSERT ON tender_rehearsed WHEN EXISTS (SELECT 1 FROM tender_rehearsed WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND keys_hash = NEW.keys_hash AND seat = NEW.seat) BEGIN SELECT RAISE(ABORT, 'rehearsed_already'); END;

-- Pieces of sealed documents on their way in; the bytes are in FILES. What no bid names is waste and never opened.
CREATE TABLE tender_chunk (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  bidder_id TEXT NOT NULL,
  ct_hash TEXT NOT NULL,
  chunk_no INTEGER NOT NULL CHECK (chunk_no BETWEEN 0 AND 10),
  bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 1048576),
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, tender_id, bidder_id, ct_hash, chunk_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_chunk_no_update BEFORE UPDATE ON tender_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_chunk_no_delete BEFORE DELETE ON tender_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_chunk_no_replace BEFORE INSERT ON tender_chunk WHEN EXISTS (SELECT 1 FROM tender_chunk WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id AND ct_hash = NEW.ct_hash AND chunk_no = NEW.chunk_no) BEGIN SELECT RAISE(ABORT, 'chunk_there'); END;
CREATE TRIGGER tender_chunk_late BEFORE INSERT ON tender_chunk WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND NEW.at < closes_at) BEGIN SELECT RAISE(ABORT, 'bid_late'); END;
-- 220 MB a bidder: twenty lots of 10 MB and some that were replaced.
CREATE TRIGGER tender_chunk_enough BEFORE INSERT ON tender_chunk WHEN (SELECT count(*) FROM tender_chunk WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND bidder_id = NEW.bidder_id) >= 220 BEGIN SELECT RAISE(ABORT, 'uploads_full'); END;

-- What a bidder handed in for a lot, delivery by delivery; the last one stands. All of them stay.
CREATE TABLE tender_bid (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL CHECK (lot_no > 0),
  bidder_id TEXT NOT NULL,
  bid_no INTEGER NOT NULL CHECK (bid_no > 0),
  kind TEXT NOT NULL CHECK (kind IN ('sealed', 'withdrawn')),
  -- The edition of the scheme and the set of keys it was sealed for.
  edition INTEGER NOT NULL,
  keys_hash TEXT NOT NULL,
  -- JSON of Sealed; empty of a withdrawal.
  price TEXT NOT NULL,
  documents TEXT NOT NULL,
  -- The ciphertext of the price sheet in base64url; that of the documents is in FILES.
  price_ct TEXT NOT NULL,
  -- SHA-256 of both ciphertexts' hashes: what makes a repeated delivery the same one.
  content_hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_id, bid_no),
  CHECK ((kind = 'sealed') = (price <> '' AND documents <> '' AND price_ct <> '')),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_bid_no_update BEFORE UPDATE ON tender_bid BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bid_no_delete BEFORE DELETE ON tender_bid BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bid_no_replace BEFORE INSERT ON tender_bid WHEN EXISTS (SELECT 1 FROM tender_bid WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_id = NEW.bidder_id AND (bid_no >= NEW.bid_no OR (NEW.kind = 'sealed' AND content_hash = NEW.content_hash))) BEGIN SELECT RAISE(ABORT, 'bid_there'); END;
-- By the server's clock, to the millisecond; and whatever the clock said, nothing comes in once the closing is written (T6).
CREATE TRIGGER tender_bid_late BEFORE INSERT ON tender_bid WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND state = 'noticed' AND NEW.at < closes_at) BEGIN SELECT RAISE(ABORT, 'bid_late'); END;
CREATE TRIGGER tender_bid_keys BEFORE INSERT ON tender_bid WHEN NEW.kind = 'sealed' AND NOT EXISTS (SELECT 1 FROM tender_rehearsal h WHERE h.community_id = NEW.community_id AND h.tender_id = NEW.tender_id AND h.keys_hash = NEW.keys_hash AND h.key_count = (SELECT count(*) FROM tender_key k WHERE k.community_id = NEW.community_id AND k.tender_id = NEW.tender_id) AND (SELECT count(*) FROM tender_rehearsed r WHERE r.community_id = NEW.community_id AND r.tender_id = NEW.tender_id AND r.keys_hash = NEW.keys_hash) = 3) BEGIN SELECT RAISE(ABORT, 'keys_not_ready'); END;
CREATE TRIGGER tender_bid_nothing_to_withdraw BEFORE INSERT ON tender_bid WHEN NEW.kind = 'withdrawn' AND coalesce((SELECT kind FROM tender_bid WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_id = NEW.bidder_id ORDER BY bid_no DESC LIMIT 1), '') <> 'sealed' BEGIN SELECT RAISE(ABORT, 'nothing_to_withdraw'); END;
-- From the first bid on the keys are what that bid was sealed for.
CREATE TRIGGER tender_key_before_bids BEFORE INSERT ON tender_key WHEN EXISTS (SELECT 1 FROM tender_bid WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'bids_sealed'); END;

-- The opening as it began: which lots are opened, and how many bids each has (T7).
CREATE TABLE tender_opening (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  -- JSON: [{lotNo, bids, opens}].
  lots TEXT NOT NULL CHECK (json_valid(lots)),
  -- The signed checkpoint that covers the closing and every bid before it.
  checkpoint_size INTEGER NOT NULL,
  begun_by TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_opening_no_update BEFORE UPDATE ON tender_opening BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opening_no_delete BEFORE DELETE ON tender_opening BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opening_no_replace BEFORE INSERT ON tender_opening WHEN EXISTS (SELECT 1 FROM tender_opening WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id) BEGIN SELECT RAISE(ABORT, 'opening_begun'); END;
CREATE TRIGGER tender_opening_after_closing BEFORE INSERT ON tender_opening WHEN NOT EXISTS (SELECT 1 FROM tender WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND closed_at IS NOT NULL AND state IN ('closed', 'failed')) BEGIN SELECT RAISE(ABORT, 'opening_too_early'); END;

-- A keyholder's shares of everything that is opened, in one act: JSON {"lot:bidder:part": share or null}.
CREATE TABLE tender_release (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  seat INTEGER NOT NULL CHECK (seat IN (1, 2, 3)),
  shares TEXT NOT NULL CHECK (json_valid(shares)),
  person_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, seat),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_opening (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_release_no_update BEFORE UPDATE ON tender_release BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_release_no_delete BEFORE DELETE ON tender_release BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_release_no_replace BEFORE INSERT ON tender_release WHEN EXISTS (SELECT 1 FROM tender_release WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND seat = NEW.seat) BEGIN SELECT RAISE(ABORT, 'released_already'); END;

-- A bidder's own key for one bid, checked against its commitments before it is kept.
CREATE TABLE tender_bidder_key (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  -- key|nonce of each part in base64url.
  price TEXT NOT NULL,
  documents TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_opening (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_bidder_key_no_update BEFORE UPDATE ON tender_bidder_key BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_key_no_delete BEFORE DELETE ON tender_bidder_key BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_bidder_key_no_replace BEFORE INSERT ON tender_bidder_key WHEN EXISTS (SELECT 1 FROM tender_bidder_key WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_id = NEW.bidder_id) BEGIN SELECT RAISE(ABORT, 'key_given'); END;

-- Documents opened one by one, before the prices are read out together.
CREATE TABLE tender_opened_file (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  -- The opened file in FILES; empty where it did not open, and then why.
  file_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  fault TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_id),
  CHECK ((file_id = '') = (fault <> '')),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_opening (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_opened_file_no_update BEFORE UPDATE ON tender_opened_file BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opened_file_no_delete BEFORE DELETE ON tender_opened_file BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opened_file_no_replace BEFORE INSERT ON tender_opened_file WHEN EXISTS (SELECT 1 FROM tender_opened_file WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_id = NEW.bidder_id) BEGIN SELECT RAISE(ABORT, 'file_opened'); END;

-- The bids as they were read out (T8): all of them in the one batch that opens the tender.
CREATE TABLE tender_opened_bid (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  lot_no INTEGER NOT NULL,
  bidder_no INTEGER NOT NULL,
  bidder_id TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  bid_no INTEGER NOT NULL,
  -- JSON {key: fen}; empty of a bid that could not be read.
  prices TEXT NOT NULL CHECK (json_valid(prices)),
  total_hundredths INTEGER,
  -- Why it is void, in Chinese as it is kept and hashed; null of one that stands.
  void_why TEXT,
  -- keyholders, bidder, or nobody.
  opened_by TEXT NOT NULL CHECK (opened_by IN ('keyholders', 'bidder', 'nobody')),
  -- key|nonce of the price sheet, published so that anybody opens it again; empty where nobody could.
  secret TEXT NOT NULL,
  file_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, lot_no, bidder_no),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_opening (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_opened_bid_no_update BEFORE UPDATE ON tender_opened_bid BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opened_bid_no_delete BEFORE DELETE ON tender_opened_bid BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opened_bid_no_replace BEFORE INSERT ON tender_opened_bid WHEN EXISTS (SELECT 1 FROM tender_opened_bid WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND lot_no = NEW.lot_no AND bidder_no = NEW.bidder_no) BEGIN SELECT RAISE(ABORT, 'opened_already'); END;

-- Who was there and signed the record of the opening.
CREATE TABLE tender_opening_signature (
  community_id TEXT NOT NULL,
  tender_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  words TEXT NOT NULL,
  at INTEGER NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (community_id, tender_id, person_id),
  FOREIGN KEY (community_id, tender_id) REFERENCES tender_opening (community_id, tender_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tender_opening_signature_no_update BEFORE UPDATE ON tender_opening_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opening_signature_no_delete BEFORE DELETE ON tender_opening_signature BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER tender_opening_signature_no_replace BEFORE INSERT ON tender_opening_signature WHEN EXISTS (SELECT 1 FROM tender_opening_signature WHERE community_id = NEW.community_id AND tender_id = NEW.tender_id AND person_id = NEW.person_id) BEGIN SELECT RAISE(ABORT, 'signed_already'); END;
