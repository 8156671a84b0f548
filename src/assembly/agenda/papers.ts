/** Putting the papers of an item: those that stay and those uploaded now. Whether they are shown to the public is the edition's. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { StaffScene } from "../../platform/scene.ts";
import type { Attachment } from "./rules.ts";

export interface Papers {
  readonly attachments: readonly Attachment[];
  /** For the batch that keeps the item. */
  readonly statements: readonly Query[];
}

/** Refused with the first upload that cannot be taken; what was put before it is known to nobody. */
export async function putPapers(
  scene: StaffScene,
  kept: readonly Attachment[],
  uploads: readonly File[],
): Promise<Result<Papers, FileFault>> {
  const attachments = [...kept];
  const statements: Query[] = [];
  for (const upload of uploads) {
    const bytes = new Uint8Array(await upload.arrayBuffer());
    // Private in itself: an edition that names it makes it public.
    const put = await putFile(scene, { name: upload.name, bytes }, scene.actor.personId, "private");
    if (!put.ok) return err(put.error);
    const { fileId, name, sha256 } = put.value.stored;
    attachments.push({ fileId, name, sha256 });
    statements.push(put.value.statement);
  }
  return ok({ attachments, statements });
}
