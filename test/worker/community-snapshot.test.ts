/** The roll a meeting is held by: frozen with its root in the record, provable by each head, objected to, amended before voting. */
import { describe, expect, test } from "vitest";
import { chooseWhoVotes, transferUnit } from "../../src/community/changes/actions.ts";
import { contactsFor } from "../../src/community/privacy/actions.ts";
import { DEFAULT_SETTINGS, type RollSettings } from "../../src/community/rules.ts";
import { amendSnapshot, freezeSnapshot, proveEntry } from "../../src/community/snapshot/actions.ts";
import { designateVoter } from "../../src/community/snapshot/designations/actions.ts";
import { answerObjection, raiseObjection, readObjections } from "../../src/community/snapshot/objections/actions.ts";
import {
  countOpenObjections,
  findMeetingSnapshot,
  findVoter,
  listBuildings,
  listVoters,
  listVotersInScope,
  listVotersOfParty,
  listVoterUnits,
  totalsInScope,
} from "../../src/community/snapshot/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import { newId, type PartyId } from "../../src/kernel/id.ts";
import { sql } from "../../src/platform/db.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { isInList } from "../../src/record/merkle/list.ts";
import { makeCommunity, ROWS_BEHIND, sceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile, manyRows, SMALL, secretary, unitIdOf } from "./community-roll-of-test.ts";

type Community = Awaited<ReturnType<typeof makeCommunity>>;
const AS_OF = "2026-11-02";
const UNTIL = T0 + 7 * DAY_MS;
const note = { why: "共有人书面推选", evidence: "推选书" };
const fresh = (): string => newId<string>(systemRandom);

async function freeze(community: Community, settings: RollSettings = DEFAULT_SETTINGS, meetingId = "meeting-1") {
  const scene = secretary(community);
  const frozen = await freezeSnapshot(scene, {
    meetingId,
    asOf: AS_OF,
    settings,
    objectionsUntil: UNTIL,
    by: "person-secretary",
  });
  if (!frozen.ok) throw new Error(frozen.error.reason);
  const written = await scene.db.write(frozen.value.statements);
  expect(written).toMatchObject({ ok: true });
  return frozen.value;
}
async function estate(): Promise<Community> {
  const community = await makeCommunity();
  await importFile(community, csvOf(...SMALL), "2026-01-01");
  return community;
}
const buyer = (name: string) => ({
  basis: "registered" as const,
  personal: { name, kind: "natural" as const, idType: null, idNumber: null, idTail: null, phone: null, ownerNo: null },
});
const sell = async (community: Community, room: string, name: string, day = "2026-10-01") =>
  transferUnit(secretary(community), await unitIdOf(community, room), {
    changeId: fresh(),
    fromOn: day,
    note,
    kind: "sale",
    owners: [buyer(name)],
    designated: null,
    state: null,
  });

describe("a frozen roll", () => {
  test("numbers its heads from 0, sums to the estate and to each building, and puts its root in the record", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    expect(frozen.voters.map(({ voterNo, reason, areaDm2 }) => [voterNo, reason, areaDm2])).toEqual([
      [0, "one_owner", 19_201],
      [1, "one_unit", 7652],
      [2, "developer", 11_840],
      [3, "one_unit", 5480],
    ]);
    expect(frozen.totals).toEqual({ owners: 4, areaDm2: 44_173 });
    const scene = sceneAt(community);
    const [buildings, estateTotals, oneBuilding, bothBuildings, leaves] = await scene.db.read(
      listBuildings(scene, frozen.snapshotId),
      totalsInScope(scene, frozen.snapshotId, { kind: "estate" }),
      totalsInScope(scene, frozen.snapshotId, { kind: "buildings", buildings: ["2栋"] }),
      totalsInScope(scene, frozen.snapshotId, { kind: "buildings", buildings: ["1栋", "2栋"] }),
      scene.db.all<{ entry: string; subject: string }>(
        sql`SELECT entry, subject FROM record_leaf WHERE community_id = ${community.id} AND type = 'roll.frozen'`,
      ),
    );
    expect(buildings).toEqual([
      { building: "1栋", owners: 2, areaDm2: 26_853 },
      { building: "2栋", owners: 2, areaDm2: 17_320 },
    ]);
    expect([estateTotals[0], oneBuilding[0], bothBuildings[0]]).toEqual([
      { owners: 4, areaDm2: 44_173 },
      { owners: 2, areaDm2: 17_320 },
      { owners: 4, areaDm2: 44_173 },
    ]);
    expect(JSON.parse(leaves[0]!.entry)).toMatchObject({ root: frozen.root, owners: 4, areaDm2: 44_173, version: 1 });
    expect(leaves[0]!.subject).toBe("meeting-1");
  });

  test("lists a parking space that does not count, and counts it by a clause (C6)", async () => {
    const community = await estate();
    const plain = await freeze(community);
    expect(plain.voters[0]!.units.map(({ room, counted }) => [room, counted])).toEqual([
      ["0101", true],
      ["0102", true],
      ["B1-001", false],
    ]);
    const settings: RollSettings = { countedSpaces: ["parking"], spacesClause: "议事规则第十二条" };
    const counted = await freeze(community, settings, "meeting-2");
    expect(counted.totals).toEqual({ owners: 4, areaDm2: 44_173 + 1272 });
    const refused = await freezeSnapshot(secretary(community), {
      meetingId: "meeting-3",
      asOf: AS_OF,
      settings: { countedSpaces: ["parking"], spacesClause: "" },
      objectionsUntil: UNTIL,
      by: "x",
    });
    expect(refused).toEqual({ ok: false, error: { reason: "clause_missing" } });
  });

  test("stays as it was when a unit is sold afterwards", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    await sell(community, "0101", "赵六儿");
    const scene = sceneAt(community);
    const [units] = await scene.db.read(listVoterUnits(scene, frozen.snapshotId, 0));
    expect(units.map(({ room }) => room).sort()).toEqual(["0101", "0102", "B1-001"]);
    expect(await proveEntry(scene, frozen.snapshotId, 0)).not.toBeNull();
  });

  test("of an empty roll is refused", async () => {
    const community = await makeCommunity();
    const refused = await freezeSnapshot(secretary(community), {
      meetingId: "m",
      asOf: AS_OF,
      settings: DEFAULT_SETTINGS,
      objectionsUntil: UNTIL,
      by: "x",
    });
    expect(refused).toEqual({ ok: false, error: { reason: "roll_empty", asOf: AS_OF } });
  });

  test("decided on a roll that was changed before the batch ran is not written at all", async () => {
    const community = await estate();
    const scene = secretary(community);
    const frozen = await freezeSnapshot(scene, {
      meetingId: "m",
      asOf: AS_OF,
      settings: DEFAULT_SETTINGS,
      objectionsUntil: UNTIL,
      by: "x",
    });
    if (!frozen.ok) throw new Error("refused");
    await sell(community, "0101", "赵六儿");
    expect(await scene.db.write(frozen.value.statements)).toEqual({
      ok: false,
      error: { reason: "aborted", code: "roll_stale" },
    });
    const [rows] = await scene.db.read(findMeetingSnapshot(scene, "m"));
    expect(rows).toEqual([]);
  });

  test("of one building holds its owners with their area there, and nobody else (C9)", async () => {
    const community = await estate();
    const whole = await freeze(community);
    const [building] = [...whole.perBuilding.keys()];
    const frozen = await freezeSnapshot(secretary(community), {
      meetingId: "one-building",
      asOf: AS_OF,
      settings: DEFAULT_SETTINGS,
      scopes: [{ kind: "buildings", buildings: [building!] }],
      objectionsUntil: UNTIL,
      by: "x",
    });
    if (!frozen.ok) throw new Error("refused");
    expect([...frozen.value.perBuilding]).toEqual([[building, whole.perBuilding.get(building!)]]);
    expect(frozen.value.totals).toEqual(whole.perBuilding.get(building!));
    expect(frozen.value.voters.flatMap(({ units }) => units).every((unit) => unit.building === building)).toBe(true);
  });

  test("cannot be frozen twice for one meeting by two who press the button at once", async () => {
    const community = await estate();
    const attempts = await Promise.all(
      [1, 2].map(async () => {
        const scene = secretary(community);
        const frozen = await freezeSnapshot(scene, {
          meetingId: "m",
          asOf: AS_OF,
          settings: DEFAULT_SETTINGS,
          objectionsUntil: UNTIL,
          by: "x",
        });
        return frozen.ok ? scene.db.write(frozen.value.statements) : null;
      }),
    );
    expect(attempts.filter((written) => written?.ok)).toHaveLength(1);
    expect(attempts.find((written) => !written?.ok)).toMatchObject({ error: { code: "snapshot_stale" } });
  });

  test("gives each head an entry that anyone checks against the root, and none of them another's", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    const scene = sceneAt(community);
    for (const { voterNo } of frozen.voters) {
      const proof = await proveEntry(scene, frozen.snapshotId, voterNo);
      const { entry, index, size, proof: hashes, root } = proof!;
      expect(root).toBe(frozen.root);
      expect(isInList(entry, index, size, hashes, root)).toBe(true);
      expect(isInList(entry.replace(/"areaDm2":\d+/, '"areaDm2":1'), index, size, hashes, root)).toBe(false);
    }
    expect(await proveEntry(scene, frozen.snapshotId, 99)).toBeNull();
  });

  test("a row altered behind the record's back does not prove", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    const { db } = sceneAt(community);
    expect(
      (await db.write([db.run(sql`UPDATE snapshot_unit SET area_dm2 = 1 WHERE community_id = ${community.id}`)])).ok,
    ).toBe(false);
    await db.write([
      db.run(sql`DROP TRIGGER snapshot_unit_no_update`),
      db.run(sql`UPDATE snapshot_unit SET area_dm2 = area_dm2 + 1 WHERE community_id = ${community.id}`),
      db.run(
        sql`CREATE TRIGGER snapshot_unit_no_update BEFORE UPDATE ON snapshot_unit BEGIN SELECT RAISE(ABORT, 'append_only'); END`,
      ),
    ]);
    await expect(proveEntry(sceneAt(community), frozen.snapshotId, 0)).rejects.toThrow("root");
  });

  test("a ballot's reads do not grow with the estate", async () => {
    const read: number[] = [];
    for (const count of [50, 2000]) {
      const community = await makeCommunity();
      await importFile(community, csvOf(...manyRows(count)), "2026-01-01");
      const frozen = await freeze(community);
      const scene = sceneAt(community);
      await scene.db.read(findVoter(scene, frozen.snapshotId, 8), listVoterUnits(scene, frozen.snapshotId, 8));
      read.push(scene.db.meter.rowsRead);
    }
    expect(Math.abs(read[1]! - read[0]!)).toBeLessThanOrEqual(ROWS_BEHIND);
    expect(read[0]).toBeLessThan(12);
  });
});

describe("an amendment", () => {
  test("after a correction keeps the numbers of those who stay, gives new heads new numbers and never reuses one", async () => {
    const community = await estate();
    const first = await freeze(community);
    // Before the freeze's day the shop was sold, which the roll learns only now.
    await sell(community, "S01", "赵六儿", "2026-10-01");
    const scene = secretary(community);
    const amended = await amendSnapshot(scene, { meetingId: "meeting-1", why: "补登一处买卖", by: "person-secretary" });
    if (!amended.ok) throw new Error(amended.error.reason);
    expect(amended.value).toMatchObject({ version: 2, added: [4], removed: [3], changed: [] });
    expect((await scene.db.write(amended.value.statements)).ok).toBe(true);
    const [current, heads] = await scene.db.read(
      findMeetingSnapshot(scene, "meeting-1"),
      listVoters(scene, amended.value.snapshotId, -1, 100),
    );
    expect(current[0]).toMatchObject({ version: 2, owners: 4, areaDm2: 44_173, nextVoterNo: 5, why: "补登一处买卖" });
    expect(heads.map(({ voterNo }) => voterNo)).toEqual([0, 1, 2, 4]);
    const proof = await proveEntry(scene, amended.value.snapshotId, 4);
    expect(isInList(proof!.entry, proof!.index, proof!.size, proof!.proof, amended.value.root)).toBe(true);
    expect(amended.value.root).not.toBe(first.root);
    expect(await amendSnapshot(scene, { meetingId: "meeting-1", why: "再来", by: "x" })).toEqual({
      ok: false,
      error: { reason: "nothing_to_amend" },
    });
  });
  test("does not see what changed after the frozen day", async () => {
    const community = await makeCommunity();
    await importFile(community, csvOf(...SMALL), "2026-01-01");
    await freeze(community);
    const later = T0 + 5 * DAY_MS;
    const scene = secretary(community, later);
    await transferUnit(scene, await unitIdOf(community, "S01"), {
      changeId: fresh(),
      fromOn: "2026-11-05",
      note,
      kind: "sale",
      owners: [buyer("赵六儿")],
      designated: null,
      state: null,
    });
    expect(await amendSnapshot(scene, { meetingId: "meeting-1", why: "x", by: "x" })).toMatchObject({
      error: { reason: "nothing_to_amend" },
    });
    expect(await amendSnapshot(scene, { meetingId: "no-such", why: "x", by: "x" })).toMatchObject({
      error: { reason: "unknown_snapshot" },
    });
  });
});

describe("who votes for a frozen head", () => {
  test("is the co-owner chosen after the freeze; the weight stays, and the choice can change again", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    const scene = secretary(community);
    const couple = frozen.voters[1]!;
    expect(couple.designation).toEqual({ state: "must_designate" });
    for (const partyId of couple.owners) {
      const chosen = await designateVoter(secretary(community), { meetingId: "meeting-1", voterNo: 1, partyId, note });
      if (!chosen.ok) throw new Error(chosen.error.reason);
      expect((await scene.db.write(chosen.value.statements)).ok).toBe(true);
      const [rows, votes] = await scene.db.read(
        findVoter(scene, frozen.snapshotId, 1),
        listVotersOfParty(scene, frozen.snapshotId, partyId),
      );
      expect(rows[0]).toMatchObject({ votingPartyId: partyId, votesAs: "designated", areaDm2: 7652 });
      expect(votes).toEqual([{ voterNo: 1 }]);
    }
    const again = await designateVoter(secretary(community), {
      meetingId: "meeting-1",
      voterNo: 1,
      partyId: couple.owners[1]!,
      note,
    });
    expect(again).toMatchObject({ ok: false, error: { reason: "votes_already" } });
    const stranger = await designateVoter(secretary(community), {
      meetingId: "meeting-1",
      voterNo: 1,
      partyId: frozen.voters[0]!.owners[0]!,
      note,
    });
    expect(stranger).toMatchObject({ ok: false, error: { reason: "not_an_owner" } });
  });
  test("chosen in the roll before the freeze is frozen with it", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0201");
    const [li] = (await freeze(community)).voters[1]!.owners;
    await chooseWhoVotes(secretary(community), unitId, { changeId: fresh(), fromOn: "2026-02-01", note, partyId: li! });
    const frozen = await freeze(community, DEFAULT_SETTINGS, "meeting-2");
    expect(frozen.voters[1]!.designation).toEqual({ state: "votes", partyId: li, as: "designated" });
  });
});

describe("scope and contacts", () => {
  test("a scope of units counts only the heads that own them (C9)", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    const scene = sceneAt(community);
    const units = frozen.voters[0]!.units.slice(0, 1).map(({ unitId }) => unitId);
    const [totals, heads] = await scene.db.read(
      totalsInScope(scene, frozen.snapshotId, { kind: "units", unitIds: units }),
      listVotersInScope(scene, frozen.snapshotId, { kind: "buildings", buildings: ["1栋"] }),
    );
    expect(totals).toEqual([{ owners: 1, areaDm2: 8966 }]);
    expect(heads).toEqual([
      { voterNo: 0, areaDm2: 19_201 },
      { voterNo: 1, areaDm2: 7652 },
    ]);
  });
  test("numbers are handed to the sender of messages with a row that says so", async () => {
    const community = await estate();
    const frozen = await freeze(community);
    const scene = sceneAt(community);
    const parties = frozen.voters.flatMap(({ owners }) => owners) as PartyId[];
    const { contacts, statement } = await contactsFor(scene, parties, { by: "outbox", why: "meeting message" });
    expect(
      [...contacts.values()]
        .map(({ phone }) => phone)
        .filter(Boolean)
        .sort(),
    ).toEqual(["13812345678", "13912345678"]);
    await scene.db.write([statement]);
    const [rows] = await scene.db.read(
      scene.db.all<{ people: number; what: string }>(
        sql`SELECT people, what FROM pii_read WHERE community_id = ${community.id}`,
      ),
    );
    expect(rows).toEqual([{ people: parties.length, what: "contact" }]);
  });
});

describe("an objection", () => {
  const raise = (community: Community, snapshotId: string, now = T0, key = fresh()) =>
    raiseObjection(sceneAt(community, now), { snapshotId, voterNo: 1, by: "party", text: "面积应为 78.52", key });

  test("is taken until the last instant of its period, waits, and is answered once", async () => {
    const community = await estate();
    const { snapshotId } = await freeze(community);
    const raised = await raise(community, snapshotId, UNTIL - 1);
    if (!raised.ok) throw new Error(raised.error.reason);
    expect(await raise(community, snapshotId, UNTIL)).toMatchObject({
      ok: false,
      error: { reason: "objections_over" },
    });
    const scene = secretary(community, UNTIL);
    const waiting = async () => (await scene.db.read(countOpenObjections(scene, "meeting-1")))[0][0]!.waiting;
    expect(await waiting()).toBe(1);
    const answers = await Promise.all(
      [1, 2].map(() =>
        answerObjection(secretary(community, UNTIL), raised.value.objectionId, {
          outcome: "rejected",
          text: "登记簿记载为 76.52",
        }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { reason: "already_answered" } });
    expect(await waiting()).toBe(0);
    expect(await readObjections(scene, "meeting-1")).toMatchObject([
      {
        voterNo: 1,
        text: "面积应为 78.52",
        outcome: "rejected",
        answer: "登记簿记载为 76.52",
        answeredBy: "person-secretary",
      },
    ]);
  });
  test("sent twice from one form is one objection with one leaf", async () => {
    const community = await estate();
    const { snapshotId } = await freeze(community);
    const key = fresh();
    await Promise.all([raise(community, snapshotId, T0, key), raise(community, snapshotId, T0, key)]);
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ entry: string }>(
        sql`SELECT entry FROM record_leaf WHERE community_id = ${community.id} AND type = 'roll.objection_made'`,
      ),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.entry).not.toContain("78.52");
  });
  test("without words, or to an entry that is not there, is refused", async () => {
    const community = await estate();
    const { snapshotId } = await freeze(community);
    const scene = sceneAt(community);
    expect(await raiseObjection(scene, { snapshotId, voterNo: 1, by: "p", text: "  " })).toMatchObject({
      error: { reason: "objection_empty" },
    });
    expect(await raiseObjection(scene, { snapshotId, voterNo: 77, by: "p", text: "x" })).toMatchObject({
      error: { reason: "unknown_snapshot" },
    });
    expect(await answerObjection(secretary(community), "no-such", { outcome: "upheld", text: "x" })).toMatchObject({
      error: { reason: "unknown_objection" },
    });
  });
});
