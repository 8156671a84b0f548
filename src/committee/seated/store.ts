/** The SQL of who sits in the committee: dated posts with their holders' sealed names, of the newest mandate. Reads only; decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { titleNow } from "../../offices/bodies/posts/store.ts";
import type { TakeKind } from "../../offices/terms/rules.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { SEAT_POSTS, type Seat } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

/** A dated post in the committee with its holder, as stored. */
export interface SeatRow extends Seat {
  readonly personId: PersonId;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly nameSealed: string;
  readonly act: TakeKind;
  readonly leafHash: string;
}

const latestMandate = (column: string, { community }: Pick<Here, "community">, at: Instant): SQL =>
  sql`(SELECT ${sql.raw(column)} FROM mandate WHERE community_id = ${community.id} AND from_at <= CAST(${at} AS INTEGER)
       ORDER BY from_at DESC, number DESC LIMIT 1)`;

/**
 * The body whose seats are the committee's: that of the newest mandate; where no mandate is recorded yet, the first committee
 * of the estate, so that a page can name its members all the same.
 */
export const committeeBody = (here: Pick<Here, "community">, at: Instant): SQL =>
  sql`coalesce(${latestMandate("body_id", here, at)},
       (SELECT body_id FROM office_body WHERE community_id = ${here.community.id} AND kind = 'committee' ORDER BY formed_at, body_id LIMIT 1))`;

/**
 * Seats of the committee that ran at some time since the newest mandate began, or that will. Not those of mandates before: the
 * rows read do not grow with an estate's history.
 */
export const listSeats = (here: Here, at: Instant): Query<SeatRow[]> =>
  here.db.all(
    sql`SELECT t.tenure_id AS tenureId, t.person_id AS personId, p.kind AS post, ${titleNow("title_zh")} AS titleZh,
               ${titleNow("title_en")} AS titleEn, n.name_sealed AS nameSealed, t.from_at AS fromAt,
               nullif(h.until_at, 9007199254740991) AS untilAt, t.act_kind AS act, t.leaf_hash AS leafHash
        FROM office_post p
        JOIN office_tenure t ON t.community_id = p.community_id AND t.post_id = p.post_id
        JOIN office_span h ON h.community_id = t.community_id AND h.tenure_id = t.tenure_id
        JOIN office_person n ON n.community_id = t.community_id AND n.person_id = t.person_id
        WHERE p.community_id = ${here.community.id} AND p.body_id = ${committeeBody(here, at)}
          AND p.kind IN (SELECT value FROM json_each(${JSON.stringify(SEAT_POSTS)}))
          AND h.until_at > coalesce(${latestMandate("from_at", here, at)}, 0) AND h.until_at > t.from_at
        ORDER BY p.position, t.from_at, t.tenure_id`,
  );

/** A person's name by their tenure, sealed: for who signed or kept a seal and has left since. */
export interface HolderRow {
  readonly tenureId: string;
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** The first instant without the office; null while it runs. */
  readonly untilAt: Instant | null;
}

/** Holders of these tenures, whatever their body and whether or not they still hold them. `tenureIds` is SQL that yields ids, one a row. */
export const listHolders = ({ db, community }: Here, tenureIds: SQL): Query<HolderRow[]> =>
  db.all(
    sql`SELECT t.tenure_id AS tenureId, t.person_id AS personId, n.name_sealed AS nameSealed, ${titleNow("title_zh")} AS titleZh,
               ${titleNow("title_en")} AS titleEn, nullif(h.until_at, 9007199254740991) AS untilAt
        FROM office_tenure t
        JOIN office_span h ON h.community_id = t.community_id AND h.tenure_id = t.tenure_id
        JOIN office_post p ON p.community_id = t.community_id AND p.post_id = t.post_id
        JOIN office_person n ON n.community_id = t.community_id AND n.person_id = t.person_id
        WHERE t.community_id = ${community.id} AND t.tenure_id IN (${tenureIds})`,
  );
