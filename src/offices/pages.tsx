/** Every page of this capability under one roof, for app.ts to mount. No page of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import { auditPages } from "./audit/pages.tsx";
import { formingPages } from "./bodies/forming.tsx";
import { numberPages } from "./people/pages.tsx";
import { proposalPages } from "./proposals/pages.tsx";
import { signInRoutes } from "./signin/pages.tsx";
import { appointingPages } from "./terms/appointing.tsx";
import { termDesk } from "./terms/desk.tsx";
import { endingPages } from "./terms/ending.tsx";
import { termPages } from "./terms/pages.tsx";

/** Mounted at /c/:slug, behind `withStaffActor`. */
export const officesRoutes = new Hono<AppEnv>();
for (const part of [
  signInRoutes,
  termPages,
  termDesk,
  formingPages,
  appointingPages,
  endingPages,
  numberPages,
  proposalPages,
  auditPages,
])
  officesRoutes.route("/", part);
