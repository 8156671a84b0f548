/** What each kind of entry means, in words for a neighbour. Kinds themselves are chosen by the capability that records them. */
import type { Bilingual } from "../platform/i18n.ts";

export interface Meaning {
  readonly title: Bilingual;
  /** One or two sentences: what happened, and what the entry is good for. */
  readonly text: Bilingual;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const meaning = (title: Bilingual, text: Bilingual): Meaning => ({ title, text });

/** Sorted by the course of things, not by the alphabet. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  "witness.registered": meaning(
    say("登记见证人", "Witness registered"),
    say(
      "登记了一位见证人的公钥。见证人在检查点上再签一次名，证明大家看到的是同一本记录。",
      "The key of a witness was registered. Witnesses sign checkpoints too, so that everyone sees one and the same record.",
    ),
  ),
};

const UNKNOWN: Meaning = meaning(
  say("其他事项", "Other"),
  say("这一类记录还没有写说明；原文在下面。", "This kind of entry has no explanation yet; its text stands below."),
);

export const meaningOf = (type: string): Meaning => MEANINGS[type] ?? UNKNOWN;

/** Words for the keys of an entry that people meet most; others are shown as they stand. */
const KEYS: Readonly<Record<string, Bilingual>> = {
  at: say("写入时间", "Written at"),
  type: say("类别", "Kind"),
  v: say("格式版本", "Format version"),
};

export const keyWord = (key: string): Bilingual => KEYS[key] ?? say(key, key);
