import { describe, expect, test } from "vitest";
import { castBallot } from "../../src/assembly/ballots/actions.ts";
import { changeVoter, openNote, recordContacts, resendLinks } from "../../src/assembly/delivery/actions.ts";
import { countDelivery, countFiltered, listContacts, listDelivery } from "../../src/assembly/delivery/lists.ts";
import { boardOf, type ContactKind, deliveryState, STRENGTH } from "../../src/assembly/delivery/rules.ts";
import { insertContacts, recountDelivery } from "../../src/assembly/delivery/store.ts";
import { identify, issueLinks, openLink, revokeLink, tokenOf } from "../../src/assembly/links/actions.ts";
import { listLinksOf } from "../../src/assembly/links/store.ts";
import { listTurnout } from "../../src/assembly/meeting/store.ts";
import { listBuildings } from "../../src/community/snapshot/store.ts";
import { newId } from "../../src/kernel/id.ts";
import { sql } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import type { Adapter, OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { ROWS_BEHIND, sceneAt, staffSceneAt } from "./community-of-test.ts";
import { signedIn, stranger } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import { countRows, DURING, DURING_DAY, flats, makeVoting, numberOf, type VotingOfTest } from "./voting-of-test.ts";

const key = (): string => newId<string>(systemRandom);

const volunteer = (voting: VotingOfTest, now = DURING_DAY) =>
  staffSceneAt(voting.community, "volunteer", ["meeting.deliver"], now);

const meetingOf = (voting: VotingOfTest) => ({ id: voting.meetingId as string, snapshot: voting.frozen.snapshotId });

async function linked(voting: VotingOfTest): Promise<VotingOfTest> {
  const scene = sceneAt(voting.community);
  const voterNos = voting.frozen.voters.map(({ voterNo }) => voterNo);
  const written = await scene.db.write(issueLinks(scene, voting.meetingId, voterNos));
  if (!written.ok) throw new Error(written.error.code);
  return voting;
}

/** The board of a meeting, building by building. */
async function boardFrom(voting: VotingOfTest) {
  const scene = sceneAt(voting.community);
  const meeting = meetingOf(voting);
  const [buildings, counts, turnout] = await scene.db.read(
    listBuildings(scene, meeting.snapshot),
    countDelivery(scene, meeting),
    listTurnout(scene, voting.meetingId),
  );
  const voted = turnout.map(({ key: name, owners }) => [name.replace(/^building:/, ""), owners] as const);
  return boardOf(buildings, counts, new Map(voted));
}

/** A gateway that keeps what it is given; it refuses the numbers named. */
function gateway(refuses: readonly string[] = []): { adapter: Adapter; sent: OutgoingMessage[] } {
  const sent: OutgoingMessage[] = [];
  const send: Adapter["send"] = async (message) => {
    if (refuses.includes(message.phone)) return { taken: false, detail: "refused" };
    sent.push(message);
    return { taken: true, detail: "kept" };
  };
  return { adapter: { name: "keep", send }, sent };
}

const kindsOf = async (voting: VotingOfTest, voterNo: number): Promise<string[]> => {
  const scene = sceneAt(voting.community);
  const [rows] = await scene.db.read(listContacts(scene, voting.meetingId, voterNo));
  return rows.map(({ kind }) => kind).reverse();
};

const vote = (voting: VotingOfTest, voterNo: number) =>
  castBallot(sceneAt(voting.community, DURING_DAY), {
    meetingId: voting.meetingId,
    voterNo,
    answers: [1, 2].map((itemNo) => ({ itemNo, options: [1] })),
    channel: "web",
    evidence: { by: "link", generation: 1, factor: "phone" },
  });

describe("the message with a link", () => {
  test("goes to whoever votes, carries the address that opens, and its outcome is noted with whose number was read", async () => {
    const voting = await linked(await makeVoting({ units: flats(3) }));
    const scene = sceneAt(voting.community, DURING_DAY);
    const { adapter, sent } = gateway();
    await sendDue(scene, adapter);
    expect(sent.map(({ phone }) => phone).sort()).toEqual(["19900000000", "19900000001", "19900000002"]);
    const [link] = (await scene.db.read(listLinksOf(scene, voting.meetingId, 1)))[0]!;
    expect(sent.find(({ phone }) => phone.endsWith("1"))!.text).toContain(
      `http://localhost/c/${voting.community.slug}/v/${tokenOf(scene, voting.meetingId, link!)}`,
    );
    expect(await kindsOf(voting, 1)).toEqual(["sent"]);
    expect(
      await numberOf(
        scene.db,
        sql`SELECT count(*) AS n FROM pii_read WHERE community_id = ${voting.community.id} AND what = 'contact'`,
      ),
    ).toBe(3);
  });

  test("that a gateway refuses to the end is a failure, and an owner without a number is one at once", async () => {
    const voting = await linked(
      await makeVoting({
        units: [
          { building: "1栋", room: "101", areaDm2: 100, owners: [{ name: "甲", phone: "19900000007" }] },
          { building: "1栋", room: "102", areaDm2: 100, owners: [{ name: "乙", idTail: "1234" }] },
        ],
      }),
    );
    let now = DURING_DAY;
    const { adapter } = gateway(["19900000007"]);
    await sendDue(sceneAt(voting.community, now), adapter);
    expect(await kindsOf(voting, 1)).toEqual(["failed"]);
    expect(await kindsOf(voting, 0)).toEqual([]);
    for (let tries = 0; tries < 12; tries += 1) {
      now += 3_600_000;
      if (new Date(now + 8 * 3_600_000).getUTCHours() < 8) now += 12 * 3_600_000;
      await sendDue(sceneAt(voting.community, now), adapter);
    }
    expect(await kindsOf(voting, 0)).toEqual(["failed"]);
  });

  test("is not sent by night, nor for a link that was replaced or revoked, nor to one who has voted", async () => {
    const voting = await linked(await makeVoting({ units: flats(4) }));
    const night = gateway();
    await sendDue(sceneAt(voting.community, DURING), night.adapter); // 22:00
    expect(night.sent).toEqual([]);
    const staff = volunteer(voting);
    await revokeLink(staff, { meetingId: voting.meetingId, voterNo: 0, why: "遗失" });
    await vote(voting, 1);
    await staff.db.write(issueLinks(staff, voting.meetingId, [2]));
    const day = gateway();
    await sendDue(sceneAt(voting.community, DURING_DAY), day.adapter);
    expect(day.sent.map(({ phone }) => phone).sort()).toEqual(["19900000002", "19900000003"]);
  });

  test("sent again is one more message a day, and only to those who have not voted", async () => {
    const voting = await linked(await makeVoting({ units: flats(3) }));
    await sendDue(sceneAt(voting.community, DURING_DAY), gateway().adapter);
    await vote(voting, 0);
    const asked = { meetingId: voting.meetingId, voterNos: [0, 1, 2] };
    expect(await resendLinks(volunteer(voting), asked)).toEqual({ ok: true, value: { voters: 2 } });
    await resendLinks(volunteer(voting), asked);
    const again = gateway();
    await sendDue(sceneAt(voting.community, DURING_DAY), again.adapter);
    expect(again.sent).toHaveLength(2);
    expect(await resendLinks(volunteer(voting), { ...asked, voterNos: [] })).toMatchObject({
      error: { reason: "nobody_chosen" },
    });
  });
});

describe("what people write down", () => {
  test("keeps who, when and a sealed note; proof of delivery goes into the record by number, a door's answer does not", async () => {
    const voting = await linked(await makeVoting());
    const asked = { meeting: meetingOf(voting), voterNos: [1, 0, 1], kind: "handed" as const, note: "本人签收 张三" };
    expect(await recordContacts(volunteer(voting), asked, key())).toEqual({ ok: true, value: { voters: 2 } });
    await recordContacts(volunteer(voting), { ...asked, voterNos: [0], kind: "refused", note: "说不参加" }, key());
    const scene = sceneAt(voting.community);
    const [rows, leaves, stored] = await scene.db.read(
      listContacts(scene, voting.meetingId, 0),
      scene.db.all<{ entry: string }>(
        sql`SELECT entry FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'delivery.recorded'`,
      ),
      scene.db.all(sql`SELECT * FROM contact_event WHERE community_id = ${voting.community.id}`),
    );
    expect(rows.map(({ kind, byPerson, at }) => [kind, byPerson, at])).toEqual([
      ["refused", "volunteer", DURING_DAY],
      ["handed", "volunteer", DURING_DAY],
    ]);
    expect(await openNote(scene, voting.meetingId, rows[0]!.note)).toBe("说不参加");
    expect(leaves).toHaveLength(1);
    expect(JSON.parse(leaves[0]!.entry)).toMatchObject({ kind: "handed", voters: [0, 1], by: "volunteer" });
    expect(JSON.stringify([stored, leaves])).not.toContain("张三");
  });

  test("by one form twice is written once", async () => {
    const voting = await linked(await makeVoting());
    const asked = { meeting: meetingOf(voting), voterNos: [0], kind: "reached" as const, note: "" };
    const once = key();
    await Promise.all([1, 2, 3].map(() => recordContacts(volunteer(voting), asked, once)));
    expect(await kindsOf(voting, 0)).toEqual(["reached"]);
    expect(await recordContacts(volunteer(voting), { ...asked, voterNos: [1] }, once)).toMatchObject({
      error: { reason: "key_reused" },
    });
  });

  test("of nobody, of a stranger to the roll, or too long a note is refused", async () => {
    const voting = await linked(await makeVoting());
    const asked = { meeting: meetingOf(voting), voterNos: [0, 77], kind: "posted" as const, note: "" };
    expect(await recordContacts(volunteer(voting), asked, key())).toMatchObject({
      error: { reason: "unknown_voter", voterNo: 77 },
    });
    expect(await recordContacts(volunteer(voting), { ...asked, voterNos: [] }, key())).toMatchObject({
      error: { reason: "nobody_chosen" },
    });
    expect(
      await recordContacts(volunteer(voting), { ...asked, voterNos: [0], note: "长".repeat(201) }, key()),
    ).toMatchObject({
      error: { reason: "note_too_long" },
    });
    expect(await countRows(sceneAt(voting.community).db, "contact_event", voting.meetingId)).toBe(0);
  });

  test("stays as written", async () => {
    const voting = await linked(await makeVoting());
    await recordContacts(
      volunteer(voting),
      { meeting: meetingOf(voting), voterNos: [0], kind: "posted", note: "" },
      key(),
    );
    const { db } = sceneAt(voting.community);
    for (const attempt of [
      sql`UPDATE contact_event SET kind = 'opened' WHERE meeting_id = ${voting.meetingId}`,
      sql`DELETE FROM contact_event WHERE meeting_id = ${voting.meetingId}`,
      sql`INSERT OR REPLACE INTO contact_event SELECT * FROM contact_event WHERE meeting_id = ${voting.meetingId}`,
    ])
      expect((await db.write([db.run(attempt)])).ok).toBe(false);
  });
});

describe("the lists", () => {
  test("say of each voter what the rule says, for any events in any order", async () => {
    const kinds: ContactKind[] = [
      "sent",
      "failed",
      "opened",
      "handed",
      "posted",
      "announced",
      "reached",
      "refused",
      "to_visit",
    ];
    const voting = await makeVoting({ units: flats(12, 12) });
    const scene = sceneAt(voting.community);
    const events = new Map<number, ContactKind[]>();
    for (let voterNo = 0; voterNo < 12; voterNo += 1) {
      const own = Array.from({ length: voterNo % 5 }, (_, at) => kinds[(voterNo * 7 + at * 4) % kinds.length]!);
      events.set(voterNo, own);
      for (const kind of own)
        await scene.db.write(insertContacts(scene, voting.meetingId, [{ voterNo, kind, by: "x", note: "" }]));
    }
    const filter = { building: "1栋", onlyNotVoted: false };
    const [rows] = await scene.db.read(listDelivery(scene, meetingOf(voting), filter, { limit: 50, offset: 0 }));
    const expected = rows.map(({ voterNo }) => deliveryState(events.get(voterNo)!.map((kind, at) => ({ kind, at }))));
    expect(rows.map(({ state }) => state)).toEqual(expected);
    const [board] = await boardFrom(voting);
    for (const state of STRENGTH)
      expect(board!.by.get(state) ?? 0, state).toBe(expected.filter((one) => one === state).length);
  });

  test("filter by state and by not having voted, a page at a time, over 5,000 households", async () => {
    const voting = await linked(await makeVoting({ units: flats(5_000, 2_500) }));
    await vote(voting, 3);
    const scene = sceneAt(voting.community);
    await scene.db.write(
      insertContacts(
        scene,
        voting.meetingId,
        Array.from({ length: 1_000 }, (_, at) => ({ voterNo: at, kind: "sent", by: "outbox", note: "" })),
      ),
    );
    const started = Date.now();
    const [page] = await scene.db.read(
      listDelivery(
        scene,
        meetingOf(voting),
        { building: "1栋", state: "sent", onlyNotVoted: true },
        { limit: 50, offset: 950 },
      ),
    );
    expect(page).toHaveLength(49);
    const [first, second] = await boardFrom(voting);
    expect([first!.by.get("sent"), first!.by.get("none"), first!.voted]).toEqual([1_000, 1_500, 1]);
    expect([second!.by.get("none"), second!.voted]).toEqual([2_500, 0]);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test("keep sums that say what the events say, also after the sums are made anew", async () => {
    const voting = await makeVoting({ units: flats(40, 10) });
    const scene = sceneAt(voting.community);
    const kinds: readonly ContactKind[] = ["sent", "failed", "opened", "handed", "posted", "announced", "refused"];
    for (let round = 0; round < 12; round += 1) {
      const contacts = Array.from({ length: 9 }, (_, at) => ({
        voterNo: (round * 11 + at * 4) % 40,
        kind: kinds[(round * 5 + at * 3) % kinds.length]!,
        by: "x",
        note: "",
      }));
      const each = contacts.filter(({ voterNo }, at) => contacts.findIndex((one) => one.voterNo === voterNo) === at);
      await scene.db.write(insertContacts(scene, voting.meetingId, each));
    }
    const kept = await boardFrom(voting);
    const told = await Promise.all(
      ["1栋", "2栋", "3栋", "4栋"].map(async (building) => {
        const [rows] = await scene.db.read(
          listDelivery(scene, meetingOf(voting), { building, onlyNotVoted: false }, { limit: 50, offset: 0 }),
        );
        return STRENGTH.map((state) => rows.filter((row) => row.state === state).length);
      }),
    );
    const say = (board: typeof kept) => board.map(({ by }) => STRENGTH.map((state) => by.get(state) ?? 0));
    expect(say(kept)).toEqual(told);
    const [estate] = await scene.db.read(
      scene.db.all<{ voters: number }>(
        sql`SELECT sum(voters) AS voters FROM delivery_count WHERE meeting_id = ${voting.meetingId} AND building = ''`,
      ),
    );
    expect(estate[0]!.voters).toBe(40 - told.reduce((sum, [none]) => sum + none!, 0));
    await scene.db.write(recountDelivery(scene, voting.meetingId));
    expect(say(await boardFrom(voting))).toEqual(told);
  });

  test("cost a building what its own households cost, however many others there are and whatever happened to them", async () => {
    const costs = [];
    for (const units of [60, 600]) {
      const voting = await makeVoting({ units: flats(units, 20) });
      const scene = sceneAt(voting.community);
      for (const kind of ["sent", "failed", "opened"])
        await scene.db.write(
          insertContacts(
            scene,
            voting.meetingId,
            Array.from({ length: units }, (_, voterNo) => ({ voterNo, kind, by: "outbox", note: "" })),
          ),
        );
      const { db } = sceneAt(voting.community);
      const filter = { building: "2栋", onlyNotVoted: false };
      const here = { db, community: voting.community };
      await db.read(
        listDelivery(here, meetingOf(voting), filter, { limit: 50, offset: 0 }),
        countFiltered(here, meetingOf(voting), filter),
      );
      costs.push(db.meter.rowsRead);
    }
    expect(Math.abs(costs[1]! - costs[0]!)).toBeLessThanOrEqual(ROWS_BEHIND);
  });
});

describe("who votes for a head", () => {
  const pair = [
    { name: "甲", phone: "19900001111" },
    { name: "乙", phone: "19900002222" },
  ];
  const coOwned = async () =>
    linked(await makeVoting({ units: [{ building: "1栋", room: "101", areaDm2: 100, owners: pair }] }));
  const secretary = (voting: VotingOfTest) => staffSceneAt(voting.community, "secretary", ["roll.write"], DURING_DAY);
  const asked = (voting: VotingOfTest, name: string) => ({
    meetingId: voting.meetingId,
    voterNo: 0,
    partyId: voting.partyOf(name),
    why: "推选书",
    evidence: "",
  });

  test("is settled by the co-owners, kills the old link, and gives the chosen one a new one", async () => {
    const voting = await coOwned();
    const scene = secretary(voting);
    const [before] = await scene.db.read(listLinksOf(scene, voting.meetingId, 0));
    const old = tokenOf(scene, voting.meetingId, before[0]!);
    expect((await changeVoter(scene, asked(voting, "乙"))).ok).toBe(true);
    expect(await openLink(scene, old)).toMatchObject({ error: { reason: "link_not_valid" } });
    const session = { meetingId: voting.meetingId, voterNo: 0, generation: 2, factor: null };
    expect(await identify(sceneAt(voting.community, DURING_DAY), session, "1111")).toMatchObject({
      error: { reason: "wrong_last_four" },
    });
    expect((await identify(sceneAt(voting.community, DURING_DAY), session, "2222")).ok).toBe(true);
    // Asked again it is settled already, and no further link goes out.
    expect((await changeVoter(secretary(voting), asked(voting, "乙"))).ok).toBe(true);
    const [after] = await scene.db.read(listLinksOf(scene, voting.meetingId, 0));
    expect(after).toHaveLength(2);
  });

  test("needs a ground and an owner, and is not changed once the head has voted", async () => {
    const voting = await coOwned();
    expect(await changeVoter(secretary(voting), { ...asked(voting, "甲"), why: " " })).toMatchObject({
      error: { reason: "note_missing" },
    });
    const stranger = { ...asked(voting, "甲"), partyId: "nobody" as ReturnType<VotingOfTest["partyOf"]> };
    expect(await changeVoter(secretary(voting), stranger)).toMatchObject({ error: { reason: "not_an_owner" } });
    await changeVoter(secretary(voting), asked(voting, "甲"));
    const cast = await castBallot(sceneAt(voting.community, DURING_DAY), {
      meetingId: voting.meetingId,
      voterNo: 0,
      answers: [1, 2].map((itemNo) => ({ itemNo, options: [1] })),
      channel: "web",
      evidence: { by: "link", generation: 2, factor: "phone" },
    });
    expect(cast.ok).toBe(true);
    expect(await changeVoter(secretary(voting), asked(voting, "乙"))).toMatchObject({
      error: { reason: "already_voted" },
    });
  });
});

describe("the desk's pages", () => {
  const desk = async () => {
    const community = await makeStaffedCommunity();
    const voting = await linked(await makeVoting({ community, units: flats(8, 4) }));
    return { voting, at: (path: string) => `/c/${community.slug}/desk/meetings/1${path}` };
  };

  test("show each building, its households, and write down what was done for those chosen", async () => {
    const { voting, at } = await desk();
    const browser = await signedIn(voting.community, "volunteer", DURING_DAY);
    await browser.get(at("/delivery"));
    expect(browser.page).toContain("2栋");
    await browser.get(at("/delivery?building=1%E6%A0%8B"));
    expect(browser.page).toContain("尚未送达");
    const fields = new URLSearchParams(browser.hidden(at("/delivery/record")));
    for (const voter of ["0", "1"]) fields.append("voter", voter);
    fields.append("kind", "handed");
    const send = () =>
      browser.send(at("/delivery/record"), {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: fields.toString(),
      });
    const done = await send();
    expect(done.status).toBe(303);
    await send();
    expect(await kindsOf(voting, 0)).toEqual(["handed"]);
    await browser.open(done.headers.get("location")!);
    expect(browser.page).toContain("当面送达");
    await browser.get(at("/delivery?building=1%E6%A0%8B&state=handed"));
    expect(browser.page).toContain("共2户");
    await browser.submit(at("/delivery/record"), { all: "yes", kind: "posted" });
    expect(await kindsOf(voting, 1)).toEqual(["handed", "posted"]);
    expect(await kindsOf(voting, 2)).toEqual([]);
  });

  test("let a volunteer note at the door what it said, hide who has voted, and forge nothing", async () => {
    const { voting, at } = await desk();
    await vote(voting, 1);
    const browser = await signedIn(voting.community, "volunteer", DURING_DAY);
    await browser.get(at("/delivery/door?building=1%E6%A0%8B"));
    expect(browser.page).toContain("还有3户没有投票");
    expect(browser.page).not.toContain('id="v1"');
    const form = browser.hidden(at("/delivery/door/visit"));
    const done = await browser.post(at("/delivery/door/visit"), { ...form, kind: "to_visit", note: "晚上再来" });
    expect(done.headers.get("location")).toContain("#v0");
    await browser.open(at("/delivery/door?building=1%E6%A0%8B"));
    expect(browser.page).toContain("没人，要再来");
    expect(browser.page).toContain("晚上再来");
    expect((await browser.post(at("/delivery/door/visit"), { ...form, kind: "opened" })).status).toBe(404);
    expect((await browser.post(at("/delivery/door/visit"), { ...form, kind: "handed" })).status).toBe(404);
    expect(await kindsOf(voting, 0)).toEqual(["to_visit"]);
  });

  test("print slips, sheets and ballots; slips carry live links and are not a volunteer's", async () => {
    const { voting, at } = await desk();
    const secretary = await signedIn(voting.community, "secretary", DURING_DAY);
    const volunteers = await signedIn(voting.community, "volunteer", DURING_DAY);
    for (const path of ["/slips", "/sheet", "/papers"]) {
      await secretary.get(at(`${path}?building=1%E6%A0%8B`));
      expect(secretary.page).toContain("1栋 104");
      expect(secretary.page).not.toContain("2栋 101");
      expect((await secretary.get(at(path))).status).toBe(200);
    }
    await secretary.get(at("/slips?building=1%E6%A0%8B"));
    expect(secretary.page.match(/class="qr"/g)).toHaveLength(4);
    await secretary.get(at("/papers?building=1%E6%A0%8B&voter=2"));
    expect(secretary.page.match(/class="sheet"/g)).toHaveLength(1);
    expect(secretary.page).toContain("□ 同意");
    expect((await volunteers.get(at("/slips?building=1%E6%A0%8B"))).status).toBe(404);
    expect((await volunteers.get(at("/sheet?building=1%E6%A0%8B"))).status).toBe(200);
  });

  test("give out a new link with a reason, by the secretary and not by a volunteer", async () => {
    const { voting, at } = await desk();
    const secretary = await signedIn(voting.community, "secretary", DURING_DAY);
    await secretary.get(at("/voters/0"));
    expect((await secretary.submit(at("/voters/0/link"), { why: "" })).status).toBe(422);
    expect(secretary.page).toContain("请写明原因");
    expect((await secretary.submit(at("/voters/0/link"), { why: "短信没收到" })).status).toBe(303);
    await secretary.open(at("/voters/0"));
    expect(secretary.page).toContain("第2个");
    const volunteers = await signedIn(voting.community, "volunteer", DURING_DAY);
    await volunteers.get(at("/voters/0"));
    expect(volunteers.page).not.toContain("补发新链接");
    const form = { ...volunteers.hidden(at("/delivery/record")), why: "x" };
    expect((await volunteers.post(at("/voters/0/link"), form)).status).toBe(404);
  });

  test("are not there for strangers, for officers without the permission, for drafts and for numbers nobody has", async () => {
    const { voting, at } = await desk();
    const paths = [
      "/delivery",
      "/delivery/door",
      "/sheet",
      "/papers",
      "/slips",
      "/voters/0",
      "/paper",
      "/paper/0",
      "/proxies",
      "/proxies/0",
    ];
    const nobody = stranger(DURING_DAY);
    const chair = await signedIn(voting.community, "committee_chair", DURING_DAY);
    const secretary = await signedIn(voting.community, "secretary", DURING_DAY);
    for (const path of paths) {
      expect([path, (await nobody.get(at(path))).headers.get("location")]).toEqual([
        path,
        expect.stringContaining("/sign-in"),
      ]);
      expect([path, (await chair.get(at(path))).status]).toEqual([path, 404]);
      expect([path, (await secretary.get(at(path))).status]).toEqual([path, 200]);
      expect([path, (await secretary.get(at(path).replace("/meetings/1/", "/meetings/2/"))).status]).toEqual([
        path,
        404,
      ]);
    }
    expect((await secretary.get(at("/voters/99"))).status).toBe(404);
    expect((await secretary.get(at("/paper/99"))).status).toBe(404);
  });
});
