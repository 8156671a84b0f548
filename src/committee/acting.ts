/** Who acts for the committee, as tables and the record say it: an id for the table, an office and never a name for the public. */
import { isPostKind, type PostKind } from "../offices/rules.ts";
import type { Bilingual, T } from "../platform/i18n.ts";
import type { StaffScene } from "../platform/scene.ts";

export interface Author {
  readonly id: string;
  readonly words: string;
}

// In Chinese whatever language its holder works in, because it is kept and hashed.
const OFFICES: readonly (readonly [PostKind, Bilingual])[] = [
  ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
  ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
  ["committee_member", { zh: "业主委员会委员", en: "Member of the owners' committee" }],
  ["secretary", { zh: "秘书", en: "Secretary" }],
  ["street_officer", { zh: "街道办事处", en: "Street office" }],
];
const STAFF: Bilingual = { zh: "工作人员", en: "Staff" };

/** The office somebody acts from. */
export const authorOf = ({ actor }: Pick<StaffScene, "actor">): Author => {
  const held = actor.posts.map(({ kind }) => kind).filter(isPostKind);
  const found = OFFICES.find(([kind]) => held.includes(kind));
  return { id: actor.personId, words: (found?.[1] ?? STAFF).zh };
};

/** The kept words in the reader's language. */
export function sayAuthor(words: string, t: T): string {
  const known = [...OFFICES.map(([, said]) => said), STAFF].find(({ zh }) => zh === words);
  return known ? t(known.zh, known.en) : words;
}
