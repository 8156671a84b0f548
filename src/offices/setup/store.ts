/** The SQL of a first set-up: reservation and tries on the directory's database, the community's own row on its shard. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { CommunityId } from "../../kernel/id.ts";
import { assertFrom, type CommunityAddress, type Database, type Query, sql } from "../../platform/db.ts";
import type { Limit } from "../signin/rules.ts";
import type { CommunityAsked } from "./rules.ts";

export const listShardCounts = (directory: Database): Query<{ shard: number; communities: number }[]> =>
  directory.all(sql`SELECT shard, count(*) AS communities FROM directory GROUP BY shard`);

/** Who has a slug: in the directory, or reserved by a set-up that has not finished. */
export const findSlug = (
  directory: Database,
  slug: string,
): Query<{ id: CommunityId; shard: number; name: string; isOpen: number }[]> =>
  directory.all(
    sql`SELECT community_id AS id, shard, name, 1 AS isOpen FROM directory WHERE slug = ${slug}
        UNION ALL
        SELECT community_id, shard, '', 0 FROM setup_reservation r
        WHERE slug = ${slug} AND NOT EXISTS (SELECT 1 FROM directory d WHERE d.slug = r.slug)`,
  );

/** Keeps a slug and its shard for one community; whoever comes second changes nothing and finds the first. */
export const reserveSlug = (
  directory: Database,
  reservation: { slug: string; id: CommunityId; shard: number; at: Instant },
): Query =>
  directory.run(
    sql`INSERT INTO setup_reservation(slug, community_id, shard, reserved_at)
        VALUES (${reservation.slug}, ${reservation.id}, ${reservation.shard}, ${reservation.at})
        ON CONFLICT DO NOTHING`,
  );

export const insertCommunity = (db: Database, id: CommunityId, asked: CommunityAsked, now: Instant): Query =>
  db.run(
    sql`INSERT INTO community(community_id, slug, name, address, street, district, created_at)
        VALUES (${id}, ${asked.slug}, ${asked.name}, ${asked.address}, ${asked.street}, ${asked.district}, ${now})`,
  );

export const findCommunityRow = (db: Database, id: CommunityId): Query<{ slug: string }[]> =>
  db.all(sql`SELECT slug FROM community WHERE community_id = ${id}`);

/** The last step: from here on the community is found by its address. */
export const insertIntoDirectory = (
  directory: Database,
  address: CommunityAddress,
  asked: CommunityAsked,
  now: Instant,
): Query =>
  directory.run(
    sql`INSERT INTO directory(slug, community_id, shard, name, street, district, created_at)
        VALUES (${address.slug}, ${address.id}, ${address.shard}, ${address.name}, ${asked.street}, ${asked.district}, ${now})
        ON CONFLICT DO NOTHING`,
  );

export const listWrongCodes = (directory: Database, limit: Limit, now: Instant): Query<{ at: Instant }[]> =>
  directory.all(
    sql`SELECT at FROM setup_attempt WHERE correct = 0 AND at > CAST(${now - limit.withinMs} AS INTEGER)
        ORDER BY at DESC LIMIT CAST(${limit.most} AS INTEGER)`,
  );

/** Notes a try, asserting in the same batch that the limit had room (`setup_locked`). */
export const insertCodeTry = (
  directory: Database,
  tried: { at: Instant; attempt: string; correct: boolean },
  limit: Limit,
): Query[] => [
  assertFrom(
    directory,
    "setup_locked",
    sql`SELECT count(*) < CAST(${limit.most} AS INTEGER) FROM setup_attempt
        WHERE correct = 0 AND at > CAST(${tried.at - limit.withinMs} AS INTEGER)`,
  ),
  directory.run(
    sql`INSERT INTO setup_attempt(at, attempt, correct) VALUES (${tried.at}, ${tried.attempt}, ${tried.correct ? 1 : 0})`,
  ),
];
