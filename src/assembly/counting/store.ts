/** The SQL of counting: sums over ballots, and the counts that were kept. Adds up; decides nothing. */
import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import type { Weight } from "../../kernel/weight.ts";
import { assertFrom, assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { MeetingKey } from "../meeting/store.ts";
import type { TallyRow } from "./rules.ts";
import { countResult, countRun } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type CountRunRow = typeof countRun.$inferSelect;
export type CountResultRow = typeof countResult.$inferSelect;

/**
 * Every option's sum. A replaced ballot's rows are cancelled by rows of sign −1, so nothing has to be looked up: one
 * pass over the key, linear in the choices.
 */
export const sumChoices = ({ db, community }: Here, meetingId: MeetingId): Query<TallyRow[]> =>
  db.all<TallyRow>(
    sql`SELECT item_no AS itemNo, option_no AS optionNo, sum(sign) AS owners, sum(sign * area_dm2) AS areaDm2
        FROM ballot_choice WHERE community_id = ${community.id} AND meeting_id = ${meetingId} GROUP BY item_no, option_no`,
  );

export interface ItemPart extends Weight {
  readonly itemNo: number;
}

/** Who took part in each item: a legal quantity of its own, not the sum of the options. */
export const sumParts = ({ db, community }: Here, meetingId: MeetingId): Query<ItemPart[]> =>
  db.all<ItemPart>(
    sql`SELECT item_no AS itemNo, count(*) AS owners, sum(area_dm2) AS areaDm2
        FROM ballot_part WHERE community_id = ${community.id} AND meeting_id = ${meetingId} GROUP BY item_no`,
  );

export interface ChannelCount {
  readonly channel: "web" | "paper" | "meeting" | "proxy";
  readonly ballots: number;
}

/** How the ballots came in, from the index alone. A replacement comes the same way as what it replaces, so the first version tells. */
export const countByChannel = ({ db, community }: Here, meetingId: MeetingId): Query<ChannelCount[]> =>
  db.all<ChannelCount>(
    sql`SELECT channel, count(*) AS ballots FROM ballot
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND version = 1 GROUP BY channel ORDER BY channel`,
  );

/**
 * For each item, who was provably reached by one of these kinds of delivery before the close and has no part in it: the
 * only ones silence can be held against (V3). Area is what they have within the item's scope.
 */
export const sumReachedAndSilent = (
  { db, community }: Here,
  meetingId: MeetingId,
  snapshotId: string,
  kinds: readonly string[],
  scopes: readonly {
    readonly itemNo: number;
    readonly all: boolean;
    readonly unitIds: readonly string[];
    readonly buildings: readonly string[];
  }[],
): Query<ItemPart[]> =>
  db.all<ItemPart>(
    sql`WITH reached AS (
          SELECT DISTINCT voter_no FROM contact_event
          WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
            AND kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))
            AND at < (SELECT closes_at FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId})),
        held AS (
          SELECT s.value ->> 'itemNo' AS item_no, u.voter_no, sum(u.area_dm2) AS area_dm2
          FROM json_each(${JSON.stringify(scopes)}) s
          JOIN snapshot_unit u ON u.community_id = ${community.id} AND u.snapshot_id = ${snapshotId} AND u.counted = 1
            AND (s.value ->> 'all' = 1
              OR u.building IN (SELECT value FROM json_each(s.value, '$.buildings'))
              OR u.unit_id IN (SELECT value FROM json_each(s.value, '$.unitIds')))
          JOIN reached r ON r.voter_no = u.voter_no
          GROUP BY item_no, u.voter_no)
        SELECT item_no AS itemNo, count(*) AS owners, sum(area_dm2) AS areaDm2 FROM held
        WHERE NOT EXISTS (
          SELECT 1 FROM ballot_part p WHERE p.community_id = ${community.id} AND p.meeting_id = ${meetingId}
            AND p.item_no = held.item_no AND p.voter_no = held.voter_no)
        GROUP BY item_no`,
  );

/** Sheets of paper that were read and are not settled: another reader is still to come. */
const waitingPapers = (communityId: string, key: MeetingKey): SQL =>
  sql`SELECT count(*) AS waiting FROM (
        SELECT DISTINCT voter_no, paper_no FROM paper_entry e WHERE community_id = ${communityId} AND meeting_id = ${key}
          AND NOT EXISTS (SELECT 1 FROM paper_outcome o WHERE o.community_id = e.community_id AND o.meeting_id = e.meeting_id
            AND o.voter_no = e.voter_no AND o.paper_no = e.paper_no))`;

export const countWaitingPapers = ({ db, community }: Here, key: MeetingKey): Query<{ waiting: number }[]> =>
  db.all<{ waiting: number }>(waitingPapers(community.id, key));

/**
 * Shuts the door of a meeting that is closed, whose close has passed, and in which no sheet of paper waits for its second reader:
 * what `mayCount` asks, asserted where it cannot change. Aborts with `stale` or `papers_waiting`.
 */
export const shutDoor = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  key: MeetingKey,
  by: string,
): Query[] => [
  db.run(
    sql`UPDATE meeting SET counted_at = ${now}, counted_by = ${by}, version = version + 1
        WHERE community_id = ${community.id} AND meeting_id = ${key} AND state = 'closed' AND counted_at IS NULL
          AND coalesce(closes_at, 0) <= CAST(${now} AS INTEGER)`,
  ),
  assertThat(db, "stale", sql`changes() = 1`),
  assertFrom(db, "papers_waiting", sql`SELECT waiting = 0 FROM (${waitingPapers(community.id, key)})`),
];

/** The runs of a meeting, the first first. */
export const listRuns = ({ db, community }: Here, meetingId: MeetingKey): Query<CountRunRow[]> =>
  db.orm
    .select()
    .from(countRun)
    .where(and(eq(countRun.communityId, community.id), eq(countRun.meetingId, meetingId)))
    .orderBy(asc(countRun.runNo));

/** The results of all runs: a handful of rows, and a recount is shown beside what it checks. */
export const listResults = ({ db, community }: Here, meetingId: MeetingKey): Query<CountResultRow[]> =>
  db.orm
    .select()
    .from(countResult)
    .where(and(eq(countResult.communityId, community.id), eq(countResult.meetingId, meetingId)))
    .orderBy(asc(countResult.runNo), asc(countResult.itemNo), asc(countResult.basis));

/** What the public may know of runs: only those that were published. */
export const listPublishedRuns = ({ db, community }: Here, meetingId: MeetingKey): Query<CountRunRow[]> =>
  db.orm
    .select()
    .from(countRun)
    .where(
      and(eq(countRun.communityId, community.id), eq(countRun.meetingId, meetingId), isNotNull(countRun.publishedAt)),
    )
    .orderBy(asc(countRun.runNo));

export const listPublishedResults = ({ db, community }: Here, meetingId: MeetingKey): Query<CountResultRow[]> =>
  db.all<CountResultRow>(
    sql`SELECT r.community_id AS communityId, r.meeting_id AS meetingId, r.run_no AS runNo, r.item_no AS itemNo, r.basis, r.result
        FROM count_run c JOIN count_result r ON r.community_id = c.community_id AND r.meeting_id = c.meeting_id AND r.run_no = c.run_no
        WHERE c.community_id = ${community.id} AND c.meeting_id = ${meetingId} AND c.published_at IS NOT NULL
        ORDER BY r.run_no, r.item_no, r.basis`,
  );

export const insertRun = (
  { db, community }: Here,
  row: Omit<CountRunRow, "communityId" | "publishedBy" | "publishedAt">,
): Query => db.orm.insert(countRun).values({ ...row, communityId: community.id });

export const insertResults = (
  { db, community }: Here,
  meetingId: MeetingId,
  runNo: number,
  results: readonly { readonly itemNo: number; readonly basis: "strict" | "deemed"; readonly result: string }[],
): Query =>
  db.run(
    sql`INSERT INTO count_result(community_id, meeting_id, run_no, item_no, basis, result)
        SELECT ${community.id}, ${meetingId}, CAST(${runNo} AS INTEGER), value ->> 'itemNo', value ->> 'basis', value ->> 'result'
        FROM json_each(${JSON.stringify(results)})`,
  );

/** Publishes a run once; asserts that it was not published before (`already_published`). */
export const publishRun = (
  { db, community }: Here,
  meetingId: MeetingId,
  runNo: number,
  by: string,
  at: Instant,
): Query[] => [
  db.run(
    sql`UPDATE count_run SET published_by = ${by}, published_at = ${at}
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND run_no = ${runNo} AND published_at IS NULL`,
  ),
  assertThat(db, "already_published", sql`changes() = 1`),
];
