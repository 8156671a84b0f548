/** The SQL of the committee's meetings up to their minutes: reads, and statements for someone's batch. Resolutions stand in resolutions/store.ts. Decides nothing. */
import { and, desc, eq } from "drizzle-orm";
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { titleNow } from "../../offices/bodies/posts/store.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { SessionState } from "./rules.ts";
import {
  committeeMinutes,
  committeeRequest,
  committeeSession,
  committeeSignature,
  type committeeVote,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type SessionRow = typeof committeeSession.$inferSelect;
export type MinutesRow = typeof committeeMinutes.$inferSelect;
export type VoteRow = typeof committeeVote.$inferSelect;
export type SignatureRow = typeof committeeSignature.$inferSelect;
export type RequestRow = typeof committeeRequest.$inferSelect;

/** A meeting's id, or SQL that yields it: pages are addressed by number. */
export type SessionKey = string | SQL;
export const bySessionNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT session_id FROM committee_session WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

const isSession = ({ community }: Pick<Here, "community">, key: SessionKey) =>
  and(eq(committeeSession.communityId, community.id), eq(committeeSession.sessionId, key));

export const findSession = (here: Here, key: SessionKey): Query<SessionRow[]> =>
  here.db.orm.select().from(committeeSession).where(isSession(here, key)).limit(1);

/** What the public sees a meeting in: a request from when enough had asked. */
export const PUBLIC_STATES: readonly SessionState[] = ["noticed", "recorded", "published"];

const ofState = ({ community }: Pick<Here, "community">, which: "public" | "all"): SQL =>
  which === "all"
    ? sql`community_id = ${community.id}`
    : sql`community_id = ${community.id} AND (state IN ('noticed', 'recorded', 'published') OR (state = 'requested' AND reached_at IS NOT NULL) OR (state = 'withdrawn' AND noticed_at IS NOT NULL))`;

/** Meetings, the newest first. `public` leaves out drafts and what was withdrawn before anyone was told. */
export const listSessions = (
  here: Here,
  which: "public" | "all",
  page: { readonly limit: number; readonly offset: number },
): Query<SessionRow[]> =>
  here.db.orm
    .select()
    .from(committeeSession)
    .where(ofState(here, which))
    .orderBy(desc(committeeSession.number))
    .limit(page.limit)
    .offset(page.offset);

export const countSessions = (here: Here, which: "public" | "all"): Query<{ total: number }[]> =>
  here.db.all(sql`SELECT count(*) AS total FROM committee_session WHERE ${ofState(here, which)}`);

/** What is in these states, found by the index of states: in the order of numbers the planner would walk all that ever were. */
const inStates = ({ community }: Pick<Here, "community">, states: SQL): SQL =>
  sql`SELECT session_id FROM committee_session INDEXED BY committee_session_by_state
      WHERE community_id = ${community.id} AND state IN (${states}) ORDER BY number DESC`;

/** Meetings that wait for somebody: drafts, requests, announced ones, minutes to be signed and published. */
export const listLiveSessions = (here: Here): Query<SessionRow[]> =>
  here.db.orm
    .select()
    .from(committeeSession)
    .where(
      and(
        eq(committeeSession.communityId, here.community.id),
        sql`session_id IN (${inStates(here, sql`'draft', 'requested', 'noticed', 'recorded'`)})`,
      ),
    )
    .orderBy(sql`+number DESC`)
    .limit(50);

/** How many meetings back the last one that had enough members is looked for. */
const BACK = 24;

/** The day of the last meeting of a mandate that had enough members; null before there was one. */
export const findLastHeld = (here: Here, mandate: SQL | string): Query<{ heldAt: Instant | null }[]> =>
  here.db.all(
    sql`SELECT max(m.held_at) AS heldAt
        FROM (SELECT * FROM (${inStates(here, sql`'recorded'`)} LIMIT ${sql.raw(String(BACK))})
              UNION ALL SELECT * FROM (${inStates(here, sql`'published'`)} LIMIT ${sql.raw(String(BACK))})) h
        CROSS JOIN committee_session s ON s.community_id = ${here.community.id} AND s.session_id = h.session_id
        JOIN committee_minutes m ON m.community_id = s.community_id AND m.session_id = s.session_id AND m.version = s.minutes_version
        WHERE s.mandate_id = ${mandate} AND m.quorate = 1`,
  );

// ——— Beginning and moving ———

/** The next number is taken in the write. */
export const insertSession = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<
    SessionRow,
    "sessionId" | "mandateId" | "calledBy" | "state" | "title" | "place" | "holdsAt" | "items" | "draftedBy"
  >,
): Query =>
  db.orm.insert(committeeSession).values({
    communityId: community.id,
    number:
      sql`(SELECT coalesce(max(number), 0) + 1 FROM committee_session WHERE community_id = ${community.id})` as never,
    draftedAt: now,
    ...row,
  });

export type SessionChange = Partial<
  Pick<
    SessionRow,
    | "state"
    | "title"
    | "place"
    | "holdsAt"
    | "items"
    | "reachedAt"
    | "practice"
    | "noticedBy"
    | "noticedAt"
    | "minutesVersion"
    | "publishedBy"
    | "publishedAt"
    | "endedAt"
    | "endedWhy"
  >
>;
const COLUMN_OF: Readonly<Record<keyof SessionChange, string>> = {
  state: "state",
  title: "title",
  place: "place",
  holdsAt: "holds_at",
  items: "items",
  reachedAt: "reached_at",
  practice: "practice",
  noticedBy: "noticed_by",
  noticedAt: "noticed_at",
  minutesVersion: "minutes_version",
  publishedBy: "published_by",
  publishedAt: "published_at",
  endedAt: "ended_at",
  endedWhy: "ended_why",
};

/** Moves a meeting on from the version and state it was read in; aborts with `session_stale` when either has changed meanwhile. */
export const updateSession = (
  { db, community }: Here,
  { sessionId, version, state }: Pick<SessionRow, "sessionId" | "version" | "state">,
  change: SessionChange,
): Query[] => {
  const sets = Object.entries(change).map(([name, value]) =>
    typeof value === "number"
      ? sql`, ${sql.raw(COLUMN_OF[name as keyof SessionChange])} = CAST(${value} AS INTEGER)`
      : sql`, ${sql.raw(COLUMN_OF[name as keyof SessionChange])} = ${value}`,
  );
  return [
    db.run(
      sql`UPDATE committee_session SET version = version + 1${sql.join(sets)}
          WHERE community_id = ${community.id} AND session_id = ${sessionId} AND version = CAST(${version} AS INTEGER) AND state = ${state}`,
    ),
    assertThat(db, "session_stale", sql`changes() = 1`),
  ];
};

// ——— Requests ———

export const listRequests = ({ db, community }: Here, key: SessionKey): Query<RequestRow[]> =>
  db.orm
    .select()
    .from(committeeRequest)
    .where(and(eq(committeeRequest.communityId, community.id), eq(committeeRequest.sessionId, key)))
    .orderBy(committeeRequest.at, committeeRequest.personId);

export const insertRequest = ({ db, community }: Here, row: Omit<RequestRow, "communityId">): Query =>
  db.orm.insert(committeeRequest).values({ ...row, communityId: community.id });

// ——— Minutes ———

const versionNow = ({ community }: Pick<Here, "community">, key: SessionKey): SQL =>
  sql`(SELECT minutes_version FROM committee_session WHERE community_id = ${community.id} AND session_id = ${key})`;
const ofCurrent = (here: Pick<Here, "community">, key: SessionKey): SQL =>
  sql`x.community_id = ${here.community.id} AND x.session_id = ${key} AND x.version = ${versionNow(here, key)}`;

/** The minutes in their newest version: one row, or none before the meeting was recorded. */
export const findMinutes = (here: Here, key: SessionKey): Query<MinutesRow[]> =>
  here.db.all(
    sql`SELECT x.community_id AS communityId, x.session_id AS sessionId, x.version, x.held_at AS heldAt, x.text, x.seats, x.sitting, x.whole,
               x.present, x.quorate, x.salt, x.drafted_by AS draftedBy, x.drafted_at AS draftedAt, x.leaf_hash AS leafHash
        FROM committee_minutes x WHERE ${ofCurrent(here, key)}`,
  );

/** One line of the roll call, with who it was. */
export interface PresenceRow {
  readonly personId: PersonId;
  readonly tenureId: string;
  readonly post: string;
  readonly standing: "member" | "alternate";
  readonly present: number;
  readonly nameSealed: string;
  readonly titleZh: string;
  readonly titleEn: string;
}

export const listPresences = (here: Here, key: SessionKey): Query<PresenceRow[]> =>
  here.db.all(
    sql`SELECT x.person_id AS personId, x.tenure_id AS tenureId, x.post, x.standing, x.present, n.name_sealed AS nameSealed,
               ${titleNow("title_zh")} AS titleZh, ${titleNow("title_en")} AS titleEn
        FROM committee_presence x
        JOIN office_tenure t ON t.community_id = x.community_id AND t.tenure_id = x.tenure_id
        JOIN office_post p ON p.community_id = t.community_id AND p.post_id = t.post_id
        JOIN office_person n ON n.community_id = x.community_id AND n.person_id = x.person_id
        WHERE ${ofCurrent(here, key)} ORDER BY x.standing DESC, p.position, t.from_at, x.tenure_id`,
  );

export const listVotes = (
  here: Here,
  key: SessionKey,
): Query<Pick<VoteRow, "itemNo" | "personId" | "choice" | "why">[]> =>
  here.db.all(
    sql`SELECT x.item_no AS itemNo, x.person_id AS personId, x.choice, x.why FROM committee_vote x
        WHERE ${ofCurrent(here, key)} ORDER BY x.item_no, x.person_id`,
  );

export const listMinuteSignatures = (
  here: Here,
  key: SessionKey,
): Query<Pick<SignatureRow, "personId" | "stance" | "remark" | "way" | "fileId" | "at" | "leafHash">[]> =>
  here.db.all(
    sql`SELECT x.person_id AS personId, x.stance, x.remark, x.way, x.file_id AS fileId, x.at, x.leaf_hash AS leafHash
        FROM committee_signature x WHERE ${ofCurrent(here, key)} ORDER BY x.at, x.person_id`,
  );

export const insertMinutes = ({ db, community }: Here, row: Omit<MinutesRow, "communityId">): Query =>
  db.orm.insert(committeeMinutes).values({ ...row, communityId: community.id });

export const insertPresences = (
  { db, community }: Here,
  of: { readonly sessionId: string; readonly version: number },
  rows: readonly {
    readonly personId: string;
    readonly tenureId: string;
    readonly post: string;
    readonly standing: string;
    readonly present: boolean;
  }[],
): Query =>
  db.run(
    sql`INSERT INTO committee_presence(community_id, session_id, version, person_id, tenure_id, post, standing, present)
        SELECT ${community.id}, ${of.sessionId}, CAST(${of.version} AS INTEGER), value ->> 'personId', value ->> 'tenureId', value ->> 'post',
               value ->> 'standing', value ->> 'present'
        FROM json_each(${JSON.stringify(rows.map((row) => ({ ...row, present: row.present ? 1 : 0 })))})`,
  );

/** The votes of a version. The database refuses the vote of anyone who is not a member and present (`not_entitled`). */
export const insertVotes = (
  { db, community }: Here,
  of: { readonly sessionId: string; readonly version: number },
  rows: readonly Pick<VoteRow, "itemNo" | "personId" | "choice" | "why">[],
): Query =>
  db.run(
    sql`INSERT INTO committee_vote(community_id, session_id, version, item_no, person_id, choice, why)
        SELECT ${community.id}, ${of.sessionId}, CAST(${of.version} AS INTEGER), value ->> 'itemNo', value ->> 'personId', value ->> 'choice',
               value ->> 'why' FROM json_each(${JSON.stringify(rows)})`,
  );

/** A signature. The database refuses a second one (`already_signed`) and that of anyone who was not there (`not_to_sign`). */
export const insertMinuteSignature = ({ db, community }: Here, row: Omit<SignatureRow, "communityId">): Query =>
  db.orm.insert(committeeSignature).values({ ...row, communityId: community.id });

/** What waits in a meeting that is not over, and whether it waits for one person. */
export interface WaitingSession {
  readonly number: number;
  readonly title: string;
  readonly state: SessionState;
  readonly calledBy: "chair" | "members";
  readonly holdsAt: Instant | null;
  readonly reachedAt: Instant | null;
  /** JSON of Practice; null before the notice. */
  readonly practice: string | null;
  readonly heldAt: Instant | null;
  readonly draftedBy: string | null;
  /** Members who were there and have neither signed nor objected. */
  readonly unsigned: number;
  /** 1 where this person asked for it, or was there and has not answered the minutes. */
  readonly hasAsked: 0 | 1;
  readonly isToSign: 0 | 1;
}

/** What waits in the meetings that are not over; a handful at a time. */
export const listWaitingSessions = ({ db, community }: Here, personId: string): Query<WaitingSession[]> => {
  const unanswered = sql`FROM committee_presence p WHERE p.community_id = s.community_id AND p.session_id = s.session_id AND p.version = s.minutes_version
      AND p.standing = 'member' AND p.present = 1 AND NOT EXISTS (SELECT 1 FROM committee_signature g
        WHERE g.community_id = p.community_id AND g.session_id = p.session_id AND g.version = p.version AND g.person_id = p.person_id)`;
  return db.all(
    sql`SELECT s.number, s.title, s.state, s.called_by AS calledBy, s.holds_at AS holdsAt, s.reached_at AS reachedAt, s.practice,
               m.held_at AS heldAt, m.drafted_by AS draftedBy, (SELECT count(*) ${unanswered}) AS unsigned,
               EXISTS (SELECT 1 FROM committee_request r WHERE r.community_id = s.community_id AND r.session_id = s.session_id
                 AND r.person_id = ${personId}) AS hasAsked,
               EXISTS (SELECT 1 ${unanswered} AND p.person_id = ${personId}) AS isToSign
        FROM committee_session s
        LEFT JOIN committee_minutes m ON m.community_id = s.community_id AND m.session_id = s.session_id AND m.version = s.minutes_version
        WHERE s.community_id = ${community.id} AND s.state IN ('draft', 'requested', 'noticed', 'recorded')
        ORDER BY s.number DESC LIMIT 50`,
  );
};

/** What happened lately in public, for the feed: announcements and publications, the newest first. */
export interface SessionNews {
  readonly number: number;
  readonly title: string;
  readonly what: "noticed" | "published";
  readonly at: Instant;
  readonly resolutions: number;
  readonly calledBy: "chair" | "members";
}

export const listSessionNews = ({ db, community }: Here, most: number): Query<SessionNews[]> =>
  db.all(
    sql`SELECT * FROM (
          SELECT number, title, 'noticed' AS what, noticed_at AS at, 0 AS resolutions, called_by AS calledBy FROM committee_session
          WHERE community_id = ${community.id} AND noticed_at IS NOT NULL
          UNION ALL
          SELECT s.number, s.title, 'published', s.published_at, (SELECT count(*) FROM committee_resolution r
            WHERE r.community_id = s.community_id AND r.session_id = s.session_id), s.called_by
          FROM committee_session s WHERE s.community_id = ${community.id} AND s.state = 'published')
        ORDER BY at DESC, number DESC LIMIT CAST(${most} AS INTEGER)`,
  );
