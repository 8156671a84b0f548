/** What is remembered from one visit to the next: the key, and the last checkpoint that was found right. A small file; whoever has it notices a rewritten log. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { parseCheckpoint, parseVkey } from "./note.mjs";
import { CannotCheck } from "./source.mjs";

/** @typedef {import("./note.mjs").Checkpoint} Checkpoint */
/** @typedef {import("./note.mjs").Vkey} Vkey */
/** @typedef {{ key: Vkey, checkpoint: Checkpoint }} Remembered */

const FORMAT = "commonhold-verifier-1";

/** What the file remembers; null where there is none yet. A file that cannot be read is not taken for a first visit. @param {string} file @returns {Promise<Remembered | null>} */
export async function readState(file) {
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    throw new CannotCheck(`读不到 ${file}`, `${file} cannot be read`);
  }
  try {
    const { format, vkey, checkpoint } = JSON.parse(text);
    const [key, seen] = [parseVkey(vkey), parseCheckpoint(checkpoint)];
    if (format === FORMAT && key && seen) return { key, checkpoint: seen };
  } catch {
    // Told below.
  }
  throw new CannotCheck(
    `${file} 不是本程序写的文件，或已损坏`,
    `${file} was not written by this program, or is damaged`,
  );
}

/** Written beside and moved: a run that is cut off leaves the old one. @param {string} file @param {Remembered} now */
export async function writeState(file, { key, checkpoint }) {
  const text = JSON.stringify({ format: FORMAT, vkey: key.text, checkpoint: checkpoint.signed }, null, 1);
  await writeFile(`${file}.new`, `${text}\n`);
  await rename(`${file}.new`, file);
}
