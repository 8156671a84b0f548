/** Importing a roll: the whole way from a file's bytes to the written rows, beside a bare json_each insert of those rows. */
import { confirmImport, stageImport } from "../../src/community/import/actions.ts";
import { dayOf } from "../../src/kernel/day.ts";
import { type CommunityAddress, openCommunity, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { rollCsv } from "./roll.ts";
import { costOf, makeCommunity, must, START, staffAt } from "./world.ts";

const SECRETARY = "secretary";

const LARGEST_FILE_ROWS = 20_000;

/** Fills a community's roll with `units` units through the product's import, in as many files as that takes. */
export async function importRoll(env: Env, community: CommunityAddress, units: number): Promise<void> {
  for (let from = 0, version = 0; from < units; from += LARGEST_FILE_ROWS, version += 1) {
    const jobId = await stageFile(env, community, from, Math.min(LARGEST_FILE_ROWS, units - from));
    const scene = staffAt(env, community, SECRETARY, ["roll.read", "roll.write"]);
    must(await confirmImport(scene, jobId, { version, retire: [] }));
  }
}

async function stageFile(env: Env, community: CommunityAddress, from: number, units: number): Promise<string> {
  const scene = staffAt(env, community, SECRETARY, ["roll.read", "roll.write"]);
  const bytes = new TextEncoder().encode(rollCsv(from, units));
  return must(await stageImport(scene, { name: "roll.csv", bytes }, dayOf(START))).jobId;
}

interface Staged {
  readonly community: CommunityAddress;
  readonly jobId: string;
}

async function stage(env: Env, { units }: { units: number }): Promise<Staged> {
  const community = await makeCommunity(env, `导入 ${units}`);
  return { community, jobId: await stageFile(env, community, 0, units) };
}

async function confirm(env: Env, { community, jobId }: Staged): Promise<unknown> {
  const scene = staffAt(env, community, SECRETARY, ["roll.read", "roll.write"]);
  must(await confirmImport(scene, jobId, { version: 0, retire: [] }));
  return costOf(scene.db.meter);
}

/** In the order of their foreign keys. */
const TABLES = ["unit", "unit_fact", "party", "party_detail", "holding"] as const;
const CHUNK_CHARACTERS = 600_000;

interface Floor {
  readonly columns: readonly string[];
  readonly table: string;
  readonly chunks: readonly string[];
}

// Made before the clock runs and kept between requests: the floor is the insert alone.
let prepared: readonly Floor[] = [];

async function prepareFloor(env: Env, { community }: { community: CommunityAddress }): Promise<{ rows: number }> {
  const db = openCommunity(env, community, "primary");
  const floors: Floor[] = [];
  let rows = 0;
  for (const table of TABLES) {
    const [found] = await db.read(
      db.all<Record<string, unknown>>(sql`SELECT * FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
    );
    rows += found.length;
    const columns = Object.keys(found[0]!).filter((name) => name !== "community_id");
    const texts = found.map((row) => JSON.stringify(columns.map((name) => row[name])));
    const chunks: string[] = [];
    for (let start = 0; start < texts.length; ) {
      let end = start;
      for (let size = 0; end < texts.length && size < CHUNK_CHARACTERS; end += 1) size += texts[end]!.length + 1;
      chunks.push(`[${texts.slice(start, end).join(",")}]`);
      start = end;
    }
    floors.push({ table, columns, chunks });
  }
  prepared = floors;
  return { rows };
}

async function floor(env: Env): Promise<unknown> {
  const community = await makeCommunity(env, "底线");
  const db = openCommunity(env, community, "primary");
  await db.readMany(
    prepared.flatMap(({ table, columns, chunks }) => {
      const values = columns.map((_, at) => `value ->> ${at}`).join(", ");
      const into = sql.raw(`${table}(community_id, ${columns.join(", ")})`);
      return chunks.map((chunk) =>
        db.run(sql`INSERT INTO ${into} SELECT ${community.id}, ${sql.raw(values)} FROM json_each(${chunk})`),
      );
    }),
  );
  return costOf(db.meter);
}

export const importTasks = {
  "import/stage": stage,
  "import/confirm": confirm,
  "import/prepare-floor": prepareFloor,
  "import/floor": floor,
};
