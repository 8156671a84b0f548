/** Copies the browser's scripts of sealed bids as text into the Worker, which has no files. `npx -c 'node scripts/sealing-scripts.ts'` rewrites the copy; a test compares. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

export const COPY = "src/tenders/sealing/scripts.ts";
const FOLDER = "src/tenders/sealing/browser";
const NAMES = ["seal.js", "pages.js"] as const;

/** The module that holds every script's text and hash. */
export function copyText(): string {
  const rows = NAMES.map((name) => {
    const text = readFileSync(`${FOLDER}/${name}`, "utf8");
    const digest = createHash("sha256").update(text).digest();
    const hashes = `sha256: "${digest.toString("hex")}", integrity: "sha256-${digest.toString("base64")}"`;
    return `  { name: "${name}", ${hashes}, text: ${JSON.stringify(text)} },`;
  });
  return `/** The scripts of ${FOLDER} as text, for serving; copied by scripts/sealing-scripts.ts, not written by hand. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs

export interface SealingScript {
  readonly name: string;
  /** Hex, of the file's bytes: what pages show. */
  readonly sha256: string;
  readonly integrity: string;
  readonly text: string;
}

// biome-ignore format: one script a line
export const SEALING_SCRIPTS: readonly [SealingScript, SealingScript] = [
${rows.join("\n")}
];
`;
}

if (process.argv[1]?.endsWith("sealing-scripts.ts")) writeFileSync(COPY, copyText());
