/** Confirming the change of one's own number with a code sent to the old one: only who still has it can. No HTTP. */

import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { sameText } from "../../platform/session.ts";
import { type NumberDetails, refusedAs, renumbering } from "../people/actions.ts";
import { findPhone, phoneHashOf } from "../people/store.ts";
import { assertRoom, findChallenge, insertAttempt, insertChallenge, listCounted } from "../signin/codes/store.ts";
import {
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_COMMUNITY,
  CODES_PER_PHONE,
  codeOf,
  isCodeOver,
  mayAsk,
  mayTry,
  readCode,
  type SignInRefusal,
  WRONG_PER_COMMUNITY,
  WRONG_PER_PHONE,
} from "../signin/rules.ts";

import { endRefusal, type FoundProposal, findOne, type ProposalRefusal } from "./actions.ts";
import { insertProposalEnd, openDetails } from "./store.ts";

/** Codes and tries are counted with those of signing in: it is the same telephone that rings, and the same six digits to guess. */
const DOOR = "sign-in";

/**
 * The code that confirms one proposal. Derived like a sign-in code and under another name: neither does for the other, so that nobody
 * can be talked out of one by being asked for the other.
 */
export const codeOfProposal = (
  scene: Pick<Scene, "keys" | "community">,
  proposalId: string,
  challengeId: string,
): string => codeOf(scene.keys.index(`${proposalId}\0${challengeId}`, `office-number-code:${scene.community.id}`));

const instants = (rows: readonly { at: Instant }[]): Instant[] => rows.map(({ at }) => at);

/** The proposal, where it is an open change of the actor's own number. */
async function ownOpen(scene: StaffScene, proposalId: string): Promise<Result<FoundProposal, ProposalRefusal>> {
  const found = await findOne(scene, proposalId);
  if (found?.kind !== "number" || found.personId !== scene.actor.personId) return err({ reason: "unknown_proposal" });
  if (found.state === "open") return ok(found);
  return err({ reason: found.state === "expired" ? "proposal_expired" : "proposal_over" });
}

/** What was asked for and tried of a number lately. */
const counts = async (scene: Scene, phoneHash: string) => {
  const [wrongOfPhone, wrongOfCommunity, askedOfPhone, askedOfCommunity] = await scene.db.read(
    listCounted(scene, DOOR, "wrong", { phoneHash }, WRONG_PER_PHONE),
    listCounted(scene, DOOR, "wrong", "community", WRONG_PER_COMMUNITY),
    listCounted(scene, DOOR, "asked", { phoneHash }, CODES_PER_PHONE),
    listCounted(scene, DOOR, "asked", "community", CODES_PER_COMMUNITY),
  );
  return {
    wrongOfPhone: instants(wrongOfPhone),
    wrongOfCommunity: instants(wrongOfCommunity),
    askedOfPhone: instants(askedOfPhone),
    askedOfCommunity: instants(askedOfCommunity),
  };
};

/** Has a code sent to the actor's present number. A repeat of the same form is the same code and the same message. */
export async function askForOwnCode(
  scene: StaffScene,
  proposalId: string,
  onceKey: string,
): Promise<Result<{ readonly challengeId: string }, ProposalRefusal | SignInRefusal>> {
  const found = await ownOpen(scene, proposalId);
  if (!found.ok) return found;
  const { personId } = scene.actor;
  const current = await findPhone(scene, personId);
  if (!current) return err({ reason: "unknown_person" });
  const phoneHash = phoneHashOf(scene, current.phone);
  const challengeId = scene.keys
    .index(`${onceKey}\0${proposalId}`, `office-number-challenge:${scene.community.id}`)
    .slice(0, 32);
  const [asked] = await scene.db.read(findChallenge(scene, challengeId));
  if (asked.length > 0) return ok({ challengeId });
  const may = mayAsk(await counts(scene, phoneHash), scene.now);
  if (!may.ok) return may;
  const expiresAt = scene.now + CODE_LIFE_MS;
  const written = await scene.db.write([
    assertRoom(scene, DOOR, "asked", { phoneHash }, CODES_PER_PHONE, "too_many_codes"),
    assertRoom(scene, DOOR, "asked", "community", CODES_PER_COMMUNITY, "too_many_codes"),
    insertChallenge(scene, { challengeId, phoneHash, holder: personId, expiresAt }),
    queueMessage(scene, {
      kind: "office.number-code",
      to: personId,
      params: { proposal: proposalId, challenge: challengeId, version: current.version },
      dedupeKey: `office.number-code:${challengeId}`,
      expiresAt,
    }),
  ]);
  if (written.ok || written.error.code === "asked_already") return ok({ challengeId });
  if (written.error.code === "too_many_codes")
    return err({ reason: "too_many_codes", until: scene.now + CODES_PER_PHONE.withinMs });
  throw new Error(`asking for a code refused: ${written.error.code}`);
}

/**
 * Tries the code; a right one changes the number in the batch that counts the try, a wrong one is counted and changes nothing. The
 * challenge must be one that was sent to this person's present number.
 */
export async function confirmOwnNumber(
  scene: StaffScene,
  proposalId: string,
  challengeId: string,
  typed: string,
): Promise<Result<null, ProposalRefusal | SignInRefusal>> {
  const found = await ownOpen(scene, proposalId);
  if (!found.ok) return found;
  const code = readCode(typed);
  if (!code) return err({ reason: "code_unreadable" });
  const { personId } = scene.actor;
  const current = await findPhone(scene, personId);
  const [challenges] = await scene.db.read(findChallenge(scene, challengeId));
  const challenge = challenges[0];
  if (!current || challenge?.holder !== personId || challenge.phoneHash !== phoneHashOf(scene, current.phone))
    return err({ reason: "code_over" });
  const may = mayTry(await counts(scene, challenge.phoneHash), scene.now);
  if (!may.ok) return may;
  if (isCodeOver(challenge, scene.now)) return err({ reason: "code_over" });
  const correct = sameText(code, codeOfProposal(scene, proposalId, challengeId));
  const attempt = insertAttempt(scene, DOOR, challenge, correct, {
    phone: WRONG_PER_PHONE,
    community: WRONG_PER_COMMUNITY,
  });
  const written = await scene.db.write([...attempt, ...(correct ? await confirming(scene, found.value) : [])]);
  if (written.ok)
    return correct ? ok(null) : err({ reason: "code_wrong", triesLeft: Math.max(CODE_TRIES - challenge.tries - 1, 0) });
  if (written.error.code === "locked_out" || written.error.code === "code_used") return err({ reason: "code_over" });
  return (await endRefusal(scene, proposalId, written.error, "confirmed")) ?? err(refusedAs(written.error));
}

async function confirming(scene: StaffScene, found: FoundProposal) {
  const { phone } = JSON.parse(await openDetails(scene, found)) as NumberDetails;
  return [
    ...insertProposalEnd(scene, { proposalId: found.proposalId, way: "code" }),
    ...(await renumbering(scene, found.personId as PersonId, found.phoneVersion ?? 0, phone)),
  ];
}
