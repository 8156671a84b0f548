/** A committee elected on a roll of any size: nine candidates, five seats and two alternates, up to the seating. */

import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { findMeeting } from "../../src/assembly/meeting/store.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { CLOCK, recordElectionEvent } from "../../src/elections/acting.ts";
import { candidate } from "../../src/elections/candidates/schema.ts";
import { candidacySeal } from "../../src/elections/candidates/store.ts";
import { electionMethodHash } from "../../src/elections/method/rules.ts";
import { candidacy, candidacyAnswer } from "../../src/elections/nominations/schema.ts";
import { placeInMeeting } from "../../src/elections/rounds/placing.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import { listSeats } from "../../src/elections/rounds/store.ts";
import { DEFAULT_METHOD } from "../../src/elections/rules.ts";
import { type ElectionChange, findElection, insertElection, updateElection } from "../../src/elections/store.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { newId, type PartyId } from "../../src/kernel/id.ts";
import { standardPosts } from "../../src/offices/terms/standard.ts";
import { insertBody } from "../../src/offices/terms/store.ts";
import { BODY_WORDS } from "../../src/offices/words.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { writeBallots } from "./counting.ts";
import type { OpenMeeting } from "./meeting.ts";
import { costOf, must, START, sceneAt, staffAt } from "./world.ts";

/** A closed meeting whose only item elects a committee. */
export interface ClosedElection extends OpenMeeting {
  readonly electionId: string;
  readonly roundNo: number;
}

export const CANDIDATES = 9;
/** Five marks each; every candidate from 1 to 7 is on three ballots of five, so that seven pass: five sit and two wait. */
const MARKS = [
  [1, 2, 3, 4, 5],
  [6, 7, 1, 2, 8],
  [3, 4, 5, 6, 9],
  [7, 1, 2, 3, 8],
  [4, 5, 6, 7, 9],
] as const;
const CALLED_AT = START - 60 * DAY_MS;

/** An election whose candidates have been public long enough, by the rows its acts write; the first owners of the roll stand. */
async function standing(env: Env, community: CommunityAddress): Promise<string> {
  const scene = sceneAt(env, community, CALLED_AT);
  const { db, keys } = scene;
  const electionId = newId<string>(scene.random);
  const title = "第二届业主委员会换届选举";
  // One body can have one election under way: each election here has a committee of its own.
  const body = insertBody(
    scene,
    { kind: "committee", name: BODY_WORDS.committee, posts: standardPosts("committee") },
    "bench",
  );
  must(
    await db.write([
      ...body.statements,
      insertElection(scene, {
        electionId,
        kind: "renewal",
        title,
        cause: "任期将满",
        bodyId: body.bodyId,
        groupBodyId: null,
        method: JSON.stringify(DEFAULT_METHOD),
        calledBy: "bench",
      }),
      ...recordElectionEvent(scene, electionId, "called", { kind: "renewal", title }, { id: "bench", words: "街道" })
        .statements,
    ]),
  );
  const [owners] = await db.read(
    db.all<{ partyId: PartyId }>(
      sql`SELECT party_id AS partyId FROM party WHERE community_id = ${community.id} LIMIT ${CANDIDATES}`,
    ),
  );
  const at = { nominating: CALLED_AT + DAY_MS, open: CALLED_AT + 10 * DAY_MS, close: CALLED_AT + 17 * DAY_MS };
  await move(scene, electionId, {
    state: "nominating",
    groupPublishedAt: at.nominating,
    groupEdition: 1,
    nominationsOpenAt: at.open,
    nominationsCloseAt: at.close,
  });
  const rows = [];
  for (const [index, { partyId }] of owners.entries()) {
    const candidacyId = newId<string>(scene.random);
    const name = `候选${index + 1}`;
    const common = { communityId: community.id, electionId, candidacyId };
    const phone = `1370000${String(index).padStart(4, "0")}`;
    rows.push({ ...common, name, partyId, ballotOrder: index + 1 });
    must(
      await db.write([
        db.orm.insert(candidacy).values({
          ...common,
          number: index + 1,
          partyId,
          partyKind: "natural",
          nameSealed: "x",
          maskedName: "候*",
          openedAt: at.open,
        }),
        db.orm.insert(candidacyAnswer).values({
          ...common,
          answerNo: 1,
          answer: "accepted",
          way: "web",
          personSealed: await keys.seal(name, candidacySeal(scene, "person", candidacyId)),
          phoneSealed: await keys.seal(phone, candidacySeal(scene, "phone", candidacyId)),
          maskedName: "候*",
          personHash: candidacyId,
          sentByOwner: 0,
          answeredBy: partyId,
          answeredAt: at.open,
          leafHash: "0".repeat(64),
        }),
      ]),
    );
  }
  await move(scene, electionId, { state: "examining" });
  const publishedAt = CALLED_AT + 20 * DAY_MS;
  await move(scene, electionId, {
    state: "standing",
    candidatesPublishedAt: publishedAt,
    methodHash: electionMethodHash(DEFAULT_METHOD),
  });
  must(
    await db.write(
      rows.map(({ name, partyId, ...row }) =>
        db.orm
          .insert(candidate)
          .values({ ...row, publicName: name, address: "", partyId, headKey: partyId, publishedAt }),
      ),
    ),
  );
  return electionId;
}

async function move(scene: Scene, electionId: string, change: ElectionChange): Promise<void> {
  const [rows] = await scene.db.read(findElection(scene, electionId));
  must(await scene.db.write(updateElection(scene, rows[0]!, change)));
}

/** The round through notice, opening, a ballot of every head, and the shut door. */
async function prepare(
  env: Env,
  { community, ballots }: { community: CommunityAddress; ballots: number },
): Promise<ClosedElection> {
  const electionId = await standing(env, community);
  const secretary = staffAt(env, community, "secretary", ["election.prepare", "meeting.draft"]);
  const { meetingId, roundNo } = must(
    await placeInMeeting(secretary, electionId, {
      draft: { convener: "committee" },
      once: `once-${crypto.randomUUID()}`,
    }),
  );
  const director = staffAt(env, community, "director", ["meeting.approve"]);
  const found = async () => (await director.db.read(findMeeting(director, meetingId)))[0][0]!;
  const { households } = must(await giveNotice(director, meetingId, (await found()).version));
  const { opensAt, closesAt } = (await found()) as { opensAt: Instant; closesAt: Instant };
  const opened = await runDue(sceneAt(env, community, opensAt));
  if (!opened.some(({ step }) => step === "open")) throw new Error("the meeting did not open");
  const meeting = { community, meetingId, voters: households, opensAt, closesAt };
  const marks = MARKS.flatMap((options, group) => options.map((optionNo) => ({ group, optionNo })));
  await writeBallots(env, meeting, ballots, {
    items: 1,
    choices: sql`SELECT 1 AS item, i, json_extract(value, '$.optionNo') AS option_no
                 FROM n JOIN json_each(${JSON.stringify(marks)}) ON json_extract(value, '$.group') = i % 5`,
  });
  return { ...meeting, electionId, roundNo };
}

/** Publishes a counted meeting. */
async function publish(env: Env, { community, meetingId, closesAt }: ClosedElection): Promise<unknown> {
  const chair = staffAt(env, community, "director", ["result.publish"], closesAt + 1);
  must(await publishResult(chair, meetingId, 1));
  return null;
}

/** The published round settled: the seed revealed, the outcome computed, mandate, tenures and entries, in one act. */
async function settle(env: Env, { community, electionId, roundNo, closesAt }: ClosedElection): Promise<unknown> {
  const scene = sceneAt(env, community, closesAt + 2);
  const { verdict } = must(await settleRound(scene, electionId, roundNo, CLOCK));
  const cost = costOf(scene.db.meter);
  const [seats] = await scene.db.read(listSeats(scene, electionId));
  return { cost, settled: { verdict, seated: seats.length } };
}

export const electingTasks = { "elect/prepare": prepare, "elect/publish": publish, "elect/settle": settle };
