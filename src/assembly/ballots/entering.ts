/** The voter behind a request to the ballot pages: cookie, link and ballot in one read. Decides only whether the link still opens. */

import { err, ok, type Result } from "../../kernel/result.ts";
import type { AppContext } from "../../platform/context.ts";
import type { Problem } from "../../platform/problem.tsx";
import { forgetVoter, readVoter, type VoterSession } from "../links/cookie.ts";
import { LINK_NEEDED, LINK_NOT_VALID } from "../links/problems.ts";
import { isExpired } from "../links/rules.ts";
import { findLink, type LinkRow } from "../links/store.ts";
import { findProxyOf, type ProxyRow } from "../proxies/store.ts";
import { type VotingCase, votingFrom, votingQueries } from "./store.ts";

export interface Entered {
  readonly session: VoterSession;
  readonly link: LinkRow;
  readonly found: VotingCase;
  /** The authorisation in force, if the voter gave one. */
  readonly proxy: ProxyRow | null;
}

/**
 * Who asks, by the cookie their link was exchanged for. One round trip. A link that was revoked or ran out since is the
 * same dead link it is at its own address, and the cookie is forgotten.
 */
export async function enter(c: AppContext): Promise<Result<Entered, Problem>> {
  const session = await readVoter(c);
  if (!session) return err(LINK_NEEDED);
  const { scene, now } = c.var;
  const { meetingId, voterNo } = session;
  const [links, proxies, ...rows] = await scene.db.read(
    findLink(scene, session),
    findProxyOf(scene, meetingId, voterNo),
    ...votingQueries(scene, meetingId, voterNo),
  );
  const [link] = links;
  const found = votingFrom(...rows);
  if (!link || link.revokedAt !== null || !found || isExpired(found.row.closesAt, now)) {
    forgetVoter(c);
    return err(LINK_NOT_VALID);
  }
  return ok({ session, link, found, proxy: proxies[0] ?? null });
}

/** The mark a form carries of whose ballot it was made for: a browser may have opened another household's link since. */
export const ballotMark = ({ meetingId, voterNo }: VoterSession): string => `${meetingId}.${voterNo}`;

export const ANOTHER_BALLOT: Problem = {
  code: "another-ballot",
  status: 409,
  title: { zh: "这份表单不是现在这张表决票的", en: "This form belongs to another ballot" },
  detail: {
    zh: "页面打开之后，同一部手机又打开了另一户的链接。为避免投错，什么都没有提交。",
    en: "After this page was opened, another household's link was opened in the same browser. Nothing was submitted, so that no ballot is cast for the wrong household.",
  },
  next: { zh: "请重新打开您要投的那一户的链接。", en: "Please open the link of the household you mean again." },
};
