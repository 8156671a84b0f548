/** Who acts for the committee, as tables and the record say it: an id for the table, an office and never a name for the public. */
import { authorsOf } from "../offices/authors.ts";

export type { Author } from "../offices/authors.ts";

export const { authorOf, sayAuthor } = authorsOf([
  ["committee_chair", { zh: "业主委员会主任", en: "Chair of the owners' committee" }],
  ["committee_deputy", { zh: "业主委员会副主任", en: "Deputy chair of the owners' committee" }],
  ["committee_member", { zh: "业主委员会委员", en: "Member of the owners' committee" }],
  ["secretary", { zh: "秘书", en: "Secretary" }],
  ["street_officer", { zh: "街道办事处", en: "Street office" }],
]);
