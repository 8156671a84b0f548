/** Casting on what the voter's page was made from: one round trip when nothing has changed, and never a ballot that a fresh reading would refuse. */
import { describe, expect, test } from "vitest";
import { type CastInput, castBallot } from "../../src/assembly/ballots/actions.ts";
import { remember } from "../../src/assembly/ballots/remembered.ts";
import { type VotingCase, votingFrom, votingQueries } from "../../src/assembly/ballots/store.ts";
import { issueLinks, linkAddress } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks, revokeLinks } from "../../src/assembly/links/store.ts";
import { sql } from "../../src/platform/db.ts";
import { countLeaves } from "../../src/record/store.ts";
import { sceneAt } from "./community-of-test.ts";
import { inWeather, losing, sceneInWeather } from "./lost-answers.ts";
import { appAt, Browser, deployedEnv } from "./offices-of-test.ts";
import { CLOSES_AT, countRows, DURING, makeVoting, tailOf, type VotingOfTest } from "./voting-of-test.ts";

const answers = [
  { itemNo: 1, options: [1] },
  { itemNo: 2, options: [2] },
];

const ballot = ({ meetingId }: VotingOfTest, voterNo: number): CastInput => ({
  meetingId,
  voterNo,
  answers,
  channel: "web",
  evidence: { by: "link", generation: 1, factor: "phone" },
  edition: 1,
});

/** The voter's page, as it reads its case and keeps it. */
async function show({ community, meetingId }: VotingOfTest, voterNo: number, at = DURING): Promise<VotingCase> {
  const scene = sceneAt(community, at);
  const found = votingFrom(...(await scene.db.read(...votingQueries(scene, meetingId, voterNo))));
  if (!found) throw new Error("no such voter");
  remember(scene, found);
  return found;
}

async function shownVoting(): Promise<VotingOfTest> {
  const voting = await makeVoting();
  const scene = sceneAt(voting.community);
  const numbers = voting.frozen.voters.map(({ voterNo }) => voterNo);
  const written = await scene.db.write(issueLinks(scene, voting.meetingId, numbers));
  if (!written.ok) throw new Error(written.error.code);
  for (const voterNo of numbers) await show(voting, voterNo);
  return voting;
}

async function run({ community }: VotingOfTest, statement: ReturnType<typeof sql>): Promise<void> {
  const { db } = sceneAt(community);
  await db.read(db.run(statement));
}

const ballots = ({ community, meetingId }: VotingOfTest) => countRows(sceneAt(community).db, "ballot", meetingId);

describe("a ballot cast on the page that was shown", () => {
  test("takes one round trip, and the same rows as one that was read for again", async () => {
    const voting = await shownVoting();
    const scene = sceneAt(voting.community, DURING);
    expect(await castBallot(scene, ballot(voting, 1))).toMatchObject({ ok: true, value: { outcome: "cast" } });
    const asShown = { ...scene.db.meter };
    expect(asShown.roundTrips).toBe(1);
    const unseen = sceneAt(voting.community, DURING);
    const { edition: _, ...unmarked } = ballot(voting, 2);
    expect(await castBallot(unseen, unmarked)).toMatchObject({ ok: true, value: { outcome: "cast" } });
    expect(unseen.db.meter.roundTrips).toBe(2);
    expect(unseen.db.meter.rowsWritten).toBe(asShown.rowsWritten);
  });

  test("is one ballot when it is sent many times at once", async () => {
    const voting = await shownVoting();
    const casts = await Promise.all(
      Array.from({ length: 50 }, (_, at) => castBallot(sceneAt(voting.community, DURING + at), ballot(voting, 3))),
    );
    expect(casts.filter((cast) => cast.ok && cast.value.outcome === "cast")).toHaveLength(1);
    expect(new Set(casts.map((cast) => cast.ok && cast.value.leafHash)).size).toBe(1);
    expect(await ballots(voting)).toBe(1);
  });

  test("is the first answer when the first answer was lost after the commit", async () => {
    const voting = await shownVoting();
    const scene = sceneInWeather(voting.community, losing(1), DURING);
    const before = await countLeavesOf(voting);
    const cast = await castBallot(scene, ballot(voting, 4));
    expect(cast).toMatchObject({ ok: true, value: { outcome: "stands", castAt: DURING } });
    expect(await ballots(voting)).toBe(1);
    expect(await countLeavesOf(voting)).toBe(before + 1);
  });

  test.each([
    [
      "link_not_valid",
      "the link was revoked since",
      async (voting: VotingOfTest) => {
        const scene = sceneAt(voting.community, DURING);
        await scene.db.write([revokeLinks(scene, voting.meetingId, [1], "secretary", "lost")]);
      },
    ],
    [
      "agenda_changed",
      "the items were amended since",
      (voting: VotingOfTest) => run(voting, sql`UPDATE meeting SET edition = 2 WHERE meeting_id = ${voting.meetingId}`),
    ],
    [
      "closed",
      "the meeting was closed since",
      (voting: VotingOfTest) =>
        run(voting, sql`UPDATE meeting SET state = 'closed' WHERE meeting_id = ${voting.meetingId}`),
    ],
  ])("is refused as %s when %s", async (reason, _, change) => {
    const voting = await shownVoting();
    await change(voting);
    const cast = await castBallot(sceneAt(voting.community, DURING), ballot(voting, 1));
    expect(cast).toMatchObject({ ok: false, error: { reason } });
    expect(await ballots(voting)).toBe(0);
  });

  test("is taken after the close that was shown, when the close was moved since", async () => {
    const voting = await shownVoting();
    const late = CLOSES_AT + 1;
    await run(voting, sql`UPDATE meeting SET closes_at = ${CLOSES_AT + 1000} WHERE meeting_id = ${voting.meetingId}`);
    expect(await castBallot(sceneAt(voting.community, late), ballot(voting, 1))).toMatchObject({ ok: true });
  });

  test("weighs what the roll said when it was frozen again, not what was shown", async () => {
    const voting = await shownVoting();
    await run(
      voting,
      sql`UPDATE meeting SET snapshot_id = 'another' WHERE community_id = ${voting.community.id} AND meeting_id = ${voting.meetingId}`,
    );
    const cast = await castBallot(sceneAt(voting.community, DURING), ballot(voting, 1));
    expect(cast).toMatchObject({ ok: false, error: { reason: "unknown_voter" } });
    expect(await ballots(voting)).toBe(0);
  });

  test("of another community's voter with the same number is not known", async () => {
    const [here, there] = [await shownVoting(), await shownVoting()];
    const cast = await castBallot(sceneAt(there.community, DURING), ballot(here, 1));
    expect(cast.ok).toBe(false);
    expect(await ballots(here)).toBe(0);
  });
});

describe("the last button of the ballot page", () => {
  test("costs one round trip", async () => {
    const voting = await makeVoting();
    const scene = sceneAt(voting.community);
    await scene.db.write(issueLinks(scene, voting.meetingId, [1]));
    const [[link]] = await scene.db.read(listCurrentLinks(scene, voting.meetingId, [1]));
    const app = appAt({ now: DURING }, () => undefined);
    const browser = new Browser(app);
    const base = `/c/${voting.community.slug}`;
    await browser.open(new URL(linkAddress(scene, voting.meetingId, link!)).pathname);
    await browser.submit(`${base}/vote/identify`, { lastFour: tailOf(1) });
    await browser.open(`${base}/vote`);
    await browser.submit(`${base}/vote/review`, { "item-1": "1", "item-2": "3" });
    let trips = 0;
    const counted = inWeather(deployedEnv.DB, (batch) => {
      trips = batch;
      return "fine";
    });
    const last = new Browser(app, { ...deployedEnv, DB: counted });
    await last.get(`${base}/log/vkey`); // the directory is asked once for each binding
    const before = trips;
    for (const [name, value] of browser.cookies) last.cookies.set(name, value);
    last.page = browser.page;
    const cast = await last.submit(`${base}/vote/cast`);
    expect(cast.headers.get("location")).toBe(`${base}/vote/receipt`);
    expect(trips - before).toBe(1);
    expect(await ballots(voting)).toBe(1);
  });
});

async function countLeavesOf({ community }: VotingOfTest): Promise<number> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(countLeaves(scene));
  return rows[0]!.size;
}
