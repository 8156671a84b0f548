/** The SQL of voting links: reads, and the statements that acts put into their batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface LinkRow {
  readonly meetingId: string;
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
