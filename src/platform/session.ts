/** Cookies and the tokens in them: signed, HttpOnly, short. Who may do what is decided elsewhere. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { jwtVerify, SignJWT } from "jose";
import { base32 } from "../kernel/id.ts";
import type { AppEnv } from "./context.ts";
import type { Env } from "./env.ts";
import { secretBytes } from "./secrets.ts";

const ISSUER = "commonhold";

/** What a token is for; one made for one purpose is refused for another. */
export type Purpose =
  | "staff"
  | "voter"
  | "sign-in"
  | "owner"
  | "owner-code"
  | "owner-card"
  | "tender-panel"
  | "service-rating"
  | "bidder"
  | "bidder-code";

/** Signs claims for a purpose; `now` in ms, `ttlSeconds` from then. */
export async function signToken(
  env: Env,
  purpose: Purpose,
  claims: Record<string, string | number | boolean>,
  now: number,
  ttlSeconds: number,
): Promise<string> {
  const issued = Math.floor(now / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(ISSUER)
    .setAudience(purpose)
    .setIssuedAt(issued)
    .setExpirationTime(issued + ttlSeconds)
    .sign(secretBytes("SESSION_KEY", env.SESSION_KEY));
}

/** The claims of a token that is ours, for this purpose and not expired at `now`; null otherwise. */
export async function readToken(
  env: Env,
  purpose: Purpose,
  token: string | undefined,
  now: number,
): Promise<Record<string, unknown> | null> {
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, secretBytes("SESSION_KEY", env.SESSION_KEY), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: purpose,
      currentDate: new Date(now),
    });
    return payload;
  } catch {
    return null;
  }
}

// Chromium, curl and old WebViews treat http://localhost as trustworthy; another http address is a developer's phone.
const isSecure = (c: Context): boolean => {
  const url = new URL(c.req.url);
  return url.protocol === "https:" || url.hostname === "localhost" || url.hostname === "127.0.0.1";
};

const cookieName = (c: Context, name: string): string => (isSecure(c) ? `__Host-${name}` : name);

export const readCookie = (c: Context, name: string): string | undefined => getCookie(c, cookieName(c, name));

export const writeCookie = (c: Context, name: string, value: string, maxAgeSeconds: number): void =>
  setCookie(c, cookieName(c, name), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(c),
    sameSite: "Lax",
    maxAge: maxAgeSeconds,
  });

export const clearCookie = (c: Context, name: string): void => writeCookie(c, name, "", 0);

const FORM_COOKIE = "ch_form";

const formTokenFor = (env: Env, seed: string): string =>
  base32(hmac(sha256, secretBytes("SESSION_KEY", env.SESSION_KEY), utf8ToBytes(`form\0${seed}`)).subarray(0, 20));

/** The hidden `_form` of a request's pages, and how the browser comes to hold the cookie it is bound to. */
export interface FormToken {
  readonly token: string;
  /** Gives a browser that has none its cookie; called when the answer is a page, so that files and feeds stay cacheable. */
  remember(): void;
}

/**
 * The value of the hidden field `_form`. Bound to a random cookie, because old WebViews send neither Origin nor
 * Sec-Fetch-Site with a form and must still be let in.
 */
export function issueFormToken(c: Context<AppEnv>): FormToken {
  const held = readCookie(c, FORM_COOKIE);
  if (held && /^[0-9a-z]{32}$/.test(held)) return { token: formTokenFor(c.env, held), remember: () => undefined };
  const seed = base32(crypto.getRandomValues(new Uint8Array(20)));
  return {
    token: formTokenFor(c.env, seed),
    remember: () => writeCookie(c, FORM_COOKIE, seed, 30 * 86_400),
  };
}

/** Whether a posted form came from a page of ours: its `_form` fits the cookie, and an Origin, where sent, is ours. */
export function isOwnForm(c: Context<AppEnv>, token: unknown): boolean {
  const origin = c.req.header("origin");
  if (origin && origin !== "null" && origin !== new URL(c.req.url).origin) return false;
  const site = c.req.header("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const seed = readCookie(c, FORM_COOKIE);
  return typeof token === "string" && !!seed && sameText(token, formTokenFor(c.env, seed));
}

/** Compares without telling by time how much was right. */
export function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
