/** A meeting ready to be voted on, for the tests of links, ballots, paper, proxies and delivery: a small roll, its frozen snapshot, items and counters. */

import { type Item, weightInScope, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import { insertItems, insertTurnout } from "../../src/assembly/meeting/store.ts";
import { DEFAULT_RULES, type MeetingRules } from "../../src/assembly/settings/rules.ts";
import { hashesOf, masksOf, type Personal, sealPersonal } from "../../src/community/personal.ts";
import { DEFAULT_SETTINGS, NO_AREAS } from "../../src/community/rules.ts";
import { type Frozen, freezeSnapshot } from "../../src/community/snapshot/actions.ts";
import {
  insertChange,
  insertDetails,
  insertFacts,
  insertHoldings,
  insertParties,
  insertUnits,
} from "../../src/community/store.ts";
import { DAY_MS, dayOf, type Instant } from "../../src/kernel/day.ts";
import { type MeetingId, newId, type PartyId, type UnitId } from "../../src/kernel/id.ts";
import { type CommunityAddress, type Database, sql } from "../../src/platform/db.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";

export interface PersonOfTest {
  readonly name: string;
  readonly phone?: string;
  readonly idTail?: string;
}

export interface UnitOfTest {
  readonly building: string;
  readonly room: string;
  readonly areaDm2: number;
  readonly owners: readonly PersonOfTest[];
  /** Which of the owners votes, by position. */
  readonly designated?: number;
}

/** n flats of 100.00 m², one owner each, in buildings of `perBuilding`; the k-th owner's phone ends in k with four digits. */
export const flats = (n: number, perBuilding = 50): UnitOfTest[] =>
  Array.from({ length: n }, (_, at) => ({
    building: `${Math.floor(at / perBuilding) + 1}栋`,
    room: String((at % perBuilding) + 101),
    areaDm2: 10_000,
    owners: [{ name: `业主${at}`, phone: phoneOf(at), idTail: String(9999 - (at % 9000)).padStart(4, "0") }],
  }));

export const phoneOf = (at: number): string => `199${String(at).padStart(8, "0")}`;
export const tailOf = (at: number): string => phoneOf(at).slice(-4);

export const itemOfTest = (itemNo: number, more: Partial<Item> = {}): Item => ({
  itemNo,
  matter: 9,
  title: `议题${itemNo}`,
  text: "是否同意。",
  scope: { kind: "estate" },
  question: yesNoAbstain(),
  attachments: [],
  ...more,
});

export interface VotingOfTest {
  readonly community: CommunityAddress;
  readonly meetingId: MeetingId;
  readonly frozen: Frozen;
  readonly items: readonly Item[];
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** An instant within the voting time. */
  readonly during: Instant;
  readonly partyOf: (name: string) => PartyId;
}

export const OPENS_AT = T0 + 16 * DAY_MS;
export const CLOSES_AT = OPENS_AT + 10 * DAY_MS;
export const DURING = OPENS_AT + 36 * 3_600_000; // the second day, in the evening
export const DURING_DAY = OPENS_AT + DAY_MS; // the second day at 10:00

/** Rules with some values of one's own. */
export const rulesWith = (values: Partial<{ [K in keyof MeetingRules]: MeetingRules[K]["value"] }>): MeetingRules =>
  Object.fromEntries(
    Object.entries(DEFAULT_RULES).map(([name, setting]) => [
      name,
      name in values ? { value: values[name as keyof MeetingRules], clause: "议事规则第十条" } : setting,
    ]),
  ) as unknown as MeetingRules;

export async function makeVoting(
  options: {
    units?: readonly UnitOfTest[];
    items?: readonly Item[];
    rules?: MeetingRules;
    state?: "notice" | "open" | "closed";
    community?: CommunityAddress;
  } = {},
): Promise<VotingOfTest> {
  const community = options.community ?? (await makeCommunity());
  const scene = sceneAt(community);
  const { db } = scene;
  const items = options.items ?? [itemOfTest(1), itemOfTest(2)];
  const parties = await writeRoll(community, options.units ?? flats(6, 3));
  const meetingId = newId<MeetingId>(systemRandom);
  const frozen = await freezeSnapshot(scene, {
    meetingId,
    asOf: dayOf(T0),
    settings: DEFAULT_SETTINGS,
    objectionsUntil: T0 + 8 * DAY_MS,
    by: "convener",
  });
  if (!frozen.ok) throw new Error(frozen.error.reason);
  const { voters, perBuilding, snapshotId } = frozen.value;
  const eligible = items.map(({ scope }) =>
    voters
      .map(({ units }) => weightInScope(scope, units))
      .reduce((a, b) => ({ owners: a.owners + b.owners, areaDm2: a.areaDm2 + b.areaDm2 }), { owners: 0, areaDm2: 0 }),
  );
  const state = options.state ?? "open";
  const written = await db.write([
    ...frozen.value.statements,
    db.run(
      sql`INSERT INTO meeting(community_id, meeting_id, number, title, state, convener, draft, drafted_by, drafted_at, edition,
            rules, manifest_hash, snapshot_id, approved_by, notice_at, opens_at, closes_at, opened_at, closed_at)
          SELECT ${community.id}, ${meetingId}, coalesce((SELECT max(number) FROM meeting WHERE community_id = ${community.id}), 0) + 1,
                 '业主大会会议', ${state}, ${JSON.stringify({ kind: "committee", cause: "年度会议" })}, '{}', 'drafter', ${T0}, 1,
                 ${JSON.stringify(options.rules ?? DEFAULT_RULES)}, ${"ab".repeat(32)}, ${snapshotId}, 'approver', ${T0},
                 ${OPENS_AT}, ${CLOSES_AT}, ${state === "notice" ? null : OPENS_AT}, ${state === "closed" ? CLOSES_AT : null}`,
    ),
    insertItems(
      scene,
      meetingId,
      1,
      items.map((item, at) => ({
        itemNo: item.itemNo,
        matter: item.matter,
        item: JSON.stringify(item),
        eligibleOwners: eligible[at]!.owners,
        eligibleAreaDm2: eligible[at]!.areaDm2,
      })),
    ),
    insertTurnout(scene, meetingId, [
      ...items.map(({ itemNo }, at) => ({ key: `item:${itemNo}`, ...eligible[at]! })),
      ...[...perBuilding].map(([building, weight]) => ({ key: `building:${building}`, ...weight })),
    ]),
  ]);
  if (!written.ok) throw new Error(written.error.code);
  return {
    community,
    meetingId,
    frozen: frozen.value,
    items,
    opensAt: OPENS_AT,
    closesAt: CLOSES_AT,
    during: DURING,
    partyOf: (name) => parties.get(name)!,
  };
}

async function writeRoll(community: CommunityAddress, units: readonly UnitOfTest[]): Promise<Map<string, PartyId>> {
  const scene = sceneAt(community);
  const { db } = scene;
  const changeId = newId<string>(systemRandom);
  const people = new Map<string, PersonOfTest>();
  for (const unit of units) for (const owner of unit.owners) people.set(owner.name, owner);
  const parties = new Map([...people.keys()].map((name) => [name, newId<PartyId>(systemRandom)]));
  const details = await Promise.all(
    [...people.values()].map(async ({ name, phone, idTail }) => {
      const partyId = parties.get(name)!;
      const personal: Personal = {
        name,
        kind: "natural",
        idType: null,
        idNumber: null,
        idTail: idTail ?? null,
        phone: phone ?? null,
        ownerNo: null,
      };
      const [hashes, masks] = [hashesOf(scene, personal), masksOf(personal)];
      return {
        partyId,
        version: 1,
        kind: "natural" as const,
        sealed: await sealPersonal(scene, partyId, personal),
        maskedName: masks.name,
        maskedPhone: masks.phone,
        maskedNumber: masks.number,
        nameHash: hashes.name,
        phoneHash: hashes.phone,
        phoneTailHash: hashes.phoneTail,
        idHash: hashes.id,
        idTailHash: hashes.idTail,
        ownerNoHash: hashes.ownerNo,
      };
    }),
  );
  const rows = units.map((unit) => ({ ...unit, unitId: newId<UnitId>(systemRandom), entrance: "" }));
  const written = await db.write([
    insertChange(scene, {
      changeNo: 1,
      changeId,
      kind: "import",
      fromOn: "2020-01-01",
      unitId: null,
      details: "{}",
      noteSealed: "x",
      salt: "0".repeat(32),
      leafHash: "0".repeat(64),
      changedBy: "importer",
      changedAt: T0,
    }),
    ...insertUnits(scene, changeId, rows),
    ...insertFacts(
      scene,
      changeId,
      "2020-01-01",
      rows.map(({ unitId, areaDm2 }) => ({
        unitId,
        revision: 0,
        areas: { ...NO_AREAS, register: areaDm2 },
        kind: "residence" as const,
        state: "delivered" as const,
      })),
    ),
    ...insertParties(scene, changeId, [...parties.values()]),
    ...insertDetails(scene, changeId, details),
    ...insertHoldings(
      scene,
      changeId,
      "2020-01-01",
      rows.flatMap(({ unitId, owners, designated }) => [
        ...owners.map(({ name }, at) => ({
          unitId,
          holdingNo: at + 1,
          partyId: parties.get(name)!,
          role: "owner" as const,
          basis: "registered" as const,
        })),
        ...(designated === undefined
          ? []
          : [
              {
                unitId,
                holdingNo: owners.length + 1,
                partyId: parties.get(owners[designated]!.name)!,
                role: "designated" as const,
                basis: "registered" as const,
              },
            ]),
      ]),
    ),
  ]);
  if (!written.ok) throw new Error(written.error.code);
  return parties;
}

/** The single number a query yields. */
export async function numberOf(db: Database, query: ReturnType<typeof sql>): Promise<number> {
  const [rows] = await db.read(db.all<{ n: number }>(query));
  return rows[0]?.n ?? 0;
}

export const countRows = (db: Database, table: string, meetingId: string): Promise<number> =>
  numberOf(db, sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE meeting_id = ${meetingId}`);
