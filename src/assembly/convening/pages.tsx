/** Petitions of owners for a meeting at the desk: the list, one petition with both counts, its signatures. Not who may sign: rules.ts. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted at /c/:slug, behind the app's scene and whoever is signed in. */
export const petitionPages = new Hono<AppEnv>();

petitionPages.get("/desk/petitions", requires("meeting.read"), (c) => c.notFound());
