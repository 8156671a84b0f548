/** Copies the independent verifier as text into the Worker, which has no files, so that it can be downloaded. `npx -c 'node scripts/verifier-copy.ts'` rewrites the copy; a test compares. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

export const COPY = "src/record/offline/verifier-copy.ts";
const FOLDER = "verifier";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The module that holds every file's text, and one hash for all of them. */
export function copyText(): string {
  const files = readdirSync(FOLDER)
    .sort()
    .map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, "utf8") }));
  const sums = files.map(({ name, text }) => `${sha256(text)}  ${name}\n`).join("");
  return `/** The files of ${FOLDER}/ as text, for download; copied by scripts/verifier-copy.ts, not written by hand. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs

/** What \`cd verifier && sha256sum *.mjs | sha256sum\` says. */
export const VERIFIER_SHA256 = "${sha256(sums)}";

// biome-ignore format: one file a line
export const VERIFIER_FILES: readonly { readonly name: string; readonly text: string }[] = [
${files.map((file) => `  { name: "${file.name}", text: ${JSON.stringify(file.text)} },`).join("\n")}
];
`;
}

if (process.argv[1]?.endsWith("verifier-copy.ts")) writeFileSync(COPY, copyText());
