/** The SQL of audits: engagements, their auditor's posts, and the opinion; reads, and statements for someone's batch. Decides nothing. */
import { addDays, type Day, dayOf, type Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { PostKind } from "../../offices/rules.ts";
import { assertFrom, assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book } from "../books/rules.ts";
import type { Opinion } from "./fieldwork/rules.ts";
import { AUDITED_POSTS, type AuditState, type Commission, type Held } from "./rules.ts";
import { type auditEngagement, auditOpinion } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface AuditRow {
  readonly engagementId: string;
  readonly number: number;
  readonly commission: Commission;
  readonly basis: string;
  /** The carried item it rests on; null where it rests on a paper. */
  readonly meeting: number | null;
  readonly item: number | null;
  readonly books: readonly Book[];
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly firm: string;
  readonly creditCode: string;
  readonly auditorPersonId: string;
  /** What the public reads of who leads it. */
  readonly auditorShown: string;
  readonly scope: string;
  readonly dueOn: Day;
  readonly state: AuditState;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly leafHash: string;
  /** The last day for the committee's responses, once the findings were sent. */
  readonly responseDueOn: Day | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
  readonly endLeaf: string | null;
}
type Stored = Omit<AuditRow, "books"> & { readonly books: string };
export const auditFrom = (row: Stored): AuditRow => ({ ...row, books: JSON.parse(row.books) as Book[] });

const ENGAGEMENT = sql`e.engagement_id AS engagementId, e.number, e.commission, e.basis, e.books, e.from_on AS fromOn, e.to_on AS toOn, e.firm,
  e.credit_code AS creditCode, e.auditor_person_id AS auditorPersonId, e.auditor_shown AS auditorShown, e.scope, e.due_on AS dueOn, e.state,
  e.opened_by AS openedBy, e.opened_at AS openedAt, e.leaf_hash AS leafHash, e.response_due_on AS responseDueOn, e.ended_at AS endedAt,
  e.ended_why AS endedWhy, e.end_leaf AS endLeaf, e.meeting, e.item`;

/** An audit by its id, or as a part of a query by its number. */
export type AuditKey = string | SQL;
export const byAuditNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT engagement_id FROM audit_engagement WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findAudit = ({ db, community }: Here, key: AuditKey): Query<Stored[]> =>
  db.all(
    sql`SELECT ${ENGAGEMENT} FROM audit_engagement e WHERE e.community_id = ${community.id} AND e.engagement_id = ${key}`,
  );

export interface ListedAudit extends Stored {
  readonly opinion: Opinion | null;
  readonly publishedAt: Instant | null;
}
const WITH_OPINION = sql`SELECT ${ENGAGEMENT}, o.opinion, o.published_at AS publishedAt FROM audit_engagement e
  LEFT JOIN audit_opinion o ON o.community_id = e.community_id AND o.engagement_id = e.engagement_id`;

/** By number, the newest first, each with its opinion if it has one. */
export const listAudits = (
  { db, community }: Here,
  page: { readonly limit: number; readonly before: number },
): Query<ListedAudit[]> =>
  db.all(
    sql`${WITH_OPINION} WHERE e.community_id = ${community.id} AND e.number < CAST(${page.before} AS INTEGER)
        ORDER BY e.number DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );

export interface RunningAudit extends Stored {
  /** Findings that stand and have no answer, or no conclusion yet. */
  readonly unanswered: number;
  readonly unconcluded: number;
}
const STANDING = sql`FROM audit_finding f WHERE f.community_id = e.community_id AND f.engagement_id = e.engagement_id
  AND NOT EXISTS (SELECT 1 FROM audit_finding s WHERE s.community_id = f.community_id AND s.engagement_id = f.engagement_id AND s.strikes = f.finding_no)
  AND NOT EXISTS (SELECT 1 FROM audit_conclusion c WHERE c.community_id = f.community_id AND c.engagement_id = f.engagement_id AND c.finding_no = f.finding_no)`;
const NO_ANSWER = sql`AND NOT EXISTS (SELECT 1 FROM audit_response r WHERE r.community_id = f.community_id AND r.engagement_id = f.engagement_id AND r.finding_no = f.finding_no)`;
/** Those that are not over: at most a handful. */
export const listRunningAudits = ({ db, community }: Here): Query<RunningAudit[]> =>
  db.all(
    sql`SELECT ${ENGAGEMENT}, (SELECT count(*) ${STANDING} ${NO_ANSWER}) AS unanswered, (SELECT count(*) ${STANDING}) AS unconcluded
        FROM audit_engagement e WHERE e.community_id = ${community.id}
          AND e.state IN ('opened', 'sampling', 'fieldwork', 'draft_sent', 'responses') ORDER BY e.number LIMIT 20`,
  );

/** Those with an opinion, the newest opinion first. */
export const listPublishedAudits = ({ db, community }: Here, limit: number): Query<ListedAudit[]> =>
  db.all(
    sql`SELECT ${ENGAGEMENT}, o.opinion, o.published_at AS publishedAt FROM audit_opinion o
        JOIN audit_engagement e ON e.community_id = o.community_id AND e.engagement_id = o.engagement_id
        WHERE o.community_id = ${community.id} ORDER BY o.published_at DESC LIMIT CAST(${limit} AS INTEGER)`,
  );

export type NewAudit = Omit<
  typeof auditEngagement.$inferInsert,
  "communityId" | "number" | "state" | "responseDueOn" | "endedBy" | "endedAt" | "endedWhy" | "endLeaf"
>;
/** The number is taken in the write. */
export const insertAudit = ({ db, community }: Here, row: NewAudit): Query =>
  db.run(
    sql`INSERT INTO audit_engagement(community_id, engagement_id, number, commission, basis, books, from_on, to_on, firm, credit_code, auditor_person_id,
          auditor_shown, scope, due_on, state, opened_by, opened_at, leaf_hash, meeting, item)
        SELECT ${community.id}, ${row.engagementId}, coalesce(max(number), 0) + 1, ${row.commission}, ${row.basis}, ${row.books}, ${row.fromOn}, ${row.toOn},
          ${row.firm}, ${row.creditCode}, ${row.auditorPersonId}, ${row.auditorShown}, ${row.scope}, ${row.dueOn}, 'opened', ${row.openedBy},
          CAST(${row.openedAt} AS INTEGER), ${row.leafHash}, CAST(${row.meeting} AS INTEGER), CAST(${row.item} AS INTEGER)
        FROM audit_engagement WHERE community_id = ${community.id}`,
  );

/** Moves an audit on from the state it was read in; the batch aborts with `audit_moved` when somebody was faster. */
export const moveAudit = (
  { db, community }: Here,
  engagementId: string,
  from: AuditState,
  set: SQL,
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE audit_engagement SET ${set} WHERE community_id = ${community.id} AND engagement_id = ${engagementId} AND state = ${from}`,
  ),
  assertThat(db, "audit_moved", sql`changes() = 1`),
];

/** The same where the audit may have gone on already. */
export const moveAuditIfAt = ({ db, community }: Here, engagementId: string, from: AuditState, to: AuditState): Query =>
  db.run(
    sql`UPDATE audit_engagement SET state = ${to} WHERE community_id = ${community.id} AND engagement_id = ${engagementId} AND state = ${from}`,
  );

// ——— Who audits ———

const holds = ({ community }: Pick<Here, "community">, personId: string, where: SQL): SQL =>
  sql`FROM office_span s JOIN office_post p ON p.community_id = s.community_id AND p.post_id = s.post_id
      WHERE s.community_id = ${community.id} AND s.person_id = ${personId} AND s.until_at > s.from_at AND ${where}`;
const isAudited = sql`p.kind IN (SELECT value FROM json_each(${JSON.stringify(AUDITED_POSTS)}))`;

/** Posts over the books that a person holds, held or will hold. */
export const listAuditedPosts = (
  { db, community }: Here,
  personId: string,
): Query<{ kind: PostKind; fromAt: Instant; untilAt: Instant | null }[]> =>
  db.all(
    sql`SELECT p.kind, s.from_at AS fromAt, nullif(s.until_at, 9007199254740991) AS untilAt ${holds({ community }, personId, isAudited)} ORDER BY s.from_at`,
  );
/** As the rules read them: a day on which a post was held for an hour is a day on which it was held. */
export const heldFrom = (
  rows: readonly { readonly kind: PostKind; readonly fromAt: Instant; readonly untilAt: Instant | null }[],
): Held[] =>
  rows.map(({ kind, fromAt, untilAt }) => ({
    post: kind,
    from: dayOf(fromAt),
    until: untilAt === null ? null : addDays(dayOf(untilAt - 1), 1),
  }));

/** Aborts with `auditor_in_conflict` where the person came to hold such a post meanwhile. */
export const assertNoConflict = ({ db, community }: Here, personId: string, fromAt: Instant): Query =>
  assertFrom(
    db,
    "auditor_in_conflict",
    sql`SELECT NOT EXISTS (SELECT 1 ${holds({ community }, personId, sql`${isAudited} AND s.until_at > CAST(${fromAt} AS INTEGER)`)})`,
  );
/** Aborts with `access_over` unless the person holds an auditor's post now: their access is dated, and so are their acts. */
export const assertAuditorNow = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  personId: string,
): Query =>
  assertFrom(
    db,
    "access_over",
    sql`SELECT EXISTS (SELECT 1 ${holds({ community }, personId, sql`p.kind = 'auditor' AND s.from_at <= CAST(${now} AS INTEGER) AND s.until_at > CAST(${now} AS INTEGER)`)})`,
  );

export interface AuditorRow {
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly nameMasked: string;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}
/** Who holds an auditor's post now or will, the first to begin first. */
export const listAuditors = ({ db, community }: Here, at: Instant): Query<AuditorRow[]> =>
  db.all(
    sql`SELECT s.person_id AS personId, n.name_sealed AS nameSealed, n.name_masked AS nameMasked, s.from_at AS fromAt,
          nullif(s.until_at, 9007199254740991) AS untilAt
        FROM office_post p JOIN office_span s ON s.community_id = p.community_id AND s.post_id = p.post_id
        JOIN office_person n ON n.community_id = s.community_id AND n.person_id = s.person_id
        WHERE p.community_id = ${community.id} AND p.kind = 'auditor' AND s.until_at > CAST(${at} AS INTEGER) AND s.until_at > s.from_at
        ORDER BY s.from_at, s.person_id LIMIT 50`,
  );

/** Everybody who held a post over the books on any day of a span: for telling whose voucher is theirs. */
export const listPeopleOverBooks = (
  { db, community }: Here,
  span: { readonly fromAt: Instant; readonly untilAt: Instant },
): Query<{ personId: PersonId; nameSealed: string }[]> =>
  db.all(
    sql`SELECT DISTINCT s.person_id AS personId, n.name_sealed AS nameSealed
        FROM office_post p JOIN office_span s ON s.community_id = p.community_id AND s.post_id = p.post_id
        JOIN office_person n ON n.community_id = s.community_id AND n.person_id = s.person_id
        WHERE p.community_id = ${community.id} AND ${isAudited} AND s.from_at < CAST(${span.untilAt} AS INTEGER)
          AND s.until_at > CAST(${span.fromAt} AS INTEGER) AND s.until_at > s.from_at`,
  );
/** The provider's names: a firm that pays itself is a related party too. */
export const listProviderNames = ({ db, community }: Here): Query<{ name: string }[]> =>
  db.all(
    sql`SELECT n.name_zh AS name FROM office_body_now n WHERE n.community_id = ${community.id} AND n.kind = 'provider'`,
  );

// ——— The opinion ———

export interface OpinionRow {
  readonly opinion: Opinion;
  readonly words: string;
  readonly reportFileId: string;
  readonly reportName: string;
  readonly reportSha256: string;
  readonly publishedAt: Instant;
  readonly leafHash: string;
}
export const findOpinion = ({ db, community }: Here, key: AuditKey): Query<OpinionRow[]> =>
  db.all(
    sql`SELECT opinion, words, report_file_id AS reportFileId, report_name AS reportName, report_sha256 AS reportSha256, published_at AS publishedAt,
          leaf_hash AS leafHash FROM audit_opinion WHERE community_id = ${community.id} AND engagement_id = ${key}`,
  );
export const insertOpinion = (
  { db, community }: Here,
  row: Omit<typeof auditOpinion.$inferInsert, "communityId">,
): Query => db.orm.insert(auditOpinion).values({ communityId: community.id, ...row });
