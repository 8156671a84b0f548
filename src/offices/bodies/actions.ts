/** Bodies as they stand on a day with who holds what; forming, changing and ending one. Load, ask the rules, write with the leaf. No HTTP. */
import { type Day, dayOf, endOf, type Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, type Result } from "../../kernel/result.ts";
import type { Aborted } from "../../platform/db.ts";
import { findAnswer, type KeyReused, type Once, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type BodyKind, rankOf } from "../rules.ts";
import { type Holder, holderOf } from "../terms/actions.ts";
import { bodyName, standardPosts } from "../terms/standard.ts";
import { insertBody, listTenuresOn, type TenureRow } from "../terms/store.ts";
import { levelOf } from "./levels/store.ts";
import type { Post } from "./posts/rules.ts";
import { listPostsAt, listSpansOfBody, type PostStateRow, postOf } from "./posts/store.ts";
import {
  type Body,
  type BodyAsked,
  type BodyRefusal,
  type DissolveRefusal,
  mayChangeBody,
  mayDissolve,
  mayFormBody,
  type Surroundings,
  treeOf,
} from "./rules.ts";
import {
  type BodyEntry,
  type BodyStateRow,
  bodyOf,
  insertBodyChange,
  listBodiesAt,
  surroundingQueries,
} from "./store.ts";

// ——— Who holds what ———

/** A body on a day with its posts and who held them, a row of its own for a post that stood open. */
export interface BodyOnDay {
  readonly body: Body;
  /** In the tree; 0 at the top. */
  readonly depth: number;
  readonly posts: readonly { readonly post: Post; readonly holders: readonly Holder[] }[];
}

const lastOf = (day: Day): Instant => endOf(day) - 1;

/** What `officesFrom` reads of a day, for a round trip that asks more. */
export const officeQueries = (scene: Scene, day: Day) =>
  [listBodiesAt(scene, lastOf(day)), listPostsAt(scene, lastOf(day)), listTenuresOn(scene, day)] as const;

/** The offices of a day. One round trip. */
export async function readOffices(scene: Scene, day: Day): Promise<BodyOnDay[]> {
  return officesFrom(scene, day, ...(await scene.db.read(...officeQueries(scene, day))));
}

/**
 * Everything about offices on a day, any day: bodies in their tree, posts, and every tenure that covered some part of the day, each under
 * the name of that day. A body that had ended, or was recorded later, is there only when someone held a post of it.
 */
export async function officesFrom(
  scene: Scene,
  day: Day,
  bodyRows: readonly BodyStateRow[],
  postRows: readonly PostStateRow[],
  tenures: readonly TenureRow[],
): Promise<BodyOnDay[]> {
  const at = lastOf(day);
  const holders = await Promise.all(tenures.map((row) => holderOf(scene, row)));
  const held = new Set(holders.map(({ bodyId }) => bodyId));
  const bodies = bodyRows
    .map(bodyOf)
    .filter(({ bodyId, sinceAt, endedAt }) => held.has(bodyId) || (sinceAt <= at && (endedAt === null || endedAt > at)))
    .toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind));
  const posts = postRows.map(postOf);
  return treeOf(bodies).map(({ body, depth }) => ({
    body,
    depth,
    posts: posts
      .filter(({ bodyId }) => bodyId === body.bodyId)
      .map((post) => ({
        post,
        holders: holders
          .filter(({ postId }) => postId === post.postId)
          .map((holder) => ({ ...holder, body: body.name, title: post.title })),
      }))
      .filter(({ post, holders: those }) => those.length > 0 || post.seats > 0),
  }));
}

// ——— Forming, changing, ending ———

export type BodiesRefusal =
  | BodyRefusal
  | DissolveRefusal
  | { readonly reason: "unknown_body" }
  | { readonly reason: "body_changed_meanwhile" }
  | { readonly reason: "key_reused" };

type Refusals = readonly [BodiesRefusal, ...BodiesRefusal[]];
type Done = Result<{ bodyId: string }, Refusals>;

const onceOf = (key: string, act: string, asked: object): Once => ({ key, body: JSON.stringify({ act, ...asked }) });
const one = (refusal: BodiesRefusal): Done => err([refusal]);

async function readSurroundings(scene: Scene): Promise<Surroundings> {
  const [bodies, levels, areas] = await scene.db.read(...surroundingQueries(scene));
  return { bodies: bodies.map(bodyOf), levels: levels.map(levelOf), areas, now: scene.now };
}

function refusedAs(written: Result<{ bodyId: string }, Aborted | KeyReused>, body: Body | null): Done {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return one({ reason: "key_reused" });
  switch (written.error.code) {
    case "unknown_level":
    case "unknown_parent":
    case "parent_cycle":
    case "body_changed_meanwhile":
    case "body_ended":
    case "body_has_duties":
      return one({ reason: written.error.code });
    case "before_last_change":
      return one({ reason: "before_last_change", on: dayOf(body?.changedAt ?? 0) });
    case "body_still_held":
      return one({ reason: "body_still_held", held: 1 });
    case "body_has_children":
      return one({ reason: "body_has_children", children: [] });
    default:
      throw new Error(`a body refused: ${written.error.code}`);
  }
}

/** Forms a body of a kind with the posts such a body has, at its place in the tree and for its buildings. */
export async function foundBody(
  scene: StaffScene,
  asked: BodyAsked & { readonly kind: BodyKind },
  onceKey: string,
): Promise<Done> {
  const once = onceOf(onceKey, "form", asked);
  const before = await findAnswer<{ bodyId: string }>(scene, once);
  if (before) return before.ok ? before : one(before.error);
  const around = await readSurroundings(scene);
  const may = mayFormBody(around, asked, bodyName(asked.kind));
  if (!may.ok) return may;
  const { name, levelId, parentId } = may.value;
  const body = insertBody(
    scene,
    {
      kind: asked.kind,
      name,
      level: around.levels.find((level) => level.levelId === levelId)?.name.zh ?? "",
      parentId,
      posts: standardPosts(asked.kind),
      state: may.value,
    },
    scene.actor.personId,
    newId<string>(scene.random),
  );
  return refusedAs(await writeOnce(scene, once, body.statements, { bodyId: body.bodyId }), null);
}

/** The body's next state from a day on. `seen` is the version the form was made from: two people who saw the same do not overwrite each other. */
export async function changeBody(
  scene: StaffScene,
  bodyId: string,
  asked: BodyAsked & { readonly document: string; readonly seen: string },
  onceKey: string,
): Promise<Done> {
  const once = onceOf(onceKey, `change:${bodyId}`, asked);
  const before = await findAnswer<{ bodyId: string }>(scene, once);
  if (before) return before.ok ? before : one(before.error);
  const around = await readSurroundings(scene);
  const body = around.bodies.find((each) => each.bodyId === bodyId);
  if (!body) return one({ reason: "unknown_body" });
  if (body.endedAt !== null) return one({ reason: "body_ended" });
  if (String(body.version) !== asked.seen) return one({ reason: "body_changed_meanwhile" });
  const may = mayChangeBody(around, body, asked);
  if (!may.ok) return may;
  const entry: BodyEntry = {
    bodyId,
    version: body.version + 1,
    act: "changed",
    state: may.value,
    document: asked.document.trim(),
  };
  const statements = insertBodyChange(scene, entry, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { bodyId }), body);
}

/** Ends a body from 00:00 of a day on. Its history stays, and who held what in it. */
export async function dissolveBody(
  scene: StaffScene,
  bodyId: string,
  asked: { readonly fromOn: string; readonly document: string },
  onceKey: string,
): Promise<Done> {
  const once = onceOf(onceKey, `dissolve:${bodyId}`, asked);
  const before = await findAnswer<{ bodyId: string }>(scene, once);
  if (before) return before.ok ? before : one(before.error);
  const [rows, spans] = await scene.db.read(listBodiesAt(scene, scene.now), listSpansOfBody(scene, bodyId, 0));
  const bodies = rows.map(bodyOf);
  const body = bodies.find((each) => each.bodyId === bodyId);
  if (!body) return one({ reason: "unknown_body" });
  const may = mayDissolve(bodies, body, spans, asked, scene.now);
  if (!may.ok) return one(may.error);
  const { name, levelId, parentId, areas, version } = body;
  const entry: BodyEntry = {
    bodyId,
    version: version + 1,
    act: "dissolved",
    state: { name, levelId, parentId, areas, effectiveAt: may.value.effectiveAt },
    document: asked.document.trim(),
  };
  const statements = insertBodyChange(scene, entry, scene.actor.personId);
  return refusedAs(await writeOnce(scene, once, statements, { bodyId }), body);
}
