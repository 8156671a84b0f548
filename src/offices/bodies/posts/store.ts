/** The SQL of posts as they stand and of their next versions with their leaves. Who holds them stands in terms/store.ts. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { newId } from "../../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import type { PostKind } from "../../rules.ts";
import { officePost } from "../../schema.ts";
import type { Span } from "../../terms/rules.ts";
import { officePostChange } from "../schema.ts";
import type { Post, PostState } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface PostStateRow {
  readonly postId: string;
  readonly bodyId: string;
  readonly kind: PostKind;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly seats: number;
  readonly termMonths: number | null;
  readonly version: number;
}

export const postOf = ({ titleZh, titleEn, ...row }: PostStateRow): Post => ({
  ...row,
  title: { zh: titleZh, en: titleEn },
});

const POST = sql.raw(
  "post_id AS postId, body_id AS bodyId, kind, title_zh AS titleZh, title_en AS titleEn, seats, term_months AS termMonths, version",
);

/** Every post as it now is, also those without seats. */
export const listPostsNow = ({ db, community }: Here): Query<PostStateRow[]> =>
  db.all(
    sql`SELECT ${POST} FROM office_post_now WHERE community_id = ${community.id} ORDER BY body_id, position, post_id`,
  );

/** The posts as they were at an instant; one recorded later is not there. */
export const listPostsAt = ({ db, community }: Here, at: Instant): Query<PostStateRow[]> =>
  db.all(
    sql`SELECT p.post_id AS postId, p.body_id AS bodyId, p.kind, coalesce(c.title_zh, p.title_zh) AS titleZh,
               coalesce(c.title_en, p.title_en) AS titleEn, coalesce(c.seats, p.seats) AS seats, c.term_months AS termMonths,
               coalesce(c.version, 0) AS version
        FROM office_post p LEFT JOIN office_post_change c ON c.community_id = p.community_id AND c.post_id = p.post_id AND c.version = (
          SELECT max(n.version) FROM office_post_change n WHERE n.community_id = p.community_id AND n.post_id = p.post_id
            AND n.recorded_at <= CAST(${at} AS INTEGER))
        WHERE p.community_id = ${community.id} ORDER BY p.body_id, p.position, p.post_id`,
  );

/** A post's title in its newest version, for a query that knows office_post as p. */
export const titleNow = (column: "title_zh" | "title_en"): SQL =>
  sql.raw(`coalesce((SELECT pc.${column} FROM office_post_change pc WHERE pc.community_id = p.community_id AND pc.post_id = p.post_id
    ORDER BY pc.version DESC LIMIT 1), p.${column})`);

export const findPost = ({ db, community }: Here, postId: string): Query<PostStateRow[]> =>
  db.all(sql`SELECT ${POST} FROM office_post_now WHERE community_id = ${community.id} AND post_id = ${postId}`);

/** A further post of a body, with its leaf; a length of term stands in its first version. */
export function insertPost(
  scene: Scene,
  post: PostState & { readonly bodyId: string; readonly kind: PostKind },
  document: string,
  by: string,
): { readonly postId: string; readonly statements: readonly Query[] } {
  const { db, community, now } = scene;
  const postId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "post.added",
    {
      post: postId,
      body: post.bodyId,
      kind: post.kind,
      title: post.title.zh,
      seats: post.seats,
      termMonths: post.termMonths ?? 0,
      document,
    },
    post.bodyId,
  );
  const position = sql`(SELECT coalesce(max(position), -1) + 1 FROM office_post WHERE community_id = ${community.id} AND body_id = ${post.bodyId})`;
  const statements: Query[] = [
    db.orm.insert(officePost).values({
      communityId: community.id,
      postId,
      bodyId: post.bodyId,
      kind: post.kind,
      titleZh: post.title.zh,
      titleEn: post.title.en,
      seats: post.seats,
      position,
      recordedBy: by,
      recordedAt: now,
    }),
  ];
  const state = { postId, version: 1, ...post };
  if (post.termMonths !== null) statements.push(insertPostRow(scene, state, document, by, leaf.leafHash));
  return { postId, statements: [...statements, leaf.statement] };
}

const insertPostRow = (
  { db, community, now }: Scene,
  post: PostState & { readonly postId: string; readonly version: number },
  document: string,
  by: string,
  leafHash: string,
): Query =>
  db.orm.insert(officePostChange).values({
    communityId: community.id,
    postId: post.postId,
    version: post.version,
    titleZh: post.title.zh,
    titleEn: post.title.en,
    seats: post.seats,
    termMonths: post.termMonths,
    document,
    recordedBy: by,
    recordedAt: now,
    leafHash,
  });

/** A post's next version with its leaf. The database refuses fewer seats than are held (`seats_held`) and a version that is not the next. */
export function insertPostChange(
  scene: Scene,
  post: PostState & { readonly postId: string; readonly bodyId: string; readonly version: number },
  document: string,
  by: string,
): Query[] {
  const leaf = appendLeaf(
    scene,
    "post.changed",
    {
      post: post.postId,
      version: post.version,
      title: post.title.zh,
      seats: post.seats,
      termMonths: post.termMonths ?? 0,
      document,
    },
    post.bodyId,
  );
  return [insertPostRow(scene, post, document, by, leaf.leafHash), leaf.statement];
}

/** When the posts of a body are and will be held, for the checks before the write. */
export const listSpansOfBody = (
  { db, community }: Here,
  bodyId: string,
  from: Instant,
): Query<(Span & { postId: string })[]> =>
  db.all(
    sql`SELECT s.post_id AS postId, s.from_at AS fromAt, nullif(s.until_at, 9007199254740991) AS untilAt
        FROM office_post p JOIN office_span s ON s.community_id = p.community_id AND s.post_id = p.post_id
        WHERE p.community_id = ${community.id} AND p.body_id = ${bodyId} AND s.until_at > s.from_at AND s.until_at > CAST(${from} AS INTEGER)`,
  );
