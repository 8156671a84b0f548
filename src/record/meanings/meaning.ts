/** The shape of a meaning: a title, and one or two sentences. */
import type { Bilingual } from "../../platform/i18n.ts";

export interface Meaning {
  readonly title: Bilingual;
  /** One or two sentences: what happened, and what the entry is good for. */
  readonly text: Bilingual;
}

export const meaning = (zh: string, en: string, zhText: string, enText: string): Meaning => ({
  title: { zh, en },
  text: { zh: zhText, en: enText },
});
