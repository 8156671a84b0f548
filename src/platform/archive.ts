/** One download out of several files, with the SHA-256 of each beside them. Not what the files say. */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { zipSync } from "fflate";
import { type Instant, startOf } from "../kernel/day.ts";
import { sha256Hex } from "../kernel/hash.ts";

export interface ArchiveFile {
  /** `ballots/entries.jsonl`; ASCII, so that every program unpacks it under the same name. */
  readonly path: string;
  /** Text, kept as UTF-8, or a file as it was stored. */
  readonly text: string | Uint8Array;
}

export const bytesOf = ({ text }: Pick<ArchiveFile, "text">): Uint8Array =>
  typeof text === "string" ? utf8ToBytes(text) : text;

/** JSON to be read by people too: line breaks, keys in the order they were thought of. */
export const jsonFile = (path: string, value: unknown): ArchiveFile => ({
  path,
  text: `${JSON.stringify(value, null, 2)}\n`,
});

/** What `sha256sum -c` reads. */
export const MANIFEST_PATH = "SHA256SUMS";

export const manifestOf = (files: readonly ArchiveFile[]): string =>
  files.map((file) => `${sha256Hex(bytesOf(file))}  ${file.path}\n`).join("");

// The ZIP format knows no date before 1980.
const EARLIEST: Instant = startOf("1980-01-02");

/** A ZIP of the files and their manifest. The same files and instant give the same bytes: two downloads can be compared. */
export function zipOf(files: readonly ArchiveFile[], at: Instant): Uint8Array<ArrayBuffer> {
  const all = [...files, { path: MANIFEST_PATH, text: manifestOf(files) }];
  const mtime = new Date(Math.max(at, EARLIEST));
  const entries = Object.fromEntries(all.map((file) => [file.path, bytesOf(file)]));
  return new Uint8Array(zipSync(entries, { level: 6, mtime }));
}
