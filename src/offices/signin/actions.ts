/** Asking for a code, trying it, opening and ending sessions: load, ask the rules, write. No HTTP, no cookie. */

import { readMobile } from "../../community/identity/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { queueMessage } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { sameText } from "../../platform/session.ts";
import { openName, phoneHashOf } from "../people/store.ts";
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
  SESSION_LIFE_MS,
  type SignInRefusal,
  WRONG_PER_COMMUNITY,
  WRONG_PER_PHONE,
} from "./rules.ts";
import {
  assertRoom,
  type ChallengeRow,
  endSession,
  endSessionsOf,
  findChallenge,
  findOfficeHolder,
  findSessionOfChallenge,
  insertAttempt,
  insertChallenge,
  insertSession,
  listCounted,
  listLiveSessions,
} from "./store.ts";

/** The code of a challenge, derived with a secret: nothing in the database, not even a hash, tells it. */
export const codeOfChallenge = (scene: Pick<Scene, "keys" | "community">, challengeId: string): string =>
  codeOf(scene.keys.index(challengeId, `sign-in-code:${scene.community.id}`));

const instants = (rows: readonly { at: Instant }[]): Instant[] => rows.map(({ at }) => at);

/**
 * Asks for a code for a number. What comes back, and what is written, is the same whether or not the number is an office-holder's:
 * only the message differs. A repeat of the same form (`onceKey`) is the same code and the same message.
 */
export async function askForCode(
  scene: Scene,
  typed: string,
  onceKey: string,
): Promise<Result<{ readonly challengeId: string }, SignInRefusal>> {
  const phone = readMobile(typed);
  if (!phone) return err({ reason: "phone_unreadable" });
  const phoneHash = phoneHashOf(scene, phone);
  const challengeId = scene.keys.index(`${onceKey}\0${phone}`, `sign-in-challenge:${scene.community.id}`).slice(0, 32);
  const [holders, asked, wrongOfPhone, wrongOfCommunity, askedOfPhone, askedOfCommunity] = await scene.db.read(
    findOfficeHolder(scene, phoneHash),
    findChallenge(scene, challengeId),
    listCounted(scene, "wrong", { phoneHash }, WRONG_PER_PHONE),
    listCounted(scene, "wrong", "community", WRONG_PER_COMMUNITY),
    listCounted(scene, "asked", { phoneHash }, CODES_PER_PHONE),
    listCounted(scene, "asked", "community", CODES_PER_COMMUNITY),
  );
  if (asked.length > 0) return ok({ challengeId });
  const counted = {
    wrongOfPhone: instants(wrongOfPhone),
    wrongOfCommunity: instants(wrongOfCommunity),
    askedOfPhone: instants(askedOfPhone),
    askedOfCommunity: instants(askedOfCommunity),
  };
  const may = mayAsk(counted, scene.now);
  if (!may.ok) return may;
  const personId = holders[0]?.personId ?? "";
  const expiresAt = scene.now + CODE_LIFE_MS;
  const written = await scene.db.write([
    assertRoom(scene, "asked", { phoneHash }, CODES_PER_PHONE, "too_many_codes"),
    assertRoom(scene, "asked", "community", CODES_PER_COMMUNITY, "too_many_codes"),
    insertChallenge(scene, { challengeId, phoneHash, personId, expiresAt }),
    ...(personId === ""
      ? []
      : [
          queueMessage(scene, {
            kind: "sign-in.code",
            to: personId,
            params: { challenge: challengeId },
            dedupeKey: `sign-in.code:${challengeId}`,
            expiresAt,
          }),
        ]),
  ]);
  if (written.ok || written.error.code === "asked_already") return ok({ challengeId });
  if (written.error.code === "too_many_codes")
    return err({ reason: "too_many_codes", until: scene.now + CODES_PER_PHONE.withinMs });
  throw new Error(`asking for a code refused: ${written.error.code}`);
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly personId: PersonId;
  readonly beganAt: Instant;
}

/**
 * Tries a code. It is counted before it is believed, in the batch that opens the session; a right code repeated by the same
 * browser gives the same session while that lives. A number that is nobody's never has a right code.
 */
export async function tryCode(
  scene: Scene,
  challengeId: string,
  typed: string,
): Promise<Result<OpenedSession, SignInRefusal>> {
  const code = readCode(typed);
  if (!code) return err({ reason: "code_unreadable" });
  const [challenges, sessions] = await scene.db.read(
    findChallenge(scene, challengeId),
    findSessionOfChallenge(scene, challengeId),
  );
  const challenge = challenges[0];
  if (!challenge) return err({ reason: "code_over" });
  const correct = challenge.personId !== "" && sameText(code, codeOfChallenge(scene, challengeId));
  const opened = sessions[0];
  if (opened) {
    const { sessionId, personId, beganAt } = opened;
    const isLive = opened.ended === 0 && scene.now < Math.min(opened.endsAt, challenge.expiresAt);
    return correct && isLive ? ok({ sessionId, personId, beganAt }) : err({ reason: "code_over" });
  }
  const locked = await lockOf(scene, challenge);
  if (locked) return err(locked);
  if (isCodeOver(challenge, scene.now)) return err({ reason: "code_over" });
  const session = { sessionId: newId<string>(scene.random), beganAt: scene.now };
  const written = await scene.db.write([
    ...insertAttempt(scene, challenge, correct, { phone: WRONG_PER_PHONE, community: WRONG_PER_COMMUNITY }),
    ...(correct && challenge.personId !== ""
      ? [
          insertSession(scene, {
            ...session,
            personId: challenge.personId,
            challengeId,
            endsAt: scene.now + SESSION_LIFE_MS,
          }),
        ]
      : []),
  ]);
  if (written.ok) {
    if (correct && challenge.personId !== "") return ok({ ...session, personId: challenge.personId });
    return err({ reason: "code_wrong", triesLeft: Math.max(CODE_TRIES - challenge.tries - 1, 0) });
  }
  switch (written.error.code) {
    case "locked_out":
      return err((await lockOf(scene, challenge)) ?? { reason: "code_over" });
    case "code_used": {
      // Used up by others meanwhile, or opened by the twin of this very request: the second reading tells.
      const [twin] = await scene.db.read(findSessionOfChallenge(scene, challengeId));
      return twin[0] && correct ? tryCode(scene, challengeId, typed) : err({ reason: "code_over" });
    }
    default:
      throw new Error(`trying a code refused: ${written.error.code}`);
  }
}

async function lockOf(
  scene: Scene,
  { phoneHash }: ChallengeRow,
): Promise<Extract<SignInRefusal, { reason: "locked_out" }> | null> {
  const [ofPhone, ofCommunity] = await scene.db.read(
    listCounted(scene, "wrong", { phoneHash }, WRONG_PER_PHONE),
    listCounted(scene, "wrong", "community", WRONG_PER_COMMUNITY),
  );
  const may = mayTry({ wrongOfPhone: instants(ofPhone), wrongOfCommunity: instants(ofCommunity) }, scene.now);
  return !may.ok && may.error.reason === "locked_out" ? may.error : null;
}

/** Opens a session without a code. For the demo's role links and for tests only: no route of a deployment leads here. */
export async function openSession(scene: Scene, personId: PersonId): Promise<OpenedSession> {
  const session = { sessionId: newId<string>(scene.random), personId, beganAt: scene.now };
  const written = await scene.db.write([
    insertSession(scene, { ...session, challengeId: "", endsAt: scene.now + SESSION_LIFE_MS }),
  ]);
  if (!written.ok) throw new Error(`session refused: ${written.error.code}`);
  return session;
}

export const signOut = async (scene: StaffScene): Promise<void> => {
  await scene.db.write([endSession(scene, scene.actor.sessionId, scene.actor.personId, "signed_out")]);
};

export const signOutEverywhere = async (scene: StaffScene): Promise<void> => {
  const { personId } = scene.actor;
  await scene.db.write([endSessionsOf(scene, personId, personId, "signed_out_everywhere")]);
};

export interface ShownSession extends OpenedSession {
  readonly name: string;
  readonly endsAt: Instant;
  readonly isOwn: boolean;
}

const MOST_SESSIONS = 200;

/** Live sessions: one's own, and everyone's for who manages offices. */
export async function listSessions(scene: StaffScene): Promise<ShownSession[]> {
  const [rows] = await scene.db.read(listLiveSessions(scene, MOST_SESSIONS));
  const all = scene.actor.permissions.has("offices.manage");
  return Promise.all(
    rows
      .filter(({ personId }) => all || personId === scene.actor.personId)
      .map(async (row) => ({
        sessionId: row.sessionId,
        personId: row.personId,
        beganAt: row.beganAt,
        endsAt: row.endsAt,
        name: await openName(scene, row),
        isOwn: row.personId === scene.actor.personId,
      })),
  );
}

/** Ends a session: one's own, or anyone's for who manages offices. Refused where the actor may not see it; a repeat does nothing. */
export async function revokeSession(
  scene: StaffScene,
  sessionId: string,
): Promise<Result<null, { readonly reason: "unknown_session" }>> {
  const sessions = await listSessions(scene);
  const session = sessions.find((live) => live.sessionId === sessionId);
  if (!session) return err({ reason: "unknown_session" });
  await scene.db.write([endSession(scene, sessionId, scene.actor.personId, session.isOwn ? "signed_out" : "revoked")]);
  return ok(null);
}
