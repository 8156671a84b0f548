/** Everything of tenders under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../offices/settings/pages.tsx";
import type { AppEnv } from "../platform/context.ts";
import { dialogueRoutes } from "./bidders/routes.ts";
import { contractRoutes } from "./contracts/routes.ts";
import { tenderDeskPages } from "./desk/pages.tsx";
import "./procedure/acts.ts"; // registers what can be done as it loads
import { procedurePages } from "./procedure/pages.tsx";
import "./public/announced.tsx";
import { tenderNoticePages } from "./public/notice.tsx";
import { tenderPublicPages } from "./public/pages.tsx";
import { schemeEditorPages } from "./scheme/editor.tsx";
import "./scheme/section.tsx";
import { TENDER_SETTINGS } from "./scheme/settings.ts";
import { scoringRoutes } from "./scoring/routes.ts";
import { sealingRoutes } from "./sealing/routes.ts";

/** Mounted at /c/:slug. Each part of the room adds its own here. */
export const tenderRoutes = new Hono<AppEnv>();
tenderRoutes.route(
  "/",
  settingsRoutes({
    kit: TENDER_SETTINGS,
    path: "/desk/tenders/settings",
    title: { zh: "选聘的规则", en: "The rules of tenders" },
    intro: {
      zh: "谁决定选聘方案，以及新方案的常用时间和评审组人数。改动不影响已经起草的方案。",
      en: "Who decides a scheme, and the usual times and panel a new one begins with. Schemes drafted already keep theirs.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
tenderRoutes.route("/", sealingRoutes);
tenderRoutes.route("/", scoringRoutes);
// Before the tenders' own pages: a contract is drafted below a tender's address too.
tenderRoutes.route("/", contractRoutes);
tenderRoutes.route("/", dialogueRoutes);
for (const part of [tenderNoticePages, tenderPublicPages, tenderDeskPages, schemeEditorPages, procedurePages])
  tenderRoutes.route("/", part);
