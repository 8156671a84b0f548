import { describe, expect, test } from "vitest";
import { transferUnit } from "../../src/community/changes/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import "../../src/assembly/delivery/messages.ts";
import { approveUpTo } from "../../src/assembly/agenda/rules.ts";
import { countMeeting, recount } from "../../src/assembly/counting/actions.ts";
import { listRuns } from "../../src/assembly/counting/store.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { amend, extend } from "../../src/assembly/meeting/changing.ts";
import { createDraft, removeItem, saveFrame, saveItem } from "../../src/assembly/meeting/drafting.ts";
import { annul, withdraw } from "../../src/assembly/meeting/ending.ts";
import { draftOfEdition, readDraft, readManifest } from "../../src/assembly/meeting/reading.ts";
import { listEditions, listItems, listTurnout } from "../../src/assembly/meeting/store.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import { sql } from "../../src/platform/db.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile, SMALL, secretary, unitIdOf } from "./community-roll-of-test.ts";
import {
  all,
  as,
  CLOSES_AT,
  communityWithRoll,
  drafted,
  eventKinds,
  itemOf,
  meetingRow,
  newOnce,
  noticed,
  numberIn,
  OPENS_AT,
  opened,
  rulesWith,
  vote,
} from "./meeting-of-test.ts";

const convener = { kind: "committee" as const, cause: "年度会议" };

describe("a draft", () => {
  test("saved twice by the same form is saved once", async () => {
    const community = await communityWithRoll(3);
    const { meetingId, version } = await drafted(community, { items: [itemOf(1)] });
    const save = { meetingId, version, once: newOnce() };
    const first = await saveItem(as(community, "secretary"), save, itemOf(2));
    const second = await saveItem(as(community, "secretary"), save, itemOf(2));
    expect(first).toEqual({ ok: true, value: { meetingId, version: version + 1 } });
    expect(second).toEqual(first);
    expect(readDraft(await meetingRow(community, meetingId)).draft.items).toHaveLength(2);
  });

  test("created twice by the same form is one meeting", async () => {
    const community = await communityWithRoll(3);
    const once = newOnce();
    const scene = as(community, "secretary");
    const both = await Promise.all([
      createDraft(scene, { title: "会议", convener }, once),
      createDraft(as(community, "secretary"), { title: "会议", convener }, once),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM meeting WHERE community_id = ${community.id}`)).toBe(
      1,
    );
  });

  test("opened by two people is saved by one, and the other is told", async () => {
    const community = await communityWithRoll(3);
    const { meetingId, version } = await drafted(community);
    const frame = { title: "甲", convener, opensAt: OPENS_AT, closesAt: CLOSES_AT };
    const both = await Promise.all([
      saveFrame(as(community, "secretary"), { meetingId, version, once: newOnce() }, frame),
      saveFrame(as(community, "chair"), { meetingId, version, once: newOnce() }, { ...frame, title: "乙" }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { reason: "draft_stale" } });
  });

  test("renumbers its items when one is taken out, and refuses one that is not there", async () => {
    const community = await communityWithRoll(3);
    const { meetingId, version } = await drafted(community);
    const save = { meetingId, version, once: newOnce() };
    expect((await removeItem(as(community, "secretary"), save, 1)).ok).toBe(true);
    const { draft } = readDraft(await meetingRow(community, meetingId));
    expect(draft.items.map(({ itemNo, title }) => [itemNo, title])).toEqual([[1, "议题2"]]);
    const next = { meetingId, version: version + 1, once: newOnce() };
    expect(await removeItem(as(community, "secretary"), next, 5)).toMatchObject({ error: { reason: "unknown_item" } });
  });
});

describe("notice", () => {
  test("is given in one batch that freezes roll, items, counters and links", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await noticed(community);
    const row = await meetingRow(community, meetingId);
    expect(row).toMatchObject({ state: "notice", edition: 1, noticeAt: T0, approvedBy: "person-chair" });
    const scene = sceneAt(community);
    const [items, turnout, editions] = await scene.db.read(
      listItems(scene, meetingId),
      listTurnout(scene, meetingId),
      listEditions(scene, meetingId),
    );
    expect(items.map(({ eligibleOwners }) => eligibleOwners)).toEqual([27, 27]);
    expect(turnout.map(({ key }) => key).sort()).toEqual(["building:1栋", "item:1", "item:2"]);
    expect(editions[0]!.manifestHash).toBe(row.manifestHash);
    for (const [table, n] of [
      ["link", 27],
      ["outbox_message", 27],
    ] as const)
      expect(
        await numberIn(
          community,
          sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`,
        ),
      ).toBe(n);
    expect(await eventKinds(community, meetingId)).toEqual(["notice_given"]);
  });

  test("is not given by anyone who wrote a word of the draft", async () => {
    const community = await communityWithRoll(3);
    const { meetingId, version } = await drafted(community);
    const mine = await giveNotice(as(community, "secretary"), meetingId, version);
    expect(mine).toMatchObject({ error: { reason: "own_draft" } });
    const frame = { title: "改了标题", convener, opensAt: OPENS_AT, closesAt: CLOSES_AT };
    const edited = await saveFrame(as(community, "chair"), { meetingId, version, once: newOnce() }, frame);
    expect(edited.ok).toBe(true);
    expect(await giveNotice(as(community, "chair"), meetingId, version + 1)).toMatchObject({
      error: { reason: "own_draft" },
    });
  });

  test("approved twice at once is given once, and both hear that it is given", async () => {
    const community = await communityWithRoll(10);
    const { meetingId, version } = await drafted(community);
    const both = await Promise.all([
      giveNotice(as(community, "chair"), meetingId, version),
      giveNotice(as(community, "chair"), meetingId, version),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await eventKinds(community, meetingId)).toEqual(["notice_given"]);
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM snapshot WHERE meeting_id = ${meetingId}`)).toBe(1);
    const again = await giveNotice(as(community, "chair"), meetingId, version);
    expect(again.ok).toBe(true);
  });

  test("is refused for a version that was saved over after the approver read it", async () => {
    const community = await communityWithRoll(3);
    const { meetingId, version } = await drafted(community);
    await saveItem(as(community, "secretary"), { meetingId, version, once: newOnce() }, itemOf(3));
    expect(await giveNotice(as(community, "chair"), meetingId, version)).toMatchObject({
      error: { reason: "draft_stale", version: version + 1 },
    });
  });

  test("one day short of fifteen is refused, on the fifteenth it is given", async () => {
    const community = await communityWithRoll(3);
    const dayBefore = Date.parse("2026-11-16T15:59:00Z"); // 16 November 23:59 in Shanghai
    const short = await drafted(community, { opensAt: dayBefore, closesAt: dayBefore + 10 * DAY_MS });
    expect(await giveNotice(as(community, "chair"), short.meetingId, short.version)).toMatchObject({
      error: { reason: "notice_faulty", faults: [{ reason: "notice_too_short", earliest: "2026-11-17" }] },
    });
    const onTheDay = dayBefore + 60_000;
    const enough = await drafted(community, { opensAt: onTheDay, closesAt: onTheDay + 10 * DAY_MS });
    expect((await giveNotice(as(community, "chair"), enough.meetingId, enough.version)).ok).toBe(true);
  });

  test("of an item for a building the roll does not have is refused", async () => {
    const community = await communityWithRoll(3);
    const item = itemOf(1, { scope: { kind: "buildings", buildings: ["9栋"] } });
    const { meetingId, version } = await drafted(community, { items: [item] });
    expect(await giveNotice(as(community, "chair"), meetingId, version)).toMatchObject({
      error: { reason: "notice_faulty" },
    });
    expect((await meetingRow(community, meetingId)).state).toBe("draft");
  });

  test("of an item on which nobody may vote is refused, and named for that alone", async () => {
    const community = await makeCommunity({ name: "金桂苑" });
    await importFile(community, csvOf(...SMALL));
    const parking = itemOf(2, { scope: { kind: "buildings", buildings: ["车库"] } });
    const { meetingId, version } = await drafted(community, { items: [itemOf(1), parking] });
    const findings = [{ severity: "error", itemNo: 2, reason: "scope_without_voters", about: [] }];
    expect(await giveNotice(as(community, "chair"), meetingId, version)).toEqual({
      ok: false,
      error: { reason: "notice_faulty", faults: [{ reason: "agenda_faulty", findings }] },
    });
    expect((await meetingRow(community, meetingId)).state).toBe("draft");

    const counted = { ...rulesWith({ countedSpaces: ["parking"] }) };
    const better = await drafted(community, { items: [itemOf(1), parking], rules: counted });
    expect((await giveNotice(as(community, "chair"), better.meetingId, better.version)).ok).toBe(true);
  });

  test("of an empty roll is refused and leaves nothing", async () => {
    const community = await makeCommunity();
    const { meetingId, version } = await drafted(community);
    expect(await giveNotice(as(community, "chair"), meetingId, version)).toMatchObject({
      error: { reason: "roll_empty" },
    });
  });

  test("to five thousand heads is one batch of few statements", async () => {
    const community = await communityWithRoll(5_500);
    const { meetingId, version } = await drafted(community);
    const scene = as(community, "chair");
    const given = await giveNotice(scene, meetingId, version);
    expect(given).toMatchObject({ ok: true, value: { households: 4_950 } });
    expect(scene.db.meter.roundTrips).toBeLessThanOrEqual(4);
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM link WHERE meeting_id = ${meetingId}`)).toBe(4_950);
  }, 120_000);
});

describe("time", () => {
  test("opens at the instant and not before, closes at the instant and not before", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    expect(await runDue(sceneAt(community, OPENS_AT - 1))).toEqual([]);
    expect(await runDue(sceneAt(community, OPENS_AT))).toEqual([{ meetingId, step: "open" }]);
    const early = await runDue(sceneAt(community, CLOSES_AT - 1));
    expect(early.map(({ step }) => step)).toEqual(["remind"]);
    expect(await runDue(sceneAt(community, CLOSES_AT))).toEqual([{ meetingId, step: "close" }]);
    expect((await meetingRow(community, meetingId)).state).toBe("closed");
  });

  test("run by two crons at once does each thing once", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    await Promise.all([runDue(sceneAt(community, OPENS_AT)), runDue(sceneAt(community, OPENS_AT))]);
    expect(await eventKinds(community, meetingId)).toEqual(["notice_given", "opened"]);
  });

  test("reminds only those who have not voted, once a day named, and by day", async () => {
    const community = await communityWithRoll(9);
    const meetingId = await opened(community);
    expect((await vote(community, meetingId, 0, all(1), OPENS_AT + 1)).ok).toBe(true);
    const reminders = sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${community.id} AND kind = 'vote.reminder'`;
    const night = CLOSES_AT - 3 * DAY_MS + 12 * 3_600_000; // 22:00
    await runDue(sceneAt(community, night));
    expect(await numberIn(community, reminders)).toBe(0);
    const day = CLOSES_AT - 3 * DAY_MS + 24 * 3_600_000 - 1; // 9:59 the next day
    await runDue(sceneAt(community, day));
    await runDue(sceneAt(community, day + 300_000));
    expect(await numberIn(community, reminders)).toBe(8);
    expect((await eventKinds(community, meetingId)).filter((kind) => kind === "reminded")).toHaveLength(1);
  });

  test("does not open while an objection to the roll is unanswered", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const scene = sceneAt(community);
    const { snapshotId } = await meetingRow(community, meetingId);
    await scene.db.read(
      scene.db.run(
        sql`INSERT INTO roll_objection(community_id, objection_id, meeting_id, snapshot_id, voter_no, raised_by, raised_at, due_at, text_sealed, salt, leaf_hash)
            VALUES (${community.id}, 'o1', ${meetingId}, ${snapshotId}, 0, 'voter', ${T0}, ${T0 + DAY_MS}, 'x', ${"0".repeat(32)}, ${"0".repeat(64)})`,
      ),
    );
    expect(await runDue(sceneAt(community, OPENS_AT))).toEqual([]);
    expect((await meetingRow(community, meetingId)).state).toBe("notice");
  });
});

describe("an extension", () => {
  test("is public, later than the close, and has a reason", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const scene = as(community, "chair", OPENS_AT + DAY_MS);
    const to = CLOSES_AT + 5 * DAY_MS;
    expect(await extend(scene, meetingId, { to, why: " " })).toMatchObject({ error: { reason: "reason_missing" } });
    expect(await extend(scene, meetingId, { to: CLOSES_AT - 1, why: "票数不足" })).toMatchObject({
      error: { reason: "not_later" },
    });
    const done = await extend(scene, meetingId, { to, why: "票数不足" });
    expect(done).toEqual({ ok: true, value: { closesAt: to } });
    expect(await extend(scene, meetingId, { to, why: "票数不足" })).toEqual(done);
    expect((await eventKinds(community, meetingId)).filter((kind) => kind === "extended")).toHaveLength(1);
    expect((await vote(community, meetingId, 1, all(1), CLOSES_AT + 1)).ok).toBe(true);
  });

  test("one millisecond before the close goes through; at the close, whatever cron has done, it does not", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const to = CLOSES_AT + 5 * DAY_MS;
    expect(await extend(as(community, "chair", CLOSES_AT), meetingId, { to, why: "票数不足" })).toMatchObject({
      error: { reason: "already_closed" },
    });
    expect((await extend(as(community, "chair", CLOSES_AT - 1), meetingId, { to, why: "票数不足" })).ok).toBe(true);
  });
});

describe("an amendment before the opening", () => {
  const amended = async (community: Awaited<ReturnType<typeof communityWithRoll>>, meetingId: never | string) => {
    const scene = sceneAt(community);
    const [editions] = await scene.db.read(listEditions(scene, meetingId as never));
    return draftOfEdition(readManifest(editions.at(-1)!), await meetingRow(community, meetingId as never));
  };

  test("of an item is a new edition with the whole notice period again", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const content = await amended(community, meetingId);
    const items = [itemOf(1, { text: "改过的方案。" }), itemOf(2)];
    const now = T0 + 5 * DAY_MS;
    const tooSoon = await amend(as(community, "chair", now), meetingId, {
      fromEdition: 1,
      content: { ...content, items },
      why: "方案有误",
    });
    expect(tooSoon).toMatchObject({ error: { reason: "notice_faulty", faults: [{ reason: "notice_too_short" }] } });
    const later = { ...content, items, opensAt: OPENS_AT + 10 * DAY_MS, closesAt: CLOSES_AT + 10 * DAY_MS };
    const asked = { fromEdition: 1, content: later, why: "方案有误" };
    const done = await amend(as(community, "chair", now), meetingId, asked);
    expect(done).toMatchObject({ ok: true, value: { edition: 2, restart: { noticePeriod: true } } });
    expect((await amend(as(community, "chair", now), meetingId, asked)).ok).toBe(true);
    const row = await meetingRow(community, meetingId);
    expect(row).toMatchObject({ edition: 2, noticeAt: now, opensAt: later.opensAt });
    expect(await eventKinds(community, meetingId)).toEqual(["notice_given", "amended"]);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${community.id} AND kind = 'vote.amended'`,
      ),
    ).toBe(5);
  });

  test("to a scope in which nobody may vote is refused", async () => {
    const community = await makeCommunity({ name: "金桂苑" });
    await importFile(community, csvOf(...SMALL));
    const meetingId = await noticed(community);
    const content = await amended(community, meetingId);
    const items = [itemOf(1), itemOf(2, { scope: { kind: "buildings", buildings: ["车库"] } })];
    const now = T0 + DAY_MS;
    const later = { ...content, items, opensAt: OPENS_AT + 10 * DAY_MS, closesAt: CLOSES_AT + 10 * DAY_MS };
    const asked = { fromEdition: 1, content: later, why: "只问车库" };
    expect(await amend(as(community, "chair", now), meetingId, asked)).toMatchObject({
      error: { reason: "notice_faulty", faults: [{ findings: [{ itemNo: 2, reason: "scope_without_voters" }] }] },
    });
  });

  test("after the opening instant is refused", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const content = await amended(community, meetingId);
    const asked = { fromEdition: 1, content: { ...content, closesAt: CLOSES_AT + DAY_MS }, why: "改时间" };
    expect(await amend(as(community, "chair", OPENS_AT), meetingId, asked)).toMatchObject({
      error: { reason: "already_closed" },
    });
  });

  test("that changes nothing is refused", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const content = await amended(community, meetingId);
    expect(
      await amend(as(community, "chair", T0 + DAY_MS), meetingId, { fromEdition: 1, content, why: "没有变化" }),
    ).toMatchObject({ error: { reason: "nothing_changed" } });
  });
});

describe("a correction of the roll after notice", () => {
  const corrected = async (community: CommunityAddress) => {
    const scene = secretary(community, T0 + DAY_MS);
    const sold = await transferUnit(scene, await unitIdOf(community, "0003"), {
      changeId: newOnce(),
      fromOn: "2026-10-01",
      note: { why: "补登买卖", evidence: "产权证" },
      kind: "sale",
      owners: [
        {
          basis: "registered",
          personal: {
            name: "赵六儿",
            kind: "natural",
            idType: null,
            idNumber: null,
            idTail: "0099",
            phone: "13700000099",
            ownerNo: null,
          },
        },
      ],
      designated: null,
      state: null,
    });
    if (!sold.ok) throw new Error(JSON.stringify(sold.error));
  };

  test("is taken in publicly: the new head gets a link, the old one's ends, and the counters follow", async () => {
    const community = await communityWithRoll(6);
    const meetingId = await noticed(community);
    await corrected(community);
    const scene = sceneAt(community);
    const [editions] = await scene.db.read(listEditions(scene, meetingId));
    const content = draftOfEdition(readManifest(editions[0]!), await meetingRow(community, meetingId));
    const asked = { fromEdition: 1, content, why: "名册更正" };
    const done = await amend(as(community, "chair", T0 + 2 * DAY_MS), meetingId, asked);
    // The items are as they were: nobody has to read them again.
    expect(done).toMatchObject({ ok: true, value: { edition: 2, restart: { noticePeriod: false } } });
    const links = await scene.db.read(
      scene.db.all<{ voterNo: number; revokedWhy: string | null }>(
        sql`SELECT voter_no AS voterNo, revoked_why AS revokedWhy FROM link WHERE meeting_id = ${meetingId} ORDER BY voter_no`,
      ),
    );
    expect(links[0].filter(({ revokedWhy }) => revokedWhy !== null)).toEqual([
      { voterNo: 4, revokedWhy: "roll_amended" },
    ]);
    expect(links[0].at(-1)).toEqual({ voterNo: 6, revokedWhy: null });
    await runDue(sceneAt(community, OPENS_AT));
    expect((await vote(community, meetingId, 4, all(1), OPENS_AT + 1)).ok).toBe(false);
    expect((await vote(community, meetingId, 6, all(1), OPENS_AT + 1)).ok).toBe(true);
    const [turnout] = await scene.db.read(listTurnout(scene, meetingId));
    expect(turnout.find(({ key }) => key === "item:1")).toMatchObject({ owners: 1, eligibleOwners: 6 });
  });
});

describe("messages", () => {
  const sentAt = async (community: CommunityAddress, now: number): Promise<{ kind: string; text: string }[]> => {
    const sent: { kind: string; text: string }[] = [];
    await sendDue(sceneAt(community, now), {
      name: "keep",
      send: async ({ kind, text }) => {
        sent.push({ kind, text });
        return { taken: true, detail: "kept" };
      },
    });
    return sent;
  };

  test("carry each household its own link at notice, and a reminder to none who has voted meanwhile", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const links = await sentAt(community, T0 + 3_600_000);
    expect(links).toHaveLength(5);
    expect(new Set(links.map(({ text }) => /\/v\/[0-9a-z]{32}/.exec(text)?.[0])).size).toBe(5);
    const day = CLOSES_AT - DAY_MS;
    await runDue(sceneAt(community, day));
    expect((await vote(community, meetingId, 0, all(1), day + 1)).ok).toBe(true);
    const reminders = await sentAt(community, day + 2);
    expect(reminders.map(({ kind }) => kind)).toEqual(Array(4).fill("vote.reminder"));
    expect(reminders[0]!.text).toContain("还没有收到您的表决");
    expect(await sentAt(community, CLOSES_AT - 1)).toEqual([]);
  });
});

describe("an end", () => {
  test("by withdrawal needs a reason, is public, and lets nobody vote any more", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const scene = as(community, "chair", OPENS_AT + 1);
    expect(await withdraw(scene, meetingId, "")).toMatchObject({ error: { reason: "reason_missing" } });
    expect(await withdraw(scene, meetingId, "另行安排")).toEqual({ ok: true, value: { state: "withdrawn" } });
    expect(await withdraw(scene, meetingId, "另行安排")).toEqual({ ok: true, value: { state: "withdrawn" } });
    expect((await vote(community, meetingId, 1, all(1), OPENS_AT + 2)).ok).toBe(false);
    expect((await eventKinds(community, meetingId)).filter((kind) => kind === "withdrawn")).toHaveLength(1);
  });

  test("by annulment names the authority and its document", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const street = as(community, "street");
    const order = { authority: "璧城街道办事处", document: "", why: "名册有误" };
    expect(await annul(street, meetingId, order)).toMatchObject({ error: { reason: "document_missing" } });
    const done = await annul(street, meetingId, { ...order, document: "璧城街函〔2026〕8号" });
    expect(done).toEqual({ ok: true, value: { state: "annulled" } });
  });
});

describe("a count", () => {
  test("is exactly the acknowledged ballots, and no ballot follows it", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await opened(community);
    for (let voter = 0; voter < 20; voter += 1)
      expect((await vote(community, meetingId, voter, all(voter < 15 ? 1 : 2), OPENS_AT + 1000)).ok).toBe(true);
    await runDue(sceneAt(community, CLOSES_AT));
    const teller = as(community, "teller", CLOSES_AT + 1);
    expect(await countMeeting(teller, meetingId)).toEqual({ ok: true, value: { runNo: 1 } });
    expect(await countMeeting(teller, meetingId)).toEqual({ ok: true, value: { runNo: 1 } });
    expect((await vote(community, meetingId, 25, all(1), CLOSES_AT - 1)).ok).toBe(false);
    expect((await meetingRow(community, meetingId)).state).toBe("counted");
    expect((await eventKinds(community, meetingId)).slice(-2)).toEqual(["counting_began", "counted"]);
  });

  test("before the close is refused", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    expect(await countMeeting(as(community, "teller", CLOSES_AT - 1), meetingId)).toMatchObject({
      error: { reason: "wrong_state" },
    });
  });

  test("that crashed after shutting the door is finished by cron, once", async () => {
    const community = await communityWithRoll(10);
    const meetingId = await opened(community);
    for (let voter = 0; voter < 8; voter += 1) await vote(community, meetingId, voter, all(1), OPENS_AT + 1000);
    await runDue(sceneAt(community, CLOSES_AT));
    const scene = sceneAt(community, CLOSES_AT + 1);
    // What countMeeting writes first, and then nothing: the process died.
    await scene.db.read(
      scene.db.run(
        sql`UPDATE meeting SET counted_at = ${CLOSES_AT + 1}, counted_by = 'person-teller', version = version + 1 WHERE meeting_id = ${meetingId}`,
      ),
    );
    expect(await runDue(sceneAt(community, CLOSES_AT + 2))).toEqual([{ meetingId, step: "finish_count" }]);
    expect(await runDue(sceneAt(community, CLOSES_AT + 3))).toEqual([]);
    const [runs] = await scene.db.read(listRuns(scene, meetingId));
    expect(runs).toHaveLength(1);
    expect(runs[0]!.countedBy).toBe("person-teller");
  });

  test("of a storm of ballots around the closing instant has exactly those that were acknowledged", async () => {
    const community = await communityWithRoll(60);
    const meetingId = await opened(community);
    const casts = Array.from({ length: 50 }, (_, at) =>
      vote(community, meetingId, at, all(1), CLOSES_AT - 25 + at).then((result) => ({ at, result })),
    );
    const close = runDue(sceneAt(community, CLOSES_AT)).then(() =>
      countMeeting(as(community, "teller", CLOSES_AT), meetingId),
    );
    const [counted, ...done] = await Promise.all([close, ...casts]);
    expect(counted.ok).toBe(true);
    const acknowledged = done.filter(({ result }) => result.ok);
    for (const { at } of acknowledged) expect(at).toBeLessThan(25);
    const scene = sceneAt(community);
    const [runs] = await scene.db.read(listRuns(scene, meetingId));
    expect(JSON.parse(runs[0]!.summary).ballots).toBe(acknowledged.length);
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM ballot WHERE meeting_id = ${meetingId}`)).toBe(
      acknowledged.length,
    );
    // Those pressed at or after the instant were told so.
    for (const { at, result } of done) if (at >= 25) expect(result).toMatchObject({ error: { reason: "closed" } });
  });

  test("beside which silence is deemed keeps both, and only the reached are deemed", async () => {
    const community = await communityWithRoll(30);
    const rules = rulesWith({ unreturned: "delivered_unreturned_follows_majority" });
    const meetingId = await opened(community, { rules, items: [itemOf(1)] });
    for (let voter = 0; voter < 12; voter += 1) await vote(community, meetingId, voter, all(1, 1), OPENS_AT + 1000);
    const scene = sceneAt(community, OPENS_AT + 2000);
    for (const voter of [13, 14, 15])
      await scene.db.read(
        scene.db.run(
          sql`INSERT INTO contact_event(community_id, meeting_id, voter_no, event_no, kind, at, by_person, note)
              VALUES (${community.id}, ${meetingId}, ${voter}, 9, ${voter === 15 ? "sent" : "opened"}, ${OPENS_AT}, 'outbox', '')`,
        ),
      );
    await runDue(sceneAt(community, CLOSES_AT));
    await countMeeting(as(community, "teller", CLOSES_AT + 1), meetingId);
    const { listResults } = await import("../../src/assembly/counting/store.ts");
    const [results] = await scene.db.read(listResults(scene, meetingId));
    const strict = JSON.parse(results.find(({ basis }) => basis === "strict")!.result);
    const deemed = JSON.parse(results.find(({ basis }) => basis === "deemed")!.result);
    expect(strict.participated.owners).toBe(12);
    expect(deemed).toMatchObject({ kind: "counted", added: { owners: 2 } });
    expect(deemed.count.participated.owners).toBe(14);
  });
});

describe("publication", () => {
  const counted = async () => {
    const community = await communityWithRoll(30);
    const meetingId = await opened(community, {
      items: [itemOf(1), itemOf(2, { matter: 3, question: approveUpTo(2, ["甲", "乙", "丙"]) })],
    });
    for (let voter = 0; voter < 24; voter += 1)
      await vote(
        community,
        meetingId,
        voter,
        [
          { itemNo: 1, options: [1] },
          { itemNo: 2, options: [1, 2] },
        ],
        OPENS_AT + 1000,
      );
    await runDue(sceneAt(community, CLOSES_AT));
    await countMeeting(as(community, "teller", CLOSES_AT + 1), meetingId);
    return { community, meetingId };
  };

  test("is by another person than counted, and once", async () => {
    const { community, meetingId } = await counted();
    const at = CLOSES_AT + DAY_MS;
    const teller = as(community, "teller", at);
    expect(await publishResult(teller, meetingId, 1)).toMatchObject({ error: { reason: "own_count" } });
    const both = await Promise.all([
      publishResult(as(community, "chair", at), meetingId, 1),
      publishResult(as(community, "chair", at), meetingId, 1),
    ]);
    expect(both).toEqual([
      { ok: true, value: { run: 1 } },
      { ok: true, value: { run: 1 } },
    ]);
    expect((await eventKinds(community, meetingId)).filter((kind) => kind === "published")).toHaveLength(1);
    expect(await meetingRow(community, meetingId)).toMatchObject({ state: "published", publishedAt: at });
  });

  test("is followed by a recount that must be published before the result is final", async () => {
    const { community, meetingId } = await counted();
    const at = CLOSES_AT + DAY_MS;
    await publishResult(as(community, "chair", at), meetingId, 1);
    const teller = as(community, "teller", at + 1);
    const asked = { afterRun: 1, why: "业主申请复核" };
    expect(await recount(teller, meetingId, { ...asked, why: "" })).toMatchObject({
      error: { reason: "reason_missing" },
    });
    expect(await recount(teller, meetingId, asked)).toEqual({ ok: true, value: { runNo: 2 } });
    expect(await recount(teller, meetingId, asked)).toEqual({ ok: true, value: { runNo: 2 } });
    const late = at + 60 * DAY_MS;
    expect(await runDue(sceneAt(community, late))).toEqual([]);
    expect((await publishResult(as(community, "chair", at + 2), meetingId, 2)).ok).toBe(true);
    // The same sums: the period of objection runs on.
    expect((await meetingRow(community, meetingId)).publishedAt).toBe(at);
    expect(await runDue(sceneAt(community, late))).toEqual([{ meetingId, step: "finalise" }]);
    expect((await meetingRow(community, meetingId)).state).toBe("final");
  });
});
