/** What the owners decided of a recall: carried, lost, open again or without object. Rung by cron. */
import { isOfOrigin } from "../../assembly/agenda/rules.ts";
import { listPublishedResults, listPublishedRuns } from "../../assembly/counting/store.ts";
import { readRuns } from "../../assembly/counting/stored.ts";
import { CLOCK } from "../../assembly/meeting/acting.ts";
import { readItem } from "../../assembly/meeting/reading.ts";
import { findMeeting, listItems } from "../../assembly/meeting/store.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { insertEnd, listTenuresFrom } from "../../offices/terms/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { isMemberPost } from "../seated/rules.ts";
import { RECALL_ORIGIN } from "./agenda.ts";
import { listOpenRecalls, moveRecall, type RecallRow, reopenRecall } from "./store.ts";

/**
 * Settles what has been decided: a recall whose meeting is published is carried or lost, one whose meeting was withdrawn or
 * annulled is open again. Rung by cron; harmless to repeat, because each move names the state it moves from.
 */
export async function settleRecalls(scene: Scene): Promise<number> {
  const [open] = await scene.db.read(listOpenRecalls(scene, scene.now));
  let settled = 0;
  for (const row of open) {
    if (row.state === "proposed") {
      if (row.holds === 0) settled += await drop(scene, row);
    } else if (await settle(scene, row)) settled += 1;
  }
  return settled;
}

/** The member left by another act: nobody is left to recall. */
async function drop(scene: Scene, row: RecallRow): Promise<number> {
  const leaf = appendLeaf(scene, "recall.dropped", { recall: row.recallId, by: CLOCK.words }, row.recallId);
  const written = await scene.db.write([
    ...moveRecall(scene, row.recallId, "proposed", "dropped", { settledAt: scene.now }),
    leaf.statement,
  ]);
  return written.ok ? 1 : 0;
}

async function settle(scene: Scene, row: RecallRow): Promise<boolean> {
  const meetingId = row.meetingId as MeetingId;
  const [meetings, itemRows, runRows, results, tenures] = await scene.db.read(
    findMeeting(scene, meetingId),
    listItems(scene, meetingId),
    listPublishedRuns(scene, meetingId),
    listPublishedResults(scene, meetingId),
    listTenuresFrom(scene, scene.now),
  );
  const meeting = meetings[0];
  if (!meeting) return false;
  if (meeting.state === "withdrawn" || meeting.state === "annulled") {
    const leaf = appendLeaf(scene, "recall.reopened", { recall: row.recallId, meeting: meetingId }, row.recallId);
    const written = await scene.db.write([...reopenRecall(scene, row.recallId, meetingId), leaf.statement]);
    return written.ok;
  }
  const items = itemRows.map((one) => readItem(one).item);
  const run = readRuns(items, runRows, results).at(-1);
  const result = run?.items.find(({ item }) => isOfOrigin(item, RECALL_ORIGIN, row.recallId));
  if (!result || !["published", "final"].includes(meeting.state)) return false;
  const carried = result.strict.outcome === "carried";
  // A seat is left with everything that hangs on it: who is recalled as a member is no chair any more.
  const own = tenures.filter(
    (one) => one.personId === row.personId && isMemberPost(one.postKind) && one.fromAt <= scene.now,
  );
  const ends = carried
    ? own.flatMap(({ tenureId }) => [
        ...insertEnd(
          scene,
          { tenureId, endedAt: scene.now, act: "recall", document: `第${meeting.number}次业主大会会议表决结果` },
          "clock",
        ).statements,
      ])
    : [];
  const leaf = appendLeaf(
    scene,
    carried ? "recall.carried" : "recall.lost",
    { recall: row.recallId, meeting: meetingId, item: result.item.itemNo, tenures: own.length },
    row.recallId,
  );
  const written = await scene.db.write([
    ...moveRecall(scene, row.recallId, "placed", carried ? "carried" : "lost", { settledAt: scene.now }),
    ...ends,
    leaf.statement,
  ]);
  return written.ok;
}

/** Whether anything waits for a meeting's result: what cron asks before it reads more. */
export const countPlaced = ({ db, community }: Pick<Scene, "db" | "community">): Query<{ placed: number }[]> =>
  db.all(
    sql`SELECT count(*) AS placed FROM recall WHERE community_id = ${community.id} AND state IN ('proposed', 'placed')`,
  );
