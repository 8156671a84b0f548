/** The SQL of bodies, posts and tenures: statements with their leaves for someone's batch, and reads. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Day, dayOf, endOf, type Instant, startOf } from "../../kernel/day.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { assertFrom, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { titleNow } from "../bodies/posts/store.ts";
import type { BodyState } from "../bodies/rules.ts";
import { insertBodyRow, nameNow } from "../bodies/store.ts";
import { consentedOf } from "../overlap/store.ts";
import type { BodyKind, PostKind } from "../rules.ts";
import { officeBody, officePost, officeTenure, officeTenureEnd } from "../schema.ts";
import type { EndKind, Span, TakeKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— Statements ———

export interface NewPost {
  readonly kind: PostKind;
  readonly title: Bilingual;
  readonly seats: number;
}

export interface NewBody {
  readonly kind: BodyKind;
  readonly name: Bilingual;
  /** What the district calls its level; empty where the kind says it. */
  readonly level?: string;
  readonly parentId?: string | null;
  readonly posts: readonly NewPost[];
  /** Its level among those the district named, its buildings, and since when it has been; else it begins now and says no more than its kind. */
  readonly state?: BodyState;
}

/** Forms a body with its posts and the leaf that says so. The ids are known before the write. */
export function insertBody(
  scene: Scene,
  body: NewBody,
  recordedBy: string,
  bodyId: string = newId(scene.random),
): {
  readonly bodyId: string;
  readonly posts: readonly { postId: string; kind: PostKind }[];
  readonly statements: readonly Query[];
} {
  const { db, community, now } = scene;
  const posts = body.posts.map((post) => ({ ...post, postId: newId<string>(scene.random) }));
  const leaf = appendLeaf(
    scene,
    "body.formed",
    {
      body: bodyId,
      kind: body.kind,
      name: body.name.zh,
      level: body.level ?? "",
      parent: body.parentId ?? "",
      posts: posts.map(({ postId, kind, title, seats }) => ({ post: postId, kind, title: title.zh, seats })),
      ...(body.state
        ? {
            areas: body.state.areas.map(({ building, entrance }) => ({ building, entrance })),
            from: dayOf(body.state.effectiveAt),
          }
        : {}),
    },
    bodyId,
  );
  const statements: Query[] = [
    db.orm.insert(officeBody).values({
      communityId: community.id,
      bodyId,
      kind: body.kind,
      level: body.level ?? "",
      nameZh: body.name.zh,
      nameEn: body.name.en,
      parentId: body.parentId ?? null,
      formedAt: now,
      recordedBy,
      recordedAt: now,
      leafHash: leaf.leafHash,
    }),
    ...posts.map(({ postId, kind, title, seats }, position) =>
      db.orm.insert(officePost).values({
        communityId: community.id,
        postId,
        bodyId,
        kind,
        titleZh: title.zh,
        titleEn: title.en,
        seats,
        position,
        recordedBy,
        recordedAt: now,
      }),
    ),
    leaf.statement,
  ];
  if (body.state) {
    const formed = { bodyId, version: 1, act: "formed", state: body.state, document: "" } as const;
    statements.push(insertBodyRow(scene, formed, recordedBy, leaf.leafHash));
  }
  return { bodyId, posts, statements };
}

export interface NewTenure {
  readonly postId: string;
  readonly postKind: PostKind;
  readonly personId: PersonId;
  /** In the form of `personName`: what the leaf's commitment opens to. */
  readonly name: string;
  readonly span: Span;
  readonly act: TakeKind;
  readonly document: string;
}

/**
 * Someone takes a post: the tenure and its leaf, for the batch of the act that puts them there. The database refuses a post
 * without a free seat (`post_taken`) and the same post twice (`holds_it_already`). The leaf names nobody: it commits to the name
 * and to the document, because a document's title may hold a name.
 */
export function insertTenure(
  scene: Scene,
  tenure: NewTenure,
  recordedBy: string,
  tenureId: string = newId<string>(scene.random),
): { readonly tenureId: string; readonly leafHash: string; readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const salt = scene.random(SALT_BYTES);
  const { fromAt, untilAt } = tenure.span;
  const leaf = appendLeaf(
    scene,
    "office.taken",
    {
      tenure: tenureId,
      post: tenure.postId,
      kind: tenure.postKind,
      from: dayOf(fromAt),
      until: untilAt === null ? "" : dayOf(untilAt - 1),
      act: tenure.act,
      holder: commit(salt, { document: tenure.document, name: tenure.name, tenure: tenureId }),
    },
    tenureId,
  );
  return {
    tenureId,
    leafHash: leaf.leafHash,
    statements: [
      db.orm.insert(officeTenure).values({
        communityId: community.id,
        tenureId,
        postId: tenure.postId,
        personId: tenure.personId,
        fromAt,
        untilAt,
        actKind: tenure.act,
        actDocument: tenure.document,
        salt: bytesToHex(salt),
        recordedBy,
        recordedAt: now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
  };
}

/** Someone leaves a post: the act that ends the tenure and its leaf. The database refuses an end that is not earlier than the one it has. */
export function insertEnd(
  scene: Scene,
  end: { readonly tenureId: string; readonly endedAt: Instant; readonly act: EndKind; readonly document: string },
  recordedBy: string,
): { readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const salt = scene.random(SALT_BYTES);
  const document = commit(salt, { document: end.document, tenure: end.tenureId });
  const leaf = appendLeaf(
    scene,
    "office.left",
    { tenure: end.tenureId, from: dayOf(end.endedAt), act: end.act, document },
    end.tenureId,
  );
  return {
    statements: [
      db.orm.insert(officeTenureEnd).values({
        communityId: community.id,
        tenureId: end.tenureId,
        endedAt: end.endedAt,
        actKind: end.act,
        actDocument: end.document,
        salt: bytesToHex(salt),
        recordedBy,
        recordedAt: now,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
  };
}

// ——— Reads ———

export interface BodyRow {
  readonly bodyId: string;
  readonly kind: BodyKind;
  readonly level: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentId: string | null;
}

/** The bodies there are now, under the names they have now. */
export const listBodies = ({ db, community }: Here): Query<BodyRow[]> =>
  db.all(
    sql`SELECT n.body_id AS bodyId, n.kind, coalesce(l.name_zh, b.level) AS level, n.name_zh AS nameZh, n.name_en AS nameEn,
               n.parent_id AS parentId
        FROM office_body_now n JOIN office_body b ON b.community_id = n.community_id AND b.body_id = n.body_id
        LEFT JOIN office_level l ON l.community_id = n.community_id AND l.level_id = n.level_id AND l.version = (
          SELECT max(v.version) FROM office_level v WHERE v.community_id = l.community_id AND v.level_id = l.level_id)
        WHERE n.community_id = ${community.id} AND n.act <> 'dissolved' ORDER BY b.formed_at, b.body_id`,
  );

export interface PostRow {
  readonly postId: string;
  readonly bodyId: string;
  readonly kind: PostKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly seats: number;
  /** How long it is held for; null where its body set no term. */
  readonly termMonths: number | null;
}

/** The posts that can be given now: with the seats of their newest version, in bodies that have not ended. */
export const listPosts = ({ db, community }: Here): Query<PostRow[]> =>
  db.all(
    sql`SELECT p.post_id AS postId, p.body_id AS bodyId, p.kind, p.title_zh AS titleZh, p.title_en AS titleEn, p.seats, p.term_months AS termMonths
        FROM office_post_now p WHERE p.community_id = ${community.id} AND p.seats > 0 AND NOT EXISTS (
          SELECT 1 FROM office_body_change c WHERE c.community_id = p.community_id AND c.body_id = p.body_id AND c.act = 'dissolved')
        ORDER BY p.body_id, p.position, p.post_id`,
  );

/** A tenure with its post, its body and its person, as stored. */
export interface TenureRow {
  readonly tenureId: string;
  readonly postId: string;
  readonly postKind: PostKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly bodyId: string;
  readonly bodyKind: BodyKind;
  readonly bodyZh: string;
  readonly bodyEn: string;
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly nameMasked: string;
  /** 1 where the person agrees to be named as of the branch. */
  readonly consented: number;
  readonly phoneMasked: string;
  readonly fromAt: Instant;
  /** The earlier of the planned and the acted end; null while there is none. */
  readonly untilAt: Instant | null;
  readonly act: TakeKind;
  readonly document: string;
  readonly leafHash: string;
  readonly recordedAt: Instant;
  readonly endAct: EndKind | null;
  readonly endDocument: string | null;
}

const tenures = ({ community }: Here, where: SQL, order: SQL): SQL =>
  sql`SELECT t.tenure_id AS tenureId, t.post_id AS postId, p.kind AS postKind, ${titleNow("title_zh")} AS titleZh,
             ${titleNow("title_en")} AS titleEn, b.body_id AS bodyId, b.kind AS bodyKind, ${nameNow("name_zh")} AS bodyZh,
             ${nameNow("name_en")} AS bodyEn, t.person_id AS personId,
             n.name_sealed AS nameSealed, n.name_masked AS nameMasked, ${consentedOf("t")} AS consented,
             f.phone_masked AS phoneMasked, t.from_at AS fromAt, nullif(h.until_at, 9007199254740991) AS untilAt, t.act_kind AS act, t.act_document AS document, t.leaf_hash AS leafHash,
             t.recorded_at AS recordedAt, e.act_kind AS endAct, e.act_document AS endDocument
      FROM office_tenure t
      JOIN office_span h ON h.community_id = t.community_id AND h.tenure_id = t.tenure_id
      JOIN office_post p ON p.community_id = t.community_id AND p.post_id = t.post_id
      JOIN office_body b ON b.community_id = p.community_id AND b.body_id = p.body_id
      JOIN office_person n ON n.community_id = t.community_id AND n.person_id = t.person_id
      JOIN office_person_phone f ON f.community_id = n.community_id AND f.person_id = n.person_id AND f.version = (
        SELECT max(v.version) FROM office_person_phone v WHERE v.community_id = n.community_id AND v.person_id = n.person_id)
      LEFT JOIN office_tenure_end e ON e.community_id = t.community_id AND e.tenure_id = t.tenure_id AND e.ended_at = h.until_at
      WHERE t.community_id = ${community.id} AND ${where} ORDER BY ${order}`;

const byPost = sql`p.position, t.from_at, t.tenure_id`;

/** Every tenure that covers any part of a day. */
export const listTenuresOn = (scene: Here, day: Day): Query<TenureRow[]> =>
  scene.db.all(
    tenures(
      scene,
      sql`t.from_at < CAST(${endOf(day)} AS INTEGER) AND h.until_at > CAST(${startOf(day)} AS INTEGER) AND h.until_at > h.from_at`,
      byPost,
    ),
  );

/** Tenures that run now or will. */
export const listTenuresFrom = (scene: Here, at: Instant): Query<TenureRow[]> =>
  scene.db.all(tenures(scene, sql`h.until_at > CAST(${at} AS INTEGER) AND h.until_at > h.from_at`, byPost));

export const findTenure = (scene: Here, tenureId: string): Query<TenureRow[]> =>
  scene.db.all(tenures(scene, sql`t.tenure_id = ${tenureId}`, byPost));

/** The tenures of one post, for the pure check of its seats. */
export const listSpansOfPost = ({ db, community }: Here, postId: string): Query<(Span & { personId: PersonId })[]> =>
  db.all(
    sql`SELECT person_id AS personId, from_at AS fromAt, nullif(until_at, 9007199254740991) AS untilAt FROM office_span
        WHERE community_id = ${community.id} AND post_id = ${postId} AND until_at > from_at`,
  );

/** Asserts that a post has a seat free all through a span, as the trigger on tenures will: for an act that takes no seat yet. */
export const assertSeat = ({ db, community }: Here, postId: string, { fromAt, untilAt }: Span): Query =>
  assertFrom(
    db,
    "post_taken",
    sql`WITH held AS (SELECT from_at, until_at FROM office_span WHERE community_id = ${community.id} AND post_id = ${postId}),
             start AS (SELECT CAST(${fromAt} AS INTEGER) AS at UNION ALL SELECT from_at FROM held
               WHERE from_at > CAST(${fromAt} AS INTEGER) AND from_at < CAST(${untilAt ?? Number.MAX_SAFE_INTEGER} AS INTEGER))
        SELECT NOT EXISTS (SELECT 1 FROM start WHERE
          (SELECT count(*) FROM held WHERE held.from_at <= start.at AND held.until_at > start.at) >=
          (SELECT seats FROM office_post_now WHERE community_id = ${community.id} AND post_id = ${postId}))`,
  );

/** One taking or leaving of office, as it was recorded. */
export interface OfficeChange extends TenureRow {
  readonly change: "taken" | "left";
  readonly changedAt: Instant;
  readonly recordedBy: string;
  /** The instant the change speaks of. */
  readonly effectiveAt: Instant;
  /** Of a leaving: its own act, also where a later one brought the end forward. */
  readonly leftAct: EndKind | null;
  readonly leftDocument: string | null;
}

/** Takings and leavings, newest recording first. */
export function listChanges(
  scene: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<OfficeChange[]> {
  const { db, community } = scene;
  return db.all(
    sql`SELECT c.change, c.changed_at AS changedAt, c.recorded_by AS recordedBy, c.effective_at AS effectiveAt, c.left_act AS leftAct, c.left_document AS leftDocument, x.*
        FROM (SELECT 'taken' AS change, tenure_id, recorded_at AS changed_at, recorded_by, from_at AS effective_at, NULL AS left_act,
                     NULL AS left_document
              FROM office_tenure WHERE community_id = ${community.id}
              UNION ALL
              SELECT 'left', tenure_id, recorded_at, recorded_by, ended_at, act_kind, act_document
              FROM office_tenure_end WHERE community_id = ${community.id}
              ORDER BY changed_at DESC, tenure_id, change LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)) c
        JOIN (${tenures(scene, sql`true`, sql`t.tenure_id`)}) x ON x.tenureId = c.tenure_id
        ORDER BY c.changed_at DESC, c.tenure_id, c.change`,
  );
}

export const countChanges = ({ db, community }: Here): Query<{ changes: number }[]> =>
  db.all(
    sql`SELECT (SELECT count(*) FROM office_tenure WHERE community_id = ${community.id})
             + (SELECT count(*) FROM office_tenure_end WHERE community_id = ${community.id}) AS changes`,
  );
