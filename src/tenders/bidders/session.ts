/** The cookie of a tender's contact, which bidder it speaks for, and the gate in front of a bidder's pages. Apart from those of staff and owners. */
import { createMiddleware } from "hono/factory";
import { cookieEndsAt, isRenewalDue } from "../../offices/signin/rules.ts";
import type { AppContext, AppEnv } from "../../platform/context.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";
import { findSignedIn, type OpenedContact } from "./contacts.ts";

const COOKIE = "ch_bidder";

/** A signed-in bidder of the tender the address names. */
export interface BidderActor {
  readonly tenderId: string;
  readonly bidderId: string;
  readonly bidderNo: number;
  readonly name: string;
  readonly code: string;
}

/** A telephone that was proved here by a code; `bidder` where it registered one in the tender the address names. */
export interface ContactActor {
  readonly sessionId: string;
  readonly contactId: string;
  readonly phoneMasked: string;
  readonly bidder: BidderActor | null;
}

/** Signs the session into the browser's cookie: an hour from now, never past the session's end. */
export async function writeContactCookie(
  c: AppContext,
  { sessionId, beganAt, endsAt }: Pick<OpenedContact, "sessionId" | "beganAt" | "endsAt">,
): Promise<void> {
  const { scene, now } = c.var;
  const seconds = Math.floor((Math.min(cookieEndsAt(beganAt, now), endsAt) - now) / 1000);
  if (seconds <= 0) return;
  const claims = { sid: sessionId, cid: scene.community.id, began: beganAt, ends: endsAt, renewed: now };
  writeCookie(c, COOKIE, await signToken(c.env, "bidder", claims, now, seconds), seconds);
}
export const clearContactCookie = (c: AppContext): void => clearCookie(c, COOKIE);

const tenderNumberOf = (c: AppContext): number => {
  const text = c.req.param("number") ?? "";
  return /^[1-9]\d{0,7}$/.test(text) ? Number(text) : 0;
};

const found = new WeakMap<AppContext, Promise<ContactActor | null>>();

/**
 * The contact signed in to this community, with the bidder it speaks for in the tender the address names (`:number`); null for
 * strangers, forged, expired and ended sessions and other communities' cookies. Looked up once a request, in one round trip.
 */
export function findContact(c: AppContext): Promise<ContactActor | null> {
  const held = found.get(c) ?? readContact(c);
  found.set(c, held);
  return held;
}

async function readContact(c: AppContext): Promise<ContactActor | null> {
  const { scene, now } = c.var;
  const claims = await readToken(c.env, "bidder", readCookie(c, COOKIE), now);
  const { sid, cid, began, ends, renewed } = claims ?? {};
  if (typeof sid !== "string" || cid !== scene.community.id) return null;
  if (typeof began !== "number" || typeof ends !== "number" || typeof renewed !== "number") return null;
  const [rows] = await scene.db.read(findSignedIn(scene, sid, tenderNumberOf(c)));
  const [row] = rows;
  if (!row) return null;
  if (isRenewalDue({ beganAt: began, renewedAt: renewed }, now))
    await writeContactCookie(c, { sessionId: sid, beganAt: began, endsAt: ends });
  const { sessionId, contactId, phoneMasked, tenderId, bidderId, bidderNo, name, code } = row;
  const bidder =
    tenderId !== null && bidderId !== null && bidderNo !== null && name !== null && code !== null
      ? { tenderId, bidderId, bidderNo, name, code }
      : null;
  return { sessionId, contactId, phoneMasked, bidder };
}

/** The bidder signed in to the tender the address names; null for everyone else, bidders of other tenders included. */
export const findSignedInBidder = async (c: AppContext): Promise<BidderActor | null> =>
  (await findContact(c))?.bidder ?? null;

const signInHref = (c: AppContext): string => {
  const { slug } = c.var.scene.community;
  const next = encodeURIComponent(new URL(c.req.url).pathname);
  return `/c/${slug}/tenders/${tenderNumberOf(c)}/sign-in?next=${next}`;
};
const wantsPage = (c: AppContext): boolean =>
  c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html") && tenderNumberOf(c) > 0;

/** Lets through whoever proved a telephone. Strangers who ask for a page prove one first and come back; anything else is not there. */
export const requiresContact = createMiddleware<AppEnv>(async (c, next) => {
  if (await findContact(c)) return next();
  return wantsPage(c) ? c.redirect(signInHref(c), 303) : c.notFound();
});

/** Lets through a bidder of this very tender. A contact without one is sent to register. */
export const requiresBidder = createMiddleware<AppEnv>(async (c, next) => {
  const contact = await findContact(c);
  if (contact?.bidder) return next();
  if (!wantsPage(c)) return c.notFound();
  const { slug } = c.var.scene.community;
  return c.redirect(contact ? `/c/${slug}/tenders/${tenderNumberOf(c)}/register` : signInHref(c), 303);
});
