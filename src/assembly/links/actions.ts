/** Giving out, opening, proving and revoking voting links: load, ask the rules, write. No HTTP; the cookie is made by the pages. */

import { readLastFour } from "../../community/identity/rules.ts";
import { triesLeft } from "../../community/identity/tries/rules.ts";
import { fitsLastFour } from "../../community/privacy/actions.ts";
import { base32, type MeetingId, type RandomBytes } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import { type NewMessage, queueMessages } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { insertFirstContact } from "../delivery/store.ts";
import type { Factor, VoterSession } from "./cookie.ts";
import { isExpired, type LinkRefusal, mayIdentify } from "./rules.ts";
import {
  countFailedAttempt,
  type FactorRow,
  findClose,
  findFactors,
  findLink,
  findLinkByHash,
  insertLinks,
  type LinkRow,
  listLinksOf,
  type NewLink,
  noteVerified,
  revokeLinks,
} from "./store.ts";

/** 128 bits: the token is derived from it, so guessing one means guessing the other or the deployment's key. */
const newNonce = (random: RandomBytes): string => base32(random(16));

/** The token of a voter's link: derived from the stored nonce and the deployment's key, and itself stored nowhere. */
export const tokenOf = (
  { keys, community }: Pick<Scene, "keys" | "community">,
  meetingId: string,
  { voterNo, nonce }: Pick<LinkRow, "voterNo" | "nonce">,
): string => keys.linkToken([community.id, meetingId, String(voterNo), nonce]);

/** The address a household opens. */
export const linkAddress = (
  scene: Pick<Scene, "keys" | "community" | "origin">,
  meetingId: string,
  link: Pick<LinkRow, "voterNo" | "nonce">,
): string => `${scene.origin}/c/${scene.community.slug}/v/${tokenOf(scene, meetingId, link)}`;

const PER_STATEMENT = 2_000; // some 300 KB of JSON: far below D1's 2 MB a parameter

/** The message that carries a link. It names the link by a piece of its hash, so that a re-issued one is not sent twice. */
export const LINK_MESSAGE = "vote.link";

/** A voter as the outbox knows it: the person and the number are looked up when the message is worded. */
export const voterAddress = (meetingId: string, voterNo: number): string => `voter:${meetingId}:${voterNo}`;

const messageFor = (meetingId: string, { voterNo, tokenHash }: NewLink): NewMessage => ({
  to: voterAddress(meetingId, voterNo),
  dedupeKey: `link:${meetingId}:${voterNo}:${tokenHash}`,
  params: { meeting: meetingId, voter: voterNo, link: tokenHash.slice(0, 16) },
});

/**
 * Statements that give each of these voters a link and queue the message that carries it, for the batch of giving
 * notice (or of a re-issue: a link in force ends in the same batch, with `why`). Three statements for each 2,000 voters.
 */
export function issueLinks(
  scene: Scene | StaffScene,
  meetingId: MeetingId,
  voterNos: readonly number[],
  why = "reissued",
): Query[] {
  const by = "actor" in scene ? scene.actor.personId : "system";
  const statements: Query[] = [];
  for (let start = 0; start < voterNos.length; start += PER_STATEMENT) {
    const chunk = voterNos.slice(start, start + PER_STATEMENT);
    const links = chunk.map((voterNo): NewLink => {
      const nonce = newNonce(scene.random);
      return { voterNo, nonce, tokenHash: scene.keys.hashToken(tokenOf(scene, meetingId, { voterNo, nonce })) };
    });
    statements.push(
      revokeLinks(scene, meetingId, chunk, by, why),
      insertLinks(scene, meetingId, links, by),
      ...queueMessages(
        scene,
        LINK_MESSAGE,
        links.map((link) => messageFor(meetingId, link)),
      ),
    );
  }
  return statements;
}

export type OpenRefusal = { readonly reason: "link_not_valid" };

/**
 * Whose link a token is. Reads only: message previews and scanners open links too, any number of times. Unknown, revoked,
 * expired, another community's: one and the same refusal, so that nobody learns which links exist.
 */
export async function openLink(scene: Scene, token: string): Promise<Result<VoterSession, OpenRefusal>> {
  if (!/^[0-9a-z]{32}$/.test(token)) return err({ reason: "link_not_valid" });
  const tokenHash = scene.keys.hashToken(token);
  const [links, closes] = await scene.db.read(findLinkByHash(scene, tokenHash), findClose(scene, tokenHash));
  const link = links[0];
  if (!link || link.revokedAt !== null || isExpired(closes[0]?.closesAt ?? null, scene.now))
    return err({ reason: "link_not_valid" });
  return ok({ meetingId: link.meetingId, voterNo: link.voterNo, generation: link.generation, factor: null });
}

export type IdentifyRefusal =
  | LinkRefusal
  | OpenRefusal
  /** Not four characters: not counted as a try. */
  | { readonly reason: "not_four" }
  | { readonly reason: "wrong_last_four"; readonly left: number }
  /** The roll has neither phone nor certificate of whoever votes: only paper helps. */
  | { readonly reason: "no_factor_on_roll" }
  | { readonly reason: "no_designated_voter" }
  /** So many tries at once that none could be counted. */
  | { readonly reason: "too_many_at_once" };

const MOST_ROUNDS = 4;

/**
 * Checks the last four of phone or certificate. A wrong answer is counted, a right one noted, each in a batch that insists
 * on the counter it read: of any number of guesses sent at once, each is counted or refused, none is free. The first right
 * answer proves delivery (V12: 完成身份核验并登录视为送达) and writes that in the same batch.
 */
export async function identify(
  scene: Scene,
  session: VoterSession,
  typed: string,
): Promise<Result<Factor, IdentifyRefusal>> {
  const { db, now } = scene;
  const { meetingId, voterNo } = session;
  const lastFour = readLastFour(typed);
  if (lastFour === null) return err({ reason: "not_four" });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [[link], [factors]] = await db.read(findLink(scene, session), findFactors(scene, meetingId, voterNo));
    if (!link || !factors) return err({ reason: "link_not_valid" });
    const may = mayIdentify(link, now);
    if (!may.ok) return may.error.reason === "link_revoked" ? err({ reason: "link_not_valid" }) : may;
    if (factors.partyId === null) return err({ reason: "no_designated_voter" });
    if (factors.phoneTailHash === null && factors.idTailHash === null) return err({ reason: "no_factor_on_roll" });
    const factor = factorOf(scene, factors, lastFour);
    const from = link.failedAttempts;
    const written = await db.write(
      factor
        ? [
            ...noteVerified(scene, session, from),
            ...insertFirstContact(scene, meetingId, { voterNo, kind: "opened", by: "voter", note: "" }),
          ]
        : countFailedAttempt(scene, session, { from, to: from + 1 }),
    );
    if (written.ok) return factor ? ok(factor) : err({ reason: "wrong_last_four", left: triesLeft(from + 1) });
    if (written.error.code !== "attempts_moved") throw new Error(`identification: ${written.error.code}`);
  }
  return err({ reason: "too_many_at_once" });
}

function factorOf(scene: Scene, { phoneTailHash, idTailHash }: FactorRow, lastFour: string): Factor | null {
  if (fitsLastFour(scene, { phoneTailHash, idTailHash: null }, lastFour)) return "phone";
  return fitsLastFour(scene, { phoneTailHash: null, idTailHash }, lastFour) ? "certificate" : null;
}

export type ManageRefusal =
  | { readonly reason: "unknown_voter" }
  | { readonly reason: "reason_missing" }
  | { readonly reason: "no_link_in_force" };

const LONGEST_WHY = 200;

/**
 * Gives a voter a new link and ends the old one in the same batch, recorded with the reason (leaf `link.reissued`). The new
 * one goes out as a message; it also starts the tries of the second factor again. `why` is public and names nobody.
 */
export async function reissueLink(
  scene: StaffScene,
  asked: { readonly meetingId: MeetingId; readonly voterNo: number; readonly why: string },
): Promise<Result<{ readonly generation: number }, ManageRefusal>> {
  const { meetingId, voterNo } = asked;
  const why = asked.why.trim().slice(0, LONGEST_WHY);
  if (why === "") return err({ reason: "reason_missing" });
  const [links, voters] = await scene.db.read(
    listLinksOf(scene, meetingId, voterNo),
    findFactors(scene, meetingId, voterNo),
  );
  if (!voters[0]) return err({ reason: "unknown_voter" });
  const generation = (links[0]?.generation ?? 0) + 1;
  const { personId } = scene.actor;
  const leaf = appendLeaf(
    scene,
    "link.reissued",
    { meeting: meetingId, voter: voterNo, generation, why, by: personId },
    meetingId,
  );
  const written = await scene.db.write([...issueLinks(scene, meetingId, [voterNo], why), leaf.statement]);
  // Two at the same time: the other one's link is as new as this one would have been.
  if (!written.ok && written.error.code !== "link_exists") throw new Error(`re-issue: ${written.error.code}`);
  return ok({ generation });
}

/** Ends a voter's link without giving another (leaf `link.revoked`). Dead at once: every page asks the table. */
export async function revokeLink(
  scene: StaffScene,
  asked: { readonly meetingId: MeetingId; readonly voterNo: number; readonly why: string },
): Promise<Result<null, ManageRefusal>> {
  const { db, actor } = scene;
  const { meetingId, voterNo } = asked;
  const why = asked.why.trim().slice(0, LONGEST_WHY);
  if (why === "") return err({ reason: "reason_missing" });
  const leaf = appendLeaf(
    scene,
    "link.revoked",
    { meeting: meetingId, voter: voterNo, why, by: actor.personId },
    meetingId,
  );
  const written = await db.write([
    revokeLinks(scene, meetingId, [voterNo], actor.personId, why),
    assertThat(db, "no_link_in_force", sql`changes() = 1`),
    leaf.statement,
  ]);
  return written.ok ? ok(null) : err({ reason: "no_link_in_force" });
}
