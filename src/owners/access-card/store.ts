/** The SQL of owners' cards: found by their code, given out, revoked, tried; and the list of who has none. Decides nothing. */
import type { PartyKind } from "../../community/rules.ts";
import { ranOn } from "../../community/store.ts";
import { type Day, dayOf, type Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { ownerCard, type RevokeReason } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface CardRow {
  readonly partyId: PartyId;
  readonly cardNo: number;
  readonly nonce: string;
  readonly issuedAt: Instant;
  readonly revokedAt: Instant | null;
  readonly revokedWhy: RevokeReason | null;
  readonly failedAttempts: number;
  readonly lastFailedAt: Instant | null;
  readonly firstUsedAt: Instant | null;
}

const CARD = sql.raw(`party_id AS partyId, card_no AS cardNo, nonce, issued_at AS issuedAt, revoked_at AS revokedAt,
  revoked_why AS revokedWhy, failed_attempts AS failedAttempts, last_failed_at AS lastFailedAt, first_used_at AS firstUsedAt`);

/** The card whose code has this hash, revoked or not. */
export const findCardByHash = ({ db, community }: Here, codeHash: string): Query<CardRow[]> =>
  db.all(sql`SELECT ${CARD} FROM owner_card WHERE community_id = ${community.id} AND code_hash = ${codeHash}`);

/** One card of an owner. */
export const findCard = ({ db, community }: Here, partyId: string, cardNo: number): Query<CardRow[]> =>
  db.all(
    sql`SELECT ${CARD} FROM owner_card WHERE community_id = ${community.id} AND party_id = ${partyId} AND card_no = ${cardNo}`,
  );

/** Every card an owner was ever given, the newest first. */
export const listCardsOf = ({ db, community }: Here, partyId: string): Query<CardRow[]> =>
  db.all(
    sql`SELECT ${CARD} FROM owner_card WHERE community_id = ${community.id} AND party_id = ${partyId} ORDER BY card_no DESC`,
  );

/** The last four of the certificate (keyed), and what the roll has of the owner besides. */
export interface CardPartyRow {
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  readonly maskedName: string;
  readonly idTailHash: string | null;
  readonly phoneHash: string | null;
  readonly owns: number;
}

export const findCardParty = ({ db, community, now }: HereNow, partyId: string): Query<CardPartyRow[]> =>
  db.all(
    sql`SELECT d.party_id AS partyId, d.kind, d.masked_name AS maskedName, d.id_tail_hash AS idTailHash, d.phone_hash AS phoneHash,
          EXISTS (SELECT 1 FROM holding INDEXED BY holding_by_party WHERE community_id = d.community_id AND party_id = d.party_id AND role = 'owner'
            AND ${ranOn(dayOf(now))}) AS owns
        FROM party_detail d WHERE d.community_id = ${community.id} AND d.party_id = ${partyId} ORDER BY d.version DESC LIMIT 1`,
  );

export const insertCard = (
  { db, community, now }: HereNow,
  card: { partyId: PartyId; cardNo: number; nonce: string; codeHash: string; by: string; leafHash: string },
): Query => {
  const { by, leafHash, ...row } = card;
  return db.orm.insert(ownerCard).values({
    ...row,
    communityId: community.id,
    issuedAt: now,
    issuedBy: by,
    issuedLeaf: leafHash,
    failedAttempts: 0,
  });
};

const isThis = (communityId: string, partyId: string, cardNo: number): SQL =>
  sql`community_id = ${communityId} AND party_id = ${partyId} AND card_no = ${cardNo} AND revoked_at IS NULL`;

/** Ends a card; asserts that it was in force (`card_not_in_force`). */
export const revokeCardRow = (
  { db, community, now }: HereNow,
  card: { partyId: string; cardNo: number; by: string; why: RevokeReason; leafHash: string },
): Query[] => [
  db.run(
    sql`UPDATE owner_card SET revoked_at = CAST(${now} AS INTEGER), revoked_by = ${card.by}, revoked_why = ${card.why},
          revoked_leaf = ${card.leafHash}
        WHERE ${isThis(community.id, card.partyId, card.cardNo)}`,
  ),
  assertThat(db, "card_not_in_force", sql`changes() = 1`),
];

type CardKey = Pick<CardRow, "partyId" | "cardNo" | "failedAttempts">;

/** Counts one wrong answer, only while the counter stands where it was read: no guess is free (`attempts_moved`). */
export const countWrongTry = (
  { db, community, now }: HereNow,
  { partyId, cardNo, failedAttempts }: CardKey,
): Query[] => [
  db.run(
    sql`UPDATE owner_card SET failed_attempts = ${failedAttempts + 1}, last_failed_at = CAST(${now} AS INTEGER)
        WHERE ${isThis(community.id, partyId, cardNo)} AND failed_attempts = ${failedAttempts}`,
  ),
  assertThat(db, "attempts_moved", sql`changes() = 1`),
];

/** Notes a right answer, under the same condition as a wrong one is counted. */
export const noteUsed = ({ db, community, now }: HereNow, { partyId, cardNo, failedAttempts }: CardKey): Query[] => [
  db.run(
    sql`UPDATE owner_card SET failed_attempts = 0, first_used_at = coalesce(first_used_at, CAST(${now} AS INTEGER))
        WHERE ${isThis(community.id, partyId, cardNo)} AND failed_attempts = ${failedAttempts}`,
  ),
  assertThat(db, "attempts_moved", sql`changes() = 1`),
];

/** An owner without a number on the roll, where they live, and the card in force. */
export interface WithoutNumber {
  readonly partyId: PartyId;
  readonly maskedName: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly units: number;
  readonly hasCertificate: number;
  readonly cardNo: number | null;
  readonly issuedAt: Instant | null;
  readonly firstUsedAt: Instant | null;
}

// Natural persons only: the number of an organisation's certificate is public, so that its last four would prove nothing.
const withoutNumber = (communityId: string, today: Day): SQL =>
  sql`FROM holding h
      JOIN party_detail d ON d.community_id = h.community_id AND d.party_id = h.party_id AND d.phone_hash IS NULL AND d.kind = 'natural'
        AND d.version = (SELECT max(n.version) FROM party_detail n WHERE n.community_id = d.community_id AND n.party_id = d.party_id)
      JOIN unit u ON u.community_id = h.community_id AND u.unit_id = h.unit_id
      LEFT JOIN owner_card k ON k.community_id = h.community_id AND k.party_id = h.party_id AND k.revoked_at IS NULL
      WHERE h.community_id = ${communityId} AND h.role = 'owner' AND h.from_on <= ${today}
        AND (h.to_on IS NULL OR h.to_on > ${today}) AND h.voided_by IS NULL`;

export const countWithoutNumber = ({ db, community, now }: HereNow): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(DISTINCT h.party_id) AS total ${withoutNumber(community.id, dayOf(now))}`);

/** A page of them, in order of their first unit: the row of min() gives the other columns of the unit. */
export const listWithoutNumber = (
  { db, community, now }: HereNow,
  page: { readonly limit: number; readonly offset: number },
): Query<WithoutNumber[]> =>
  db.all(
    sql`SELECT h.party_id AS partyId, d.masked_name AS maskedName, u.building, u.entrance, u.room, count(*) AS units,
          d.id_tail_hash IS NOT NULL AS hasCertificate, k.card_no AS cardNo, k.issued_at AS issuedAt, k.first_used_at AS firstUsedAt,
          min(u.sort_key) AS first
        ${withoutNumber(community.id, dayOf(now))} GROUP BY h.party_id ORDER BY first, h.party_id
        LIMIT ${page.limit} OFFSET ${page.offset}`,
  );
