/** What owners are told regularly, under the eight headings of the law (CC 943; D14). Pure. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { personIn } from "../questions/rules.ts";

/** In the order of the article: services, persons in charge, quality, charges, their standards, performance, the fund, the common revenue. */
export const HEADINGS = [
  "services",
  "person",
  "quality",
  "charges",
  "standards",
  "performance",
  "fund",
  "revenue",
] as const;
export type Heading = (typeof HEADINGS)[number];
/** Those that somebody writes; the other two are what is published of the books. */
export const WRITTEN = ["services", "person", "quality", "charges", "standards", "performance"] as const;
export type Written = (typeof WRITTEN)[number];
export const isWritten = (heading: Heading): heading is Written => (WRITTEN as readonly string[]).includes(heading);

export type Texts = Readonly<Record<Written, string>>;
export const LONGEST_TEXT = 1_000;

export type RegularFault =
  | { readonly reason: "text_missing"; readonly heading: Written }
  | { readonly reason: "text_too_long"; readonly heading: Written; readonly most: number }
  /** A person is named where persons in charge are, and nowhere else. */
  | { readonly reason: "names_a_person"; readonly heading: Written; readonly found: string };

/** The texts as they are published: every heading has its own, however short. */
export function readTexts(typed: Texts): Result<Texts, readonly [RegularFault, ...RegularFault[]]> {
  const faults = WRITTEN.flatMap((heading): RegularFault[] => {
    const text = typed[heading].trim();
    if (text === "") return [{ reason: "text_missing", heading }];
    if (text.length > LONGEST_TEXT) return [{ reason: "text_too_long", heading, most: LONGEST_TEXT }];
    const found = heading === "person" ? null : personIn(text, []);
    return found === null ? [] : [{ reason: "names_a_person", heading, found }];
  });
  const [first, ...others] = faults;
  if (first) return err([first, ...others]);
  return ok(Object.fromEntries(WRITTEN.map((heading) => [heading, typed[heading].trim()])) as Texts);
}
