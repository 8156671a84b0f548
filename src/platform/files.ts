/** Files of a community: checked by their first bytes, sealed, put into FILES, and described by a row for the same batch. Not their meaning. */
import { sha256Hex } from "../kernel/hash.ts";
import { newId } from "../kernel/id.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { type Query, sql } from "./db.ts";
import type { Scene } from "./scene.ts";

export const LARGEST_FILE_BYTES = 10 * 1024 * 1024;

export type FileFault =
  | { readonly reason: "file_empty"; readonly name: string }
  | { readonly reason: "file_too_large"; readonly name: string; readonly bytes: number }
  | { readonly reason: "file_type_refused"; readonly name: string };

export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

// Told by content, never by the name or the browser's word: a photograph that is a script stays outside.
const KINDS: readonly { mediaType: string; starts: readonly number[]; at?: number }[] = [
  { mediaType: "image/jpeg", starts: [0xff, 0xd8, 0xff] },
  { mediaType: "image/png", starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: "image/webp", starts: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { mediaType: "application/pdf", starts: [0x25, 0x50, 0x44, 0x46, 0x2d] },
];

/** The media type of a photograph or PDF by its first bytes; null for anything else. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const kind = KINDS.find(({ starts, at = 0 }) => starts.every((byte, index) => bytes[at + index] === byte));
  return kind?.mediaType ?? null;
}

/**
 * Seals and puts a file, and returns the statement that makes it known. The bytes go first: a row without bytes would
 * be a lie, bytes without a row are only waste.
 */
export async function putFile(
  scene: Scene,
  file: { name: string; bytes: Uint8Array },
  by: string,
  open: "public" | "private",
): Promise<Result<{ stored: StoredFile; statement: Query }, FileFault>> {
  const { name, bytes } = file;
  if (bytes.length === 0) return err({ reason: "file_empty", name });
  if (bytes.length > LARGEST_FILE_BYTES) return err({ reason: "file_too_large", name, bytes: bytes.length });
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) return err({ reason: "file_type_refused", name });
  const fileId = newId<string>(scene.random);
  const stored = {
    fileId,
    name: name.slice(0, 120),
    mediaType,
    bytes: bytes.length,
    sha256: sha256Hex(bytes),
  };
  await scene.env.FILES.put(pathOf(scene, fileId), await scene.keys.sealBytes(bytes, `file:${fileId}`));
  const { db, community, now } = scene;
  return ok({
    stored,
    statement: db.run(
      sql`INSERT INTO file(community_id, file_id, name, media_type, bytes, sha256, public, put_by, put_at)
          VALUES (${community.id}, ${fileId}, ${stored.name}, ${mediaType}, ${bytes.length}, ${stored.sha256},
                  ${open === "public" ? 1 : 0}, ${by}, ${now})`,
    ),
  });
}

const pathOf = (scene: Scene, fileId: string): string => `${scene.community.id}/${fileId}`;

/** A file with its bytes; null when unknown, or private and `access` is public. */
export async function getFile(
  scene: Scene,
  fileId: string,
  access: "public" | "private",
): Promise<{ stored: StoredFile; bytes: Uint8Array } | null> {
  const { db, community } = scene;
  const [rows] = await db.read(
    db.all<StoredFile & { public: number }>(
      sql`SELECT file_id AS fileId, name, media_type AS mediaType, bytes, sha256, public FROM file
          WHERE community_id = ${community.id} AND file_id = ${fileId}`,
    ),
  );
  const stored = rows[0];
  if (!stored || (access === "public" && stored.public !== 1)) return null;
  const object = await scene.env.FILES.get(pathOf(scene, fileId));
  if (!object) return null;
  return { stored, bytes: await scene.keys.openBytes(new Uint8Array(await object.arrayBuffer()), `file:${fileId}`) };
}

const LONGEST_KEY_NUMBER = 9; // eight characters and a dot

/** Puts a file's bytes under the newest key where an older one sealed them; whether it did. What is not there is left to whoever asks for it. */
export async function resealFile(scene: Scene, fileId: string): Promise<boolean> {
  const path = pathOf(scene, fileId);
  const head = await scene.env.FILES.get(path, { range: { offset: 0, length: LONGEST_KEY_NUMBER } });
  if (!head || (await head.text()).startsWith(`${scene.keys.newest}.`)) return false;
  const object = await scene.env.FILES.get(path);
  if (!object) return false;
  const context = `file:${fileId}`;
  const bytes = await scene.keys.openBytes(new Uint8Array(await object.arrayBuffer()), context);
  await scene.env.FILES.put(path, await scene.keys.sealBytes(bytes, context));
  return true;
}
