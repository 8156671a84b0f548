/** The cookie a rating link is exchanged for: which link this browser came by. It is good as long as the link is, two hours at most. */
import type { AppContext } from "../../../platform/context.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../../platform/session.ts";

const COOKIE = "ch_rating";
/** After this the link is opened again: telephones are lent. */
const SESSION_SECONDS = 2 * 3600;

export async function writeRatingCookie(c: AppContext, tokenHash: string): Promise<void> {
  const { scene, now } = c.var;
  const claims = { c: scene.community.id, k: tokenHash };
  writeCookie(c, COOKIE, await signToken(c.env, "service-rating", claims, now, SESSION_SECONDS), SESSION_SECONDS);
}
export const forgetRatingLink = (c: AppContext): void => clearCookie(c, COOKIE);

/** The hash of the link's token; null for strangers, another community's cookie, an expired or a forged one. */
export async function readRatingCookie(c: AppContext): Promise<string | null> {
  const claims = await readToken(c.env, "service-rating", readCookie(c, COOKIE), c.var.now);
  return claims?.c === c.var.scene.community.id && typeof claims.k === "string" ? claims.k : null;
}
