/** Owners' sessions: opened by a code to the number on the roll, by a card, by the link of a meeting; ended. Load, ask the rules, write. No HTTP. */
import { rollPhoneHash } from "../../community/privacy/actions.ts";
import type { Instant } from "../../kernel/day.ts";
import { newId, type PartyId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { askAt, codeAt, type Door, tryAt } from "../../offices/signin/codes/actions.ts";
import { OWNERS_CODES_PER_COMMUNITY, SESSION_LIFE_MS, type SignInRefusal } from "../../offices/signin/rules.ts";
import type { OwnerActor } from "../../platform/access.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { standingsOf } from "../rules.ts";
import type { SessionWay } from "../schema.ts";
import {
  type Candidate,
  endSession,
  endSessionsOf,
  findPartyOfNumber,
  insertSession,
  listCandidatesByNumber,
  listCandidatesOf,
  listOpenedBy,
} from "../store.ts";

/** What sends an owner's code. */
export const OWNER_CODE = "owner.sign-in-code";

/** A meeting's link is a weaker proof than a code, and its own pages are open for as long. */
const LINK_SESSION_MS = 2 * 3_600_000;

/** A session that has just been opened, and whom it may act for: one owner, or several among whom one is chosen. */
export interface OpenedOwner {
  readonly sessionId: string;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
  readonly partyIds: readonly PartyId[];
}

interface Proof {
  readonly way: SessionWay;
  readonly challengeId?: string;
  readonly phoneHash?: string;
  readonly cardNo?: number;
}

/** A session for whom these candidates say; its statements go into the batch of what proved it. */
export function opening(
  scene: Scene,
  candidates: readonly Candidate[],
  { way, challengeId = "", phoneHash = "", cardNo = 0 }: Proof,
): { readonly opened: OpenedOwner; readonly statements: readonly Query[] } {
  const standings = standingsOf(candidates).map(({ partyId, provedBy }) => ({ partyId, provedBy }));
  const sessionId = newId<string>(scene.random);
  const beganAt = scene.now;
  const endsAt = beganAt + (way === "link" ? LINK_SESSION_MS : SESSION_LIFE_MS);
  return {
    opened: { sessionId, beganAt, endsAt, partyIds: standings.map(({ partyId }) => partyId) },
    statements: insertSession(scene, { sessionId, way, challengeId, phoneHash, cardNo, beganAt, endsAt }, standings),
  };
}

/** The door of those whose number stands on the roll. */
const OWNER: Door<OpenedOwner> = {
  name: "owner",
  messageKind: OWNER_CODE,
  codesPerCommunity: OWNERS_CODES_PER_COMMUNITY,
  findHolder: (scene, phone) => findPartyOfNumber(scene, rollPhoneHash(scene, phone)),
  findOpened: async (scene, challengeId) => {
    const [rows] = await scene.db.read(listOpenedBy(scene, challengeId));
    const [first] = rows;
    if (!first) return null;
    const { sessionId, beganAt, endsAt, ended } = first;
    const opened = { sessionId, beganAt, endsAt, partyIds: rows.map(({ partyId }) => partyId) };
    return { live: ended === 0 && scene.now < endsAt ? opened : null };
  },
  open: async (scene, { challengeId, holder }) => {
    const [candidates] = await scene.db.read(listCandidatesByNumber(scene, holder));
    return opening(scene, candidates, { way: "code", challengeId, phoneHash: holder });
  },
};

/** The code of an owner's challenge. */
export const codeOfOwner = (scene: Pick<Scene, "keys" | "community">, challengeId: string): string =>
  codeAt(OWNER, scene, challengeId);

/** Asks for a code for a number on the roll; answers the same for a number that is not on it. See `askAt`. */
export const askForOwnerCode = (scene: Scene, typed: string, onceKey: string) => askAt(OWNER, scene, typed, onceKey);

/** Tries a code; a right one opens a session for everyone whose number it is, and their wards. See `tryAt`. */
export const tryOwnerCode = (
  scene: Scene,
  challengeId: string,
  typed: string,
): Promise<Result<OpenedOwner, SignInRefusal>> => tryAt(OWNER, scene, challengeId, typed);

/**
 * Opens a session for a party who was recognised elsewhere: by the link of a meeting and the last four, or in the demo. Null when
 * the roll knows no such party.
 */
export async function openOwnerSession(
  scene: Scene,
  partyId: PartyId,
  way: "link" | "demo",
): Promise<OpenedOwner | null> {
  const [candidates] = await scene.db.read(listCandidatesOf(scene, partyId));
  if (candidates.length === 0) return null;
  const { opened, statements } = opening(scene, candidates, { way });
  const written = await scene.db.write(statements);
  // Its id is new: that it exists means that this very batch went through and its answer was lost.
  if (!written.ok && written.error.code !== "session_exists")
    throw new Error(`an owner's session was refused: ${written.error.code}`);
  return opened;
}

export const signOutOwner = async (scene: Scene, owner: OwnerActor): Promise<void> => {
  await scene.db.write([endSession(scene, owner.sessionId)]);
};

/** Ends every session of this owner: after a telephone was lost, or lent. */
export const signOutOwnerEverywhere = async (scene: Scene, owner: OwnerActor): Promise<void> => {
  await scene.db.write([endSessionsOf(scene, owner.partyId)]);
};
