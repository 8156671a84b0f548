/** Everything from the experts' pool to the owners' choice under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { decisionDeskPages } from "../deciding/desk.tsx";
import { candidatePages } from "../deciding/pages.tsx";
import "./acts.ts"; // registers what can be done as it loads
import "./announced.ts";
import { panelDeskPages } from "./panel/desk.tsx";
import { panelDrawPages } from "./panel/draw-page.tsx";
import { poolDeskPages } from "./panel/pool-desk.tsx";
import { priceAnswerPages } from "./pricing/corner.tsx";
import { priceDeskPages } from "./pricing/desk.tsx";
import "./pricing/messages.ts";
import { examineDeskPages } from "./qualifying/desk.tsx";
import { reportPages } from "./result/pages.tsx";
import { SCORING_SETTINGS } from "./settings.ts";
import { scoringDeskPages } from "./sheets/desk.tsx";
import { panelMemberPages } from "./sheets/member.tsx";
import { panelSheetPages } from "./sheets/member-sheet.tsx";

/** Mounted before the pages of one tender at the desk: "experts" is no number. */
export const scoringRoutes = new Hono<AppEnv>();
scoringRoutes.route(
  "/",
  settingsRoutes({
    kit: SCORING_SETTINGS,
    path: "/desk/tenders/scoring-settings",
    title: { zh: "评审和定标的规则", en: "The rules of scoring and award" },
    intro: {
      zh: "评审组的打分怎样合成、专家比例、候选人在表决票上的次序、何时定标。改动不影响种子已经封存的选聘。",
      en: "How points become one figure, the share of experts, the order on the owners' ballot, when the choice is the award. Tenders whose seeds are committed keep theirs.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
for (const part of [
  poolDeskPages,
  panelDeskPages,
  examineDeskPages,
  priceDeskPages,
  priceAnswerPages,
  scoringDeskPages,
  decisionDeskPages,
  panelMemberPages,
  panelSheetPages,
  panelDrawPages,
  reportPages,
  candidatePages,
])
  scoringRoutes.route("/", part);
