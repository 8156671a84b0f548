/** Ending a meeting before its course is run: withdrawn by who called it, or annulled by the authority. */
import type { MeetingId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { authorOf, recordEvent } from "./acting.ts";
import { factsOf } from "./reading.ts";
import { type MoveRefusal, mayAnnul, mayWithdraw } from "./rules.ts";
import { findMeeting, type MeetingRow, updateMeeting } from "./store.ts";

export type EndRefusal =
  | MoveRefusal
  | { readonly reason: "unknown_meeting" }
  | { readonly reason: "meeting_stale" }
  /** An annulment without the document that orders it would be anybody's word (REG 19). */
  | { readonly reason: "document_missing" };

type Ending = Result<{ readonly state: "withdrawn" | "annulled" }, EndRefusal>;

/** Withdraws a draft quietly, or a meeting whose notice is given publicly and with its reason. Twice is once. */
export async function withdraw(scene: StaffScene, meetingId: MeetingId, why: string): Promise<Ending> {
  const row = await read(scene, meetingId);
  if (!row) return err({ reason: "unknown_meeting" });
  if (row.state === "withdrawn") return ok({ state: "withdrawn" });
  const may = mayWithdraw(factsOf(row), why, scene.now);
  if (!may.ok) return may;
  const event = recordEvent(scene, meetingId, "withdrawn", { why: why.trim() }, authorOf(scene));
  return end(scene, row, "withdrawn", why, event.statements);
}

/** Annuls by order of the street office or department, which says so and why (REG 19; A12). */
export async function annul(
  scene: StaffScene,
  meetingId: MeetingId,
  order: { readonly authority: string; readonly document: string; readonly why: string },
): Promise<Ending> {
  const row = await read(scene, meetingId);
  if (!row || row.edition === 0) return err({ reason: "unknown_meeting" });
  if (row.state === "annulled") return ok({ state: "annulled" });
  const may = mayAnnul(factsOf(row), order.why);
  if (!may.ok) return may;
  const [authority, document, why] = [order.authority.trim(), order.document.trim(), order.why.trim()];
  if (authority === "" || document === "") return err({ reason: "document_missing" });
  const event = recordEvent(scene, meetingId, "annulled", { authority, document, why }, authorOf(scene));
  return end(scene, row, "annulled", why, event.statements);
}

async function read(scene: StaffScene, meetingId: MeetingId): Promise<MeetingRow | undefined> {
  const [rows] = await scene.db.read(findMeeting(scene, meetingId));
  return rows[0];
}

async function end(
  scene: StaffScene,
  row: MeetingRow,
  state: "withdrawn" | "annulled",
  why: string,
  also: readonly Query[],
): Promise<Ending> {
  const meetingId = row.meetingId as MeetingId;
  const set = sql`state = ${state}, ended_at = ${scene.now}, ended_why = ${why.trim()}`;
  const written = await scene.db.write([...updateMeeting(scene, meetingId, row.version, set), ...also]);
  if (written.ok) return ok({ state });
  const again = await read(scene, meetingId);
  return again?.state === state ? ok({ state }) : err({ reason: "meeting_stale" });
}
