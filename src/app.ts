/** Puts the Worker together: what surrounds every request, and where each capability is mounted. No behaviour of its own. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import { calculatorApi } from "./assembly/calculator/api.ts";
import { calculatorPages } from "./assembly/calculator/pages.tsx";
import { meetingHref } from "./assembly/meeting/addresses.ts";
import { meetingRoutes } from "./assembly/meeting/pages.tsx";
import { listOpenNow } from "./assembly/meeting/store.ts";
import { publicApi } from "./assembly/public/api.ts";
import { publicCommunityRoutes, publicRoutes } from "./assembly/public/routes.ts";
import { votingRoutes } from "./assembly/voting.ts";
import { committeeApi } from "./committee/api/calls.ts";
import { committeeRoutes } from "./committee/routes.ts";
import { termRoutes } from "./committee/term.ts";
import { communityRoutes } from "./community/pages.tsx";
import { runEverywhere } from "./cron.ts";
import { demoRoutes } from "./demo/pages.tsx";
import { districtApi } from "./district/api.ts";
import { keepRollUp } from "./district/keeping.ts";
import { districtPages } from "./district/pages.tsx";
import { candidatesApi } from "./elections/candidates/api.ts";
import { printedElectionPages } from "./elections/printed/pages.tsx";
import { electionsApi } from "./elections/public/api.ts";
import { roundsApi } from "./elections/rounds/api.ts";
import { electionRoutes } from "./elections/routes.ts";
import type { Instant } from "./kernel/day.ts";
import { base32 } from "./kernel/id.ts";
import { earningApi } from "./ledger/assets/api.ts";
import { auditApi } from "./ledger/audit/api.ts";
import { budgetApi } from "./ledger/budget/api.ts";
import { ledgerApi } from "./ledger/exports/api.ts";
import { printedAccountsPages } from "./ledger/printed/pages.tsx";
import { ledgerRoutes } from "./ledger/routes.ts";
import { officesApi } from "./offices/bodies/api.ts";
import { bodyRoutes } from "./offices/bodies/routes.ts";
import { dutyRoutes } from "./offices/duties/routes.ts";
import { overlapApi } from "./offices/overlap/api.ts";
import { overlapRoutes } from "./offices/overlap/routes.ts";
import { officesRoutes } from "./offices/pages.tsx";
import { setupRoutes } from "./offices/setup/pages.tsx";
import { findStaffActor } from "./offices/signin/session.ts";
import { ownersRoutes } from "./owners/pages.tsx";
import { findSignedInOwner } from "./owners/session.ts";
import type { Actor, OwnerActor } from "./platform/access.ts";
import { documentPages } from "./platform/api/document.tsx";
import { now as clockNow, isDemo } from "./platform/clock.ts";
import type { AppEnv } from "./platform/context.ts";
import { type Consistency, causeOf, findCommunity, openCommunity } from "./platform/db.ts";
import { designRoutes } from "./platform/design.tsx";
import type { Env } from "./platform/env.ts";
import { chooseLang, LANG_COOKIE, translator } from "./platform/i18n.ts";
import { outboxRoutes } from "./platform/outbox/pages.tsx";
import { FORGED_FORM, INTERNAL, NOT_FOUND, problemResponse } from "./platform/problem.tsx";
import { problemRoutes } from "./platform/problem-pages.tsx";
import { systemRandom } from "./platform/scene.ts";
import { keysOf } from "./platform/secrets.ts";
import { isOwnForm, issueFormToken, readCookie, writeCookie } from "./platform/session.ts";
import { styleRoutes } from "./platform/style.ts";
import { recordRoutes } from "./record/routes.ts";
import { contractApi } from "./tenders/contracts/api.ts";
import { ocdsApi } from "./tenders/ocds/api.ts";
import { printedEvaluationPages } from "./tenders/printed/pages.tsx";
import { tenderRoutes } from "./tenders/routes.ts";
import { scoringApi } from "./tenders/scoring/api.ts";
import { sealingScriptRoutes } from "./tenders/sealing/served.tsx";

export interface Deps {
  readonly demo: boolean;
  /** The clock; a test hands in its own. */
  readonly now?: (env: Env) => Promise<Instant>;
}

/** The public JSON calls of every room: served at /, and together the OpenAPI document. */
const API = [
  publicApi,
  officesApi,
  calculatorApi,
  overlapApi,
  electionsApi,
  candidatesApi,
  roundsApi,
  committeeApi,
  ledgerApi,
  auditApi,
  districtApi,
  earningApi,
  ocdsApi,
  contractApi,
  scoringApi,
  budgetApi,
];

const LARGEST_BODY_BYTES = 21 * 1024 * 1024; // two photographs at the limit of files.ts, and the form around them
const BOOKMARK_COOKIE = "ch_seen";

export function createApp(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const readNow = deps.now ?? clockNow;

  app.use(async (c, next) => {
    c.set("now", await readNow(c.env));
    c.set("requestId", base32(systemRandom(8)));
    c.set("demo", deps.demo && isDemo(c.env));
    const asked = c.req.query("lang");
    const lang = chooseLang({ query: asked, cookie: readCookie(c, LANG_COOKIE) });
    if (asked === lang && c.req.method === "GET") writeCookie(c, LANG_COOKIE, lang, 365 * 86_400);
    c.set("lang", lang);
    c.set("t", translator(lang));
    let actor: Promise<Actor | null> | undefined;
    c.set("findActor", () => {
      actor ??= findStaffActor(c);
      return actor;
    });
    let owner: Promise<OwnerActor | null> | undefined;
    c.set("findOwner", () => {
      owner ??= findSignedInOwner(c);
      return owner;
    });
    await next();
    c.header("x-request-id", c.var.requestId);
  });
  app.use(
    secureHeaders({
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
      strictTransportSecurity: "max-age=31536000; includeSubDomains",
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  app.use(bodyLimit({ maxSize: LARGEST_BODY_BYTES }));
  // Nothing is cached unless its route says so: most pages are somebody's.
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.use(async (c, next) => {
    const form = issueFormToken(c);
    c.set("formToken", form.token);
    if (c.req.method === "GET" || c.req.method === "HEAD") {
      await next();
      if ((c.res.headers.get("content-type") ?? "").includes("html")) form.remember();
      return;
    }
    const type = (c.req.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
    const isForm = ["application/x-www-form-urlencoded", "multipart/form-data"].includes(type);
    if (isForm) {
      const body = await c.req.parseBody({ all: true });
      if (!isOwnForm(c, body._form)) return problemResponse(c, FORGED_FORM);
    } else if (!["application/json", "text/plain", "application/octet-stream"].includes(type)) {
      return problemResponse(c, FORGED_FORM);
    } else if (type !== "application/json" && readCookie(c, "ch_staff")) {
      // A signed-in browser can be made to send text/plain across sites without asking; our own pages never do.
      return problemResponse(c, FORGED_FORM);
    }
    return next();
  });

  app.use("/c/:slug", openScene);
  app.use("/c/:slug/*", openScene);
  app.use("/c/:slug/*", keepRollUp);

  app.get("/healthz", (c) => c.text("ok"));
  app.route("/", styleRoutes);
  app.route("/", sealingScriptRoutes);
  app.use("/design", onlyInDemo);
  app.route("/", designRoutes);
  for (const part of [
    problemRoutes,
    setupRoutes,
    calculatorPages,
    printedElectionPages,
    printedAccountsPages,
    printedEvaluationPages,
    publicRoutes,
    districtPages,
    ...API,
    documentPages(API),
  ])
    app.route("/", part);
  for (const part of [
    recordRoutes,
    officesRoutes,
    bodyRoutes,
    dutyRoutes,
    overlapRoutes,
    outboxRoutes,
    communityRoutes,
    ownersRoutes,
    meetingRoutes,
    committeeRoutes,
    termRoutes,
    ledgerRoutes,
    tenderRoutes,
    votingRoutes,
    publicCommunityRoutes,
    electionRoutes,
  ])
    app.route("/c/:slug", part);
  app.route("/", demoRoutes(runEverywhere));

  app.notFound((c) => problemResponse(c, NOT_FOUND));
  app.onError((error, c) => {
    console.error(JSON.stringify({ requestId: c.var.requestId, error: error.name, cause: causeOf(error) }));
    return problemResponse(c, INTERNAL);
  });
  return app;
}

const onlyInDemo = createMiddleware<AppEnv>(async (c, next) => (c.var.demo ? next() : c.notFound()));

/** Whoever stands before their ballot is not led away from it. */
const AT_THE_BALLOT = /^\/c\/[^/]+\/(?:v|vote)(?:\/|$)/;

/** Opens the community's database: reads may come from a replica that has seen this browser's last write; the rest goes to the primary. */
const openScene = createMiddleware<AppEnv>(async (c, next) => {
  if (c.get("scene") as unknown) return next();
  const community = await findCommunity(c.env, c.req.param("slug") ?? "");
  if (!community) return c.notFound();
  const seen = readCookie(c, BOOKMARK_COOKIE);
  const consistency: Consistency = c.req.method === "GET" ? (seen ? { bookmark: seen } : "any") : "primary";
  const db = openCommunity(c.env, community, consistency);
  c.set("scene", {
    env: c.env,
    db,
    community,
    now: c.var.now,
    random: systemRandom,
    keys: keysOf(c.env),
    origin: new URL(c.req.url).origin,
  });
  const isPage = (c.req.header("accept") ?? "").includes("text/html") && !AT_THE_BALLOT.test(c.req.path);
  const open = isPage ? db.ride(listOpenNow({ db, community })) : () => undefined;
  c.set("openNow", () =>
    (open() ?? []).map(({ number, title, closesAt }) => ({
      title,
      closesAt,
      href: meetingHref(community.slug, number),
    })),
  );
  await next();
  const bookmark = c.req.method === "GET" ? null : db.bookmark();
  if (bookmark && db.meter.rowsWritten > 0) writeCookie(c, BOOKMARK_COOKIE, bookmark, 60);
  return;
});
