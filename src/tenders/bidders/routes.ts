/** What passes between bidders, whoever asks, and the committee, put together. No behaviour of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../../offices/settings/pages.tsx";
import type { AppEnv } from "../../platform/context.ts";
import { amendmentPages } from "../amendments/pages.tsx";
import { debarmentDeskPages } from "../debarments/desk.tsx";
import { debarmentPages } from "../debarments/pages.tsx";
import { documentPages } from "../documents/pages.tsx";
import { objectionPages } from "../objections/pages.tsx";
import { tenderQuestionPages } from "../questions/pages.tsx";
import { conflictPages } from "./conflicts/pages.tsx";
import "./conflicts/public.tsx"; // registers as it loads
import { bidderCornerPages } from "./corner.tsx";
import { correctionPages } from "./corrections.tsx";
import { licencePages } from "./licences.tsx";
import { registerPages } from "./register.tsx";
import "./section.tsx"; // registers as it loads
import { DIALOGUE_SETTINGS } from "./settings.ts";
import { bidderSignInPages } from "./signin.tsx";

/** Mounted at /c/:slug. */
export const dialogueRoutes = new Hono<AppEnv>();
dialogueRoutes.route(
  "/",
  settingsRoutes({
    kit: DIALOGUE_SETTINGS,
    path: "/desk/tenders/dialogue-settings",
    title: { zh: "选聘答疑、修改和异议的期限", en: "Times for questions, amendments and objections" },
    intro: {
      zh: "提问、异议几天内答复，修改以后至少留几天投标。已经开始计算的期限不变。",
      en: "How soon questions and objections are answered, and how long an amendment leaves. Times already running stay.",
    },
    manage: "settings.manage",
    see: ["tender.read", "tender.draft", "tender.decide"],
  }),
);
for (const part of [
  bidderSignInPages,
  registerPages,
  bidderCornerPages,
  correctionPages,
  licencePages,
  amendmentPages,
  tenderQuestionPages,
  objectionPages,
  conflictPages,
  debarmentPages,
  debarmentDeskPages,
  documentPages,
])
  dialogueRoutes.route("/", part);
