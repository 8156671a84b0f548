/** Changing the roll from a day on, through workerd and D1: sales, inheritance, splits, corrections; history stays and can be asked for by day. */
import { describe, expect, test } from "vitest";
import {
  changeContact,
  changeFacts,
  chooseWhoVotes,
  setGuardian,
  transferUnit,
} from "../../src/community/changes/actions.ts";
import { mergeUnits, splitUnit } from "../../src/community/changes/parts/actions.ts";
import type { NamedOwner } from "../../src/community/changes/people.ts";
import { openPersonal, type Personal } from "../../src/community/personal.ts";
import { DEFAULT_SETTINGS, voters } from "../../src/community/rules.ts";
import { listSealed } from "../../src/community/store.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { newId } from "../../src/kernel/id.ts";
import { sql } from "../../src/platform/db.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, linesOn, rollOn, SMALL, secretary, unitIdOf } from "./community-roll-of-test.ts";

const note = { why: "不动产登记已变更", evidence: "渝(2026)璧山区不动产权第0001号" };
const fresh = (): string => newId<string>(systemRandom);
const head = (fromOn: string) => ({ changeId: fresh(), fromOn, note });
const person = (name: string, more: Partial<Personal> = {}): NamedOwner => ({
  basis: "registered",
  personal: { name, kind: "natural", idType: null, idNumber: null, idTail: null, phone: null, ownerNo: null, ...more },
});
const sale = (fromOn: string, ...owners: NamedOwner[]) => ({
  ...head(fromOn),
  kind: "sale" as const,
  owners,
  designated: null,
  state: null,
});
type Community = Awaited<ReturnType<typeof makeCommunity>>;
async function estate(): Promise<Community> {
  const community = await makeCommunity();
  await importFile(community, csvOf(...SMALL), "2026-01-01");
  return community;
}
const line = async (community: Community, room: string, day: string) =>
  (await linesOn(community, day)).find((text) => text.startsWith(`${room} `));
const leafTypes = async (community: Community) => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ type: string }>(sql`SELECT type FROM record_leaf WHERE community_id = ${community.id} ORDER BY seq`),
  );
  return rows.map(({ type }) => type);
};
const ownersOf = async (community: Community, room: string) => {
  const roll = await rollOn(community, "2026-11-02");
  return roll.units.find((unit) => unit.room === room)!.owners.map(({ partyId }) => partyId);
};

describe("a sale", () => {
  test("gives the unit to the buyer from its day on; the day before it is still the seller's", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    const done = await transferUnit(
      secretary(community),
      unitId,
      sale("2026-05-10", person("赵六儿", { phone: "13700000001" })),
    );
    expect(done.ok).toBe(true);
    expect(await line(community, "0101", "2026-05-09")).toBe("0101 张** 8966");
    expect(await line(community, "0101", "2026-05-10")).toBe("0101 赵** 8966");
    expect(await leafTypes(community)).toEqual(["roll.imported", "roll.changed"]);
  });
  test("to somebody the roll knows makes no second person: they stay one head with both units", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0201");
    await transferUnit(secretary(community), unitId, sale("2026-05-10", person("张三丰", { phone: "13812345678" })));
    const heads = voters(await rollOn(community, "2026-11-02"), DEFAULT_SETTINGS);
    expect(heads.map(({ areaDm2 }) => areaDm2)).toEqual([26_853, 11_840, 5480]);
  });
  test("to a namesake with another document makes another person", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0201");
    await transferUnit(
      secretary(community),
      unitId,
      sale("2026-05-10", person("张三丰", { idTail: "9999", phone: "13812345678" })),
    );
    expect(voters(await rollOn(community, "2026-11-02"), DEFAULT_SETTINGS)).toHaveLength(4);
  });
  test("of the developer's unsold unit also says that it is handed over", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0301");
    const asked = { ...sale("2026-05-10", person("赵六儿")), state: "delivered" as const };
    expect((await transferUnit(secretary(community), unitId, asked)).ok).toBe(true);
    const heads = voters(await rollOn(community, "2026-05-10"), DEFAULT_SETTINGS);
    expect(heads.filter(({ reason }) => reason === "developer")).toEqual([]);
    expect(
      voters(await rollOn(community, "2026-05-09"), DEFAULT_SETTINGS).some(({ reason }) => reason === "developer"),
    ).toBe(true);
  });
  test("sent twice from one form is one sale", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    const asked = sale("2026-05-10", person("赵六儿"));
    const both = await Promise.all([1, 2].map(() => transferUnit(secretary(community), unitId, asked)));
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await transferUnit(secretary(community), unitId, asked)).ok).toBe(true);
    expect(await leafTypes(community)).toEqual(["roll.imported", "roll.changed"]);
  });
  test("two different sales decided at the same moment: one is told that the roll has changed", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    const both = await Promise.all(
      ["赵六儿", "钱七七"].map((name) => transferUnit(secretary(community), unitId, sale("2026-05-10", person(name)))),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = both.find(({ ok }) => !ok);
    expect(refused).toMatchObject({
      ok: false,
      error: { reason: expect.stringMatching(/roll_stale|later_change|same/) },
    });
  });
  test.each([
    ["tomorrow", { ...sale("2026-11-03", person("赵六儿")) }, "day_in_future"],
    ["on a day before the unit was in the roll", { ...sale("2025-12-31", person("赵六儿")) }, "not_on_roll"],
    ["without a reason", { ...sale("2026-05-10", person("赵六儿")), note: { why: " ", evidence: "" } }, "note_missing"],
    ["to nobody", { ...sale("2026-05-10") }, "no_owners"],
    ["to the owner it has", { ...sale("2026-05-10", person("张三丰", { idTail: "0011" })) }, "same_owners"],
    [
      "to one person twice",
      { ...sale("2026-05-10", person("张三丰", { idTail: "0011" }), person("张三丰", { phone: "13812345678" })) },
      "same_owner_twice",
    ],
    ["on no day", { ...sale("10 May", person("赵六儿")) }, "day_form"],
  ])("%s is refused", async (_, asked, reason) => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    expect(await transferUnit(secretary(community), unitId, asked)).toMatchObject({ ok: false, error: { reason } });
    expect(await leafTypes(community)).toEqual(["roll.imported"]);
  });
  test("dated before a later sale is refused, and names the day", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    await transferUnit(secretary(community), unitId, sale("2026-05-10", person("赵六儿")));
    expect(await transferUnit(secretary(community), unitId, sale("2026-04-01", person("钱七七")))).toEqual({
      ok: false,
      error: { reason: "later_change", on: "2026-05-10" },
    });
  });
});

describe("a correction", () => {
  test("overrules the sale that never was; what was written stays in the table, voided", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0101");
    await transferUnit(secretary(community), unitId, sale("2026-05-10", person("赵六儿")));
    const asked = { ...sale("2026-04-01", person("钱七七")), kind: "correction" as const };
    expect((await transferUnit(secretary(community), unitId, asked)).ok).toBe(true);
    expect(await line(community, "0101", "2026-03-31")).toBe("0101 张** 8966");
    expect(await line(community, "0101", "2026-04-01")).toBe("0101 钱** 8966");
    expect(await line(community, "0101", "2026-05-10")).toBe("0101 钱** 8966");
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ n: number }>(
        sql`SELECT count(*) AS n FROM holding WHERE community_id = ${community.id} AND unit_id = ${unitId} AND voided_by IS NOT NULL`,
      ),
    );
    expect(rows[0]!.n).toBe(2);
  });
  test("holdings and facts cannot be rewritten or deleted behind the actions' back", async () => {
    const community = await estate();
    const { db } = sceneAt(community);
    for (const statement of [
      sql`UPDATE holding SET party_id = 'x' WHERE community_id = ${community.id}`,
      sql`UPDATE holding SET from_on = '2020-01-01' WHERE community_id = ${community.id}`,
      sql`DELETE FROM holding WHERE community_id = ${community.id}`,
      sql`UPDATE unit_fact SET register_dm2 = 1 WHERE community_id = ${community.id}`,
      sql`UPDATE party_detail SET sealed = 'x' WHERE community_id = ${community.id}`,
      sql`DELETE FROM roll_change WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO unit SELECT * FROM unit WHERE community_id = ${community.id}`,
    ])
      expect((await db.write([db.run(statement)])).ok).toBe(false);
    expect(await linesOn(community, "2026-11-02")).toHaveLength(6);
  });
});

describe("who votes", () => {
  test("is chosen among co-owners from a day on, and the choice lapses when the unit is sold", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0201");
    const [, wang] = await ownersOf(community, "0201");
    const chosen = await chooseWhoVotes(secretary(community), unitId, { ...head("2026-05-10"), partyId: wang! });
    expect(chosen.ok).toBe(true);
    expect(await line(community, "0201", "2026-05-09")).not.toContain("votes");
    expect(await line(community, "0201", "2026-05-10")).toContain("votes 王**");
    await transferUnit(secretary(community), unitId, sale("2026-06-10", person("赵六儿")));
    expect(await line(community, "0201", "2026-06-10")).toBe("0201 赵** 7652");
  });
  test("is not a question where there is one owner, nor can a stranger be chosen", async () => {
    const community = await estate();
    const [sole, couple] = [await unitIdOf(community, "0101"), await unitIdOf(community, "0201")];
    const [zhang] = await ownersOf(community, "0101");
    expect(await chooseWhoVotes(secretary(community), sole, { ...head("2026-05-10"), partyId: zhang! })).toMatchObject({
      error: { reason: "one_owner_only" },
    });
    expect(
      await chooseWhoVotes(secretary(community), couple, { ...head("2026-05-10"), partyId: zhang! }),
    ).toMatchObject({ error: { reason: "designated_not_owner" } });
  });
  test("is the guardian, from a day on and until it ends (C4)", async () => {
    const community = await estate();
    const [zhang] = await ownersOf(community, "0101");
    const set = await setGuardian(secretary(community), zhang!, {
      ...head("2026-05-10"),
      guardian: person("张大伯", { phone: "13500000000" }),
    });
    expect(set.ok).toBe(true);
    const votes = async (day: string) =>
      voters(await rollOn(community, day), DEFAULT_SETTINGS)[0]!.designation as { partyId: PartyId; as: string };
    expect((await votes("2026-05-09")).partyId).toBe(zhang);
    expect((await votes("2026-05-10")).as).toBe("guardian");
    expect((await setGuardian(secretary(community), zhang!, { ...head("2026-08-01"), guardian: null })).ok).toBe(true);
    expect((await votes("2026-08-01")).partyId).toBe(zhang);
    expect((await votes("2026-07-31")).as).toBe("guardian");
    expect(
      await setGuardian(secretary(community), zhang!, { ...head("2026-08-01"), guardian: { partyId: zhang! } }),
    ).toMatchObject({ error: { reason: "own_guardian" } });
  });
});

describe("facts and contacts", () => {
  test("a registered area goes before the one in the contract from its day on (C1)", async () => {
    const community = await makeCommunity();
    const bytes = new TextEncoder().encode("楼栋,房号,面积,面积来源,业主\n1栋,0101,88.00,合同,张三丰\n");
    await importFile(community, bytes, "2026-01-01");
    const unitId = await unitIdOf(community, "0101");
    const asked = {
      ...head("2026-05-10"),
      area: { source: "register" as const, areaDm2: 8966 },
      kind: null,
      state: null,
    };
    expect((await changeFacts(secretary(community), unitId, asked)).ok).toBe(true);
    expect(await line(community, "0101", "2026-05-09")).toBe("0101 张** 8800");
    expect(await line(community, "0101", "2026-05-10")).toBe("0101 张** 8966");
    const weaker = {
      ...head("2026-05-11"),
      area: { source: "survey" as const, areaDm2: 9000 },
      kind: null,
      state: null,
    };
    await changeFacts(secretary(community), unitId, weaker);
    expect(await line(community, "0101", "2026-05-11")).toBe("0101 张** 8966");
    expect(await changeFacts(secretary(community), unitId, { ...weaker, ...head("2026-05-12") })).toMatchObject({
      error: { reason: "nothing_changed" },
    });
  });
  test("a new mobile is a new sealed version, and the leaf names the party and no number", async () => {
    const community = await estate();
    const [zhang] = await ownersOf(community, "0101");
    const changed = await changeContact(secretary(community), zhang!, {
      changeId: fresh(),
      note,
      change: (known) => ({ ...known, phone: "13699998888" }),
    });
    expect(changed.ok).toBe(true);
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listSealed(scene, [zhang!]));
    expect(rows[0]!.version).toBe(2);
    expect((await openPersonal(scene, zhang!, rows[0]!.kind, rows[0]!.sealed)).phone).toBe("13699998888");
  });
});

describe("a split and a merger", () => {
  const part = (room: string, areaDm2: number) => ({ building: "1栋", entrance: "2单元", room, areaDm2 });
  test("retires the old unit from the day on and gives its owners the parts, area for area", async () => {
    const community = await estate();
    const unitId = await unitIdOf(community, "0201");
    const asked = { ...head("2026-05-10"), source: "register" as const, measuredAnew: false };
    const off = await splitUnit(secretary(community), unitId, {
      ...asked,
      parts: [part("0201A", 4000), part("0201B", 3651)],
    });
    expect(off).toMatchObject({ ok: false, error: { reason: "area_differs", wholeDm2: 7652, partsDm2: 7651 } });
    const done = await splitUnit(secretary(community), unitId, {
      ...asked,
      parts: [part("0201A", 4000), part("0201B", 3652)],
    });
    expect(done.ok).toBe(true);
    expect(await line(community, "0201", "2026-05-09")).toBe("0201 李**+王** 7652");
    expect(await line(community, "0201", "2026-05-10")).toBeUndefined();
    expect(await line(community, "0201A", "2026-05-10")).toBe("0201A 李**+王** 4000");
    const heads = voters(await rollOn(community, "2026-11-02"), DEFAULT_SETTINGS);
    expect(heads.find(({ reason }) => reason === "same_owners")).toMatchObject({ areaDm2: 7652 });
    const ids = [await unitIdOf(community, "0201A"), await unitIdOf(community, "0201B")];
    const merged = await mergeUnits(secretary(community), ids, {
      ...head("2026-09-01"),
      into: part("0201C", 0),
      areaDm2: 7652,
      source: "register",
      measuredAnew: false,
    });
    expect(merged.ok).toBe(true);
    expect(await line(community, "0201C", "2026-09-01")).toBe("0201C 李**+王** 7652");
  });
  test("units of different owners do not merge, and a part cannot take a number that exists", async () => {
    const community = await estate();
    const ids = [await unitIdOf(community, "0101"), await unitIdOf(community, "0201")];
    const into = { building: "1栋", entrance: "1单元", room: "0199" };
    const merged = await mergeUnits(secretary(community), ids, {
      ...head("2026-05-10"),
      into,
      areaDm2: 16_618,
      source: "register",
      measuredAnew: false,
    });
    expect(merged).toMatchObject({ error: { reason: "owners_differ" } });
    const taken = [{ building: "1栋", entrance: "1单元", room: "0102", areaDm2: 4000 }, part("0201B", 3652)];
    const split = await splitUnit(secretary(community), ids[1]!, {
      ...head("2026-05-10"),
      parts: taken,
      source: "register",
      measuredAnew: false,
    });
    expect(split).toMatchObject({ error: { reason: "unit_exists" } });
    expect(await linesOn(community, "2026-11-02")).toHaveLength(6);
  });
});
