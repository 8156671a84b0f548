/** An election of the committee from its call to the close of nominations, through the product's own acts. Its pages are elections-pages.test.ts. */
import { describe, expect, test } from "vitest";
import { callElection, endElection, NEW_BODY } from "../../src/elections/calling/actions.ts";
import { dissolveGroup, openGroupDraft, publishGroup, saveGroupDraft } from "../../src/elections/group/actions.ts";
import {
  answerObjection,
  objectAsOwner,
  objectOnPaper,
  openGroupObjection,
} from "../../src/elections/group/objecting.ts";
import { groupUntil } from "../../src/elections/group/rules.ts";
import { insertGroupObjection, listGroup, listGroupObjections } from "../../src/elections/group/store.ts";
import { freezeMethod, saveMethod } from "../../src/elections/method/actions.ts";
import { electionMethodHash, readMethod } from "../../src/elections/method/rules.ts";
import { closeNominationsByHand, extendNominations, openNominations } from "../../src/elections/moving/actions.ts";
import { DEFAULT_METHOD, ELECTION_STATES } from "../../src/elections/rules.ts";
import { runElections } from "../../src/elections/schedule.ts";
import { insertMandate, listElectionEvents, updateElection } from "../../src/elections/store.ts";
import { addDays, DAY_MS, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { estate } from "./desk-of-test.ts";
import { bodyOf, drafted, electing, electionRow, LIST, makeElection, publishedGroup } from "./election-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { actorOf, OWNERS_ROLL, partyNamed } from "./owners-of-test.ts";

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const reasonOf = (result: { ok: true } | { ok: false; error: { reason: string } | readonly { reason: string }[] }) =>
  result.ok
    ? null
    : "reason" in result.error
      ? result.error.reason
      : result.error.map(({ reason }) => reason).join(" ");

const leafTypes = async (community: CommunityAddress, electionId: string): Promise<string[]> => {
  const scene = sceneAt(community);
  const [leaves] = await scene.db.read(listLeavesAbout(scene, electionId, 0, 100));
  return leaves.map(({ type }) => type);
};
const kindsOf = async (community: CommunityAddress, electionId: string): Promise<string[]> => {
  const scene = sceneAt(community);
  const [events] = await scene.db.read(listElectionEvents(scene, electionId));
  return events.map(({ kind }) => kind);
};

describe("an election of a test", () => {
  test.each(ELECTION_STATES)("can be brought to %s", async (state) => {
    const election = await makeElection(await makeStaffedCommunity(), { state });
    expect(election).toMatchObject({ state, number: 1, groupEdition: state === "preparing" ? 0 : 1 });
  });
});

describe("what elections keep", () => {
  test("no second row takes the place of one with its number, however it is put in", async () => {
    const community = await makeStaffedCommunity();
    const { bodyId } = await makeElection(community, { state: "ended" });
    await mandateOf(community, bodyId);
    const { db } = sceneAt(community);
    const replace = (table: string, id: string, columns: string) =>
      db.write([
        db.run(
          sql`INSERT OR REPLACE INTO ${sql.raw(table)}(${sql.raw(`${id}, ${columns}`)})
              SELECT 'another', ${sql.raw(columns)} FROM ${sql.raw(table)} WHERE community_id = ${community.id}`,
        ),
      ]);
    const election = "community_id, number, kind, title, cause, state, body_id, method, called_by, called_at";
    const mandate =
      "community_id, body_id, number, seats, legal_least, alternates_most, from_at, until_at, document, recorded_by, recorded_at, leaf_hash";
    expect(await replace("election", "election_id", election)).toMatchObject({ error: { code: "election_exists" } });
    expect((await replace("mandate", "mandate_id", mandate)).ok).toBe(false);
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM mandate WHERE mandate_id = 'another'`)).toBe(0);
  });

  test.each(["election_event", "election_group_member", "election_group_objection", "mandate"])(
    "a row of %s is neither changed nor removed",
    async (table) => {
      const community = await makeStaffedCommunity();
      const { electionId } = await makeCalled(community);
      await publishedGroup(community, electionId);
      await mandateOf(community, await bodyOf(community, "committee"));
      const scene = electing(community, "secretary", T0 + DAY_MS);
      must(
        await scene.db.write([
          insertGroupObjection(scene, {
            electionId,
            edition: 1,
            headKey: "o:x",
            textSealed: "x",
            channel: "paper",
            madeAt: T0,
            madeBy: "x",
            leafHash: "0".repeat(64),
          }),
        ]),
      );
      const here = sql`WHERE community_id = ${community.id}`;
      const column = {
        election_event: "at",
        election_group_member: "home",
        election_group_objection: "text_sealed",
        mandate: "seats",
      }[table]!;
      for (const change of [
        sql`UPDATE ${sql.raw(table)} SET ${sql.raw(column)} = '7' ${here}`,
        sql`DELETE FROM ${sql.raw(table)} ${here}`,
        sql`INSERT OR REPLACE INTO ${sql.raw(table)} SELECT * FROM ${sql.raw(table)} ${here}`,
      ])
        expect((await scene.db.write([scene.db.run(change)])).ok).toBe(false);
    },
  );
});

describe("a call", () => {
  const renewal = (bodyId: string) => ({
    kind: "renewal" as const,
    bodyId,
    title: "",
    cause: "本届任期到年底届满",
    requestedOn: "",
  });

  test("is one election however often its form is sent, with its leaf and its line", async () => {
    const community = await makeStaffedCommunity();
    const bodyId = await bodyOf(community, "committee");
    const once = newOnce();
    const both = await Promise.all(
      [1, 2].map(() => callElection(electing(community, "street"), renewal(bodyId), once)),
    );
    expect(both[0]!.ok).toBe(true);
    expect(both[1]).toEqual(both[0]);
    const row = await electionRow(community, must(both[0]!).electionId);
    expect(row).toMatchObject({ number: 1, title: "第二届业主委员会换届选举", state: "preparing", groupBodyId: null });
    expect(await leafTypes(community, row.electionId)).toEqual(["election.called"]);
    expect(await kindsOf(community, row.electionId)).toEqual(["called"]);
  });

  test("by two people at once is one, and the other is told its number", async () => {
    const community = await makeStaffedCommunity();
    const bodyId = await bodyOf(community, "committee");
    const results = await Promise.all([
      callElection(electing(community, "street"), renewal(bodyId), newOnce()),
      callElection(electing(community, "chair"), renewal(bodyId), newOnce()),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toEqual({
      ok: false,
      error: [{ reason: "election_under_way", number: 1 }],
    });
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM election WHERE community_id = ${community.id}`),
    ).toBe(1);
  });

  test("after one that is over takes the next number and its method, so that a place's clauses are typed once", async () => {
    const community = await makeStaffedCommunity();
    const method = { ...DEFAULT_METHOD, seats: { value: 7, clause: "《议事规则》第九条" } };
    await makeElection(community, { state: "ended", method });
    const called = must(
      await callElection(electing(community, "street"), renewal(await bodyOf(community, "committee")), newOnce()),
    );
    const row = await electionRow(community, called.electionId);
    expect(row.number).toBe(2);
    expect(readMethod(row.method)).toEqual(method);
  });

  test("of the first committee forms its body and draws the figures of the roll (A2)", async () => {
    const officers = OFFICERS.filter(({ post }) => post !== "committee_chair").concat({
      post: "preparatory_chair",
      name: "何组长",
      phone: "13800000009",
      act: "appointment",
      document: "街道办〔2026〕9号",
    });
    const community = await makeStaffedCommunity(officers);
    const asked = { ...renewal(NEW_BODY), kind: "founding" as const, requestedOn: "2026-10-08" };
    const { electionId } = must(await callElection(electing(community, "street"), asked, newOnce()));
    const row = await electionRow(community, electionId);
    expect(row).toMatchObject({ kind: "founding", title: "第一届业主委员会选举", requestedOn: "2026-10-08" });
    expect(row.bodyId).toBe(await bodyOf(community, "committee"));
    const scene = sceneAt(community);
    const [[leaf]] = await scene.db.read(listLeavesAbout(scene, electionId, 0, 1));
    expect(JSON.parse(leaf!.entry)).toMatchObject({ deliveredDm2: 0, totalDm2: 0, percent: 50 });
    const local = { percent: "60", clause: "《杭州市物业管理条例》第二十二条" };
    const elsewhere = await makeStaffedCommunity(officers);
    const there = must(await callElection(electing(elsewhere, "street"), { ...asked, ...local }, newOnce()));
    expect(readMethod((await electionRow(elsewhere, there.electionId)).method).deliveredPercent).toEqual({
      value: 60,
      clause: local.clause,
    });
    // The body is there now; a second call cannot form another.
    expect(reasonOf(await callElection(electing(community, "street"), asked, newOnce()))).toBe("unknown_body");
  });

  test("says everything that is wrong with it at once, and writes nothing then", async () => {
    const community = await makeStaffedCommunity();
    const bodyId = await bodyOf(community, "committee");
    await mandateOf(community, bodyId);
    const asked = { ...renewal(bodyId), kind: "founding" as const, cause: " ", requestedOn: "2026-11-03" };
    expect(reasonOf(await callElection(electing(community, "street"), asked, newOnce()))).toBe(
      "cause_missing request_in_future not_the_first",
    );
    expect(reasonOf(await callElection(electing(community, "street"), renewal("nobody"), newOnce()))).toBe(
      "unknown_body",
    );
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM election WHERE community_id = ${community.id}`),
    ).toBe(0);
  });

  test("of a by-election is for as many seats as nobody holds", async () => {
    const community = await makeStaffedCommunity(); // one chair in office
    const bodyId = await bodyOf(community, "committee");
    await mandateOf(community, bodyId, 3);
    const asked = { ...renewal(bodyId), kind: "by_election" as const };
    const { electionId } = must(await callElection(electing(community, "chair"), asked, newOnce()));
    const row = await electionRow(community, electionId);
    const { seats, atMost, alternatesMost } = readMethod(row.method);
    expect([seats.value, atMost.value, alternatesMost.value]).toEqual([2, 2, 1]);
    expect(row.title).toBe("第二届业主委员会委员补选");
    expect(must(await openNominations(electing(community, "chair"), electionId)).closeAt).toBe(endOf("2026-11-09"));
  });

  test("of a by-election where every seat is held is refused", async () => {
    const community = await makeStaffedCommunity();
    const bodyId = await bodyOf(community, "committee");
    await mandateOf(community, bodyId, 1);
    const asked = { ...renewal(bodyId), kind: "by_election" as const };
    expect(reasonOf(await callElection(electing(community, "chair"), asked, newOnce()))).toBe("no_vacancy");
  });
});

/** The committee's second mandate, running since the summer. */
async function mandateOf(community: CommunityAddress, bodyId: string, seats = 5): Promise<void> {
  const scene = sceneAt(community);
  const mandate = insertMandate(
    scene,
    {
      bodyId,
      number: 2,
      electionId: null,
      seats,
      legalLeast: 1,
      alternatesMost: 2,
      fromAt: startOf("2026-06-01"),
      untilAt: startOf("2031-06-01"),
      document: "备案〔2026〕1号",
    },
    "test",
  );
  must(await scene.db.write(mandate.statements));
}

describe("the group", () => {
  test("is published in one batch: its body, its people in office, the list, the leaf", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId);
    const row = await electionRow(community, electionId);
    must(await publishGroup(electing(community, "street"), electionId, row.version));
    const after = await electionRow(community, electionId);
    expect(after).toMatchObject({ groupEdition: 1, groupPublishedAt: T0, groupDraft: null, groupDraftedBy: null });
    const holders = (await holdersAsOf(sceneAt(community), dayOf(T0))).filter(
      ({ bodyId }) => bodyId === after.groupBodyId,
    );
    expect(holders.map(({ name, postKind, document }) => [name, postKind, document])).toContainEqual([
      "何组长",
      "preparatory_chair",
      LIST.document,
    ]);
    expect(holders).toHaveLength(5);
    const scene = sceneAt(community);
    const [members] = await scene.db.read(listGroup(scene, electionId));
    expect(members[0]).toMatchObject({ part: "street", isChair: 1 });
    const [leaves] = await scene.db.read(listLeavesAbout(scene, electionId, 0, 100));
    for (const { name } of LIST.members) expect(leaves.map(({ entry }) => entry).join()).not.toContain(name);
    expect(leaves.map(({ type }) => type)).toEqual(["election.called", "election.group_published"]);
  });

  test("waits sealed until then: no name and no number can be read from the table", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId);
    const row = await electionRow(community, electionId);
    for (const { name, phone } of LIST.members) {
      expect(row.groupDraft).not.toContain(name);
      expect(row.groupDraft).not.toContain(phone);
    }
    expect((await openGroupDraft(sceneAt(community), row))?.members).toHaveLength(5);
    expect(await leafTypes(community, electionId)).toEqual(["election.called"]);
  });

  test("is not published by whoever drafted it, nor by somebody on it, nor unseen", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId);
    const { version } = await electionRow(community, electionId);
    expect(reasonOf(await publishGroup(electing(community, "secretary"), electionId, version))).toBe("own_draft");
    expect(reasonOf(await publishGroup(electing(community, "street"), electionId, version - 1))).toBe("election_stale");
    const chair = (await holdersAsOf(sceneAt(community), dayOf(T0))).find(
      ({ postKind }) => postKind === "street_officer",
    )!;
    const own = { ...LIST.members[0]!, name: "周街道", phone: "13800000005" };
    await drafted(community, electionId, [own, ...LIST.members.slice(1)]);
    const street: StaffScene = { ...electing(community, "street") };
    const self = { ...street, actor: { ...street.actor, personId: chair.personId } };
    const fresh = await electionRow(community, electionId);
    expect(reasonOf(await publishGroup(self, electionId, fresh.version))).toBe("own_appointment");
    expect((await electionRow(community, electionId)).groupEdition).toBe(0);
  });

  test("of an even number, or without enough owners, is refused with every rule", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId, LIST.members.slice(0, 4));
    const { version } = await electionRow(community, electionId);
    const refused = await publishGroup(electing(community, "street"), electionId, version);
    expect(refused).toMatchObject({ error: { reason: "composition" } });
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM election_group_member WHERE community_id = ${community.id}`,
      ),
    ).toBe(0);
  });

  test("with a number that is another office-holder's is refused", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId, [{ ...LIST.members[0]!, phone: "13800000002" }, ...LIST.members.slice(1)]);
    const { version } = await electionRow(community, electionId);
    expect(await publishGroup(electing(community, "street"), electionId, version)).toMatchObject({
      error: { reason: "phone_of_another", name: "何组长" },
    });
  });

  test("published twice by the same press is published once", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await drafted(community, electionId);
    const { version } = await electionRow(community, electionId);
    const both = await Promise.all([1, 2].map(() => publishGroup(electing(community, "street"), electionId, version)));
    expect(both.some(({ ok }) => ok)).toBe(true);
    const again = await publishGroup(electing(community, "street"), electionId, version);
    expect(again).toEqual({ ok: true, value: { edition: 1 } });
    expect((await kindsOf(community, electionId)).filter((kind) => kind === "group_published")).toHaveLength(1);
  });

  test("changed is published anew: who left leaves office, who stays keeps it, the days begin again", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await publishedGroup(community, electionId);
    const later = T0 + 2 * DAY_MS;
    // Of those who stay, nobody types the number again.
    const rows = LIST.members.map((member, at) => ({ ...member, phone: "", memberNo: at + 1 }));
    const changed = [
      ...rows.slice(0, 4),
      { ...LIST.members[4]!, name: "新业主", phone: "13700000009", memberNo: null },
    ];
    const { version } = await electionRow(community, electionId);
    must(
      await saveGroupDraft(electing(community, "secretary", later), electionId, {
        document: "街道〔2026〕15号",
        rows: changed,
        version,
      }),
    );
    must(await publishGroup(electing(community, "street", later), electionId, version + 1));
    const row = await electionRow(community, electionId);
    expect(row).toMatchObject({ groupEdition: 2, groupPublishedAt: later });
    const names = (await holdersAsOf(sceneAt(community, later), addDays(dayOf(later), 1)))
      .filter(({ bodyId }) => bodyId === row.groupBodyId)
      .map(({ name }) => name);
    expect(names.toSorted()).toEqual(["何组长", "新业主", "业主一", "业主二", "刘建设"].toSorted());
    expect(names).not.toContain("业主三");
    const tenures = await numberIn(
      community,
      sql`SELECT count(DISTINCT tenure_id) AS n FROM election_group_member WHERE community_id = ${community.id}`,
    );
    expect(tenures).toBe(6);
  });

  test("of a founding is the one the community was set up with, and nobody in it is left out unseen", async () => {
    const officers = OFFICERS.filter(({ post }) => post !== "committee_chair").concat({
      post: "preparatory_chair",
      name: "旧组长",
      phone: "13800000019",
      act: "appointment",
      document: "街道办〔2026〕9号",
    });
    const community = await makeStaffedCommunity(officers);
    const called = await callElection(
      electing(community, "street"),
      { kind: "founding", bodyId: NEW_BODY, title: "", cause: "交付已过半", requestedOn: "" },
      newOnce(),
    );
    const { electionId } = must(called);
    await drafted(community, electionId);
    const { version } = await electionRow(community, electionId);
    expect(await publishGroup(electing(community, "street"), electionId, version)).toEqual({
      ok: false,
      error: { reason: "holder_not_listed", names: ["旧组长"] },
    });
    await drafted(community, electionId, [
      { ...LIST.members[0]!, name: "旧组长", phone: "13800000019" },
      ...LIST.members.slice(1),
    ]);
    must(
      await publishGroup(electing(community, "street"), electionId, (await electionRow(community, electionId)).version),
    );
    const row = await electionRow(community, electionId);
    expect(row.groupBodyId).toBe(await bodyOf(community, "preparatory_group"));
    // Whoever held the post before the call holds it after the election is over.
    const later = electing(community, "street", T0 + DAY_MS);
    must(await later.db.write(await dissolveGroup(later, row, { act: "end_of_term", document: "选举结束" })));
    const left = (await holdersAsOf(later, addDays(dayOf(T0), 1))).filter(({ bodyId }) => bodyId === row.groupBodyId);
    expect(left.map(({ name }) => name)).toEqual(["旧组长"]);
  });
});

/** A renewal that the street has called. */
async function makeCalled(community: CommunityAddress): Promise<{ electionId: string }> {
  const asked = { kind: "renewal" as const, title: "", cause: "本届任期到年底届满", requestedOn: "" };
  const call = { ...asked, bodyId: await bodyOf(community, "committee") };
  return must(await callElection(electing(community, "street"), call, newOnce()));
}

describe("an objection to the group", () => {
  const until = groupUntil(T0, 7);
  const setUp = async () => {
    const community = await estate(0, OWNERS_ROLL);
    const { electionId } = await makeCalled(community);
    await publishedGroup(community, electionId);
    return { community, electionId };
  };
  const object = async (community: CommunityAddress, electionId: string, at = T0 + DAY_MS, once = newOnce()) =>
    objectAsOwner(sceneAt(community, at), actorOf(await partyNamed(community, "张三丰")), electionId, {
      text: "业主二已经搬走。",
      once,
    });

  test("from an owner is sealed, committed to in the record, and one however often it is sent", async () => {
    const { community, electionId } = await setUp();
    const once = newOnce();
    const first = must(await object(community, electionId, T0 + DAY_MS, once));
    expect(must(await object(community, electionId, T0 + DAY_MS, once))).toEqual(first);
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listGroupObjections(scene, electionId));
    expect(rows).toHaveLength(1);
    expect(rows[0]!.textSealed).not.toContain("业主二");
    expect(await openGroupObjection(scene, rows[0]!)).toBe("业主二已经搬走。");
    const [leaves] = await scene.db.read(listLeavesAbout(scene, electionId, 0, 100));
    const leaf = leaves.find(({ type }) => type === "election.group_objected")!;
    expect(leaf.entry).not.toContain("业主二");
    expect(leaf.entry).not.toContain(rows[0]!.headKey);
  });

  test("is taken until 24:00 of the last day and not after", async () => {
    const { community, electionId } = await setUp();
    expect((await object(community, electionId, until - 1)).ok).toBe(true);
    expect(await object(community, electionId, until)).toMatchObject({ error: { reason: "objections_over", until } });
  });

  test("on paper is entered by the home, written as people write it", async () => {
    const { community, electionId } = await setUp();
    const scene = electing(community, "secretary", T0 + DAY_MS);
    const asked = { text: "名单没有张贴。", once: newOnce() };
    must(await objectOnPaper(scene, electionId, { ...asked, home: "2栋－0305" }));
    expect(reasonOf(await objectOnPaper(scene, electionId, { ...asked, home: "9栋 0101" }))).toBe("home_unknown");
    expect(reasonOf(await objectOnPaper(scene, electionId, { ...asked, text: " ", home: "2栋 0305" }))).toBe(
      "text_missing",
    );
  });

  test("keeps nominations closed until it is answered, once and in public", async () => {
    const { community, electionId } = await setUp();
    must(await object(community, electionId));
    const chair = electing(community, "chair", until);
    expect(await openNominations(chair, electionId)).toMatchObject({
      error: { reason: "objections_unanswered", open: 1 },
    });
    const street = electing(community, "street", until);
    expect(reasonOf(await answerObjection(street, electionId, 1, "\n"))).toBe("text_missing");
    must(await answerObjection(street, electionId, 1, "已核对，业主二仍是业主。"));
    must(await answerObjection(street, electionId, 1, "已核对，业主二仍是业主。"));
    expect(reasonOf(await answerObjection(street, electionId, 1, "改口"))).toBe("answered_already");
    expect(reasonOf(await answerObjection(street, electionId, 2, "没有"))).toBe("unknown_objection");
    must(await openNominations(chair, electionId));
    expect(await kindsOf(community, electionId)).toEqual([
      "called",
      "group_published",
      "group_objected",
      "group_objection_answered",
      "nominations_opened",
      "order_seed_committed",
    ]);
  });

  test("that commits between the question and the opening stops the opening in the write", async () => {
    const { community, electionId } = await setUp();
    const chair = electing(community, "chair", until);
    const read = chair.db.read.bind(chair.db);
    let asked = 0;
    chair.db.read = (async (...queries: Parameters<typeof read>) => {
      const answer = await read(...queries);
      asked += 1;
      if (asked === 1) {
        const insert = insertGroupObjection(chair, {
          electionId,
          edition: 1,
          headKey: "o:x",
          textSealed: "x",
          channel: "paper",
          madeAt: until - 1,
          madeBy: "person-secretary",
          leafHash: "0".repeat(64),
        });
        must(await sceneAt(community).db.write([insert]));
      }
      return answer;
    }) as unknown as typeof chair.db.read;
    expect(await openNominations(chair, electionId)).toMatchObject({
      error: { reason: "objections_unanswered", open: 1 },
    });
    expect((await electionRow(community, electionId)).state).toBe("preparing");
    expect(await kindsOf(community, electionId)).not.toContain("nominations_opened");
  });
});

describe("the method", () => {
  test("is saved with what became what; the same again writes nothing; a faulty one is not kept", async () => {
    const community = await makeStaffedCommunity();
    const { electionId, version } = await makeElection(community);
    const secretary = electing(community, "secretary");
    const form = { seats: "7", "seats.clause": "《议事规则》第九条" };
    expect(must(await saveMethod(secretary, electionId, form, version))).toEqual(["seats"]);
    expect(must(await saveMethod(secretary, electionId, form, version))).toEqual([]);
    expect(await saveMethod(secretary, electionId, { seats: "6" }, version + 1)).toMatchObject({
      error: { reason: "method_typed_wrong", faults: [{ reason: "seats_even", seats: 6 }] },
    });
    expect(reasonOf(await saveMethod(secretary, electionId, { seats: "9" }, version))).toBe("election_stale");
    const row = await electionRow(community, electionId);
    expect(readMethod(row.method).seats).toEqual({ value: 7, clause: "《议事规则》第九条" });
    const scene = sceneAt(community);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, electionId, 0, 10));
    expect(JSON.parse(leaves[1]!.entry)).toMatchObject({
      type: "election.method_set",
      changes: [{ setting: "seats", from: { value: 5, clause: "" }, to: { value: 7, clause: "《议事规则》第九条" } }],
    });
  });

  test("stands where people named candidates by it", async () => {
    const community = await makeStaffedCommunity();
    const { electionId, version } = await makeElection(community, { state: "nominating" });
    const secretary = electing(community, "secretary");
    expect(await saveMethod(secretary, electionId, { seats: "7" }, version)).toEqual({
      ok: false,
      error: { reason: "settings_closed", settings: ["seats"] },
    });
    expect(must(await saveMethod(secretary, electionId, { tie: "further_vote" }, version))).toEqual(["tie"]);
  });

  test("frozen is whole in the record, hashes to what the row says, and the database refuses another", async () => {
    const community = await makeStaffedCommunity();
    const row = await makeElection(community, { state: "examining" });
    const chair = electing(community, "chair");
    const frozen = freezeMethod(chair, row);
    must(
      await chair.db.write([
        ...updateElection(chair, row, { state: "standing", candidatesPublishedAt: T0, ...frozen.change }),
        ...frozen.statements,
      ]),
    );
    const after = await electionRow(community, row.electionId);
    expect(after.methodHash).toBe(frozen.hash);
    expect(electionMethodHash(readMethod(after.method))).toBe(frozen.hash);
    const [leaves] = await chair.db.read(listLeavesAbout(chair, row.electionId, 0, 10));
    const { method, methodHash } = JSON.parse(leaves.at(-1)!.entry) as {
      method: typeof DEFAULT_METHOD;
      methodHash: string;
    };
    expect([methodHash, electionMethodHash(method)]).toEqual([frozen.hash, frozen.hash]);
    expect(
      reasonOf(
        await saveMethod(electing(community, "secretary"), row.electionId, { tie: "further_vote" }, after.version),
      ),
    ).toBe("wrong_election_state");
    const other = JSON.stringify({ ...DEFAULT_METHOD, tie: { value: "further_vote", clause: "" } });
    expect(await chair.db.write(updateElection(chair, after, { method: other }))).toMatchObject({
      error: { code: "method_frozen" },
    });
  });
});

describe("nominations", () => {
  const setUp = async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await publishedGroup(community, electionId);
    const until = groupUntil(T0, 7);
    const { closeAt } = must(await openNominations(electing(community, "chair", until), electionId));
    return { community, electionId, until, closeAt };
  };

  test("open once, whoever presses again", async () => {
    const { community, electionId, until, closeAt } = await setUp();
    expect(must(await openNominations(electing(community, "chair", until + 5), electionId)).closeAt).toBe(closeAt);
    expect((await kindsOf(community, electionId)).filter((kind) => kind === "nominations_opened")).toHaveLength(1);
  });

  test("are closed by the clock at their hour, once, however often it comes by", async () => {
    const { community, electionId, closeAt } = await setUp();
    expect(await runElections(sceneAt(community, closeAt - 1))).toEqual([]);
    expect(reasonOf(await closeNominationsByHand(electing(community, "chair", closeAt - 1), electionId))).toBe(
      "nominations_running",
    );
    await Promise.all([runElections(sceneAt(community, closeAt)), runElections(sceneAt(community, closeAt))]);
    expect(await runElections(sceneAt(community, closeAt))).toEqual([]);
    expect((await electionRow(community, electionId)).state).toBe("examining");
    expect((await kindsOf(community, electionId)).filter((kind) => kind === "nominations_closed")).toHaveLength(1);
    expect(must(await closeNominationsByHand(electing(community, "chair", closeAt), electionId))).toBe(true);
  });

  test("open again from the checks, for a reason that is read in public", async () => {
    const { community, electionId, closeAt } = await setUp();
    await runElections(sceneAt(community, closeAt));
    const chair = electing(community, "chair", closeAt + DAY_MS);
    const untilOn = addDays(dayOf(closeAt), 7);
    expect(reasonOf(await extendNominations(chair, electionId, { untilOn, why: "" }))).toBe("why_missing");
    must(await extendNominations(chair, electionId, { untilOn, why: "报名人数少于席位" }));
    expect(await electionRow(community, electionId)).toMatchObject({
      state: "nominating",
      nominationsCloseAt: endOf(untilOn),
    });
  });
});

describe("an end before the end", () => {
  test("is public with its reason, and whom the list brought into the group leaves it", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeCalled(community);
    await publishedGroup(community, electionId);
    const street = electing(community, "street", T0 + DAY_MS);
    expect(reasonOf(await endElection(street, electionId, { why: " " }))).toBe("why_missing");
    must(await endElection(street, electionId, { why: "业主要求重新组织" }));
    must(await endElection(street, electionId, { why: "业主要求重新组织" }));
    expect(reasonOf(await endElection(street, electionId, { why: "另一个原因" }))).toBe("wrong_election_state");
    const row = await electionRow(community, electionId);
    expect(row).toMatchObject({ state: "ended", endedWhy: "业主要求重新组织" });
    const left = await holdersAsOf(sceneAt(community, T0 + DAY_MS), addDays(dayOf(T0), 2));
    expect(left.filter(({ bodyId }) => bodyId === row.groupBodyId)).toEqual([]);
    expect((await kindsOf(community, electionId)).at(-1)).toBe("ended");
  });

  test("is not one while the owners vote on it, or after", async () => {
    const community = await makeStaffedCommunity();
    const { electionId } = await makeElection(community, { state: "voting" });
    expect(reasonOf(await endElection(electing(community, "street"), electionId, { why: "停止" }))).toBe(
      "wrong_election_state",
    );
  });
});
