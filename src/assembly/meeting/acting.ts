/** What every act on a meeting writes besides its change: the entry of the record and the line of the meeting's history. */
import type { MeetingId } from "../../kernel/id.ts";
import { isPostKind, type PostKind } from "../../offices/rules.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual, T } from "../../platform/i18n.ts";
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

export const CLOCK: Author = { id: "clock", words: "系统（按公告的时间）" };
export const VOTER: Author = { id: "voter", words: "业主" };

// What the public reads beside an act: the office, in Chinese whatever language its holder works in, because it is kept and
// hashed. A post that cannot act on meetings is not here.
const OFFICES: Readonly<Partial<Record<PostKind, Bilingual>>> = {
  committee_chair: { zh: "业主委员会主任", en: "Chair of the owners' committee" },
  committee_deputy: { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" },
  preparatory_chair: { zh: "筹备组组长", en: "Head of the preparatory group" },
  preparatory_member: { zh: "筹备组成员", en: "Member of the preparatory group" },
  secretary: { zh: "秘书", en: "Secretary" },
  teller: { zh: "计票人", en: "Teller" },
  supervisor: { zh: "监督员", en: "Supervisor" },
  street_officer: { zh: "街道办事处", en: "Street office" },
};
const STAFF: Bilingual = { zh: "工作人员", en: "Staff" };

/** The office somebody acts from. */
export const authorOf = ({ actor }: Pick<StaffScene, "actor">): Author => {
  const post = actor.posts.find(({ kind }) => isPostKind(kind) && OFFICES[kind] !== undefined);
  const words = post && isPostKind(post.kind) ? OFFICES[post.kind] : undefined;
  return { id: actor.personId, words: (words ?? STAFF).zh };
};

/** The kept words in the reader's language. */
export function sayAuthor(words: string, t: T): string {
  if (words === CLOCK.words) return t(words, "The system, at the announced time");
  if (words === VOTER.words) return t(words, "An owner");
  const known = [...Object.values(OFFICES), STAFF].find(({ zh }) => zh === words);
  return known ? t(known.zh, known.en) : words;
}

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
