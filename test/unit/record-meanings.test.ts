/** Every kind of entry that is recorded anywhere has its explanation, in both languages. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isInstantKey, keyWord, MEANINGS, meaningOf } from "../../src/record/meanings.ts";

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const sources = walk("src").map((path) => readFileSync(path, "utf8"));

/** The kinds written as text in a call of appendLeaf, before its payload begins. */
const literal = sources.flatMap((source) =>
  [...source.matchAll(/appendLeaf\(\s*[\w.]+,([^{]*?)[{;]/g)].flatMap(([, argument]) =>
    [...argument!.matchAll(/"([a-z_]+(?:\.[a-z_]+)+)"/g)].map(([, kind]) => kind!),
  ),
);
/** Events of a meeting are recorded as `meeting.<kind>`; their kinds are the members of one interface. */
const events = sources.flatMap((source) => {
  const [, body] = /export interface EventFacts \{([\s\S]*?)\n\}/.exec(source) ?? [];
  return [...(body ?? "").matchAll(/^ {2}readonly (\w+):/gm)].map(([, kind]) => `meeting.${kind}`);
});
/** Events of an election are recorded as `election.<kind>`, each named where it is recorded. */
const elections = sources.flatMap((source) =>
  [...source.matchAll(/recordElectionEvent\(\s*[\w.]+,\s*[\w.]+,\s*"(\w+)"/g)].map(([, kind]) => `election.${kind}`),
);

describe("the meaning of an entry", () => {
  test("is there for every kind that is recorded", () => {
    expect(literal.length).toBeGreaterThan(0);
    expect(
      [...new Set([...literal, ...events, ...elections])].filter((kind) => !Object.hasOwn(MEANINGS, kind)),
    ).toEqual([]);
  });
  test("is said in both languages, without a word left empty", () => {
    for (const [kind, { title, text }] of Object.entries(MEANINGS))
      for (const words of [title.zh, title.en, text.zh, text.en])
        expect([kind, words.trim() !== ""]).toEqual([kind, true]);
  });
  test("of a kind nobody explained is said to be unexplained, whatever its name", () => {
    for (const kind of ["no.such", "constructor", "__proto__"]) expect(meaningOf(kind).title.zh).toBe("其他事项");
    expect(keyWord("toString")).toEqual({ zh: "toString", en: "toString" });
  });
  test("instants are known by their names", () => {
    expect(["at", "opensAt", "closesAt"].every(isInstantKey)).toBe(true);
    expect(["format", "seat", "what", "At", "from"].some(isInstantKey)).toBe(false);
  });
});
