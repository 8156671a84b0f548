/** The SQL of owners' sessions: opened, asked for at every request, ended. Decides nothing; cards are cards/store.ts. */

import type { PartyKind } from "../community/rules.ts";
import { type Day, dayOf, type Instant } from "../kernel/day.ts";
import type { PartyId } from "../kernel/id.ts";
import { type Query, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import { ownerSession, ownerSessionParty, type SessionWay } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface NewSession {
  readonly sessionId: string;
  readonly way: SessionWay;
  readonly challengeId: string;
  readonly phoneHash: string;
  readonly cardNo: number;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
}

/** Whom someone who proved to be `provedBy` may act for: themselves, or as guardian their ward (C4). */
export interface Standing {
  readonly partyId: PartyId;
  readonly provedBy: PartyId;
}

export const insertSession = (
  { db, community }: Here,
  session: NewSession,
  standings: readonly Standing[],
): Query[] => [
  db.orm.insert(ownerSession).values({ communityId: community.id, ...session }),
  ...standings.map((standing) =>
    db.orm.insert(ownerSessionParty).values({ communityId: community.id, sessionId: session.sessionId, ...standing }),
  ),
];

/** An owner of a live session, with what is needed to name them. */
export interface SessionOwner extends Standing {
  readonly sessionId: string;
  readonly kind: PartyKind;
  readonly sealed: string;
  readonly maskedName: string;
}

/**
 * Whom a session may act for at this instant. None when it has ended, when the number it was proved by stands no longer on
 * the roll, when its card was revoked, or for a ward whose guardian has changed.
 */
export const listSessionOwners = ({ db, community, now }: HereNow, sessionId: string): Query<SessionOwner[]> => {
  const today: Day = dayOf(now);
  return db.all(
    sql`SELECT s.session_id AS sessionId, p.party_id AS partyId, p.proved_by AS provedBy, d.kind, d.sealed, d.masked_name AS maskedName
        FROM owner_session s
        JOIN owner_session_party p ON p.community_id = s.community_id AND p.session_id = s.session_id
        JOIN party_detail d ON d.community_id = p.community_id AND d.party_id = p.party_id
          AND d.version = (SELECT max(n.version) FROM party_detail n WHERE n.community_id = d.community_id AND n.party_id = d.party_id)
        WHERE s.community_id = ${community.id} AND s.session_id = ${sessionId} AND s.ends_at > CAST(${now} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM owner_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)
          AND (s.way <> 'code' OR s.phone_hash = (SELECT f.phone_hash FROM party_detail f
            WHERE f.community_id = p.community_id AND f.party_id = p.proved_by ORDER BY f.version DESC LIMIT 1))
          AND (s.way <> 'card' OR EXISTS (SELECT 1 FROM owner_card k WHERE k.community_id = p.community_id
            AND k.party_id = p.proved_by AND k.card_no = s.card_no AND k.revoked_at IS NULL))
          AND (p.party_id = p.proved_by OR EXISTS (SELECT 1 FROM guardianship g WHERE g.community_id = p.community_id
            AND g.ward_id = p.party_id AND g.guardian_id = p.proved_by AND g.from_on <= ${today} AND (g.to_on IS NULL OR g.to_on > ${today})))
        ORDER BY p.party_id`,
  );
};

/** Ends one session; one that has ended stays as it is. */
export const endSession = ({ db, community, now }: HereNow, sessionId: string, why: "signed_out"): Query =>
  db.run(
    sql`INSERT INTO owner_session_end(community_id, session_id, ended_at, why)
        SELECT s.community_id, s.session_id, CAST(${now} AS INTEGER), ${why} FROM owner_session s
        WHERE s.community_id = ${community.id} AND s.session_id = ${sessionId} AND NOT EXISTS (
          SELECT 1 FROM owner_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)`,
  );
