/** Collects every problem code in the source with its title, for the pages that /problems/<code> leads to. `node scripts/problem-catalogue.ts` rewrites the file. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const CATALOGUE = "src/platform/problem-catalogue.ts";

export interface Entry {
  readonly code: string;
  readonly status: number | null;
  readonly zh: string;
  readonly en: string;
}

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const TEXT = String.raw`(?:"((?:[^"\\]|\\.)*)"|\x60([^\x60]*)\x60)`;
const PAIR = String.raw`(?:\{\s*zh:\s*${TEXT},\s*en:\s*${TEXT},?\s*\}|\w+\(\s*${TEXT},\s*${TEXT},?\s*\))`;
const OBJECT = new RegExp(String.raw`code:\s*"([a-z0-9-]+)",\s*status:\s*(\d{3}),\s*title:\s*${PAIR}`, "g");
const CODE = /(?:code:\s*|(?:atField|problem|refused|refusal|field|bad|say422)\w*\(\s*)"([a-z0-9]+(?:-[a-z0-9]+)+)"/g;

/** A template's facts are not known here: each becomes an ellipsis. */
const plain = (text: string | undefined): string => (text ?? "").replace(/\$\{[^}]*\}/g, "…");

/** Every code the product can answer with, in order; title and status where they stand beside it. */
export function collect(): Entry[] {
  const found = new Map<string, Entry>();
  for (const path of walk("src").filter((one) => one !== CATALOGUE)) {
    const source = readFileSync(path, "utf8");
    for (const match of source.matchAll(OBJECT)) {
      const [, code, status, ...texts] = match;
      const [zh, en] = texts.filter((text) => text !== undefined);
      if (code && !found.has(code)) found.set(code, { code, status: Number(status), zh: plain(zh), en: plain(en) });
    }
    if (!/problems?\.tsx?$/.test(path)) continue;
    for (const match of source.matchAll(CODE)) {
      const code = match[1];
      if (!code || found.has(code)) continue;
      // Built by a function of the file: its first sentence in both languages says what it is about.
      const ahead = source.slice(match.index, match.index + 700);
      const texts = new RegExp(PAIR).exec(ahead.slice(0, ahead.indexOf('case "') > 0 ? ahead.indexOf('case "') : 700));
      const [zh, en] = (texts ?? []).slice(1).filter((text) => text !== undefined);
      found.set(code, {
        code,
        status: null,
        zh: plain(zh) || "有内容需要改",
        en: plain(en) || "Some of it needs correcting",
      });
    }
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function catalogueText(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => `  ${JSON.stringify(entry)},`).join("\n");
  return `/** What each problem code is called; collected from the source by scripts/problem-catalogue.ts, not written by hand. */

export interface CatalogueEntry {
  readonly code: string;
  /** HTTP status; null where it depends. */
  readonly status: number | null;
  readonly zh: string;
  readonly en: string;
}

// biome-ignore format: one entry a line
export const PROBLEM_CATALOGUE: readonly CatalogueEntry[] = [
${rows}
];
`;
}

if (process.argv[1]?.endsWith("problem-catalogue.ts")) writeFileSync(CATALOGUE, catalogueText(collect()));
