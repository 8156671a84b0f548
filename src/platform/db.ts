/** The only door to D1: opens a community's database, reads in one round trip, writes in one batch. Decides nothing. */
import { type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { CommunityId } from "../kernel/id.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import type { Env } from "./env.ts";

export { type SQL, sql };

/** A statement not yet run, part of one read or of one batch: raw SQL with its parameters, or one of drizzle's builders. */
export interface Query<T = unknown> {
  readonly _: { readonly result: T };
}

// What drizzle's builders carry inside. Its own batch() cannot run raw SQL that has parameters, so the batch is ours.
interface Prepared {
  getQuery(): { sql: string; params: unknown[] };
  mapResult(response: unknown, isFromBatch: boolean): unknown;
}

class RawQuery<T> implements Query<T> {
  declare readonly _: { readonly result: T };
  readonly source: SQL;
  constructor(source: SQL) {
    this.source = source;
  }
}

const dialect = new SQLiteAsyncDialect();

interface Compiled {
  readonly text: string;
  readonly params: readonly unknown[];
  readonly read: (result: D1Result) => unknown;
}

/** A statement as the database is given it, and how its answer is read. */
function compiled(query: Query): Compiled {
  if (query instanceof RawQuery) {
    const { sql: text, params } = dialect.sqlToQuery(query.source);
    return { text, params, read: (result) => result.results };
  }
  const prepared = (query as unknown as { _prepare(): Prepared })._prepare();
  const { sql: text, params } = prepared.getQuery();
  return { text, params, read: (result) => prepared.mapResult(result, true) };
}

/** A read that waits for the next one to come along. */
interface Rider {
  readonly query: Query;
  answer: unknown;
}

/** What D1 bills for, counted since the database was opened. */
export interface Meter {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** A batch that D1 rolled back because a guard in it said no: an assertion row, a trigger, or a UNIQUE key. */
export interface Aborted {
  readonly reason: "aborted";
  /** The assertion's or trigger's code, or `unique:<table>`. */
  readonly code: string;
}

export class Database {
  /** For building typed queries; running them is `read` and `write`, which count. */
  readonly orm: DrizzleD1Database;
  readonly meter: Meter = { roundTrips: 0, rowsRead: 0, rowsWritten: 0 };
  readonly #client: D1Database | D1DatabaseSession;

  constructor(client: D1Database | D1DatabaseSession) {
    this.#client = client;
    this.orm = drizzle(client as D1Database);
  }

  /** Rows of a raw SELECT (or a write with RETURNING), as objects named by the columns' aliases. */
  all<T>(query: SQL): Query<T[]> {
    return new RawQuery<T[]>(query);
  }

  /** A raw write. */
  run(query: SQL): Query {
    return new RawQuery<unknown>(query);
  }

  /** Several reads in one round trip. */
  async read<const Q extends readonly [Query, ...Query[]]>(...queries: Q): Promise<Results<Q>> {
    return (await this.#reading(queries)) as unknown as Results<Q>;
  }

  /**
   * A read that joins the next one, whichever it is, so that what stands on every page costs no round trip of its own. Where that
   * one asks the very same, it is asked once. The answer is undefined until something was read.
   */
  ride<T>(query: Query<T>): () => T | undefined {
    const rider: Rider = { query, answer: undefined };
    this.#rider = rider;
    return () => rider.answer as T | undefined;
  }
  #rider: Rider | undefined;

  async #reading(queries: readonly Query[]): Promise<unknown[]> {
    const rider = this.#rider;
    if (!rider) return this.#batch(queries);
    this.#rider = undefined;
    const asked = compiled(rider.query);
    const own = queries.findIndex((query) => {
      const { text, params } = compiled(query);
      return text === asked.text && JSON.stringify(params) === JSON.stringify(asked.params);
    });
    const answers = await this.#batch(own < 0 ? [...queries, rider.query] : queries);
    rider.answer = answers.at(own);
    return own < 0 ? answers.slice(0, -1) : answers;
  }

  async #batch(queries: readonly Query[]): Promise<unknown[]> {
    const all = queries.map(compiled);
    this.meter.roundTrips += 1;
    const results = await this.#client.batch(all.map(({ text, params }) => this.#client.prepare(text).bind(...params)));
    for (const { meta } of results) {
      this.meter.rowsRead += meta.rows_read ?? 0;
      this.meter.rowsWritten += meta.rows_written ?? 0;
    }
    return results.map((result, index) => all[index]!.read(result));
  }

  /** One round trip for a list whose length is known only at run time. */
  async readMany<T>(queries: readonly Query<T>[]): Promise<T[]> {
    const [first, ...rest] = queries;
    if (!first) return [];
    return (await this.#reading([first, ...rest])) as T[];
  }

  /**
   * One batch: all of it or none of it. A lost connection is tried once more, because it may have come after the commit;
   * every batch therefore carries its own guard against running twice.
   */
  async write(statements: readonly Query[]): Promise<Result<unknown[], Aborted>> {
    const [first, ...rest] = statements;
    if (!first) return ok([]);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return ok(await this.#batch([first, ...rest]));
      } catch (error) {
        const text = causeOf(error);
        const code = abortCode(text);
        if (code) return err({ reason: "aborted", code });
        if (attempt > 1 || !/Network connection lost|storage caused object to be reset/.test(text)) throw error;
      }
    }
  }

  /** Where a following read must have got to, for carrying over a redirect; null outside a session. */
  bookmark(): string | null {
    return "getBookmark" in this.#client ? (this.#client as D1DatabaseSession).getBookmark() : null;
  }
}

type Results<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

/** D1's own words, which name the constraint; drizzle's message around them carries SQL and parameters and goes nowhere. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function abortCode(text: string): string | null {
  const unique = /UNIQUE constraint failed: (\w+)\./.exec(text);
  if (unique) return `unique:${unique[1]}`;
  // RAISE(ABORT, 'code') arrives as "D1_ERROR: code: SQLITE_CONSTRAINT_TRIGGER" (older builds end in SQLITE_CONSTRAINT).
  const raised = /(?:^|: )([a-z][a-z0-9_]*): SQLITE_CONSTRAINT/.exec(text);
  return raised ? raised[1]! : null;
}

/**
 * Aborts the batch with `code` unless the condition is 1. Right after a guarded write, `sql\`changes() = 1\`` asserts
 * that the write hit its row: compare-and-swap without a read in between.
 */
export const assertThat = (db: Database, code: string, condition: SQL): Query =>
  db.run(sql`INSERT INTO assertion(code, ok) VALUES (${code}, ${condition})`);

/** The same for a condition that needs a FROM: `SELECT … ` must yield one row with one column; no row counts as no. */
export const assertFrom = (db: Database, code: string, select: SQL): Query =>
  db.run(sql`INSERT INTO assertion(code, ok) VALUES (${code}, coalesce((${select}), 0))`);

export interface CommunityAddress {
  readonly id: CommunityId;
  readonly slug: string;
  readonly name: string;
  readonly shard: number;
}

/** The binding of a shard. A directory that names a shard without a binding is a fault of the deployment. */
function binding(env: Env, shard: number): D1Database {
  const found = shard === 0 ? env.DB : (env as unknown as Record<string, D1Database | undefined>)[`DB_${shard}`];
  if (!found) throw new Error(`shard ${shard} has no binding DB_${shard}`);
  return found;
}

/** How many shards this deployment has bound: DB, DB_1, DB_2 … without a gap. */
export function shardsBound(env: Env): number {
  let count = 1;
  while ((env as unknown as Record<string, unknown>)[`DB_${count}`]) count += 1;
  return count;
}

/** "any" may read a replica; "primary" sees every commit; a bookmark sees at least the commit it was taken at. */
export type Consistency = "any" | "primary" | { readonly bookmark: string };

const constraint = (consistency: Consistency): string =>
  consistency === "any" ? "first-unconstrained" : consistency === "primary" ? "first-primary" : consistency.bookmark;

export const openDirectory = (env: Env): Database => new Database(env.DB);

export const openShard = (env: Env, shard: number, consistency: Consistency = "primary"): Database =>
  new Database(binding(env, shard).withSession(constraint(consistency)));

/** The one way to a community's database. */
export const openCommunity = (env: Env, community: CommunityAddress, consistency: Consistency): Database =>
  openShard(env, community.shard, consistency);

// A community never moves and never changes its slug, so what was found once is kept for the isolate's life.
const known = new WeakMap<D1Database, Map<string, CommunityAddress>>();

/** Looks a community up by its slug; null when there is none. Costs a round trip once per isolate. */
export async function findCommunity(env: Env, slug: string): Promise<CommunityAddress | null> {
  const cache = known.get(env.DB) ?? new Map<string, CommunityAddress>();
  known.set(env.DB, cache);
  const cached = cache.get(slug);
  if (cached) return cached;
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(slug)) return null;
  const db = openDirectory(env);
  const [rows] = await db.read(
    db.all<CommunityAddress>(
      sql`SELECT community_id AS id, slug, name, shard FROM directory WHERE slug = ${slug} LIMIT 1`,
    ),
  );
  const found = rows[0] ?? null;
  if (found) cache.set(slug, found);
  return found;
}

/** Every community of the deployment, by name, a page at a time. */
export async function listCommunities(
  env: Env,
  limit: number,
  offset: number,
): Promise<{ total: number; communities: CommunityAddress[] }> {
  const db = openDirectory(env);
  const [count, rows] = await db.read(
    db.all<{ total: number }>(sql`SELECT count(*) AS total FROM directory`),
    db.all<CommunityAddress>(
      sql`SELECT community_id AS id, slug, name, shard FROM directory ORDER BY name, slug LIMIT ${limit} OFFSET ${offset}`,
    ),
  );
  return { total: count[0]?.total ?? 0, communities: rows };
}
