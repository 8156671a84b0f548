/** Two languages, written side by side where they are used. Not a catalogue of keys: a sentence and its translation change together. */

/** Simplified Chinese is what a page speaks unless asked; English stands beside it. */
export type Lang = "zh" | "en";
/** Picks one of two sentences: `t("提交", "Submit")`. */
export type T = (zh: string, en: string) => string;
/** Text kept as data in both languages, such as the title of a problem. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

const inChinese: T = (zh) => zh;
const inEnglish: T = (_zh, en) => en;

export const translator = (lang: Lang): T => (lang === "en" ? inEnglish : inChinese);
/** The side of a bilingual text that the reader asked for. */
export const pick = (text: Bilingual, lang: Lang): string => text[lang];
/** The value of the `lang` attribute. */
export const langTag = (lang: Lang): string => (lang === "en" ? "en" : "zh-CN");

/** The cookie a chosen language is remembered in. */
export const LANG_COOKIE = "lang";

const asLang = (value: string | null | undefined): Lang | undefined =>
  value === "zh" || value === "en" ? value : undefined;

/**
 * The language of a request: what the address asks for (`?lang=en`), else what was chosen before (cookie), else what
 * the browser prefers, else Chinese. A browser that names both keeps the one it names first.
 */
export function chooseLang(asked: {
  readonly query?: string | null | undefined;
  readonly cookie?: string | null | undefined;
  readonly acceptLanguage?: string | null | undefined;
}): Lang {
  const chosen = asLang(asked.query) ?? asLang(asked.cookie);
  if (chosen) return chosen;
  for (const range of (asked.acceptLanguage ?? "").toLowerCase().split(",")) {
    const tag = range.trim();
    if (tag.startsWith("zh")) return "zh";
    if (tag.startsWith("en")) return "en";
  }
  return "zh";
}
