/** What follows from a conflict, and whose tie an officer declares, in both languages. Words only. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Relation } from "./actions.ts";
import type { ConflictOutcome } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const OUTCOME_WORDS: Readonly<Record<ConflictOutcome, Bilingual>> = {
  exclude: say("这家投标人退出标段", "This bidder is out of the lot"),
  exclude_other: say("另一家退出标段", "The other one is out of the lot"),
  exclude_both: say("两家都退出标段", "Both are out of the lot"),
  allow: say("不构成利害关系，准予继续", "No conflict: both may go on"),
};

export const RELATION_WORDS: Readonly<Record<Relation, Bilingual>> = {
  self: say("本人", "My own"),
  spouse: say("配偶", "My spouse's"),
  lineal: say("父母、子女等直系亲属", "My parents' or children's"),
  other: say("其他近亲属", "Other kin's"),
};
