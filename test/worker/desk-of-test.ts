/** An estate with officers and a roll, and browsers in which its officers are signed in, for the tests of pages at the desk. */
import { createApp } from "../../src/app.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

/** An estate of so many units; `rows` in place of made-up ones. */
export async function estate(units: number, rows: readonly string[] = manyRows(units)): Promise<CommunityAddress> {
  const community = await makeStaffedCommunity();
  if (rows.length > 0) await importFile(community, csvOf(...rows));
  return community;
}

/** A browser in which whoever holds this post is signed in, at an instant. */
export async function signedIn(community: CommunityAddress, post: PostKind, now = T0): Promise<Browser> {
  const browser = stranger(now);
  const session = await openSession(sceneAt(community, now), await personIn(community, post));
  const claims = { sid: session.sessionId, cid: community.id, began: now, renewed: now };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, now, 3600));
  return browser;
}

/** A browser in which nobody is. */
export const stranger = (now = T0): Browser => new Browser(createApp({ demo: false, now: async () => now }));

/** The text of a page as it is read: no tags, no doubled space. */
export const textOf = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
