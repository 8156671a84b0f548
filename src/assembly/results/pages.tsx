/** Every page about a meeting's result at the desk: count, publish, objections, recount, dossier. Only puts them together. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { countPages } from "./count-page.tsx";
import { dossierRoutes } from "./dossier-route.ts";
import { objectionPages } from "./objections-page.tsx";
import { publishPages } from "./publish-page.tsx";
import { recountPages } from "./recount-page.tsx";

/** Mounted at /c/:slug, behind the app's scene and whoever is signed in. */
export const resultPages = new Hono<AppEnv>();
for (const part of [countPages, publishPages, recountPages, objectionPages, dossierRoutes])
  resultPages.route("/", part);
