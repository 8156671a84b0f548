/** The committee as a legal person: its versions and account, reports, seals; the mandate of one elected before; the office's contact (S4, R6, M1, M2). */
import { hexToBytes } from "@noble/hashes/utils.js";
import { beforeEach, describe, expect, test } from "vitest";
import { saveContact } from "../../src/committee/contact/actions.ts";
import { recordEntity, recordReport, recordSeal } from "../../src/committee/entity/actions.ts";
import { readEntityView } from "../../src/committee/entity/reading.ts";
import type { EntityAsked } from "../../src/committee/entity/rules.ts";
import { recordMandate } from "../../src/committee/mandates/actions.ts";
import { addDays, addMonths, dayOf } from "../../src/kernel/day.ts";
import { insertEnd } from "../../src/offices/terms/store.ts";
import { sql } from "../../src/platform/db.ts";
import { commit } from "../../src/record/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  at,
  browserOf,
  type CommitteeOfTest,
  makeCommittee,
  must,
  newOnce,
  type Person,
  reasonOf,
  textOf,
} from "./committee-of-test.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { makeStaffedCommunity, personIn } from "./offices-of-test.ts";

let of: CommitteeOfTest;
let base: string;
beforeEach(async () => {
  of = await makeCommittee();
  base = `/c/${of.community.slug}`;
});

const NUMBER = "6228480012345678";
const day = (days: number) => addDays(dayOf(T0), days);
const asked = (more: Partial<EntityAsked> = {}): EntityAsked => ({
  form: "private_non_enterprise",
  name: "金桂苑小区业主服务中心",
  supervisingUnit: "璧城街道办事处",
  registrationAuthority: "璧山区民政局",
  creditCode: "52500120MJ0000018P",
  registeredOn: day(-20),
  representativeTenureId: of.tenures.chair,
  holderName: "金桂苑业主委员会",
  bank: "重庆农商行璧山支行",
  account: "6228 4800 1234 5678",
  changedOn: day(-20),
  document: "民非登记证书",
  ...more,
});
const record = (more: Partial<EntityAsked> = {}, seen = 0, now = T0, once = newOnce()) =>
  recordEntity(of.as("secretary", now), asked(more), seen, once);
const view = (now = T0) => readEntityView(sceneAt(of.community, now));
const faultsOf = async (more: Partial<EntityAsked>): Promise<string[]> => {
  const refused = await record(more);
  if (refused.ok || refused.error.reason !== "entity_faulty") return [];
  return refused.error.faults.map(({ reason }) => reason);
};
const pageOf = async (person: Person | null, path: string, now = T0): Promise<string> => {
  const browser = await browserOf(of, person, now);
  await browser.open(`${base}${path}`);
  return browser.page;
};

describe("what is recorded of the legal person", () => {
  test("stands for everyone, without the number of its account, which is sealed", async () => {
    must(await record());
    const [row] = (await view()).versions;
    expect(row!.accountSealed).not.toContain(NUMBER);
    expect(row!.accountMasked).toBe("**** 5678");
    const open = await pageOf(null, "/committee/legal-person");
    const text = textOf(open);
    expect(text).toContain("52500120MJ0000018P");
    expect(text).toContain("户名：金桂苑业主委员会；开户行：重庆农商行璧山支行");
    expect(text).toContain("陈主任");
    expect(open).not.toMatch(/5678|62284800/);
    expect(textOf(await pageOf("chair", "/desk/committee/legal-person"))).toContain("账号：**** 5678");
    expect(await pageOf("chair", "/desk/committee/legal-person")).not.toContain("62284800");
  });

  test("its leaf names nobody and no number, and opens to what was kept", async () => {
    must(await record());
    const scene = sceneAt(of.community);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, "committee-entity", 0, 10));
    const text = leaves[0]!.entry;
    expect(text).not.toMatch(/陈主任|62284800|重庆农商行/);
    const [row] = (await view()).versions;
    const opened = commit(hexToBytes(row!.salt), { bank: row!.bank, name: row!.holderName, number: NUMBER });
    expect(text).toContain(opened);
  });

  test("a check digit that fails is kept and remarked, before owners and desk", async () => {
    const { remarks } = must(await record({ creditCode: "52500120MJ0000018Q" }));
    expect(remarks.map(({ finding }) => finding)).toContain("check");
    expect(textOf(await pageOf(null, "/committee/legal-person"))).toContain("代码请核对");
    expect(textOf(await pageOf("secretary", "/desk/committee/legal-person"))).toContain("代码请核对");
  });

  test.each([
    ["17 characters", { creditCode: "52500120MJ0000018" }, ["code_form"]],
    ["a letter no code has", { creditCode: "52500120MJ00000I8P" }, ["code_form"]],
    ["a person's account", { holderName: "陈建国" }, ["account_of_a_person"]],
    ["the property company's account", { holderName: "永安物业服务有限公司" }, ["account_of_another"]],
    ["an officer's account", { holderName: "金桂苑业主委员会主任陈建国" }, ["account_of_another"]],
    ["a number that is none", { account: "请见附件" }, ["account_unreadable"]],
    ["a number without a holder", { holderName: "", bank: "" }, ["account_without_holder"]],
    ["a day to come", { registeredOn: day(1) }, ["day_to_come"]],
    ["a representative who is no member", { representativeTenureId: "nobody" }, ["unknown_representative"]],
    ["no form at all", { form: "company" }, ["form_missing"]],
  ])("%s is refused", async (_, more, reasons) => {
    expect(await faultsOf(more as Partial<EntityAsked>)).toEqual(expect.arrayContaining(reasons as string[]));
    expect((await view()).versions).toEqual([]);
  });

  test("an alternate does not represent it", async () => {
    expect(await faultsOf({ representativeTenureId: of.tenures.alternate })).toEqual(["unknown_representative"]);
  });

  test("without registration the account is kept all the same", async () => {
    must(
      await record({
        form: "none",
        name: "",
        creditCode: "",
        registeredOn: "",
        supervisingUnit: "",
        registrationAuthority: "",
        holderName: "金桂苑业主大会",
      }),
    );
    const text = textOf(await pageOf(null, "/committee/legal-person"));
    expect(text).toContain("户名：金桂苑业主大会");
    expect((await view(at(400))).duties).toEqual([]);
  });

  test("of two who change it at once one is told; the same form twice is one version", async () => {
    must(await record());
    const both = await Promise.all([record({ bank: "建设银行" }, 1), record({ bank: "工商银行" }, 1)]);
    expect(both.map(reasonOf).toSorted()).toEqual(["entity_changed_meanwhile", "ok"]);
    const once = newOnce();
    const first = must(await record({ bank: "农业银行" }, 2, T0, once));
    expect(must(await record({ bank: "农业银行" }, 2, T0, once))).toEqual(first);
    expect(reasonOf(await record({ bank: "交通银行" }, 2, T0, once))).toBe("key_reused");
    expect((await view()).versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test("a further version keeps the number where none is typed, and none where there is no account any more", async () => {
    must(await record());
    must(await record({ account: "", bank: "建设银行" }, 1));
    expect((await view()).latest).toMatchObject({ accountMasked: "**** 5678", bank: "建设银行" });
    must(await record({ account: "", holderName: "", bank: "" }, 2));
    expect((await view()).latest).toMatchObject({ accountMasked: "", accountSealed: "", holderKind: "none" });
  });

  test("its seal gives way to one under another key, and to nothing else", async () => {
    must(await record());
    const { db, community } = sceneAt(of.community);
    const put = async (sealed: string) =>
      (
        await db.write([
          db.run(sql`UPDATE committee_entity SET account_sealed = ${sealed} WHERE community_id = ${community.id}`),
        ])
      ).ok;
    const known = (await view()).latest!.accountSealed;
    const underSame = `${known.slice(0, known.indexOf("."))}.abc`;
    expect([await put(""), await put("6228480012345678"), await put(underSame)]).toEqual([false, false, false]);
    expect(await put("n99.abc")).toBe(true);
  });

  test("through the form: a person's account is refused beside its field with the law, and the rest is kept", async () => {
    const browser = await browserOf(of, "secretary", T0);
    await browser.open(`${base}/desk/committee/legal-person/edit`);
    const { document, ...rest } = asked({ holderName: "陈建国" });
    const refused = await browser.submit(`${base}/desk/committee/legal-person/edit`, { ...rest, document });
    expect(refused.status).toBe(422);
    const text = textOf(browser.page);
    expect(text).toContain("个人");
    expect(text).toMatch(/《[^》]+》第/);
    expect(browser.page).toContain("金桂苑小区业主服务中心");
    const saved = await browser.submit(
      `${base}/desk/committee/legal-person/edit`,
      asked() as unknown as Record<string, string>,
    );
    expect(saved.status).toBe(303);
  });
});

describe("what a registered committee has to send", () => {
  const twoYears = { registeredOn: day(-29), changedOn: day(-29) };

  test("last year's report by 31 March and 31 May, seen by everyone when it is late", async () => {
    must(await record(twoYears));
    const open = (now: number) => pageOf(null, "/committee/legal-person", now).then(textOf);
    const JANUARY = at(90); // 2027-01-31
    expect((await view(JANUARY)).duties.map(({ kind, subject, state }) => [kind, subject, state])).toEqual([
      ["yearly_registrar", 2026, "open"],
      ["yearly_supervisor", 2026, "open"],
    ]);
    expect(await open(at(149))).not.toContain("逾期"); // 2027-03-31
    expect(await open(at(150))).toContain("逾期");
    expect(textOf(await pageOf("secretary", "/desk", at(150)))).toContain("年度");
  });

  test("is recorded once, for what is due alone", async () => {
    must(await record(twoYears));
    const late = of.as("secretary", at(150));
    const report = { kind: "yearly_supervisor", subject: 2026, sentOn: day(149), document: "街道收文回执" } as const;
    expect(reasonOf(await recordReport(late, { ...report, subject: 2025 }))).toBe("nothing_due");
    expect(reasonOf(await recordReport(late, { ...report, sentOn: day(151) }))).toBe("day_to_come");
    expect(reasonOf(await recordReport(late, { ...report, document: " " }))).toBe("document_missing");
    must(await recordReport(late, report));
    must(await recordReport(late, report)); // the same again is the same
    expect(reasonOf(await recordReport(late, { ...report, sentOn: day(150) }))).toBe("reported_already");
    expect((await view(at(150))).duties.map(({ state }) => state)).toEqual(["open", "sent"]);
    expect((await view(at(150))).reports).toHaveLength(1);
  });

  test("a new representative within thirty days; a new bank is nobody's business but the owners'", async () => {
    must(await record(twoYears));
    must(await record({ ...twoYears, bank: "建设银行", account: "", changedOn: day(0) }, 1));
    expect((await view()).duties).toEqual([]);
    must(await record({ ...twoYears, representativeTenureId: of.tenures.deputy, account: "", changedOn: day(0) }, 2));
    expect((await view(at(30))).duties).toMatchObject([{ kind: "change", subject: 3, state: "open" }]);
    const last = (await view(at(30))).duties[0]!.dueOn;
    expect(last).toBe(day(30));
    expect((await view(at(31))).duties[0]!.state).toBe("overdue");
  });
});

describe("seals", () => {
  const seal = (more: Partial<Parameters<typeof recordSeal>[1]> = {}, now = T0) =>
    recordSeal(of.as("secretary", now), {
      sealId: null,
      kind: "assembly",
      event: "made",
      keeperTenureId: of.tenures.chair,
      onDay: dayOf(now),
      document: "刻章备案回执",
      ...more,
    });

  test("are made once of a kind, handed over, and declared invalid before another is made", async () => {
    const { sealId } = must(await seal());
    expect(must(await seal())).toEqual({ sealId }); // the same again is the same
    expect(reasonOf(await seal({ keeperTenureId: of.tenures.deputy }))).toBe("seal_exists");
    must(await seal({ kind: "committee" }));
    const over = { sealId, event: "handed_over", keeperTenureId: of.tenures.secretary } as const;
    must(await seal(over, at(1)));
    expect(reasonOf(await seal({ ...over, keeperTenureId: of.tenures.deputy, onDay: day(0) }, at(1)))).toBe(
      "before_last_event",
    );
    expect(textOf(await pageOf(null, "/committee/legal-person", at(1)))).toContain("由李秘书");
    must(await seal({ sealId, event: "invalidated", keeperTenureId: "" }, at(2)));
    expect(reasonOf(await seal({ ...over, onDay: day(2) }, at(2)))).toBe("seal_invalidated");
    must(await seal({ keeperTenureId: of.tenures.deputy }, at(2)));
  });

  test("of one kind made by two at once are one", async () => {
    const both = await Promise.all([
      seal({ keeperTenureId: of.tenures.chair }),
      seal({ keeperTenureId: of.tenures.deputy }),
    ]);
    expect(both.map(reasonOf).toSorted()).toEqual(["ok", "seal_exists"]);
  });

  test("are kept by somebody in office who may: no alternate, nobody unknown, not the keeper again", async () => {
    expect(reasonOf(await seal({ keeperTenureId: of.tenures.alternate }))).toBe("unknown_keeper");
    expect(reasonOf(await seal({ keeperTenureId: "nobody" }))).toBe("unknown_keeper");
    const { sealId } = must(await seal());
    expect(reasonOf(await seal({ sealId, event: "handed_over" }, at(1)))).toBe("same_keeper");
    expect(reasonOf(await seal({ sealId: "none", event: "handed_over", keeperTenureId: of.tenures.deputy }))).toBe(
      "unknown_seal",
    );
    expect(reasonOf(await seal({ kind: "finance", onDay: day(1) }))).toBe("day_to_come");
    expect(reasonOf(await seal({ kind: "finance", document: "" }))).toBe("document_missing");
  });

  test("of a keeper who left are named as to be handed over", async () => {
    must(await seal());
    const scene = of.as("secretary", at(5));
    const end = insertEnd(
      scene,
      { tenureId: of.tenures.chair, endedAt: at(5), act: "resignation", document: "辞职信" },
      "test",
    );
    must(await scene.db.write(end.statements));
    expect(textOf(await pageOf(null, "/committee/legal-person", at(5, 11)))).toContain(
      "陈主任（主任）已离任，印章还没有登记交接",
    );
    expect(textOf(await pageOf("secretary", "/desk", at(5, 11)))).toContain("登记印章交接");
  });

  test("through the form: the reason stands beside the field", async () => {
    const browser = await browserOf(of, "secretary", T0);
    await browser.open(`${base}/desk/committee/legal-person`);
    const action = `${base}/desk/committee/legal-person/seals`;
    const refused = await browser.submit(action, { act: "made.assembly", keeper: "", onDay: day(0), document: "回执" });
    expect(refused.status).toBe(422);
    expect(textOf(browser.page)).toContain("请选择一位在任的人保管");
    const made = await browser.submit(action, {
      act: "made.assembly",
      keeper: of.tenures.chair,
      onDay: day(0),
      document: "回执",
    });
    expect(made.status).toBe(303);
    expect(textOf(await pageOf(null, "/committee/legal-person"))).toContain("业主大会印章 由陈主任（主任）保管");
  });
});

describe("what may only grow", () => {
  test.each([
    "committee_entity",
    "committee_entity_report",
    "committee_seal",
    "committee_authorisation",
    "committee_authorisation_end",
  ])("%s refuses UPDATE, DELETE and INSERT OR REPLACE", async (table) => {
    must(await record({ registeredOn: "2025-06-01", changedOn: "2025-06-01" }));
    must(
      await recordReport(of.as("secretary"), {
        kind: "yearly_supervisor",
        subject: 2025,
        sentOn: day(-1),
        document: "回执",
      }),
    );
    must(
      await recordSeal(of.as("secretary"), {
        sealId: null,
        kind: "assembly",
        event: "made",
        keeperTenureId: of.tenures.chair,
        onDay: day(0),
        document: "回执",
      }),
    );
    const { db, community } = sceneAt(of.community);
    must(
      await db.write([
        db.run(
          sql`INSERT INTO committee_authorisation(community_id, authorisation_id, meeting_id, item_no, matter, scope, from_on, last_on, recorded_by, recorded_at, leaf_hash)
                VALUES (${community.id}, 'a1', 'm1', 1, 8, '广告合同', ${day(0)}, ${day(60)}, 'x', ${T0}, '')`,
        ),
      ]),
    );
    must(
      await db.write([
        db.run(
          sql`INSERT INTO committee_authorisation_end(community_id, authorisation_id, ended_on, why, recorded_by, recorded_at, leaf_hash)
              VALUES (${community.id}, 'a1', ${day(5)}, '合同已签', 'x', ${T0}, '')`,
        ),
      ]),
    );
    for (const text of [
      `UPDATE ${table} SET leaf_hash = 'x' WHERE community_id = '${community.id}'`,
      `DELETE FROM ${table} WHERE community_id = '${community.id}'`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = '${community.id}'`,
    ])
      expect((await db.write([db.run(sql.raw(text))])).ok, text).toBe(false);
  });
});

test("versions and events of seals follow one another without a gap, whoever writes them", async () => {
  must(await record());
  const { sealId } = must(
    await recordSeal(of.as("secretary"), {
      sealId: null,
      kind: "assembly",
      event: "made",
      keeperTenureId: of.tenures.chair,
      onDay: day(0),
      document: "回执",
    }),
  );
  const { db, community } = sceneAt(of.community);
  const put = async (text: string) => {
    const written = await db.write([db.run(sql.raw(text))]);
    return written.ok ? "ok" : written.error.code;
  };
  const [columns] = await db.read(
    db.all<{ name: string }>(sql`SELECT name FROM pragma_table_info('committee_entity')`),
  );
  const names = columns.map(({ name }) => name);
  expect(
    await put(
      `INSERT INTO committee_entity(${names.join(", ")}) SELECT ${names.map((name) => (name === "version" ? "3" : name)).join(", ")} FROM committee_entity WHERE community_id = '${community.id}'`,
    ),
  ).toBe("entity_changed_meanwhile");
  const event = (no: number, kind: string, onDay: string) =>
    put(
      `INSERT INTO committee_seal VALUES ('${community.id}', '${sealId}', ${no}, '${kind}', 'handed_over', '${of.tenures.deputy}', '${onDay}', '交接单', 'x', 1, '')`,
    );
  expect([
    await event(3, "assembly", day(0)),
    await event(2, "finance", day(0)),
    await event(2, "assembly", day(-1)),
    await event(2, "assembly", day(0)),
  ]).toEqual(["seal_changed_meanwhile", "seal_changed_meanwhile", "seal_changed_meanwhile", "ok"]);
});

describe("the mandate of a committee from before", () => {
  const mandate = {
    number: "3",
    seats: "7",
    fromOn: "2025-06-01",
    lastOn: "2028-05-31",
    document: "业主大会公告〔2025〕2号",
  };
  const staffed = async () => {
    const community = await makeStaffedCommunity();
    const scene = { ...of.as("street"), ...sceneAt(community) };
    return {
      community,
      scene: { ...scene, actor: { ...of.as("street").actor, personId: await personIn(community, "street_officer") } },
    };
  };

  test("is recorded once; the same again is the same, another while it runs is refused", async () => {
    const { scene } = await staffed();
    const first = must(await recordMandate(scene, mandate));
    expect(must(await recordMandate(scene, mandate))).toEqual(first);
    expect(await recordMandate(scene, { ...mandate, number: "4" })).toEqual({
      ok: false,
      error: { reason: "mandate_running", number: 3 },
    });
  });

  test("two at once are one", async () => {
    const { scene } = await staffed();
    const both = await Promise.all([recordMandate(scene, mandate), recordMandate(scene, { ...mandate, number: "4" })]);
    expect(both.map(reasonOf).toSorted()).toEqual(["mandate_running", "ok"]);
  });

  test.each([
    ["even seats", { seats: "6" }, "seats_even"],
    ["thirteen seats", { seats: "13" }, "mandate_seats"],
    ["no number", { number: "第三" }, "mandate_number"],
    ["a start to come", { fromOn: day(1), lastOn: day(900) }, "mandate_to_come"],
    ["an end before its start", { lastOn: "2025-05-31" }, "ends_before_start"],
    ["a day over five years", { lastOn: addMonths("2025-06-01", 60) }, "mandate_too_long"],
    ["no decision named", { document: "" }, "document_missing"],
  ])("with %s is refused", async (_, more, reason) => {
    const { scene } = await staffed();
    const refused = await recordMandate(scene, { ...mandate, ...more });
    expect(refused).toMatchObject({ error: { faults: [{ reason }] } });
  });

  test("needs a committee to belong to", async () => {
    const bare = await makeCommunity();
    expect(reasonOf(await recordMandate({ ...of.as("street"), ...sceneAt(bare) }, mandate))).toBe("no_committee");
  });
});

describe("the office's contact", () => {
  const contact = { phone: "023-41420000", place: "3幢一楼", hours: "每周三19:00—21:00" };
  test("saved twice is one version; an officer's own number is refused, whatever spaces it has", async () => {
    const scene = of.as("secretary");
    must(await saveContact(scene, contact));
    must(await saveContact(scene, contact));
    for (const phone of ["13800000001", "138 0000 0001", "１３８００００0001"])
      expect(reasonOf(await saveContact(scene, { ...contact, phone }))).toBe("phone_of_an_officer");
    const [rows] = await scene.db.read(
      scene.db.all<{ n: number }>(
        sql`SELECT count(*) AS n FROM setting WHERE community_id = ${scene.community.id} AND key = 'committee_office.contact'`,
      ),
    );
    expect(rows[0]!.n).toBe(1);
  });
  test("words for a number are refused; none at all is allowed", async () => {
    expect(await saveContact(of.as("secretary"), { ...contact, phone: "问门卫" })).toMatchObject({
      error: { faults: [{ reason: "phone_unreadable" }] },
    });
    must(await saveContact(of.as("secretary"), { ...contact, phone: "" }));
  });
});
