/** The cookie a member's link is exchanged for: which seat of which panel this browser speaks for. It dies with the link, and with the seat. */
import type { AppContext } from "../../../platform/context.ts";
import { clearCookie, readCookie, readToken, signToken, writeCookie } from "../../../platform/session.ts";
import { listMembers, type MemberActor, type MemberRow, sits } from "./store.ts";

const COOKIE = "ch_panel";
/** After this the link is opened again: telephones are lent. */
const SESSION_SECONDS = 4 * 3600;

export interface PanelSession extends MemberActor {
  /** The tender's number, for addresses. */
  readonly number: number;
  readonly generation: number;
}

export async function writePanelCookie(c: AppContext, session: PanelSession): Promise<void> {
  const { scene, now } = c.var;
  const { tenderId, memberNo, number, generation } = session;
  const claims = { c: scene.community.id, d: tenderId, m: memberNo, n: number, g: generation };
  writeCookie(c, COOKIE, await signToken(c.env, "tender-panel", claims, now, SESSION_SECONDS), SESSION_SECONDS);
}
export const forgetPanel = (c: AppContext): void => clearCookie(c, COOKIE);

async function readPanelCookie(c: AppContext): Promise<PanelSession | null> {
  const { scene, now } = c.var;
  const claims = await readToken(c.env, "tender-panel", readCookie(c, COOKIE), now);
  if (!claims || claims.c !== scene.community.id) return null;
  const { d, m, n, g } = claims;
  if (typeof d !== "string" || typeof m !== "number" || typeof n !== "number" || typeof g !== "number") return null;
  return { tenderId: d, memberNo: m, number: n, generation: g };
}

/** The member this browser speaks for; null for strangers, a link that a newer one ended, and whoever left the panel. */
export async function findPanelMember(
  c: AppContext,
): Promise<{ readonly session: PanelSession; readonly row: MemberRow } | null> {
  const session = await readPanelCookie(c);
  if (!session) return null;
  const { scene } = c.var;
  const [rows] = await scene.db.read(listMembers(scene, session.tenderId));
  const row = rows.find(({ memberNo }) => memberNo === session.memberNo);
  return row && sits(row) && row.generation === session.generation ? { session, row } : null;
}
