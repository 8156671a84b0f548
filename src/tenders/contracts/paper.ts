/** A paper of a contract as an answer: the PDF as it was put. Who may ask for it is the route's. */
import type { AppContext } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";

export async function paperResponse(
  c: AppContext,
  paper: { readonly fileId: string } | undefined,
): Promise<Response | null> {
  const found = paper ? await getFile(c.var.scene, paper.fileId, "private") : null;
  if (!found) return null;
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.stored.name)}`,
    "cache-control": "private, max-age=3600",
  });
}
