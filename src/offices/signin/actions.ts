/** Office-holders' sessions: opened by a code, listed, ended. Load, ask the rules, write. No HTTP, no cookie; codes are codes/actions.ts. */

import type { Instant } from "../../kernel/day.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { openName, phoneHashOf } from "../people/store.ts";
import { askAt, codeAt, type Door, tryAt } from "./codes/actions.ts";
import { CODES_PER_COMMUNITY, SESSION_LIFE_MS, type SignInRefusal } from "./rules.ts";
import {
  endSession,
  endSessionsOf,
  findOfficeHolder,
  findSessionOfChallenge,
  insertSession,
  listLiveSessions,
} from "./store.ts";

export interface OpenedSession {
  readonly sessionId: string;
  readonly personId: PersonId;
  readonly beganAt: Instant;
}

/** The door of those who hold an office now. */
const STAFF: Door<OpenedSession> = {
  name: "sign-in",
  messageKind: "sign-in.code",
  codesPerCommunity: CODES_PER_COMMUNITY,
  findHolder: (scene, phone) => findOfficeHolder(scene, phoneHashOf(scene, phone)),
  findOpened: async (scene, challengeId) => {
    const [[session]] = await scene.db.read(findSessionOfChallenge(scene, challengeId));
    if (!session) return null;
    const { sessionId, personId, beganAt } = session;
    return { live: session.ended === 0 && scene.now < session.endsAt ? { sessionId, personId, beganAt } : null };
  },
  open: async (scene, { challengeId, holder }) => {
    const opened = { sessionId: newId<string>(scene.random), personId: holder as PersonId, beganAt: scene.now };
    const endsAt = scene.now + SESSION_LIFE_MS;
    return { opened, statements: [insertSession(scene, { ...opened, challengeId, endsAt })] };
  },
};

/** The code of an office-holder's challenge. */
export const codeOfChallenge = (scene: Pick<Scene, "keys" | "community">, challengeId: string): string =>
  codeAt(STAFF, scene, challengeId);

/** Asks for a code for an office-holder's number; see `askAt`. */
export const askForCode = (scene: Scene, typed: string, onceKey: string) => askAt(STAFF, scene, typed, onceKey);

/** Tries a code; a right one opens a session. See `tryAt`. */
export const tryCode = (
  scene: Scene,
  challengeId: string,
  typed: string,
): Promise<Result<OpenedSession, SignInRefusal>> => tryAt(STAFF, scene, challengeId, typed);

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
