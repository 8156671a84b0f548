/** Posts that stand in each other's way, through workerd and D1: what is refused in the write, how rules are set, and by whom they are waived. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, endOf, startOf } from "../../src/kernel/day.ts";
import { recordConsent } from "../../src/offices/overlap/actions.ts";
import {
  checkConflicts,
  grantWaiver,
  type RuleAsked,
  saveRule,
  type WaiverAsked,
  withdrawWaiver,
} from "../../src/offices/overlap/conflicts/actions.ts";
import { conflictsOf, DEFAULT_PAIRS } from "../../src/offices/overlap/conflicts/rules.ts";
import { heldFrom, listHeldPosts, listRuleRows, rulesFromRows } from "../../src/offices/overlap/conflicts/store.ts";
import { confirmAppointment } from "../../src/offices/proposals/actions.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { checkCommunity } from "../../src/offices/setup/actions.ts";
import { setupProblem } from "../../src/offices/setup/problems.ts";
import { appoint, endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertEnd } from "../../src/offices/terms/store.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity, OFFICERS, personIn } from "./offices-of-test.ts";
import { lastPhone, reasonOf, SUPERVISOR, TODAY, WAIVER, World } from "./overlap-of-test.ts";

let w: World;
beforeEach(async () => {
  w = await World.make();
});

describe("a conflicting post", () => {
  test("is refused with what excludes what, since when, by which rule, and what to do", async () => {
    const browser = await signedIn(w.community, "secretary");
    const action = `${w.base}/desk/offices/appoint`;
    await browser.get(action);
    const given = await w.asked("teller", { ...SUPERVISOR });
    const response = await browser.submit(action, { ...given, step: "review" });
    expect(response.status).toBe(409);
    const text = textOf(browser.page);
    expect(text).toContain("自2026年11月2日起担任监督委员会（监督员）");
    expect(text).toContain("监督委员会（监督员）与秘书处（秘书、计票人、出纳、会计）不能同时担任");
    expect(text).toContain("本系统的默认值");
    expect(text).toContain("先办理监督委员会（监督员）的离任；或者请街道办事处（街道经办人）批准例外");
    expect(reasonOf(await appoint(await w.as("secretary"), given, "once-key-1"))).toBe("conflicting_post");
    expect(await w.rows("SELECT 1 FROM overlap_waiver_use WHERE community_id = $c")).toEqual([]);
  });

  test("is free on the day after the other's last", async () => {
    const holder = (await holdersAsOf(w.scene(), TODAY)).find(({ postKind }) => postKind === "supervisor")!;
    const endsOn = addDays(TODAY, 10);
    const end = { tenureId: holder.tenureId, endsOn, act: "resignation" as const, document: "辞职信" };
    expect(reasonOf(await endTenure(await w.as("secretary"), end, "once-key-1"))).toBe("ok");
    const on = async (fromOn: string, key: string) =>
      reasonOf(await appoint(await w.as("secretary"), await w.asked("teller", { ...SUPERVISOR, fromOn }), key));
    expect(await on(addDays(endsOn, -1), "once-key-2")).toBe("conflicting_post");
    expect(await on(endsOn, "once-key-3")).toBe("ok");
  });

  test("that appears between reading and writing aborts the write", async () => {
    const { personId } = await w.seat("孙新人", "volunteer");
    const span = { fromAt: startOf(TODAY), untilAt: null };
    const scene = await w.as("secretary");
    expect(await checkConflicts(scene, { personId, postKind: "committee_member", span })).toEqual({
      ok: true,
      value: [],
    });
    await w.seat("孙新人", "provider_staff");
    expect(await w.guard(personId, "committee_member")).toBe("conflicting_post");
  });

  test("of two appointments of one person at once, one is refused", async () => {
    await w.seat("吴两边", "volunteer");
    const scene = await w.as("secretary");
    const person = { name: "吴两边", phone: lastPhone(), act: "engagement" };
    const wanted = [
      await w.asked("provider_staff", person),
      await w.asked("auditor", { ...person, lastOn: addDays(TODAY, 30) }),
    ];
    const both = await Promise.all(
      wanted.map((given, at) => appoint({ ...scene, db: w.scene().db }, given, `once-key-${at}`)),
    );
    expect(both.map(reasonOf).sort()).toEqual(["conflicting_post", "ok"]);
  });

  test("that comes up while an appointment waits for its second person stops the confirmation", async () => {
    await w.seat("吴两边", "volunteer");
    const given = await w.asked("supervisor", { name: "吴两边", phone: lastPhone() });
    const proposed = await appoint(await w.as("secretary"), given, "once-key-1");
    expect(proposed.ok && proposed.value.awaitsSecond).toBe(true);
    await w.seat("吴两边", "provider_staff");
    const id = proposed.ok ? proposed.value.tenureId : "";
    expect(reasonOf(await confirmAppointment(await w.as("committee_chair"), id, given.phone))).toBe("conflicting_post");
  });

  test("does not undo an answer that was given: a repeat is answered as the first time", async () => {
    const scene = await w.as("secretary");
    const given = await w.asked("volunteer", { act: "enlisted" });
    const first = await appoint(scene, given, "once-key-1");
    const own: RuleAsked = {
      key: "",
      kind: "exclusive",
      left: ["volunteer"],
      right: ["teller"],
      answer: "refuse",
      months: "",
      waivedBy: [],
      source: "议事规则第九条",
    };
    expect(reasonOf(await saveRule(await w.as("street_officer"), own, 0, "once-key-2"))).toBe("ok");
    const again = await appoint(scene, given, "once-key-1");
    expect(again).toEqual(first);
    expect(reasonOf(await appoint(scene, await w.asked("teller"), "once-key-3"))).toBe("conflicting_post");
  });

  test("is nobody's in another community", async () => {
    const { personId } = await w.seat("孙新人", "provider_staff");
    const there = sceneAt(await makeStaffedCommunity());
    expect(await w.guard(personId, "committee_member", TODAY, null, there)).toBe("ok");
    expect(await w.guard(personId, "committee_member")).toBe("conflicting_post");
  });

  test("never stands between branch and committee, in either direction (Q6)", async () => {
    const { personId } = await w.seat("唐两任", "branch_member");
    for (const kind of ["committee_member", "committee_chair", "committee_alternate"])
      expect(await w.guard(personId, kind)).toBe("ok");
    await w.seat("唐两任", "committee_member");
    expect(await w.guard(personId, "branch_secretary")).toBe("ok");
  });
});

describe("the first officers of a community", () => {
  const asked = (phone: string) => ({
    key: "set-up-key",
    ...{ name: "新小区", slug: "xin", street: "璧城街道", district: "璧山区", address: "一号" },
    officers: OFFICERS.map((one) => (one.post === "supervisor" ? { ...one, name: "陈主任", phone } : one)),
  });

  test("hold no posts that exclude each other either", () => {
    const checked = checkCommunity(asked("13800000001"), T0);
    expect(checked.ok ? [] : checked.error.map(({ reason }) => reason)).toEqual(["officer_conflicts"]);
    if (!checked.ok)
      expect(setupProblem(checked.error[0], ["head", "secretary", "teller", "supervisor"])).toMatchObject({
        code: "officer-conflicts",
        errors: [{ pointer: "/supervisor_phone" }],
      });
    expect(checkCommunity(asked("13800000099"), T0).ok).toBe(true);
  });
});

describe("the guard and the rules", () => {
  const cooling = (extra: Partial<RuleAsked>): RuleAsked => ({
    key: "provider-then-committee",
    kind: "cooling_off",
    left: ["provider_manager", "provider_staff"],
    right: ["committee_chair", "committee_deputy", "committee_member"],
    answer: "refuse",
    months: "6",
    waivedBy: [],
    source: "管理规约第二十一条",
    ...extra,
  });

  test("say the same on every day around an end, for both kinds of rule and both directions", async () => {
    const officer = await w.as("street_officer");
    expect(reasonOf(await saveRule(officer, cooling({}), 0, "once-key-1"))).toBe("ok");
    const { personId } = await w.seat("郭先离", "provider_staff", "2026-01-15", "2026-03-31");
    await w.seat("郭先离", "auditor", "2026-06-10", "2026-06-20");
    await w.seat("郭先离", "committee_member", "2027-02-01", "2027-03-31");
    const scene = w.scene();
    const [heldRows, ruleRows] = await scene.db.read(listHeldPosts(scene, personId), listRuleRows(scene));
    const held = heldFrom(heldRows);
    const rules = rulesFromRows(ruleRows);
    const seen = new Set<string>();
    for (const postKind of [
      "committee_member",
      "provider_staff",
      "auditor",
      "secretary",
      "supervisor",
      "branch_member",
    ])
      for (const fromOn of [
        "2026-01-14",
        "2026-03-31",
        "2026-04-01",
        "2026-06-20",
        "2026-06-21",
        "2026-09-30",
        "2026-10-01",
        "2027-03-31",
        "2027-04-01",
        "2028-03-31",
        "2028-04-01",
      ])
        for (const lastOn of [null, fromOn, addDays(fromOn, 40)]) {
          const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) };
          const expected = conflictsOf(held, { postKind, span }, rules).length > 0 ? "conflicting_post" : "ok";
          seen.add(expected);
          expect(await w.guard(personId, postKind, fromOn, lastOn), `${postKind} ${fromOn}–${lastOn}`).toBe(expected);
        }
    expect(seen.size).toBe(2);
  });

  test("forget a tenure that was ended as a mistake in the record", async () => {
    await saveRule(await w.as("street_officer"), cooling({}), 0, "once-key-1");
    const { personId, tenureId } = await w.seat("郭误记", "provider_staff", "2026-05-01");
    const scene = w.scene();
    const endedAt = startOf("2026-10-01");
    await scene.db.write([
      ...insertEnd(scene, { tenureId, endedAt, act: "correction", document: "误登" }, "test").statements,
    ]);
    expect(await w.guard(personId, "committee_member")).toBe("ok");
    const span = { fromAt: startOf(TODAY), untilAt: null };
    expect(reasonOf(await checkConflicts(scene, { personId, postKind: "committee_member", span }))).toBe("ok");
  });

  test("follow a rule as it stands at the moment of the write", async () => {
    const { personId } = await w.seat("孙新人", "provider_staff");
    expect(await w.guard(personId, "supervisor")).toBe("conflicting_post");
    const rule = DEFAULT_PAIRS.find(({ key }) => key === "provider-supervision")!;
    const off: RuleAsked = { ...rule, answer: "off", months: "", source: "社区会议纪要" };
    expect(reasonOf(await saveRule(await w.as("street_officer"), off, 0, "once-key-1"))).toBe("ok");
    expect(await w.guard(personId, "supervisor")).toBe("ok");
  });
});

describe("a rule", () => {
  const strict: RuleAsked = {
    key: "provider-branch-secretary",
    kind: "exclusive",
    left: ["provider_manager", "provider_staff"],
    right: ["branch_secretary"],
    answer: "refuse",
    months: "",
    waivedBy: [],
    source: "社区党委〔2026〕3号",
  };

  test("is set with its document and an entry from what to what; a repeat is the same act", async () => {
    const scene = await w.as("community_party_secretary");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    const entries = await w.leaves("overlap.rule_set");
    expect(entries.length).toBe(1);
    expect(entries[0]).toMatchObject({
      rule: "provider-branch-secretary",
      version: 1,
      from: { answer: "waiver" },
      to: { answer: "refuse", source: "社区党委〔2026〕3号" },
    });
    expect(reasonOf(await saveRule(scene, { ...strict, source: "别的" }, 0, "once-key-1"))).toBe("key_reused");
  });

  test("that was changed since its form was opened is not overwritten", async () => {
    const scene = await w.as("street_officer");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-2"))).toBe("rule_changed_meanwhile");
    expect(reasonOf(await saveRule(scene, strict, 1, "once-key-3"))).toBe("ok");
    const both = await Promise.all(
      ["once-key-4", "once-key-5"].map((key) => saveRule({ ...scene, db: w.scene().db }, strict, 2, key)),
    );
    expect(both.map(reasonOf).sort()).toEqual(["ok", "rule_changed_meanwhile"]);
  });

  test("about the committee's seats is not a party post's to set, however it is turned", async () => {
    const scene = await w.as("community_party_secretary");
    const rule = DEFAULT_PAIRS.find(({ key }) => key === "provider-committee")!;
    const loosened: RuleAsked = { ...rule, answer: "off", months: "", source: "文件" };
    expect(reasonOf(await saveRule(scene, loosened, 0, "once-key-1"))).toBe("rule_not_yours");
    const away: RuleAsked = { ...loosened, right: ["teller"], left: ["provider_staff"], answer: "refuse" };
    expect(reasonOf(await saveRule(scene, away, 0, "once-key-2"))).toBe("rule_not_yours");
    const new_: RuleAsked = { ...away, key: "", left: ["residents_officer"], right: ["committee_member"] };
    expect(reasonOf(await saveRule(scene, new_, 0, "once-key-3"))).toBe("rule_not_yours");
    expect(reasonOf(await saveRule(await w.as("street_officer"), new_, 0, "once-key-4"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, { ...away, key: "nowhere" }, 0, "once-key-5"))).toBe("unknown_rule");
  });

  test("cannot set branch and committee against each other, whoever tries", async () => {
    const against: RuleAsked = { ...strict, key: "", left: ["branch_member"], right: ["committee_member"] };
    const tried = await saveRule(await w.as("street_officer"), against, 0, "once-key-1");
    expect(tried.ok ? [] : "faults" in tried.error ? tried.error.faults : tried.error).toEqual([
      { reason: "rule_against_party" },
    ]);
  });

  test("is not set from an office that has ended since", async () => {
    const scene = await w.as("street_officer");
    const holder = (await holdersAsOf(w.scene(), TODAY)).find(({ postKind }) => postKind === "street_officer")!;
    const end = { tenureId: holder.tenureId, endsOn: TODAY, act: "dismissal" as const, document: "调任" };
    expect(reasonOf(await endTenure(await w.as("secretary"), end, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-2"))).toBe("rule_not_yours");
  });
});

describe("a waiver", () => {
  const grant = async (extra: Partial<WaiverAsked> = {}, by: PostKind = "street_officer", key = "waiver-key") =>
    grantWaiver(await w.as(by), { ...WAIVER, personId: await personIn(w.community, "supervisor"), ...extra }, key);

  test("lets one person take one post, once more than the rule would, and says so in the record", async () => {
    const granted = await grant();
    expect(reasonOf(granted)).toBe("ok");
    expect(await grant()).toEqual(granted);
    const given = await w.asked("teller", { ...SUPERVISOR });
    const taken = await w.take(given, "once-key-1");
    expect(reasonOf(taken)).toBe("ok");
    expect(await w.take(given, "once-key-1")).toEqual(taken);
    const waiver = granted.ok ? granted.value.waiverId : "";
    expect(await w.leaves("overlap.waiver_granted")).toMatchObject([
      { waiver, rule: "supervision-desk", kind: "teller", as: "street_officer", from: TODAY },
    ]);
    expect(await w.leaves("overlap.waiver_used")).toMatchObject([
      { waiver, rule: "supervision-desk", tenure: taken.ok ? taken.value.tenureId : "" },
    ]);
    expect(
      JSON.stringify([...(await w.leaves("overlap.waiver_granted")), ...(await w.leaves("overlap.waiver_used"))]),
    ).not.toMatch(/赵监督|人手不足/);
    const page = textOf(await (await stranger().get(`${w.base}/overlap`)).text());
    expect(page).toContain("赵监督");
    expect(page).toContain("街道经办人");
  });

  test.each([
    ["of the other post", { postKind: "secretary" }],
    ["that begins tomorrow", { fromOn: addDays(TODAY, 1) }],
    ["that ended yesterday", { fromOn: addDays(TODAY, -9), lastOn: addDays(TODAY, -1) }],
  ])("%s helps nothing", async (_, extra) => {
    expect(reasonOf(await grant(extra))).toBe("ok");
    expect(
      reasonOf(await appoint(await w.as("secretary"), await w.asked("teller", { ...SUPERVISOR }), "once-key-1")),
    ).toBe("conflicting_post");
  });

  test.each([
    ["by a post the rule does not name", {}, "community_party_secretary", "waiver_not_yours"],
    ["by the person concerned", {}, "supervisor", "waiver_not_yours"],
    [
      "of a rule that only refuses",
      { ruleKey: "supervision-committee", postKind: "committee_member" },
      "street_officer",
      "waiver_not_possible",
    ],
    ["of a rule that is off", { ruleKey: "provider-then-committee" }, "street_officer", "waiver_not_possible"],
    ["of no rule", { ruleKey: "nowhere" }, "street_officer", "unknown_rule"],
    ["for nobody", { personId: "nobody" }, "street_officer", "unknown_person"],
    ["without a reason", { document: "  " }, "street_officer", "waiver_document_missing"],
    ["with a reason that goes on", { document: "长".repeat(201) }, "street_officer", "waiver_document_too_long"],
    ["from a day that is none", { fromOn: "2026-02-30" }, "street_officer", "waiver_day_missing"],
    ["that ends before it begins", { lastOn: addDays(TODAY, -1) }, "street_officer", "waiver_ends_before_start"],
  ] as const)("is not granted %s, and nothing is left behind", async (_, extra, by, reason) => {
    expect(reasonOf(await grant(extra, by))).toBe(reason);
    expect(await w.leaves("overlap.waiver_granted")).toEqual([]);
    expect(await w.rows("SELECT 1 FROM overlap_waiver WHERE community_id = $c")).toEqual([]);
  });

  test("helps neither of the two who record the appointment if they granted it", async () => {
    expect(reasonOf(await grant())).toBe("ok");
    const given = await w.asked("teller", { ...SUPERVISOR });
    expect(reasonOf(await appoint(await w.as("street_officer"), given, "once-key-1"))).toBe("conflicting_post");
    expect(reasonOf(await w.take(given, "once-key-2", "street_officer"))).toBe("conflicting_post");
    expect(await w.rows("SELECT 1 FROM overlap_waiver_use WHERE community_id = $c")).toEqual([]);
    expect(reasonOf(await w.take(given, "once-key-2"))).toBe("ok");
  });

  test("is not granted to oneself by whoever else the rule names", async () => {
    const { personId } = await w.seat("韩兼管", "supervisor", "2026-01-01");
    const scene = await w.as("street_officer");
    const self = { ...scene, actor: { ...scene.actor, personId } };
    const tried = await grantWaiver(self, { ...WAIVER, personId }, "once-key-1");
    expect(reasonOf(tried)).toBe("waiver_for_oneself");
  });

  test("taken back helps nobody any more, and offices taken by it stay", async () => {
    const granted = await grant();
    const waiverId = granted.ok ? granted.value.waiverId : "";
    const scene = await w.as("street_officer");
    expect(reasonOf(await w.take(await w.asked("teller", { ...SUPERVISOR, lastOn: TODAY }), "once-key-1"))).toBe("ok");
    expect(reasonOf(await withdrawWaiver(await w.as("supervisor"), { waiverId, document: "x" }))).toBe(
      "waiver_not_yours",
    );
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "" }))).toBe("waiver_document_missing");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "人手已补齐" }))).toBe("ok");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "人手已补齐" }))).toBe("ok");
    expect((await w.leaves("overlap.waiver_withdrawn")).length).toBe(1);
    expect(
      (await holdersAsOf(w.scene(), TODAY)).filter(({ name, postKind }) => name === "赵监督" && postKind === "teller")
        .length,
    ).toBe(1);
    const later = await w.asked("teller", { ...SUPERVISOR, fromOn: addDays(TODAY, 1) });
    expect(reasonOf(await appoint(await w.as("secretary"), later, "once-key-2"))).toBe("conflicting_post");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId: "nowhere", document: "x" }))).toBe("unknown_waiver");
  });

  test("cannot be changed, deleted or replaced, nor can its use, its end or a consent", async () => {
    const granted = await grant();
    const waiverId = granted.ok ? granted.value.waiverId : "";
    await w.take(await w.asked("teller", { ...SUPERVISOR }), "once-key-1");
    await withdrawWaiver(await w.as("street_officer"), { waiverId, document: "收回" });
    const { personId } = await w.seat("唐支委", "branch_member");
    await recordConsent(await w.as("branch_secretary"), { personId, given: true, document: "同意书" });
    const tables = {
      overlap_waiver: "document",
      overlap_waiver_end: "document",
      overlap_waiver_use: "leaf_hash",
      overlap_consent: "document",
    };
    const { db } = w.scene();
    for (const [table, column] of Object.entries(tables)) {
      expect((await w.rows(`SELECT 1 FROM ${table} WHERE community_id = $c`)).length, table).toBe(1);
      for (const text of [
        `UPDATE ${table} SET ${column} = 'x' WHERE community_id = $c`,
        `DELETE FROM ${table} WHERE community_id = $c`,
        `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = $c`,
      ]) {
        const done = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${w.community.id}'`)))]);
        expect(done.ok, text).toBe(false);
      }
    }
  });
});
