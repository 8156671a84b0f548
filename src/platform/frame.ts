/** The part of a page's frame that follows from the request: language, community, clock, what is open now, who is signed in. Not its title or content. */
import { newId } from "../kernel/id.ts";
import type { AppContext } from "./context.ts";
import type { PageProps } from "./layout.tsx";
import { systemRandom } from "./scene.ts";

type Frame = Pick<
  PageProps,
  "t" | "lang" | "now" | "demo" | "path" | "community" | "openNow" | "actor" | "signOut" | "nav" | "switchHref"
>;

/**
 * `<Page {...frameOf(c, "staff")} title=…>`. Inside /c/:slug it carries the community; behind `requires(…)` the actor.
 * A page shown in answer to a POST cannot be asked for again, so its language link leads to the form's own address.
 */
export function frameOf(c: AppContext, nav: "public" | "owner" | "staff" = "public"): Frame {
  const { t, lang, now, demo } = c.var;
  const scene = c.get("scene") as AppContext["var"]["scene"] | undefined;
  const actor = c.get("actor") as AppContext["var"]["actor"] | undefined;
  const openNow = c.get("openNow") as AppContext["var"]["openNow"] | undefined;
  const path = new URL(c.req.url).pathname;
  const post = actor?.posts[0]?.title;
  return {
    t,
    lang,
    now,
    demo,
    path,
    nav,
    ...(scene ? { community: { name: scene.community.name, slug: scene.community.slug } } : {}),
    // Not at the desk: whoever works there has the meeting among their tasks.
    ...(openNow && nav !== "staff" ? { openNow: openNow() } : {}),
    ...(actor ? { actor: { name: actor.name, permissions: actor.permissions, ...(post ? { post } : {}) } } : {}),
    ...(actor && scene ? { signOut: { action: `/c/${scene.community.slug}/sign-out`, token: c.var.formToken } } : {}),
  };
}

/** The hidden `_once` of a form: makes a repeated post the same act. */
export const newOnce = (): string => newId<string>(systemRandom);
