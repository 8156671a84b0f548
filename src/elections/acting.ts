/** What every act on an election writes besides its change: the entry of the record and the line of the election's timeline. */
import { isPostKind, type PostKind } from "../offices/rules.ts";
import type { Query } from "../platform/db.ts";
import type { Bilingual, T } from "../platform/i18n.ts";
import type { Scene, StaffScene } from "../platform/scene.ts";
import type { JsonObject } from "../record/canonical.ts";
import { appendLeaf } from "../record/store.ts";
import { insertElectionEvent } from "./store.ts";

/** Who acted: for the table a person's id or `clock`, for the public an office and never a name. */
export interface ElectionAuthor {
  readonly id: string;
  readonly words: string;
}

export const CLOCK: ElectionAuthor = { id: "clock", words: "系统（按公布的时间）" };
/** An owner who acts for themselves: their id stays in the table, the public reads only this. */
export const ownerAuthor = (id: string): ElectionAuthor => ({ id, words: OWNER.zh });
const OWNER: Bilingual = { zh: "业主", en: "An owner" };

// What the public reads beside an act: the office, in Chinese whatever language its holder works in, because it is kept and
// hashed. First the office an act is most likely done from: the group's before the committee's, which may itself be up for election.
const OFFICES: readonly (readonly [PostKind, Bilingual])[] = [
  ["preparatory_chair", { zh: "选举小组组长", en: "Head of the election group" }],
  ["preparatory_member", { zh: "选举小组成员", en: "Member of the election group" }],
  ["street_officer", { zh: "街道办事处", en: "Street office" }],
  ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
  ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
  ["secretary", { zh: "秘书", en: "Secretary" }],
  ["teller", { zh: "计票人", en: "Teller" }],
  ["supervisor", { zh: "监督员", en: "Supervisor" }],
];
const STAFF: Bilingual = { zh: "工作人员", en: "Staff" };

/** The office somebody acts from. */
export const authorOf = ({ actor }: Pick<StaffScene, "actor">): ElectionAuthor => {
  const held = actor.posts.map(({ kind }) => kind).filter(isPostKind);
  const found = OFFICES.find(([kind]) => held.includes(kind));
  return { id: actor.personId, words: (found?.[1] ?? STAFF).zh };
};

/** The kept words in the reader's language. */
export function sayAuthor(words: string, t: T): string {
  if (words === CLOCK.words) return t(words, "The system, at the published time");
  const known = [...OFFICES.map(([, said]) => said), STAFF, OWNER].find(({ zh }) => zh === words);
  return known ? t(known.zh, known.en) : words;
}

/**
 * The statements that record an event, for the batch of the act itself: the leaf `election.<kind>` and the line that points
 * to it. `facts` are public and hashed: no personal data. `also` goes into the leaf only.
 */
export function recordElectionEvent(
  scene: Scene,
  electionId: string,
  kind: string,
  facts: JsonObject,
  by: ElectionAuthor,
  also: JsonObject = {},
): { readonly statements: readonly Query[]; readonly leafHash: string } {
  const leaf = appendLeaf(
    scene,
    `election.${kind}`,
    { ...facts, ...also, election: electionId, by: by.words },
    electionId,
  );
  const event = insertElectionEvent(scene, electionId, {
    kind,
    at: scene.now,
    byPerson: by.id,
    byWords: by.words,
    detail: JSON.stringify(facts),
    leafHash: leaf.leafHash,
  });
  return { statements: [leaf.statement, event], leafHash: leaf.leafHash };
}
