/** Cross-appointment through workerd and D1: what is refused in the write, by whom it is waived, and what of it the public sees. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import type { PersonId } from "../../src/kernel/id.ts";
import { readOverlap, recordConsent, saveWish } from "../../src/offices/overlap/actions.ts";
import {
  checkConflicts,
  grantWaiver,
  type RuleAsked,
  saveRule,
  type WaiverAsked,
  withdrawWaiver,
} from "../../src/offices/overlap/conflicts/actions.ts";
import { conflictsOf, DEFAULT_PAIRS } from "../../src/offices/overlap/conflicts/rules.ts";
import {
  guardConflicts,
  heldFrom,
  listHeldPosts,
  listRuleRows,
  rulesFromRows,
} from "../../src/offices/overlap/conflicts/store.ts";
import { figureOf, overlapOf } from "../../src/offices/overlap/rules.ts";
import { findOverlapFigures, listOverlapTenures } from "../../src/offices/overlap/store.ts";
import { insertPerson } from "../../src/offices/people/store.ts";
import { confirmAppointment } from "../../src/offices/proposals/actions.ts";
import { PERMISSIONS, type PostKind } from "../../src/offices/rules.ts";
import { type Appointment, appoint, endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertEnd, insertTenure, listPosts } from "../../src/offices/terms/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity, OFFICERS, personIn } from "./offices-of-test.ts";

const TODAY = dayOf(T0);
const KINDS = {
  branch_secretary: { act: "party_election", name: "许书记" },
  community_party_secretary: { act: "appointment", name: "马书记" },
} as const;

let community: CommunityAddress;
let base: string;
beforeEach(async () => {
  community = await makeStaffedCommunity([
    ...OFFICERS,
    ...Object.entries(KINDS).map(([post, { act, name }], at) => ({
      post: post as PostKind,
      name,
      phone: `1390000000${at}`,
      act,
      document: "文件",
    })),
  ]);
  base = `/c/${community.slug}`;
});

/** Whoever holds this post, with what it permits, as signed in. */
async function as(kind: PostKind, now = T0): Promise<StaffScene> {
  const holder = (await holdersAsOf(sceneAt(community), TODAY)).find(({ postKind }) => postKind === kind)!;
  const permissions = Object.entries(PERMISSIONS).flatMap(([permission, kinds]) =>
    kinds.includes(kind) ? [permission as keyof typeof PERMISSIONS] : [],
  );
  return {
    ...sceneAt(community, now),
    actor: {
      personId: holder.personId,
      sessionId: "test",
      name: holder.name,
      posts: [{ kind, title: holder.title.zh, body: holder.body.zh }],
      permissions: new Set(permissions),
    },
  };
}

let phones = 0;
/** Someone in a post from a day on, written as an election would seat them; the same name is the same person. */
async function seat(
  name: string,
  kind: PostKind,
  fromOn = TODAY,
  lastOn: string | null = null,
): Promise<{ personId: PersonId; tenureId: string }> {
  const scene = sceneAt(community);
  const [posts] = await scene.db.read(listPosts(scene));
  const post = posts.find((one) => one.kind === kind)!;
  const known = (await everyone()).get(name);
  phones += 1;
  const person = known
    ? { personId: known, statements: [] }
    : await insertPerson(scene, { name, phone: `1350${String(phones).padStart(7, "0")}` }, "test");
  const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) };
  const tenure = insertTenure(
    scene,
    {
      postId: post.postId,
      postKind: kind,
      personId: person.personId,
      name,
      span,
      act: "owners_election",
      document: "选举公告",
    },
    "test",
  );
  const written = await scene.db.write([...person.statements, ...tenure.statements]);
  if (!written.ok) throw new Error(written.error.code);
  names.set(`${community.id}:${name}`, person.personId);
  return { personId: person.personId, tenureId: tenure.tenureId };
}
const names = new Map<string, PersonId>();
const everyone = async (): Promise<Map<string, PersonId>> =>
  new Map(
    [...names].flatMap(([key, id]) =>
      key.startsWith(`${community.id}:`) ? [[key.slice(key.indexOf(":") + 1), id]] : [],
    ),
  );

const asked = async (kind: PostKind, extra: Partial<Appointment> = {}): Promise<Appointment> => {
  const scene = sceneAt(community);
  const [posts] = await scene.db.read(listPosts(scene));
  return {
    postId: posts.find((post) => post.kind === kind)!.postId,
    name: "钱多多",
    phone: "13700000001",
    fromOn: TODAY,
    lastOn: "",
    act: "resolution",
    document: "决议",
    ...extra,
  };
};

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);
const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const leaves = async (type: string) =>
  (
    await rows<{ entry: string }>(
      `SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}' ORDER BY seq`,
    )
  ).map(({ entry }) => JSON.parse(entry) as Record<string, unknown>);
const guard = async (
  personId: PersonId,
  postKind: string,
  fromOn: string,
  lastOn: string | null,
  scene = sceneAt(community),
) => {
  const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) };
  const written = await scene.db.write(guardConflicts(scene, [{ personId, postKind, span }]));
  return written.ok ? "ok" : written.error.code;
};

/** Appoints as the secretary and has the chair confirm what takes two people; the answer of whichever step refuses. */
async function take(given: Appointment, key: string, confirmer: PostKind = "committee_chair") {
  const proposed = await appoint(await as("secretary"), given, key);
  if (!proposed.ok || !proposed.value.awaitsSecond) return proposed;
  return confirmAppointment(await as(confirmer), proposed.value.tenureId, given.phone);
}

const TELLER = { name: "赵监督", phone: "13800000004" } as const; // the supervisor of the set-up
const WAIVER: Omit<WaiverAsked, "personId"> = {
  ruleKey: "supervision-desk",
  postKind: "teller",
  fromOn: TODAY,
  lastOn: addDays(TODAY, 30),
  document: "人手不足，街道同意临时计票",
};

describe("a conflicting post", () => {
  test("is refused with what excludes what, since when, by which rule, and what to do", async () => {
    const browser = await signedIn(community, "secretary");
    const action = `${base}/desk/offices/appoint`;
    await browser.get(action);
    const given = await asked("teller", { ...TELLER });
    const response = await browser.submit(action, { ...given, step: "review" });
    expect(response.status).toBe(409);
    const text = textOf(browser.page);
    expect(text).toContain("自2026年11月2日起担任监督委员会（监督员）");
    expect(text).toContain("监督委员会（监督员）与秘书处（秘书、计票人）不能同时担任");
    expect(text).toContain("本系统的默认值");
    expect(text).toContain("先办理监督委员会（监督员）的离任；或者请街道办事处（街道经办人）批准例外");
    expect(reasonOf(await appoint(await as("secretary"), given, "once-key-1"))).toBe("conflicting_post");
    expect(await rows("SELECT 1 FROM overlap_waiver_use WHERE community_id = $c")).toEqual([]);
  });

  test("is free on the day after the other's last", async () => {
    const holder = (await holdersAsOf(sceneAt(community), TODAY)).find(({ postKind }) => postKind === "supervisor")!;
    const endsOn = addDays(TODAY, 10);
    const end = { tenureId: holder.tenureId, endsOn, act: "resignation" as const, document: "辞职信" };
    expect(reasonOf(await endTenure(await as("secretary"), end, "once-key-1"))).toBe("ok");
    const on = async (fromOn: string, key: string) =>
      reasonOf(await appoint(await as("secretary"), await asked("teller", { ...TELLER, fromOn }), key));
    expect(await on(addDays(endsOn, -1), "once-key-2")).toBe("conflicting_post");
    expect(await on(endsOn, "once-key-3")).toBe("ok");
  });

  test("that appears between reading and writing aborts the write", async () => {
    const { personId } = await seat("孙新人", "volunteer");
    const span = { fromAt: startOf(TODAY), untilAt: null };
    const scene = await as("secretary");
    expect(await checkConflicts(scene, { personId, postKind: "committee_member", span })).toEqual({
      ok: true,
      value: [],
    });
    await seat("孙新人", "provider_staff");
    expect(await guard(personId, "committee_member", TODAY, null)).toBe("conflicting_post");
  });

  test("of two appointments of one person at once, one is refused", async () => {
    await seat("吴两边", "volunteer");
    const scene = await as("secretary");
    const person = { name: "吴两边", phone: `1350${String(phones).padStart(7, "0")}`, act: "engagement" };
    const wanted = [
      await asked("provider_staff", person),
      await asked("auditor", { ...person, lastOn: addDays(TODAY, 30) }),
    ];
    const both = await Promise.all(
      wanted.map((given, at) => appoint({ ...scene, db: sceneAt(community).db }, given, `once-key-${at}`)),
    );
    expect(both.map(reasonOf).sort()).toEqual(["conflicting_post", "ok"]);
  });

  test("that comes up while an appointment waits for its second person stops the confirmation", async () => {
    await seat("吴两边", "volunteer");
    const given = await asked("supervisor", { name: "吴两边", phone: `1350${String(phones).padStart(7, "0")}` });
    const proposed = await appoint(await as("secretary"), given, "once-key-1");
    expect(proposed.ok && proposed.value.awaitsSecond).toBe(true);
    await seat("吴两边", "provider_staff");
    const id = proposed.ok ? proposed.value.tenureId : "";
    expect(reasonOf(await confirmAppointment(await as("committee_chair"), id, given.phone))).toBe("conflicting_post");
  });

  test("does not undo an answer that was given: a repeat is answered as the first time", async () => {
    const scene = await as("secretary");
    const given = await asked("volunteer", { act: "enlisted" });
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
    expect(reasonOf(await saveRule(await as("street_officer"), own, 0, "once-key-2"))).toBe("ok");
    const again = await appoint(scene, given, "once-key-1");
    expect(again).toEqual(first);
    expect(reasonOf(await appoint(scene, await asked("teller"), "once-key-3"))).toBe("conflicting_post");
  });

  test("is nobody's in another community", async () => {
    const { personId } = await seat("孙新人", "provider_staff");
    const there = sceneAt(await makeStaffedCommunity());
    expect(await guard(personId, "committee_member", TODAY, null, there)).toBe("ok");
    expect(await guard(personId, "committee_member", TODAY, null)).toBe("conflicting_post");
  });

  test("never stands between branch and committee, in either direction (Q6)", async () => {
    const { personId } = await seat("唐两任", "branch_member");
    for (const kind of ["committee_member", "committee_chair", "committee_alternate"])
      expect(await guard(personId, kind, TODAY, null)).toBe("ok");
    await seat("唐两任", "committee_member");
    expect(await guard(personId, "branch_secretary", TODAY, null)).toBe("ok");
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
    const officer = await as("street_officer");
    expect(reasonOf(await saveRule(officer, cooling({}), 0, "once-key-1"))).toBe("ok");
    const { personId } = await seat("郭先离", "provider_staff", "2026-01-15", "2026-03-31");
    await seat("郭先离", "auditor", "2026-06-10", "2026-06-20");
    await seat("郭先离", "committee_member", "2027-02-01", "2027-03-31");
    const scene = sceneAt(community);
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
          expect(await guard(personId, postKind, fromOn, lastOn), `${postKind} ${fromOn}–${lastOn}`).toBe(expected);
        }
    expect(seen.size).toBe(2);
  });

  test("forget a tenure that was ended as a mistake in the record", async () => {
    await saveRule(await as("street_officer"), cooling({}), 0, "once-key-1");
    const { personId, tenureId } = await seat("郭误记", "provider_staff", "2026-05-01");
    const scene = sceneAt(community);
    const endedAt = startOf("2026-10-01");
    await scene.db.write([
      ...insertEnd(scene, { tenureId, endedAt, act: "correction", document: "误登" }, "test").statements,
    ]);
    expect(await guard(personId, "committee_member", TODAY, null)).toBe("ok");
    const span = { fromAt: startOf(TODAY), untilAt: null };
    expect(reasonOf(await checkConflicts(scene, { personId, postKind: "committee_member", span }))).toBe("ok");
  });

  test("follow a rule as it stands at the moment of the write", async () => {
    const { personId } = await seat("孙新人", "provider_staff");
    expect(await guard(personId, "supervisor", TODAY, null)).toBe("conflicting_post");
    const rule = DEFAULT_PAIRS.find(({ key }) => key === "provider-supervision")!;
    const off: RuleAsked = { ...rule, answer: "off", months: "", source: "社区会议纪要" };
    expect(reasonOf(await saveRule(await as("street_officer"), off, 0, "once-key-1"))).toBe("ok");
    expect(await guard(personId, "supervisor", TODAY, null)).toBe("ok");
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
    const scene = await as("community_party_secretary");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    const entries = await leaves("overlap.rule_set");
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
    const scene = await as("street_officer");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-2"))).toBe("rule_changed_meanwhile");
    expect(reasonOf(await saveRule(scene, strict, 1, "once-key-3"))).toBe("ok");
    const both = await Promise.all(
      ["once-key-4", "once-key-5"].map((key) => saveRule({ ...scene, db: sceneAt(community).db }, strict, 2, key)),
    );
    expect(both.map(reasonOf).sort()).toEqual(["ok", "rule_changed_meanwhile"]);
  });

  test("about the committee's seats is not a party post's to set, however it is turned", async () => {
    const scene = await as("community_party_secretary");
    const rule = DEFAULT_PAIRS.find(({ key }) => key === "provider-committee")!;
    const loosened: RuleAsked = { ...rule, answer: "off", months: "", source: "文件" };
    expect(reasonOf(await saveRule(scene, loosened, 0, "once-key-1"))).toBe("rule_not_yours");
    const away: RuleAsked = { ...loosened, right: ["teller"], left: ["provider_staff"], answer: "refuse" };
    expect(reasonOf(await saveRule(scene, away, 0, "once-key-2"))).toBe("rule_not_yours");
    const new_: RuleAsked = { ...away, key: "", left: ["residents_officer"], right: ["committee_member"] };
    expect(reasonOf(await saveRule(scene, new_, 0, "once-key-3"))).toBe("rule_not_yours");
    expect(reasonOf(await saveRule(await as("street_officer"), new_, 0, "once-key-4"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, { ...away, key: "nowhere" }, 0, "once-key-5"))).toBe("unknown_rule");
  });

  test("cannot set branch and committee against each other, whoever tries", async () => {
    const against: RuleAsked = { ...strict, key: "", left: ["branch_member"], right: ["committee_member"] };
    const tried = await saveRule(await as("street_officer"), against, 0, "once-key-1");
    expect(tried.ok ? [] : "faults" in tried.error ? tried.error.faults : tried.error).toEqual([
      { reason: "rule_against_party" },
    ]);
  });

  test("is not set from an office that has ended since", async () => {
    const scene = await as("street_officer");
    const holder = (await holdersAsOf(sceneAt(community), TODAY)).find(
      ({ postKind }) => postKind === "street_officer",
    )!;
    const end = { tenureId: holder.tenureId, endsOn: TODAY, act: "dismissal" as const, document: "调任" };
    expect(reasonOf(await endTenure(await as("secretary"), end, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveRule(scene, strict, 0, "once-key-2"))).toBe("rule_not_yours");
  });
});

describe("a waiver", () => {
  const grant = async (extra: Partial<WaiverAsked> = {}, by: PostKind = "street_officer", key = "waiver-key") =>
    grantWaiver(await as(by), { ...WAIVER, personId: await personIn(community, "supervisor"), ...extra }, key);

  test("lets one person take one post, once more than the rule would, and says so in the record", async () => {
    const granted = await grant();
    expect(reasonOf(granted)).toBe("ok");
    expect(await grant()).toEqual(granted);
    const given = await asked("teller", { ...TELLER });
    const taken = await take(given, "once-key-1");
    expect(reasonOf(taken)).toBe("ok");
    expect(await take(given, "once-key-1")).toEqual(taken);
    const waiver = granted.ok ? granted.value.waiverId : "";
    expect(await leaves("overlap.waiver_granted")).toMatchObject([
      { waiver, rule: "supervision-desk", kind: "teller", as: "street_officer", from: TODAY },
    ]);
    expect(await leaves("overlap.waiver_used")).toMatchObject([
      { waiver, rule: "supervision-desk", tenure: taken.ok ? taken.value.tenureId : "" },
    ]);
    expect(
      JSON.stringify([...(await leaves("overlap.waiver_granted")), ...(await leaves("overlap.waiver_used"))]),
    ).not.toMatch(/赵监督|人手不足/);
    const page = textOf(await (await stranger().get(`${base}/overlap`)).text());
    expect(page).toContain("赵监督");
    expect(page).toContain("街道经办人");
  });

  test.each([
    ["of the other post", { postKind: "secretary" }],
    ["that begins tomorrow", { fromOn: addDays(TODAY, 1) }],
    ["that ended yesterday", { fromOn: addDays(TODAY, -9), lastOn: addDays(TODAY, -1) }],
  ])("%s helps nothing", async (_, extra) => {
    expect(reasonOf(await grant(extra))).toBe("ok");
    expect(reasonOf(await appoint(await as("secretary"), await asked("teller", { ...TELLER }), "once-key-1"))).toBe(
      "conflicting_post",
    );
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
    expect(await leaves("overlap.waiver_granted")).toEqual([]);
    expect(await rows("SELECT 1 FROM overlap_waiver WHERE community_id = $c")).toEqual([]);
  });

  test("helps neither of the two who record the appointment if they granted it", async () => {
    expect(reasonOf(await grant())).toBe("ok");
    const given = await asked("teller", { ...TELLER });
    expect(reasonOf(await appoint(await as("street_officer"), given, "once-key-1"))).toBe("conflicting_post");
    expect(reasonOf(await take(given, "once-key-2", "street_officer"))).toBe("conflicting_post");
    expect(await rows("SELECT 1 FROM overlap_waiver_use WHERE community_id = $c")).toEqual([]);
    expect(reasonOf(await take(given, "once-key-2"))).toBe("ok");
  });

  test("is not granted to oneself by whoever else the rule names", async () => {
    const { personId } = await seat("韩兼管", "supervisor", "2026-01-01");
    const scene = await as("street_officer");
    const self = { ...scene, actor: { ...scene.actor, personId } };
    const tried = await grantWaiver(self, { ...WAIVER, personId }, "once-key-1");
    expect(reasonOf(tried)).toBe("waiver_for_oneself");
  });

  test("taken back helps nobody any more, and offices taken by it stay", async () => {
    const granted = await grant();
    const waiverId = granted.ok ? granted.value.waiverId : "";
    const scene = await as("street_officer");
    expect(reasonOf(await take(await asked("teller", { ...TELLER, lastOn: TODAY }), "once-key-1"))).toBe("ok");
    expect(reasonOf(await withdrawWaiver(await as("supervisor"), { waiverId, document: "x" }))).toBe(
      "waiver_not_yours",
    );
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "" }))).toBe("waiver_document_missing");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "人手已补齐" }))).toBe("ok");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId, document: "人手已补齐" }))).toBe("ok");
    expect((await leaves("overlap.waiver_withdrawn")).length).toBe(1);
    expect(
      (await holdersAsOf(sceneAt(community), TODAY)).filter(
        ({ name, postKind }) => name === "赵监督" && postKind === "teller",
      ).length,
    ).toBe(1);
    const later = await asked("teller", { ...TELLER, fromOn: addDays(TODAY, 1) });
    expect(reasonOf(await appoint(await as("secretary"), later, "once-key-2"))).toBe("conflicting_post");
    expect(reasonOf(await withdrawWaiver(scene, { waiverId: "nowhere", document: "x" }))).toBe("unknown_waiver");
  });

  test("cannot be changed, deleted or replaced, nor can its use, its end or a consent", async () => {
    const granted = await grant();
    const waiverId = granted.ok ? granted.value.waiverId : "";
    await take(await asked("teller", { ...TELLER }), "once-key-1");
    await withdrawWaiver(await as("street_officer"), { waiverId, document: "收回" });
    const { personId } = await seat("唐支委", "branch_member");
    await recordConsent(await as("branch_secretary"), { personId, given: true, document: "同意书" });
    const tables = {
      overlap_waiver: "document",
      overlap_waiver_end: "document",
      overlap_waiver_use: "leaf_hash",
      overlap_consent: "document",
    };
    const { db } = sceneAt(community);
    for (const [table, column] of Object.entries(tables)) {
      expect((await rows(`SELECT 1 FROM ${table} WHERE community_id = $c`)).length, table).toBe(1);
      for (const text of [
        `UPDATE ${table} SET ${column} = 'x' WHERE community_id = $c`,
        `DELETE FROM ${table} WHERE community_id = $c`,
        `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = $c`,
      ]) {
        const done = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
        expect(done.ok, text).toBe(false);
      }
    }
  });
});

describe("being named as of the branch", () => {
  const titles = async (path = "/overlap") => textOf(await (await stranger().get(`${base}${path}`)).text());

  test("takes one's own consent; without it there are figures, on every public page", async () => {
    for (const name of ["唐甲", "罗乙", "谢丙"]) await seat(name, "committee_member", "2025-01-01");
    const { personId } = await seat("唐甲", "branch_member", "2024-01-01");
    const before = await titles();
    expect(before).not.toContain("唐甲");
    expect(before).toMatch(/4\s*席中.*1\s*席/);
    const offices = await titles("/offices");
    expect(offices).toContain("唐甲"); // of the committee
    expect(offices).not.toContain("交叉任职：");
    expect(offices).toContain("＊＊＊");
    expect(await titles("/permissions")).not.toMatch(/支部委员（唐甲/);

    const secretary = await as("branch_secretary");
    expect(reasonOf(await recordConsent(secretary, { personId, given: true, document: "" }))).toBe(
      "consent_document_missing",
    );
    expect(reasonOf(await recordConsent(secretary, { personId, given: true, document: "同意书 2026-11-02" }))).toBe(
      "ok",
    );
    const named = await titles();
    expect(named).toContain("唐甲");
    expect(named).toContain("先在支部，后由业主选进业委会");
    expect(await titles("/offices")).toContain("交叉任职：");

    const own = { ...secretary, actor: { ...secretary.actor, personId } };
    expect(reasonOf(await recordConsent(own, { personId, given: false, document: "" }))).toBe("ok");
    expect(reasonOf(await recordConsent(own, { personId, given: false, document: "" }))).toBe("ok");
    expect(await titles()).not.toContain("唐甲");
    expect(await titles("/offices")).not.toContain("交叉任职：");
    const entries = [...(await leaves("overlap.consent_given")), ...(await leaves("overlap.consent_withdrawn"))];
    expect(entries.length).toBe(2);
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`唐甲|同意书|${personId}`));
  });

  test("is a secretary's by their post", async () => {
    const chair = await personIn(community, "committee_chair");
    const tenure = (await holdersAsOf(sceneAt(community), TODAY)).find(
      ({ postKind }) => postKind === "branch_secretary",
    )!;
    await endTenure(
      await as("secretary"),
      { tenureId: tenure.tenureId, endsOn: TODAY, act: "end_of_term", document: "换届" },
      "once-key-1",
    );
    names.set(`${community.id}:陈主任`, chair);
    await seat("陈主任", "branch_secretary");
    const page = await titles();
    expect(page).toContain("陈主任");
    expect(page).toContain("业委会主任同时是支部书记");
  });

  test("is nothing to agree to for someone outside the branch", async () => {
    const { personId } = await seat("罗乙", "committee_member");
    expect(
      reasonOf(await recordConsent(await as("branch_secretary"), { personId, given: true, document: "同意书" })),
    ).toBe("not_of_the_branch");
  });

  test("where everyone would be told of, there is a range instead of the figure", async () => {
    const chair = await personIn(community, "committee_chair");
    names.set(`${community.id}:陈主任`, chair);
    await seat("陈主任", "branch_member");
    const overlap = await readOverlap(sceneAt(community), TODAY, { limit: 20, offset: 0 });
    expect([overlap.figure, overlap.named]).toEqual([{ seats: 1, least: 0, most: 1 }, []]);
    const scene = sceneAt(community);
    const [figures] = await scene.db.read(findOverlapFigures(scene));
    const { seats, overlapping, named } = figures[0]!;
    expect(figureOf(seats, overlapping, named)).toEqual(overlap.figure);
  });
});

describe("the figures of an overview", () => {
  test("are those of the rules, whoever holds what", async () => {
    await seat("唐甲", "committee_member", "2026-01-01");
    await seat("唐甲", "branch_member", "2026-01-01");
    await seat("罗乙", "committee_deputy", "2026-01-01", TODAY);
    await seat("罗乙", "committee_member", "2026-01-01", addDays(TODAY, -1));
    await seat("谢丙", "committee_alternate", "2026-01-01");
    await seat("谢丙", "branch_member", "2026-01-01");
    for (const now of [startOf("2025-12-31"), T0, endOf(TODAY) - 1, endOf(TODAY)]) {
      const scene = sceneAt(community, now);
      const [figures, tenures] = await scene.db.read(findOverlapFigures(scene), listOverlapTenures(scene, 0));
      const expected = overlapOf(tenures, dayOf(now));
      expect(figures).toEqual([
        {
          seats: expected.committee.length,
          overlapping: expected.crossings.length,
          named: 0,
          chairIsSecretary: expected.chairIsSecretary === null ? null : Number(expected.chairIsSecretary),
          branchExists: 1,
        },
      ]);
    }
  });

  test("are one row of one round trip, as the page is one round trip", async () => {
    const scene = sceneAt(community);
    await scene.db.read(findOverlapFigures(scene));
    expect(scene.db.meter.roundTrips).toBe(1);
    const page = sceneAt(community);
    await readOverlap(page, TODAY, { limit: 20, offset: 0 });
    expect(page.db.meter.roundTrips).toBe(1);
  });
});

describe("the wish", () => {
  const wish = { least: "2", share: "1/3", chairIsSecretary: false, source: "社区党委〔2026〕8号" };
  test("is set with its document, compared with the figures, and stands in nobody's way", async () => {
    const scene = await as("community_party_secretary");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-2"))).toBe("wish_changed_meanwhile");
    expect((await leaves("overlap.wish_set")).length).toBe(1);
    const text = textOf(await (await stranger().get(`${base}/overlap`)).text());
    expect(text).toContain("业委会中至少有2位支部成员");
    expect(text).toContain("社区党委〔2026〕8号");
    expect(text).toContain("尚未达到");
    const { personId } = await seat("罗乙", "committee_member");
    expect(await guard(personId, "committee_chair", TODAY, null)).toBe("ok");
  });
});

describe("into the committee leads an election and nothing else (Q6)", () => {
  test("the page says so with its article, and so does the refusal", async () => {
    const page = textOf(await (await stranger().get(`${base}/overlap`)).text());
    expect(page).toContain("为什么不能任命");
    expect(page).toContain("《民法典》第二百七十八条第一款第三项");
    const browser = await signedIn(community, "secretary");
    const action = `${base}/desk/offices/appoint`;
    await browser.get(action);
    const given = await asked("committee_member", { act: "appointment" });
    expect((await browser.submit(action, { ...given, step: "review" })).status).toBe(422);
    const text = textOf(browser.page);
    expect(text).toContain("只能由以下方式产生");
    expect(text).toContain("《民法典》第二百七十八条第一款第三项");
    expect(text).toContain("推荐、任命和党内职务不能代替选举");
  });
});
