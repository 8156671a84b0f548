/** The roll's pages put together; mounted under /c/:slug. */
import { Hono } from "hono";
import { requires } from "../platform/access.ts";
import type { AppEnv } from "../platform/context.ts";
import { browsePages } from "./browse/pages.tsx";
import { ownerPages } from "./changes/owner-pages.tsx";
import { unitForms } from "./changes/unit-forms.tsx";
import { unitPages } from "./changes/unit-page.tsx";
import { rollBase } from "./desk.tsx";
import { importPages } from "./import/pages.tsx";
import { privacyPages } from "./privacy/pages.tsx";

export const communityRoutes = new Hono<AppEnv>();

for (const pages of [browsePages, importPages, privacyPages, unitPages, ownerPages, unitForms])
  communityRoutes.route("/", pages);

// The short address that the officers' menu leads to.
communityRoutes.get("/roll", requires("roll.read"), (c) => c.redirect(rollBase(c), 303));
