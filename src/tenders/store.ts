/** The SQL of tenders, their schemes and their history: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import type { TenderState } from "./rules.ts";
import { tender, tenderScheme } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface TenderRow {
  readonly tenderId: string;
  readonly number: number;
  readonly title: string;
  readonly state: TenderState;
  readonly version: number;
  /** The edition of the scheme in force. */
  readonly edition: number;
  /** The edition that was announced; null before the notice. */
  readonly noticedEdition: number | null;
  /** The failed or cancelled tender that this one repeats. */
  readonly repeats: string | null;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly decidedAt: Instant | null;
  /** The owners' meeting and item that carried the scheme, where two votes are asked. */
  readonly decidedMeeting: string | null;
  readonly decidedItem: number | null;
  readonly decidedWords: string | null;
  readonly noticedAt: Instant | null;
  readonly questionsUntil: Instant | null;
  /** Bids come in before this instant. */
  readonly closesAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly openedAt: Instant | null;
  readonly qualifiedAt: Instant | null;
  readonly scoredAt: Instant | null;
  readonly publishedAt: Instant | null;
  /** Until then objections to the candidates hold the award up. */
  readonly standingUntil: Instant | null;
  readonly awardMeeting: string | null;
  readonly awardItem: number | null;
  readonly awardedAt: Instant | null;
  readonly contractedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
}

const COLUMN_OF = {
  tenderId: "tender_id",
  number: "number",
  title: "title",
  state: "state",
  version: "version",
  edition: "edition",
  noticedEdition: "noticed_edition",
  repeats: "repeats",
  draftedBy: "drafted_by",
  draftedAt: "drafted_at",
  decidedAt: "decided_at",
  decidedMeeting: "decided_meeting",
  decidedItem: "decided_item",
  decidedWords: "decided_words",
  noticedAt: "noticed_at",
  questionsUntil: "questions_until",
  closesAt: "closes_at",
  closedAt: "closed_at",
  openedAt: "opened_at",
  qualifiedAt: "qualified_at",
  scoredAt: "scored_at",
  publishedAt: "published_at",
  standingUntil: "standing_until",
  awardMeeting: "award_meeting",
  awardItem: "award_item",
  awardedAt: "awarded_at",
  contractedAt: "contracted_at",
  endedAt: "ended_at",
  endedWhy: "ended_why",
} as const satisfies Record<keyof TenderRow, string>;

/** For a join: the table is called t. */
export const TENDER_COLUMNS: SQL = sql.raw(
  Object.entries(COLUMN_OF)
    .map(([name, column]) => `t.${column} AS ${name}`)
    .join(", "),
);

/** A tender's id, or SQL that yields it: pages are addressed by number. */
export type TenderKey = string | SQL;
export const byTenderNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT tender_id FROM tender WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findTender = ({ db, community }: Here, key: TenderKey): Query<TenderRow[]> =>
  db.all(sql`SELECT ${TENDER_COLUMNS} FROM tender t WHERE t.community_id = ${community.id} AND t.tender_id = ${key}`);

/** The newest first. */
export const listTenders = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<TenderRow[]> =>
  db.all(
    sql`SELECT ${TENDER_COLUMNS} FROM tender t WHERE t.community_id = ${community.id}
        ORDER BY t.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** Those the public may read: from the decision on their scheme. The newest first. */
export const listPublicTenders = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<TenderRow[]> =>
  db.all(
    sql`SELECT ${TENDER_COLUMNS} FROM tender t WHERE t.community_id = ${community.id} AND t.decided_at IS NOT NULL
        ORDER BY t.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countPublicTenders = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM tender WHERE community_id = ${community.id} AND decided_at IS NOT NULL`);

/** Tenders in one of these states, the newest first. */
export const listTendersIn = ({ db, community }: Here, states: readonly TenderState[]): Query<TenderRow[]> =>
  db.all(
    sql`SELECT ${TENDER_COLUMNS} FROM tender t WHERE t.community_id = ${community.id}
        AND t.state IN (${sql.join(
          states.map((state) => sql`${state}`),
          sql`, `,
        )}) ORDER BY t.number DESC`,
  );

export const countTenders = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM tender WHERE community_id = ${community.id}`);

/** The next number is taken in the write. */
export const insertTender = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<TenderRow, "tenderId" | "title" | "repeats" | "draftedBy">,
): Query =>
  db.orm.insert(tender).values({
    communityId: community.id,
    number: sql`(SELECT coalesce(max(number), 0) + 1 FROM tender WHERE community_id = ${community.id})` as never,
    state: "draft",
    draftedAt: now,
    ...row,
  });

/** What may change of a tender after it was drafted. */
export type TenderChange = Partial<
  Omit<TenderRow, "tenderId" | "number" | "version" | "repeats" | "draftedBy" | "draftedAt">
>;

/**
 * Moves a tender on, from the version and state it was read in; the batch aborts with `tender_stale` when either has changed
 * meanwhile. Two statements.
 */
export function updateTender(
  { db, community }: Here,
  { tenderId, version, state }: Pick<TenderRow, "tenderId" | "version" | "state">,
  change: TenderChange,
): readonly [Query, Query] {
  const sets = Object.entries(change).map(
    ([name, value]) => sql`, ${sql.raw(COLUMN_OF[name as keyof TenderChange])} = ${value}`,
  );
  return [
    db.run(
      sql`UPDATE tender SET version = version + 1${sql.join(sets)}
          WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND version = CAST(${version} AS INTEGER) AND state = ${state}`,
    ),
    assertThat(db, "tender_stale", sql`changes() = 1`),
  ];
}

/**
 * For an act that does not move the tender but needs it as it was read: aborts with `tender_stale` where the state or the
 * edition of the scheme has changed meanwhile. Two such acts do not hinder each other.
 */
export const assertTenderStands = (
  { db, community }: Here,
  { tenderId, state, edition }: Pick<TenderRow, "tenderId" | "state" | "edition">,
): Query =>
  assertThat(
    db,
    "tender_stale",
    sql`EXISTS (SELECT 1 FROM tender WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND state = ${state} AND edition = CAST(${edition} AS INTEGER))`,
  );

export interface SchemeRow {
  readonly edition: number;
  /** Canonical JSON of Scheme. */
  readonly scheme: string;
  readonly schemeHash: string;
  readonly why: string;
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly leafHash: string;
}

const SCHEME = sql.raw(
  "s.edition, s.scheme, s.scheme_hash AS schemeHash, s.why, s.made_by AS madeBy, s.made_at AS madeAt, s.leaf_hash AS leafHash",
);

/** The scheme in force. */
export const findScheme = ({ db, community }: Here, key: TenderKey): Query<SchemeRow[]> =>
  db.all(
    sql`SELECT ${SCHEME} FROM tender t JOIN tender_scheme s ON s.community_id = t.community_id AND s.tender_id = t.tender_id AND s.edition = t.edition
        WHERE t.community_id = ${community.id} AND t.tender_id = ${key}`,
  );

/** All editions from `from` on, the oldest first. */
export const listSchemes = ({ db, community }: Here, key: TenderKey, from = 1): Query<SchemeRow[]> =>
  db.all(
    sql`SELECT ${SCHEME} FROM tender_scheme s WHERE s.community_id = ${community.id} AND s.tender_id = ${key}
        AND s.edition >= CAST(${from} AS INTEGER) ORDER BY s.edition`,
  );

export const insertScheme = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  tenderId: string,
  row: Omit<SchemeRow, "madeAt">,
): Query => db.orm.insert(tenderScheme).values({ communityId: community.id, tenderId, madeAt: now, ...row });

export interface TenderEventRow {
  readonly eventNo: number;
  readonly kind: string;
  readonly at: Instant;
  readonly byPerson: string;
  readonly byWords: string;
  /** JSON: the event's facts. */
  readonly detail: string;
  readonly leafHash: string;
}

const EVENT = sql.raw(
  "v.event_no AS eventNo, v.kind, v.at, v.by_person AS byPerson, v.by_words AS byWords, v.detail, v.leaf_hash AS leafHash",
);

export const listTenderEvents = ({ db, community }: Here, key: TenderKey): Query<TenderEventRow[]> =>
  db.all(
    sql`SELECT ${EVENT} FROM tender_event v WHERE v.community_id = ${community.id} AND v.tender_id = ${key} ORDER BY v.event_no`,
  );

/** What happened lately in the newest tenders, the newest first: for the feed. */
export const listNewestTenderEvents = (
  { db, community }: Here,
  most: number,
): Query<(TenderEventRow & { readonly number: number; readonly title: string })[]> =>
  db.all(
    sql`SELECT ${EVENT}, t.number, t.title
        FROM (SELECT community_id, tender_id, number, title FROM tender WHERE community_id = ${community.id} AND decided_at IS NOT NULL ORDER BY number DESC LIMIT 5) t
        JOIN tender_event v ON v.community_id = t.community_id AND v.tender_id = t.tender_id
        ORDER BY v.at DESC, t.number DESC, v.event_no DESC LIMIT CAST(${most} AS INTEGER)`,
  );

/** The next event of a tender; its number is taken in the write. */
export const insertTenderEvent = (
  { db, community }: Here,
  tenderId: string,
  event: Omit<TenderEventRow, "eventNo">,
): Query =>
  db.run(
    sql`INSERT INTO tender_event(community_id, tender_id, event_no, kind, at, by_person, by_words, detail, leaf_hash)
        SELECT ${community.id}, ${tenderId}, coalesce(max(event_no), 0) + 1, ${event.kind}, CAST(${event.at} AS INTEGER), ${event.byPerson},
               ${event.byWords}, ${event.detail}, ${event.leafHash}
        FROM tender_event WHERE community_id = ${community.id} AND tender_id = ${tenderId}`,
  );
