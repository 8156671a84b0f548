/** The SQL of owners' sessions and of what an owner holds today. Decides nothing; cards of paper are access-card/store.ts. */
import type { PartyKind } from "../community/rules.ts";
import { FACT, type HoldingRow, PARTY, type PartyRow, ranOn, type UnitRow } from "../community/store.ts";
import { type Day, dayOf, type Instant } from "../kernel/day.ts";
import type { PartyId } from "../kernel/id.ts";
import { type Query, type SQL, sql } from "../platform/db.ts";
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

/** What a code has opened, and whether it is over. */
export interface OpenedRow {
  readonly sessionId: string;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
  readonly ended: number;
  readonly partyId: PartyId;
}

/** The session a code has opened, a row for each owner it may act for. */
export const listOpenedBy = ({ db, community }: Here, challengeId: string): Query<OpenedRow[]> =>
  db.all(
    sql`SELECT s.session_id AS sessionId, s.began_at AS beganAt, s.ends_at AS endsAt, p.party_id AS partyId,
               EXISTS (SELECT 1 FROM owner_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id) AS ended
        FROM owner_session s JOIN owner_session_party p ON p.community_id = s.community_id AND p.session_id = s.session_id
        WHERE s.community_id = ${community.id} AND s.challenge_id = ${challengeId} AND s.challenge_id <> ''
        ORDER BY p.party_id`,
  );

const endWhere = ({ db, community, now }: HereNow, why: string, which: SQL): Query =>
  db.run(
    sql`INSERT INTO owner_session_end(community_id, session_id, ended_at, why)
        SELECT s.community_id, s.session_id, CAST(${now} AS INTEGER), ${why} FROM owner_session s
        WHERE s.community_id = ${community.id} AND ${which} AND s.ends_at > CAST(${now} AS INTEGER) AND NOT EXISTS (
          SELECT 1 FROM owner_session_end e WHERE e.community_id = s.community_id AND e.session_id = s.session_id)`,
  );

/** Ends one session; one that has ended stays as it is. */
export const endSession = (scene: HereNow, sessionId: string): Query =>
  endWhere(scene, "signed_out", sql`s.session_id = ${sessionId}`);

/** Ends every live session in which this owner, or their guardian, is signed in. */
export const endSessionsOf = (scene: HereNow, partyId: PartyId): Query =>
  endWhere(
    scene,
    "signed_out_everywhere",
    sql`s.session_id IN (SELECT session_id FROM owner_session_party INDEXED BY owner_session_party_by_party WHERE community_id = ${scene.community.id} AND party_id = ${partyId})`,
  );

// ——— Whom a proof is good for ———

/** An owner that somebody could act for, and whether they own anything today. */
export interface Candidate extends Standing {
  readonly owns: number;
}

/** More than this share no number; a clerk's number on a whole building is no owner's. */
const MOST_STANDINGS = 40;

const candidatesOf = ({ db, community, now }: HereNow, who: SQL): Query<Candidate[]> => {
  const today = dayOf(now);
  const owns = (party: SQL): SQL =>
    sql`EXISTS (SELECT 1 FROM holding h INDEXED BY holding_by_party WHERE h.community_id = ${community.id} AND h.party_id = ${party} AND h.role = 'owner'
        AND h.from_on <= ${today} AND (h.to_on IS NULL OR h.to_on > ${today}) AND h.voided_by IS NULL)`;
  return db.all(
    sql`WITH who(party_id) AS (${who})
        SELECT party_id AS partyId, party_id AS provedBy, ${owns(sql`who.party_id`)} AS owns FROM who
        UNION ALL
        SELECT g.ward_id, g.guardian_id, ${owns(sql`g.ward_id`)} FROM who JOIN guardianship g INDEXED BY guardianship_by_guardian ON g.community_id = ${community.id}
          AND g.guardian_id = who.party_id AND g.from_on <= ${today} AND (g.to_on IS NULL OR g.to_on > ${today})
        LIMIT ${MOST_STANDINGS}`,
  );
};

/** The parties whose number stands on the roll now under this hash (`phoneHash` of the roll). */
const withNumber = ({ community }: Here, phoneHash: string): SQL =>
  sql`SELECT d.party_id FROM party_detail d INDEXED BY party_detail_by_phone WHERE d.community_id = ${community.id} AND d.phone_hash = ${phoneHash}
      AND d.version = (SELECT max(n.version) FROM party_detail n WHERE n.community_id = d.community_id AND n.party_id = d.party_id)`;

/** Those whose number it is, and their wards. */
export const listCandidatesByNumber = (scene: HereNow, phoneHash: string): Query<Candidate[]> =>
  candidatesOf(scene, withNumber(scene, phoneHash));

/** One party, and their wards. */
export const listCandidatesOf = (scene: HereNow, partyId: PartyId): Query<Candidate[]> =>
  candidatesOf(
    scene,
    sql`SELECT party_id FROM party WHERE community_id = ${scene.community.id} AND party_id = ${partyId}`,
  );

/** One party whose number it is: who a code is sent to. */
export const findPartyOfNumber = (scene: HereNow, phoneHash: string): Query<{ holder: string; to: string }[]> =>
  scene.db.all(
    sql`SELECT ${phoneHash} AS holder, who.party_id AS "to" FROM (${withNumber(scene, phoneHash)}) who ORDER BY who.party_id LIMIT 1`,
  );

// ——— What they hold ———

/** Units that these parties own on a day, as they were then. */
export const listUnitsOwnedBy = ({ db, community }: Here, partyIds: readonly string[], day: Day): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${FACT} FROM unit_fact f JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id
        WHERE f.community_id = ${community.id} AND f.from_on <= ${day} AND f.unit_id IN (${unitsOwnedBy(community.id, partyIds, day)})
        GROUP BY f.unit_id`,
  );

/** Everything held of those units on the day: the co-owners too, and whom they chose. */
export const listHoldingsBeside = (
  { db, community }: Here,
  partyIds: readonly string[],
  day: Day,
): Query<HoldingRow[]> =>
  db.all(
    sql`SELECT unit_id AS unitId, holding_no AS holdingNo, party_id AS partyId, role, basis FROM holding
        WHERE community_id = ${community.id} AND unit_id IN (${unitsOwnedBy(community.id, partyIds, day)}) AND ${ranOn(day)}`,
  );

/** Those who hold them, with the guardians among whom somebody may be the one who votes. */
export const listPartiesBeside = (
  { db, community }: Here,
  partyIds: readonly string[],
  day: Day,
): Query<PartyRow[]> => {
  const beside = sql`SELECT party_id FROM holding WHERE community_id = ${community.id}
    AND unit_id IN (${unitsOwnedBy(community.id, partyIds, day)}) AND ${ranOn(day)}`;
  return db.all(
    sql`WITH who(id) AS (${beside} UNION ALL
          SELECT g.guardian_id FROM guardianship g WHERE g.community_id = ${community.id} AND g.ward_id IN (${beside}))
        SELECT ${PARTY} FROM who CROSS JOIN party_detail WHERE community_id = ${community.id} AND party_id = who.id
        GROUP BY party_id`,
  );
};

// Named, because without statistics SQLite takes the key's first column for selective and walks through the whole estate.
const unitsOwnedBy = (communityId: string, partyIds: readonly string[], day: Day): SQL =>
  sql`SELECT unit_id FROM json_each(${JSON.stringify(partyIds)}) who CROSS JOIN holding INDEXED BY holding_by_party
      WHERE community_id = ${communityId} AND party_id = who.value AND role = 'owner' AND ${ranOn(day)}`;
