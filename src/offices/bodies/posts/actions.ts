/** A body gets a further post; a post gets another title, number of seats or term. Load, ask the rules, write with the leaf. No HTTP. */
import { err, type Result } from "../../../kernel/result.ts";
import { findAnswer, type Once, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import type { PostKind } from "../../rules.ts";
import { POST_WORDS } from "../../words.ts";
import { bodyOf, findBodyAt } from "../store.ts";
import { mayAddPost, mayChangePost, mostHeldFrom, type PostAsked, type PostRefusal } from "./rules.ts";
import { findPost, insertPost, insertPostChange, listSpansOfBody, postOf } from "./store.ts";

export type PostsRefusal =
  | PostRefusal
  | { readonly reason: "unknown_body" }
  | { readonly reason: "unknown_post" }
  | { readonly reason: "body_ended" }
  | { readonly reason: "post_changed_meanwhile" }
  | { readonly reason: "key_reused" };

const onceOf = (key: string, act: string, asked: object): Once => ({ key, body: JSON.stringify({ act, ...asked }) });

/** A further post of a body, such as a steward of each entrance. */
export async function addPost(
  scene: StaffScene,
  bodyId: string,
  asked: PostAsked & { readonly kind: PostKind; readonly document: string },
  onceKey: string,
): Promise<Result<{ postId: string }, PostsRefusal>> {
  const once = onceOf(onceKey, `post:${bodyId}`, asked);
  const before = await findAnswer<{ postId: string }>(scene, once);
  if (before) return before;
  const [rows] = await scene.db.read(findBodyAt(scene, bodyId, scene.now));
  const body = rows[0] ? bodyOf(rows[0]) : null;
  if (!body) return err({ reason: "unknown_body" });
  if (body.endedAt !== null) return err({ reason: "body_ended" });
  const may = mayAddPost(body.kind, asked.kind, asked, POST_WORDS[asked.kind]);
  if (!may.ok) return may;
  const post = { ...may.value, bodyId, kind: asked.kind };
  const added = insertPost(scene, post, asked.document.trim(), scene.actor.personId);
  const written = await writeOnce(scene, once, added.statements, { postId: added.postId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "body_ended") return err({ reason: "body_ended" });
  throw new Error(`a post refused: ${written.error.code}`);
}

/** A post's next version. `seen` is the version the form was made from: two people who saw the same do not overwrite each other. */
export async function changePost(
  scene: StaffScene,
  postId: string,
  asked: PostAsked & { readonly document: string; readonly seen: string },
  onceKey: string,
): Promise<Result<{ postId: string }, PostsRefusal>> {
  const once = onceOf(onceKey, `post:${postId}`, asked);
  const before = await findAnswer<{ postId: string }>(scene, once);
  if (before) return before;
  const [found] = await scene.db.read(findPost(scene, postId));
  const post = found[0] ? postOf(found[0]) : null;
  if (!post) return err({ reason: "unknown_post" });
  if (String(post.version) !== asked.seen) return err({ reason: "post_changed_meanwhile" });
  const [spans] = await scene.db.read(listSpansOfBody(scene, post.bodyId, scene.now));
  const held = spans.filter((span) => span.postId === postId);
  const may = mayChangePost(post, asked, held, scene.now);
  if (!may.ok) return may;
  const next = { ...may.value, postId, bodyId: post.bodyId, version: post.version + 1 };
  const statements = insertPostChange(scene, next, asked.document.trim(), scene.actor.personId);
  const written = await writeOnce(scene, once, statements, { postId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "body_ended":
      return err({ reason: "body_ended" });
    case "post_changed_meanwhile":
      return err({ reason: "post_changed_meanwhile" });
    case "seats_held":
      return err({ reason: "seats_held", held: Math.max(mostHeldFrom(held, scene.now), next.seats + 1) });
    default:
      throw new Error(`a post refused: ${written.error.code}`);
  }
}
