/** Everything of owners outside meetings, put together for the application. No route of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import { cardDeskPages } from "./access-card/desk.tsx";
import { cardPages } from "./access-card/pages.tsx";
import { cornerPages } from "./corner/pages.tsx";
import { ownerSignInPages } from "./signin/pages.tsx";

/** Mounted under /c/:slug. */
export const ownersRoutes = new Hono<AppEnv>();
for (const part of [ownerSignInPages, cardPages, cardDeskPages, cornerPages]) ownersRoutes.route("/", part);
