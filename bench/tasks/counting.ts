/** Counting: the whole act from the shut door to the kept result, beside one plain aggregate over the same rows. */
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { type CommunityAddress, openCommunity, type SQL, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { importRoll } from "./importing.ts";
import { type OpenMeeting, openAnother } from "./meeting.ts";
import { costOf, makeCommunity, must, sceneAt, staffAt } from "./world.ts";

/** A community with a roll of so many heads. */
async function roll(env: Env, { ballots }: { ballots: number }): Promise<CommunityAddress> {
  const community = await makeCommunity(env, `计票 ${ballots}`);
  await importRoll(env, community, ballots);
  return community;
}

/** A closed meeting with a ballot of every head on three items. */
async function prepare(
  env: Env,
  { community, ballots }: { community: CommunityAddress; ballots: number },
): Promise<OpenMeeting> {
  const meeting = await openAnother(env, community);
  await writeBallots(env, meeting, ballots, {
    items: 3,
    choices: sql`SELECT item, i, 1 + (i * item) % 3 AS option_no
                 FROM n, (SELECT 1 AS item UNION ALL SELECT 2 UNION ALL SELECT 3)`,
  });
  return meeting;
}

/**
 * Writes a ballot of every head in bulk, its rows as casting leaves them, and shuts the door. `choices` gives item, i and option_no
 * for the heads n(i).
 */
export async function writeBallots(
  env: Env,
  { community, meetingId, opensAt, closesAt }: OpenMeeting,
  ballots: number,
  { items, choices }: { readonly items: number; readonly choices: SQL },
): Promise<void> {
  const { db } = sceneAt(env, community, opensAt);
  const salt = Array.from(systemRandom(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const numbers = sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(${ballots - 1} AS INTEGER))`;
  // The areas of the roll, so that all of it has taken part.
  const area = sql`((60 + (i * 37) % 90) * 100 + (i * 53) % 100)`;
  await db.read(
    db.run(
      sql`${numbers} INSERT INTO ballot(community_id, meeting_id, voter_no, version, channel, answers, salt, commitment, leaf_hash, evidence, cast_at)
          SELECT ${community.id}, ${meetingId}, i, 1, 'web', '[]', printf('%032x', i), printf('%064x', i), ${salt} || printf('%032x', i), '{}', ${opensAt} FROM n`,
    ),
    db.run(
      sql`${numbers} INSERT INTO ballot_choice(community_id, meeting_id, item_no, option_no, voter_no, version, sign, area_dm2)
          SELECT ${community.id}, ${meetingId}, item, option_no, i, 1, 1, ${area} FROM (${choices})`,
    ),
    db.run(
      sql`${numbers} INSERT INTO ballot_part(community_id, meeting_id, item_no, voter_no, area_dm2)
          SELECT ${community.id}, ${meetingId}, value, i, ${area}
          FROM n, json_each(${JSON.stringify(Array.from({ length: items }, (_, at) => at + 1))})`,
    ),
    db.run(
      sql`UPDATE turnout SET owners = CAST(${ballots} AS INTEGER), area_dm2 = (
            SELECT sum(area_dm2) FROM ballot_part WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND item_no = 1)
          WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND key LIKE 'item:%'`,
    ),
  );
  const due = await runDue(sceneAt(env, community, closesAt));
  if (!due.some(({ step }) => step === "close")) throw new Error("the meeting did not close");
}

async function product(env: Env, { community, meetingId, closesAt }: OpenMeeting): Promise<unknown> {
  const scene = staffAt(env, community, "counter", ["meeting.count"], closesAt);
  must(await countMeeting(scene, meetingId));
  return costOf(scene.db.meter);
}

/** One plain statement that adds up the rows a count reads: choices, who took part, ballots. Nothing is grouped, decided or written. */
async function floor(env: Env, { community, meetingId }: OpenMeeting): Promise<unknown> {
  const db = openCommunity(env, community, "primary");
  const here = sql`community_id = ${community.id} AND meeting_id = ${meetingId}`;
  await db.read(
    db.all(
      sql`SELECT count(*), sum(area_dm2) FROM ballot_choice WHERE ${here}
          UNION ALL SELECT count(*), sum(area_dm2) FROM ballot_part WHERE ${here}
          UNION ALL SELECT count(*), 0 FROM ballot WHERE ${here}`,
    ),
  );
  return costOf(db.meter);
}

export const countingTasks = {
  "count/roll": roll,
  "count/prepare": prepare,
  "count/product": product,
  "count/floor": floor,
};
