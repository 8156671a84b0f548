/** Cards of paper for owners without a number on the roll: given out, replaced, revoked, and exchanged for a session. No HTTP. */
import { readLastFour } from "../../community/identity/rules.ts";
import { mayTryAgain, type TriesRefusal, triesLeft } from "../../community/identity/tries/rules.ts";
import { fitsCertificate } from "../../community/privacy/actions.ts";
import { base32, type PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { RevokeReason } from "../schema.ts";
import { type OpenedOwner, opening } from "../signin/actions.ts";
import { listCandidatesOf } from "../store.ts";
import { CODE_LENGTH, type IssueRefusal, mayIssueCard, readCardCode } from "./rules.ts";
import {
  type CardPartyRow,
  type CardRow,
  countWrongTry,
  findCard,
  findCardByHash,
  findCardParty,
  insertCard,
  listCardsOf,
  noteUsed,
  revokeCardRow,
} from "./store.ts";

export type CardRefusal =
  | IssueRefusal
  | { readonly reason: "unknown_party" }
  /** Someone gave out or revoked a card after the page was opened. */
  | { readonly reason: "card_changed" }
  | { readonly reason: "no_card_in_force" };

/** What is printed is derived from what is stored and a secret: the code itself stands in no table. */
export const codeOfCard = (
  { keys, community }: Pick<Scene, "keys" | "community">,
  { partyId, cardNo, nonce }: Pick<CardRow, "partyId" | "cardNo" | "nonce">,
): string => keys.linkToken(["owner-card", community.id, partyId, String(cardNo), nonce]).slice(0, CODE_LENGTH);

// Keyed, because 60 bits behind a plain hash could be tried by who has the table and much time.
const hashOf = ({ keys, community }: Pick<Scene, "keys" | "community">, code: string): string =>
  keys.index(code, `owner-card:${community.id}`);

/** The address in the QR code of a card. */
export const cardAddress = (scene: Pick<Scene, "keys" | "community" | "origin">, card: CardRow): string =>
  `${scene.origin}/c/${scene.community.slug}/k/${codeOfCard(scene, card)}`;

/**
 * Gives an owner the card after card number `after` (0 for the first); the one in force ends in the same batch. The number is
 * the key: a repeat finds the card it made, and who had seen an older one is refused. Leaf `owner.card_issued`: whose, which, by whom.
 */
export async function issueCard(
  scene: StaffScene,
  partyId: string,
  after: number,
): Promise<Result<{ readonly cardNo: number }, CardRefusal>> {
  const [[party], [newest]] = await scene.db.read(findCardParty(scene, partyId), listCardsOf(scene, partyId));
  if (!party) return err({ reason: "unknown_party" });
  const may = mayIssueCard({
    owns: party.owns === 1,
    isPerson: party.kind === "natural",
    hasNumber: party.phoneHash !== null,
    hasCertificate: party.idTailHash !== null,
  });
  if (!may.ok) return may;
  const cardNo = after + 1;
  if ((newest?.cardNo ?? 0) !== after)
    return newest?.cardNo === cardNo && newest.revokedAt === null ? ok({ cardNo }) : err({ reason: "card_changed" });
  const nonce = base32(scene.random(16));
  const codeHash = hashOf(scene, codeOfCard(scene, { partyId: party.partyId, cardNo, nonce }));
  const by = scene.actor.personId;
  const issued = appendLeaf(scene, "owner.card_issued", { by, card: cardNo, party: partyId }, "roll");
  const replaced = newest?.revokedAt === null ? revoking(scene, { partyId, cardNo: after, why: "replaced" }) : [];
  const card = { partyId: party.partyId, cardNo, nonce, codeHash, by, leafHash: issued.leafHash };
  const written = await scene.db.write([...replaced, insertCard(scene, card), issued.statement]);
  if (written.ok) return ok({ cardNo });
  const { code } = written.error;
  if (code !== "card_changed_meanwhile" && code !== "card_not_in_force" && !code.startsWith("unique:"))
    throw new Error(`a card was refused: ${code}`);
  const [[twin]] = await scene.db.read(findCard(scene, partyId, cardNo));
  return twin?.revokedAt === null ? ok({ cardNo }) : err({ reason: "card_changed" });
}

const revoking = (
  scene: StaffScene,
  card: { readonly partyId: string; readonly cardNo: number; readonly why: RevokeReason },
) => {
  const by = scene.actor.personId;
  const { partyId: party, cardNo, why } = card;
  const leaf = appendLeaf(scene, "owner.card_revoked", { by, card: cardNo, party, why }, "roll");
  return [...revokeCardRow(scene, { ...card, by, leafHash: leaf.leafHash }), leaf.statement];
};

/** Ends a card, and with it every session it opened. A repeat is the same. Leaf `owner.card_revoked`, with the reason. */
export async function revokeCard(
  scene: StaffScene,
  card: { readonly partyId: string; readonly cardNo: number; readonly why: RevokeReason },
): Promise<Result<null, CardRefusal>> {
  const written = await scene.db.write(revoking(scene, card));
  if (written.ok) return ok(null);
  if (written.error.code !== "card_not_in_force" && written.error.code !== "card_revoked")
    throw new Error(`a card could not be revoked: ${written.error.code}`);
  const [[found]] = await scene.db.read(findCard(scene, card.partyId, card.cardNo));
  return found ? ok(null) : err({ reason: "no_card_in_force" });
}

/** A card as the desk shows and prints it, with its owner; null where there is none in force. */
export async function readCard(
  scene: StaffScene,
  partyId: string,
): Promise<{ readonly party: CardPartyRow; readonly cards: readonly CardRow[] } | null> {
  const [[party], cards] = await scene.db.read(findCardParty(scene, partyId), listCardsOf(scene, partyId));
  return party ? { party, cards } : null;
}

/** Which card a browser has shown. It is nobody's until the last four of the certificate fit. */
export interface ShownCard {
  readonly partyId: PartyId;
  readonly cardNo: number;
}

/**
 * Whose card a code is. Reads only. Unknown, revoked, of another community: one and the same answer, so that nobody learns
 * which codes there are.
 */
export async function openCard(scene: Scene, typed: string): Promise<ShownCard | null> {
  const code = readCardCode(typed);
  if (!code) return null;
  const [[card]] = await scene.db.read(findCardByHash(scene, hashOf(scene, code)));
  return card?.revokedAt === null ? { partyId: card.partyId, cardNo: card.cardNo } : null;
}

export type CardTryRefusal =
  | TriesRefusal
  | { readonly reason: "not_four" }
  | { readonly reason: "card_not_valid" }
  | { readonly reason: "wrong_last_four"; readonly left: number }
  | { readonly reason: "too_many_at_once" };

const MOST_ROUNDS = 4;

/**
 * Checks the last four of the certificate. A wrong answer is counted, a right one noted and the session opened, each in a batch
 * that insists on the counter it read: of any number of guesses sent at once, each is counted or refused, none is free.
 */
export async function identifyByCard(
  scene: Scene,
  { partyId, cardNo }: ShownCard,
  typed: string,
): Promise<Result<OpenedOwner, CardTryRefusal>> {
  const lastFour = readLastFour(typed);
  if (lastFour === null) return err({ reason: "not_four" });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [[card], [party], candidates] = await scene.db.read(
      findCard(scene, partyId, cardNo),
      findCardParty(scene, partyId),
      listCandidatesOf(scene, partyId),
    );
    if (!card || !party || card.revokedAt !== null) return err({ reason: "card_not_valid" });
    const may = mayTryAgain(card, scene.now);
    if (!may.ok) return may;
    const fits = fitsCertificate(scene, party, lastFour);
    const { opened, statements } = opening(scene, candidates, { way: "card", cardNo });
    const written = await scene.db.write(fits ? [...noteUsed(scene, card), ...statements] : countWrongTry(scene, card));
    if (written.ok)
      return fits ? ok(opened) : err({ reason: "wrong_last_four", left: triesLeft(card.failedAttempts + 1) });
    // The session's id is new: that it exists means that this very batch went through and its answer was lost.
    if (written.error.code === "session_exists") return ok(opened);
    if (written.error.code === "card_revoked") return err({ reason: "card_not_valid" });
    if (written.error.code !== "attempts_moved") throw new Error(`a card's check was refused: ${written.error.code}`);
  }
  return err({ reason: "too_many_at_once" });
}

/** Where a card stands before the last four are asked for: null when they may be tried. */
export async function cardStanding(scene: Scene, { partyId, cardNo }: ShownCard): Promise<CardTryRefusal | null> {
  const [[card]] = await scene.db.read(findCard(scene, partyId, cardNo));
  if (!card || card.revokedAt !== null) return { reason: "card_not_valid" };
  const may = mayTryAgain(card, scene.now);
  return may.ok ? null : may.error;
}
