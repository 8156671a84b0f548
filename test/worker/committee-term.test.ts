/** A committee during its term, through workerd and D1: recall, handover, leaving a seat. Moving up needs an election and is in seating's tests. */
import { describe, expect, test } from "vitest";
import { openPetition, recordSignature } from "../../src/assembly/convening/actions.ts";
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { saveFrame } from "../../src/assembly/meeting/drafting.ts";
import { withdraw } from "../../src/assembly/meeting/ending.ts";
import { findMeeting } from "../../src/assembly/meeting/store.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { addLine, openHandover, signLine, viewHandover } from "../../src/committee/handover/actions.ts";
import { defend, proposeRecall, signRecall } from "../../src/committee/recall/actions.ts";
import { placeRecall } from "../../src/committee/recall/agenda.ts";
import { viewRecall } from "../../src/committee/recall/reading.ts";
import { settleRecalls } from "../../src/committee/recall/settling.ts";
import { leaveSeat, viewStanding } from "../../src/committee/standing/actions.ts";
import { endMandate, insertMandate } from "../../src/elections/store.ts";
import { addDays, DAY_MS, dayOf, startOf } from "../../src/kernel/day.ts";
import type { MeetingId, PersonId } from "../../src/kernel/id.ts";
import { type PostKind, permissionsOf } from "../../src/offices/rules.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import { listBodies } from "../../src/offices/terms/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { all, CLOSES_AT, newOnce, numberIn, OPENS_AT, vote } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

const member = (at: number) => ({
  post: "committee_member" as const,
  name: `委员${"甲乙丙丁"[at]}`,
  phone: `1380000001${at}`,
  act: "owners_election" as const,
  document: "选举结果公告",
});
/** The chair and four members: five sit. */
const withCommittee = async (): Promise<CommunityAddress> => {
  const community = await makeStaffedCommunity([...OFFICERS, ...[0, 1, 2, 3].map(member)]);
  await importFile(community, csvOf(...manyRows(30)));
  return community;
};

const holders = async (community: CommunityAddress, post: PostKind, now = T0) =>
  (await holdersAsOf(sceneAt(community, now), dayOf(now))).filter(({ postKind }) => postKind === post);

/** The scene of one person, with what their own posts allow. */
async function acting(community: CommunityAddress, personId: PersonId, now = T0): Promise<StaffScene> {
  const own = (await holdersAsOf(sceneAt(community, now), dayOf(now))).filter((one) => one.personId === personId);
  const scene = staffSceneAt(community, personId, [...permissionsOf(own.map(({ postKind }) => postKind))], now);
  const posts = own.map(({ postKind, title, body }) => ({ kind: postKind, title: title.zh, body: body.zh }));
  return { ...scene, actor: { ...scene.actor, posts } };
}
const byPost = async (community: CommunityAddress, post: PostKind, now = T0, at = 0): Promise<StaffScene> =>
  acting(community, (await holders(community, post))[at]!.personId, now);

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const leaves = (community: CommunityAddress, type: string) =>
  numberIn(
    community,
    sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND entry LIKE ${`%"type":"${type}"%`}`,
  );

describe("a recall", () => {
  /** Proposed by the first member against the last one and signed by the second. */
  async function proposed(community: CommunityAddress) {
    const members = await holders(community, "committee_member");
    const target = members[3]!;
    const { recallId } = must(
      await proposeRecall(
        await acting(community, members[0]!.personId),
        { tenureId: target.tenureId, reasons: "连续六次不参加会议。", petitionId: "" },
        newOnce(),
      ),
    );
    return { members, target, recallId };
  }
  const stateAt = async (community: CommunityAddress, recallId: string, now = T0) =>
    (await viewRecall(sceneAt(community, now), recallId))!.state;

  test("needs a third of the members: one of five is not, two are, and the defence begins with the second", async () => {
    const community = await withCommittee();
    const { members, recallId } = await proposed(community);
    expect(await stateAt(community, recallId)).toBe("proposed");
    const later = T0 + DAY_MS;
    const second = await acting(community, members[1]!.personId, later);
    must(await signRecall(second, recallId));
    must(await signRecall(second, recallId));
    const view = (await viewRecall(sceneAt(community, later), recallId))!;
    expect([view.state, view.facts.signers, view.row.toldAt]).toEqual(["defending", 2, later]);
    must(await signRecall(await acting(community, members[2]!.personId, later + 1), recallId));
    expect((await viewRecall(sceneAt(community, later + 1), recallId))!.row.toldAt).toBe(later);
  });

  test("is not proposed by a stranger to the committee, against oneself, of an alternate or twice", async () => {
    const community = await withCommittee();
    const { members, target } = await proposed(community);
    const ask = (tenureId: string) => ({ tenureId, reasons: "理由", petitionId: "" });
    const reason = async (scene: StaffScene, tenureId: string) => {
      const asked = await proposeRecall(scene, ask(tenureId), newOnce());
      return asked.ok ? null : asked.error.reason;
    };
    const first = await acting(community, members[0]!.personId);
    expect(await reason(await byPost(community, "secretary"), members[1]!.tenureId)).toBe("not_a_member");
    expect(await reason(first, members[0]!.tenureId)).toBe("own_recall");
    expect(await reason(first, target.tenureId)).toBe("recall_under_way");
    expect(await reason(first, (await holders(community, "teller"))[0]!.tenureId)).toBe("no_such_member");
    expect(await reason(first, "0000000000000000")).toBe("no_such_member");
    const own = await proposeRecall(first, { ...ask(members[1]!.tenureId), petitionId: "x" }, newOnce());
    expect(own.ok ? null : own.error.reason).toBe("unknown_petition");
  });

  test("by owners rests on a petition that has its fifth", async () => {
    const community = await withCommittee();
    const secretary = await byPost(community, "secretary");
    const { petitionId } = must(await openPetition(secretary, { subject: "罢免委员" }, newOnce()));
    const [target] = await holders(community, "committee_member");
    const ask = { tenureId: target!.tenureId, reasons: "理由", petitionId };
    const units = await sceneAt(community).db.read(
      sceneAt(community).db.all<{ unitId: string }>(
        sql`SELECT unit_id AS unitId FROM unit WHERE community_id = ${community.id} ORDER BY room LIMIT 6`,
      ),
    );
    for (const { unitId } of units[0].slice(0, 5))
      must(await recordSignature(secretary, petitionId, unitId, newOnce()));
    const early = await proposeRecall(secretary, ask, newOnce());
    expect(early.ok ? null : early.error.reason).toBe("petition_too_small");
    must(await recordSignature(secretary, petitionId, units[0][5]!.unitId, newOnce()));
    const { recallId } = must(await proposeRecall(secretary, ask, newOnce()));
    expect(await stateAt(community, recallId)).toBe("defending");
  });

  test("is answered by the member, or by the minutes' keeper from paper, and by nobody else", async () => {
    const community = await withCommittee();
    const { members, target, recallId } = await proposed(community);
    const other = await defend(await acting(community, members[1]!.personId), recallId, "替他申辩");
    expect(other.ok ? null : other.error.reason).toBe("not_yours_to_answer");
    must(await defend(await byPost(community, "secretary"), recallId, "书面申辩"));
    const own = await acting(community, target.personId);
    must(await defend(own, recallId, "因病请假，均有书面说明。"));
    must(await defend(own, recallId, "因病请假，均有书面说明。"));
    expect((await viewRecall(sceneAt(community), recallId))!.row.defence).toBe("因病请假，均有书面说明。");
    expect(await leaves(community, "recall.defended")).toBe(2);
  });

  const NOTICE = T0 + DAY_MS;
  /** On the agenda of a meeting whose notice is given. */
  async function onAgenda() {
    const community = await withCommittee();
    const { members, target, recallId } = await proposed(community);
    must(await signRecall(await acting(community, members[1]!.personId), recallId));
    must(await defend(await acting(community, target.personId), recallId, "申辩一"));
    const secretary = await byPost(community, "secretary", T0);
    const { meetingId } = must(await placeRecall(secretary, recallId, newOnce()));
    const [rows] = await secretary.db.read(findMeeting(secretary, meetingId));
    const frame = {
      title: "罢免",
      convener: { kind: "committee" as const, cause: "委员提议" },
      opensAt: OPENS_AT + DAY_MS,
      closesAt: CLOSES_AT + DAY_MS,
    };
    const saved = must(await saveFrame(secretary, { meetingId, version: rows[0]!.version, once: newOnce() }, frame));
    return { community, members, target, recallId, meetingId, version: saved.version };
  }

  test("goes out with reasons and defence; a defence rewritten meanwhile stops the notice", async () => {
    const { community, target, recallId, meetingId, version } = await onAgenda();
    expect(await stateAt(community, recallId)).toBe("ready");
    must(await defend(await acting(community, target.personId), recallId, "申辩二"));
    const chair = await byPost(community, "committee_chair", NOTICE);
    const stopped = await giveNotice(chair, meetingId, version);
    expect(JSON.stringify(stopped)).toContain("origin_objects");
    must(await defend(await acting(community, target.personId), recallId, "申辩一"));
    must(await giveNotice(chair, meetingId, version));
    expect(await stateAt(community, recallId, NOTICE)).toBe("placed");
    const late = await defend(await acting(community, target.personId, NOTICE), recallId, "太迟");
    expect(late.ok ? null : late.error.reason).toBe("recall_not_open");
  });

  async function voted(choice: number) {
    const made = await onAgenda();
    const { community, meetingId, version } = made;
    must(await giveNotice(await byPost(community, "committee_chair", NOTICE), meetingId, version));
    const open = OPENS_AT + DAY_MS;
    await runDue(sceneAt(community, open));
    for (let voterNo = 0; voterNo < 22; voterNo += 1)
      must(await vote(community, meetingId, voterNo, all(choice, 1), open + DAY_MS));
    await runDue(sceneAt(community, CLOSES_AT + DAY_MS));
    must(await countMeeting(await byPost(community, "teller", CLOSES_AT + DAY_MS + 3_600_000), meetingId));
    const publishAt = CLOSES_AT + DAY_MS + 2 * 3_600_000;
    expect(await settleRecalls(sceneAt(community, publishAt - 1))).toBe(0);
    must(await publishResult(await byPost(community, "committee_chair", publishAt), meetingId as MeetingId, 1));
    return { ...made, publishAt };
  }

  test("carried ends the seat once, however often it is settled", async () => {
    const { community, recallId, target, publishAt } = await voted(1);
    const settled = await Promise.all([
      settleRecalls(sceneAt(community, publishAt + 1)),
      settleRecalls(sceneAt(community, publishAt + 1)),
    ]);
    expect(settled.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await stateAt(community, recallId, publishAt + 1)).toBe("carried");
    const left = await holders(community, "committee_member", publishAt + DAY_MS);
    expect(left.map(({ personId }) => personId)).not.toContain(target.personId);
    expect(await leaves(community, "recall.carried")).toBe(1);
    expect(await settleRecalls(sceneAt(community, publishAt + 2))).toBe(0);
  });

  test("lost leaves the member in office", async () => {
    const { community, recallId, target, publishAt } = await voted(2);
    expect(await settleRecalls(sceneAt(community, publishAt + 1))).toBe(1);
    expect(await stateAt(community, recallId, publishAt + 1)).toBe("lost");
    const stay = await holders(community, "committee_member", publishAt + DAY_MS);
    expect(stay.map(({ personId }) => personId)).toContain(target.personId);
  });

  test("of a withdrawn meeting is open again; of someone who left it is dropped", async () => {
    const { community, recallId, target, meetingId, version } = await onAgenda();
    must(await giveNotice(await byPost(community, "committee_chair", NOTICE), meetingId, version));
    must(await withdraw(await byPost(community, "committee_chair", NOTICE), meetingId, "重新准备"));
    expect(await settleRecalls(sceneAt(community, NOTICE + 1))).toBe(1);
    expect(await stateAt(community, recallId, NOTICE + 1)).toBe("ready");
    const secretary = await byPost(community, "secretary", NOTICE);
    const asked = {
      tenureId: target.tenureId,
      act: "resignation",
      endsOn: addDays(dayOf(NOTICE), 1),
      document: "辞职书",
    };
    must(await leaveSeat(secretary, asked, newOnce()));
    const after = NOTICE + 2 * DAY_MS;
    expect(await settleRecalls(sceneAt(community, after))).toBe(1);
    expect(await stateAt(community, recallId, after)).toBe("dropped");
    const placed = await placeRecall(await byPost(community, "secretary", after), recallId, newOnce());
    expect(placed.ok ? null : placed.error.reason).toBe("left_already");
  });
});

describe("leaving a seat", () => {
  test("ends every post in the committee together, once, and is told apart from another's", async () => {
    const community = await withCommittee();
    const [chair] = await holders(community, "committee_chair");
    const secretary = await byPost(community, "secretary");
    const asked = {
      tenureId: chair!.tenureId,
      act: "resignation",
      endsOn: dayOf(T0 + DAY_MS),
      document: "辞职书 2026-07-01",
    };
    const once = newOnce();
    const first = must(await leaveSeat(secretary, asked, once));
    expect(must(await leaveSeat(secretary, asked, once))).toEqual(first);
    expect(await holders(community, "committee_chair", T0 + 2 * DAY_MS)).toEqual([]);
    const again = await leaveSeat(await byPost(community, "secretary", T0 + 2 * DAY_MS), asked, newOnce());
    expect(again.ok ? null : again.error.reason).toBe("no_such_seat");
    expect(await leaves(community, "seat.left")).toBe(1);
  });

  test.each([
    [{ act: "recall" }, "act_missing"],
    [{ endsOn: "2026-02-30" }, "not_a_day"],
    [{ endsOn: "2020-01-01" }, "day_not_in_term"],
    [{ document: " " }, "document_missing"],
    [{ document: "字".repeat(201) }, "document_too_long"],
    [{ tenureId: "0000000000000000" }, "no_such_seat"],
  ])("is refused with %o: %s", async (wrong, reason) => {
    const community = await withCommittee();
    const [target] = await holders(community, "committee_member");
    const asked = { tenureId: target!.tenureId, act: "resignation", endsOn: dayOf(T0 + DAY_MS), document: "辞职书" };
    const left = await leaveSeat(await byPost(community, "secretary"), { ...asked, ...wrong }, newOnce());
    expect(left.ok ? null : left.error.reason).toBe(reason);
    expect(await leaves(community, "seat.left")).toBe(0);
  });
});

describe("a handover", () => {
  /** The first committee's term ended; three of five were elected again. */
  async function ended() {
    const community = await withCommittee();
    const scene = sceneAt(community);
    const [bodies] = await scene.db.read(listBodies(scene));
    const bodyId = bodies.find(({ kind }) => kind === "committee")!.bodyId;
    const base = { bodyId, electionId: null, seats: 5, legalLeast: 5, alternatesMost: 2, document: "选举结果公告" };
    const first = insertMandate(
      scene,
      { ...base, number: 1, fromAt: T0 - 5 * DAY_MS, untilAt: T0 + 1000 * DAY_MS },
      "clock",
    );
    await scene.db.write([...first.statements]);
    const endedAt = startOf(dayOf(T0 + 2 * DAY_MS));
    const end = endMandate(scene, { mandateId: first.mandateId, endedAt, why: "换届" }, "clock");
    await scene.db.write([...end.statements]);
    return { community, mandateId: first.mandateId, now: endedAt + DAY_MS };
  }

  test("begins when the term has ended, one a committee, due in ten days", async () => {
    const { community, mandateId, now } = await ended();
    const early = await openHandover(await byPost(community, "secretary"), { mandateId }, newOnce());
    expect(early.ok ? null : early.error.reason).toBe("nothing_ended");
    const secretary = await byPost(community, "secretary", now);
    const { handoverId } = must(await openHandover(secretary, { mandateId }, newOnce()));
    const again = await openHandover(secretary, { mandateId }, newOnce());
    expect(again.ok ? null : again.error.reason).toBe("handover_exists");
    const view = (await viewHandover(sceneAt(community, now), handoverId))!;
    expect(view.row.dueOn >= addDays(view.row.endedOn, 10)).toBe(true);
    expect(view.state).toBe("listing");
    expect(view.giving.size).toBe(5);
    const late = (await viewHandover(sceneAt(community, startOf(addDays(view.row.dueOn, 1))), handoverId))!;
    expect(late.state).toBe("overdue");
  });

  test("is complete when both sides signed every line, each their own side, nobody both", async () => {
    const { community, mandateId, now } = await ended();
    const secretary = await byPost(community, "secretary", now);
    const { handoverId } = must(await openHandover(secretary, { mandateId }, newOnce()));
    const add = (kind: string, what: string, amountFen: number | null = null, strikes: number | null = null) =>
      addLine(secretary, handoverId, { kind, what, amountFen, strikes }, newOnce());
    for (const kind of ["records", "accounts", "contracts"]) must(await add(kind, "无"));
    must(await add("seals", "公章一枚"));
    const poor = await add("money", "现金");
    expect(poor.ok ? null : poor.error.reason).toBe("amount_needed");
    must(await add("money", "现金", 12_345));
    must(await add("money", "现金", 12_354, 5));
    const twice = await add("money", "现金", 1, 5);
    expect(twice.ok ? null : twice.error.reason).toBe("line_struck_already");
    const [a, b] = await holders(community, "committee_member");
    const giver = await acting(community, a!.personId, now);
    const taker = await acting(community, b!.personId, now);
    const stranger = await signLine(await byPost(community, "teller", now), handoverId, 1, "gives");
    expect(stranger.ok ? null : stranger.error.reason).toBe("not_your_side");
    const gone = await signLine(giver, handoverId, 5, "gives");
    expect(gone.ok ? null : gone.error.reason).toBe("struck_line");
    for (const line of [1, 2, 3, 4, 6]) {
      must(await signLine(giver, handoverId, line, "gives"));
      must(await signLine(giver, handoverId, line, "gives"));
    }
    const both = await signLine(giver, handoverId, 1, "takes");
    expect(both.ok ? null : both.error.reason).toBe("signs_both_sides");
    const race = await Promise.all([1, 1, 1].map((line) => signLine(taker, handoverId, line, "takes")));
    expect(race.every(({ ok }) => ok)).toBe(true);
    for (const line of [2, 3, 4]) must(await signLine(taker, handoverId, line, "takes"));
    expect((await viewHandover(sceneAt(community, now), handoverId))!.state).toBe("listing");
    must(await signLine(taker, handoverId, 6, "takes"));
    expect((await viewHandover(sceneAt(community, now), handoverId))!.state).toBe("complete");
    expect(await leaves(community, "handover.signed")).toBe(10);
  });

  test("of who left may be entered from paper by the keeper of the minutes, and by nobody for themselves", async () => {
    const { community, mandateId, now } = await ended();
    const secretary = await byPost(community, "secretary", now);
    const { handoverId } = must(await openHandover(secretary, { mandateId }, newOnce()));
    must(
      await addLine(secretary, handoverId, { kind: "seals", what: "公章", amountFen: null, strikes: null }, newOnce()),
    );
    const [a] = await holders(community, "committee_member");
    const taken = await signLine(secretary, handoverId, 1, "takes", a!.personId);
    expect(taken.ok ? null : taken.error.reason).toBe("not_your_side");
    const byMember = await signLine(await acting(community, a!.personId, now), handoverId, 1, "gives", a!.personId);
    expect(byMember.ok ? null : byMember.error.reason).toBe("not_your_side");
    must(await signLine(secretary, handoverId, 1, "gives", a!.personId));
    expect((await viewHandover(sceneAt(community, now), handoverId))!.lines[0]!.givenBy).toBe(a!.personId);
  });
});

describe("the standing", () => {
  test("says seats, vacancy and phase of the committee in office", async () => {
    const community = await withCommittee();
    const scene = sceneAt(community);
    expect(await viewStanding(scene)).toMatchObject({ mandate: null, seats: null, phase: null });
    const [bodies] = await scene.db.read(listBodies(scene));
    const bodyId = bodies.find(({ kind }) => kind === "committee")!.bodyId;
    const until = T0 + 400 * DAY_MS;
    const made = insertMandate(
      scene,
      {
        bodyId,
        electionId: null,
        number: 1,
        seats: 7,
        legalLeast: 5,
        alternatesMost: 2,
        fromAt: T0,
        untilAt: until,
        document: "公告",
      },
      "clock",
    );
    await scene.db.write([...made.statements]);
    expect(await viewStanding(scene)).toMatchObject({ seats: "vacant", phase: "running" });
    expect((await viewStanding(sceneAt(community, until - 60 * DAY_MS))).phase).toBe("renewal_due");
    expect((await viewStanding(sceneAt(community, until + DAY_MS))).phase).toBe("over");
    const [target] = await holders(community, "committee_member");
    const asked = { tenureId: target!.tenureId, act: "resignation", endsOn: dayOf(T0 + DAY_MS), document: "辞职书" };
    must(await leaveSeat(await byPost(community, "secretary"), asked, newOnce()));
    expect((await viewStanding(sceneAt(community, T0 + 2 * DAY_MS))).seats).toBe("too_few");
  });
});
