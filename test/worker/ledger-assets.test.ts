/** The register through workerd and D1: entries that only grow, many by one table, pictures told by content, and pages everybody reads. */
import { describe, expect, test } from "vitest";
import { addAsset, changeAsset, importAssets, readAssetSheet } from "../../src/ledger/assets/actions.ts";
import type { AssetEntry } from "../../src/ledger/assets/rules.ts";
import { assetFrom, findAsset, listAssets, listVersions } from "../../src/ledger/assets/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { writeCsv } from "../../src/platform/sheet/csv.ts";
import { writeXlsxSheet } from "../../src/platform/sheet/xlsx.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { keeping, must } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

const TODAY = "2026-11-23";
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);

const room = (code: string, more: Partial<AssetEntry> = {}): AssetEntry => ({
  kind: "room",
  ground: null,
  code,
  name: "东门用房",
  place: "东门",
  areaDm2: 4_500,
  titleBasis: "规划为公建配套",
  state: "usable",
  remark: "",
  fromOn: "2026-01-01",
  ...more,
});
const all = { kind: null, ground: null } as const;
const spaces = (count: number, ground = "共有"): string[][] => [
  ["编号", "种类", "用地", "名称", "位置", "权属依据"],
  ...Array.from({ length: count }, (_, at) => [
    `P-${String(at + 1).padStart(3, "0")}`,
    "停车位",
    ground,
    "",
    "内环路",
    "占用业主共有道路",
  ]),
];
const facts = (community: CommunityAddress, assetId: string) => {
  const scene = sceneAt(community);
  return scene.db.read(findAsset(scene, assetId, TODAY)).then(([rows]) => assetFrom(rows[0]!));
};

describe("an entry", () => {
  test("stands with its leaf; the same form twice is one entry, its number is never used again", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const once = newOnce();
    const first = must(await addAsset(scene, room("商-03"), [], once));
    expect(must(await addAsset(scene, room("商-03"), [], once))).toEqual(first);
    expect(reasonOf(await addAsset(scene, room("商-04"), [], once))).toBe("key_reused");
    expect(reasonOf(await addAsset(scene, room("商-03"), [], newOnce()))).toBe("asset_code_taken");
    const row = await facts(community, first.assetId);
    expect(row).toMatchObject({ code: "商-03", version: 1, areaDm2: 4_500, leaseNumber: null });
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND leaf_hash = ${row.leafHash} AND type = 'asset.added'`,
      ),
    ).toBe(1);
  });

  test("is changed by a version beside the old one; two at once are told apart", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const { assetId } = must(await addAsset(scene, room("商-03"), [], newOnce()));
    const change = (state: "repair" | "usable", version: number, place = "东门") => ({
      assetId,
      version,
      facts: { ...room("商-03", { state, place }) },
      dropPhotos: [],
    });
    const [a, b] = await Promise.all([
      changeAsset(scene, change("repair", 1), [], newOnce()),
      changeAsset(scene, change("usable", 1, "西门"), [], newOnce()),
    ]);
    expect([reasonOf(a), reasonOf(b)].sort()).toEqual(["asset_moved", null]);
    const row = await facts(community, assetId);
    expect(row.version).toBe(2);
    expect(reasonOf(await changeAsset(scene, { ...change("usable", 2), facts: row }, [], newOnce()))).toBe(
      "nothing_changed",
    );
    const [versions] = await scene.db.read(listVersions(scene, assetId));
    expect(versions.map(({ version, state }) => [version, state]).at(-1)).toEqual([1, "usable"]);
  });

  test("has pictures everybody may see; a script called photo.jpg is none, and 20 MB are too much", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const { assetId } = must(await addAsset(scene, room("商-03"), [{ name: "门.png", bytes: PNG }], newOnce()));
    expect((await facts(community, assetId)).photos).toMatchObject([{ name: "门.png" }]);
    const script = new TextEncoder().encode("<script>alert(1)</script>");
    expect(await addAsset(scene, room("商-04"), [{ name: "photo.jpg", bytes: script }], newOnce())).toMatchObject({
      error: { reason: "photo_refused", fault: { reason: "file_type_refused" } },
    });
    const large = new Uint8Array(20 * 1024 * 1024);
    large.set(PNG);
    expect(await addAsset(scene, room("商-04"), [{ name: "photo.png", bytes: large }], newOnce())).toMatchObject({
      error: { reason: "photo_refused", fault: { reason: "file_too_large" } },
    });
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_asset WHERE community_id = ${community.id}`),
    ).toBe(1);
  });
});

describe("a table", () => {
  test("enters ninety-six spaces in one batch; the same table again adds nothing", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const upload = { name: "车位.csv", bytes: writeCsv(spaces(96)) };
    const [a, b] = await Promise.all([importAssets(scene, upload), importAssets(scene, upload)]);
    expect([must(a).added, must(b).added].sort((x, y) => x - y)).toEqual([0, 96]);
    expect(must(await importAssets(scene, upload))).toEqual({ added: 0, known: 96 });
    const [page] = await scene.db.read(listAssets(scene, all, TODAY, { limit: 50, offset: 50 }));
    expect(page).toHaveLength(46);
    const imported = sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND type = 'assets.imported'`;
    expect(await numberIn(community, imported)).toBe(1);
  });

  test("with one faulty row writes none, and says which", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const rows = spaces(3);
    rows[2]![2] = "";
    expect(await importAssets(scene, { name: "x", bytes: writeCsv(rows) })).toMatchObject({
      error: { reason: "rows_faulty", messages: [{ row: 3 }] },
    });
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_asset WHERE community_id = ${community.id}`),
    ).toBe(0);
  });

  test("is read from a workbook and from GB18030; what is no table, or has 20 MB, is refused as a whole", async () => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    const workbook = await writeXlsxSheet("车位", spaces(2), new Set());
    expect(must(await readAssetSheet(scene, workbook)).fresh).toHaveLength(2);
    // 编号,种类,位置,权属依据 / P-1,广告位,大门,共有 in GB18030
    const gb = Uint8Array.from(
      "b1e0bac52cd6d6c0e02cceBBd6c32cc8a8caf4d2c0bedd0a502d312cb9e3b8e6cebb2cb4f3c3c52cb9b2d3d00a".match(/../g)!,
      (pair) => Number.parseInt(pair, 16),
    );
    const read = must(await readAssetSheet(scene, gb));
    expect(read.encoding).toBe("GB18030");
    expect(read.fresh).toMatchObject([{ code: "P-1", kind: "advertising", place: "大门" }]);
    expect(await readAssetSheet(scene, PNG)).toMatchObject({ error: { fault: { reason: "sheet_not_a_table" } } });
    expect(await readAssetSheet(scene, new Uint8Array(20 * 1024 * 1024))).toMatchObject({
      error: { fault: { reason: "sheet_too_large" } },
    });
  });
});

describe("the tables behind it", () => {
  test.each([
    ["an asset's ground", sql`UPDATE ledger_asset SET ground = 'common', kind = 'parking'`],
    ["a version's words", sql`UPDATE ledger_asset_version SET place = 'x'`],
    ["a version away", sql`DELETE FROM ledger_asset_version`],
    ["an asset away", sql`DELETE FROM ledger_asset`],
    ["an asset over another", sql`INSERT OR REPLACE INTO ledger_asset SELECT * FROM ledger_asset`],
    ["a version over another", sql`INSERT OR REPLACE INTO ledger_asset_version SELECT * FROM ledger_asset_version`],
  ])("refuse to write %s", async (_, statement) => {
    const community = await makeCommunity();
    const scene = keeping(community, "treasurer");
    must(await addAsset(scene, room("商-03"), [], newOnce()));
    expect((await scene.db.write([scene.db.run(statement)])).ok).toBe(false);
  });
});

describe("the pages", () => {
  const keepers = [
    ...OFFICERS,
    { post: "treasurer", name: "钱出纳", phone: "13800000021", act: "engagement", document: "聘用合同" },
  ] as const;
  test("from the treasurer's form and table to the neighbour's register, second page and filter", async () => {
    const community = await makeStaffedCommunity(keepers);
    const base = `/c/${community.slug}`;
    const neighbour = stranger(T0);
    await neighbour.get(`${base}/accounts/assets`);
    expect(textOf(neighbour.page)).toContain("还没有登记");
    const treasurer = await signedIn(community, "treasurer");
    const form = `${base}/desk/ledger/assets/new`;
    await treasurer.get(form);
    const wrong = await treasurer.submit(form, {
      kind: "parking",
      code: "=1",
      area: "1.234",
      fromOn: "2026-02-29",
      state: "usable",
    });
    expect(wrong.status).toBe(422);
    const said = textOf(treasurer.page);
    for (const words of ["第二百七十五条", "编号用文字", "面积写成", "请填写位置", "日期写成"])
      expect(said).toContain(words);
    const good = await treasurer.submit(form, {
      kind: "room",
      ground: "",
      code: "商-01",
      name: "东门用房",
      place: "东门",
      area: "１，２３４．５",
      titleBasis: "公建配套",
      state: "usable",
      fromOn: "2026-10-01",
    });
    expect(good.status).toBe(303);
    const table = `${base}/desk/ledger/assets/import`;
    await treasurer.get(table);
    const body = new FormData();
    for (const [name, value] of Object.entries(treasurer.hidden(table))) body.set(name, value);
    body.set("file", new File([writeCsv(spaces(60))], "车位.csv"));
    const checked = await treasurer.send(table, { method: "POST", body, headers: { origin: "http://localhost" } });
    treasurer.page = await checked.text();
    expect(textOf(treasurer.page)).toContain("新登记60处");
    expect((await treasurer.submit(table)).status).toBe(303);
    await neighbour.get(`${base}/accounts/assets`);
    expect(textOf(neighbour.page)).toContain("第1页，共2页");
    expect(textOf(neighbour.page)).toContain("占用共有道路、场地");
    await neighbour.get(`${base}/accounts/assets?kind=room`);
    expect(textOf(neighbour.page)).toContain("1234.50");
    expect(neighbour.page).not.toContain("P-001");
    const [, link] = /href="([^"]*\/accounts\/assets\/[0-9a-z]{16})"/.exec(neighbour.page)!;
    await neighbour.get(link!);
    expect(textOf(neighbour.page)).toContain("公建配套");
    await neighbour.get(`${base}/accounts/assets?lang=en`);
    expect(textOf(neighbour.page)).toContain("Register of common parts");
  });
});
