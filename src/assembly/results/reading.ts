/** What the owners decided on one item, for acts of other rooms that rest on it: read, and guarded in the write. */
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Item, ItemScope } from "../agenda/rules.ts";
import { listPublishedResults } from "../counting/store.ts";
import { byNumber, findMeeting, listItems, type MeetingState } from "../meeting/store.ts";

/** An item of a meeting and its published result. */
export interface DecisionFacts {
  readonly meetingId: string;
  readonly state: MeetingState;
  /** Null where the meeting has no such item. */
  readonly matter: number | null;
  readonly scope: ItemScope | null;
  /** `carried`, `lost` …; null until a result is published. */
  readonly outcome: string | null;
}

/** What was decided on an item; null where there is no such meeting. One round trip. */
export async function readDecision(scene: Scene, meeting: number, item: number): Promise<DecisionFacts | null> {
  const key = byNumber(scene, meeting);
  const [meetings, items, results] = await scene.db.read(
    findMeeting(scene, key),
    listItems(scene, key),
    listPublishedResults(scene, key),
  );
  const row = meetings[0];
  if (!row) return null;
  const asked = items.find((one) => one.itemNo === item);
  // The last published run speaks; the count of what was returned alone carries a decision.
  const counted = results.filter((one) => one.itemNo === item && one.basis === "strict").at(-1);
  return {
    meetingId: row.meetingId,
    state: row.state,
    matter: asked?.matter ?? null,
    scope: asked ? (JSON.parse(asked.item) as Item).scope : null,
    outcome: counted ? (JSON.parse(counted.result) as { readonly outcome: string }).outcome : null,
  };
}

/** Joins a batch that rests on a decision: aborts with `decision_not_published` where it was annulled meanwhile. */
export const decisionHolds = ({ db, community }: Pick<Scene, "db" | "community">, meetingId: string): Query =>
  assertFrom(
    db,
    "decision_not_published",
    sql`SELECT state IN ('published', 'final') FROM meeting WHERE community_id = ${community.id} AND meeting_id = ${meetingId}`,
  );
