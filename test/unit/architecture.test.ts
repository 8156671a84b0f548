/** Who may import whom: a folder imports only folders to its left, and from another capability only what it shows. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";

const ROOMS = [
  "kernel",
  "platform",
  "record",
  "community",
  "offices",
  "owners",
  "assembly",
  "elections",
  "committee",
  "ledger",
  "tenders",
  "district",
  "demo",
];
/** What a capability shows to others; the rest of it is its own business. */
const SHOWN =
  /(^|\/)(rules|stored?|actions|acting|authors|drafting|reading|addresses|events|history|schema|problems|forms|session|cards|announcing|origins|frame|meanings|words|standard|canonical|explained|renderers?|hash|list|views?|settings\/pages)\.tsx?$/;
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|common|misc|types|index)\.tsx?$/;

const walk = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const files = walk("src");
const roomOf = (path: string): string => relative("src", path).split("/")[0]!;
const isRules = (path: string): boolean => /(^|\/)rules\.ts$/.test(path);

interface Import {
  readonly from: string;
  readonly to: string;
}
const imports: Import[] = files.flatMap((from) =>
  [...readFileSync(from, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, to]) => ({
    from,
    to: normalize(join(dirname(from), to!)),
  })),
);

describe("the rooms", () => {
  test("a folder imports only folders to its left", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [here, there] = [ROOMS.indexOf(roomOf(from)), ROOMS.indexOf(roomOf(to))];
      return here >= 0 && (there < 0 || there > here);
    });
    expect(wrong).toEqual([]);
  });

  test("every folder of src is a room", () => {
    const unknown = [...new Set(files.map(roomOf))].filter((room) => !room.endsWith(".ts") && !ROOMS.includes(room));
    expect(unknown).toEqual([]);
  });

  test("rules are pure: they import rules, the kernel and bilingual text, never the database or HTTP", () => {
    const allowed = (to: string): boolean =>
      isRules(to) || roomOf(to) === "kernel" || to === "src/platform/i18n.ts" || /\/(canonical|hash)\.ts$/.test(to);
    const rulesImports = imports.filter(({ from, to }) => isRules(from) && !allowed(to));
    const sideways = rulesImports.filter(({ to }) => /(db|scene|context|app|store|actions|pages)\.tsx?$/.test(to));
    expect(sideways).toEqual([]);
    for (const file of files.filter(isRules))
      expect(readFileSync(file, "utf8"), file).not.toMatch(/Date\.now\(|Math\.random\(|new Date\(\)|from "hono/);
  });

  test("from another capability only rules, store, actions and schema are visible", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        roomOf(from) !== roomOf(to) &&
        !["kernel", "platform"].includes(roomOf(to)) &&
        roomOf(from) !== "demo" &&
        ROOMS.includes(roomOf(from)) &&
        !SHOWN.test(to),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the files", () => {
  test("no name says nothing of what is inside", () => {
    expect(files.filter((path) => EMPTY_NAMES.test(path))).toEqual([]);
  });

  test("each begins by saying in a sentence what it is", () => {
    const silent = files.filter((path) => !/^\/\*\*\s*(\n \* )?\S/.test(readFileSync(path, "utf8")));
    expect(silent).toEqual([]);
  });

  test("only the door opens a D1 binding", () => {
    const wrong = files.filter(
      (path) => path !== "src/platform/db.ts" && /env\.DB\b|env\["DB|\.DB_1/.test(readFileSync(path, "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
