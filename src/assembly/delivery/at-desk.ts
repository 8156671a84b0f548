/** The meeting in the address of a desk page: one whose notice is given, by its number. Not who may see it. */
import type { MeetingId } from "../../kernel/id.ts";
import type { AppContext } from "../../platform/context.ts";
import { readNumber } from "../meeting/addresses.ts";
import { byNumber, findMeeting, type MeetingRow } from "../meeting/store.ts";

/** Where a meeting's desk begins in a route; the number is read by `deskMeeting`. */
export const AT = "/desk/meetings/:number";

export interface DeskMeeting extends MeetingRow {
  readonly id: MeetingId;
  readonly snapshot: string;
}

/** Null for a number nobody has and for a draft: there is nobody to bring anything to yet. */
export async function deskMeeting(c: AppContext): Promise<DeskMeeting | null> {
  const { scene } = c.var;
  const number = readNumber(c.req.param("number"));
  if (number === null) return null;
  const [[row]] = await scene.db.read(findMeeting(scene, byNumber(scene, number)));
  if (!row || row.edition === 0 || row.snapshotId === null) return null;
  return { ...row, id: row.meetingId as MeetingId, snapshot: row.snapshotId };
}

/** The voter number in an address; null for anything that is not one. */
export const readVoterNo = (text: string | undefined): number | null =>
  text !== undefined && /^(?:0|[1-9]\d{0,6})$/.test(text) ? Number(text) : null;
