/** Every page about a meeting's result at the desk: count, publish, objections, recount, dossier. Only puts them together. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { dossierRoutes } from "./dossier-route.ts";

/** Mounted at /c/:slug, behind the app's scene and whoever is signed in. */
export const resultPages = new Hono<AppEnv>();
for (const part of [dossierRoutes]) resultPages.route("/", part);
