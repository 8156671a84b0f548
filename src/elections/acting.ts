/** What every act on an election writes besides its change: the entry of the record and the line of the election's timeline. */
import { type Author, authorsOf } from "../offices/authors.ts";
import type { Query } from "../platform/db.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { Scene } from "../platform/scene.ts";
import type { JsonObject } from "../record/canonical.ts";
import { appendLeaf } from "../record/store.ts";
import { insertElectionEvent } from "./store.ts";

export type ElectionAuthor = Author;

const CLOCK_WORDS: Bilingual = { zh: "系统（按公布的时间）", en: "The system, at the published time" };
const OWNER: Bilingual = { zh: "业主", en: "An owner" };

export const CLOCK: ElectionAuthor = { id: "clock", words: CLOCK_WORDS.zh };
/** An owner who acts for themselves: their id stays in the table, the public reads only this. */
export const ownerAuthor = (id: string): ElectionAuthor => ({ id, words: OWNER.zh });

// First the office an act is most likely done from: the group's before the committee's, which may itself be up for election.
export const { authorOf, sayAuthor } = authorsOf(
  [
    ["preparatory_chair", { zh: "选举小组组长", en: "Head of the election group" }],
    ["preparatory_member", { zh: "选举小组成员", en: "Member of the election group" }],
    ["street_officer", { zh: "街道办事处", en: "Street office" }],
    ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
    ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
    ["secretary", { zh: "秘书", en: "Secretary" }],
    ["teller", { zh: "计票人", en: "Teller" }],
    ["supervisor", { zh: "监督员", en: "Supervisor" }],
  ],
  [CLOCK_WORDS, OWNER],
);

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
