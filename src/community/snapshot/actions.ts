/** Freezing a roll for a meeting, amending it before voting opens, and showing a head its own entry with its proof. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Day, Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Weight } from "../../kernel/weight.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Json } from "../../record/canonical.ts";
import { provableList } from "../../record/merkle/list.ts";
import { appendLeaf } from "../../record/store.ts";
import { bulkRootOf } from "../bulk-root.ts";
import {
  checkSettings,
  ESTATE,
  type Roll,
  type RollSettings,
  rollInScopes,
  type Scope,
  totalsOf,
  totalsPerBuilding,
  type Voter,
  voters,
} from "../rules.ts";
import { drawSalts, saltAt } from "../salts.ts";
import { findRollVersion, rollFrom, rollQueries } from "../store.ts";
import { type EarlierVoter, type FrozenVoter, numberVoters, snapshotEntry, unitsText } from "./rules.ts";
import {
  asVoterUnit,
  findMeetingSnapshot,
  findSnapshot,
  insertSnapshot,
  listSnapshotUnits,
  listVoters,
  type SnapshotRow,
  settingsOf,
} from "./store.ts";

export type SnapshotRefusal =
  /** Counting parking or storage without a clause of the rules of procedure (C6). */
  | { readonly reason: "clause_missing" }
  /** No head at all: there is nobody to hold a meeting. */
  | { readonly reason: "roll_empty"; readonly asOf: Day }
  | { readonly reason: "unknown_snapshot" }
  /** The roll says what the snapshot says. */
  | { readonly reason: "nothing_to_amend" };

/** A frozen roll that is about to be written. */
export interface Frozen {
  readonly snapshotId: string;
  readonly version: number;
  /** For the batch of giving notice. It aborts with `roll_stale` when the roll was changed since it was read, with `snapshot_stale` when the meeting got another version meanwhile. */
  readonly statements: readonly Query[];
  /** Hex of the Merkle root over the heads, in the order of `voters`. */
  readonly root: string;
  readonly leafHash: string;
  readonly voters: readonly FrozenVoter[];
  readonly totals: Weight;
  readonly perBuilding: ReadonlyMap<string, Weight>;
}

export interface FreezeRequest {
  readonly meetingId: string;
  readonly asOf: Day;
  readonly settings: RollSettings;
  /** Whose votes the meeting asks for (C9); the whole estate when absent. */
  readonly scopes?: readonly Scope[];
  /** The end of the period in which entries may be objected to (A4). */
  readonly objectionsUntil: Instant;
  /** Whose act it is: a person's id. */
  readonly by: string;
}

/**
 * Freezes the roll of a day for a meeting (domain rules A4, C1–C9): heads in order get the numbers 0 … n−1, and a Merkle
 * list of their salted entries gets its root in the record (`roll.frozen`). Two round trips, none of them a write: the
 * statements join the batch of giving notice.
 */
export async function freezeSnapshot(scene: Scene, asked: FreezeRequest): Promise<Result<Frozen, SnapshotRefusal>> {
  const settings = checkSettings(asked.settings);
  if (!settings.ok) return settings;
  const { roll, rollVersion } = await readRoll(scene, asked.asOf);
  const scopes = asked.scopes ?? [ESTATE];
  const electorate = voters(rollInScopes(roll, scopes), settings.value);
  // Scopes that hold nobody are the agenda's fault: the caller, given the whole roll, can say which place is unknown.
  const heads = electorate.length > 0 ? electorate : voters(roll, settings.value);
  if (heads.length === 0) return err({ reason: "roll_empty", asOf: asked.asOf });
  const numbers = heads.map((_, at) => at);
  return ok(
    frozenFrom(scene, { roll, rollVersion, heads, numbers, nextVoterNo: heads.length }, "roll.frozen", {
      ...asked,
      settings: settings.value,
      scopes,
      version: 1,
      why: "",
      changes: null,
    }),
  );
}

/** What an amendment changed, by voter number: links of removed heads must be revoked, added heads need one. */
export interface Amendment extends Frozen {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly changed: readonly number[];
}

/**
 * The next version of a meeting's frozen roll, after the roll itself was corrected with effect on or before its day
 * (A4: objections answered). Heads that stay keep their numbers. The caller allows it only before voting opens, and adds
 * that assertion to the batch. `why` is public and names nobody.
 */
export async function amendSnapshot(
  scene: Scene,
  asked: {
    readonly meetingId: string;
    readonly why: string;
    readonly by: string;
    readonly objectionsUntil?: Instant;
    /** The scopes of the amended items; as frozen when absent. */
    readonly scopes?: readonly Scope[];
  },
): Promise<Result<Amendment, SnapshotRefusal>> {
  const [found] = await scene.db.read(findMeetingSnapshot(scene, asked.meetingId));
  const row = found[0];
  if (!row) return err({ reason: "unknown_snapshot" });
  const [{ roll, rollVersion }, earlier] = await Promise.all([readRoll(scene, row.asOf), earlierVoters(scene, row)]);
  const { scopes: frozenScopes, ...settings } = settingsOf(row);
  const scopes = asked.scopes ?? frozenScopes;
  const heads = voters(rollInScopes(roll, scopes), settings);
  if (heads.length === 0) return err({ reason: "roll_empty", asOf: row.asOf });
  const { numbers, nextVoterNo, added, removed, changed } = numberVoters(heads, earlier, row.nextVoterNo);
  if (added.length + removed.length + changed.length === 0) return err({ reason: "nothing_to_amend" });
  const frozen = frozenFrom(scene, { roll, rollVersion, heads, numbers, nextVoterNo }, "roll.corrected", {
    meetingId: asked.meetingId,
    asOf: row.asOf,
    settings,
    scopes,
    objectionsUntil: asked.objectionsUntil ?? row.objectionsUntil,
    by: asked.by,
    version: row.version + 1,
    why: asked.why,
    changes: { added: added.length, changed: changed.length, removed: removed.length },
  });
  return ok({ ...frozen, added, removed, changed });
}

async function readRoll(scene: Scene, asOf: Day): Promise<{ roll: Roll; rollVersion: number }> {
  const [units, holdings, parties, guardians, version] = await scene.db.read(
    ...rollQueries(scene, asOf),
    findRollVersion(scene),
  );
  return { roll: rollFrom(asOf, units, holdings, parties, guardians), rollVersion: version[0]?.version ?? 0 };
}

async function earlierVoters(scene: Scene, row: SnapshotRow): Promise<EarlierVoter[]> {
  const [heads, units] = await scene.db.read(
    listVoters(scene, row.snapshotId, -1, row.nextVoterNo),
    listSnapshotUnits(scene, row.snapshotId),
  );
  const byVoter = Map.groupBy(units, ({ voterNo }) => voterNo);
  return heads.map(({ voterNo, key, areaDm2 }) => ({
    voterNo,
    key,
    areaDm2,
    units: unitsText(byVoter.get(voterNo) ?? []),
  }));
}

interface Heads {
  readonly roll: Roll;
  readonly rollVersion: number;
  readonly heads: readonly Voter[];
  readonly numbers: readonly number[];
  readonly nextVoterNo: number;
}

function frozenFrom(
  scene: Scene,
  { roll, rollVersion, heads, numbers, nextVoterNo }: Heads,
  type: "roll.frozen" | "roll.corrected",
  asked: FreezeRequest & {
    readonly scopes: readonly Scope[];
    readonly version: number;
    readonly why: string;
    readonly changes: Readonly<Record<"added" | "changed" | "removed", number>> | null;
  },
): Frozen {
  const { db, community, now } = scene;
  const salts = drawSalts(scene.random, heads.length);
  const frozen = heads.map((head, position): FrozenVoter => {
    const { key, reason, areaDm2, designation, owners, overlaps, units } = head;
    return {
      voterNo: numbers[position]!,
      position,
      key,
      reason,
      areaDm2,
      designation,
      owners,
      maskedName: owners.map((owner) => roll.parties.get(owner)?.maskedName ?? "*").join("、"),
      overlaps: overlaps.length > 0,
      salt: bytesToHex(saltAt(salts, position)),
      units,
    };
  });
  const root = bulkRootOf(frozen.map(snapshotEntry));
  const totals = totalsOf(heads, ESTATE);
  const perBuilding = totalsPerBuilding(heads);
  const snapshotId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    type,
    {
      areaDm2: totals.areaDm2,
      asOf: asked.asOf,
      by: asked.by,
      clause: asked.settings.spacesClause,
      counted: [...asked.settings.countedSpaces],
      meeting: asked.meetingId,
      owners: totals.owners,
      roll: rollVersion,
      root,
      scopes: asked.scopes as unknown as Json,
      snapshot: snapshotId,
      version: asked.version,
      ...(asked.changes ? { changes: { ...asked.changes }, why: asked.why } : {}),
    },
    asked.meetingId,
  );
  const row: SnapshotRow = {
    snapshotId,
    meetingId: asked.meetingId,
    version: asked.version,
    asOf: asked.asOf,
    settings: JSON.stringify({ ...asked.settings, scopes: asked.scopes }),
    owners: totals.owners,
    areaDm2: totals.areaDm2,
    nextVoterNo,
    root,
    leafHash: leaf.leafHash,
    why: asked.why,
    rollVersion,
    frozenBy: asked.by,
    frozenAt: now,
    objectionsUntil: asked.objectionsUntil,
  };
  const unchanged = assertFrom(
    db,
    "roll_stale",
    sql`SELECT coalesce(max(change_no), 0) = CAST(${rollVersion} AS INTEGER) FROM roll_change WHERE community_id = ${community.id}`,
  );
  return {
    snapshotId,
    version: asked.version,
    statements: [unchanged, ...insertSnapshot(scene, row, frozen, perBuilding), leaf.statement],
    root,
    leafHash: leaf.leafHash,
    voters: frozen,
    totals,
    perBuilding,
  };
}

/** A head's own entry and the proof that it stands under the public root. All hashes in hex. */
export interface EntryProof {
  readonly entry: string;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly string[];
  readonly root: string;
}

/**
 * The proof of one head of a snapshot; null when there is no such head. Reads the whole snapshot and recomputes its
 * root from the rows, so that a row altered behind the record's back shows: it throws then.
 */
export async function proveEntry(scene: Scene, snapshotId: string, voterNo: number): Promise<EntryProof | null> {
  const [rows, units] = await scene.db.read(findSnapshot(scene, snapshotId), listSnapshotUnits(scene, snapshotId));
  const row = rows[0];
  if (!row) return null;
  const [heads] = await scene.db.read(listVoters(scene, snapshotId, -1, row.nextVoterNo));
  const inOrder = heads.toSorted((a, b) => a.position - b.position);
  const index = inOrder.findIndex((head) => head.voterNo === voterNo);
  if (index < 0) return null;
  const byVoter = Map.groupBy(units, (unit) => unit.voterNo);
  const entries = inOrder.map((head) =>
    snapshotEntry({ ...head, units: (byVoter.get(head.voterNo) ?? []).map(asVoterUnit) }),
  );
  const { root, prove } = provableList(entries);
  if (root !== row.root) throw new Error(`snapshot ${snapshotId} does not have the root it was frozen with`);
  return { entry: entries[index]!, index, size: entries.length, proof: prove(index), root };
}
