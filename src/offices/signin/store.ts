/** The SQL of signing in: codes asked for, codes tried, lock-outs, sessions and their ends. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { signInChallenge, staffSession } from "../schema.ts";
import { CODE_TRIES, type Limit } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

// ——— Counting ———

/** What is counted: codes asked for, or wrong codes; of one number, or of the whole community. */
type Scope = { readonly phoneHash: string } | "community";

const counted = (what: "asked" | "wrong"): { table: ReturnType<typeof sql>; at: ReturnType<typeof sql> } =>
  what === "asked"
    ? { table: sql`sign_in_challenge c WHERE true`, at: sql`c.asked_at` }
    : { table: sql`sign_in_attempt c WHERE c.correct = 0`, at: sql`c.at` };

const within = ({ community, now }: HereNow, what: "asked" | "wrong", scope: Scope, limit: Limit) => {
  const { table, at } = counted(what);
  const whose = scope === "community" ? sql`true` : sql`c.phone_hash = ${scope.phoneHash}`;
  return sql`FROM ${table} AND c.community_id = ${community.id} AND ${whose} AND ${at} > CAST(${now - limit.withinMs} AS INTEGER)`;
};

/** The newest instants that count against a limit, no more of them than the limit: enough for `usedUpUntil`. */
export const listCounted = (
  scene: HereNow,
  what: "asked" | "wrong",
  scope: Scope,
  limit: Limit,
): Query<{ at: Instant }[]> => {
  const { at } = counted(what);
  return scene.db.all(
    sql`SELECT ${at} AS at ${within(scene, what, scope, limit)} ORDER BY ${at} DESC LIMIT CAST(${limit.most} AS INTEGER)`,
  );
};

/** Asserts, inside the batch, that a limit has room for one more: two requests can both have read that it had. */
export const assertRoom = (scene: HereNow, what: "asked" | "wrong", scope: Scope, limit: Limit, code: string): Query =>
  assertFrom(
    scene.db,
    code,
    sql`SELECT count(*) < CAST(${limit.most} AS INTEGER) FROM (SELECT 1 ${within(scene, what, scope, limit)} LIMIT CAST(${limit.most} AS INTEGER))`,
  );

// ——— Codes ———

export interface ChallengeRow {
  readonly challengeId: string;
  readonly phoneHash: string;
  /** Empty where the number is nobody's. */
  readonly personId: PersonId | "";
  readonly expiresAt: Instant;
  readonly tries: number;
}

export const findChallenge = ({ db, community }: Here, challengeId: string): Query<ChallengeRow[]> =>
  db.all(
    sql`SELECT challenge_id AS challengeId, phone_hash AS phoneHash, person_id AS personId, expires_at AS expiresAt,
               (SELECT count(*) FROM sign_in_attempt a WHERE a.community_id = c.community_id AND a.challenge_id = c.challenge_id) AS tries
        FROM sign_in_challenge c WHERE community_id = ${community.id} AND challenge_id = ${challengeId}`,
  );

/** The person whose current number hashes so and who holds an office at this instant. */
export const findOfficeHolder = ({ db, community, now }: HereNow, phoneHash: string): Query<{ personId: PersonId }[]> =>
  db.all(
    sql`SELECT f.person_id AS personId FROM office_person_phone f
        WHERE f.community_id = ${community.id} AND f.phone_hash = ${phoneHash}
          AND f.version = (SELECT max(n.version) FROM office_person_phone n WHERE n.community_id = f.community_id AND n.person_id = f.person_id)
          AND EXISTS (SELECT 1 FROM office_span h WHERE h.community_id = f.community_id AND h.person_id = f.person_id
            AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER))`,
  );

export const insertChallenge = (
  { db, community, now }: HereNow,
  challenge: { challengeId: string; phoneHash: string; personId: PersonId | ""; expiresAt: Instant },
): Query => db.orm.insert(signInChallenge).values({ communityId: community.id, ...challenge, askedAt: now });

/**
 * One try of a code, numbered by the database; a sixth, or one after a right one, is refused as `code_used`. The lock-outs it
 * completes are noted in the same batch.
 */
export function insertAttempt(
  scene: HereNow,
  challenge: ChallengeRow,
  correct: boolean,
  limits: { readonly phone: Limit; readonly community: Limit },
): Query[] {
  const { db, community, now } = scene;
  const { challengeId, phoneHash, personId } = challenge;
  const scopes = [
    { scope: "phone", of: { phoneHash }, hash: phoneHash, person: personId, limit: limits.phone },
    { scope: "community", of: "community", hash: "", person: "", limit: limits.community },
  ] as const;
  return [
    ...scopes.map(({ of, limit }) => assertRoom(scene, "wrong", of, limit, "locked_out")),
    assertFrom(
      db,
      "code_used",
      sql`SELECT count(*) < CAST(${CODE_TRIES} AS INTEGER) FROM sign_in_attempt
          WHERE community_id = ${community.id} AND challenge_id = ${challengeId}`,
    ),
    db.run(
      sql`INSERT INTO sign_in_attempt(community_id, challenge_id, attempt, phone_hash, at, correct)
          SELECT ${community.id}, ${challengeId}, coalesce(max(attempt), 0) + 1, ${phoneHash}, CAST(${now} AS INTEGER),
                 CAST(${correct ? 1 : 0} AS INTEGER)
          FROM sign_in_attempt WHERE community_id = ${community.id} AND challenge_id = ${challengeId}`,
    ),
    ...(correct
      ? []
      : scopes.map(({ scope, of, hash, person, limit }) =>
          db.run(
            sql`INSERT INTO sign_in_lockout(community_id, scope, phone_hash, person_id, at, until_at)
                SELECT ${community.id}, ${scope}, ${hash}, ${person}, CAST(${now} AS INTEGER),
                       CAST(${limit.withinMs} AS INTEGER) + min(at)
                FROM (SELECT c.at AS at ${within(scene, "wrong", of, limit)})
                HAVING count(*) = CAST(${limit.most} AS INTEGER)`,
          ),
        )),
  ];
}

// ——— Sessions ———

export interface SessionRow {
  readonly sessionId: string;
  readonly personId: PersonId;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
  readonly ended: number;
}

export const insertSession = (
  { db, community }: Here,
  session: { sessionId: string; personId: PersonId; challengeId: string; beganAt: Instant; endsAt: Instant },
): Query => db.orm.insert(staffSession).values({ communityId: community.id, ...session });

export const findSessionOfChallenge = ({ db, community }: Here, challengeId: string): Query<SessionRow[]> =>
  db.all(
    sql`SELECT session_id AS sessionId, person_id AS personId, began_at AS beganAt, ends_at AS endsAt,
               EXISTS (SELECT 1 FROM staff_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id) AS ended
        FROM staff_session s WHERE community_id = ${community.id} AND challenge_id = ${challengeId} AND challenge_id <> ''`,
  );

/** A live session as the desk lists it. */
export interface LiveSession {
  readonly sessionId: string;
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
}

export const listLiveSessions = ({ db, community, now }: HereNow, limit: number): Query<LiveSession[]> =>
  db.all(
    sql`SELECT s.session_id AS sessionId, s.person_id AS personId, n.name_sealed AS nameSealed, s.began_at AS beganAt, s.ends_at AS endsAt
        FROM staff_session s JOIN office_person n ON n.community_id = s.community_id AND n.person_id = s.person_id
        WHERE s.community_id = ${community.id} AND s.ends_at > CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM staff_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)
        ORDER BY s.began_at DESC, s.session_id LIMIT CAST(${limit} AS INTEGER)`,
  );

type EndReason = "signed_out" | "signed_out_everywhere" | "revoked" | "phone_changed";

const endWhere = ({ db, community, now }: HereNow, by: string, why: EndReason, which: ReturnType<typeof sql>): Query =>
  db.run(
    sql`INSERT INTO staff_session_end(community_id, session_id, ended_at, ended_by, why)
        SELECT s.community_id, s.session_id, CAST(${now} AS INTEGER), ${by}, ${why} FROM staff_session s
        WHERE s.community_id = ${community.id} AND ${which} AND s.ends_at > CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM staff_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)`,
  );

/** Ends one session; one that has ended stays as it is. */
export const endSession = (scene: HereNow, sessionId: string, by: string, why: EndReason): Query =>
  endWhere(scene, by, why, sql`s.session_id = ${sessionId}`);

/** Ends every live session of a person. */
export const endSessionsOf = (scene: HereNow, personId: PersonId, by: string, why: EndReason): Query =>
  endWhere(scene, by, why, sql`s.person_id = ${personId}`);
