/** The log up to a checkpoint as evidence to hand out: every leaf, and the proof of any. Reads only; refuses nothing but a log without its checkpoint. */
import type { Scene } from "../platform/scene.ts";
import { provableLeaves } from "./merkle/list.ts";
import { findCheckpoint, findLog, type LogIdentity, listLevel, type StoredCheckpoint } from "./store.ts";
import { type Cosignature, listCosignatures } from "./witness/store.ts";

export interface Evidence {
  readonly log: LogIdentity;
  readonly checkpoint: StoredCheckpoint;
  readonly cosignatures: readonly Cosignature[];
  /** Hex, from entry 0 up to the checkpoint's size. */
  readonly leafHashes: readonly string[];
  readonly prove: (seq: number) => readonly string[];
}

const A_STEP = 20_000;

/**
 * Everything the checkpoint of a size covers; null where none of that size was made. Throws where the leaves no longer make its root.
 * Rows grow with the log: for archives, not for pages.
 */
export async function evidenceAt(scene: Pick<Scene, "db" | "community">, size: number): Promise<Evidence | null> {
  const [[checkpoint], [log], cosignatures] = await scene.db.read(
    findCheckpoint(scene, size),
    findLog(scene),
    listCosignatures(scene, size),
  );
  if (!checkpoint || !log) return null;
  const leafHashes: string[] = [];
  for (let from = 0; from < size; from += A_STEP) {
    const [step] = await scene.db.read(listLevel(scene, 0, from, Math.min(size, from + A_STEP)));
    for (const { hash } of step) leafHashes.push(hash);
  }
  const { root, prove } = provableLeaves(leafHashes);
  if (root !== checkpoint.root) throw new Error(`the leaves of checkpoint ${size} do not have its root`);
  return { log, checkpoint, cosignatures, leafHashes, prove };
}
