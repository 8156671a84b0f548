/** A log of made-up entries as the verifier reads it: tiles, bundles and checkpoint in memory, made with the server's own writers. */
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, type JsonObject } from "../../src/record/canonical.ts";
import { EMPTY_ROOT, type Hash, hashLeaf, hashNode } from "../../src/record/merkle/hash.ts";
import { signCheckpoint } from "../../src/record/note/checkpoint.ts";
import { formatVkey, NOTE_KEY, signerKey } from "../../src/record/note/key.ts";
import { formatBundle } from "../../src/record/tiles/bundle.ts";
import { formatTile, tilesOf } from "../../src/record/tiles/path.ts";
import { Log, type Observer } from "../../verifier/log.mjs";
import { parseCheckpoint } from "../../verifier/note.mjs";
import { Report } from "../../verifier/report.mjs";
import type { Source } from "../../verifier/source.mjs";

export const LOG_NAME = "example.org/c/jingui/log";
export const logKeyOf = (fill: number) => signerKey(LOG_NAME, NOTE_KEY, new Uint8Array(32).fill(fill));

export interface MadeLog {
  readonly files: Map<string, Uint8Array>;
  readonly hashes: readonly string[];
  readonly source: Source;
}

const AT = "/c/jingui/log";

/** MTH of RFC 6962, as it is written there. */
export function rootOf(leaves: readonly Hash[]): Hash {
  if (leaves.length < 2) return leaves[0] ?? EMPTY_ROOT;
  const middle = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return hashNode(rootOf(leaves.slice(0, middle)), rootOf(leaves.slice(middle)));
}

/** A log of these entries, signed by the key of `fill`. */
export function madeLog(entries: readonly JsonObject[], fill = 7): MadeLog {
  const bytes = entries.map((entry) => utf8ToBytes(canonicalJson(entry)));
  const leaves = bytes.map(hashLeaf);
  const levels = [leaves];
  while (levels.at(-1)!.length >= 256) {
    const below = levels.at(-1)!;
    const count = Math.floor(below.length / 256);
    levels.push(Array.from({ length: count }, (_, at) => rootOf(below.slice(at * 256, (at + 1) * 256))));
  }
  const files = new Map<string, Uint8Array>();
  for (const tile of tilesOf(entries.length)) {
    const { of, level, index, width } = tile;
    const [start, end] = [index * 256, index * 256 + width];
    files.set(
      `${AT}/tile/${formatTile(tile)}`,
      of === "entries" ? formatBundle(bytes.slice(start, end)) : concatBytes(...levels[level]!.slice(start, end)),
    );
  }
  const key = logKeyOf(fill);
  files.set(`${AT}/vkey`, utf8ToBytes(`${formatVkey(key)}\n`));
  files.set(`${AT}/checkpoint`, utf8ToBytes(signCheckpoint(entries.length, rootOf(leaves), key)));
  return { files, hashes: leaves.map(bytesToHex), source: sourceOf(files) };
}

export const sourceOf = (files: ReadonlyMap<string, Uint8Array>): Source => ({
  slug: "jingui",
  address: "https://example.org/c/jingui",
  isSaved: true,
  read: async (path) => files.get(path) ?? null,
});

export const publish = ({ files }: MadeLog, path: string, value: unknown): void => {
  files.set(path, utf8ToBytes(JSON.stringify(value)));
};

export const checkpointIn = ({ files }: Pick<MadeLog, "files">) =>
  parseCheckpoint(new TextDecoder().decode(files.get(`${AT}/checkpoint`)))!;

export const someEntries = (count: number, changed = -1): JsonObject[] =>
  Array.from({ length: count }, (_, at) => ({ v: 1, type: "some.thing", at, no: at === changed ? -1 : at }));

/** Reads a made log to its end. */
export async function readLog(made: Pick<MadeLog, "files">, observers: readonly Observer[] = []) {
  const report = new Report();
  const [leaves, growth] = [report.begin("leaves", "", ""), report.begin("growth", "", "")];
  const log = new Log(sourceOf(made.files), { leaves, growth }, observers, () => undefined);
  const checkpoint = checkpointIn(made);
  await log.readTo(checkpoint, null);
  return { log, report, leaves, growth, checkpoint };
}
