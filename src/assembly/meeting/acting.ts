/** What every act on a meeting writes besides its change: the entry of the record and the line of the meeting's history. */
import type { MeetingId } from "../../kernel/id.ts";
import { type Author, authorsOf } from "../../offices/authors.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import type { EventFacts, EventKind } from "./events.ts";
import { insertEvent } from "./store.ts";

export type { Author } from "../../offices/authors.ts";

const CLOCK_WORDS: Bilingual = { zh: "系统（按公告的时间）", en: "The system, at the announced time" };
const VOTER_WORDS: Bilingual = { zh: "业主", en: "An owner" };

export const CLOCK: Author = { id: "clock", words: CLOCK_WORDS.zh };
export const VOTER: Author = { id: "voter", words: VOTER_WORDS.zh };

// A post that cannot act on meetings is not here.
export const { authorOf, sayAuthor } = authorsOf(
  [
    ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
    ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
    ["preparatory_chair", { zh: "筹备组组长", en: "Head of the preparatory group" }],
    ["preparatory_member", { zh: "筹备组成员", en: "Member of the preparatory group" }],
    ["secretary", { zh: "秘书", en: "Secretary" }],
    ["teller", { zh: "计票人", en: "Teller" }],
    ["supervisor", { zh: "监督员", en: "Supervisor" }],
    ["street_officer", { zh: "街道办事处", en: "Street office" }],
  ],
  [CLOCK_WORDS, VOTER_WORDS],
);

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
