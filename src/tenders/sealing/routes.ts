/** Everything of sealed bids and their opening under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { openingDeskPages } from "../opening/desk.tsx";
import { openingPages } from "../opening/pages.tsx";
import "../opening/sections.tsx"; // registers as it loads
import { bidPages } from "./bid-pages.tsx";
import { sealingExplainedPages } from "./explained.tsx";
import { tenderKeyPages } from "./keys-desk.tsx";
import { KEYHOLDER_SETTINGS } from "./settings.ts";

/** Mounted ahead of the pages of one tender: `sealed` and `keyholders` are no numbers. */
export const sealingRoutes = new Hono<AppEnv>();
sealingRoutes.route(
  "/",
  settingsRoutes({
    kit: KEYHOLDER_SETTINGS,
    path: "/desk/tenders/keyholders",
    title: { zh: "谁保管开标钥匙", en: "Who holds the opening keys" },
    intro: {
      zh: "三把钥匙由三个岗位分持，任意两把能打开投标。改动不影响已经生成的钥匙。",
      en: "Three posts hold a key each; any two open the bids. Keys that are made already stay with who made them.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
for (const part of [sealingExplainedPages, tenderKeyPages, bidPages, openingPages, openingDeskPages])
  sealingRoutes.route("/", part);
