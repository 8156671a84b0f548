/** A code of six digits sent to a number: asking for it, trying it, and being locked out. Whom a number belongs to and what a right code opens is the door's. */
import { readMobile } from "../../../community/identity/rules.ts";
import type { Instant } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { queueMessage } from "../../../platform/outbox/store.ts";
import type { Scene } from "../../../platform/scene.ts";
import { sameText } from "../../../platform/session.ts";
import { phoneHashOf } from "../../people/store.ts";
import {
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_PHONE,
  codeOf,
  isCodeOver,
  type Limit,
  mayAsk,
  mayTry,
  readCode,
  type SignInRefusal,
  WRONG_PER_COMMUNITY,
  WRONG_PER_PHONE,
} from "../rules.ts";
import {
  assertRoom,
  type ChallengeRow,
  DOOR_LETTER,
  type DoorName,
  findChallenge,
  insertAttempt,
  insertChallenge,
  listCounted,
} from "./store.ts";

/**
 * One way in by a code. Office-holders, owners and bidders have a door each: a code asked for at one is of no use at the other, and who is
 * locked out of one is not locked out of the other.
 */
export interface Door<Opened> {
  readonly name: DoorName;
  readonly messageKind: string;
  readonly codesPerCommunity: Limit;
  /** Whom the number belongs to now: `holder` is kept with the code, `to` is who the message goes to. No row for nobody. */
  readonly findHolder: (scene: Scene, phone: string) => Query<{ readonly holder: string; readonly to: string }[]>;
  /**
   * Of a door that is open to numbers it does not know yet: whom to keep a new one as, and the statements that do so, for the batch of
   * the code. Without it a number that is nobody's never has a right code.
   */
  readonly admit?: (
    scene: Scene,
    phone: string,
  ) => Promise<{ readonly holder: string; readonly to: string; readonly statements: readonly Query[] }>;
  /** What a code has opened already, so that a repeat of the right code is the same; null when nothing, or when it has ended. */
  readonly findOpened: (scene: Scene, challengeId: string) => Promise<{ readonly live: Opened | null } | null>;
  /** The statements of what a right code opens, for the batch that counts the try. */
  readonly open: (
    scene: Scene,
    challenge: ChallengeRow,
  ) => Promise<{ readonly statements: readonly Query[]; readonly opened: Opened }>;
}

type AnyDoor = Pick<Door<unknown>, "name">;

/** The code of a challenge, derived with a secret: nothing in the database, not even a hash, tells it. */
export const codeAt = (
  { name }: AnyDoor,
  { keys, community }: Pick<Scene, "keys" | "community">,
  challengeId: string,
): string => codeOf(keys.index(challengeId, `${name}-code:${community.id}`));

const instants = (rows: readonly { at: Instant }[]): Instant[] => rows.map(({ at }) => at);

/** Hex, and for owners and bidders with a letter in front that hex has not: doors are told apart by it when tries are counted. */
const challengeIdOf = ({ name }: AnyDoor, { keys, community }: Scene, onceKey: string, phone: string): string => {
  const hex = keys.index(`${onceKey}\0${phone}`, `${name}-challenge:${community.id}`);
  return `${DOOR_LETTER[name]}${hex}`.slice(0, 32);
};

/**
 * Asks for a code for a number. What comes back, and what is written, is the same whether or not the number is known at this
 * door: only the message differs. A repeat of the same form (`onceKey`) is the same code and the same message.
 */
export async function askAt<O>(
  door: Door<O>,
  scene: Scene,
  typed: string,
  onceKey: string,
): Promise<Result<{ readonly challengeId: string }, SignInRefusal>> {
  const phone = readMobile(typed);
  if (!phone) return err({ reason: "phone_unreadable" });
  const phoneHash = phoneHashOf(scene, phone);
  const challengeId = challengeIdOf(door, scene, onceKey, phone);
  const { name, codesPerCommunity } = door;
  const [holders, asked, wrongOfPhone, wrongOfCommunity, askedOfPhone, askedOfCommunity] = await scene.db.read(
    door.findHolder(scene, phone),
    findChallenge(scene, challengeId),
    listCounted(scene, name, "wrong", { phoneHash }, WRONG_PER_PHONE),
    listCounted(scene, name, "wrong", "community", WRONG_PER_COMMUNITY),
    listCounted(scene, name, "asked", { phoneHash }, CODES_PER_PHONE),
    listCounted(scene, name, "asked", "community", codesPerCommunity),
  );
  if (asked.length > 0) return ok({ challengeId });
  const counted = {
    wrongOfPhone: instants(wrongOfPhone),
    wrongOfCommunity: instants(wrongOfCommunity),
    askedOfPhone: instants(askedOfPhone),
    askedOfCommunity: instants(askedOfCommunity),
  };
  const may = mayAsk(counted, scene.now, codesPerCommunity);
  if (!may.ok) return may;
  const known = holders[0] && { ...holders[0], statements: [] };
  const found = known ?? (await door.admit?.(scene, phone));
  const expiresAt = scene.now + CODE_LIFE_MS;
  const written = await scene.db.write([
    assertRoom(scene, name, "asked", { phoneHash }, CODES_PER_PHONE, "too_many_codes"),
    assertRoom(scene, name, "asked", "community", codesPerCommunity, "too_many_codes"),
    ...(found?.statements ?? []),
    insertChallenge(scene, { challengeId, phoneHash, holder: found?.holder ?? "", expiresAt }),
    ...(found
      ? [
          queueMessage(scene, {
            kind: door.messageKind,
            to: found.to,
            params: { challenge: challengeId },
            dedupeKey: `${door.messageKind}:${challengeId}`,
            expiresAt,
          }),
        ]
      : []),
  ]);
  if (written.ok || written.error.code === "asked_already") return ok({ challengeId });
  if (written.error.code === "too_many_codes")
    return err({ reason: "too_many_codes", until: scene.now + CODES_PER_PHONE.withinMs });
  throw new Error(`asking for a code refused: ${written.error.code}`);
}

/**
 * Tries a code. It is counted before it is believed, in the batch that opens what it opens; a right code repeated by the same
 * browser gives the same while that lives. A number that is nobody's never has a right code.
 */
export async function tryAt<O>(
  door: Door<O>,
  scene: Scene,
  challengeId: string,
  typed: string,
): Promise<Result<O, SignInRefusal>> {
  const code = readCode(typed);
  if (!code) return err({ reason: "code_unreadable" });
  const [challenges] = await scene.db.read(findChallenge(scene, challengeId));
  const challenge = challenges[0];
  if (!challenge) return err({ reason: "code_over" });
  const correct = challenge.holder !== "" && sameText(code, codeAt(door, scene, challengeId));
  const before = await door.findOpened(scene, challengeId);
  if (before) {
    const live = scene.now < challenge.expiresAt ? before.live : null;
    return correct && live ? ok(live) : err({ reason: "code_over" });
  }
  const locked = await lockOf(door, scene, challenge);
  if (locked) return err(locked);
  if (isCodeOver(challenge, scene.now)) return err({ reason: "code_over" });
  const opening = correct ? await door.open(scene, challenge) : null;
  const written = await scene.db.write([
    ...insertAttempt(scene, door.name, challenge, correct, { phone: WRONG_PER_PHONE, community: WRONG_PER_COMMUNITY }),
    ...(opening?.statements ?? []),
  ]);
  if (written.ok) {
    if (opening) return ok(opening.opened);
    return err({ reason: "code_wrong", triesLeft: Math.max(CODE_TRIES - challenge.tries - 1, 0) });
  }
  switch (written.error.code) {
    case "locked_out":
      return err((await lockOf(door, scene, challenge)) ?? { reason: "code_over" });
    case "code_used": {
      // Used up by others meanwhile, or opened by the twin of this very request: the second reading tells.
      const twin = await door.findOpened(scene, challengeId);
      return twin?.live && correct ? ok(twin.live) : err({ reason: "code_over" });
    }
    default:
      throw new Error(`trying a code refused: ${written.error.code}`);
  }
}

async function lockOf(
  { name }: AnyDoor,
  scene: Scene,
  { phoneHash }: ChallengeRow,
): Promise<Extract<SignInRefusal, { reason: "locked_out" }> | null> {
  const [ofPhone, ofCommunity] = await scene.db.read(
    listCounted(scene, name, "wrong", { phoneHash }, WRONG_PER_PHONE),
    listCounted(scene, name, "wrong", "community", WRONG_PER_COMMUNITY),
  );
  const may = mayTry({ wrongOfPhone: instants(ofPhone), wrongOfCommunity: instants(ofCommunity) }, scene.now);
  return !may.ok && may.error.reason === "locked_out" ? may.error : null;
}
