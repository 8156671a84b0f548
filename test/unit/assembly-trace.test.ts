/** docs/rules.md says which clause is which function and which test: all of them must exist, and every clause must be spoken of. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SETTINGS, valueWords } from "../../src/assembly/settings/explained.ts";
import { DEFAULT_RULES } from "../../src/assembly/settings/rules.ts";

const DOCUMENT = readFileSync("docs/rules.md", "utf8");
const rows = DOCUMENT.split("\n")
  .filter((line) => /^\| [ACDFMQRSTV]\d+/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, clause, , code, tests]) => ({ clause: clause!, code: code!, tests: tests! }));

/** "`a.ts`: one, two<br>`b.ts`: three" → [["a.ts", "one"], ["a.ts", "two"], ["b.ts", "three"]]. */
const named = (cell: string, separator: RegExp): (readonly [string, string])[] =>
  cell.split("<br>").flatMap((part) => {
    const match = /^`([^`]+)`: (.+)$/.exec(part);
    if (!match) throw new Error(`not "file: names": ${part}`);
    return match[2]!.split(separator).map((name) => [match[1]!, name] as const);
  });
const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

describe("every clause", () => {
  const all = (letter: string, last: number) => Array.from({ length: last }, (_, at) => `${letter}${at + 1}`);
  test.each([...all("D", 8), ...all("C", 9), ...all("A", 14), ...all("V", 12)])(
    "%s is traced, or said to be open",
    (id) => {
      const traced = rows.some(({ clause }) => clause.split(" ")[0] === id);
      const open = new RegExp(`\\*\\*${id}\\*\\*`).test(DOCUMENT);
      expect(traced || open).toBe(true);
    },
  );
});

test.each(rows.flatMap(({ clause, code }) => named(code, /, /).map(([file, name]) => [clause, file, name] as const)))(
  "%s: src/%s exports %s",
  (_, file, name) => {
    expect(textOf(`src/${file}`)).toMatch(new RegExp(`export (async )?(function|const|class) ${name}\\b`));
  },
);

test.each(
  rows.flatMap(({ clause, tests }) => named(tests, /; /).map(([file, title]) => [clause, file, title] as const)),
)("%s: test/%s has “%s”", (_, file, title) => {
  expect(textOf(`test/${file}`)).toContain(title);
});

test.each(SETTINGS.map((setting) => [setting.name, setting] as const))(
  "the setting %s stands there with its default",
  (_, s) => {
    const row = `| ${s.title.zh} (${s.title.en}) | ${valueWords(s.name, DEFAULT_RULES).en} | ${s.whenClauseNeeded?.en ?? "—"} | ${s.clause} |`;
    expect(DOCUMENT).toContain(row);
  },
);
