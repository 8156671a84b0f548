/** The cookie a link is exchanged for: which voter's ballot this browser may look at, and whether it has shown who it is. Not the check itself. */
import type { MeetingId } from "../../kernel/id.ts";
import type { AppContext } from "../../platform/context.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../platform/session.ts";

/** By which last four the voter was recognised. */
export type Factor = "phone" | "certificate";

export interface VoterSession {
  readonly meetingId: MeetingId;
  readonly voterNo: number;
  /** Of the link it came from: when that is revoked, so is this. */
  readonly generation: number;
  /** Null until the second factor was right. */
  readonly factor: Factor | null;
}

const COOKIE = "ch_voter";
/** After this the last four are asked for again: telephones are lent, and shown around. */
export const SESSION_SECONDS = 2 * 3600;

export async function writeVoter(c: AppContext, session: VoterSession): Promise<void> {
  const { scene, now } = c.var;
  const { meetingId, voterNo, generation, factor } = session;
  const claims = { c: scene.community.id, m: meetingId, v: voterNo, g: generation, f: factor ?? "" };
  writeCookie(c, COOKIE, await signToken(c.env, "voter", claims, now, SESSION_SECONDS), SESSION_SECONDS);
}

/** The voter of this browser in this community; null for another community's cookie, an expired or a forged one. */
export async function readVoter(c: AppContext): Promise<VoterSession | null> {
  const { scene, now } = c.var;
  const claims = await readToken(c.env, "voter", readCookie(c, COOKIE), now);
  if (!claims || claims.c !== scene.community.id) return null;
  const { m, v, g, f } = claims;
  if (typeof m !== "string" || typeof v !== "number" || typeof g !== "number") return null;
  const factor = f === "phone" || f === "certificate" ? f : null;
  return { meetingId: m as MeetingId, voterNo: v, generation: g, factor };
}

export const forgetVoter = (c: AppContext): void => clearCookie(c, COOKIE);
