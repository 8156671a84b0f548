/** Adding a paper to a tender: load, ask the rules, put the file, write with the leaf. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { authorOf, recordTenderEvent } from "../acting.ts";
import { readTender } from "../scheme/actions.ts";
import type { TenderKey } from "../store.ts";
import { checkDocument, type DocumentAsked, type DocumentRefusal } from "./rules.ts";
import { insertDocument, listDocuments } from "./store.ts";

export type PutRefusal = DocumentRefusal | FileFault | { readonly reason: "unknown_tender" };

const MOST_TRIES = 8;

/** Adds a paper, public or withheld until its day. The same file of the same title sent twice is one paper. */
export async function putDocument(
  scene: StaffScene,
  key: TenderKey,
  asked: DocumentAsked,
  file: { readonly name: string; readonly bytes: Uint8Array } | null,
): Promise<Result<{ readonly documentNo: number }, PutRefusal>> {
  const read = await readTender(scene, key);
  if (!read) return err({ reason: "unknown_tender" });
  const { tenderId, state } = read.row;
  const checked = checkDocument(asked, state, dayOf(scene.now));
  if (!checked.ok) return checked;
  if (!file) return err({ reason: "missing", field: "file" });
  // Private as stored: whether it is read is decided by its day, at every reading.
  const put = await putFile(scene, file, scene.actor.personId, "private");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  const author = authorOf(scene);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows] = await scene.db.read(listDocuments(scene, tenderId));
    const same = rows.find(({ fileHash, title }) => fileHash === stored.sha256 && title === checked.value.title);
    if (same) return ok({ documentNo: same.documentNo });
    const documentNo = rows.length + 1;
    const { kind, title, withheldWhy, releasedOn } = checked.value;
    const facts = {
      document: documentNo,
      kind,
      title,
      file: stored.sha256,
      ...(releasedOn === "" ? {} : { withheldWhy, releasedOn }),
    };
    const event = recordTenderEvent(scene, tenderId, "document_put", facts, author);
    const written = await scene.db.write([
      statement,
      insertDocument(scene, {
        tenderId,
        documentNo,
        ...checked.value,
        fileId: stored.fileId,
        fileName: stored.name,
        mediaType: stored.mediaType,
        bytes: stored.bytes,
        fileHash: stored.sha256,
        putBy: author.id,
        byWords: author.words,
        putAt: scene.now,
        leafHash: event.leafHash,
      }),
      ...event.statements,
    ]);
    if (written.ok) return ok({ documentNo });
    if (written.error.code !== "documents_changed_meanwhile")
      throw new Error(`a document was refused by ${written.error.code}`);
  }
  throw new Error("too many documents at once");
}
