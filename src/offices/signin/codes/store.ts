/** The SQL of codes: asked for, tried, locked out, at the door of office-holders, of owners and of bidders. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import type { PersonId } from "../../../kernel/id.ts";
import { assertFrom, type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { signInChallenge } from "../../schema.ts";
import { CODE_TRIES, type Limit } from "../rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

/** Where a code lets in: office-holders, owners and bidders each at a door of their own. */
export type DoorName = "sign-in" | "owner" | "bidder";

/** What stands for a person in a lock-out of the owners' door, and of the bidders'. */
export const OWNERS = "owners";
export const BIDDERS = "bidders";

// ——— Counting ———

/** What is counted: codes asked for, or wrong codes; of one number, or of the whole community. */
type Scope = { readonly phoneHash: string } | "community";

const counted = (what: "asked" | "wrong"): { table: ReturnType<typeof sql>; at: ReturnType<typeof sql> } =>
  what === "asked"
    ? { table: sql`sign_in_challenge c WHERE true`, at: sql`c.asked_at` }
    : { table: sql`sign_in_attempt c WHERE c.correct = 0`, at: sql`c.at` };

/** What the ids of a door's codes begin with; those of office-holders are hex. What happens at one door locks nobody out of another. */
export const DOOR_LETTER: Readonly<Record<DoorName, string>> = { "sign-in": "", owner: "o", bidder: "t" };
const atDoor = (door: DoorName) => {
  switch (door) {
    case "sign-in":
      return sql`c.challenge_id < 'o'`;
    case "owner":
      return sql`c.challenge_id >= 'o' AND c.challenge_id < 't'`;
    case "bidder":
      return sql`c.challenge_id >= 't'`;
  }
};

const within = ({ community, now }: HereNow, door: DoorName, what: "asked" | "wrong", scope: Scope, limit: Limit) => {
  const { table, at } = counted(what);
  const whose = scope === "community" ? sql`true` : sql`c.phone_hash = ${scope.phoneHash}`;
  return sql`FROM ${table} AND c.community_id = ${community.id} AND ${whose} AND ${atDoor(door)} AND ${at} > CAST(${now - limit.withinMs} AS INTEGER)`;
};

/** The newest instants that count against a limit, no more of them than the limit: enough for `usedUpUntil`. */
export const listCounted = (
  scene: HereNow,
  door: DoorName,
  what: "asked" | "wrong",
  scope: Scope,
  limit: Limit,
): Query<{ at: Instant }[]> => {
  const { at } = counted(what);
  return scene.db.all(
    sql`SELECT ${at} AS at ${within(scene, door, what, scope, limit)} ORDER BY ${at} DESC LIMIT CAST(${limit.most} AS INTEGER)`,
  );
};

/** Asserts, inside the batch, that a limit has room for one more: two requests can both have read that it had. */
export const assertRoom = (
  scene: HereNow,
  door: DoorName,
  what: "asked" | "wrong",
  scope: Scope,
  limit: Limit,
  code: string,
): Query =>
  assertFrom(
    scene.db,
    code,
    sql`SELECT count(*) < CAST(${limit.most} AS INTEGER) FROM (SELECT 1 ${within(scene, door, what, scope, limit)} LIMIT CAST(${limit.most} AS INTEGER))`,
  );

// ——— Codes ———

export interface ChallengeRow {
  readonly challengeId: string;
  readonly phoneHash: string;
  /** Whom the door said the number belongs to; empty where it is nobody's. */
  readonly holder: string;
  readonly expiresAt: Instant;
  readonly tries: number;
}

export const findChallenge = ({ db, community }: Here, challengeId: string): Query<ChallengeRow[]> =>
  db.all(
    sql`SELECT challenge_id AS challengeId, phone_hash AS phoneHash, person_id AS holder, expires_at AS expiresAt,
               (SELECT count(*) FROM sign_in_attempt a WHERE a.community_id = c.community_id AND a.challenge_id = c.challenge_id) AS tries
        FROM sign_in_challenge c WHERE community_id = ${community.id} AND challenge_id = ${challengeId}`,
  );

export const insertChallenge = (
  { db, community, now }: HereNow,
  { holder, ...challenge }: { challengeId: string; phoneHash: string; holder: string; expiresAt: Instant },
): Query =>
  db.orm
    .insert(signInChallenge)
    .values({ communityId: community.id, ...challenge, personId: holder as PersonId, askedAt: now });

/**
 * One try of a code, numbered by the database; a sixth, or one after a right one, is refused as `code_used`. The lock-outs it
 * completes are noted in the same batch.
 */
export function insertAttempt(
  scene: HereNow,
  door: DoorName,
  challenge: ChallengeRow,
  correct: boolean,
  limits: { readonly phone: Limit; readonly community: Limit },
): Query[] {
  const { db, community, now } = scene;
  const { challengeId, phoneHash, holder } = challenge;
  // Whose number an owner's or a bidder's is says nothing to an auditor; at which door it happened does.
  const whole = { "sign-in": "", owner: OWNERS, bidder: BIDDERS }[door];
  const person = whole === "" ? holder : whole;
  const scopes = [
    { scope: "phone", of: { phoneHash }, hash: phoneHash, person, limit: limits.phone },
    { scope: "community", of: "community", hash: whole, person: whole, limit: limits.community },
  ] as const;
  return [
    ...scopes.map(({ of, limit }) => assertRoom(scene, door, "wrong", of, limit, "locked_out")),
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
                FROM (SELECT c.at AS at ${within(scene, door, "wrong", of, limit)})
                HAVING count(*) = CAST(${limit.most} AS INTEGER)`,
          ),
        )),
  ];
}
