/** What objections are about and how they end, in both languages. Words only. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { About, Outcome } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const ABOUT_WORDS: Readonly<Record<About, Bilingual>> = {
  documents: say("选聘文件", "The documents"),
  opening: say("开标", "The opening"),
  candidates: say("中标候选人", "The candidates"),
};
export const OUTCOME_WORDS: Readonly<Record<Outcome, Bilingual>> = {
  upheld: say("成立", "Upheld"),
  partly: say("部分成立", "Upheld in part"),
  dismissed: say("不成立", "Dismissed"),
};
