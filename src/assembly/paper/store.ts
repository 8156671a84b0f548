/** The SQL of ballots on paper: readings, what became of each sheet, and the lists of those who wait. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { PaperEntry, Reading } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export type PaperOutcome = "counted" | "unsigned" | "disputed" | "set_aside";

export interface EntryRow {
  readonly paperNo: number;
  readonly entryNo: number;
  /** JSON of a Reading. */
  readonly reading: string;
  readonly fileId: string | null;
  readonly receivedAt: Instant;
  readonly enteredBy: string;
  readonly enteredAt: Instant;
}

/** Every reading of a voter's sheets, in order. */
export const listEntriesOf = ({ db, community }: Here, meetingId: string, voterNo: number): Query<EntryRow[]> =>
  db.all(
    sql`SELECT paper_no AS paperNo, entry_no AS entryNo, reading, file_id AS fileId, received_at AS receivedAt,
          entered_by AS enteredBy, entered_at AS enteredAt
        FROM paper_entry WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY paper_no, entry_no`,
  );

export interface OutcomeRow {
  readonly paperNo: number;
  readonly outcome: PaperOutcome;
  readonly ballotLeaf: string | null;
  readonly settledAt: Instant;
  readonly leafHash: string;
}

export const listOutcomesOf = ({ db, community }: Here, meetingId: string, voterNo: number): Query<OutcomeRow[]> =>
  db.all(
    sql`SELECT paper_no AS paperNo, outcome, ballot_leaf AS ballotLeaf, settled_at AS settledAt, leaf_hash AS leafHash
        FROM paper_outcome WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY paper_no`,
  );

export const entryFrom = ({ entryNo, enteredBy, reading }: EntryRow): PaperEntry => ({
  entryNo,
  by: enteredBy,
  reading: JSON.parse(reading) as Reading,
});

/** A voter with a sheet, as lists show them. */
export interface SheetRow {
  readonly voterNo: number;
  readonly maskedName: string;
  /** The first of the voter's units. */
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly paperNo: number;
  readonly readings: number;
  readonly receivedAt: Instant;
}

// A voter's first unit by place; some sheet lists name people by it.
const PLACE = sql.raw(`v.masked_name AS maskedName, u.building, u.entrance, u.room`);

const withPlace = (communityId: string, meetingId: string) =>
  sql`JOIN meeting m ON m.community_id = ${communityId} AND m.meeting_id = ${meetingId}
      JOIN snapshot_voter v ON v.community_id = ${communityId} AND v.snapshot_id = m.snapshot_id AND v.voter_no = p.voter_no
      JOIN snapshot_unit u ON u.community_id = ${communityId} AND u.snapshot_id = m.snapshot_id AND u.voter_no = p.voter_no
        AND u.unit_id = (SELECT min(f.unit_id) FROM snapshot_unit f WHERE f.community_id = ${communityId}
          AND f.snapshot_id = m.snapshot_id AND f.voter_no = p.voter_no)`;

/** Sheets that wait for another reader, oldest first. `enteredByMe` tells those the asker has read already. */
export const listWaitingSheets = (
  { db, community }: Here,
  meetingId: string,
  asker: string,
  limit: number,
): Query<(SheetRow & { readonly enteredByMe: 0 | 1 })[]> =>
  db.all(
    sql`SELECT p.voter_no AS voterNo, p.paper_no AS paperNo, p.readings, p.received_at AS receivedAt,
          p.mine AS enteredByMe, ${PLACE}
        FROM (SELECT voter_no, paper_no, count(*) AS readings, min(received_at) AS received_at,
                max(entered_by = ${asker}) AS mine, min(entered_at) AS first_at
              FROM paper_entry e WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                AND NOT EXISTS (SELECT 1 FROM paper_outcome o WHERE o.community_id = e.community_id
                  AND o.meeting_id = e.meeting_id AND o.voter_no = e.voter_no AND o.paper_no = e.paper_no)
              GROUP BY voter_no, paper_no) p
        ${withPlace(community.id, meetingId)}
        ORDER BY p.first_at LIMIT CAST(${limit} AS INTEGER)`,
  );

export interface SettledRow extends Omit<SheetRow, "readings" | "receivedAt"> {
  readonly outcome: PaperOutcome;
  readonly ballotLeaf: string | null;
  readonly settledAt: Instant;
}

/** The sheets settled last. */
export const listSettledSheets = ({ db, community }: Here, meetingId: string, limit: number): Query<SettledRow[]> =>
  db.all(
    sql`SELECT p.voter_no AS voterNo, p.paper_no AS paperNo, p.outcome, p.ballot_leaf AS ballotLeaf,
          p.settled_at AS settledAt, ${PLACE}
        FROM (SELECT * FROM paper_outcome WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
              ORDER BY settled_at DESC, voter_no LIMIT CAST(${limit} AS INTEGER)) p
        ${withPlace(community.id, meetingId)}
        ORDER BY p.settled_at DESC, p.voter_no`,
  );

export const countSheets = (
  { db, community }: Here,
  meetingId: string,
): Query<{ outcome: PaperOutcome | "waiting"; sheets: number }[]> =>
  db.all(
    sql`SELECT outcome, count(*) AS sheets FROM paper_outcome WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
        GROUP BY outcome
        UNION ALL SELECT 'waiting', count(*) FROM (
          SELECT DISTINCT voter_no, paper_no FROM paper_entry e WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
            AND NOT EXISTS (SELECT 1 FROM paper_outcome o WHERE o.community_id = e.community_id AND o.meeting_id = e.meeting_id
              AND o.voter_no = e.voter_no AND o.paper_no = e.paper_no))`,
  );

/** Whether a file is a photograph of a sheet of this meeting: one row or none. */
export const findSheetFile = (
  { db, community }: Here,
  meetingId: string,
  fileId: string,
): Query<{ fileId: string }[]> =>
  db.all(
    sql`SELECT file_id AS fileId FROM paper_entry WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND file_id = ${fileId} LIMIT 1`,
  );

export interface NewEntry {
  readonly meetingId: string;
  readonly voterNo: number;
  readonly paperNo: number;
  readonly entryNo: number;
  /** Canonical JSON, so that equal readings are equal texts. */
  readonly reading: string;
  readonly fileId: string | null;
  readonly receivedAt: Instant;
  readonly by: string;
}

/** A reading. The table refuses a second one by the same person, or under a number that is taken (`same_person_twice`), and any for a sheet that is settled. */
export const insertEntry = ({ db, community, now }: HereNow, entry: NewEntry): Query =>
  db.run(
    sql`INSERT INTO paper_entry(community_id, meeting_id, voter_no, paper_no, entry_no, reading, file_id, received_at, entered_by, entered_at)
        VALUES (${community.id}, ${entry.meetingId}, ${entry.voterNo}, ${entry.paperNo}, ${entry.entryNo}, ${entry.reading},
                ${entry.fileId}, ${entry.receivedAt}, ${entry.by}, ${now})`,
  );

export const insertOutcome = (
  { db, community, now }: HereNow,
  row: {
    readonly meetingId: string;
    readonly voterNo: number;
    readonly paperNo: number;
    readonly outcome: PaperOutcome;
    readonly ballotLeaf: string | null;
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO paper_outcome(community_id, meeting_id, voter_no, paper_no, outcome, ballot_leaf, settled_by, settled_at, leaf_hash)
        VALUES (${community.id}, ${row.meetingId}, ${row.voterNo}, ${row.paperNo}, ${row.outcome}, ${row.ballotLeaf},
                ${row.by}, ${now}, ${row.leafHash})`,
  );
