/** Importing a roll through workerd and D1: all or nothing, differences first, 5,000 rows in one batch, no personal data in clear. */
import { describe, expect, test } from "vitest";
import {
  abandonImport,
  confirmImport,
  expireImports,
  STAGED_DAYS,
  stageImport,
  viewImport,
} from "../../src/community/import/actions.ts";
import { readRollFile } from "../../src/community/import/reading.ts";
import { importedEntries } from "../../src/community/import/statements.ts";
import { exportMaskedRoll, exportRoll, fitsLastFour, revealPersonal } from "../../src/community/privacy/actions.ts";
import { DEFAULT_SETTINGS, voters } from "../../src/community/rules.ts";
import { findParties, listHoldings } from "../../src/community/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import { sql } from "../../src/platform/db.ts";
import { fromBase64 } from "../../src/platform/secrets.ts";
import { rootOf } from "../../src/record/merkle/list.ts";
import { makeCommunity, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { csvOf, importFile, linesOn, manyRows, rollOn, SMALL, secretary, unitIdOf } from "./community-roll-of-test.ts";

const TODAY = "2026-11-02";

const counts = async (community: Awaited<ReturnType<typeof makeCommunity>>) => {
  const { db } = sceneAt(community);
  const count = (table: string) =>
    db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`);
  const rows = await db.readMany(
    ["unit", "unit_fact", "party", "party_detail", "holding", "roll_change", "import_part", "record_leaf"].map(count),
  );
  return rows.map(([row]) => row!.n);
};

describe("an import", () => {
  test("brings in units, owners and heads, leaves one leaf, and erases what was staged", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL));
    expect(await linesOn(community, TODAY)).toEqual([
      "0101 张** 8966",
      "0102 张** 10235",
      "0201 李**+王** 7652",
      "0301 璧山置业有限公司 11840",
      "B1-001 张** 1272",
      "S01 重庆便民超市有限公司 5480",
    ]);
    const heads = voters(await rollOn(community, TODAY), DEFAULT_SETTINGS);
    expect(heads.map(({ reason, areaDm2 }) => [reason, areaDm2])).toEqual([
      ["one_owner", 19_201],
      ["one_unit", 7652],
      ["developer", 11_840],
      ["one_unit", 5480],
    ]);
    expect(await counts(community)).toEqual([6, 6, 5, 5, 7, 1, 0, 1]);
  });

  test("holds from its day on and not before", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL), "2026-06-01");
    expect(await linesOn(community, "2026-05-31")).toEqual([]);
    expect(await linesOn(community, "2026-06-01")).toHaveLength(6);
  });

  test("changes nothing before it is confirmed, and nothing when it is given up", async () => {
    const community = await makeCommunity();
    const staged = await stageImport(secretary(community), { name: "a.csv", bytes: csvOf(...SMALL) }, TODAY);
    if (!staged.ok) throw new Error("not staged");
    expect((await counts(community)).slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await abandonImport(secretary(community), staged.value.jobId)).ok).toBe(true);
    expect(await counts(community)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(await confirmImport(secretary(community), staged.value.jobId, { version: 0, retire: [] })).toMatchObject({
      ok: false,
      error: { reason: "import_over" },
    });
  });

  test("that nobody confirmed is given up after seven days, and what was staged is erased", async () => {
    const community = await makeCommunity();
    const staged = await stageImport(secretary(community), { name: "a.csv", bytes: csvOf(...SMALL) }, TODAY);
    if (!staged.ok) throw new Error("not staged");
    expect(await expireImports(sceneAt(community, T0 + STAGED_DAYS * DAY_MS))).toBe(0);
    expect(await expireImports(sceneAt(community, T0 + STAGED_DAYS * DAY_MS + 1))).toBe(1);
    expect((await counts(community))[6]).toBe(0);
    expect((await viewImport(sceneAt(community), staged.value.jobId))?.job.stage).toBe("abandoned");
    const done = await importFile(community, csvOf(...SMALL));
    expect(await expireImports(sceneAt(community, T0 + 30 * DAY_MS))).toBe(0);
    expect((await viewImport(sceneAt(community), done))?.job.stage).toBe("written");
  });

  test("with one faulty row among good ones writes none of them", async () => {
    const community = await makeCommunity();
    const staged = await stageImport(
      secretary(community),
      { name: "a.csv", bytes: csvOf(...SMALL, "3栋,,0901,89.666,赵六,0033,,,,已交付") },
      TODAY,
    );
    if (!staged.ok) throw new Error("not staged");
    expect(staged.value.summary).toMatchObject({ errors: 1, added: 6 });
    const done = await confirmImport(secretary(community), staged.value.jobId, { version: 0, retire: [] });
    expect(done).toEqual({ ok: false, error: { reason: "import_has_errors", errors: 1 } });
    expect((await counts(community)).slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("confirmed twice, one after the other or at once, is written once", async () => {
    const community = await makeCommunity();
    const staged = await stageImport(secretary(community), { name: "a.csv", bytes: csvOf(...SMALL) }, TODAY);
    if (!staged.ok) throw new Error("not staged");
    const { jobId } = staged.value;
    const both = await Promise.all(
      [1, 2].map(() => confirmImport(secretary(community), jobId, { version: 0, retire: [] })),
    );
    expect(both).toEqual([
      { ok: true, value: { jobId } },
      { ok: true, value: { jobId } },
    ]);
    expect((await confirmImport(secretary(community), jobId, { version: 0, retire: [] })).ok).toBe(true);
    expect(await counts(community)).toEqual([6, 6, 5, 5, 7, 1, 0, 1]);
  });

  test("two imports decided on the same roll: the second is told that the roll has changed", async () => {
    const community = await makeCommunity();
    const jobs = await Promise.all(
      [SMALL.slice(0, 3), SMALL.slice(3)].map((rows) =>
        stageImport(secretary(community), { name: "a.csv", bytes: csvOf(...rows) }, TODAY),
      ),
    );
    const [first, second] = jobs.map((job) => (job.ok ? job.value.jobId : ""));
    expect((await confirmImport(secretary(community), first!, { version: 0, retire: [] })).ok).toBe(true);
    expect(await confirmImport(secretary(community), second!, { version: 0, retire: [] })).toEqual({
      ok: false,
      error: { reason: "roll_stale" },
    });
    // Its page shows the differences against the new roll; confirmed from there it goes through.
    const view = await viewImport(secretary(community), second!);
    expect(view?.preview).toMatchObject({ version: 1, differences: { added: { length: 3 }, missing: { length: 3 } } });
    expect((await confirmImport(secretary(community), second!, { version: 1, retire: [] })).ok).toBe(true);
  });

  test("a day that has not come is refused", async () => {
    const community = await makeCommunity();
    const staged = await stageImport(secretary(community), { name: "a.csv", bytes: csvOf(...SMALL) }, "2026-11-03");
    expect(staged).toEqual({ ok: false, error: { reason: "import_day", asOf: "2026-11-03" } });
  });

  test("what one community imports, another does not see", async () => {
    const [here, there] = [await makeCommunity(), await makeCommunity({ shard: 1 })];
    await importFile(here, csvOf(...SMALL));
    expect(await linesOn(there, TODAY)).toEqual([]);
    await importFile(there, csvOf(SMALL[0]!));
    expect(await linesOn(there, TODAY)).toHaveLength(1);
  });

  test("its root can be recomputed from the file and the sealed salts", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL));
    const scene = sceneAt(community);
    const [changes, leaves] = await scene.db.read(
      scene.db.all<{ changeId: string; noteSealed: string }>(
        sql`SELECT change_id AS changeId, note_sealed AS noteSealed FROM roll_change WHERE community_id = ${community.id}`,
      ),
      scene.db.all<{ entry: string }>(sql`SELECT entry FROM record_leaf WHERE community_id = ${community.id}`),
    );
    const { changeId, noteSealed } = changes[0]!;
    const note = JSON.parse(await scene.keys.open(noteSealed, `roll-change:${community.id}:${changeId}`)) as {
      salts: string;
    };
    const read = await readRollFile(csvOf(...SMALL), TODAY);
    if (!read.ok) throw new Error("unreadable");
    const entry = JSON.parse(leaves[0]!.entry) as { root: string; type: string };
    expect(entry.type).toBe("roll.imported");
    expect(rootOf(importedEntries(read.value.draft, fromBase64(note.salts)))).toBe(entry.root);
  });
});

describe("a second import", () => {
  test("shows what differs and writes only that", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL), "2026-01-01");
    const changed = [
      SMALL[0]!.replace("89.66", "89.60"),
      SMALL[1]!.replace("张三丰,0011,13812345678", "赵六儿,0033,13712345678"),
      SMALL[2]!.replace("13912345678", "13612345678"),
      SMALL[3]!,
      SMALL[5]!,
      "2栋,,0302,90.00,钱七七,0044,,,,已交付",
    ];
    const staged = await stageImport(secretary(community), { name: "b.csv", bytes: csvOf(...changed) }, "2026-03-01");
    if (!staged.ok) throw new Error("not staged");
    const view = await viewImport(secretary(community), staged.value.jobId);
    const { differences, version } = view!.preview!;
    expect(differences.added.map(({ room }) => room)).toEqual(["0302"]);
    expect(
      differences.changed.map(({ room, fields }) => [room, fields.map(({ from, to }) => `${from.zh}→${to.zh}`)]),
    ).toEqual([
      ["0101", ["89.66 ㎡（登记）→89.60 ㎡（登记）"]],
      ["0102", ["张**→赵**"]],
    ]);
    expect(
      differences.people.map(({ name, fields }) => [name, fields.map(({ from, to }) => `${from.zh}→${to.zh}`)]),
    ).toEqual([["李**", ["139******78→136******78"]]]);
    expect(differences.missing.map(({ room }) => room)).toEqual(["0301"]);
    const unsold = differences.missing[0]!.unitId;
    const refused = await confirmImport(secretary(community), staged.value.jobId, {
      version,
      retire: ["someone-elses"],
    });
    expect(refused).toMatchObject({ ok: false, error: { reason: "unit_not_missing" } });
    expect((await confirmImport(secretary(community), staged.value.jobId, { version, retire: [unsold] })).ok).toBe(
      true,
    );
    expect(await linesOn(community, "2026-02-28")).toContain("0102 张** 10235");
    expect(await linesOn(community, "2026-03-01")).toEqual([
      "0101 张** 8960",
      "0102 赵** 10235",
      "0201 李**+王** 7652",
      "0302 钱** 9000",
      "B1-001 张** 1272",
      "S01 重庆便民超市有限公司 5480",
    ]);
    expect(await linesOn(community, "2026-02-28")).toContain("0301 璧山置业有限公司 11840");
  });

  test.each(["csv", "xlsx"] as const)("of the roll's own export as %s finds no difference", async (format) => {
    const community = await makeCommunity();
    const family = "3栋,,0101,70.00,孙小弟,,13512345678,,,已交付,,,,,孙大姐,13512345679";
    const couple = "3栋,,0102,71.00,周一,0077,,吴二,,已交付,,,,吴二";
    await importFile(community, csvOf(...SMALL, family, couple));
    const file = await exportRoll(secretary(community), { asOf: TODAY, format, why: "备份" });
    if (!file.ok) throw new Error(file.error.reason);
    const staged = await stageImport(secretary(community), { name: `x.${format}`, bytes: file.value }, TODAY);
    expect(staged).toMatchObject({
      ok: true,
      value: { summary: { errors: 0, added: 0, changed: 0, missing: 0, unchanged: 8 } },
    });
    const { jobId } = (staged as { value: { jobId: string } }).value;
    const view = await viewImport(secretary(community), jobId);
    expect(view?.preview?.differences).toMatchObject({ people: [], newPeople: 0 });
  });

  test("of a masked export is refused row by row", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL));
    const file = await exportMaskedRoll(sceneAt(community), { asOf: TODAY, format: "csv" });
    const staged = await stageImport(secretary(community), { name: "x.csv", bytes: file }, TODAY);
    expect(staged.ok && staged.value.summary.errors).toBeGreaterThan(4);
  });
});

describe("5,000 rows", () => {
  test("come in as one batch, and again without a difference; what is read and written grows with the rows and no faster", async () => {
    const cost: { rowsRead: number; rowsWritten: number }[] = [];
    for (const count of [500, 5000]) {
      const community = await makeCommunity();
      const bytes = csvOf(...manyRows(count));
      const staged = await stageImport(secretary(community), { name: "a.csv", bytes }, TODAY);
      if (!staged.ok) throw new Error(JSON.stringify(staged.error));
      expect(staged.value.summary).toMatchObject({
        rows: count,
        units: count,
        people: count * 0.9,
        errors: 0,
        added: count,
      });
      const scene = secretary(community);
      expect((await confirmImport(scene, staged.value.jobId, { version: 0, retire: [] })).ok).toBe(true);
      cost.push({ ...scene.db.meter });
      const again = await stageImport(secretary(community), { name: "a.csv", bytes }, TODAY);
      expect(again).toMatchObject({
        ok: true,
        value: { summary: { unchanged: count, added: 0, changed: 0, missing: 0 } },
      });
      expect(voters(await rollOn(community, TODAY), DEFAULT_SETTINGS)).toHaveLength(count * 0.9);
    }
    const [small, large] = cost;
    expect(large!.rowsWritten).toBeLessThan(small!.rowsWritten * 10.5);
    expect(large!.rowsRead).toBeLessThan(small!.rowsRead * 10.5);
    // Nine rows and index entries a unit: unit 2, fact 1, party 1, detail 3, holding 2.
    expect(large!.rowsWritten).toBeLessThan(5000 * 9.5);
  });
});

describe("personal data", () => {
  const NAMES = ["张三丰", "李四光", "王五妹", "孙小弟", "孙大姐"];
  const NUMBERS = ["13812345678", "13912345678", "13512345678", "11010519491231002X"];

  test("stand in no table and no leaf in clear, neither staged nor written nor after a change", async () => {
    const community = await makeCommunity();
    const bytes = csvOf(
      ...SMALL,
      "3栋,,0101,70.00,孙小弟,,13512345678,,,已交付,,11010519491231002X,,,孙大姐,13512345678",
    );
    const staged = await stageImport(secretary(community), { name: "a.csv", bytes }, TODAY);
    if (!staged.ok) throw new Error("not staged");
    const scan = async () => {
      const found: string[] = [];
      const tables = await testEnv.DB.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations'",
      ).all<{ name: string }>();
      for (const { name } of tables.results) {
        const { results } = await testEnv.DB.prepare(`SELECT * FROM "${name}"`).all();
        const text = JSON.stringify(results);
        for (const value of [...NAMES, ...NUMBERS]) if (text.includes(value)) found.push(`${name}: ${value}`);
      }
      return found;
    };
    expect(await scan()).toEqual([]);
    const view = await viewImport(secretary(community), staged.value.jobId);
    await confirmImport(secretary(community), staged.value.jobId, { version: view!.preview!.version, retire: [] });
    const unitId = await unitIdOf(community, "0101");
    const [held] = await sceneAt(community).db.read(listHoldings(sceneAt(community), TODAY));
    const { partyId } = held.find((one) => one.unitId === unitId)!;
    expect((await revealPersonal(secretary(community), { partyId, why: "张三丰本人来电核对" })).ok).toBe(true);
    expect(await scan()).toEqual([]);
  });

  test("are shown for a reason only, and who looked is written down with a leaf", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL));
    const scene = sceneAt(community);
    const [held] = await scene.db.read(listHoldings(scene, TODAY));
    const unitId = await unitIdOf(community, "0101");
    const { partyId } = held.find((one) => one.unitId === unitId)!;
    expect(await revealPersonal(secretary(community), { partyId, why: " " })).toEqual({
      ok: false,
      error: { reason: "why_missing" },
    });
    expect(await revealPersonal(secretary(community), { partyId, why: "核对电话" })).toMatchObject({
      ok: true,
      value: { name: "张三丰", phone: "13812345678", idTail: "0011" },
    });
    const { db } = sceneAt(community);
    const [reads, leaves] = await db.read(
      db.all<{ readBy: string }>(sql`SELECT read_by AS readBy FROM pii_read WHERE community_id = ${community.id}`),
      db.all<{ type: string }>(sql`SELECT type FROM record_leaf WHERE community_id = ${community.id} ORDER BY seq`),
    );
    expect(reads).toEqual([{ readBy: "person-secretary" }]);
    expect(leaves.map(({ type }) => type)).toEqual(["roll.imported", "roll.revealed"]);
    expect(await revealPersonal(secretary(community), { partyId: "nobody", why: "核对电话" })).toMatchObject({
      ok: false,
    });
  });

  test.each([
    ["the last four of the phone", "5678", true],
    ["the last four of the certificate", "0011", true],
    ["the last four of somebody else's phone", "5679", false],
    ["five characters", "15678", false],
    ["full-width digits", "５６７８", true],
  ])("second factor: %s", async (_, typed, fits) => {
    const community = await makeCommunity();
    await importFile(community, csvOf(SMALL[0]!));
    const scene = sceneAt(community);
    const [held] = await scene.db.read(listHoldings(scene, TODAY));
    const [parties] = await scene.db.read(findParties(scene, [held[0]!.partyId]));
    expect(fitsLastFour(scene, parties[0]!, typed)).toBe(fits);
  });
});
