/** The committee's work under /c/:slug: its page, meetings, resolutions, filings, legal person. Seats, recall and handover stand in term.ts. No route of its own. */
import { Hono } from "hono";
import { settingsRoutes } from "../offices/settings/pages.tsx";
import type { AppEnv } from "../platform/context.ts";
import { PRACTICE_PATH } from "./addresses.ts";
import { contactPages } from "./contact/pages.tsx";
import { authorisationPages } from "./delegation/pages.tsx";
import { committeeDeskPages } from "./desk/pages.tsx";
import { disclosurePages } from "./disclosure/pages.tsx";
import { entityEditPages } from "./entity/edit-page.tsx";
import { entityPages } from "./entity/pages.tsx";
import { filingPages } from "./filing/pages.tsx";
import { mandatePages } from "./mandates/pages.tsx";
import { PRACTICE } from "./practice/rules.ts";
import "./public/announced.tsx"; // registers what it adds elsewhere as it loads
import { committeePages } from "./public/page.tsx";
import { resolutionPages } from "./public/resolutions.tsx";
import { sessionPublicPages } from "./public/sessions.tsx";
import { committeeSheets } from "./public/sheets.tsx";
import { committeeStandingPages } from "./public/standing.tsx";
import { sessionActPages } from "./sessions/desk/acts.tsx";
import { sessionItemPages } from "./sessions/desk/item-page.tsx";
import { sessionListPages } from "./sessions/desk/list.tsx";
import { sessionMinutesPages } from "./sessions/desk/minutes-pages.tsx";

const practicePages = settingsRoutes({
  kit: PRACTICE,
  path: PRACTICE_PATH,
  title: { zh: "业委会的议事规则", en: "The committee's rules" },
  intro: {
    zh: "会议要几个人到、几个人同意、提前几天公告、几天内公布和备案：法律没有统一规定的，在这里按议事规则设定。已经公告的会议不受影响。",
    en: "How many must be present and agree, how many days before and after: where the law leaves it to the place, it is set here. A meeting already announced keeps its own.",
  },
  manage: "settings.manage",
  see: ["committee.record", "committee.sign", "audit.read"],
});

/** Mounted at /c/:slug. */
export const committeeRoutes = new Hono<AppEnv>();
for (const part of [
  committeePages,
  sessionPublicPages,
  committeeSheets,
  resolutionPages,
  committeeStandingPages,
  disclosurePages,
  committeeDeskPages,
  // Before one meeting: /desk/committee/meetings/new is not the meeting of that number.
  sessionListPages,
  sessionActPages,
  sessionItemPages,
  sessionMinutesPages,
  authorisationPages,
  filingPages,
  entityPages,
  entityEditPages,
  mandatePages,
  contactPages,
  practicePages,
])
  committeeRoutes.route("/", part);
