import { describe, expect, test } from "vitest";
import { approveUpTo, chooseOne } from "../../src/assembly/agenda/rules.ts";
import { type CastInput, castBallot, openingOf } from "../../src/assembly/ballots/actions.ts";
import type { Answer } from "../../src/assembly/ballots/rules.ts";
import { findStandingBallot, standingFrom } from "../../src/assembly/ballots/store.ts";
import { issueLinks } from "../../src/assembly/links/actions.ts";
import type { CommunityId } from "../../src/kernel/id.ts";
import { sql } from "../../src/platform/db.ts";
import { receiptFor } from "../../src/record/actions.ts";
import { commit } from "../../src/record/rules.ts";
import { sceneAt } from "./community-of-test.ts";
import {
  CLOSES_AT,
  countRows,
  DURING,
  flats,
  itemOfTest,
  makeVoting,
  numberOf,
  OPENS_AT,
  rulesWith,
  type VotingOfTest,
} from "./voting-of-test.ts";

const yes: Answer[] = [
  { itemNo: 1, options: [1] },
  { itemNo: 2, options: [1] },
];
const no: Answer[] = [
  { itemNo: 1, options: [2] },
  { itemNo: 2, options: [2] },
];

const byLink = { by: "link", generation: 1, factor: "phone" } as const;

async function withLinks(voting: VotingOfTest): Promise<VotingOfTest> {
  const scene = sceneAt(voting.community);
  const written = await scene.db.write(
    issueLinks(
      scene,
      voting.meetingId,
      voting.frozen.voters.map(({ voterNo }) => voterNo),
    ),
  );
  if (!written.ok) throw new Error(written.error.code);
  return voting;
}

const ballot = ({ meetingId }: VotingOfTest, voterNo: number, more: Partial<CastInput> = {}): CastInput => ({
  meetingId,
  voterNo,
  answers: yes,
  channel: "web",
  evidence: byLink,
  ...more,
});

const turnout = async ({ community, meetingId }: VotingOfTest, key: string) => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ owners: number; areaDm2: number }>(
      sql`SELECT owners, area_dm2 AS areaDm2 FROM turnout WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND key = ${key}`,
    ),
  );
  return rows[0];
};

describe("a ballot", () => {
  test("is written once with its choices, its parts, the turnout and its leaf, in two round trips", async () => {
    const voting = await withLinks(await makeVoting());
    const scene = sceneAt(voting.community, DURING);
    const cast = await castBallot(scene, ballot(voting, 4));
    expect(cast).toMatchObject({ ok: true, value: { outcome: "cast", version: 1, channel: "web", castAt: DURING } });
    expect(scene.db.meter.roundTrips).toBe(2);
    expect(await countRows(scene.db, "ballot", voting.meetingId)).toBe(1);
    expect(await countRows(scene.db, "ballot_choice", voting.meetingId)).toBe(2);
    expect(await countRows(scene.db, "ballot_part", voting.meetingId)).toBe(2);
    expect(await turnout(voting, "item:1")).toEqual({ owners: 1, areaDm2: 10_000 });
    expect(await turnout(voting, "building:2栋")).toEqual({ owners: 1, areaDm2: 10_000 });
    expect(await turnout(voting, "building:1栋")).toEqual({ owners: 0, areaDm2: 0 });
  });

  test("leaves a leaf that says who took part with which weight, and nothing of the choice", async () => {
    const voting = await withLinks(await makeVoting());
    const scene = sceneAt(voting.community, DURING);
    const cast = await castBallot(scene, ballot(voting, 0));
    if (!cast.ok) throw new Error(cast.error.reason);
    const receipt = await receiptFor({ ...scene, now: DURING + 1000 }, cast.value.leafHash);
    if (!receipt.ok) throw new Error(receipt.error.reason);
    const entry = JSON.parse(receipt.value.entry) as Record<string, unknown>;
    const [rows] = await scene.db.read(findStandingBallot(scene, voting.meetingId, 0));
    const standing = standingFrom(rows[0])!;
    const opening = openingOf(standing);
    expect(entry).toEqual({
      at: DURING,
      type: "ballot.cast",
      v: 1,
      meeting: voting.meetingId,
      manifest: "ab".repeat(32),
      voter: 0,
      version: 1,
      channel: "web",
      mode: "B0",
      items: [
        { item: 1, owners: 1, areaDm2: 10_000 },
        { item: 2, owners: 1, areaDm2: 10_000 },
      ],
      commitment: commit(opening.salt, opening.value),
    });
    expect(receipt.value.proof).not.toBeNull();
  });

  test("costs the same rows at 50 units and at 5,000", async () => {
    // A community behind all others, so that no search ends at the end of a table and saves a row.
    const last = { id: "zzzzzzzzzzzzzzzz" as CommunityId, slug: "last", name: "末", shard: 0 };
    await makeVoting({ community: last });
    const costs = [];
    for (const units of [50, 5_000]) {
      const voting = await withLinks(await makeVoting({ units: flats(units) }));
      for (const voterNo of [1, 20]) await castBallot(sceneAt(voting.community, DURING), ballot(voting, voterNo));
      const scene = sceneAt(voting.community, DURING + 1);
      const cast = await castBallot(scene, ballot(voting, 7));
      expect(cast.ok).toBe(true);
      costs.push({ ...scene.db.meter });
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[0]!.roundTrips).toBe(2);
  });

  test("cast again, with the same or another choice, is the first ballot and its receipt", async () => {
    const voting = await withLinks(await makeVoting());
    const first = await castBallot(sceneAt(voting.community, DURING), ballot(voting, 0));
    const again = await castBallot(sceneAt(voting.community, DURING + 5), ballot(voting, 0));
    const other = await castBallot(sceneAt(voting.community, DURING + 9), ballot(voting, 0, { answers: no }));
    const after = await castBallot(sceneAt(voting.community, CLOSES_AT + 9), ballot(voting, 0));
    if (!first.ok) throw new Error(first.error.reason);
    for (const repeat of [again, other, after])
      expect(repeat).toEqual({ ok: true, value: { ...first.value, outcome: "stands" } });
    expect(await countRows(sceneAt(voting.community).db, "ballot", voting.meetingId)).toBe(1);
  });

  test("cast by one voter two hundred times at once is one ballot, one leaf, one owner more, and one receipt for all", async () => {
    const voting = await withLinks(await makeVoting());
    const casts = await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        castBallot(
          sceneAt(voting.community, DURING + at),
          ballot(
            voting,
            2,
            at % 3 === 0 ? { channel: "paper", evidence: { by: "paper", paperNo: 1, readings: 2 } } : {},
          ),
        ),
      ),
    );
    const receipts = new Set(casts.map((cast) => (cast.ok ? cast.value.leafHash : cast.error.reason)));
    expect(receipts.size).toBe(1);
    expect(casts.filter((cast) => cast.ok && cast.value.outcome === "cast")).toHaveLength(1);
    const { db } = sceneAt(voting.community);
    expect(await countRows(db, "ballot", voting.meetingId)).toBe(1);
    expect(await countRows(db, "ballot_choice", voting.meetingId)).toBe(2);
    expect(await turnout(voting, "item:1")).toEqual({ owners: 1, areaDm2: 10_000 });
    expect(
      await numberOf(
        db,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${voting.community.id} AND type = 'ballot.cast'`,
      ),
    ).toBe(1);
  });

  test("of one who owns several units is one owner with the whole area", async () => {
    const owner = { name: "多套", phone: "19900001234" };
    const voting = await withLinks(
      await makeVoting({
        units: [
          { building: "1栋", room: "101", areaDm2: 8_966, owners: [owner] },
          { building: "1栋", room: "102", areaDm2: 1_034, owners: [owner] },
          { building: "2栋", room: "201", areaDm2: 5_000, owners: [owner] },
          ...flats(2).map((flat) => ({ ...flat, building: "3栋" })),
        ],
        items: [itemOfTest(1), itemOfTest(2, { scope: { kind: "buildings", buildings: ["2栋"] } })],
      }),
    );
    const cast = await castBallot(sceneAt(voting.community, DURING), ballot(voting, 0));
    expect(cast.ok).toBe(true);
    expect(await turnout(voting, "item:1")).toEqual({ owners: 1, areaDm2: 15_000 });
    expect(await turnout(voting, "item:2")).toEqual({ owners: 1, areaDm2: 5_000 });
    expect(await turnout(voting, "building:1栋")).toEqual({ owners: 1, areaDm2: 10_000 });
    expect(await turnout(voting, "building:2栋")).toEqual({ owners: 1, areaDm2: 5_000 });
  });
});

describe("a ballot is refused", () => {
  const refused = async (voting: VotingOfTest, more: Partial<CastInput>, now = DURING) => {
    const scene = sceneAt(voting.community, now);
    const result = await castBallot(scene, ballot(voting, 0, more));
    expect(await countRows(scene.db, "ballot", voting.meetingId)).toBe(0);
    return result.ok ? result.value : result.error;
  };

  test("a millisecond before the opening, and at the closing instant; not at the opening instant", async () => {
    const voting = await withLinks(await makeVoting());
    expect(await refused(voting, {}, OPENS_AT - 1)).toMatchObject({ reason: "not_open" });
    expect(await refused(voting, {}, CLOSES_AT)).toMatchObject({ reason: "closed" });
    const inTime = await castBallot(sceneAt(voting.community, OPENS_AT), ballot(voting, 0));
    const atTheLast = await castBallot(sceneAt(voting.community, CLOSES_AT - 1), ballot(voting, 1));
    expect([inTime.ok, atTheLast.ok]).toEqual([true, true]);
  });

  test("while the meeting is in notice, and by the table itself when the count has begun meanwhile", async () => {
    expect(await refused(await withLinks(await makeVoting({ state: "notice" })), {})).toMatchObject({
      reason: "not_open",
    });
    const voting = await withLinks(await makeVoting());
    const scene = sceneAt(voting.community, DURING);
    const late = {
      ...scene,
      db: new Proxy(scene.db, {
        get(db, name) {
          if (name === "write")
            return async (statements: Parameters<typeof db.write>[0]) => {
              await db.read(
                db.run(
                  sql`UPDATE meeting SET state = 'closed', counted_at = ${DURING} WHERE meeting_id = ${voting.meetingId}`,
                ),
              );
              return db.write(statements);
            };
          const value: unknown = Reflect.get(db, name);
          return typeof value === "function" ? value.bind(db) : value;
        },
      }),
    };
    expect(await castBallot(late, ballot(voting, 0))).toMatchObject({ ok: false, error: { reason: "closed" } });
    expect(await countRows(scene.db, "ballot", voting.meetingId)).toBe(0);
    expect(await turnout(voting, "item:1")).toEqual({ owners: 0, areaDm2: 0 });
  });

  test("with an item left out, an unknown item, an unknown option, or more choices than allowed", async () => {
    const voting = await withLinks(
      await makeVoting({ items: [itemOfTest(1), itemOfTest(2, { question: approveUpTo(2, ["甲", "乙", "丙"]) })] }),
    );
    const with2 = (options: number[]) => ({ answers: [yes[0]!, { itemNo: 2, options }] });
    expect(await refused(voting, { answers: [yes[0]!] })).toMatchObject({ reason: "item_missing", itemNo: 2 });
    expect(await refused(voting, { answers: [...yes, { itemNo: 3, options: [1] }] })).toMatchObject({
      reason: "unknown_item",
    });
    expect(await refused(voting, with2([9]))).toMatchObject({ reason: "unknown_option", option: 9 });
    expect(await refused(voting, with2([1, 2, 3]))).toMatchObject({ reason: "too_many_choices", chosen: 3, most: 2 });
    expect(await refused(voting, with2([1, 5]))).toMatchObject({ reason: "contradicts_itself" });
    expect(await refused(voting, with2([]))).toMatchObject({ reason: "nothing_chosen" });
    expect(await refused(voting, { answers: [{ itemNo: 1, options: [1, 2] }, yes[1]!] })).toMatchObject({
      reason: "too_many_choices",
      most: 1,
    });
  });

  test("on an item of another building, and by somebody whom no item concerns", async () => {
    const inTwo = itemOfTest(2, {
      scope: { kind: "buildings", buildings: ["2栋"] },
      question: chooseOne(["甲", "乙"]),
    });
    const voting = await withLinks(await makeVoting({ items: [itemOfTest(1), inTwo] }));
    expect(await refused(voting, {})).toMatchObject({ reason: "out_of_scope", itemNo: 2 });
    const onlyTwo = await withLinks(await makeVoting({ items: [{ ...inTwo, itemNo: 1 }] }));
    expect(await refused(onlyTwo, { answers: [] })).toMatchObject({ reason: "no_item_concerns_you" });
  });

  test("for co-owners who have chosen nobody, and for a voter the roll does not have", async () => {
    const pair = [
      { name: "甲", phone: "19900000001" },
      { name: "乙", phone: "19900000002" },
    ];
    const units = [{ building: "1栋", room: "101", areaDm2: 9_000, owners: pair }];
    const voting = await withLinks(await makeVoting({ units }));
    expect(await refused(voting, {})).toMatchObject({ reason: "no_designated_voter" });
    const settled = await withLinks(await makeVoting({ units: [{ ...units[0]!, designated: 1 }] }));
    expect((await castBallot(sceneAt(settled.community, DURING), ballot(settled, 0))).ok).toBe(true);
    const stranger = { by: "paper", paperNo: 1, readings: 2 } as const;
    expect(await refused(voting, { voterNo: 77, channel: "paper", evidence: stranger })).toMatchObject({
      reason: "unknown_voter",
    });
  });

  test("by a link that was revoked, never given, or belongs to another voter or community", async () => {
    const voting = await withLinks(await makeVoting());
    const scene = sceneAt(voting.community);
    await scene.db.write(issueLinks(scene, voting.meetingId, [0]));
    expect(await refused(voting, {})).toMatchObject({ reason: "link_not_valid" });
    expect(await refused(voting, { evidence: { ...byLink, generation: 9 } })).toMatchObject({
      reason: "link_not_valid",
    });
    const elsewhere = await withLinks(await makeVoting());
    const foreign = { ...ballot(elsewhere, 0), evidence: { ...byLink, generation: 1 } };
    expect(await castBallot(sceneAt(voting.community, DURING), foreign)).toMatchObject({
      ok: false,
      error: { reason: "link_not_valid" },
    });
  });

  test("when it answers an edition of the agenda that was amended since", async () => {
    const voting = await withLinks(await makeVoting());
    expect(await refused(voting, { edition: 0 })).toMatchObject({ reason: "agenda_changed" });
  });

  test("through a channel the frozen rules do not offer", async () => {
    const voting = await withLinks(await makeVoting({ rules: rulesWith({ channels: ["paper"] }) }));
    expect(await refused(voting, {})).toMatchObject({ reason: "channel_not_offered" });
  });
});

describe("where the frozen rules let a ballot be replaced", () => {
  test("a different one sent in knowledge of the first takes its place, and the turnout stays", async () => {
    const voting = await withLinks(await makeVoting({ rules: rulesWith({ ballotReplaceable: true }) }));
    const first = await castBallot(sceneAt(voting.community, DURING), ballot(voting, 0));
    const stale = await castBallot(sceneAt(voting.community, DURING + 1), ballot(voting, 0, { answers: no }));
    expect(stale).toMatchObject({ ok: true, value: { outcome: "stands", version: 1 } });
    const next = await castBallot(
      sceneAt(voting.community, DURING + 2),
      ballot(voting, 0, { answers: no, replaces: 1 }),
    );
    expect(next).toMatchObject({ ok: true, value: { outcome: "replaced", version: 2 } });
    const { db } = sceneAt(voting.community);
    const [sums] = await db.read(
      db.all<{ optionNo: number; owners: number; areaDm2: number }>(
        sql`SELECT option_no AS optionNo, sum(sign) AS owners, sum(sign * area_dm2) AS areaDm2 FROM ballot_choice
            WHERE meeting_id = ${voting.meetingId} AND item_no = 1 GROUP BY option_no`,
      ),
    );
    expect(sums).toEqual([
      { optionNo: 1, owners: 0, areaDm2: 0 },
      { optionNo: 2, owners: 1, areaDm2: 10_000 },
    ]);
    expect(await turnout(voting, "item:1")).toEqual({ owners: 1, areaDm2: 10_000 });
    expect(await countRows(db, "ballot_part", voting.meetingId)).toBe(2);
    const repeat = await castBallot(
      sceneAt(voting.community, DURING + 3),
      ballot(voting, 0, { answers: no, replaces: 1 }),
    );
    expect(repeat).toMatchObject({ ok: true, value: { outcome: "stands", version: 2 } });
    expect(first.ok).toBe(true);
  });

  test("of two replacements at once one counts and both get its receipt", async () => {
    const voting = await withLinks(await makeVoting({ rules: rulesWith({ ballotReplaceable: true }) }));
    await castBallot(sceneAt(voting.community, DURING), ballot(voting, 0));
    const both = await Promise.all(
      [1, 2].map((at) =>
        castBallot(sceneAt(voting.community, DURING + at), ballot(voting, 0, { answers: no, replaces: 1 })),
      ),
    );
    const versions = both.map((cast) => (cast.ok ? `${cast.value.version} ${cast.value.leafHash}` : cast.error.reason));
    expect(new Set(versions).size).toBe(1);
    expect(await countRows(sceneAt(voting.community).db, "ballot", voting.meetingId)).toBe(2);
  });
});

test("a ballot cannot be changed, deleted or overwritten in place", async () => {
  const voting = await withLinks(await makeVoting());
  const { db } = sceneAt(voting.community, DURING);
  await castBallot(sceneAt(voting.community, DURING), ballot(voting, 0));
  for (const attempt of [
    sql`UPDATE ballot SET answers = '[]' WHERE meeting_id = ${voting.meetingId}`,
    sql`DELETE FROM ballot WHERE meeting_id = ${voting.meetingId}`,
    sql`INSERT OR REPLACE INTO ballot SELECT * FROM ballot WHERE meeting_id = ${voting.meetingId}`,
    sql`UPDATE ballot_choice SET option_no = 2 WHERE meeting_id = ${voting.meetingId}`,
    sql`INSERT OR REPLACE INTO ballot_choice SELECT * FROM ballot_choice WHERE meeting_id = ${voting.meetingId}`,
    sql`UPDATE ballot_part SET area_dm2 = 1 WHERE meeting_id = ${voting.meetingId}`,
  ])
    expect((await db.write([db.run(attempt)])).ok).toBe(false);
});
