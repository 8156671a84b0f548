/** What a request carries through the handlers. */
import type { Context } from "hono";
import type { Instant } from "../kernel/day.ts";
import type { Actor, OwnerActor } from "./access.ts";
import type { Env } from "./env.ts";
import type { Lang, T } from "./i18n.ts";
import type { OpenNow } from "./layout.tsx";
import type { Scene, StaffScene } from "./scene.ts";

export interface AppEnv {
  Bindings: Env;
  Variables: {
    now: Instant;
    lang: Lang;
    t: T;
    requestId: string;
    demo: boolean;
    /** The hidden `_form` value that shows a form came from a page of ours. */
    formToken: string;
    /** Inside /c/:slug only. */
    scene: Scene;
    /** The signed-in person, looked up once a request; null for strangers. */
    findActor: () => Promise<Actor | null>;
    /** Inside /c/:slug: the votes that are open, as the first read of this request found them; none before it, and none for voters at their ballot. */
    openNow: () => readonly OpenNow[];
    /** After `requires(…)` only. */
    actor: Actor;
    /** The signed-in owner, looked up once a request; null for strangers and for office-holders as such. */
    findOwner: () => Promise<OwnerActor | null>;
    /** After `requiresOwner` only. */
    owner: OwnerActor;
  };
}

export type AppContext = Context<AppEnv>;

/** The scene of an action by the signed-in person; only behind `requires(…)`. */
export const staffScene = (c: AppContext): StaffScene => ({ ...c.var.scene, actor: c.var.actor });
