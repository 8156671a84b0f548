/** Changing the roll from a day on: who owns a unit, who votes for it, what it measures, how its owners are reached. History stays. */
import { type Day, dayOf } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type Note, pendingChange } from "../changing.ts";
import { detailOf } from "../import/statements.ts";
import { openPersonal, type Personal } from "../personal.ts";
import type { AreaSource, UnitKind, UnitState } from "../rules.ts";
import {
  areasOf,
  closeGuardianships,
  closeHoldings,
  findRollVersion,
  insertDetails,
  insertFacts,
  insertGuardianships,
  insertHoldings,
  insertParties,
  listGuardians,
  listSealed,
} from "../store.ts";
import { loadUnit, ownersOn } from "./loading.ts";
import { type NamedOwner, type NamedPerson, resolvePeople } from "./people.ts";
import { planTransfer, type SplitRefusal, type TransferRefusal } from "./rules.ts";
import { findChange, insertEndedHoldings, voidHoldings } from "./store.ts";

export type ChangeRefusal =
  | TransferRefusal
  | SplitRefusal
  | { readonly reason: "unknown_unit" }
  | { readonly reason: "unknown_party" }
  | { readonly reason: "day_in_future"; readonly day: string; readonly today: Day }
  | { readonly reason: "day_form"; readonly day: string }
  /** The unit is not in the roll on that day: added later, or retired. */
  | { readonly reason: "not_on_roll"; readonly day: Day }
  | { readonly reason: "note_missing" }
  | { readonly reason: "same_owner_twice" }
  | { readonly reason: "one_owner_only" }
  | { readonly reason: "own_guardian" }
  | { readonly reason: "nothing_changed" }
  | { readonly reason: "unit_exists" }
  | { readonly reason: "owners_differ" }
  /** Somebody else changed the roll since the form was opened. */
  | { readonly reason: "roll_stale" };

/** What every change says: which form (a repeat is the same change), from which day, why and on what evidence. */
export interface ChangeHead {
  readonly changeId: string;
  readonly fromOn: Day;
  readonly note: Note;
}

export type Changed = Result<{ readonly changeId: string }, ChangeRefusal>;

/** The day exists, is not in the future, and a reason is given. */
export function checkHead(scene: Scene, { fromOn, note }: ChangeHead): Result<true, ChangeRefusal> {
  const today = dayOf(scene.now);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(fromOn)) return err({ reason: "day_form", day: fromOn });
  if (fromOn > today) return err({ reason: "day_in_future", day: fromOn, today });
  return note.why.trim() === "" ? err({ reason: "note_missing" }) : ok(true);
}

/** Writes the batch of a change; a repeat of the same form is the first one's success. */
export async function writeChange(scene: Scene, changeId: string, statements: readonly Query[]): Promise<Changed> {
  const written = await scene.db.write(statements);
  if (written.ok) return ok({ changeId });
  const [repeat] = await scene.db.read(findChange(scene, changeId));
  if (repeat.length > 0) return ok({ changeId });
  return err({ reason: written.error.code === "unit_exists" ? "unit_exists" : "roll_stale" });
}

export type TransferKind = "sale" | "inheritance" | "gift" | "judgment" | "correction";

/**
 * From a day on, a unit belongs to these owners (sale, inheritance, gift, judgment), or always should have (correction,
 * which overrules later rows). What ran is ended on that day and stays readable. `state` is set where the transfer also
 * hands the unit over, such as the developer's sale of an unsold one.
 */
export async function transferUnit(
  scene: StaffScene,
  unitId: string,
  asked: ChangeHead & {
    readonly kind: TransferKind;
    readonly owners: readonly NamedOwner[];
    /** Index into owners: who votes (C3). */
    readonly designated: number | null;
    readonly state: UnitState | null;
  },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn } = asked;
  const unit = await loadUnit(scene, unitId, fromOn, changeId);
  if (!unit) return err({ reason: "unknown_unit" });
  if (unit.isRepeat) return ok({ changeId });
  const { fact } = unit;
  if (!fact || fact.state === "retired") return err({ reason: "not_on_roll", day: fromOn });
  if (asked.owners.length === 0) return err({ reason: "no_owners" });
  const people = await resolvePeople(scene, asked.owners);
  if (new Set(people.partyIds).size !== people.partyIds.length) return err({ reason: "same_owner_twice" });
  const owners = people.partyIds.map((partyId, at) => ({ partyId, basis: asked.owners[at]!.basis }));
  const designated = asked.designated === null ? null : (people.partyIds[asked.designated] ?? null);
  const plan = planTransfer(unit.held, fromOn, owners, designated, asked.kind === "correction");
  if (!plan.ok) return plan;
  const setsState = asked.state !== null && asked.state !== fact.state;
  if (setsState && unit.laterFactOn) return err({ reason: "later_change", on: unit.laterFactOn });
  const { unitId: id } = unit.place;
  const change = await pendingChange(scene, {
    changeId,
    kind: asked.kind,
    fromOn,
    version: unit.version,
    unitId: id,
    note: asked.note,
    details: { owners: [...people.partyIds] },
    payload: { owners: owners.length, unit: id },
  });
  let next = unit.lastHoldingNo;
  const numbered = <T>(rows: readonly T[]) =>
    rows.map((row) => {
      next += 1;
      return { ...row, unitId: id, holdingNo: next };
    });
  const named = (rows: readonly { holdingNo: number }[]) => rows.map(({ holdingNo }) => ({ unitId: id, holdingNo }));
  const { close, shorten, open } = plan.value;
  return writeChange(scene, changeId, [
    ...change.statements,
    ...insertParties(scene, changeId, people.newParties),
    ...insertDetails(scene, changeId, people.details),
    ...voidHoldings(scene, changeId, named(plan.value.void)),
    ...closeHoldings(scene, changeId, fromOn, named(close)),
    ...insertEndedHoldings(scene, changeId, numbered(shorten.map((row) => ({ ...row, toOn: fromOn })))),
    ...insertHoldings(scene, changeId, fromOn, numbered(open)),
    ...(setsState
      ? insertFacts(scene, changeId, fromOn, [
          {
            unitId: id,
            revision: fact.fromOn === fromOn ? fact.revision + 1 : 0,
            areas: areasOf(fact),
            kind: fact.kind,
            state: asked.state!,
          },
        ])
      : []),
  ]);
}

/** From a day on, this co-owner votes for the unit; null takes the choice back (C3; GR 25). The owners stay. */
export async function chooseWhoVotes(
  scene: StaffScene,
  unitId: string,
  asked: ChangeHead & { readonly partyId: PartyId | null },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn, partyId } = asked;
  const unit = await loadUnit(scene, unitId, fromOn, changeId);
  if (!unit) return err({ reason: "unknown_unit" });
  if (unit.isRepeat) return ok({ changeId });
  const owners = ownersOn(unit.held, fromOn);
  if (owners.length < 2) return err({ reason: "one_owner_only" });
  if (partyId !== null && !owners.some((owner) => owner.partyId === partyId))
    return err({ reason: "designated_not_owner" });
  const later = unit.held.find((one) => one.fromOn > fromOn || (one.toOn !== null && one.toOn > fromOn));
  if (later) return err({ reason: "later_change", on: later.fromOn > fromOn ? later.fromOn : later.toOn! });
  const running = unit.held.filter(({ role, toOn }) => role === "designated" && toOn === null);
  if ((running[0]?.partyId ?? null) === partyId) return err({ reason: "nothing_changed" });
  const { unitId: id } = unit.place;
  const change = await pendingChange(scene, {
    changeId,
    kind: "designation",
    fromOn,
    version: unit.version,
    unitId: id,
    note: asked.note,
    details: { party: partyId },
    payload: { party: partyId, unit: id },
  });
  return writeChange(scene, changeId, [
    ...change.statements,
    ...closeHoldings(scene, changeId, fromOn, running),
    ...(partyId === null
      ? []
      : insertHoldings(scene, changeId, fromOn, [
          { unitId: id, holdingNo: unit.lastHoldingNo + 1, partyId, role: "designated", basis: "registered" },
        ])),
  ]);
}

/** From a day on, a unit measures this by this source, is used so and stands so (C1). null leaves as it is. */
export async function changeFacts(
  scene: StaffScene,
  unitId: string,
  asked: ChangeHead & {
    readonly area: { readonly source: AreaSource; readonly areaDm2: number } | null;
    readonly kind: UnitKind | null;
    readonly state: UnitState | null;
  },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn } = asked;
  const unit = await loadUnit(scene, unitId, fromOn, changeId);
  if (!unit) return err({ reason: "unknown_unit" });
  if (unit.isRepeat) return ok({ changeId });
  const { fact } = unit;
  if (!fact) return err({ reason: "not_on_roll", day: fromOn });
  if (unit.laterFactOn) return err({ reason: "later_change", on: unit.laterFactOn });
  const before = areasOf(fact);
  const areas = asked.area ? { ...before, [asked.area.source]: asked.area.areaDm2 } : before;
  const kind = asked.kind ?? fact.kind;
  const state = asked.state ?? fact.state;
  if (kind === fact.kind && state === fact.state && (!asked.area || before[asked.area.source] === asked.area.areaDm2))
    return err({ reason: "nothing_changed" });
  const { unitId: id } = unit.place;
  const said = {
    ...(asked.area ? { areaDm2: asked.area.areaDm2, source: asked.area.source } : {}),
    ...(kind === fact.kind ? {} : { use: kind }),
    ...(state === fact.state ? {} : { state }),
  };
  const change = await pendingChange(scene, {
    changeId,
    kind: "facts",
    fromOn,
    version: unit.version,
    unitId: id,
    note: asked.note,
    details: said,
    payload: { ...said, unit: id },
  });
  const revision = fact.fromOn === fromOn ? fact.revision + 1 : 0;
  return writeChange(scene, changeId, [
    ...change.statements,
    ...insertFacts(scene, changeId, fromOn, [{ unitId: id, revision, areas, kind, state }]),
  ]);
}

/** New contact or identity data of a party, from now on: a new sealed version. The leaf names the party and no value. */
export async function changeContact(
  scene: StaffScene,
  partyId: string,
  asked: Omit<ChangeHead, "fromOn"> & { readonly change: (known: Personal) => Personal },
): Promise<Changed> {
  const fromOn = dayOf(scene.now);
  const head = checkHead(scene, { ...asked, fromOn });
  if (!head.ok) return head;
  const { changeId } = asked;
  const [rows, version, repeat] = await scene.db.read(
    listSealed(scene, [partyId]),
    findRollVersion(scene),
    findChange(scene, changeId),
  );
  const row = rows[0];
  if (!row) return err({ reason: "unknown_party" });
  if (repeat.length > 0) return ok({ changeId });
  const before = await openPersonal(scene, row.partyId, row.kind, row.sealed);
  const after = asked.change(before);
  if (JSON.stringify(after) === JSON.stringify(before)) return err({ reason: "nothing_changed" });
  const change = await pendingChange(scene, {
    changeId,
    kind: "contact",
    fromOn,
    version: version[0]?.version ?? 0,
    unitId: null,
    note: asked.note,
    details: { party: row.partyId },
    payload: { party: row.partyId },
  });
  const detail = await detailOf(scene, row.partyId, row.version + 1, after);
  return writeChange(scene, changeId, [...change.statements, ...insertDetails(scene, changeId, [detail])]);
}

/** From a day on, this guardian votes for an owner without full capacity (C4; CC 17–23); null ends it. */
export async function setGuardian(
  scene: StaffScene,
  wardId: PartyId,
  asked: ChangeHead & { readonly guardian: NamedPerson | null },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn } = asked;
  const [wards, guardians, version, repeat] = await scene.db.read(
    listSealed(scene, [wardId]),
    listGuardians(scene, fromOn),
    findRollVersion(scene),
    findChange(scene, changeId),
  );
  if (wards.length === 0) return err({ reason: "unknown_party" });
  if (repeat.length > 0) return ok({ changeId });
  const before = guardians.find((pair) => pair.wardId === wardId)?.guardianId ?? null;
  const people = await resolvePeople(scene, asked.guardian ? [asked.guardian] : []);
  const after = people.partyIds[0] ?? null;
  if (after === wardId) return err({ reason: "own_guardian" });
  if (after === before) return err({ reason: "nothing_changed" });
  const change = await pendingChange(scene, {
    changeId,
    kind: "guardian",
    fromOn,
    version: version[0]?.version ?? 0,
    unitId: null,
    note: asked.note,
    details: { guardian: after, party: wardId },
    payload: { guardian: after, party: wardId },
  });
  return writeChange(scene, changeId, [
    ...change.statements,
    ...insertParties(scene, changeId, people.newParties),
    ...insertDetails(scene, changeId, people.details),
    ...(before === null
      ? []
      : [
          ...closeGuardianships(scene, changeId, fromOn, [wardId]),
          assertThat(scene.db, "roll_stale", sql`changes() = 1`),
        ]),
    ...(after === null ? [] : insertGuardianships(scene, changeId, fromOn, [{ wardId, guardianId: after }])),
  ]);
}
