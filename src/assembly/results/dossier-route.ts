/** Where the dossier of a meeting is downloaded from. What is in it: dossier.ts. */
import { Hono } from "hono";
import { requires } from "../../platform/access.ts";
import type { AppEnv } from "../../platform/context.ts";

export const dossierRoutes = new Hono<AppEnv>();

dossierRoutes.get(
  "/desk/meetings/:number/dossier.zip",
  requires("objection.answer", "audit.read", "meeting.read"),
  (c) => c.notFound(),
);
