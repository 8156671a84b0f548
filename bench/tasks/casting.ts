/** Casting: what one ballot costs on a roll of any size, and how many go through beside a floor that writes the same rows. */
import { castBallot } from "../../src/assembly/ballots/actions.ts";
import { remember } from "../../src/assembly/ballots/remembered.ts";
import { votingFrom, votingQueries } from "../../src/assembly/ballots/store.ts";
import { openCommunity, type Query, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { type OpenMeeting, openMeeting } from "./meeting.ts";
import { costOf, sceneAt, storm } from "./world.ts";

const ANSWERS = [1, 2, 3].map((itemNo) => ({ itemNo, options: [1 + (itemNo % 3)] }));

async function castOne(env: Env, { community, meetingId, opensAt }: OpenMeeting, voterNo: number) {
  const scene = sceneAt(env, community, opensAt);
  const cast = await castBallot(scene, {
    meetingId,
    voterNo,
    answers: ANSWERS,
    channel: "web",
    evidence: { by: "link", generation: 1, factor: "phone" },
    edition: 1,
  });
  if (!cast.ok) throw new Error(JSON.stringify(cast.error));
  return costOf(scene.db.meter);
}

const cost = (env: Env, { meeting, voterNo }: { meeting: OpenMeeting; voterNo: number }) =>
  castOne(env, meeting, voterNo);

interface Part {
  readonly meeting: OpenMeeting;
  readonly from: number;
  readonly count: number;
  readonly atOnce: number;
}

/** Does for these voters what showing them their ballot does, so that the isolate knows them. */
const show = (env: Env, { meeting: { community, meetingId, opensAt }, from, count, atOnce }: Part) =>
  storm(count, atOnce, async (at) => {
    const scene = sceneAt(env, community, opensAt);
    const found = votingFrom(...(await scene.db.read(...votingQueries(scene, meetingId, from + at))));
    if (!found) throw new Error("no such voter");
    remember(scene, found);
  });

const product = (env: Env, { meeting, from, count, atOnce }: Part) =>
  storm(count, atOnce, (at) => castOne(env, meeting, from + at));

/** The rows one ballot writes, with values made beforehand, in one batch; nothing is read, checked or computed. */
async function floor(
  env: Env,
  { meeting: { community, meetingId, opensAt }, from, count, atOnce }: Part,
): Promise<void> {
  const hex = (at: number) => at.toString(16).padStart(64, "0");
  const salt = "0".repeat(32);
  const answers = JSON.stringify(ANSWERS);
  const evidence = JSON.stringify({ by: "link", generation: 1, factor: "phone" });
  const entry = "x".repeat(420);
  const choices = JSON.stringify(ANSWERS.map(({ itemNo, options }) => [itemNo, options[0]]));
  const area = 9000;
  await storm(count, atOnce, async (at) => {
    const voterNo = from + at;
    const db = openCommunity(env, community, "primary");
    const statements: Query[] = [
      db.run(
        sql`INSERT INTO ballot(community_id, meeting_id, voter_no, version, channel, answers, salt, commitment, leaf_hash, evidence, cast_at)
            VALUES (${community.id}, ${meetingId}, ${voterNo}, 1, 'web', ${answers}, ${salt}, ${hex(voterNo)}, ${hex(voterNo)}, ${evidence}, ${opensAt})`,
      ),
      db.run(
        sql`INSERT INTO ballot_choice(community_id, meeting_id, item_no, option_no, voter_no, version, sign, area_dm2)
            SELECT ${community.id}, ${meetingId}, value ->> 0, value ->> 1, ${voterNo}, 1, 1, ${area} FROM json_each(${choices})`,
      ),
      db.run(
        sql`INSERT INTO ballot_part(community_id, meeting_id, item_no, voter_no, area_dm2)
            SELECT ${community.id}, ${meetingId}, value ->> 0, ${voterNo}, ${area} FROM json_each(${choices})`,
      ),
      db.run(
        sql`UPDATE turnout SET owners = owners + 1, area_dm2 = area_dm2 + ${area}
            WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
              AND key IN ('item:1', 'item:2', 'item:3', 'building:1栋')`,
      ),
      db.run(
        sql`INSERT INTO record_leaf(community_id, seq, leaf_hash, at, type, subject, entry)
            SELECT ${community.id}, coalesce((SELECT seq FROM record_leaf WHERE community_id = ${community.id} ORDER BY seq DESC LIMIT 1) + 1, 0),
                   ${hex(voterNo)}, ${opensAt}, 'ballot.cast', ${meetingId}, ${entry}`,
      ),
    ];
    await db.readMany(statements);
  });
}

export const castingTasks = {
  "meeting/open": openMeeting,
  "cast/cost": cost,
  "cast/show": show,
  "cast/product": product,
  "cast/floor": floor,
};
