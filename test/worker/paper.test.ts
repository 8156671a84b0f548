import { describe, expect, test } from "vitest";
import { approveUpTo } from "../../src/assembly/agenda/rules.ts";
import { castBallot } from "../../src/assembly/ballots/actions.ts";
import type { Answer } from "../../src/assembly/ballots/rules.ts";
import { countWaitingPapers } from "../../src/assembly/counting/store.ts";
import { issueLinks } from "../../src/assembly/links/actions.ts";
import { enterPaper, type PaperInput } from "../../src/assembly/paper/actions.ts";
import { withinAuthority } from "../../src/assembly/paper/rules.ts";
import { listWaitingSheets } from "../../src/assembly/paper/store.ts";
import { recordProxy } from "../../src/assembly/proxies/actions.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { Permission } from "../../src/platform/access.ts";
import { sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { sceneAt, staffSceneAt } from "./community-of-test.ts";
import { signedIn } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import {
  CLOSES_AT,
  countRows,
  DURING,
  DURING_DAY,
  flats,
  itemOfTest,
  makeVoting,
  numberOf,
  OPENS_AT,
  type VotingOfTest,
} from "./voting-of-test.ts";

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
const photo = { name: "票.jpg", bytes: JPEG };

const yes: Answer[] = [
  { itemNo: 1, options: [1] },
  { itemNo: 2, options: [1] },
];
const no: Answer[] = [
  { itemNo: 1, options: [2] },
  { itemNo: 2, options: [1] },
];

const who = (voting: VotingOfTest, person: string, permission: Permission, now = DURING): StaffScene =>
  staffSceneAt(voting.community, person, [permission], now);
const clerk = (voting: VotingOfTest, now = DURING) => who(voting, "clerk", "paper.enter", now);
const teller = (voting: VotingOfTest, now = DURING) => who(voting, "teller", "paper.confirm", now);
const supervisor = (voting: VotingOfTest, now = DURING) => who(voting, "supervisor", "paper.confirm", now);

const sheet = (voting: VotingOfTest, more: Partial<PaperInput> = {}): PaperInput => ({
  meetingId: voting.meetingId,
  voterNo: 0,
  typed: { signed: true, answers: yes },
  ...more,
});
const first = (voting: VotingOfTest, more: Partial<PaperInput> = {}): PaperInput => sheet(voting, { photo, ...more });

const leaves = async (voting: VotingOfTest): Promise<string[]> => {
  const { db } = sceneAt(voting.community);
  const [rows] = await db.read(
    db.all<{ type: string }>(
      sql`SELECT type FROM record_leaf WHERE community_id = ${voting.community.id} AND subject = ${voting.meetingId} ORDER BY seq`,
    ),
  );
  return rows.map(({ type }) => type).filter((type) => !type.startsWith("roll."));
};

const ballots = async (voting: VotingOfTest) => {
  const { db } = sceneAt(voting.community);
  const [rows] = await db.read(
    db.all<{ channel: string; answers: string; evidence: string }>(
      sql`SELECT channel, answers, evidence FROM ballot WHERE meeting_id = ${voting.meetingId}`,
    ),
  );
  return rows;
};

describe("a ballot on paper", () => {
  test("read the same by two people is a ballot in the second one's batch", async () => {
    const voting = await makeVoting();
    const one = await enterPaper(clerk(voting), first(voting));
    expect(one).toEqual({ ok: true, value: { state: "waiting", paperNo: 1, cast: null } });
    expect(await ballots(voting)).toEqual([]);
    const scene = teller(voting);
    const two = await enterPaper(scene, sheet(voting));
    expect(two).toMatchObject({ ok: true, value: { state: "ballot", cast: { outcome: "cast", channel: "paper" } } });
    expect(scene.db.meter.roundTrips).toBe(2);
    expect(await ballots(voting)).toMatchObject([
      { channel: "paper", answers: '[{"item":1,"options":[1]},{"item":2,"options":[1]}]' },
    ]);
    expect(await leaves(voting)).toEqual(["paper.received", "ballot.cast"]);
    const { db } = sceneAt(voting.community);
    expect(
      await numberOf(
        db,
        sql`SELECT owners AS n FROM turnout WHERE meeting_id = ${voting.meetingId} AND key = 'item:1'`,
      ),
    ).toBe(1);
  });

  test("read differently waits for a third, and the reading two people share counts", async () => {
    const voting = await makeVoting();
    await enterPaper(clerk(voting), first(voting));
    const two = await enterPaper(teller(voting), sheet(voting, { typed: { signed: true, answers: no } }));
    expect(two).toMatchObject({ value: { state: "waiting" } });
    expect(await ballots(voting)).toEqual([]);
    const three = await enterPaper(supervisor(voting), sheet(voting, { typed: { signed: true, answers: no } }));
    expect(three).toMatchObject({ value: { state: "ballot" } });
    expect((await ballots(voting))[0]!.answers).toContain('{"item":1,"options":[2]}');
  });

  test("read three ways is settled as disputed, counts for nothing, and stops no count", async () => {
    const voting = await makeVoting();
    const voided: Answer[] = [{ itemNo: 1, options: [] }, yes[1]!];
    await enterPaper(clerk(voting), first(voting));
    await enterPaper(teller(voting), sheet(voting, { typed: { signed: true, answers: no } }));
    const three = await enterPaper(supervisor(voting), sheet(voting, { typed: { signed: true, answers: voided } }));
    expect(three).toMatchObject({ value: { state: "disputed", cast: null } });
    expect(await leaves(voting)).toEqual(["paper.received", "paper.disputed"]);
    const scene = sceneAt(voting.community);
    const [waiting] = await scene.db.read(countWaitingPapers(scene, voting.meetingId));
    expect(waiting[0]!.waiting).toBe(0);
  });

  test("is never read twice by one person, nor first by who confirms, nor second by who enters", async () => {
    const voting = await makeVoting();
    expect(await enterPaper(teller(voting), first(voting))).toMatchObject({
      error: { reason: "not_your_part", part: "enter" },
    });
    await enterPaper(clerk(voting), first(voting));
    expect(await enterPaper(who(voting, "clerk-2", "paper.enter"), sheet(voting))).toMatchObject({
      error: { reason: "not_your_part", part: "confirm" },
    });
    const both = staffSceneAt(voting.community, "clerk", ["paper.enter", "paper.confirm"], DURING);
    expect(await enterPaper(both, sheet(voting, { typed: { signed: true, answers: no } }))).toMatchObject({
      error: { reason: "same_person_twice" },
    });
    // The same reading again is a repeat, not a second reading.
    expect(await enterPaper(clerk(voting), first(voting))).toMatchObject({ error: { reason: "not_your_part" } });
    expect(await enterPaper(both, sheet(voting))).toMatchObject({ ok: true, value: { state: "waiting" } });
    expect(await countRows(sceneAt(voting.community).db, "paper_entry", voting.meetingId)).toBe(1);
  });

  test("of which two people give the second reading at once is one ballot", async () => {
    const voting = await makeVoting();
    await enterPaper(clerk(voting), first(voting));
    const both = await Promise.all([
      enterPaper(teller(voting), sheet(voting)),
      enterPaper(supervisor(voting), sheet(voting)),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await ballots(voting)).toHaveLength(1);
  });

  test("without a photograph, or with a file that is none, is not taken", async () => {
    const voting = await makeVoting();
    expect(await enterPaper(clerk(voting), sheet(voting))).toMatchObject({ error: { reason: "photo_missing" } });
    const script = { name: "票.jpg", bytes: new TextEncoder().encode("<script>alert(1)</script>") };
    expect(await enterPaper(clerk(voting), first(voting, { photo: script }))).toMatchObject({
      error: { reason: "file_type_refused" },
    });
    expect(
      await enterPaper(clerk(voting), first(voting, { photo: { name: "x", bytes: new Uint8Array() } })),
    ).toMatchObject({
      error: { reason: "file_empty" },
    });
    expect(await countRows(sceneAt(voting.community).db, "paper_entry", voting.meetingId)).toBe(0);
  });

  test("without a signature does not take part, and the household may still vote", async () => {
    const voting = await makeVoting();
    const unsigned = { typed: { signed: false, answers: [] } };
    await enterPaper(clerk(voting), first(voting, unsigned));
    expect(await enterPaper(teller(voting), sheet(voting, unsigned))).toMatchObject({
      value: { state: "unsigned", cast: null },
    });
    expect(await ballots(voting)).toEqual([]);
    expect(await leaves(voting)).toEqual(["paper.received", "paper.unsigned"]);
    expect(await enterPaper(clerk(voting, DURING + 1), first(voting))).toMatchObject({
      value: { state: "waiting", paperNo: 2 },
    });
    expect(await enterPaper(teller(voting, DURING + 1), sheet(voting))).toMatchObject({ value: { state: "ballot" } });
  });

  test("with a void mark voids that item and nothing else", async () => {
    const voting = await makeVoting({
      items: [itemOfTest(1), itemOfTest(2, { question: approveUpTo(2, ["甲", "乙", "丙"]) })],
    });
    const typed = { signed: true, answers: [yes[0]!, { itemNo: 2, options: [1, 2, 3] }] };
    await enterPaper(clerk(voting), first(voting, { typed }));
    await enterPaper(teller(voting), sheet(voting, { typed }));
    expect((await ballots(voting))[0]!.answers).toBe('[{"item":1,"options":[1]},{"item":2,"options":[]}]');
    const { db } = sceneAt(voting.community);
    const [parts] = await db.read(
      db.all<{ itemNo: number }>(sql`SELECT item_no AS itemNo FROM ballot_part WHERE meeting_id = ${voting.meetingId}`),
    );
    expect(parts).toEqual([{ itemNo: 1 }]);
  });

  test("whose every mark is void takes part in nothing", async () => {
    const voting = await makeVoting();
    const typed = { signed: true, answers: [1, 2].map((itemNo) => ({ itemNo, options: [] })) };
    await enterPaper(clerk(voting), first(voting, { typed }));
    expect(await enterPaper(teller(voting), sheet(voting, { typed }))).toMatchObject({ value: { state: "ballot" } });
    const { db } = sceneAt(voting.community);
    expect(await countRows(db, "ballot_part", voting.meetingId)).toBe(0);
    expect(await numberOf(db, sql`SELECT sum(owners) AS n FROM turnout WHERE meeting_id = ${voting.meetingId}`)).toBe(
      0,
    );
  });

  test("with an option or an item the ballot does not have is a slip of the typist, not a void mark", async () => {
    const voting = await makeVoting();
    const typed = (answers: Answer[]) => ({ typed: { signed: true, answers } });
    expect(await enterPaper(clerk(voting), first(voting, typed([yes[0]!, { itemNo: 2, options: [9] }])))).toMatchObject(
      {
        error: { reason: "unknown_option" },
      },
    );
    expect(await enterPaper(clerk(voting), first(voting, typed([...yes, { itemNo: 3, options: [1] }])))).toMatchObject({
      error: { reason: "unknown_item" },
    });
    expect(await enterPaper(clerk(voting), first(voting, typed([yes[0]!])))).toMatchObject({
      error: { reason: "item_missing" },
    });
    expect(await enterPaper(clerk(voting), first(voting, { voterNo: 99 }))).toMatchObject({
      error: { reason: "unknown_voter" },
    });
  });
});

describe("the time a sheet was handed in", () => {
  const at = async (receivedAt: number, now = CLOSES_AT + 3_600_000) => {
    const voting = await makeVoting({ state: "closed" });
    const entered = await enterPaper(clerk(voting, now), first(voting, { receivedAt }));
    return entered.ok ? entered.value.state : entered.error.reason;
  };
  test("counts to the last millisecond before the close, although it is entered after it", async () => {
    expect(await at(CLOSES_AT - 1)).toBe("waiting");
    expect(await at(CLOSES_AT)).toBe("received_after_close");
    expect(await at(OPENS_AT)).toBe("waiting");
    expect(await at(OPENS_AT - 1)).toBe("received_before_opening");
    expect(await at(DURING + 1, DURING)).toBe("received_in_future");
  });

  test("lets both readings come after the close, until the count and not after", async () => {
    const voting = await makeVoting({ state: "closed" });
    const now = CLOSES_AT + 3_600_000;
    await enterPaper(clerk(voting, now), first(voting, { receivedAt: CLOSES_AT - 1 }));
    await enterPaper(clerk(voting, now), first(voting, { voterNo: 1, receivedAt: CLOSES_AT - 1 }));
    expect(await enterPaper(teller(voting, now), sheet(voting))).toMatchObject({ value: { state: "ballot" } });
    const { db } = sceneAt(voting.community);
    await db.read(db.run(sql`UPDATE meeting SET counted_at = ${now} WHERE meeting_id = ${voting.meetingId}`));
    expect(await enterPaper(teller(voting, now), sheet(voting, { voterNo: 1 }))).toMatchObject({
      error: { reason: "closed" },
    });
    expect(await ballots(voting)).toHaveLength(1);
  });

  test("matters also in the minutes between the close and the clock that closes the meeting", async () => {
    const voting = await makeVoting();
    await enterPaper(clerk(voting, CLOSES_AT + 1), first(voting, { receivedAt: CLOSES_AT - 1 }));
    expect(await enterPaper(teller(voting, CLOSES_AT + 2), sheet(voting))).toMatchObject({
      value: { state: "ballot" },
    });
  });
});

describe("paper and a telephone at once", () => {
  const withLink = async () => {
    const voting = await makeVoting();
    const scene = sceneAt(voting.community);
    await scene.db.write(issueLinks(scene, voting.meetingId, [0]));
    return voting;
  };
  const online = (voting: VotingOfTest, now = DURING) =>
    castBallot(sceneAt(voting.community, now), {
      meetingId: voting.meetingId,
      voterNo: 0,
      answers: no,
      channel: "web",
      evidence: { by: "link", generation: 1, factor: "phone" },
    });

  test("a sheet that comes after the vote is set aside with the ballot that counts, and both are in the record", async () => {
    const voting = await withLink();
    const cast = await online(voting);
    const refused = await enterPaper(clerk(voting, DURING + 1), first(voting));
    expect(refused).toMatchObject({
      error: { reason: "set_aside", counts: { channel: "web", leafHash: cast.ok ? cast.value.leafHash : "" } },
    });
    await enterPaper(clerk(voting, DURING + 2), first(voting));
    expect(await leaves(voting)).toEqual(["ballot.cast", "paper.set_aside"]);
    expect(await ballots(voting)).toHaveLength(1);
  });

  test("a vote between the two readings is the one that counts, and the sheet waits no longer", async () => {
    const voting = await withLink();
    await enterPaper(clerk(voting), first(voting));
    await online(voting, DURING + 1);
    expect(await enterPaper(teller(voting, DURING + 2), sheet(voting))).toMatchObject({
      error: { reason: "set_aside" },
    });
    expect(await leaves(voting)).toEqual(["paper.received", "ballot.cast", "paper.set_aside"]);
    const scene = sceneAt(voting.community);
    const [waiting] = await scene.db.read(countWaitingPapers(scene, voting.meetingId));
    expect(waiting[0]!.waiting).toBe(0);
  });

  test("whichever commits first counts; there is one ballot and no sheet is left hanging", async () => {
    for (let round = 0; round < 3; round += 1) {
      const voting = await withLink();
      await enterPaper(clerk(voting), first(voting));
      await Promise.all([online(voting), enterPaper(teller(voting), sheet(voting))]);
      expect(await ballots(voting)).toHaveLength(1);
      const scene = sceneAt(voting.community);
      const [waiting] = await scene.db.read(listWaitingSheets(scene, voting.meetingId, "x", 10));
      expect(waiting).toEqual([]);
    }
  });

  test("a telephone that comes after the paper ballot gets the paper ballot's receipt", async () => {
    const voting = await withLink();
    await enterPaper(clerk(voting), first(voting));
    const counted = await enterPaper(teller(voting), sheet(voting));
    const late = await online(voting, DURING + 1);
    expect(late).toMatchObject({
      ok: true,
      value: { outcome: "stands", channel: "paper", leafHash: counted.ok ? counted.value.cast!.leafHash : "" },
    });
  });
});

describe("a sheet signed by an agent", () => {
  const withProxy = async (itemNos: readonly number[] = []) => {
    const voting = await makeVoting();
    const scene = staffSceneAt(voting.community, "clerk", ["proxy.record"], DURING);
    const recorded = await recordProxy(scene, {
      meetingId: voting.meetingId,
      voterNo: 0,
      terms: {
        agentName: "代理甲",
        agentLastFour: "123X",
        itemNos,
        instructions: "",
        validUntil: dayOf(CLOSES_AT),
        signed: true,
        agentIsProviderStaff: false,
      },
    });
    if (!recorded.ok) throw new Error(recorded.error.reason);
    return voting;
  };
  const byAgent = { typed: { signed: true, answers: yes, byAgent: true } };

  test("is the principal's ballot through the channel of agents, and uses the authorisation up", async () => {
    const voting = await withProxy();
    await enterPaper(clerk(voting), first(voting, byAgent));
    expect(await enterPaper(teller(voting), sheet(voting, byAgent))).toMatchObject({
      value: { state: "ballot", cast: { channel: "proxy" } },
    });
    const { db } = sceneAt(voting.community);
    expect(await numberOf(db, sql`SELECT used_at AS n FROM proxy WHERE meeting_id = ${voting.meetingId}`)).toBe(DURING);
  });

  test("votes only on what the authorisation names", async () => {
    const voting = await withProxy([2]);
    await enterPaper(clerk(voting), first(voting, byAgent));
    await enterPaper(teller(voting), sheet(voting, byAgent));
    expect((await ballots(voting))[0]!.answers).toBe('[{"item":1,"options":[]},{"item":2,"options":[1]}]');
  });

  test("cannot be entered without an authorisation on record, and is not the same reading as the owner's own", async () => {
    const bare = await makeVoting();
    expect(await enterPaper(clerk(bare), first(bare, byAgent))).toMatchObject({
      error: { reason: "no_proxy_on_record" },
    });
    const voting = await withProxy();
    await enterPaper(clerk(voting), first(voting, byAgent));
    expect(await enterPaper(teller(voting), sheet(voting))).toMatchObject({ value: { state: "waiting" } });
  });

  test("marks outside the authority are void; naming no item means all", () => {
    const reading = { signed: true, answers: yes };
    expect(withinAuthority(reading, [])).toEqual(reading);
    expect(withinAuthority(reading, [1]).answers).toEqual([yes[0], { itemNo: 2, options: [] }]);
  });
});

describe("through the pages", () => {
  test.each([
    [30, false],
    [31, true],
  ])("of %i households in a building thirty are listed, and that there are more is said: %s", async (homes, more) => {
    const community = await makeStaffedCommunity();
    await makeVoting({ community, units: flats(homes) });
    const at = (path: string) => `/c/${community.slug}/desk/meetings/1/paper${path}`;
    const teller = await signedIn(community, "teller", DURING_DAY);
    await teller.get(at("?building=1%E6%A0%8B"));
    expect(new Set(teller.page.match(/\/paper\/\d+"/g)).size).toBe(30);
    expect(teller.page.includes("只列出前30户")).toBe(more);
    await teller.get(at("?room=no-such-room"));
    expect(teller.page).toContain("没有找到");
  });

  test("one person enters with a photograph, another checks without seeing it, and the list says what became of it", async () => {
    const community = await makeStaffedCommunity();
    await makeVoting({ community });
    const at = (path: string) => `/c/${community.slug}/desk/meetings/1/paper${path}`;
    const secretary = await signedIn(community, "secretary", DURING_DAY);
    const teller = await signedIn(community, "teller", DURING_DAY);
    await secretary.get(at("?building=1%E6%A0%8B&room=102"));
    expect(secretary.page).toContain(at("/1"));
    await secretary.get(at("/1"));
    const slip = await secretary.submit(at("/1"), { signed: "owner", "item-1": "2", receivedAt: "2026-11-19T09:00" });
    expect(slip.status).toBe(422);
    expect(secretary.page).toContain("议题2：请按票面选择");
    expect(secretary.page).toMatch(/name="item-1" value="2"[^>]*checked/);

    const body = new FormData();
    const fields = {
      ...secretary.hidden(at("/1")),
      signed: "owner",
      "item-1": "2",
      "item-2": "void",
      receivedAt: "2026-11-19T09:00",
    };
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("photo", new File([JPEG], "票.jpg"));
    expect((await secretary.send(at("/1"), { method: "POST", body })).status).toBe(303);
    await secretary.get(at("/1"));
    expect(secretary.page).toContain("您的录入已保存");

    await teller.get(at(""));
    expect(teller.page).toContain("等第二人录入");
    await teller.get(at("/1"));
    expect(teller.page).toContain("核对纸质票");
    expect(teller.page).not.toContain("checked");
    const photo = /href="([^"]*\/photos\/[^"]*)"/.exec(teller.page)![1]!;
    expect((await teller.send(photo)).headers.get("content-type")).toBe("image/jpeg");
    expect((await (await signedIn(community, "volunteer", DURING_DAY)).get(photo)).status).toBe(404);
    expect((await teller.submit(at("/1"), { signed: "owner", "item-1": "2", "item-2": "void" })).status).toBe(303);
    await teller.get(at(""));
    expect(teller.page).toContain("已计入");
    await secretary.get(at("/1"));
    expect(secretary.page).toContain("这一户已经投过票");
    const aside = await secretary.submit(at("/1"));
    expect(aside.status).toBe(409);
    expect(secretary.page).toContain("这张纸质票不计");
  });
});
