/** The SQL that only the dossier asks: whole tables of one meeting, in one order, without what is personal or says a choice. Reads only. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { ContactKind } from "../delivery/rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface ContactLine {
  readonly voterNo: number;
  readonly eventNo: number;
  readonly kind: string;
  readonly at: Instant;
}

// What a door said is no proof of delivery, and more about a person than a court has asked.
export const DELIVERIES = [
  "sent",
  "failed",
  "opened",
  "handed",
  "posted",
  "announced",
] as const satisfies readonly ContactKind[];

/** How each household was reached: which number, how, when. Not by whom, and not what was noted. */
export const listDeliveries = ({ db, community }: Here, meetingId: string): Query<ContactLine[]> =>
  db.all<ContactLine>(
    sql`SELECT voter_no AS voterNo, event_no AS eventNo, kind, at FROM contact_event
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND kind IN (SELECT value FROM json_each(${JSON.stringify(DELIVERIES)}))
        ORDER BY voter_no, event_no`,
  );

export interface BallotLine {
  readonly voterNo: number;
  readonly version: number;
  readonly channel: string;
  readonly castAt: Instant;
  readonly commitment: string;
  readonly leafHash: string;
}

/** Ballots without their answers and without the salts that would open them. */
export const listBallotLeaves = ({ db, community }: Here, meetingId: string): Query<BallotLine[]> =>
  db.all<BallotLine>(
    sql`SELECT voter_no AS voterNo, version, channel, cast_at AS castAt, commitment, leaf_hash AS leafHash FROM ballot
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} ORDER BY voter_no, version`,
  );

export interface ReadingLine {
  readonly voterNo: number;
  readonly paperNo: number;
  readonly entryNo: number;
  readonly receivedAt: Instant;
  readonly enteredAt: Instant;
  /** Of the photograph; "" where this reading came without one. */
  readonly photo: string;
}

/** That a sheet was read, when, and by which photograph; not what was read on it. */
export const listReadings = ({ db, community }: Here, meetingId: string): Query<ReadingLine[]> =>
  db.all<ReadingLine>(
    sql`SELECT e.voter_no AS voterNo, e.paper_no AS paperNo, e.entry_no AS entryNo, e.received_at AS receivedAt,
          e.entered_at AS enteredAt, coalesce(f.sha256, '') AS photo
        FROM paper_entry e LEFT JOIN file f ON f.community_id = e.community_id AND f.file_id = e.file_id
        WHERE e.community_id = ${community.id} AND e.meeting_id = ${meetingId}
        ORDER BY e.voter_no, e.paper_no, e.entry_no`,
  );

export interface SheetLine {
  readonly voterNo: number;
  readonly paperNo: number;
  readonly outcome: string;
  readonly ballotLeaf: string;
  readonly settledAt: Instant;
  readonly leafHash: string;
}

export const listSheetOutcomes = ({ db, community }: Here, meetingId: string): Query<SheetLine[]> =>
  db.all<SheetLine>(
    sql`SELECT voter_no AS voterNo, paper_no AS paperNo, outcome, coalesce(ballot_leaf, '') AS ballotLeaf,
          settled_at AS settledAt, leaf_hash AS leafHash
        FROM paper_outcome WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
        ORDER BY voter_no, paper_no`,
  );

/**
 * The size of the first checkpoint that covers an entry. The first and not the newest: whatever else the record grows by,
 * the dossier of a meeting about which nothing more happened stays the same file.
 */
export const findFirstCover = ({ db, community }: Here, seq: number): Query<{ size: number }[]> =>
  db.all<{ size: number }>(
    sql`SELECT size FROM record_checkpoint WHERE community_id = ${community.id} AND size > ${seq} ORDER BY size LIMIT 1`,
  );
