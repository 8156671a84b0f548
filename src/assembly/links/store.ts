/** The SQL of voting links: reads, and the statements that acts put into their batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId, PartyId } from "../../kernel/id.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface LinkRow {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
  /** 1 for the first; a re-issue is the next. */
  readonly generation: number;
  readonly nonce: string;
  readonly tokenHash: string;
  readonly issuedAt: Instant;
  readonly revokedAt: Instant | null;
  readonly failedAttempts: number;
  readonly lastFailedAt: Instant | null;
  readonly verifiedAt: Instant | null;
}

const LINK = sql.raw(`meeting_id AS meetingId, voter_no AS voterNo, generation, nonce, token_hash AS tokenHash,
  issued_at AS issuedAt, revoked_at AS revokedAt, failed_attempts AS failedAttempts, last_failed_at AS lastFailedAt,
  verified_at AS verifiedAt`);

/** The link whose token has this hash, revoked or not: one row or none. Another community's token is in none of its rows. */
export const findLinkByHash = ({ db, community }: Here, tokenHash: string): Query<LinkRow[]> =>
  db.all<LinkRow>(sql`SELECT ${LINK} FROM link WHERE community_id = ${community.id} AND token_hash = ${tokenHash}`);

/** When the vote that a link belongs to closes, for telling whether the link has expired. */
export const findClose = ({ db, community }: Here, tokenHash: string): Query<{ closesAt: Instant | null }[]> =>
  db.all(
    sql`SELECT m.closes_at AS closesAt FROM link l
        JOIN meeting m ON m.community_id = l.community_id AND m.meeting_id = l.meeting_id
        WHERE l.community_id = ${community.id} AND l.token_hash = ${tokenHash}`,
  );

/** One generation of a voter's link: one row or none. */
export const findLink = (
  { db, community }: Here,
  { meetingId, voterNo, generation }: { meetingId: string; voterNo: number; generation: number },
): Query<LinkRow[]> =>
  db.all<LinkRow>(
    sql`SELECT ${LINK} FROM link WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no = ${voterNo} AND generation = ${generation}`,
  );

/** Every generation of a voter's link, the newest first. */
export const listLinksOf = ({ db, community }: Here, meetingId: string, voterNo: number): Query<LinkRow[]> =>
  db.all<LinkRow>(
    sql`SELECT ${LINK} FROM link WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY generation DESC`,
  );

/** The links in force of these voters. */
export const listCurrentLinks = (
  { db, community }: Here,
  meetingId: string,
  voterNos: readonly number[],
): Query<LinkRow[]> =>
  db.all<LinkRow>(
    sql`SELECT ${LINK} FROM link WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no IN (SELECT value FROM json_each(${JSON.stringify(voterNos)})) AND revoked_at IS NULL`,
  );

/** What the second factor is compared with: of whoever votes for this head now, or nothing while nobody does. */
export interface FactorRow {
  readonly partyId: PartyId | null;
  readonly phoneTailHash: string | null;
  readonly idTailHash: string | null;
}

/** One row for a voter of the frozen roll; none for a number the roll does not have. */
export const findFactors = ({ db, community }: Here, meetingId: string, voterNo: number): Query<FactorRow[]> =>
  db.all(
    sql`SELECT v.party_id AS partyId, d.phone_tail_hash AS phoneTailHash, d.id_tail_hash AS idTailHash
        FROM (SELECT coalesce((SELECT s.party_id FROM snapshot_designation s WHERE s.community_id = ${community.id}
                AND s.meeting_id = ${meetingId} AND s.voter_no = ${voterNo} ORDER BY s.designation_no DESC LIMIT 1),
                voting_party_id) AS party_id
              FROM snapshot_voter WHERE community_id = ${community.id} AND voter_no = ${voterNo}
                AND snapshot_id = (SELECT snapshot_id FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId})) v
        LEFT JOIN party_detail d ON d.community_id = ${community.id} AND d.party_id = v.party_id
        ORDER BY d.version DESC LIMIT 1`,
  );

export interface NewLink {
  readonly voterNo: number;
  readonly nonce: string;
  readonly tokenHash: string;
}

/** Links of the next generation; its number is taken inside the statement. Earlier ones must be revoked before, see `revokeLinks`. */
export const insertLinks = (
  { db, community, now }: HereNow,
  meetingId: string,
  links: readonly NewLink[],
  issuedBy: string,
): Query =>
  db.run(
    sql`INSERT INTO link(community_id, meeting_id, voter_no, generation, nonce, token_hash, issued_at, issued_by)
        SELECT ${community.id}, ${meetingId}, value ->> 'voterNo',
               coalesce((SELECT generation FROM link WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                 AND voter_no = value ->> 'voterNo' ORDER BY generation DESC LIMIT 1), 0) + 1,
               value ->> 'nonce', value ->> 'tokenHash', CAST(${now} AS INTEGER), ${issuedBy}
        FROM json_each(${JSON.stringify(links)})`,
  );

/** Ends the links in force of these voters; none in force is no fault here. */
export const revokeLinks = (
  { db, community, now }: HereNow,
  meetingId: string,
  voterNos: readonly number[],
  by: string,
  why: string,
): Query =>
  db.run(
    sql`UPDATE link SET revoked_at = CAST(${now} AS INTEGER), revoked_by = ${by}, revoked_why = ${why}
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no IN (SELECT value FROM json_each(${JSON.stringify(voterNos)})) AND revoked_at IS NULL`,
  );

type LinkKey = Pick<LinkRow, "meetingId" | "voterNo" | "generation">;

const isThis = (communityId: string, { meetingId, voterNo, generation }: LinkKey): SQL =>
  sql`community_id = ${communityId} AND meeting_id = ${meetingId} AND voter_no = ${voterNo} AND generation = ${generation}
      AND revoked_at IS NULL`;

/**
 * Counts one wrong answer. It is only counted, and the batch only goes through, while the counter still stands where it was
 * read: of a thousand guesses sent at once, each is either counted or refused (`attempts_moved`).
 */
export const countFailedAttempt = (
  { db, community, now }: HereNow,
  key: LinkKey,
  { from, to }: { readonly from: number; readonly to: number },
): Query[] => [
  db.run(
    sql`UPDATE link SET failed_attempts = ${to}, last_failed_at = CAST(${now} AS INTEGER)
        WHERE ${isThis(community.id, key)} AND failed_attempts = ${from}`,
  ),
  assertThat(db, "attempts_moved", sql`changes() = 1`),
];

/** Notes a right answer, under the same condition as a wrong one is counted. */
export const noteVerified = ({ db, community, now }: HereNow, key: LinkKey, from: number): Query[] => [
  db.run(
    sql`UPDATE link SET failed_attempts = 0, verified_at = coalesce(verified_at, CAST(${now} AS INTEGER))
        WHERE ${isThis(community.id, key)} AND failed_attempts = ${from}`,
  ),
  assertThat(db, "attempts_moved", sql`changes() = 1`),
];
