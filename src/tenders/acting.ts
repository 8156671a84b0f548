/** What every act on a tender writes besides its change: the entry of the record and the line of the tender's timeline. */
import { type Author, authorsOf } from "../offices/authors.ts";
import type { Query } from "../platform/db.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { Scene } from "../platform/scene.ts";
import type { JsonObject } from "../record/canonical.ts";
import { appendLeaf } from "../record/store.ts";
import { insertTenderEvent } from "./store.ts";

const CLOCK_WORDS: Bilingual = { zh: "系统（按公布的时间）", en: "The system, at the published time" };
const BIDDER_WORDS: Bilingual = { zh: "投标人", en: "A bidder" };
const OWNER_WORDS: Bilingual = { zh: "业主", en: "An owner" };
const PANEL_WORDS: Bilingual = { zh: "评审组成员", en: "A member of the panel" };

export const CLOCK: Author = { id: "clock", words: CLOCK_WORDS.zh };
/** A bidder's id stays in the table; where the public may know which, the facts of the event say it. */
export const bidderAuthor = (bidderId: string): Author => ({ id: bidderId, words: BIDDER_WORDS.zh });
export const ownerAuthor = (partyId: string): Author => ({ id: partyId, words: OWNER_WORDS.zh });
export const panelAuthor = (memberId: string): Author => ({ id: memberId, words: PANEL_WORDS.zh });

export const { authorOf, sayAuthor } = authorsOf(
  [
    ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
    ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
    ["secretary", { zh: "秘书", en: "Secretary" }],
    ["supervisor", { zh: "监督员", en: "Supervisor" }],
    ["residents_officer", { zh: "居民委员会", en: "Residents' committee" }],
    ["street_officer", { zh: "街道办事处", en: "Street office" }],
    ["committee_member", { zh: "业主委员会委员", en: "Member of the owners' committee" }],
    ["branch_secretary", { zh: "小区党支部", en: "Party branch" }],
    ["auditor", { zh: "审计人员", en: "Auditor" }],
  ],
  [CLOCK_WORDS, BIDDER_WORDS, OWNER_WORDS, PANEL_WORDS],
);

/**
 * The statements that record an event, for the batch of the act itself: the leaf `tender.<kind>` and the line that points to
 * it. `facts` are public and hashed: no personal data, no price before the opening. `also` goes into the leaf only.
 */
export function recordTenderEvent(
  scene: Scene,
  tenderId: string,
  kind: string,
  facts: JsonObject,
  by: Author,
  also: JsonObject = {},
): { readonly statements: readonly Query[]; readonly leafHash: string } {
  const leaf = appendLeaf(scene, `tender.${kind}`, { ...facts, ...also, tender: tenderId, by: by.words }, tenderId);
  const event = insertTenderEvent(scene, tenderId, {
    kind,
    at: scene.now,
    byPerson: by.id,
    byWords: by.words,
    detail: JSON.stringify(facts),
    leafHash: leaf.leafHash,
  });
  return { statements: [leaf.statement, event], leafHash: leaf.leafHash };
}
