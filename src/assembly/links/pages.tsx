/** The address in the message, the check of the last four, and the way out. The ballot itself is ballots/pages.tsx. */

import { Hono } from "hono";
import { ownerCookieFor } from "../../owners/session.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { problemResponse } from "../../platform/problem.tsx";
import { ANOTHER_BALLOT, ballotMark, type Entered, enter } from "../ballots/entering.ts";
import { meetingHref } from "../meeting/addresses.ts";
import { identify, openLink } from "./actions.ts";
import { forgetVoter, readVoter, writeVoter } from "./cookie.ts";
import { identifyPage, LAST_FOUR } from "./identify.tsx";
import { LINK_NOT_VALID, linkProblem } from "./problems.ts";
import { mayIdentify } from "./rules.ts";
import { findFactors } from "./store.ts";

/** Mounted under /c/:slug. */
export const linkPages = new Hono<AppEnv>();

// Changes nothing on the server, so a message preview that opens it does no harm. The redirect takes the token out of the
// address bar, and no page that loads anything ever has it in its address.
linkPages.get("/v/:token", async (c) => {
  const opened = await openLink(c.var.scene, c.req.param("token"));
  if (!opened.ok) return problemResponse(c, LINK_NOT_VALID);
  const { meetingId, voterNo, generation } = opened.value;
  const held = await readVoter(c);
  const isKnown =
    held?.factor && held.meetingId === meetingId && held.voterNo === voterNo && held.generation === generation;
  if (!isKnown) await writeVoter(c, opened.value);
  return c.redirect(`/c/${c.var.scene.community.slug}/vote`, 303);
});

linkPages.post("/vote/identify", async (c) => {
  const { scene, lang } = c.var;
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  const { session } = entered.value;
  const body = await c.req.parseBody();
  if (body._for !== ballotMark(session)) return problemResponse(c, ANOTHER_BALLOT);
  const typed = body[LAST_FOUR];
  const factor = await identify(scene, session, typeof typed === "string" ? typed : "");
  if (factor.ok) {
    await writeVoter(c, { ...session, factor: factor.value });
    return c.redirect(`/c/${scene.community.slug}/vote`, 303);
  }
  const problem = linkProblem(factor.error);
  if (factor.error.reason === "not_four" || factor.error.reason === "wrong_last_four") {
    const errors = [{ field: LAST_FOUR, message: pick(problem.detail, lang) }];
    const left = factor.error.reason === "wrong_last_four" ? factor.error.left : 1;
    return identifyPage(c, { ...aboutMeeting(c, entered.value), errors, blocked: left > 0 ? null : problem }, 422);
  }
  if (factor.error.reason === "link_not_valid" || factor.error.reason === "link_revoked")
    return problemResponse(c, LINK_NOT_VALID);
  const status = problem.status === 429 || problem.status === 423 ? problem.status : 409;
  return identifyPage(c, { ...aboutMeeting(c, entered.value), blocked: problem }, status);
});

// The link and the last four have shown who this is: enough for their own corner too, for as long as a ballot stays open.
linkPages.post("/vote/corner", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  const { session } = entered.value;
  if (session.factor === null) return askWho(c, entered.value);
  const [[factors]] = await c.var.scene.db.read(findFactors(c.var.scene, session.meetingId, session.voterNo));
  const href = factors?.partyId ? await ownerCookieFor(c, factors.partyId) : null;
  return href ? c.redirect(href, 303) : c.notFound();
});

// A lent telephone, or several households on one: leaving asks for the last four again.
linkPages.post("/vote/leave", (c) => {
  forgetVoter(c);
  return c.redirect(`/c/${c.var.scene.community.slug}`, 303);
});

const aboutMeeting = (c: AppContext, { found, session }: Entered) => ({
  title: found.row.title,
  meetingHref: meetingHref(c.var.scene.community.slug, found.row.number),
  mark: ballotMark(session),
});

/** The page in front of a ballot whose voter has not been recognised yet, with the reason where the question cannot be asked. */
export async function askWho(c: AppContext, entered: Entered): Promise<Response> {
  const { scene, now } = c.var;
  const { session, link } = entered;
  const [[factors]] = await scene.db.read(findFactors(scene, session.meetingId, session.voterNo));
  const may = mayIdentify(link, now);
  const blocked = !may.ok
    ? linkProblem(may.error)
    : !factors || factors.partyId === null
      ? linkProblem({ reason: "no_designated_voter" })
      : factors.phoneTailHash === null && factors.idTailHash === null
        ? linkProblem({ reason: "no_factor_on_roll" })
        : null;
  return identifyPage(c, { ...aboutMeeting(c, entered), blocked });
}
