/** Everything of nominations and candidates under /c/:slug, put together. No route of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import "../candidates/announced.tsx"; // registers sections, acts, words and the card as it loads
import { checkPages } from "../candidates/check-pages.tsx";
import { drawPages } from "../candidates/draw-page.tsx";
import { candidateNoticePages } from "../candidates/notice.tsx";
import { candidateObjectionPages } from "../candidates/objection-pages.tsx";
import { candidatePublicPages } from "../candidates/public-pages.tsx";
import { publishPages } from "../candidates/publish-page.tsx";
import { nominationDeskPages } from "./desk-list.tsx";
import { nominationDeskOnePages } from "./desk-one.tsx";
import { namingPages } from "./naming-pages.tsx";
import { ownNominationPages } from "./own-pages.tsx";
import { nominationPublicPages } from "./public-pages.tsx";

/** Mounted under /c/:slug. */
export const nominationRoutes = new Hono<AppEnv>();
for (const part of [
  nominationPublicPages,
  namingPages,
  ownNominationPages,
  // Before one nomination and one candidate: "new" and "notice" are no numbers.
  nominationDeskPages,
  nominationDeskOnePages,
  checkPages,
  candidateNoticePages,
  candidatePublicPages,
  drawPages,
  candidateObjectionPages,
  publishPages,
])
  nominationRoutes.route("/", part);
