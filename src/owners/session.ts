/** The owner's cookie, who it is, and the gate in front of an owner's pages. Apart from the staff cookie: one browser may hold both. */
import { createMiddleware } from "hono/factory";
import { openOwnName } from "../community/privacy/actions.ts";
import type { Instant } from "../kernel/day.ts";
import type { PartyId } from "../kernel/id.ts";
import { cookieEndsAt, isRenewalDue } from "../offices/signin/rules.ts";
import type { OwnerActor } from "../platform/access.ts";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../platform/session.ts";
import { type OpenedOwner, openOwnerSession } from "./signin/actions.ts";
import { listSessionOwners } from "./store.ts";

const COOKIE = "ch_owner";

/** What the cookie says: the session, and which of its owners acts ("" until one was chosen among those who share a number). */
export interface OwnerCookie {
  readonly sessionId: string;
  readonly partyId: PartyId | "";
  readonly beganAt: Instant;
  readonly endsAt: Instant;
}

/** Signs the session into the browser's cookie: an hour from now, never past the session's end. */
export async function writeOwnerCookie(
  c: AppContext,
  { sessionId, partyId, beganAt, endsAt }: OwnerCookie,
): Promise<void> {
  const { scene, now } = c.var;
  const seconds = Math.floor((Math.min(cookieEndsAt(beganAt, now), endsAt) - now) / 1000);
  if (seconds <= 0) return;
  const claims = { sid: sessionId, cid: scene.community.id, p: partyId, began: beganAt, ends: endsAt, renewed: now };
  writeCookie(c, COOKIE, await signToken(c.env, "owner", claims, now, seconds), seconds);
}

export const clearOwnerCookie = (c: AppContext): void => clearCookie(c, COOKIE);

/** The cookie of this browser in this community; null for another community's, an expired or a forged one. */
export async function readOwnerCookie(c: AppContext): Promise<(OwnerCookie & { renewedAt: Instant }) | null> {
  const { scene, now } = c.var;
  const claims = await readToken(c.env, "owner", readCookie(c, COOKIE), now);
  const { sid, cid, p, began, ends, renewed } = claims ?? {};
  if (typeof sid !== "string" || typeof p !== "string" || cid !== scene.community.id) return null;
  if (typeof began !== "number" || typeof ends !== "number" || typeof renewed !== "number") return null;
  return { sessionId: sid, partyId: p as PartyId, beganAt: began, endsAt: ends, renewedAt: renewed };
}

/**
 * The owner signed in to this community; null for strangers, office-holders as such, another community's cookie, a session
 * that ended, and one whose proof is gone (see `listSessionOwners`). One round trip; renews the cookie and writes nothing.
 */
export async function findSignedInOwner(c: AppContext): Promise<OwnerActor | null> {
  const { scene, now } = c.var;
  const cookie = await readOwnerCookie(c);
  if (!cookie) return null;
  const [owners] = await scene.db.read(listSessionOwners(scene, cookie.sessionId));
  const owner = owners.find(({ partyId }) => partyId === cookie.partyId);
  if (!owner) return null;
  if (isRenewalDue(cookie, now)) await writeOwnerCookie(c, cookie);
  return {
    partyId: owner.partyId,
    sessionId: owner.sessionId,
    name: await openOwnName(scene, owner),
    masked: owner.maskedName,
    guardianId: owner.provedBy === owner.partyId ? null : owner.provedBy,
    isOneOfSeveral: owners.length > 1,
  };
}

/**
 * Opens a session for a party who was recognised by other means (the link of a meeting) and gives this browser its cookie. Where
 * to go now: the corner, or the choice among those they may act for; null when the roll knows no such party.
 */
export async function ownerCookieFor(
  c: AppContext,
  partyId: PartyId,
  way: "link" | "demo" = "link",
): Promise<string | null> {
  const { scene } = c.var;
  const opened = await openOwnerSession(scene, partyId, way);
  if (!opened) return null;
  await rememberOwner(c, opened);
  return `/c/${scene.community.slug}/my${opened.partyIds.length === 1 ? "" : "/choose"}`;
}

/** The cookie of a session just opened; of several owners none acts until one was chosen. */
export const rememberOwner = (c: AppContext, { sessionId, beganAt, endsAt, partyIds }: OpenedOwner): Promise<void> => {
  const [first, ...others] = partyIds;
  return writeOwnerCookie(c, { sessionId, beganAt, endsAt, partyId: first && others.length === 0 ? first : "" });
};

/** Lets a signed-in owner through. Strangers who ask for a page are sent to sign in and come back; anything else is not there. */
export const requiresOwner = createMiddleware<AppEnv>(async (c, next) => {
  const owner = await c.var.findOwner();
  if (!owner) {
    const { slug } = c.var.scene.community;
    if (c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html"))
      return c.redirect(`/c/${slug}/my/sign-in?next=${encodeURIComponent(new URL(c.req.url).pathname)}`, 303);
    return c.notFound();
  }
  c.set("owner", owner);
  return next();
});
