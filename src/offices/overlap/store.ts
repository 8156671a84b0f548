/** The SQL of the overlap: tenures of committee and branch, the wish, consents to be named, waivers in use. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { dayOf, endOf, type Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import type { PostKind } from "../rules.ts";
import type { DatedTenure, Wish } from "./rules.ts";
import { DEFAULT_WISH } from "./rules.ts";
import { overlapConsent } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

const OPEN = sql.raw("9007199254740991");

/** Whether a person agrees to be named as of the branch: the newest version, 0 where there is none. For a row with `t.person_id`. */
export const consentedOf = (person: "t" | "n" | "h") =>
  sql.raw(
    `coalesce((SELECT k.given FROM overlap_consent k WHERE k.community_id = ${person}.community_id AND k.person_id = ${person}.person_id ORDER BY k.version DESC LIMIT 1), 0)`,
  );

/** A tenure in committee or branch with what a page says of it. */
export interface OverlapTenure extends DatedTenure {
  readonly tenureId: string;
  readonly personId: PersonId;
  readonly postKind: PostKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly bodyZh: string;
  readonly bodyEn: string;
  readonly nameSealed: string;
  readonly consented: number;
}

/** Every tenure in committee or branch that ran at `since` or later, under the names that bodies and posts have now. */
export const listOverlapTenures = ({ db, community }: Here, since: Instant): Query<OverlapTenure[]> =>
  db.all<OverlapTenure>(
    sql`SELECT h.tenure_id AS tenureId, h.person_id AS personId, p.kind AS postKind, p.title_zh AS titleZh, p.title_en AS titleEn,
               b.body_id AS bodyId, b.kind AS bodyKind, b.name_zh AS bodyZh, b.name_en AS bodyEn, n.name_sealed AS nameSealed,
               ${consentedOf("h")} AS consented, h.from_at AS fromAt, nullif(h.until_at, ${OPEN}) AS untilAt
        FROM office_body_now b
        JOIN office_post_now p ON p.community_id = b.community_id AND p.body_id = b.body_id
        JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
        JOIN office_person n ON n.community_id = h.community_id AND n.person_id = h.person_id
        WHERE b.community_id = ${community.id} AND b.kind IN ('committee', 'branch') AND h.until_at > CAST(${since} AS INTEGER)
          AND h.until_at > h.from_at
        ORDER BY h.from_at, h.tenure_id`,
  );

export interface BranchRow {
  readonly bodyId: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export const listBranches = ({ db, community }: Here): Query<BranchRow[]> =>
  db.all<BranchRow>(
    sql`SELECT body_id AS bodyId, name_zh AS nameZh, name_en AS nameEn FROM office_body_now
        WHERE community_id = ${community.id} AND kind = 'branch' AND act <> 'dissolved' ORDER BY body_id`,
  );

/** Committee and branch of one community in four numbers, exact: for an overview that adds up many. */
export interface OverlapFigures {
  /** People with a seat in the committee; alternates have none. */
  readonly seats: number;
  /** Of them, with a post in a branch. */
  readonly overlapping: number;
  /** Of the overlapping, those whose place in the branch is public by name: what is shown of one community goes through `figureOf`. */
  readonly named: number;
  /** 1 or 0; null while one of the two posts is vacant. */
  readonly chairIsSecretary: number | null;
  readonly branchExists: number;
}

/** The same as `overlapOf` on the scene's day, by the database alone: one row, nothing opened. */
export const findOverlapFigures = ({
  db,
  community,
  now,
}: Pick<Scene, "db" | "community" | "now">): Query<OverlapFigures[]> => {
  const at = endOf(dayOf(now)) - 1;
  const seat = sql.raw("c.body = 'committee' AND c.post <> 'committee_alternate'");
  const inBranch = sql.raw("EXISTS (SELECT 1 FROM held x WHERE x.person = c.person AND x.body = 'branch'");
  return db.all<OverlapFigures>(
    sql`WITH held AS (
          SELECT h.person_id AS person, b.kind AS body, p.kind AS post, ${consentedOf("h")} AS consented
          FROM office_body b
          JOIN office_post p ON p.community_id = b.community_id AND p.body_id = b.body_id
          JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
          WHERE b.community_id = ${community.id} AND b.kind IN ('committee', 'branch')
            AND h.from_at <= CAST(${at} AS INTEGER) AND h.until_at > CAST(${at} AS INTEGER))
        SELECT (SELECT count(DISTINCT c.person) FROM held c WHERE ${seat}) AS seats,
               (SELECT count(DISTINCT c.person) FROM held c WHERE ${seat} AND ${inBranch})) AS overlapping,
               (SELECT count(DISTINCT c.person) FROM held c WHERE ${seat} AND ${inBranch} AND (x.post = 'branch_secretary' OR x.consented = 1))) AS named,
               (SELECT max(EXISTS (SELECT 1 FROM held s WHERE s.person = c.person AND s.post = 'branch_secretary')) FROM held c
                WHERE c.post = 'committee_chair' AND EXISTS (SELECT 1 FROM held s WHERE s.post = 'branch_secretary')) AS chairIsSecretary,
               EXISTS (SELECT 1 FROM office_body_now WHERE community_id = ${community.id} AND kind = 'branch' AND act <> 'dissolved') AS branchExists`,
  );
};

// ——— The wish ———

const WISH = "overlap.wish";

export interface WishRow {
  readonly version: number;
  readonly value: string;
  readonly clause: string;
  readonly setAt: Instant;
}

export const findWish = ({ db, community }: Here): Query<WishRow[]> =>
  db.all<WishRow>(
    sql`SELECT version, value, clause, set_at AS setAt FROM setting
        WHERE community_id = ${community.id} AND key = ${WISH} ORDER BY version DESC LIMIT 1`,
  );

/** The wish in force with the document it rests on; version 0 and no document for the default. */
export const wishFrom = ([row]: readonly WishRow[]): {
  readonly wish: Wish;
  readonly version: number;
  readonly source: string;
} =>
  row
    ? { wish: JSON.parse(row.value) as Wish, version: row.version, source: row.clause }
    : { wish: DEFAULT_WISH, version: 0, source: "" };

/** The wish's next version; refused by the table when that version is there (`setting_changed_meanwhile`). */
export const insertWish = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  wish: Wish,
  row: { readonly version: number; readonly source: string; readonly setBy: string },
): Query =>
  db.run(
    sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
        VALUES (${community.id}, ${WISH}, CAST(${row.version} AS INTEGER), ${JSON.stringify(wish)}, ${row.source}, ${row.setBy}, ${now})`,
  );

// ——— Consents ———

/** Someone who holds a post in a branch now, with the newest word on being named. */
export interface BranchPerson {
  readonly personId: PersonId;
  readonly postKind: PostKind;
  readonly nameSealed: string;
  /** 0 where there is none yet. */
  readonly version: number;
  readonly given: number;
  readonly recordedAt: Instant | null;
  readonly document: string | null;
}

/** Who holds a post in a branch at this instant; of one person where one is named. */
export const listBranchPeople = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  personId: string | null,
): Query<BranchPerson[]> =>
  db.all<BranchPerson>(
    sql`SELECT h.person_id AS personId, p.kind AS postKind, n.name_sealed AS nameSealed, coalesce(k.version, 0) AS version,
               coalesce(k.given, 0) AS given, k.recorded_at AS recordedAt, k.document
        FROM office_body_now b
        JOIN office_post_now p ON p.community_id = b.community_id AND p.body_id = b.body_id
        JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
        JOIN office_person n ON n.community_id = h.community_id AND n.person_id = h.person_id
        LEFT JOIN overlap_consent k ON k.community_id = h.community_id AND k.person_id = h.person_id AND k.version = (
          SELECT max(m.version) FROM overlap_consent m WHERE m.community_id = h.community_id AND m.person_id = h.person_id)
        WHERE b.community_id = ${community.id} AND b.kind = 'branch' AND h.from_at <= CAST(${now} AS INTEGER)
          AND h.until_at > CAST(${now} AS INTEGER) AND (${personId} IS NULL OR h.person_id = ${personId})
        ORDER BY p.position, h.from_at, h.tenure_id`,
  );

/** The newest word of one person, also of someone who has left the branch. */
export const findConsent = (
  { db, community }: Here,
  personId: string,
): Query<{ readonly version: number; readonly given: number }[]> =>
  db.all(
    sql`SELECT version, given FROM overlap_consent WHERE community_id = ${community.id} AND person_id = ${personId}
        ORDER BY version DESC LIMIT 1`,
  );

/** The next word on being named, and its leaf, which names nobody and says nothing of whom it is; an older version is refused (`consent_changed_meanwhile`). */
export function insertConsent(
  scene: Scene,
  consent: {
    readonly personId: PersonId;
    readonly version: number;
    readonly given: boolean;
    readonly document: string;
  },
  recordedBy: string,
): readonly Query[] {
  const { db, community, now } = scene;
  const salt = scene.random(SALT_BYTES);
  const { personId, version, given, document } = consent;
  const leaf = appendLeaf(scene, given ? "overlap.consent_given" : "overlap.consent_withdrawn", {
    holder: commit(salt, { document, person: personId, version }),
  });
  return [
    db.orm.insert(overlapConsent).values({
      communityId: community.id,
      personId,
      version,
      given: given ? 1 : 0,
      document,
      salt: bytesToHex(salt),
      recordedBy,
      recordedAt: now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

// ——— Waivers in use ———

/** An office that was taken by a waiver. */
export interface UsedWaiver {
  readonly waiverId: string;
  readonly tenureId: string;
  readonly ruleKey: string;
  readonly grantedAs: PostKind;
  readonly grantedAt: Instant;
  readonly usedAt: Instant;
  readonly personId: PersonId;
  readonly postKind: PostKind;
  readonly nameSealed: string;
  readonly consented: number;
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
  readonly leafHash: string;
}

/** Offices taken by a waiver, newest first. */
export const listUsedWaivers = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<UsedWaiver[]> =>
  db.all<UsedWaiver>(
    sql`SELECT u.waiver_id AS waiverId, u.tenure_id AS tenureId, v.rule_key AS ruleKey, v.granted_as AS grantedAs, v.granted_at AS grantedAt,
               u.used_at AS usedAt, h.person_id AS personId, p.kind AS postKind, n.name_sealed AS nameSealed, ${consentedOf("h")} AS consented,
               h.from_at AS fromAt, nullif(h.until_at, ${OPEN}) AS untilAt, u.leaf_hash AS leafHash
        FROM overlap_waiver_use u
        JOIN overlap_waiver v ON v.community_id = u.community_id AND v.waiver_id = u.waiver_id
        JOIN office_span h ON h.community_id = u.community_id AND h.tenure_id = u.tenure_id
        JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        JOIN office_person n ON n.community_id = h.community_id AND n.person_id = h.person_id
        WHERE u.community_id = ${community.id} ORDER BY u.used_at DESC, u.tenure_id, u.waiver_id
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countUsedWaivers = ({ db, community }: Here): Query<{ used: number }[]> =>
  db.all(sql`SELECT count(*) AS used FROM overlap_waiver_use WHERE community_id = ${community.id}`);
