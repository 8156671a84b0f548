/** Seeds of samples: made, committed to and sealed; opened by the draw alone. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Query } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import { commitSeed, SEED_BYTES } from "../../../record/draw/rules.ts";
import { insertSeed, type SeedRow } from "./store.ts";

const context = (communityId: string, engagementId: string, sampleNo: number): string =>
  `audit-seed:${communityId}:${engagementId}:${sampleNo}`;
registerSealed({
  table: "audit_seed",
  column: "seed_sealed",
  key: ["engagement_id", "sample_no"],
  contextOf: (communityId, row) => context(communityId, String(row.engagement_id), Number(row.sample_no)),
});

/** A new seed for a sample, sealed: the statement for the batch whose entry carries the commitment. */
export async function commitNextSeed(
  scene: Scene,
  engagementId: string,
  sampleNo: number,
): Promise<{ readonly commitment: string; readonly statement: Query }> {
  const seed = scene.random(SEED_BYTES);
  const commitment = commitSeed(seed);
  const seedSealed = await scene.keys.seal(bytesToHex(seed), context(scene.community.id, engagementId, sampleNo));
  return {
    commitment,
    statement: insertSeed(scene, { engagementId, sampleNo, commitment, seedSealed, committedAt: scene.now }),
  };
}

/** The seed in clear, 64 hex digits: only for the draw itself. */
export const openSeed = (scene: Pick<Scene, "keys" | "community">, row: SeedRow): Promise<string> =>
  scene.keys.open(row.seedSealed, context(scene.community.id, row.engagementId, row.sampleNo));
