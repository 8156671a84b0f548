/** The SQL of what is reported to the provider. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import type { PartyId } from "../../../kernel/id.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { ContractKey } from "../../contracts/store.ts";
import { tenderRequestStep } from "../schema.ts";
import type { RequestKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type Writing = Pick<Scene, "db" | "community" | "now">;
type Span = { readonly fromOn: Day; readonly toOn: Day };

export interface RequestRow {
  readonly requestNo: number;
  readonly kind: RequestKind;
  readonly what: string;
  readonly place: string;
  readonly reportedOn: Day;
  readonly dueOn: Day;
  readonly answeredOn: Day | null;
  readonly answer: string | null;
  readonly doneOn: Day | null;
  readonly done: string | null;
}
const REQUEST =
  sql.raw(`q.request_no AS requestNo, q.kind, q.what, q.place, q.reported_on AS reportedOn, q.due_on AS dueOn,
  a.on_day AS answeredOn, a.words AS answer, d.on_day AS doneOn, d.words AS done`);
const STEPS =
  sql.raw(`LEFT JOIN tender_request_step a ON a.community_id = q.community_id AND a.contract_id = q.contract_id AND a.request_no = q.request_no AND a.step = 'answered'
  LEFT JOIN tender_request_step d ON d.community_id = q.community_id AND d.contract_id = q.contract_id AND d.request_no = q.request_no AND d.step = 'done'`);

/** The newest first; keyed by number, so that a page costs the same at any depth. */
export const listRequests = (
  { db, community }: Here,
  key: ContractKey,
  page: { readonly limit: number; readonly before: number },
): Query<RequestRow[]> =>
  db.all(
    sql`SELECT ${REQUEST} FROM tender_request q ${STEPS}
        WHERE q.community_id = ${community.id} AND q.contract_id = ${key} AND q.request_no < CAST(${page.before} AS INTEGER)
        ORDER BY q.request_no DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );

/** A request with what an owner told of it; the last four are null where an officer entered it. */
export interface ToldRow extends RequestRow {
  readonly contractId: string;
  readonly toldId: string | null;
  readonly partyId: PartyId | null;
  readonly textSealed: string | null;
  /** JSON of Photo[]. */
  readonly photos: string | null;
}
const TOLD = sql.raw(
  "q.contract_id AS contractId, t.told_id AS toldId, t.party_id AS partyId, t.text_sealed AS textSealed, t.photos",
);
export const findRequest = ({ db, community }: Here, key: ContractKey, requestNo: number): Query<ToldRow[]> =>
  db.all(
    sql`SELECT ${REQUEST}, ${TOLD} FROM tender_request q ${STEPS}
        LEFT JOIN tender_request_told t ON t.community_id = q.community_id AND t.contract_id = q.contract_id AND t.request_no = q.request_no
        WHERE q.community_id = ${community.id} AND q.contract_id = ${key} AND q.request_no = CAST(${requestNo} AS INTEGER)`,
  );

export interface OwnRequestRow extends ToldRow {
  readonly contractNumber: number;
  readonly title: string;
  readonly toldAt: Instant;
}
/** What one owner reported, the newest first; `before` is the instant behind which the page begins. */
export const listToldBy = (
  { db, community }: Here,
  partyId: string,
  page: { readonly limit: number; readonly before: Instant },
): Query<OwnRequestRow[]> =>
  db.all(
    sql`SELECT ${REQUEST}, ${TOLD}, t.told_at AS toldAt, c.number AS contractNumber, c.title
        FROM tender_request_told t INDEXED BY tender_request_told_by_party
        CROSS JOIN tender_request q ON q.community_id = t.community_id AND q.contract_id = t.contract_id AND q.request_no = t.request_no
        CROSS JOIN tender_contract c ON c.community_id = t.community_id AND c.contract_id = t.contract_id ${STEPS}
        WHERE t.community_id = ${community.id} AND t.party_id = ${partyId} AND t.told_at < CAST(${page.before} AS INTEGER)
        ORDER BY t.told_at DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );
/** How many of an owner's reports wait for an answer; `most` and more are not told apart. */
export const countWaitingOf = ({ db, community }: Here, partyId: string, most: number): Query<{ waiting: number }[]> =>
  db.all(
    sql`SELECT count(*) AS waiting FROM (SELECT 1 FROM tender_request_queue w INDEXED BY tender_request_queue_by_due
          CROSS JOIN tender_request_told t ON t.community_id = w.community_id AND t.contract_id = w.contract_id AND t.request_no = w.request_no
          WHERE w.community_id = ${community.id} AND w.waits = 2 AND t.party_id = ${partyId} LIMIT CAST(${most} AS INTEGER))`,
  );

export interface QueuedRow extends RequestRow {
  readonly contractNumber: number;
  readonly title: string;
  readonly isTold: 0 | 1;
}
/** Where a page of the queue begins: behind this row. */
export interface QueueCursor {
  readonly dueOn: Day;
  readonly contract: number;
  readonly requestNo: number;
}
export const QUEUE_START: QueueCursor = { dueOn: "0000-00-00", contract: 0, requestNo: 0 };
/** What waits for its answer (2), or is answered and to be done (1), over all contracts, what is due soonest first. */
export const listQueue = (
  { db, community }: Here,
  waits: 1 | 2,
  page: { readonly limit: number; readonly after: QueueCursor },
): Query<QueuedRow[]> =>
  db.all(
    sql`SELECT ${REQUEST}, c.number AS contractNumber, c.title, EXISTS (SELECT 1 FROM tender_request_told t
          WHERE t.community_id = q.community_id AND t.contract_id = q.contract_id AND t.request_no = q.request_no) AS isTold
        FROM tender_request_queue w INDEXED BY tender_request_queue_by_due
        CROSS JOIN tender_contract c ON c.community_id = w.community_id AND c.contract_id = w.contract_id
        CROSS JOIN tender_request q ON q.community_id = w.community_id AND q.contract_id = w.contract_id AND q.request_no = w.request_no ${STEPS}
        WHERE w.community_id = ${community.id} AND w.waits = CAST(${waits} AS INTEGER) AND w.due_on >= ${page.after.dueOn}
          AND (w.due_on, c.number, w.request_no) > (${page.after.dueOn}, CAST(${page.after.contract} AS INTEGER), CAST(${page.after.requestNo} AS INTEGER))
        ORDER BY w.due_on, c.number, w.request_no LIMIT CAST(${page.limit} AS INTEGER)`,
  );
/** How many wait for an answer, how many of them past their day, and the first day; counted no further than `most`. */
export const countWaiting = (
  { db, community }: Here,
  today: Day,
  most: number,
): Query<{ waiting: number; late: number; dueOn: Day | null }[]> =>
  db.all(
    sql`SELECT count(*) AS waiting, coalesce(sum(due_on < ${today}), 0) AS late, min(due_on) AS dueOn FROM (
          SELECT due_on FROM tender_request_queue INDEXED BY tender_request_queue_by_due
          WHERE community_id = ${community.id} AND waits = 2 ORDER BY due_on LIMIT CAST(${most} AS INTEGER))`,
  );
/** Of those due within a span: how many, and how many were answered by their day. What is done is answered. */
export const sumRequests = (
  { db, community }: Here,
  key: ContractKey,
  { fromOn, toOn }: Span,
): Query<{ due: number; inTime: number }[]> =>
  db.all(
    sql`SELECT count(*) AS due, coalesce(sum(EXISTS (SELECT 1 FROM tender_request_step s WHERE s.community_id = q.community_id AND s.contract_id = q.contract_id
          AND s.request_no = q.request_no AND s.on_day <= q.due_on)), 0) AS inTime
        FROM tender_request q INDEXED BY tender_request_by_due WHERE q.community_id = ${community.id} AND q.contract_id = ${key} AND q.due_on BETWEEN ${fromOn} AND ${toOn}`,
  );
export const insertRequest = (
  { db, community, now }: Writing,
  contractId: string,
  row: Pick<RequestRow, "kind" | "what" | "place" | "reportedOn" | "dueOn"> & {
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO tender_request(community_id, contract_id, request_no, kind, what, place, reported_on, due_on, entered_by, at, leaf_hash)
        SELECT ${community.id}, ${contractId}, coalesce(max(request_no), 0) + 1, ${row.kind}, ${row.what}, ${row.place}, ${row.reportedOn}, ${row.dueOn}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM tender_request WHERE community_id = ${community.id} AND contract_id = ${contractId}`,
  );
/** What an owner told of the request just put in: right behind `insertRequest` in its batch. */
export const insertTold = (
  { db, community, now }: Writing,
  row: {
    readonly contractId: string;
    readonly toldId: string;
    readonly partyId: string;
    readonly textSealed: string;
    readonly photos: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO tender_request_told(community_id, contract_id, request_no, told_id, party_id, text_sealed, photos, told_at)
        SELECT ${community.id}, ${row.contractId}, max(request_no), ${row.toldId}, ${row.partyId}, ${row.textSealed}, ${row.photos}, CAST(${now} AS INTEGER)
        FROM tender_request WHERE community_id = ${community.id} AND contract_id = ${row.contractId}`,
  );
export const insertRequestStep = (
  { db, community, now }: Writing,
  row: Omit<typeof tenderRequestStep.$inferInsert, "communityId" | "at">,
): Query => db.orm.insert(tenderRequestStep).values({ communityId: community.id, at: now, ...row });
