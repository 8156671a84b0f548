/** Papers sent with a form of the fund, put into the file store and described; their rows join the caller's batch. */
import type { Query } from "../../platform/db.ts";
import { putFile } from "../../platform/files.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { StaffScene } from "../../platform/scene.ts";
import type { Attachment } from "../books/store.ts";

const MOST_FILES = 5;

export interface Papers {
  readonly attachments: readonly Attachment[];
  readonly statements: readonly Query[];
  /** What is wrong with the first that cannot be used; then nothing of the rest is to be written. */
  readonly wrong: Bilingual | null;
}

export async function putPapers(scene: StaffScene, chosen: readonly File[]): Promise<Papers> {
  const attachments: Attachment[] = [];
  const statements: Query[] = [];
  for (const file of chosen.slice(0, MOST_FILES)) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const put = await putFile(scene, { name: file.name, bytes }, scene.actor.personId, "private");
    if (!put.ok)
      return {
        attachments,
        statements,
        wrong: {
          zh: `“${file.name}”不是能用的照片或 PDF。`,
          en: `“${file.name}” is no photograph or PDF that can be used.`,
        },
      };
    const { fileId, name, sha256 } = put.value.stored;
    attachments.push({ fileId, name, sha256 });
    statements.push(put.value.statement);
  }
  return { attachments, statements, wrong: null };
}

/** What is wrong with a file, as a problem for the whole form. */
export const fileProblem = (words: Bilingual): Problem => ({
  code: "file-refused",
  status: 422,
  title: { zh: "附件不能用", en: "The file cannot be used" },
  detail: words,
});
