/** What may stand in the register and what of it earns for all owners, at its bounds; and a table read row by row. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ASSET_KINDS,
  type AssetEntry,
  assetFaults,
  changedFields,
  GROUNDS,
  INCOME_ACCOUNT,
  LONGEST_CODE,
  MOST_AREA_DM2,
  mayEarn,
} from "../../src/ledger/assets/rules.ts";
import { ASSET_COLUMNS, assetTemplate, entriesOf } from "../../src/ledger/assets/sheet.ts";
import { readTable } from "../../src/ledger/assets/table.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import { writeCsv } from "../../src/platform/sheet/csv.ts";

const TODAY = "2026-11-23";
const room = (more: Partial<AssetEntry> = {}): AssetEntry => ({
  kind: "room",
  ground: null,
  code: "商-03",
  name: "东门用房",
  place: "东门",
  areaDm2: 4_500,
  titleBasis: "规划为公建配套",
  state: "usable",
  remark: "",
  fromOn: "2026-01-01",
  ...more,
});
const space = (more: Partial<AssetEntry> = {}): AssetEntry =>
  room({ kind: "parking", ground: "common", code: "P-001", ...more });
const faultsOf = (entry: AssetEntry) => assetFaults(entry, TODAY).map(({ reason }) => reason);

describe("whose ground a parking space stands on (CC 275; D12)", () => {
  test("on common roads and places it earns for all owners", () =>
    expect(mayEarn(space())).toMatchObject({ ok: true }));
  test.each(["titled", "civil_defence"] as const)("%s earns no common revenue, and the refusal names it", (ground) => {
    expect(mayEarn(space({ ground }))).toEqual({
      ok: false,
      error: { reason: "not_common_ground", code: "P-001", ground },
    });
  });
  test("a room has no ground and earns", () => expect(mayEarn(room())).toMatchObject({ ok: true }));
  test("what is retired earns nothing", () =>
    expect(mayEarn(room({ state: "retired" }))).toMatchObject({ error: { reason: "asset_retired" } }));
  test("of parking spaces exactly those on common ground earn", () => {
    fc.assert(
      fc.property(fc.constantFrom(...GROUNDS), fc.constantFrom("usable", "repair"), (ground, state) => {
        expect(mayEarn(space({ ground, state: state as "usable" })).ok).toBe(ground === "common");
      }),
    );
  });
});

describe("an entry of the register", () => {
  test("with everything said has no fault", () => expect(faultsOf(room())).toEqual([]));
  test.each([
    ["a parking space without its ground", space({ ground: null }), "ground_missing"],
    ["a room with one", room({ ground: "common" }), "ground_not_parking"],
    ["a kind nobody knows", room({ kind: "roof" as "room" }), "unknown_kind"],
    ["no name", room({ name: " " }), "text_missing"],
    ["no place", room({ place: "" }), "text_missing"],
    ["no title basis", room({ titleBasis: "" }), "text_missing"],
    ["no area at all is nothing to let", room({ areaDm2: 0 }), "area_out_of_range"],
    ["an area that was not read", room({ areaDm2: -1 }), "area_out_of_range"],
    ["0.01 m² above the most", room({ areaDm2: MOST_AREA_DM2 + 1 }), "area_out_of_range"],
    ["a day that is none", room({ fromOn: "2026-02-29" }), "not_a_day"],
    ["tomorrow", room({ fromOn: "2026-11-24" }), "in_the_future"],
    ["a number one character too long", room({ code: "1".repeat(LONGEST_CODE + 1) }), "code_unreadable"],
    ["a number that is a formula", room({ code: "=1+1" }), "code_unreadable"],
    ["a number that begins with @", room({ code: "@P" }), "code_unreadable"],
  ])("%s is refused", (_, entry, reason) => expect(faultsOf(entry)).toEqual([reason]));
  test.each([
    ["0.01 m²", room({ areaDm2: 1 })],
    ["the largest area", room({ areaDm2: MOST_AREA_DM2 })],
    ["counted by number", room({ areaDm2: null })],
    ["today", room({ fromOn: TODAY })],
    ["a number at its longest", room({ code: "1".repeat(LONGEST_CODE) })],
  ])("%s is accepted", (_, entry) => expect(faultsOf(entry)).toEqual([]));
  test("what did not change is not named as changed", () => {
    expect(changedFields(room(), room({ remark: "新", state: "repair" }))).toEqual(["state", "remark"]);
    expect(changedFields(room(), room())).toEqual([]);
  });
});

test("every kind has an account of income that takes vouchers", () => {
  for (const kind of ASSET_KINDS)
    expect(CHARTS.common.find(({ code }) => code === INCOME_ACCOUNT[kind])).toMatchObject({
      kind: "income",
      postable: true,
    });
});

describe("a table of assets", () => {
  const read = async (...rows: string[][]) => {
    const table = await readTable(writeCsv(rows), ASSET_COLUMNS);
    if (!table.ok) throw new Error(table.error.reason);
    return entriesOf(table.value.rows, TODAY);
  };
  test("the template reads as it is offered", async () => {
    const { entries, messages } = await read(...assetTemplate(TODAY).map((row) => [...row]));
    expect(messages).toEqual([]);
    expect(entries).toMatchObject([{ kind: "parking", ground: "common", code: "P-001", areaDm2: 1_250 }]);
  });
  test("its columns may stand in any order, below a title, with names of its own", async () => {
    const { entries } = await read(
      ["金桂苑车位表"],
      ["位置", "权属依据", "种类", "车位号", "车位性质"],
      ["西路", "共有道路", "车位", "P-9", "人防"],
    );
    expect(entries).toMatchObject([{ code: "P-9", kind: "parking", ground: "civil_defence", place: "西路" }]);
  });
  test("says row by row what is wrong, and the same number twice", async () => {
    const { entries, messages } = await read(
      ["编号", "种类", "位置", "权属依据", "用地", "面积"],
      ["P-1", "停车位", "西路", "共有道路", "共有", "12.5"],
      ["P-2", "停车位", "西路", "共有道路", "", ""],
      ["P-1", "停车位", "西路", "共有道路", "共有", ""],
      ["P-4", "屋顶", "西路", "共有道路", "", "12.345"],
    );
    expect(entries.map(({ code }) => code)).toEqual(["P-1"]);
    expect(messages.map(({ row }) => row)).toEqual([3, 4, 5, 5]);
    expect(messages[1]!.words.zh).toContain("第2行");
  });
});
