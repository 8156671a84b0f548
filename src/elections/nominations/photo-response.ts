/** A candidate's photograph as a response. Who may see it is decided before. */
import type { AppContext } from "../../platform/context.ts";
import { getFile } from "../../platform/files.ts";

/** The picture, or "not there". Public ones may be kept for a day: the list does not change them. */
export async function photoResponse(c: AppContext, fileId: string | null, isPublic: boolean): Promise<Response> {
  const found = fileId === null ? null : await getFile(c.var.scene, fileId, "private");
  if (!found?.stored.mediaType.startsWith("image/")) return c.notFound() as Response | Promise<Response>;
  return c.body(found.bytes as Uint8Array<ArrayBuffer>, 200, {
    "content-type": found.stored.mediaType,
    "content-disposition": "inline; filename=photo",
    "cache-control": isPublic ? "public, max-age=86400" : "private, no-store",
  });
}
