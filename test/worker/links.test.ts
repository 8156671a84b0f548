import { describe, expect, test } from "vitest";
import { identify, issueLinks, openLink, reissueLink, revokeLink, tokenOf } from "../../src/assembly/links/actions.ts";
import type { VoterSession } from "../../src/assembly/links/cookie.ts";
import { isExpired } from "../../src/assembly/links/rules.ts";
import { type LinkRow, listLinksOf } from "../../src/assembly/links/store.ts";
import { REST_MS, TRIES_BEFORE_LOCK, TRIES_BEFORE_REST } from "../../src/community/identity/tries/rules.ts";
import { endOf, type Instant } from "../../src/kernel/day.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt, staffSceneAt } from "./community-of-test.ts";
import { countRows, DURING, flats, makeVoting, numberOf, tailOf, type VotingOfTest } from "./voting-of-test.ts";

async function linked(voting: VotingOfTest, voterNos?: readonly number[]): Promise<VotingOfTest> {
  const scene = sceneAt(voting.community);
  const all = voterNos ?? voting.frozen.voters.map(({ voterNo }) => voterNo);
  const written = await scene.db.write(issueLinks(scene, voting.meetingId, all));
  if (!written.ok) throw new Error(written.error.code);
  return voting;
}

async function linksOf({ community, meetingId }: VotingOfTest, voterNo: number): Promise<LinkRow[]> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listLinksOf(scene, meetingId, voterNo));
  return rows;
}

const sessionOf = ({ meetingId }: VotingOfTest, voterNo: number, generation = 1): VoterSession => ({
  meetingId,
  voterNo,
  generation,
  factor: null,
});

const secretary = (voting: VotingOfTest, now: Instant = DURING) =>
  staffSceneAt(voting.community, "secretary", ["meeting.deliver"], now);

const wrong = "7777"; // nobody's phone or certificate

describe("links for a meeting", () => {
  test("are made for 5,000 voters in a handful of statements, each another, stored as a hash and queued as a message", async () => {
    const voting = await makeVoting({ units: flats(5_000) });
    const scene = sceneAt(voting.community);
    const voterNos = voting.frozen.voters.map(({ voterNo }) => voterNo);
    const statements = issueLinks(scene, voting.meetingId, voterNos);
    expect(statements).toHaveLength(9);
    await scene.db.write(statements);
    expect(scene.db.meter.roundTrips).toBe(1);
    expect(await countRows(scene.db, "link", voting.meetingId)).toBe(5_000);
    expect(
      await numberOf(
        scene.db,
        sql`SELECT count(DISTINCT token_hash) AS n FROM link WHERE meeting_id = ${voting.meetingId}`,
      ),
    ).toBe(5_000);
    expect(
      await numberOf(
        scene.db,
        sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${voting.community.id} AND kind = 'vote.link'`,
      ),
    ).toBe(5_000);
    const [link] = await linksOf(voting, 4_321);
    const token = tokenOf(scene, voting.meetingId, link!);
    expect(token).toMatch(/^[0-9a-z]{32}$/);
    expect(link!.tokenHash).toBe(scene.keys.hashToken(token));
    expect(await openLink(scene, token)).toEqual({ ok: true, value: sessionOf(voting, 4_321) });
  });

  test("hold no token in any column of any table", async () => {
    const voting = await linked(await makeVoting());
    const scene = sceneAt(voting.community);
    const token = tokenOf(scene, voting.meetingId, (await linksOf(voting, 0))[0]!);
    const [links, messages, leaves] = await scene.db.read(
      scene.db.all(sql`SELECT * FROM link WHERE community_id = ${voting.community.id}`),
      scene.db.all(sql`SELECT * FROM outbox_message WHERE community_id = ${voting.community.id}`),
      scene.db.all(sql`SELECT * FROM record_leaf WHERE community_id = ${voting.community.id}`),
    );
    expect(JSON.stringify([links, messages, leaves])).not.toContain(token);
  });
});

describe("a link given anew", () => {
  test("ends the old one at once, and both stand in the table and in the record", async () => {
    const voting = await linked(await makeVoting());
    const scene = secretary(voting);
    const old = tokenOf(scene, voting.meetingId, (await linksOf(voting, 0))[0]!);
    const again = await reissueLink(scene, { meetingId: voting.meetingId, voterNo: 0, why: "短信未收到" });
    expect(again).toEqual({ ok: true, value: { generation: 2 } });
    const links = await linksOf(voting, 0);
    expect(links.map(({ generation, revokedAt }) => [generation, revokedAt])).toEqual([
      [2, null],
      [1, DURING],
    ]);
    expect(await openLink(scene, old)).toEqual({ ok: false, error: { reason: "link_not_valid" } });
    expect((await openLink(scene, tokenOf(scene, voting.meetingId, links[0]!))).ok).toBe(true);
    const [leaves] = await scene.db.read(
      scene.db.all<{ entry: string }>(
        sql`SELECT entry FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'link.reissued'`,
      ),
    );
    expect(JSON.parse(leaves[0]!.entry)).toMatchObject({ voter: 0, generation: 2, why: "短信未收到", by: "secretary" });
  });

  test("needs a reason and a voter of the roll; revoking needs a link in force", async () => {
    const voting = await linked(await makeVoting());
    const scene = secretary(voting);
    const { meetingId } = voting;
    expect(await reissueLink(scene, { meetingId, voterNo: 0, why: " " })).toMatchObject({
      error: { reason: "reason_missing" },
    });
    expect(await reissueLink(scene, { meetingId, voterNo: 99, why: "遗失" })).toMatchObject({
      error: { reason: "unknown_voter" },
    });
    expect((await revokeLink(scene, { meetingId, voterNo: 0, why: "遗失" })).ok).toBe(true);
    expect(await revokeLink(scene, { meetingId, voterNo: 0, why: "遗失" })).toMatchObject({
      error: { reason: "no_link_in_force" },
    });
    expect(
      await numberOf(
        scene.db,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'link.revoked'`,
      ),
    ).toBe(1);
  });

  test("the table refuses to bring a revoked link back, to change one, or to write over one", async () => {
    const voting = await linked(await makeVoting());
    const scene = secretary(voting);
    await revokeLink(scene, { meetingId: voting.meetingId, voterNo: 0, why: "遗失" });
    for (const attempt of [
      sql`UPDATE link SET revoked_at = NULL WHERE meeting_id = ${voting.meetingId} AND voter_no = 0`,
      sql`UPDATE link SET token_hash = 'x' WHERE meeting_id = ${voting.meetingId} AND voter_no = 1`,
      sql`DELETE FROM link WHERE meeting_id = ${voting.meetingId}`,
      sql`INSERT OR REPLACE INTO link SELECT * FROM link WHERE meeting_id = ${voting.meetingId} AND voter_no = 1`,
    ])
      expect((await scene.db.write([scene.db.run(attempt)])).ok).toBe(false);
  });
});

describe("a link runs out", () => {
  const closesAt = Date.parse("2026-12-08T10:00:00Z"); // 18:00 in Asia/Shanghai
  const end = endOf("2027-12-08");
  test.each([
    ["is good to the last millisecond of the day a year after the close", end - 1, false],
    ["is over at 24:00 of it", end, true],
    ["and stays over", end + 1, true],
  ])("%s", (_, now, expected) => expect(isExpired(closesAt, now)).toBe(expected));
  test("not while the meeting has no close", () => expect(isExpired(null, end)).toBe(false));
});

describe("the second factor", () => {
  test("is the last four of the phone or of the certificate, however they are typed", async () => {
    const voting = await linked(
      await makeVoting({
        units: [
          {
            building: "1栋",
            room: "101",
            areaDm2: 100,
            owners: [{ name: "甲", phone: "19900001234", idTail: "567X" }],
          },
        ],
      }),
    );
    const typed: [string, unknown][] = [
      ["1234", "phone"],
      [" １２３４ ", "phone"],
      ["567x", "certificate"],
      ["567X", "certificate"],
    ];
    for (const [text, factor] of typed)
      expect(await identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), text)).toEqual({
        ok: true,
        value: factor,
      });
    for (const text of ["", "123", "12345", "12-4", "一二三四"])
      expect(await identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), text)).toMatchObject({
        error: { reason: "not_four" },
      });
    expect((await linksOf(voting, 0))[0]!.failedAttempts).toBe(0);
  });

  test("is the designated co-owner's and not the other's, and nobody's while they have chosen none", async () => {
    const pair = [
      { name: "甲", phone: "19900001111" },
      { name: "乙", phone: "19900002222" },
    ];
    const unit = { building: "1栋", room: "101", areaDm2: 100, owners: pair };
    const settled = await linked(await makeVoting({ units: [{ ...unit, designated: 1 }] }));
    const scene = sceneAt(settled.community, DURING);
    expect(await identify(scene, sessionOf(settled, 0), "1111")).toMatchObject({
      error: { reason: "wrong_last_four" },
    });
    expect(await identify(scene, sessionOf(settled, 0), "2222")).toEqual({ ok: true, value: "phone" });
    const open = await linked(await makeVoting({ units: [unit] }));
    expect(await identify(sceneAt(open.community, DURING), sessionOf(open, 0), "1111")).toMatchObject({
      error: { reason: "no_designated_voter" },
    });
  });

  test("of an owner of whom the roll has neither is not asked for", async () => {
    const voting = await linked(
      await makeVoting({ units: [{ building: "1栋", room: "101", areaDm2: 100, owners: [{ name: "甲" }] }] }),
    );
    expect(await identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), wrong)).toMatchObject({
      error: { reason: "no_factor_on_roll" },
    });
  });

  test("rests after five wrong tries for an hour, is locked after fifteen, and a new link starts afresh", async () => {
    const voting = await linked(await makeVoting());
    let now = DURING;
    const guess = (text: string) => identify(sceneAt(voting.community, now), sessionOf(voting, 0), text);
    for (let tries = 1; tries <= TRIES_BEFORE_LOCK; tries += 1) {
      expect(await guess(wrong)).toMatchObject({ error: { reason: "wrong_last_four" } });
      if (tries === TRIES_BEFORE_LOCK) break;
      if (tries % TRIES_BEFORE_REST === 0) {
        expect(await guess(tailOf(0))).toMatchObject({ error: { reason: "resting", until: now + REST_MS } });
        now += REST_MS - 1;
        expect(await guess(tailOf(0))).toMatchObject({ error: { reason: "resting" } });
        now += 1;
      }
    }
    now += 100 * REST_MS;
    expect(await guess(tailOf(0))).toMatchObject({ error: { reason: "locked" } });
    const again = await reissueLink(secretary(voting, now), { meetingId: voting.meetingId, voterNo: 0, why: "已锁定" });
    expect(again.ok).toBe(true);
    expect(await identify(sceneAt(voting.community, now), sessionOf(voting, 0, 2), tailOf(0))).toEqual({
      ok: true,
      value: "phone",
    });
  });

  test("a right answer starts the count again", async () => {
    const voting = await linked(await makeVoting());
    const guess = (text: string) => identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), text);
    for (let times = 0; times < 3; times += 1) {
      for (let tries = 1; tries < TRIES_BEFORE_REST; tries += 1) await guess(wrong);
      expect((await guess(tailOf(0))).ok).toBe(true);
    }
  });

  test("two hundred guesses sent at once are no better than five", async () => {
    const voting = await linked(await makeVoting());
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), String(5_000 + at)),
      ),
    );
    const counted = results.filter((result) => !result.ok && result.error.reason === "wrong_last_four");
    expect(counted.length).toBeLessThanOrEqual(TRIES_BEFORE_REST);
    expect((await linksOf(voting, 0))[0]!.failedAttempts).toBe(counted.length);
    expect(results.every((result) => !result.ok)).toBe(true);
  });

  test("the first right answer is the proof of delivery, written once however often the link is used", async () => {
    const voting = await linked(await makeVoting());
    const scene = sceneAt(voting.community, DURING);
    await Promise.all(
      [1, 2, 3].map(() => identify(sceneAt(voting.community, DURING), sessionOf(voting, 0), tailOf(0))),
    );
    const [events] = await scene.db.read(
      scene.db.all(
        sql`SELECT kind, by_person AS byPerson, at FROM contact_event WHERE meeting_id = ${voting.meetingId}`,
      ),
    );
    expect(events).toEqual([{ kind: "opened", byPerson: "voter", at: DURING }]);
  });
});
