/** Photographs that go with a sheet or a report: told by their content, sealed, and never public. */

import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, mediaTypeOf, putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Photo } from "./store.ts";

export const MOST_PHOTOS = 6;

export type PhotoRefusal =
  | { readonly reason: "photo_refused"; readonly fault: FileFault }
  | { readonly reason: "photo_not_image"; readonly name: string }
  | { readonly reason: "too_many_photos"; readonly most: number };

/** Puts photographs away; `statements` make them known and join the batch of what they belong to. */
export async function putPhotos(
  scene: Scene,
  photos: readonly Upload[],
  by: string,
): Promise<Result<{ readonly stored: readonly Photo[]; readonly statements: readonly Query[] }, PhotoRefusal>> {
  if (photos.length > MOST_PHOTOS) return err({ reason: "too_many_photos", most: MOST_PHOTOS });
  const stored: Photo[] = [];
  const statements: Query[] = [];
  for (const photo of photos) {
    if (mediaTypeOf(photo.bytes)?.startsWith("image/") === false)
      return err({ reason: "photo_not_image", name: photo.name });
    const put = await putFile(scene, photo, by, "private");
    if (!put.ok) return err({ reason: "photo_refused", fault: put.error });
    const { fileId, name, sha256 } = put.value.stored;
    stored.push({ fileId, name, sha256 });
    statements.push(put.value.statement);
  }
  return ok({ stored, statements });
}
