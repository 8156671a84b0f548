/** The voter's routes: ballot, review, cast, receipt, objection to the roll. What the pages look like stands beside it. */
import { type Context, Hono } from "hono";
import { proveEntry } from "../../community/snapshot/actions.ts";
import { asVoterUnit, findSnapshot, findVoter, listVoterUnits, settingsOf } from "../../community/snapshot/store.ts";
import type { AppEnv } from "../../platform/context.ts";
import { pick } from "../../platform/i18n.ts";
import { problemResponse } from "../../platform/problem.tsx";
import { receiptFor } from "../../record/actions.ts";
import { receiptFileFor } from "../../record/receipt/actions.ts";
import { shortCode } from "../../record/rules.ts";
import { readVoter } from "../links/cookie.ts";
import { askWho } from "../links/pages.tsx";
import { objectionsUntil } from "../meeting/rules.ts";
import { castBallot, openingOf } from "./actions.ts";
import { afterPage, type ResultStanding } from "./after.tsx";
import { answersIn, faultsIn, type Posted, valuesOf } from "./answering.ts";
import { ANOTHER_BALLOT, ballotMark, type Entered, enter } from "./entering.ts";
import { ballotPage, reviewPage } from "./form.tsx";
import { noticePage, type RollEntry } from "./notice.tsx";
import { objectionProblem } from "./objecting.ts";
import { ABOUT, object, objectionField, ownObjections } from "./objections.tsx";
import { ballotProblem, itemError, RECEIPT_LATER } from "./problems.ts";
import { receiptPage } from "./receipt.tsx";
import { remember } from "./remembered.ts";
import { mayVoteNow } from "./rules.ts";

type C = Context<AppEnv>;

/** Mounted under /c/:slug. */
export const ballotPages = new Hono<AppEnv>();

ballotPages.get("/vote", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  const { session, found } = entered.value;
  if (session.factor === null) return askWho(c, entered.value);
  return standingPage(c, entered.value, found.meeting.ballotReplaceable && c.req.query("change") === "1");
});

/** The page that fits where the meeting and the voter stand. */
async function standingPage(c: C, entered: Entered, wantsChange: boolean): Promise<Response> {
  const { now, scene } = c.var;
  const { meeting, standing, row, weights } = entered.found;
  if (row.state === "notice" || (row.state === "open" && row.opensAt !== null && now < row.opensAt))
    return noticePage(c, entered, await rollEntryOf(c, entered));
  const open = mayVoteNow(meeting, "web", now);
  if (open.ok && (!standing || (wantsChange && standing.channel === "web"))) {
    if (weights.length === 0) return problemResponse(c, ballotProblem({ reason: "no_item_concerns_you" }));
    remember(scene, entered.found);
    return ballotPage(c, entered, { answers: standing?.answers ?? [] });
  }
  if (standing && (row.state === "open" || row.state === "closed"))
    return c.redirect(`/c/${scene.community.slug}/vote/receipt`, 303);
  const isOver = row.state !== "open" || row.closesAt === null || now >= row.closesAt;
  if (!open.ok && open.error.reason === "channel_not_offered" && !isOver)
    return problemResponse(c, ballotProblem(open.error));
  return afterPage(c, entered, await resultStandingOf(c, entered));
}

async function rollEntryOf(c: C, { session, found }: Entered): Promise<RollEntry> {
  const { scene } = c.var;
  const { snapshotId } = found.row;
  const [[snapshot], [voter], units] = await scene.db.read(
    findSnapshot(scene, snapshotId),
    findVoter(scene, snapshotId, session.voterNo),
    listVoterUnits(scene, snapshotId, session.voterNo),
  );
  // `enter` has found both in the same snapshot, which is frozen.
  const { reason, maskedName, areaDm2, overlaps, ownerIds } = voter!;
  return {
    head: {
      reason,
      maskedName,
      areaDm2,
      overlaps: overlaps === 1,
      ownersCount: (JSON.parse(ownerIds) as string[]).length,
      units: units.map(asVoterUnit),
    },
    settings: settingsOf(snapshot!),
    objectionsUntil: snapshot!.objectionsUntil,
    objections: await ownObjections(scene, session.meetingId, session.voterNo),
  };
}

async function resultStandingOf(c: C, { session, found }: Entered): Promise<ResultStanding> {
  const { row, rules } = found;
  const isOpen = row.state === "published" && row.publishedAt !== null;
  return {
    objectionsUntil: isOpen ? objectionsUntil(row.publishedAt!, rules) : null,
    objections: await ownObjections(c.var.scene, session.meetingId, session.voterNo),
  };
}

/** A posted form of the voter it was made for; the answer to give instead otherwise. */
async function posted(c: C): Promise<{ entered: Entered; body: Posted } | Response> {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  if (entered.value.session.factor === null) return askWho(c, entered.value);
  const body: Posted = await c.req.parseBody({ all: true });
  if (body._for !== ballotMark(entered.value.session)) return problemResponse(c, ANOTHER_BALLOT);
  return { entered: entered.value, body };
}

ballotPages.post("/vote/review", async (c) => {
  const came = await posted(c);
  if (came instanceof Response) return came;
  const { entered, body } = came;
  const { found } = entered;
  const open = mayVoteNow(found.meeting, "web", c.var.now);
  if (!open.ok) return problemResponse(c, ballotProblem(open.error));
  if (Number(valuesOf(body, "edition")[0]) !== found.row.edition)
    return problemResponse(c, ballotProblem({ reason: "agenda_changed" }));
  const answers = answersIn(body);
  const errors = faultsIn(found, answers, c.var.t);
  remember(c.var.scene, found);
  return errors.length > 0 ? ballotPage(c, entered, { answers, errors }) : reviewPage(c, entered, answers);
});

ballotPages.post("/vote/change", async (c) => {
  const came = await posted(c);
  if (came instanceof Response) return came;
  const open = mayVoteNow(came.entered.found.meeting, "web", c.var.now);
  if (!open.ok) return problemResponse(c, ballotProblem(open.error));
  return ballotPage(c, came.entered, { answers: answersIn(came.body) });
});

// What a cast needs stands in the cookie, in the form and in the batch itself; the ballot is read again only to be shown again.
ballotPages.post("/vote/cast", async (c) => {
  const session = await readVoter(c);
  const body: Posted = await c.req.parseBody({ all: true });
  const answers = answersIn(body);
  const cast =
    session?.factor && body._for === ballotMark(session)
      ? await castBallot(c.var.scene, {
          meetingId: session.meetingId,
          voterNo: session.voterNo,
          answers,
          channel: "web",
          evidence: { by: "link", generation: session.generation, factor: session.factor },
          edition: Number(valuesOf(body, "edition")[0]),
          replaces: Number(valuesOf(body, "replaces")[0] ?? 0),
        })
      : null;
  if (cast?.ok) {
    const again = cast.value.outcome === "stands" ? "?again=1" : "";
    return c.redirect(`/c/${c.var.scene.community.slug}/vote/receipt${again}`, 303);
  }
  const came = await posted(c);
  if (came instanceof Response) return came;
  if (!cast) return problemResponse(c, ANOTHER_BALLOT);
  const error = itemError(cast.error, c.var.t);
  return error
    ? ballotPage(c, came.entered, { answers, errors: faultsIn(came.entered.found, answers, c.var.t) })
    : problemResponse(c, ballotProblem(cast.error));
});

ballotPages.get("/vote/receipt", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  if (entered.value.session.factor === null) return askWho(c, entered.value);
  const { standing } = entered.value.found;
  if (!standing) return c.redirect(`/c/${c.var.scene.community.slug}/vote`, 303);
  // The ballot counts whether or not the log can sign at this moment; the page then shows the code without the proof.
  const receipt = await receiptFor(c.var.scene, standing.leafHash);
  return receiptPage(c, entered.value, standing, receipt.ok ? receipt.value : null, c.req.query("again") === "1");
});

ballotPages.get("/vote/receipt.json", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  if (entered.value.session.factor === null) return askWho(c, entered.value);
  const { standing } = entered.value.found;
  if (!standing) return c.redirect(`/c/${c.var.scene.community.slug}/vote`, 303);
  const file = await receiptFileFor(c.var.scene, standing.leafHash, [openingOf(standing)]);
  if (!file.ok) return problemResponse(c, RECEIPT_LATER);
  return c.body(file.value, 200, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": `attachment; filename="receipt-${shortCode(standing.leafHash)}.json"`,
  });
});

// The voter's own line of the frozen roll with the proof that it stands under the root in the record.
ballotPages.get("/vote/entry.json", async (c) => {
  const entered = await enter(c);
  if (!entered.ok) return problemResponse(c, entered.error);
  const { session, found } = entered.value;
  if (session.factor === null) return askWho(c, entered.value);
  const proof = await proveEntry(c.var.scene, found.row.snapshotId, session.voterNo);
  if (!proof) return c.notFound();
  return c.body(`${JSON.stringify({ format: "commonhold-roll-entry/v1", ...proof }, null, 2)}\n`, 200, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": 'attachment; filename="roll-entry.json"',
  });
});

ballotPages.post("/vote/objection", async (c) => {
  const came = await posted(c);
  if (came instanceof Response) return came;
  const { entered, body } = came;
  const { scene, lang } = c.var;
  const about = ABOUT.find((known) => known === valuesOf(body, "about")[0]);
  const once = valuesOf(body, "_once")[0] ?? "";
  if (!about || !/^[0-9a-z]{16}$/.test(once)) return c.notFound();
  const text = valuesOf(body, objectionField(about))[0] ?? "";
  const wantsRecount = valuesOf(body, "recount")[0] === "yes";
  const made = await object(scene, entered, { about, text, wantsRecount, once });
  if (made.ok) return c.redirect(`/c/${scene.community.slug}/vote`, 303);
  const problem = objectionProblem(made.error);
  if (problem.status !== 422) return problemResponse(c, problem);
  const errors = [{ field: objectionField(about), message: pick(problem.detail, lang) }];
  const typed = { about, text, wantsRecount, errors };
  return about === "result"
    ? afterPage(c, entered, await resultStandingOf(c, entered), typed)
    : noticePage(c, entered, await rollEntryOf(c, entered), typed);
});
