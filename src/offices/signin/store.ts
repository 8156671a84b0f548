/** The SQL of office-holders' sessions: whose a number is, sessions and their ends. Decides nothing; codes are codes/store.ts. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { staffSession } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

// ——— Office-holders ———

/** The person whose current number hashes so and who holds an office at this instant. */
export const findOfficeHolder = (
  { db, community, now }: HereNow,
  phoneHash: string,
): Query<{ holder: string; to: string }[]> =>
  db.all(
    sql`SELECT f.person_id AS holder, f.person_id AS "to" FROM office_person_phone f
        WHERE f.community_id = ${community.id} AND f.phone_hash = ${phoneHash}
          AND f.version = (SELECT max(n.version) FROM office_person_phone n WHERE n.community_id = f.community_id AND n.person_id = f.person_id)
          AND EXISTS (SELECT 1 FROM office_span h WHERE h.community_id = f.community_id AND h.person_id = f.person_id
            AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER))`,
  );

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
