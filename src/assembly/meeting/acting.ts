/** What every act on a meeting writes besides its change: the entry of the record and the line of the meeting's history. */
import type { MeetingId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import type { EventFacts, EventKind } from "./events.ts";
import { insertEvent } from "./store.ts";

/** Who acted, for the table (a person's id, or `clock`) and for the public (an office, never a name). */
export interface Author {
  readonly id: string;
  readonly words: string;
}

export const CLOCK: Author = { id: "clock", words: "系统按公告的时间" };

/** The office somebody acts from: "业主委员会主任". */
export const authorOf = ({ actor }: Pick<StaffScene, "actor">): Author => {
  const post = actor.posts[0];
  return { id: actor.personId, words: post ? `${post.body}${post.title}` : "工作人员" };
};

/**
 * The statements that record an event, for the batch of the act itself: the leaf `meeting.<kind>` and the event that
 * points to it. `also` goes into the leaf only: hashes and figures that the history does not repeat.
 */
export function recordEvent<K extends EventKind>(
  scene: Scene,
  meetingId: MeetingId,
  kind: K,
  facts: EventFacts[K],
  by: Author,
  also: JsonObject = {},
): { readonly statements: readonly Query[]; readonly leafHash: string } {
  const payload = facts as unknown as JsonObject;
  const leaf = appendLeaf(
    scene,
    `meeting.${kind}`,
    { ...payload, ...also, meeting: meetingId, by: by.words },
    meetingId,
  );
  const event = insertEvent(scene, meetingId, {
    kind,
    at: scene.now,
    byPerson: by.id,
    byWords: by.words,
    detail: JSON.stringify(facts),
    leafHash: leaf.leafHash,
  });
  return { statements: [leaf.statement, event], leafHash: leaf.leafHash };
}
