/** Parking through workerd and D1: permits on common ground alone, a gate's file that counts once, and vouchers of what came in. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { importAssets } from "../../src/ledger/assets/actions.ts";
import { openBook, refuseVoucher } from "../../src/ledger/books/actions.ts";
import { listWaiting, voucherFrom } from "../../src/ledger/books/store.ts";
import { compareMonth } from "../../src/ledger/expected/actions.ts";
import { bookTakings, importGate } from "../../src/ledger/parking/actions.ts";
import { earnMonths } from "../../src/ledger/parking/earning/actions.ts";
import { endPermit, findByPlate, issuePermit, refundAgain } from "../../src/ledger/parking/permits.ts";
import { countRunningPermits, listPermits, listTakenByMonth } from "../../src/ledger/parking/store.ts";
import { setTariff } from "../../src/ledger/parking/tariffs.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { writeCsv } from "../../src/platform/sheet/csv.ts";
import { sceneAt } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { leaseIn, leaseOf, PNG, postAll } from "./ledger-leases-of-test.ts";
import { keeping, must, TODAY, withBook } from "./ledger-of-test.ts";
import { communityWithRoll, itemOf, newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { PUBLISHED_AT, publishedOn } from "./public-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const SPACES = [
  ["编号", "种类", "用地", "位置", "权属依据"],
  ["P-1", "停车位", "共有", "内环路", "共有道路"],
  ["P-2", "停车位", "人防", "地下", "人防工程"],
  ["P-3", "停车位", "规划产权", "地下", "产权登记"],
];
const TARIFF = {
  use: "monthly",
  fromOn: "2026-01-01",
  amountFen: 30_000,
  words: "每月300元",
  basis: { kind: "earlier", title: "业主大会决议〔2025〕2号", on: "2025-12-01" },
} as const;
const DOCUMENT = { name: "决议.png", bytes: PNG };

async function withSpaces(): Promise<CommunityAddress> {
  const community = await withBook();
  must(await importAssets(keeping(community, "treasurer"), { name: "", bytes: writeCsv(SPACES) }));
  must(await setTariff(keeping(community, "chair"), TARIFF, DOCUMENT, newOnce()));
  return community;
}
const permit = (community: CommunityAddress, more: Partial<Parameters<typeof issuePermit>[1]> = {}, once = newOnce()) =>
  issuePermit(
    keeping(community, "treasurer"),
    { plate: "渝A98712", space: "P-1", fromOn: "2026-11-01", months: 3, paidOn: "2026-11-02", ...more },
    once,
  );
const gateFile = (count: number, from = 1): Uint8Array =>
  writeCsv([
    ["流水号", "车牌号", "出场时间", "实收金额"],
    ...Array.from({ length: count }, (_, at) => [
      `T${from + at}`,
      "渝A98712",
      `2026-11-${String(20 + (at % 3)).padStart(2, "0")} 18:00:00`,
      "1,000.50",
    ]),
  ]);

describe("a permit", () => {
  test("is for common ground alone (CC 275; D12); its plate is sealed and masked, and stands in no record", async () => {
    const community = await withSpaces();
    expect(reasonOf(await permit(community, { space: "P-2" }))).toBe("not_common_ground");
    expect(reasonOf(await permit(community, { space: "P-3" }))).toBe("not_common_ground");
    expect(reasonOf(await permit(community, { space: "P-9" }))).toBe("unknown_space");
    expect(reasonOf(await permit(community, { fromOn: "2025-12-31" }))).toBe("no_tariff");
    expect(reasonOf(await permit(community, { paidOn: "2026-11-24" }))).toBe("not_a_day");
    const once = newOnce();
    expect(must(await permit(community, {}, once))).toEqual(must(await permit(community, {}, once)));
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listPermits(scene, { limit: 9, offset: 0 }));
    expect(rows).toMatchObject([{ number: 1, plateShown: "渝A·***12", toOn: "2027-01-31", amountFen: 90_000 }]);
    const open = sql`SELECT (SELECT count(*) FROM ledger_permit WHERE instr(plate_sealed || plate_key || plate_shown, '98712') > 0)
      + (SELECT count(*) FROM record_leaf WHERE instr(entry, '98712') > 0) AS n`;
    expect(await numberIn(community, open)).toBe(0);
  });

  test("is one for a plate and one for a space on any day; a space that is let has none", async () => {
    const community = await withSpaces();
    must(await permit(community));
    expect(reasonOf(await permit(community, { space: "" }))).toBe("plate_permitted");
    expect(reasonOf(await permit(community, { plate: "渝A11111", fromOn: "2027-01-31" }))).toBe("space_let");
    must(await permit(community, { plate: "渝A11111", fromOn: "2027-02-01", months: 1 }));
    const both = await Promise.all([
      permit(community, { plate: "渝A22222", space: "", months: 1 }),
      permit(community, { plate: "渝A22222", space: "", months: 1 }),
    ]);
    expect(both.map(reasonOf).sort()).toEqual(["plate_permitted", null].sort());
    const terms = { fromOn: "2028-01-01", toOn: "2028-12-31", steps: [{ fromOn: "2028-01-01", monthlyFen: 30_000 }] };
    await leaseIn(community, leaseOf("P-1", {}, terms));
    expect(reasonOf(await permit(community, { plate: "渝A33333", fromOn: "2028-12-31" }))).toBe("space_let");
  });
});

describe("a tariff", () => {
  test("rests on a carried decision of matter 8 or a dated document with its file, and on nothing else", async () => {
    const community = await withBook();
    const chair = keeping(community, "chair");
    const set = async (more: object, document: typeof DOCUMENT | null = DOCUMENT) => {
      const done = await setTariff(chair, { ...TARIFF, ...more }, document, newOnce());
      return done.ok ? null : ((done.error as { fault?: { reason: string } }).fault?.reason ?? done.error.reason);
    };
    expect(await set({}, null)).toBe("document_without_file");
    expect(await set({ basis: { ...TARIFF.basis, on: "2026-01-02" } })).toBe("document_too_late");
    expect(await set({ basis: { kind: "decision", meeting: 0, item: 0 } })).toBe("basis_missing");
    expect(await set({ basis: { kind: "decision", meeting: 1, item: 2 } })).toBe("decision_unknown");
    const rows = sql`SELECT count(*) AS n FROM ledger_tariff WHERE community_id = ${community.id}`;
    expect(await numberIn(community, rows)).toBe(0);
    expect(await set({})).toBeNull();
    expect(await set({})).toBe("tariff_exists");
  });
  test("of a decision names the meeting by its id", async () => {
    const community = await communityWithRoll(9);
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-10" }, newOnce()));
    await publishedOn(community, 9, () => 1, { items: [itemOf(1, { matter: 8 }), itemOf(2, { matter: 9 })] });
    const chair = keeping(community, "chair", PUBLISHED_AT + 1);
    const set = (item: number) =>
      setTariff(chair, { ...TARIFF, basis: { kind: "decision", meeting: 1, item } }, null, newOnce());
    expect(await set(2)).toMatchObject({ error: { fault: { reason: "decision_of_another_matter" } } });
    must(await set(1));
    const named = sql`SELECT count(*) AS n FROM ledger_tariff t JOIN meeting m ON m.community_id = t.community_id
      AND m.meeting_id = t.ground ->> 'meetingId' WHERE t.community_id = ${community.id} AND t.basis = '第1次会议 议题1'`;
    expect(await numberIn(community, named)).toBe(1);
  });
});

describe("a permit that ends early", () => {
  test("is found by its plate, frees plate and space, and gives back the months that had not begun, once", async () => {
    const community = await withSpaces();
    const treasurer = keeping(community, "treasurer");
    must(await permit(community));
    expect(await findByPlate(treasurer, "渝a 98712")).toMatchObject([{ number: 1, plateShown: "渝A·***12" }]);
    expect(await findByPlate(treasurer, "渝A98713")).toEqual([]);
    expect(await findByPlate(treasurer, "98712")).toBeNull();
    const end = (more: object = {}, once = newOnce()) =>
      endPermit(treasurer, { number: 1, lastOn: "2026-11-23", why: "车已卖", refund: true, ...more }, once);
    expect(reasonOf(await end({ number: 9 }))).toBe("unknown_permit");
    expect(reasonOf(await end({ lastOn: "2027-01-31" }))).toBe("end_outside");
    expect(reasonOf(await end({ lastOn: "2026-10-30" }))).toBe("end_outside");
    expect(reasonOf(await end({ why: " " }))).toBe("end_without_why");
    expect(reasonOf(await end())).toBe("permit_not_booked");
    must(await bookTakings(treasurer, "2026-11"));
    await postAll(community);
    const once = newOnce();
    const first = must(await end({}, once));
    expect(must(await end({}, once))).toEqual(first);
    expect(reasonOf(await end())).toBe("permit_ended");
    const scene = sceneAt(community, TODAY);
    const [rows, running] = await scene.db.read(
      listPermits(scene, { limit: 9, offset: 0 }),
      countRunningPermits(scene, "2026-11-24"),
    );
    expect([rows[0]!.lastOn, rows[0]!.refundFen, running[0]!.running]).toEqual(["2026-11-23", 60_000, 0]);
    // The voucher was sent back: it is drafted again, and not twice.
    must(await refuseVoucher(keeping(community, "accountant"), first.voucherId!, "附上车主签字"));
    const again = must(await refundAgain(treasurer, 1, newOnce()));
    expect(must(await refundAgain(treasurer, 1, newOnce()))).toEqual(again);
    await postAll(community);
    const booked = sql`SELECT credit_fen - debit_fen AS n FROM ledger_balance WHERE community_id = ${community.id} AND account = '4001.01'`;
    expect(await numberIn(community, booked)).toBe(30_000);
    const [row] = (await compareMonth(scene, "2026-11")).rows;
    expect(row).toMatchObject({ expectedFen: 30_000, gapFen: 0, standing: "agrees" });
    // Plate and space are free from the day after.
    expect(reasonOf(await permit(community, { fromOn: "2026-11-23", months: 1 }))).toBe("plate_permitted");
    must(await permit(community, { fromOn: "2026-11-24", months: 1 }));
  });
});

describe("what a permit was paid ahead", () => {
  const fenOf = (community: CommunityAddress, account: string) =>
    numberIn(
      community,
      sql`SELECT coalesce(sum(credit_fen - debit_fen), 0) AS n FROM ledger_balance WHERE community_id = ${community.id} AND account = ${account}`,
    );
  const both = async (community: CommunityAddress) => [
    await fenOf(community, "2203"),
    await fenOf(community, "4001.01"),
  ];
  const at = (day: string) => startOf(day) + 12 * 3_600_000;
  async function booked(more: object = {}) {
    const community = await withSpaces();
    must(await permit(community, more));
    must(await bookTakings(keeping(community, "treasurer"), "2026-11"));
    await postAll(community);
    return community;
  }

  test("is owed until its month is over, and earned then, once: on the last day of the month, not the day before", async () => {
    const community = await booked();
    expect(await both(community)).toEqual([60_000, 30_000]);
    const earn = (day: string) => earnMonths(sceneAt(community, at(day)));
    expect(await earn("2026-12-30")).toBe(0);
    expect(await earn("2026-12-31")).toBe(1);
    expect(await earn("2026-12-31")).toBe(0);
    await postAll(community, at("2026-12-31"));
    expect(await both(community)).toEqual([30_000, 60_000]);
    const [december] = (await compareMonth(sceneAt(community, at("2026-12-31")), "2026-12")).rows;
    expect(december).toMatchObject({ expectedFen: 30_000, gapFen: 0, standing: "agrees" });
    // Two clocks at once, months later: what is left is earned once.
    await Promise.all([earn("2027-03-05"), earn("2027-03-05")]);
    await postAll(community, at("2027-03-05"));
    expect(await both(community)).toEqual([0, 90_000]);
    expect(await earn("2027-03-06")).toBe(0);
  });

  test("sent back by a person is drafted again the day after; before the sale is in the books nothing is earned", async () => {
    const community = await withSpaces();
    must(await permit(community));
    const earn = (day: string) => earnMonths(sceneAt(community, at(day)));
    expect(await earn("2026-12-31")).toBe(0);
    must(await bookTakings(keeping(community, "treasurer"), "2026-11"));
    await postAll(community);
    expect(await earn("2027-01-01")).toBe(1);
    const accountant = keeping(community, "accountant", at("2027-01-01"));
    const [waiting] = await accountant.db.read(listWaiting(accountant, "common"));
    must(await refuseVoucher(accountant, voucherFrom(waiting[0]!).voucherId, "日期不对"));
    expect(await earn("2027-01-01")).toBe(0);
    expect(await earn("2027-01-02")).toBe(1);
  });

  test("goes back out of what was received in advance when the permit ends early; the month that has begun is earned", async () => {
    const community = await booked({ months: 4 });
    const december = at("2026-12-10");
    const end = { number: 1, lastOn: "2026-12-10", why: "车已卖", refund: true };
    must(await endPermit(keeping(community, "treasurer", december), end, newOnce()));
    await postAll(community, december);
    // January and February went back; December stays to be earned.
    expect(await both(community)).toEqual([30_000, 30_000]);
    expect(await earnMonths(sceneAt(community, at("2027-03-01")))).toBe(1);
    await postAll(community, at("2027-03-01"));
    expect(await both(community)).toEqual([0, 60_000]);
    const [row] = (await compareMonth(sceneAt(community, at("2027-03-01")), "2026-12")).rows;
    expect(row).toMatchObject({ expectedFen: 30_000, gapFen: 0 });
  });

  test("of a month already earned goes back out of the income", async () => {
    const community = await booked();
    expect(await earnMonths(sceneAt(community, at("2026-12-31")))).toBe(1);
    await postAll(community, at("2026-12-31"));
    const january = at("2027-01-04");
    const end = { number: 1, lastOn: "2026-11-20", why: "迁走未及时登记", refund: true };
    must(await endPermit(keeping(community, "treasurer", january), end, newOnce()));
    await postAll(community, january);
    expect(await both(community)).toEqual([0, 30_000]);
    const [row] = (await compareMonth(sceneAt(community, january), "2027-01")).rows;
    expect(row).toMatchObject({ expectedFen: -30_000, gapFen: 0 });
  });
});

describe("a gate's file", () => {
  test("counts once: the same file, an overlapping one, and two at once", async () => {
    const community = await withSpaces();
    const scene = keeping(community, "treasurer");
    const upload = { name: "日报.csv", bytes: gateFile(30) };
    const [a, b] = await Promise.all([importGate(scene, upload), importGate(scene, upload)]);
    expect([must(a).added, must(b).added].sort((x, y) => x - y)).toEqual([0, 30]);
    expect(must(await importGate(scene, upload)).added).toBe(0);
    expect(must(await importGate(scene, { name: "", bytes: gateFile(20, 21) }))).toEqual({ added: 10, known: 10 });
    const [taken] = await scene.db.read(listTakenByMonth(scene, "2026-11-01", "2026-11-30"));
    expect(taken).toMatchObject([{ period: "2026-11", source: "gate", entries: 40, amountFen: 40 * 100_050 }]);
    const kept = sql`SELECT count(*) AS n FROM ledger_gate_entry WHERE instr(entry_key, '98712') > 0`;
    expect(await numberIn(community, kept)).toBe(0);
  });

  test("with a faulty row is not taken in; ten thousand rows go in one batch", async () => {
    const community = await withSpaces();
    const scene = keeping(community, "treasurer");
    const faulty = writeCsv([
      ["流水号", "出场时间", "金额"],
      ["1", "2026-11-20 08:00", "5"],
      ["2", "2026-11-20 08:00", "5.005"],
    ]);
    expect(await importGate(scene, { name: "", bytes: faulty })).toMatchObject({
      error: { reason: "rows_faulty", messages: [{ row: 3 }] },
    });
    expect(reasonOf(await importGate(scene, { name: "", bytes: new Uint8Array(20 * 1024 * 1024) }))).toBe(
      "sheet_unreadable",
    );
    const before = scene.db.meter.roundTrips;
    expect(must(await importGate(scene, { name: "", bytes: gateFile(10_000) })).added).toBe(10_000);
    expect(scene.db.meter.roundTrips - before).toBe(2);
    expect(reasonOf(await importGate(scene, { name: "", bytes: gateFile(10_001) }))).toBe("sheet_unreadable");
  });
});

describe("what parking took", () => {
  test("is booked once a month; what comes later is booked beside it, what was sent back again", async () => {
    const community = await withSpaces();
    const scene = keeping(community, "treasurer");
    expect(reasonOf(await bookTakings(scene, "2026-11"))).toBe("nothing_to_book");
    must(await permit(community));
    must(await importGate(scene, { name: "", bytes: gateFile(3) }));
    const both = await Promise.all([bookTakings(scene, "2026-11"), bookTakings(scene, "2026-11")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.map(reasonOf)).toContain("nothing_to_book");
    const { voucherId } = must(both.find(({ ok }) => ok)!);
    must(await refuseVoucher(keeping(community, "accountant"), voucherId, "少了一天"));
    // The same form sent twice is told of the same voucher.
    const once = newOnce();
    const first = must(await bookTakings(scene, "2026-11", once));
    expect(must(await bookTakings(scene, "2026-11", once))).toEqual(first);
    expect(await postAll(community)).toBe(1);
    must(await importGate(scene, { name: "", bytes: gateFile(1, 4) }));
    must(await bookTakings(scene, "2026-11"));
    await postAll(community);
    const booked = sql`SELECT credit_fen AS n FROM ledger_balance WHERE community_id = ${community.id} AND account = '4001.01'`;
    expect(await numberIn(community, booked)).toBe(30_000 + 4 * 100_050);
    expect(reasonOf(await bookTakings(scene, "2026-11"))).toBe("nothing_to_book");
    expect(reasonOf(await bookTakings(scene, "2026-13"))).toBe("period_unreadable");
  });
});

describe("the tables behind it", () => {
  test.each([
    ["a tariff", sql`UPDATE ledger_tariff SET amount_fen = 1`],
    ["a permit's days", sql`UPDATE ledger_permit SET to_on = '2030-01-01'`],
    [
      "a permit on a space in civil-defence works",
      sql`INSERT INTO ledger_permit SELECT community_id, 'x', 99, (SELECT asset_id FROM ledger_asset WHERE ground = 'civil_defence' LIMIT 1), 'k', 's', 's', from_on, to_on, months, monthly_fen, amount_fen, paid_on, issued_by, issued_at, leaf_hash FROM ledger_permit LIMIT 1`,
    ],
    [
      "an end outside the permit",
      sql`INSERT INTO ledger_permit_end SELECT community_id, permit_id, to_on, paid_on, 0, 'x', issued_by, issued_at, leaf_hash, 0 FROM ledger_permit`,
    ],
    ["a month's price", sql`UPDATE ledger_permit_month SET amount_fen = 1`],
    ["a month away", sql`DELETE FROM ledger_permit_month`],
    [
      "a month of before it was paid",
      sql`INSERT INTO ledger_permit_month SELECT community_id, permit_id, 1, '2026-11-01', '2026-11', amount_fen FROM ledger_permit_month LIMIT 1`,
    ],
    ["what was taken", sql`UPDATE ledger_taking SET amount_fen = 1`],
    ["a file away", sql`DELETE FROM ledger_gate_import`],
    ["a payment away", sql`DELETE FROM ledger_gate_entry`],
  ])("refuse to write %s", async (_, statement) => {
    const community = await withSpaces();
    must(await permit(community));
    const scene = keeping(community, "treasurer");
    must(await importGate(scene, { name: "", bytes: gateFile(3) }));
    expect((await scene.db.write([scene.db.run(statement)])).ok).toBe(false);
  });
});

describe("the pages", () => {
  const keepers = [
    ...OFFICERS,
    { post: "treasurer", name: "钱出纳", phone: "13800000021", act: "engagement", document: "聘用合同" },
  ] as const;
  test("from the tariff to the neighbour's page, with the file checked before it counts", async () => {
    const community = await makeStaffedCommunity(keepers);
    const base = `/c/${community.slug}`;
    const desk = `${base}/desk/ledger/parking`;
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-11" }, newOnce()));
    const treasurer = await signedIn(community, "treasurer", TODAY);
    const chair = await signedIn(community, "committee_chair", TODAY);
    const neighbour = stranger(TODAY);
    await neighbour.get(`${base}/accounts/parking`);
    expect(textOf(neighbour.page)).toContain("还没有价目");
    await treasurer.get(`${desk}/permits/new`);
    const asked = { plate: "渝A98712", space: "", fromOn: "2026-11-01", months: "1", paidOn: "2026-11-01" };
    expect((await treasurer.submit(`${desk}/permits/new`, asked)).status).toBe(422);
    expect(textOf(treasurer.page)).toContain("请先登记价目");
    await chair.get(`${desk}/tariffs`);
    const tariff = {
      use: "monthly",
      fromOn: "2026-11-01",
      amount: "300",
      words: "每月300元",
    };
    const ground = { basis: "earlier", documentTitle: "业主大会决议", documentOn: "2025-12-01" };
    expect((await chair.submit(`${desk}/tariffs`, { ...tariff, amount: "3.001", ...ground })).status).toBe(422);
    expect(textOf(chair.page)).toContain("最多两位小数");
    expect((await chair.submit(`${desk}/tariffs`, { ...tariff, ...ground })).status).toBe(422);
    expect(textOf(chair.page)).toContain("请附书面决定的照片或 PDF");
    must(
      await setTariff(
        keeping(community, "chair"),
        { ...TARIFF, fromOn: "2026-11-01", basis: TARIFF.basis },
        DOCUMENT,
        newOnce(),
      ),
    );
    await treasurer.get(`${desk}/permits/new`);
    expect((await treasurer.submit(`${desk}/permits/new`, asked)).status).toBe(303);
    await treasurer.get(`${desk}/gate`);
    const body = new FormData();
    for (const [name, value] of Object.entries(treasurer.hidden(`${desk}/gate`))) body.set(name, value);
    body.set("file", new File([gateFile(6) as Uint8Array<ArrayBuffer>], "日报.csv"));
    const checked = await treasurer.send(`${desk}/gate`, {
      method: "POST",
      body,
      headers: { origin: "http://localhost" },
    });
    treasurer.page = await checked.text();
    expect(textOf(treasurer.page)).toContain("新的6笔，共6,003.00元");
    expect((await treasurer.submit(`${desk}/gate`)).status).toBe(303);
    await treasurer.get(desk);
    expect((await treasurer.submit(`${desk}/permits/find`, { plate: "渝A98712" })).status).toBe(200);
    expect(textOf(treasurer.page)).toContain("渝A·***12");
    await treasurer.get(`${desk}/permits/1`);
    expect(textOf(treasurer.page)).toContain("今天终止可以退还没有开始的月份");
    await treasurer.get(desk);
    expect(textOf(treasurer.page)).toContain("渝A·***12");
    expect(treasurer.page).not.toContain("98712");
    expect((await treasurer.submit(`${desk}/book`)).status).toBe(303);
    await neighbour.get(`${base}/accounts/parking`);
    const page = textOf(neighbour.page);
    for (const words of ["每月300元", "现行", "6,303.00", "已生成凭证"]) expect(page).toContain(words);
    expect(page).not.toContain("渝A");
    await neighbour.get(`${base}/accounts/parking?lang=en`);
    expect(textOf(neighbour.page)).toContain("Parking");
  });
});
