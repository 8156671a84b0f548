/** Giving out, opening, proving and revoking voting links: load, ask the rules, write. No HTTP; the cookie is made by the pages. */
import { base32, type MeetingId, type RandomBytes } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import { type NewMessage, queueMessages } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { insertLinks, type LinkRow, type NewLink, revokeLinks } from "./store.ts";

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
