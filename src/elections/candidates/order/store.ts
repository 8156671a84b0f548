/** The SQL of the seed and the draw of the candidates' order, and committing to a new seed. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene } from "../../../platform/scene.ts";
import { commitSeed, SEED_BYTES } from "../../../record/draw/rules.ts";
import { type ElectionAuthor, recordElectionEvent } from "../../acting.ts";
import type { ElectionKey } from "../../store.ts";
import { candidateDraw, candidateSeed } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface SeedRow {
  readonly electionId: string;
  readonly commitment: string;
  readonly seedSealed: string;
  readonly committedAt: Instant;
  readonly leafHash: string;
}

export interface DrawRow {
  /** 64 hex digits, revealed. */
  readonly seed: string;
  readonly purpose: string;
  /** JSON lists of nomination numbers. */
  readonly lots: string;
  readonly drawn: string;
  readonly fewerReason: string | null;
  readonly drawnAt: Instant;
  readonly leafHash: string;
}

export const findSeed = ({ db, community }: Here, key: ElectionKey): Query<SeedRow[]> =>
  db.all(
    sql`SELECT election_id AS electionId, commitment, seed_sealed AS seedSealed, committed_at AS committedAt, leaf_hash AS leafHash
        FROM candidate_seed WHERE community_id = ${community.id} AND election_id = ${key}`,
  );

export const findDraw = ({ db, community }: Here, key: ElectionKey): Query<DrawRow[]> =>
  db.all(
    sql`SELECT seed, purpose, lots, drawn, fewer_reason AS fewerReason, drawn_at AS drawnAt, leaf_hash AS leafHash
        FROM candidate_draw WHERE community_id = ${community.id} AND election_id = ${key}`,
  );

const context = (communityId: string, electionId: string): string => `candidate-seed:${communityId}:${electionId}`;
registerSealed({
  table: "candidate_seed",
  column: "seed_sealed",
  key: ["election_id"],
  contextOf: (communityId, row) => context(communityId, String(row.election_id)),
});

/**
 * Commits to the seed of the candidates' order: for the batch that opens nominations, or at the latest the one that brings in
 * the first name. The seed stays sealed until the list is published. The database takes one for each election
 * (`seed_committed`), and none once names are no longer taken (`seed_too_late`).
 */
export async function commitOrderSeed(
  scene: Scene,
  electionId: string,
  by: ElectionAuthor,
): Promise<{ readonly commitment: string; readonly statements: readonly Query[] }> {
  const seed = scene.random(SEED_BYTES);
  const commitment = commitSeed(seed);
  const seedSealed = await scene.keys.seal(bytesToHex(seed), context(scene.community.id, electionId));
  const event = recordElectionEvent(scene, electionId, "order_seed_committed", { commitment }, by);
  const insert = scene.db.orm.insert(candidateSeed).values({
    communityId: scene.community.id,
    electionId,
    commitment,
    seedSealed,
    committedAt: scene.now,
    leafHash: event.leafHash,
  });
  return { commitment, statements: [insert, ...event.statements] };
}

/** The seed in clear, 64 hex digits: only for the draw itself. */
export const openSeed = (scene: Pick<Scene, "keys" | "community">, row: SeedRow): Promise<string> =>
  scene.keys.open(row.seedSealed, context(scene.community.id, row.electionId));

export const insertDraw = (
  { db, community }: Here,
  row: Omit<typeof candidateDraw.$inferInsert, "communityId">,
): Query => db.orm.insert(candidateDraw).values({ communityId: community.id, ...row });
