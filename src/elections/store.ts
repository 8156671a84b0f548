/** The SQL of elections, their history and the mandates they end in: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../kernel/day.ts";
import { dayOf } from "../kernel/day.ts";
import { newId } from "../kernel/id.ts";
import { assertThat, type Query, type SQL, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import { appendLeaf } from "../record/store.ts";
import type { ElectionKind, ElectionState } from "./rules.ts";
import { election, mandate, mandateEnd } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface ElectionRow {
  readonly electionId: string;
  readonly number: number;
  readonly kind: ElectionKind;
  readonly title: string;
  readonly cause: string;
  /** The day the owners asked for a founding in writing (A2); null where they did not. */
  readonly requestedOn: Day | null;
  readonly state: ElectionState;
  readonly version: number;
  /** The committee that is elected. */
  readonly bodyId: string;
  /** The preparatory or re-election group; null before it is formed, or where a by-election needs none. */
  readonly groupBodyId: string | null;
  /** The list of the group that waits to be published, sealed; null while there is none. */
  readonly groupDraft: string | null;
  readonly groupDraftedBy: string | null;
  /** JSON of Method. */
  readonly method: string;
  /** Hex SHA-256 of the method's canonical JSON; null until it is frozen. */
  readonly methodHash: string | null;
  readonly calledBy: string;
  readonly calledAt: Instant;
  /** When the list of the group was published, as it stands; a changed list is published anew. */
  readonly groupPublishedAt: Instant | null;
  /** How often a list was published; 0 before the first. */
  readonly groupEdition: number;
  readonly nominationsOpenAt: Instant | null;
  readonly nominationsCloseAt: Instant | null;
  readonly candidatesPublishedAt: Instant | null;
  readonly seatedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
}

const COLUMNS = sql`e.election_id AS electionId, e.number, e.kind, e.title, e.cause, e.requested_on AS requestedOn, e.state, e.version, e.body_id AS bodyId,
  e.group_body_id AS groupBodyId, e.group_draft AS groupDraft, e.group_drafted_by AS groupDraftedBy, e.method, e.method_hash AS methodHash, e.called_by AS calledBy, e.called_at AS calledAt,
  e.group_published_at AS groupPublishedAt, e.group_edition AS groupEdition, e.nominations_open_at AS nominationsOpenAt, e.nominations_close_at AS nominationsCloseAt,
  e.candidates_published_at AS candidatesPublishedAt, e.seated_at AS seatedAt, e.ended_at AS endedAt, e.ended_why AS endedWhy`;

/** An election's id, or SQL that yields it: pages are addressed by number. */
export type ElectionKey = string | SQL;
export const byElectionNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT election_id FROM election WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findElection = ({ db, community }: Here, key: ElectionKey): Query<ElectionRow[]> =>
  db.all(sql`SELECT ${COLUMNS} FROM election e WHERE e.community_id = ${community.id} AND e.election_id = ${key}`);

/** The newest first. */
export const listElections = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<ElectionRow[]> =>
  db.all(
    sql`SELECT ${COLUMNS} FROM election e WHERE e.community_id = ${community.id}
        ORDER BY e.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countElections = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM election WHERE community_id = ${community.id}`);

/** Elections that are neither seated nor ended. */
export const listElectionsUnderWay = ({ db, community }: Here): Query<ElectionRow[]> =>
  db.all(
    sql`SELECT ${COLUMNS} FROM election e WHERE e.community_id = ${community.id}
        AND e.state IN ('preparing', 'nominating', 'examining', 'standing', 'voting') ORDER BY e.number DESC`,
  );

/** An election with what its next step hangs on besides its row. */
export interface ElectionStanding extends ElectionRow {
  /** Objections to its group that nobody has answered. */
  readonly openObjections: number;
  /** When its group was first published; later lists do not move it. */
  readonly groupFormedAt: Instant | null;
}

const STANDING = sql`${COLUMNS},
  (SELECT count(*) FROM election_group_objection o WHERE o.community_id = e.community_id AND o.election_id = e.election_id AND o.answer IS NULL) AS openObjections,
  (SELECT min(v.at) FROM election_event v WHERE v.community_id = e.community_id AND v.election_id = e.election_id AND v.kind = 'group_published') AS groupFormedAt`;

export const findElectionStanding = ({ db, community }: Here, key: ElectionKey): Query<ElectionStanding[]> =>
  db.all(sql`SELECT ${STANDING} FROM election e WHERE e.community_id = ${community.id} AND e.election_id = ${key}`);

/** The same of every election that is neither seated nor ended: a committee has one at a time. */
export const listElectionsStanding = ({ db, community }: Here): Query<ElectionStanding[]> =>
  db.all(
    sql`SELECT ${STANDING} FROM election e WHERE e.community_id = ${community.id}
        AND e.state IN ('preparing', 'nominating', 'examining', 'standing', 'voting') ORDER BY e.number DESC`,
  );

/** The next number is taken in the write. The database refuses a second election of the same body (`election_under_way`). */
export const insertElection = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<
    ElectionRow,
    "electionId" | "kind" | "title" | "cause" | "bodyId" | "groupBodyId" | "method" | "calledBy"
  > & {
    readonly requestedOn?: Day | null;
  },
): Query =>
  db.orm.insert(election).values({
    communityId: community.id,
    number: sql`(SELECT coalesce(max(number), 0) + 1 FROM election WHERE community_id = ${community.id})` as never,
    state: "preparing",
    calledAt: now,
    ...row,
  });

/** What may change of an election after it was called. */
export type ElectionChange = Partial<
  Pick<
    ElectionRow,
    | "state"
    | "title"
    | "groupBodyId"
    | "groupDraft"
    | "groupDraftedBy"
    | "method"
    | "methodHash"
    | "groupPublishedAt"
    | "groupEdition"
    | "nominationsOpenAt"
    | "nominationsCloseAt"
    | "candidatesPublishedAt"
    | "seatedAt"
    | "endedAt"
    | "endedWhy"
  >
>;

const COLUMN_OF: Readonly<Record<keyof ElectionChange, string>> = {
  state: "state",
  title: "title",
  groupBodyId: "group_body_id",
  groupDraft: "group_draft",
  groupDraftedBy: "group_drafted_by",
  method: "method",
  methodHash: "method_hash",
  groupPublishedAt: "group_published_at",
  groupEdition: "group_edition",
  nominationsOpenAt: "nominations_open_at",
  nominationsCloseAt: "nominations_close_at",
  candidatesPublishedAt: "candidates_published_at",
  seatedAt: "seated_at",
  endedAt: "ended_at",
  endedWhy: "ended_why",
};

/**
 * Moves an election on, from the version and state it was read in; the batch aborts with `election_stale` when either has
 * changed meanwhile. Two statements.
 */
export function updateElection(
  { db, community }: Here,
  { electionId, version, state }: Pick<ElectionRow, "electionId" | "version" | "state">,
  change: ElectionChange,
): readonly [Query, Query] {
  const sets = Object.entries(change).map(
    ([name, value]) => sql`, ${sql.raw(COLUMN_OF[name as keyof ElectionChange])} = ${value}`,
  );
  return [
    db.run(
      sql`UPDATE election SET version = version + 1${sql.join(sets)}
          WHERE community_id = ${community.id} AND election_id = ${electionId} AND version = CAST(${version} AS INTEGER) AND state = ${state}`,
    ),
    assertThat(db, "election_stale", sql`changes() = 1`),
  ];
}

export interface ElectionEventRow {
  readonly eventNo: number;
  readonly kind: string;
  readonly at: Instant;
  readonly byPerson: string;
  readonly byWords: string;
  /** JSON: the event's facts. */
  readonly detail: string;
  readonly leafHash: string;
}

export const listElectionEvents = ({ db, community }: Here, key: ElectionKey): Query<ElectionEventRow[]> =>
  db.all(
    sql`SELECT event_no AS eventNo, kind, at, by_person AS byPerson, by_words AS byWords, detail, leaf_hash AS leafHash
        FROM election_event WHERE community_id = ${community.id} AND election_id = ${key} ORDER BY event_no`,
  );

/** What happened lately in the newest elections, the newest first: for the feed. */
export const listNewestElectionEvents = (
  { db, community }: Here,
  most: number,
): Query<(ElectionEventRow & { readonly number: number; readonly title: string })[]> =>
  db.all(
    sql`SELECT v.event_no AS eventNo, v.kind, v.at, v.by_person AS byPerson, v.by_words AS byWords, v.detail, v.leaf_hash AS leafHash, e.number, e.title
        FROM (SELECT community_id, election_id, number, title FROM election WHERE community_id = ${community.id} ORDER BY number DESC LIMIT 5) e
        JOIN election_event v ON v.community_id = e.community_id AND v.election_id = e.election_id
        ORDER BY v.at DESC, e.number DESC, v.event_no DESC LIMIT CAST(${most} AS INTEGER)`,
  );

/** The next event of an election; its number is taken in the write. */
export const insertElectionEvent = (
  { db, community }: Here,
  electionId: string,
  event: Omit<ElectionEventRow, "eventNo">,
): Query =>
  db.run(
    sql`INSERT INTO election_event(community_id, election_id, event_no, kind, at, by_person, by_words, detail, leaf_hash)
        SELECT ${community.id}, ${electionId}, coalesce(max(event_no), 0) + 1, ${event.kind}, CAST(${event.at} AS INTEGER), ${event.byPerson},
               ${event.byWords}, ${event.detail}, ${event.leafHash}
        FROM election_event WHERE community_id = ${community.id} AND election_id = ${electionId}`,
  );

// ——— Mandates ———

/** One elected committee from its seating to its end (第几届). */
export interface MandateRow {
  readonly mandateId: string;
  readonly bodyId: string;
  readonly number: number;
  /** Null for a mandate that began before the community came here. */
  readonly electionId: string | null;
  /** Seats by the method, vacant ones included; votes of the committee are measured against these (Ambiguity 7). */
  readonly seats: number;
  readonly legalLeast: number;
  readonly alternatesMost: number;
  readonly fromAt: Instant;
  /** The earlier of the planned end and the one that was acted. */
  readonly untilAt: Instant;
  readonly plannedUntilAt: Instant;
  readonly endedWhy: string | null;
  readonly document: string;
  readonly leafHash: string;
}

const MANDATE = sql`m.mandate_id AS mandateId, m.body_id AS bodyId, m.number, m.election_id AS electionId, m.seats,
  m.legal_least AS legalLeast, m.alternates_most AS alternatesMost, m.from_at AS fromAt, min(m.until_at, coalesce(x.ended_at, m.until_at)) AS untilAt,
  m.until_at AS plannedUntilAt, x.why AS endedWhy, m.document, m.leaf_hash AS leafHash`;
const WITH_END = sql`mandate m LEFT JOIN mandate_end x ON x.community_id = m.community_id AND x.mandate_id = m.mandate_id`;

/** All mandates, the newest first. An estate has a handful in its life. */
export const listMandates = ({ db, community }: Here): Query<MandateRow[]> =>
  db.all(
    sql`SELECT ${MANDATE} FROM ${WITH_END} WHERE m.community_id = ${community.id} ORDER BY m.from_at DESC, m.number DESC`,
  );

/** The newest mandate that has begun; it may have ended. */
export const findLatestMandate = ({ db, community }: Here, at: Instant): Query<MandateRow[]> =>
  db.all(
    sql`SELECT ${MANDATE} FROM ${WITH_END} WHERE m.community_id = ${community.id} AND m.from_at <= CAST(${at} AS INTEGER)
        ORDER BY m.from_at DESC, m.number DESC LIMIT 1`,
  );

export type NewMandate = Omit<MandateRow, "mandateId" | "untilAt" | "plannedUntilAt" | "endedWhy" | "leafHash"> & {
  readonly untilAt: Instant;
};

/**
 * A mandate and its leaf, for the batch that seats its members. The database refuses one that overlaps the mandate before
 * it (`mandates_overlap`) and a number twice (`mandate_exists`).
 */
export function insertMandate(
  scene: Scene,
  row: NewMandate,
  recordedBy: string,
): { readonly mandateId: string; readonly leafHash: string; readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const mandateId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "mandate.begun",
    {
      mandate: mandateId,
      body: row.bodyId,
      number: row.number,
      election: row.electionId ?? "",
      seats: row.seats,
      from: dayOf(row.fromAt),
      until: dayOf(row.untilAt - 1),
    },
    mandateId,
  );
  const insert = db.orm
    .insert(mandate)
    .values({ communityId: community.id, mandateId, ...row, recordedBy, recordedAt: now, leafHash: leaf.leafHash });
  return { mandateId, leafHash: leaf.leafHash, statements: [insert, leaf.statement] };
}

/** Ends a mandate before its day, for the batch of the act that ends it. */
export function endMandate(
  scene: Scene,
  end: { readonly mandateId: string; readonly endedAt: Instant; readonly why: string },
  recordedBy: string,
): { readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const leaf = appendLeaf(
    scene,
    "mandate.ended",
    { mandate: end.mandateId, from: dayOf(end.endedAt), why: end.why },
    end.mandateId,
  );
  const insert = db.orm
    .insert(mandateEnd)
    .values({ communityId: community.id, ...end, recordedBy, recordedAt: now, leafHash: leaf.leafHash });
  return { statements: [insert, leaf.statement] };
}
