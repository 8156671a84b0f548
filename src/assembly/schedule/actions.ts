/** What time does to meetings: opens, closes, reminds, makes final, and finishes what a crash left half done. Called by cron and by the demo's clock. */
import { countOpenObjections } from "../../community/snapshot/store.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { assertFrom, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { askOpening } from "../agenda/origins.ts";
import { finishCount } from "../counting/actions.ts";
import { CLOCK, recordEvent } from "../meeting/acting.ts";
import type { EventFacts } from "../meeting/events.ts";
import { factsOf, readItem } from "../meeting/reading.ts";
import { mayClose, mayFinalise, mayOpen } from "../meeting/rules.ts";
import { findMeeting, listItems, listMeetings, type MeetingRow, updateMeeting } from "../meeting/store.ts";
import { countOpenTickets } from "../results/store.ts";
import { queueReminders } from "./messages.ts";
import { type DueStep, dueSteps } from "./rules.ts";

/** What one run did, for the demo's page and the tests. */
export interface DueReport {
  readonly meetingId: string;
  readonly step: DueStep["step"] | "finish_count";
}

const MOST_LIVE = 200; // meetings of one community that are neither final nor ended; a bound, not an expectation
const MOST_STEPS = 6; // open, remind, close, count … one after the other when the clock has jumped

/**
 * Does everything that is due in one community at `scene.now`. Each step is a batch of its own, guarded in the write by
 * version and time, so that two runs at once, or a run repeated after a crash, do it once. What waits for people
 * (an objection to the roll, an unanswered ticket) stays due and is tried again by the next run.
 */
export async function runDue(scene: Scene): Promise<DueReport[]> {
  const [rows] = await scene.db.read(
    listMeetings(scene, ["notice", "open", "closed", "published"], { limit: MOST_LIVE, offset: 0 }),
  );
  const done: DueReport[] = [];
  for (const row of rows) {
    let current: MeetingRow | undefined = row;
    for (let step = 0; current && step < MOST_STEPS; step += 1) {
      const did: DueReport["step"] | null = await nextStep(scene, current);
      if (!did) break;
      done.push({ meetingId: row.meetingId, step: did });
      [[current]] = await scene.db.read(findMeeting(scene, row.meetingId as MeetingId));
    }
  }
  return done;
}

/** Does the next due step of a meeting; null when none is due, or it cannot be done yet. */
async function nextStep(scene: Scene, row: MeetingRow): Promise<DueReport["step"] | null> {
  const meetingId = row.meetingId as MeetingId;
  // The door was shut for the count and the count never came: whoever shut it has crashed.
  if (row.state === "closed" && row.countedAt !== null) {
    const finished = await finishCount(scene, meetingId);
    return finished.ok ? "finish_count" : null;
  }
  const [due] = dueSteps(factsOf(row), scene.now);
  if (!due) return null;
  switch (due.step) {
    case "open":
      return (await open(scene, row)) ? "open" : null;
    case "close":
      return (await close(scene, row)) ? "close" : null;
    case "remind":
      return (await remind(scene, row, due.daysBefore)) ? "remind" : null;
    case "finalise":
      return (await finalise(scene, row)) ? "finalise" : null;
  }
}

/** Writes a step under its guard; false when another run was faster or the guard said no. */
async function move<K extends keyof EventFacts>(
  scene: Scene,
  row: MeetingRow,
  step: { readonly set: SQL; readonly onlyIf: SQL; readonly kind: K; readonly facts: EventFacts[K] },
  also: readonly Query[] = [],
): Promise<boolean> {
  const meetingId = row.meetingId as MeetingId;
  const event = recordEvent(scene, meetingId, step.kind, step.facts, CLOCK);
  const written = await scene.db.write([
    ...updateMeeting(scene, meetingId, row.version, step.set, step.onlyIf),
    ...also,
    ...event.statements,
  ]);
  return written.ok;
}

async function open(scene: Scene, row: MeetingRow): Promise<boolean> {
  const { db, community, now } = scene;
  const [waiting, items] = await db.read(
    countOpenObjections(scene, row.meetingId),
    listItems(scene, row.meetingId as MeetingId),
  );
  if (!mayOpen(factsOf(row), waiting[0]?.waiting ?? 0, now).ok) return false;
  const origins = await askOpening(
    scene,
    items.map((one) => readItem(one).item),
  );
  if (origins.waits) return false;
  // An objection made between the read and this batch is seen by the batch itself (A4).
  const noneWaits = assertFrom(
    db,
    "objection_waits",
    sql`SELECT count(*) = 0 FROM roll_objection
        WHERE community_id = ${community.id} AND meeting_id = ${row.meetingId} AND answered_at IS NULL`,
  );
  return move(
    scene,
    row,
    {
      set: sql`state = 'open', opened_at = ${now}`,
      onlyIf: sql`state = 'notice' AND opens_at <= CAST(${now} AS INTEGER)`,
      kind: "opened",
      facts: { opensAt: row.opensAt! },
    },
    [noneWaits, ...origins.statements],
  );
}

async function close(scene: Scene, row: MeetingRow): Promise<boolean> {
  if (!mayClose(factsOf(row), scene.now).ok) return false;
  return move(scene, row, {
    set: sql`state = 'closed', closed_at = ${scene.now}`,
    onlyIf: sql`state = 'open' AND closes_at <= CAST(${scene.now} AS INTEGER)`,
    kind: "closed",
    facts: { closesAt: row.closesAt! },
  });
}

/** Reminds those who have not voted, once for each day the rules name before this close. */
async function remind(scene: Scene, row: MeetingRow, daysBefore: number): Promise<boolean> {
  const { db, community } = scene;
  const { meetingId, snapshotId } = row;
  const closesAt = row.closesAt!;
  const isThis = sql`kind = 'reminded' AND json_extract(detail, '$.closesAt') = CAST(${closesAt} AS INTEGER)
    AND json_extract(detail, '$.daysBefore') = CAST(${daysBefore} AS INTEGER)`;
  const already = sql`SELECT count(*) FROM meeting_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND ${isThis}`;
  const [[sent]] = await db.read(db.all<{ sent: number }>(sql`SELECT (${already}) AS sent`));
  if (sent!.sent > 0) return false;
  const [silent] = await db.read(
    db.all<{ voterNo: number }>(
      sql`SELECT voter_no AS voterNo FROM snapshot_voter v
          WHERE v.community_id = ${community.id} AND v.snapshot_id = ${snapshotId} AND NOT EXISTS (
            SELECT 1 FROM ballot b WHERE b.community_id = v.community_id AND b.meeting_id = ${meetingId} AND b.voter_no = v.voter_no)`,
    ),
  );
  const facts = { daysBefore, closesAt, households: silent.length };
  const event = recordEvent(scene, meetingId as MeetingId, "reminded", facts, CLOCK);
  const written = await db.write([
    assertFrom(db, "reminded", sql`SELECT (${already}) = 0`),
    ...queueReminders(
      scene,
      meetingId as MeetingId,
      silent.map(({ voterNo }) => voterNo),
      facts,
    ),
    ...event.statements,
  ]);
  return written.ok;
}

async function finalise(scene: Scene, row: MeetingRow): Promise<boolean> {
  const { db, community, now } = scene;
  const [open] = await db.read(countOpenTickets(scene, row.meetingId as MeetingId));
  if (!mayFinalise(factsOf(row), open[0]?.open ?? 0, now).ok) return false;
  const noneOpen = assertFrom(
    db,
    "objections_open",
    sql`SELECT count(*) = 0 FROM objection
        WHERE community_id = ${community.id} AND meeting_id = ${row.meetingId} AND about = 'result' AND answered_at IS NULL`,
  );
  const noneUnpublished = assertFrom(
    db,
    "recount_unpublished",
    sql`SELECT count(*) = 0 FROM count_run
        WHERE community_id = ${community.id} AND meeting_id = ${row.meetingId} AND published_at IS NULL`,
  );
  return move(
    scene,
    row,
    { set: sql`state = 'final', final_at = ${now}`, onlyIf: sql`state = 'published'`, kind: "final", facts: {} },
    [noneOpen, noneUnpublished],
  );
}
