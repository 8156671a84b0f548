/** The SQL of what owners are told regularly: editions, and a statement for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { ledgerRegular } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface EditionRow {
  readonly edition: number;
  readonly texts: string;
  readonly personSealed: string;
  readonly contentHash: string;
  readonly publishedAt: Instant;
  readonly leafHash: string;
}
/** Up to an edition, the newest first. */
export const listEditions = (
  { db, community }: Here,
  page: { readonly limit: number; readonly upTo: number },
): Query<EditionRow[]> =>
  db.all(
    sql`SELECT edition, texts, person_sealed AS personSealed, content_hash AS contentHash, published_at AS publishedAt, leaf_hash AS leafHash
        FROM ledger_regular WHERE community_id = ${community.id} AND edition <= CAST(${page.upTo} AS INTEGER)
        ORDER BY edition DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );

export const insertEdition = (
  { db, community }: Here,
  row: Omit<typeof ledgerRegular.$inferInsert, "communityId">,
): Query => db.orm.insert(ledgerRegular).values({ communityId: community.id, ...row });
