/// <reference types="vite/types/importMeta.d.ts" />
/** The typed view of the tables says what the migrations made, and what may only grow is guarded against every way of changing it. */
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import { openDirectory, sql } from "../../src/platform/db.ts";
import { testEnv } from "./community-of-test.ts";

const modules = import.meta.glob("../../src/**/schema.ts", { eager: true }) as Record<string, Record<string, unknown>>;
const tables = Object.values(modules).flatMap((module) =>
  Object.values(module).filter((value): value is SQLiteTable => is(value, SQLiteTable)),
);

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}
interface Named {
  readonly name: string;
  readonly sql: string;
}

const db = openDirectory(testEnv);
const [made, triggers] = await db.read(
  db.all<Named>(
    sql`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_cf%' AND name <> 'd1_migrations'`,
  ),
  db.all<Named & { table: string }>(
    sql`SELECT name, sql, tbl_name AS "table" FROM sqlite_schema WHERE type = 'trigger'`,
  ),
);

describe("each table's typed view", () => {
  test("there are some", () => expect(tables.length).toBeGreaterThan(15));
  test.each(tables.map((table) => [getTableName(table), table] as const))(
    "%s has the migration's columns",
    async (name, table) => {
      const [columns] = await db.read(
        db.all<Column>(sql`SELECT name, type, "notnull", pk FROM pragma_table_info(${name})`),
      );
      const typed = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        notNull: column.notNull,
      }));
      const real = columns.map((column) => ({ name: column.name, type: column.type, notNull: column.notnull === 1 }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(typed.sort(byName)).toEqual(real.sort(byName));
    },
  );
});

describe("every table", () => {
  const own = made.filter(({ name }) => !["assertion"].includes(name));
  test.each(own.map(({ name, sql: text }) => [name, text]))("%s is STRICT", (_, text) => {
    expect(text).toMatch(/\)\s*STRICT/);
  });
  const deploymentWide = [
    "directory",
    "assertion",
    "demo_clock",
    "demo_seed",
    "setup_attempt",
    "setup_reservation",
    "district_total",
  ];
  test.each(own.filter(({ name }) => !deploymentWide.includes(name)).map(({ name }) => [name]))(
    "%s has the community first in its key",
    async (name) => {
      const [columns] = await db.read(
        db.all<Column>(sql`SELECT name, type, "notnull", pk FROM pragma_table_info(${name}) WHERE pk = 1`),
      );
      expect(columns.map((column) => column.name)).toEqual(["community_id"]);
    },
  );
});

describe("what may only grow", () => {
  const guardedAgainst = (table: string, verb: string): boolean =>
    triggers.some((trigger) => trigger.table === table && new RegExp(`BEFORE ${verb}\\b`).test(trigger.sql));
  test.each([
    "record_leaf",
    "ballot",
    "ballot_choice",
    "ballot_part",
    "contact_event",
    "paper_entry",
    "count_result",
    "setting",
    "office_body_change",
    "office_level",
    "office_post_change",
    "duty_task",
    "duty_assignment",
    "duty_report",
    "ledger_answer",
    "ledger_budget_note",
  ])("%s refuses UPDATE, DELETE and INSERT OR REPLACE", (table) => {
    expect(["UPDATE", "DELETE", "INSERT"].filter((verb) => !guardedAgainst(table, verb))).toEqual([]);
  });
  test("nothing is deleted in cascade", () => {
    for (const { sql: text } of made) expect(text).not.toMatch(/ON DELETE CASCADE/i);
  });
});
