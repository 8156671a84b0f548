/** Counting, publishing, recounting and answering through the pages at the desk. */
import { describe, expect, test } from "vitest";
import { listRuns } from "../../src/assembly/counting/store.ts";
import { fileObjection } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { raiseObjection } from "../../src/community/snapshot/objections/actions.ts";
import { findMeetingSnapshot } from "../../src/community/snapshot/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import {
  all,
  CLOSES_AT,
  eventKinds,
  meetingRow,
  newOnce,
  noticed,
  numberIn,
  OPENS_AT,
  opened,
  rulesWith,
  vote,
} from "./meeting-of-test.ts";

const HOUR_MS = 3_600_000;
const AFTER = CLOSES_AT + HOUR_MS;

interface Closed {
  readonly community: CommunityAddress;
  readonly meetingId: MeetingId;
  /** The meeting's address at the desk. */
  readonly desk: string;
}

/** A meeting of `units` flats in which the first `yes` are in favour and the next `no` against, after its close. */
async function closed(units: number, yes: number, no = 0, rules = rulesWith({})): Promise<Closed> {
  const community = await estate(units);
  const meetingId = await opened(community, { rules });
  for (let voter = 0; voter < yes + no; voter += 1)
    await vote(community, meetingId, voter, all(voter < yes ? 1 : 2), OPENS_AT + HOUR_MS);
  await runDue(sceneAt(community, CLOSES_AT));
  return { community, meetingId, desk: `/c/${community.slug}/desk/meetings/1` };
}

async function published(units: number, yes: number, no = 0): Promise<Closed> {
  const made = await closed(units, yes, no);
  const teller = await signedIn(made.community, "teller", AFTER);
  await teller.get(`${made.desk}/count`);
  expect((await teller.submit(`${made.desk}/count`, { complete: "yes" })).status).toBe(303);
  const chair = await signedIn(made.community, "committee_chair", AFTER);
  await chair.get(`${made.desk}/publish`);
  expect((await chair.submit(`${made.desk}/publish`, { checked: "yes" })).status).toBe(303);
  return made;
}

const leafTypes = async ({ community, meetingId }: Closed): Promise<string[]> => {
  const scene = sceneAt(community);
  const [leaves] = await scene.db.read(listLeavesAbout(scene, meetingId, 0, 1000));
  return leaves.map(({ type }) => type);
};

describe("the count", () => {
  test("shows what will be counted, asks for a word, counts once, and hands on to the publisher", async () => {
    const made = await closed(24, 20, 2);
    const teller = await signedIn(made.community, "teller", AFTER);
    await teller.open(`${made.desk}/count`);
    const shown = textOf(teller.page);
    expect(shown).toContain("网上 22");
    expect(shown).toContain("议题1：议题1");
    expect(shown).toContain(`22人 / ${await heads(made)}人`);

    const unsure = await teller.submit(`${made.desk}/count`);
    expect(unsure.status).toBe(422);
    expect(textOf(teller.page)).toContain("请先确认收到的表决票都已录入");
    expect((await meetingRow(made.community, made.meetingId)).state).toBe("closed");

    const done = await teller.submit(`${made.desk}/count`, { complete: "yes" });
    expect(done.headers.get("location")).toBe(`${made.desk}/count`);
    await teller.open(`${made.desk}/count`);
    expect(textOf(teller.page)).toContain("由另一位有公布权的人核对");
    expect(textOf(teller.page)).not.toContain("同意的人数");
    // Sent again, with nothing ticked: the same count.
    await teller.open(`${made.desk}/recount`);
    const token = { _form: /name="_form" value="([^"]+)"/.exec(teller.page)![1]! };
    expect((await teller.post(`${made.desk}/count`, token)).status).toBe(303);
    const again = await signedIn(made.community, "teller", AFTER);
    await again.open(`${made.desk}/count`);
    expect(again.page).not.toContain('name="complete"');
    expect((await meetingRow(made.community, made.meetingId)).state).toBe("counted");
    const scene = sceneAt(made.community);
    const [runs] = await scene.db.read(listRuns(scene, made.meetingId));
    expect(runs).toHaveLength(1);
  });

  test("before the close says when, and has no button", async () => {
    const community = await estate(6);
    await opened(community);
    const teller = await signedIn(community, "teller", OPENS_AT + HOUR_MS);
    await teller.open(`/c/${community.slug}/desk/meetings/1/count`);
    expect(textOf(teller.page)).toContain("现在不能这样做");
    expect(teller.page).not.toContain('name="complete"');
  });

  test("of a draft, of a meeting that is not there and of a number that is none is not found", async () => {
    const community = await estate(6);
    const teller = await signedIn(community, "teller");
    for (const number of ["1", "99", "0", "x", "1e3"])
      expect((await teller.get(`/c/${community.slug}/desk/meetings/${number}/count`)).status).toBe(404);
  });
});

const heads = ({ community, meetingId }: Closed): Promise<number> =>
  numberIn(
    community,
    sql`SELECT eligible_owners AS n FROM turnout WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND key = 'item:1'`,
  );

describe("the publication", () => {
  test("shows every inequality first, wants it checked, and is by another person than counted", async () => {
    const made = await closed(24, 20, 2);
    const { community, desk } = made;
    const teller = await signedIn(community, "teller", AFTER);
    await teller.open(`${desk}/count`);
    await teller.submit(`${desk}/count`, { complete: "yes" });
    expect((await teller.get(`${desk}/publish`)).status).toBe(404);

    const chair = await signedIn(community, "committee_chair", AFTER);
    await chair.open(`${desk}/publish`);
    const shown = textOf(chair.page);
    const all_ = await heads(made);
    expect(shown).toContain(`22 × 3 = 66 ≥ ${all_} × 2 = ${all_ * 2}`);
    expect(shown).toContain("20 × 2 = 40 > 22");
    expect(shown.match(/成立/g)!.length).toBeGreaterThanOrEqual(8); // four for each of two items
    const unsure = await chair.submit(`${desk}/publish`);
    expect(unsure.status).toBe(422);
    expect((await meetingRow(community, made.meetingId)).state).toBe("counted");
    const done = await chair.submit(`${desk}/publish`, { checked: "yes" });
    expect(done.headers.get("location")).toBe(`${desk}?done=1`);
    expect(await eventKinds(community, made.meetingId)).toEqual([
      "notice_given",
      "opened",
      "closed",
      "counting_began",
      "counted",
      "published",
    ]);
    // A second publication has nothing to publish.
    expect((await chair.get(`${desk}/publish`)).status).toBe(409);
  });

  test("of a count that is not there, or of a number that is none, is refused", async () => {
    const made = await closed(6, 5);
    const chair = await signedIn(made.community, "committee_chair", AFTER);
    expect((await chair.get(`${made.desk}/publish`)).status).toBe(409);
    expect(textOf(chair.page)).toContain("只有在“已计票”时才可以");
    expect((await chair.get(`/c/${made.community.slug}/desk/meetings/x/publish`)).status).toBe(404);
    // The meeting's id is an address of the public pages, not of the desk.
    expect((await chair.get(`/c/${made.community.slug}/desk/meetings/${made.meetingId}/publish`)).status).toBe(404);
  });

  test("of a small meeting does not tell 反对 from 弃权", async () => {
    const made = await closed(8, 5, 2);
    const teller = await signedIn(made.community, "teller", AFTER);
    await teller.open(`${made.desk}/count`);
    await teller.submit(`${made.desk}/count`, { complete: "yes" });
    const chair = await signedIn(made.community, "committee_chair", AFTER);
    await chair.open(`${made.desk}/publish`);
    expect(textOf(chair.page)).toContain("反对、弃权（合并）");
  });

  test.each([
    [8, 5, false],
    [30, 22, true],
  ])(
    "of %i flats where abstentions follow the majority tells how many only in a large group",
    async (units, yes, told) => {
      const rules = rulesWith({ unreturned: "returned_abstain_follows_majority" });
      const community = await estate(units);
      const meetingId = await opened(community, { rules });
      for (let voter = 0; voter < yes + 1; voter += 1)
        await vote(community, meetingId, voter, all(voter < yes ? 1 : 3), OPENS_AT + HOUR_MS);
      await runDue(sceneAt(community, CLOSES_AT));
      const desk = `/c/${community.slug}/desk/meetings/1`;
      const teller = await signedIn(community, "teller", AFTER);
      await teller.open(`${desk}/count`);
      await teller.submit(`${desk}/count`, { complete: "yes" });
      const chair = await signedIn(community, "committee_chair", AFTER);
      await chair.open(`${desk}/publish`);
      await chair.submit(`${desk}/publish`, { checked: "yes" });
      const scene = sceneAt(community);
      const [leaves] = await scene.db.read(listLeavesAbout(scene, meetingId, 0, 1000));
      const { items } = JSON.parse(leaves.at(-1)!.entry) as { items: { deemed: { added?: object } }[] };
      expect(items.map(({ deemed }) => deemed.added !== undefined)).toEqual([told, told]);
    },
  );
});

describe("a recount", () => {
  test("says why, is kept beside the first, and the same figures give no new period of objection", async () => {
    const made = await published(8, 7);
    const { community, desk } = made;
    const teller = await signedIn(community, "teller", AFTER + DAY_MS);
    await teller.open(`${desk}/recount`);
    const mute = await teller.submit(`${desk}/recount`, { why: "  " });
    expect(mute.status).toBe(422);
    expect(textOf(teller.page)).toContain("原因会和这次变动一起公开");
    const done = await teller.submit(`${desk}/recount`, { why: "第1号异议要求复核" });
    expect(done.headers.get("location")).toBe(`${desk}/recount?done=1`);
    await teller.open(`${desk}/recount?done=1`);
    expect(textOf(teller.page)).toContain("复核的每个数字都与已公布的相同");
    expect(teller.page).not.toContain('name="why"');

    const before = (await meetingRow(community, made.meetingId)).publishedAt;
    const chair = await signedIn(community, "committee_chair", AFTER + DAY_MS);
    await chair.open(`${desk}/publish`);
    expect(textOf(chair.page)).toContain("复核的原因：第1号异议要求复核");
    expect((await chair.submit(`${desk}/publish`, { checked: "yes" })).status).toBe(303);
    expect((await meetingRow(community, made.meetingId)).publishedAt).toBe(before);
    expect((await eventKinds(community, made.meetingId)).slice(-2)).toEqual(["counted", "published"]);
    await teller.open(`${desk}/recount`);
    expect(textOf(teller.page)).toContain("第1号异议要求复核");
  });

  test("that differs shows both figures, and begins the period of objection anew", async () => {
    const made = await published(24, 20, 2);
    const { community, meetingId, desk } = made;
    // Somebody writes behind the product's back: one vote in favour becomes one against.
    const { db } = sceneAt(community);
    await db.write([
      db.run(
        sql`INSERT INTO ballot_choice(community_id, meeting_id, item_no, option_no, voter_no, version, sign, area_dm2)
            SELECT community_id, meeting_id, item_no, option_no, voter_no, 2, -1, area_dm2 FROM ballot_choice
            WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND item_no = 1 AND voter_no = 0
            UNION ALL SELECT community_id, meeting_id, item_no, 2, voter_no, 2, 1, area_dm2 FROM ballot_choice
            WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND item_no = 1 AND voter_no = 0`,
      ),
    ]);
    const teller = await signedIn(community, "teller", AFTER + DAY_MS);
    await teller.open(`${desk}/recount`);
    await teller.submit(`${desk}/recount`, { why: "业主要求复核" });
    await teller.open(`${desk}/recount`);
    const shown = textOf(teller.page);
    expect(shown).toContain("复核与已公布的结果不同");
    expect(shown).toMatch(/同意 20人，[\d.]+㎡ 19人，/);
    expect(shown).toMatch(/反对 2人，[\d.]+㎡ 3人，/);
    const now = AFTER + DAY_MS;
    const chair = await signedIn(community, "committee_chair", now);
    await chair.open(`${desk}/publish`);
    await chair.submit(`${desk}/publish`, { checked: "yes" });
    expect((await meetingRow(community, meetingId)).publishedAt).toBe(now);
  });

  test("before publication is refused with its reason", async () => {
    const made = await closed(6, 5);
    const teller = await signedIn(made.community, "teller", AFTER);
    await teller.open(`${made.desk}/recount`);
    expect(textOf(teller.page)).toContain("现在不能复核计票");
    expect(teller.page).not.toContain('name="why"');
  });
});

const object = (made: Closed, voterNo: number, text: string, wantsRecount = false) =>
  fileObjection(sceneAt(made.community, AFTER + HOUR_MS), {
    meetingId: made.meetingId,
    voterNo,
    about: "result",
    text,
    wantsRecount,
    once: newOnce(),
  });

describe("an objection to the result", () => {
  test("is read by who may answer, answered once in public words, and stands in the record without its own", async () => {
    const made = await published(8, 7);
    const { community, desk } = made;
    const filed = await object(made, 3, "我投的是反对，请核对。", true);
    if (!filed.ok) throw new Error(filed.error.reason);
    const secretary = await signedIn(community, "secretary", AFTER + DAY_MS);
    await secretary.open(`${desk}/objections`);
    const shown = textOf(secretary.page);
    expect(shown).toContain("等待答复（1）");
    expect(shown).toContain("我投的是反对，请核对。");
    expect(shown).toContain("要求复核计票。");
    expect(shown).toMatch(/1栋 \d单元 \d{4} 甲\*/);
    expect(shown).toContain("还有8天"); // from Sunday the 29th to Monday the 7th

    const path = `${desk}/objections/${filed.value.objectionId}`;
    await secretary.open(path);
    expect((await secretary.submit(path, { answer: " " })).status).toBe(422);
    expect((await secretary.submit(path, { answer: "长".repeat(4001) })).status).toBe(422);
    const answer = "已逐票复核，结果不变。";
    const done = await secretary.submit(path, { answer });
    expect(done.headers.get("location")).toBe(`${desk}/objections?done=1#o-${filed.value.objectionId}`);
    // The same answer again is the same; another one is told that it is answered.
    expect((await secretary.submit(path, { answer })).status).toBe(303);
    const late = await secretary.submit(path, { answer: "另一种说法" });
    expect(late.status).toBe(409);
    expect(textOf(secretary.page)).toContain("答复不能修改");
    await secretary.open(`${desk}/objections`);
    expect(textOf(secretary.page)).toContain("已经答复（1）");
    expect(textOf(secretary.page)).toContain(answer);
    expect((await leafTypes(made)).slice(-2)).toEqual(["meeting.objection_made", "meeting.objection_answered"]);

    const chair = await signedIn(community, "committee_chair", AFTER + DAY_MS);
    await chair.open(`/c/${community.slug}/meetings/1`);
    expect(textOf(chair.page)).toContain(answer);
    expect(textOf(chair.page)).not.toContain("我投的是反对");
  });

  test("is not found by those who may not answer, nor under another meeting", async () => {
    const made = await published(8, 7);
    const filed = await object(made, 3, "请核对。");
    if (!filed.ok) throw new Error(filed.error.reason);
    const path = `${made.desk}/objections/${filed.value.objectionId}`;
    for (const post of ["teller", "supervisor", "street_officer", "volunteer"] as const) {
      const browser = await signedIn(made.community, post, AFTER + DAY_MS);
      expect((await browser.get(path)).status).toBe(404);
      expect(browser.page).not.toContain("请核对。");
    }
    expect((await stranger().get(path)).status).toBe(303);
    const other = await published(6, 5);
    const secretary = await signedIn(other.community, "secretary", AFTER + DAY_MS);
    expect((await secretary.get(`${other.desk}/objections/${filed.value.objectionId}`)).status).toBe(404);
    expect((await secretary.get(`${other.desk}/objections/roll/${filed.value.objectionId}`)).status).toBe(404);
  });

  test("overdue says so", async () => {
    const made = await published(8, 7);
    await object(made, 3, "请核对。");
    const secretary = await signedIn(made.community, "secretary", AFTER + 12 * DAY_MS);
    await secretary.open(`${made.desk}/objections`);
    expect(textOf(secretary.page)).toContain("已经超期");
  });
});

describe("an objection to the roll", () => {
  test("is answered with its outcome, to its household alone, and voting opens after it", async () => {
    const community = await estate(6);
    const meetingId = await noticed(community);
    const scene = sceneAt(community, T0 + HOUR_MS);
    const [snapshots] = await scene.db.read(findMeetingSnapshot(scene, meetingId));
    const raised = await raiseObjection(scene, {
      snapshotId: snapshots[0]!.snapshotId,
      voterNo: 2,
      by: "voter",
      text: "面积应为89.66平方米。",
    });
    if (!raised.ok) throw new Error(raised.error.reason);
    const desk = `/c/${community.slug}/desk/meetings/1`;
    const path = `${desk}/objections/roll/${raised.value.objectionId}`;
    const secretary = await signedIn(community, "secretary", T0 + DAY_MS);
    await secretary.open(`${desk}/objections`);
    expect(textOf(secretary.page)).toContain("名册异议1 （对名册）");
    await secretary.open(path);
    expect((await secretary.submit(path, { answer: "已核对" })).status).toBe(422);
    expect(textOf(secretary.page)).toContain("请选异议是否成立");
    expect(secretary.page).toContain("已核对"); // what was typed stays
    expect((await secretary.submit(path, { answer: " ", outcome: "upheld" })).status).toBe(422);
    const answered = { answer: "产权证为89.66平方米，成立。", outcome: "upheld" };
    expect((await secretary.submit(path, answered)).status).toBe(303);
    expect((await secretary.submit(path, answered)).status).toBe(303);
    expect((await secretary.submit(path, { ...answered, outcome: "rejected" })).status).toBe(409);
    await secretary.open(path);
    expect(textOf(secretary.page)).toContain("异议成立");
    expect(textOf(secretary.page)).toContain("公开修改公告");
    await runDue(sceneAt(community, OPENS_AT));
    expect((await meetingRow(community, meetingId)).state).toBe("open");
    await secretary.open(`/c/${community.slug}/meetings/1`);
    expect(textOf(secretary.page)).not.toContain("产权证为89.66平方米");
  });
});
