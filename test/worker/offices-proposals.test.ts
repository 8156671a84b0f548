/** Acts of office that take two people: nobody fills a weighty post, or takes over a number, by themselves, whichever way they go about it. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, DAY_MS, dayOf } from "../../src/kernel/day.ts";
import { officesRoutes } from "../../src/offices/pages.tsx";
import { changePhone } from "../../src/offices/people/actions.ts";
import { findPhone, insertPerson } from "../../src/offices/people/store.ts";
import { confirmAppointment, confirmNumber, refuseProposal } from "../../src/offices/proposals/actions.ts";
import { askForOwnCode, codeOfProposal, confirmOwnNumber } from "../../src/offices/proposals/by-code.ts";
import { ALONE_AFTER_MS, PROPOSAL_LIFE_MS } from "../../src/offices/proposals/rules.ts";
import { type PostKind, permissionsOf } from "../../src/offices/rules.ts";
import { askForCode, codeOfChallenge, openSession, tryCode } from "../../src/offices/signin/actions.ts";
import { withStaffActor } from "../../src/offices/signin/pages.tsx";
import { type Appointment, appoint, endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertTenure, listPosts } from "../../src/offices/terms/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { showNewest } from "../../src/platform/outbox/actions.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { signToken } from "../../src/platform/session.ts";
import { actorWith, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, makeStaffedCommunity, OFFICERS, personIn } from "./offices-of-test.ts";

const clock = { now: T0 };
const app = appAt(clock, (into) => {
  into.use("/c/:slug/*", withStaffActor);
  into.route("/c/:slug", officesRoutes);
});
const TODAY = dayOf(T0);
const NEW_PHONE = "13600000009";

let community: CommunityAddress;
let base: string;
beforeEach(async () => {
  clock.now = T0;
  community = await makeStaffedCommunity();
  base = `/c/${community.slug}`;
});

const as = async (kind: PostKind, now = T0): Promise<StaffScene> => ({
  ...sceneAt(community, now),
  actor: {
    ...actorWith(await personIn(community, kind), [...permissionsOf([kind])]),
    posts: [{ kind, title: kind, body: "" }],
  },
});

const wanted = async (kind: PostKind, extra: Partial<Appointment> = {}): Promise<Appointment> => {
  const scene = sceneAt(community);
  const [posts] = await scene.db.read(listPosts(scene));
  return {
    postId: posts.find((post) => post.kind === kind)!.postId,
    name: "钱新人",
    phone: "13700000001",
    fromOn: TODAY,
    lastOn: "",
    act: "resolution",
    document: "委员会〔2026〕9号",
    ...extra,
  };
};

const must = <T>(result: { ok: true; value: T } | { ok: false; error: { reason: string } }): T => {
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
};
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);
const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const leaves = async (type: string) =>
  (await rows<{ entry: string }>(`SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}'`)).map(
    ({ entry }) => JSON.parse(entry) as Record<string, unknown>,
  );
const inOffice = async (name: string, kind: PostKind, day = TODAY) =>
  (await holdersAsOf(sceneAt(community), day)).some((one) => one.name === name && one.postKind === kind);
const phoneOf = async (kind: PostKind) => (await findPhone(sceneAt(community), await personIn(community, kind)))!.phone;
const end = async (by: PostKind, whose: PostKind, on = TODAY, now = T0) => {
  const holder = (await holdersAsOf(sceneAt(community), TODAY)).find(({ postKind }) => postKind === whose)!;
  return endTenure(
    await as(by, now),
    { tenureId: holder.tenureId, endsOn: on, act: "dismissal", document: "决定" },
    `end-key-${whose}-${on}`,
  );
};

const proposeTeller = async (by: PostKind = "secretary", extra: Partial<Appointment> = {}, key = "once-key-1") =>
  must(await appoint(await as(by), await wanted("teller", extra), key));

describe("an appointment to a post with power over votes or offices", () => {
  test("is in force only when a second officer confirms it, under the id it was proposed with", async () => {
    const proposed = await proposeTeller();
    expect(proposed.awaitsSecond).toBe(true);
    expect(await inOffice("钱新人", "teller")).toBe(false);
    expect(
      await rows("SELECT 1 FROM office_person_phone WHERE community_id = $c AND phone_masked LIKE '137%'"),
    ).toEqual([]);
    const asked = must(await askForCode(sceneAt(community), "13700000001", "sign-in-before"));
    const code = codeOfChallenge(sceneAt(community), asked.challengeId);
    expect(reasonOf(await tryCode(sceneAt(community), asked.challengeId, code))).toBe("code_wrong");

    const done = await confirmAppointment(await as("committee_chair"), proposed.tenureId, "137 0000 0001");
    expect(done).toEqual({ ok: true, value: { tenureId: proposed.tenureId } });
    expect(await inOffice("钱新人", "teller")).toBe(true);
    expect((await leaves("office.taken")).at(-1)).toMatchObject({ tenure: proposed.tenureId });
  });

  test("stands in the record twice, with the offices of both and nobody's name or number", async () => {
    const { tenureId } = await proposeTeller();
    must(await confirmAppointment(await as("committee_chair"), tenureId, "13700000001"));
    const [proposed] = await leaves("office.proposed");
    const [confirmed] = await leaves("office.confirmed");
    expect(proposed).toMatchObject({
      proposal: tenureId,
      kind: "appointment",
      by: "秘书",
      from: TODAY,
      act: "resolution",
    });
    expect(confirmed).toMatchObject({ proposal: tenureId, way: "second", by: "主任" });
    expect(JSON.stringify([proposed, confirmed])).not.toMatch(/钱|137|委员会〔/);
  });

  test("tells everybody who could confirm it, and nobody else", async () => {
    await proposeTeller();
    const told = (await showNewest(sceneAt(community), 20)).filter(({ kind }) => kind === "office.second-asked");
    const phones = told.map(({ rendered }) => ("phone" in rendered ? rendered.phone : "")).sort();
    expect(phones).toEqual(["13800000001", "13800000005"]);
    for (const { rendered } of told) expect(JSON.stringify(rendered)).not.toMatch(/钱新人|137/);
  });

  test.each([
    ["by the one who proposed it", "secretary", "13700000001", "own_proposal"],
    ["by an officer who manages no offices", "supervisor", "13700000001", "not_a_second"],
    ["with another number than the person's", "committee_chair", "13700000002", "number_differs"],
    ["without a number", "committee_chair", "", "number_differs"],
  ] as const)("is not confirmed %s", async (_, kind, phone, reason) => {
    const { tenureId } = await proposeTeller();
    expect(reasonOf(await confirmAppointment(await as(kind), tenureId, phone))).toBe(reason);
    expect(await inOffice("钱新人", "teller")).toBe(false);
  });

  test("is not confirmed by the one it would appoint", async () => {
    const chair = { name: "陈主任", phone: "13800000001" };
    const { tenureId } = await proposeTeller("secretary", chair);
    expect(reasonOf(await confirmAppointment(await as("committee_chair"), tenureId, chair.phone))).toBe("own_proposal");
    expect(reasonOf(await confirmAppointment(await as("street_officer"), tenureId, chair.phone))).toBe("ok");
  });

  test("is confirmed until the instant before seven days are over", async () => {
    const { tenureId } = await proposeTeller();
    const late = await as("committee_chair", T0 + PROPOSAL_LIFE_MS);
    expect(reasonOf(await confirmAppointment(late, tenureId, "13700000001"))).toBe("proposal_expired");
    const intime = await as("committee_chair", T0 + PROPOSAL_LIFE_MS - 1);
    expect(reasonOf(await confirmAppointment(intime, tenureId, "13700000001"))).toBe("ok");
  });

  test("is not confirmed by one whose own office has ended", async () => {
    const { tenureId } = await proposeTeller();
    const chair = await as("committee_chair");
    await end("street_officer", "committee_chair");
    expect(reasonOf(await confirmAppointment(chair, tenureId, "13700000001"))).toBe("not_a_second");
  });

  test("confirmed by two at once is one tenure, by ten of one form too", async () => {
    const { tenureId } = await proposeTeller();
    const confirms = await Promise.all(
      (["committee_chair", "street_officer"] as const).flatMap((kind) =>
        Array.from({ length: 5 }, async () => confirmAppointment(await as(kind), tenureId, "13700000001")),
      ),
    );
    // Whoever was first has the same answer each time, the other is told that it is settled.
    expect(confirms.filter(({ ok }) => ok).length).toBe(5);
    expect(new Set(confirms.map(reasonOf))).toEqual(new Set(["ok", "proposal_over"]));
    expect((await rows("SELECT 1 FROM office_person WHERE community_id = $c AND name_masked LIKE '钱%'")).length).toBe(
      1,
    );
    expect((await leaves("office.confirmed")).length).toBe(1);
    expect((await leaves("office.taken")).filter((leaf) => leaf.tenure === tenureId).length).toBe(1);
  });

  test("confirmed and refused at once is one of the two", async () => {
    const { tenureId } = await proposeTeller();
    const [confirmed, refused] = await Promise.all([
      confirmAppointment(await as("committee_chair"), tenureId, "13700000001"),
      refuseProposal(await as("street_officer"), tenureId, "没有核实"),
    ]);
    expect([confirmed, refused].filter(({ ok }) => ok).length).toBe(1);
    expect(await inOffice("钱新人", "teller")).toBe(confirmed.ok);
  });

  test("of the last seat, proposed twice, is taken by the one confirmed first", async () => {
    await end("street_officer", "committee_chair");
    const chair = { act: "members_choice" } as const;
    const first = must(await appoint(await as("secretary"), await wanted("committee_chair", chair), "once-key-1"));
    const other = { ...chair, name: "孙新人", phone: "13700000002" };
    const second = must(await appoint(await as("secretary"), await wanted("committee_chair", other), "once-key-2"));
    const street = await as("street_officer");
    expect(reasonOf(await confirmAppointment(street, first.tenureId, "13700000001"))).toBe("ok");
    expect(reasonOf(await confirmAppointment(street, second.tenureId, "13700000002"))).toBe("post_taken");
    expect(reasonOf(await appoint(await as("secretary"), await wanted("committee_chair", other), "once-key-3"))).toBe(
      "post_taken",
    );
  });

  test("repeated is one proposal; with other words under one key it is refused", async () => {
    const scene = await as("secretary");
    const asked = await wanted("teller");
    const all = await Promise.all(
      [1, 2, 3].map(() => appoint({ ...scene, db: sceneAt(community).db }, asked, "key-once")),
    );
    expect(new Set(all.map((one) => must(one).tenureId)).size).toBe(1);
    expect((await leaves("office.proposed")).length).toBe(1);
    expect(reasonOf(await appoint(scene, { ...asked, document: "另一份" }, "key-once"))).toBe("key_reused");
  });

  test("refused with a reason never takes effect, and is not confirmed after", async () => {
    const { tenureId } = await proposeTeller();
    expect(reasonOf(await refuseProposal(await as("committee_chair"), tenureId, "  "))).toBe("why_missing");
    expect(reasonOf(await refuseProposal(await as("teller"), tenureId, "不行"))).toBe("not_a_second");
    expect(reasonOf(await refuseProposal(await as("committee_chair"), tenureId, "本人不知情"))).toBe("ok");
    expect(reasonOf(await refuseProposal(await as("committee_chair"), tenureId, "本人不知情"))).toBe("ok");
    expect(reasonOf(await confirmAppointment(await as("street_officer"), tenureId, "13700000001"))).toBe(
      "proposal_over",
    );
    expect((await leaves("office.refused")).length).toBe(1);
    expect(JSON.stringify(await leaves("office.refused"))).not.toContain("不知情");
  });

  test("of another community is not found", async () => {
    const { tenureId } = await proposeTeller();
    community = await makeStaffedCommunity();
    expect(reasonOf(await confirmAppointment(await as("committee_chair"), tenureId, "13700000001"))).toBe(
      "unknown_proposal",
    );
  });
});

describe("whoever is alone", () => {
  const three = OFFICERS.filter(({ post }) => ["committee_chair", "secretary", "teller"].includes(post));
  const chairLeaves = async () => {
    community = await makeStaffedCommunity(three);
    base = `/c/${community.slug}`;
    return end("secretary", "committee_chair");
  };

  test("cannot put the other out in the morning and appoint a friend at noon", async () => {
    await chairLeaves();
    const friend = await wanted("supervisor");
    expect(reasonOf(await appoint(await as("secretary"), friend, "once-key-1"))).toBe("nobody_confirms_yet");
    const almost = await as("secretary", T0 + ALONE_AFTER_MS - 1);
    expect(reasonOf(await appoint(almost, friend, "once-key-1"))).toBe("nobody_confirms_yet");
    const then = await as("secretary", T0 + ALONE_AFTER_MS);
    expect(must(await appoint(then, friend, "once-key-1")).awaitsSecond).toBe(false);
  });

  test("gains nothing by dating the other's end back", async () => {
    community = await makeStaffedCommunity(three.map((one) => ({ ...one, fromOn: addDays(TODAY, -90) })));
    expect(reasonOf(await end("secretary", "committee_chair", addDays(TODAY, -60)))).toBe("ok");
    const friend = await wanted("supervisor");
    expect(reasonOf(await appoint(await as("secretary"), friend, "once-key-1"))).toBe("nobody_confirms_yet");
  });

  test("the one put out hears of it at once", async () => {
    await chairLeaves();
    const told = (await showNewest(sceneAt(community), 20)).filter(({ kind }) => kind === "office.ended");
    expect(told.map(({ rendered }) => "phone" in rendered && rendered.phone)).toEqual(["13800000001"]);
  });

  test("may still fill posts that decide nothing", async () => {
    await chairLeaves();
    const helper = await wanted("volunteer", { act: "enlisted" });
    expect(must(await appoint(await as("secretary"), helper, "once-key-1")).awaitsSecond).toBe(false);
  });

  test("is not alone any more when somebody joins while the act is on its way", async () => {
    await chairLeaves();
    const now = T0 + ALONE_AFTER_MS;
    const alone = await as("secretary", now);
    const chair = await wanted("committee_chair", { act: "members_choice" });
    const joined = appoint(alone, chair, "once-key-1");
    const friend = appoint(
      { ...(await as("secretary", now)) },
      await wanted("supervisor", { name: "孙友", phone: "13700000005" }),
      "once-key-2",
    );
    await Promise.all([joined, friend]);
    // Whichever order they came in, the second of the two is not written by one alone once the chair is there.
    const later = await appoint(
      await as("secretary", now),
      await wanted("supervisor", { name: "吴友", phone: "13700000006" }),
      "once-key-3",
    );
    expect(must(later).awaitsSecond).toBe(true);
  });
});

describe("the number of someone with power over votes or offices", () => {
  const propose = async (whose: PostKind = "committee_chair", by: PostKind = "secretary") =>
    must(await changePhone(await as(by), await personIn(community, whose), NEW_PHONE)).proposalId!;

  test("is not changed by one officer: the chair's codes still go to the chair", async () => {
    const proposalId = await propose();
    expect(proposalId).toBeTruthy();
    expect(await phoneOf("committee_chair")).toBe("13800000001");
    const asked = must(await askForCode(sceneAt(community), NEW_PHONE, "sign-in-as-chair"));
    const code = codeOfChallenge(sceneAt(community), asked.challengeId);
    expect(reasonOf(await tryCode(sceneAt(community), asked.challengeId, code))).toBe("code_wrong");
    expect(reasonOf(await confirmNumber(await as("secretary"), proposalId, NEW_PHONE))).toBe("own_proposal");
    expect(reasonOf(await confirmNumber(await as("teller"), proposalId, NEW_PHONE))).toBe("not_a_second");
  });

  test("is changed when a second officer has it from the person, who is signed out everywhere", async () => {
    const proposalId = await propose();
    const session = await openSession(sceneAt(community), await personIn(community, "committee_chair"));
    const street = await as("street_officer");
    expect(reasonOf(await confirmNumber(street, proposalId, "13600000008"))).toBe("number_differs");
    expect(reasonOf(await confirmNumber(street, proposalId, NEW_PHONE))).toBe("ok");
    expect(reasonOf(await confirmNumber(street, proposalId, NEW_PHONE))).toBe("ok");
    expect(await phoneOf("committee_chair")).toBe(NEW_PHONE);
    expect(
      await rows(`SELECT why FROM staff_session_end WHERE community_id = $c AND session_id = '${session.sessionId}'`),
    ).toEqual([{ why: "phone_changed" }]);
    expect((await leaves("office.number_changed")).length).toBe(1);
    expect((await leaves("office.confirmed")).at(-1)).toMatchObject({ way: "second" });
  });

  test("is not confirmed by the holder as a second officer: only with a code sent to the old number", async () => {
    const proposalId = await propose();
    const chair = await as("committee_chair");
    expect(reasonOf(await confirmNumber(chair, proposalId, NEW_PHONE))).toBe("own_proposal");
    const { challengeId } = must(await askForOwnCode(chair, proposalId, "ask-key-1"));
    expect(must(await askForOwnCode(chair, proposalId, "ask-key-1")).challengeId).toBe(challengeId);
    const sent = (await showNewest(sceneAt(community), 10)).filter(({ kind }) => kind === "office.number-code");
    expect(sent.map(({ rendered }) => "phone" in rendered && rendered.phone)).toEqual(["13800000001"]);
    expect(reasonOf(await confirmOwnNumber(chair, proposalId, challengeId, "12 34"))).toBe("code_unreadable");
    const code = codeOfProposal(chair, proposalId, challengeId);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(reasonOf(await confirmOwnNumber(chair, proposalId, challengeId, wrong))).toBe("code_wrong");
    expect(await phoneOf("committee_chair")).toBe("13800000001");
    expect(reasonOf(await confirmOwnNumber(chair, proposalId, challengeId, code))).toBe("ok");
    expect(await phoneOf("committee_chair")).toBe(NEW_PHONE);
    expect((await leaves("office.confirmed")).at(-1)).toMatchObject({ way: "code" });
  });

  test("a code for signing in does not confirm it, and its code does not sign in", async () => {
    const proposalId = await propose("teller");
    const teller = await as("teller");
    const signIn = must(await askForCode(sceneAt(community), "13800000003", "a-sign-in-key"));
    const signInCode = codeOfChallenge(sceneAt(community), signIn.challengeId);
    const own = must(await askForOwnCode(teller, proposalId, "ask-key-1"));
    const ownCode = codeOfProposal(teller, proposalId, own.challengeId);
    expect(reasonOf(await confirmOwnNumber(teller, proposalId, signIn.challengeId, signInCode))).toBe("code_wrong");
    expect(reasonOf(await confirmOwnNumber(teller, proposalId, own.challengeId, signInCode))).toBe("code_wrong");
    expect(reasonOf(await tryCode(sceneAt(community), own.challengeId, ownCode))).toBe("code_wrong");
    expect(await phoneOf("teller")).toBe("13800000003");
  });

  test("nobody but the holder asks for that code or tries it", async () => {
    const proposalId = await propose("teller");
    const { challengeId } = must(await askForOwnCode(await as("teller"), proposalId, "ask-key-1"));
    const code = codeOfProposal(sceneAt(community), proposalId, challengeId);
    for (const kind of ["secretary", "committee_chair", "supervisor"] as const) {
      expect(reasonOf(await askForOwnCode(await as(kind), proposalId, "ask-key-2"))).toBe("unknown_proposal");
      expect(reasonOf(await confirmOwnNumber(await as(kind), proposalId, challengeId, code))).toBe("unknown_proposal");
    }
  });

  test("of five wrong codes the sixth is refused, also the right one", async () => {
    const proposalId = await propose("teller");
    const teller = await as("teller");
    const { challengeId } = must(await askForOwnCode(teller, proposalId, "ask-key-1"));
    const code = codeOfProposal(teller, proposalId, challengeId);
    const wrong = code === "000000" ? "000001" : "000000";
    const tried = await Promise.all(
      Array.from({ length: 30 }, () =>
        confirmOwnNumber({ ...teller, db: sceneAt(community).db }, proposalId, challengeId, wrong),
      ),
    );
    expect(tried.filter((one) => reasonOf(one) === "code_wrong").length).toBe(5);
    expect(reasonOf(await confirmOwnNumber(teller, proposalId, challengeId, code))).toBe("code_over");
  });

  test("confirmed twice at once, by code and by a second officer, changes once", async () => {
    const proposalId = await propose("teller");
    const teller = await as("teller");
    const { challengeId } = must(await askForOwnCode(teller, proposalId, "ask-key-1"));
    const code = codeOfProposal(teller, proposalId, challengeId);
    const both = await Promise.all([
      confirmOwnNumber(teller, proposalId, challengeId, code),
      confirmNumber(await as("committee_chair"), proposalId, NEW_PHONE),
      confirmNumber(await as("street_officer"), proposalId, NEW_PHONE),
    ]);
    expect(both.filter(({ ok }) => ok).length).toBe(1);
    expect((await leaves("office.number_changed")).length).toBe(1);
  });

  test("waits one at a time; the same one again is the same proposal", async () => {
    const proposalId = await propose("teller");
    expect(await propose("teller")).toBe(proposalId);
    expect(
      reasonOf(await changePhone(await as("committee_chair"), await personIn(community, "teller"), "13600000010")),
    ).toBe("number_pending");
    const later = await as("secretary", T0 + PROPOSAL_LIFE_MS);
    expect(reasonOf(await changePhone(later, await personIn(community, "teller"), "13600000010"))).toBe("ok");
    const twins = await Promise.all(
      ["13600000021", "13600000022"].map(async (phone) =>
        changePhone(await as("secretary"), await personIn(community, "supervisor"), phone),
      ),
    );
    expect(twins.map(reasonOf).sort()).toEqual(["number_pending", "ok"]);
  });

  test("is refused by its holder, who was told on the old number", async () => {
    const proposalId = await propose("teller");
    const told = (await showNewest(sceneAt(community), 10)).filter(({ kind }) => kind === "office.number-proposed");
    expect(told.map(({ rendered }) => "phone" in rendered && rendered.phone)).toEqual(["13800000003"]);
    expect(reasonOf(await refuseProposal(await as("teller"), proposalId, "不是我要求的"))).toBe("ok");
    expect(reasonOf(await confirmNumber(await as("committee_chair"), proposalId, NEW_PHONE))).toBe("proposal_over");
  });

  test("cannot be swapped on the way into such a post: neither while it waits nor just before", async () => {
    const volunteer = { name: "吴志愿", phone: "13800000006" };
    const { tenureId } = await proposeTeller("secretary", volunteer);
    const personId = await personIn(community, "volunteer");
    const changed = must(await changePhone(await as("secretary"), personId, NEW_PHONE));
    expect(changed.proposalId).not.toBeNull();
    must(await confirmNumber(await as("street_officer"), changed.proposalId!, NEW_PHONE));
    // The number that was proposed with the appointment is nobody's now: whom it would appoint is no longer clear.
    expect(reasonOf(await confirmAppointment(await as("committee_chair"), tenureId, volunteer.phone))).toBe(
      "phone_changed_meanwhile",
    );
  });

  test("of somebody without such a post is changed by one officer, but not past a post that comes meanwhile", async () => {
    const personId = await personIn(community, "volunteer");
    expect(must(await changePhone(await as("secretary"), personId, NEW_PHONE))).toEqual({ proposalId: null });
    const { tenureId } = await proposeTeller("secretary", { name: "吴志愿", phone: NEW_PHONE });
    must(await confirmAppointment(await as("committee_chair"), tenureId, NEW_PHONE));
    expect(must(await changePhone(await as("secretary"), personId, "13600000011")).proposalId).not.toBeNull();
  });

  test("elected without a number is given one by two officers, and no message goes to a number that is none", async () => {
    const scene = await as("secretary");
    const seated = await insertPerson(scene, { name: "孙新委", phone: null }, scene.actor.personId);
    const { postId } = await wanted("committee_member");
    const tenure = insertTenure(
      scene,
      {
        postId,
        postKind: "committee_member",
        personId: seated.personId,
        name: "孙新委",
        span: { fromAt: T0, untilAt: null },
        act: "owners_election",
        document: "公告",
      },
      scene.actor.personId,
    );
    must(await scene.db.write([...seated.statements, ...tenure.statements]));
    const { proposalId } = must(await changePhone(scene, seated.personId, NEW_PHONE));
    expect((await findPhone(scene, seated.personId))!.phone).toBe("");
    must(await confirmNumber(await as("committee_chair"), proposalId!, NEW_PHONE));
    expect((await findPhone(scene, seated.personId))!.phone).toBe(NEW_PHONE);
    const told = (await showNewest(sceneAt(community), 20)).filter(({ kind }) => kind.startsWith("office.number"));
    expect(told.map(({ rendered }) => rendered)).toEqual([{ skip: "no number" }, { skip: expect.anything() }]);
  });

  test("that is another officer's cannot be proposed", async () => {
    expect(reasonOf(await changePhone(await as("secretary"), await personIn(community, "teller"), "13800000001"))).toBe(
      "phone_of_another",
    );
  });
});

describe("what the database refuses by itself", () => {
  const endRow = (proposalId: string, way: string, by: string, at = T0) =>
    `INSERT INTO office_proposal_end VALUES ($c, '${proposalId}', '${way === "refusal" ? "refused" : "confirmed"}', '${way}', '', '${by}', ${at}, 'h')`;
  const run = async (text: string) => {
    const { db } = sceneAt(community);
    return db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
  };

  test("one's own second signature, another's code, one that comes late, and a second end", async () => {
    const { tenureId } = await proposeTeller();
    const secretary = await personIn(community, "secretary");
    const chair = await personIn(community, "committee_chair");
    expect(reasonOf2(await run(endRow(tenureId, "second", secretary)))).toBe("own_proposal");
    expect(reasonOf2(await run(endRow(tenureId, "code", chair)))).toBe("own_proposal");
    expect(reasonOf2(await run(endRow(tenureId, "second", chair, T0 + PROPOSAL_LIFE_MS)))).toBe("proposal_expired");
    expect(reasonOf2(await run(endRow(tenureId, "second", chair)))).toBe("ok");
    expect(reasonOf2(await run(endRow(tenureId, "refusal", chair)))).toBe("proposal_over");
  });

  test("changing, deleting or replacing what was proposed or decided", async () => {
    const { tenureId } = await proposeTeller();
    must(await refuseProposal(await as("committee_chair"), tenureId, "不行"));
    for (const text of [
      "UPDATE office_proposal SET proposed_by = 'x' WHERE community_id = $c",
      "UPDATE office_proposal SET expires_at = expires_at + 1 WHERE community_id = $c",
      "DELETE FROM office_proposal WHERE community_id = $c",
      "INSERT OR REPLACE INTO office_proposal SELECT * FROM office_proposal WHERE community_id = $c",
      "UPDATE office_proposal_end SET outcome = 'confirmed', way = 'second' WHERE community_id = $c",
      "DELETE FROM office_proposal_end WHERE community_id = $c",
      "INSERT OR REPLACE INTO office_proposal_end SELECT * FROM office_proposal_end WHERE community_id = $c",
    ])
      expect((await run(text)).ok, text).toBe(false);
  });
});
const reasonOf2 = (result: { ok: boolean; error?: { code?: string } }) => (result.ok ? "ok" : result.error!.code);

describe("the pages", () => {
  async function signedIn(kind: PostKind): Promise<Browser> {
    const browser = new Browser(app);
    const session = await openSession(sceneAt(community, clock.now), await personIn(community, kind));
    const claims = { sid: session.sessionId, cid: community.id, began: session.beganAt, renewed: clock.now };
    browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, clock.now, 3600));
    return browser;
  }

  test("lead from the form to what waits, and from there to the office", async () => {
    const secretary = await signedIn("secretary");
    const form = `${base}/desk/offices/appoint`;
    await secretary.get(form);
    await secretary.submit(form, { ...((await wanted("teller")) as object as Record<string, string>), step: "review" });
    expect(secretary.page).toContain("要由两个人任命");
    const recorded = await secretary.submit(form, { step: "confirm" });
    const at = recorded.headers.get("location")!;
    await secretary.get(at);
    expect(secretary.page).toContain("等第二人确认，尚未生效");
    expect(secretary.page).toContain("要由另一位能登记任职的人确认");
    expect(secretary.page).not.toContain('/confirm"');

    const chair = await signedIn("committee_chair");
    await chair.get(`${base}/desk/offices/pending`);
    expect(chair.page).toContain("钱新人任计票人");
    expect(chair.page).not.toContain("137");
    await chair.get(at);
    expect(chair.page).not.toMatch(/137|0001"/);
    const wrong = await chair.submit(`${at}/confirm`, { phone: "13700000009" });
    expect(wrong.status).toBe(422);
    expect(chair.page).toContain("与登记的号码不一致");
    expect((await chair.submit(`${at}/confirm`, { phone: "13700000001" })).status).toBe(303);
    await chair.get(at);
    expect(chair.page).toContain("已确认，生效");
    expect(await inOffice("钱新人", "teller")).toBe(true);
  });

  test("show what waits to every office-holder with a right, in both languages, and to nobody of the provider's", async () => {
    const { tenureId } = await proposeTeller();
    for (const kind of ["teller", "supervisor", "volunteer", "street_officer"] as const) {
      const browser = await signedIn(kind);
      expect((await browser.get(`${base}/desk/offices/pending/${tenureId}`)).status).toBe(200);
      expect(browser.page).toContain("钱新人");
      await browser.get(`${base}/desk/offices/pending?lang=en`);
      expect(browser.page).toContain("Waiting; not in force");
    }
    const provider = await signedIn("provider_staff");
    expect((await provider.get(`${base}/desk/offices/pending`)).status).toBe(404);
    expect((await provider.get(`${base}/desk/offices/pending/${tenureId}`)).status).toBe(404);
  });

  test("let the holder confirm with a code, and sign them out", async () => {
    const proposalId = must(await changePhone(await as("secretary"), await personIn(community, "teller"), NEW_PHONE))
      .proposalId!;
    const teller = await signedIn("teller");
    const at = `${base}/desk/offices/pending/${proposalId}`;
    const second = await signedIn("committee_chair");
    await second.get(at);
    expect(second.page).not.toContain("136******09"); // they have it from the holder, not from here
    await teller.get(at);
    expect(teller.page).toContain("136******09");
    expect((await teller.submit(`${at}/code`)).status).toBe(200);
    const { challenge } = teller.hidden(`${at}/confirm-own`);
    const wrong = await teller.submit(`${at}/confirm-own`, { code: "x" });
    expect(wrong.status).toBe(422);
    const code = codeOfProposal(sceneAt(community), proposalId, challenge!);
    const done = await teller.submit(`${at}/confirm-own`, { code });
    expect([done.status, done.headers.get("location")]).toEqual([303, `${base}/sign-in`]);
    expect((await teller.get(at)).status).toBe(303);
    expect(await phoneOf("teller")).toBe(NEW_PHONE);
  });

  test("take a reason for refusing, beside its field", async () => {
    const { tenureId } = await proposeTeller();
    const chair = await signedIn("committee_chair");
    const at = `${base}/desk/offices/pending/${tenureId}`;
    await chair.get(at);
    expect((await chair.submit(`${at}/refuse`, { why: "" })).status).toBe(422);
    expect(chair.page).toContain('id="f-why-error"');
    expect((await chair.submit(`${at}/refuse`, { why: "本人不知情" })).status).toBe(303);
    await chair.get(at);
    expect(chair.page).toContain("本人不知情");
    const teller = await signedIn("teller");
    await teller.get(at);
    expect(
      (await teller.post(`${at}/confirm`, { ...teller.hidden(`${base}/sign-out`), phone: "13700000001" })).status,
    ).toBe(404);
  });

  test("have a second page when many have been settled", async () => {
    for (let n = 0; n < 21; n += 1)
      await proposeTeller("secretary", { phone: `137000001${String(n).padStart(2, "0")}` }, `once-key-${n}`);
    clock.now = T0 + PROPOSAL_LIFE_MS + DAY_MS;
    const chair = await signedIn("committee_chair");
    await chair.get(`${base}/desk/offices/pending`);
    expect(chair.page).toContain("?page=2");
    expect((await chair.get(`${base}/desk/offices/pending?page=2`)).status).toBe(200);
    expect(chair.page).toContain("过期，未生效");
  });
});
