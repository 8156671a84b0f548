/** What a sale, an inheritance, a split or a correction does to holdings and facts, day by day. Pure. */
import type { AreaDm2 } from "../../kernel/area.ts";
import type { Day } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Basis, UnitPlace } from "../rules.ts";

/** A holding that was not voided. `toOn` is the first day on which it no longer runs. */
export interface Held {
  readonly holdingNo: number;
  readonly partyId: PartyId;
  readonly role: "owner" | "designated";
  readonly basis: Basis;
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

export type NewOwner = { readonly partyId: PartyId; readonly basis: Basis };

export interface TransferPlan {
  /** End on the day. */
  readonly close: readonly Held[];
  /** Never should have been. */
  readonly void: readonly Held[];
  /** What remains of holdings that are voided because they ran over the day with an end already known. */
  readonly shorten: readonly Held[];
  readonly open: readonly (NewOwner & { readonly role: "owner" | "designated" })[];
}

export type TransferRefusal =
  /** The unit has a later change, which a plain transfer would contradict; a correction may overrule it. */
  | { readonly reason: "later_change"; readonly on: Day }
  | { readonly reason: "same_owners" }
  | { readonly reason: "no_owners" }
  | { readonly reason: "designated_not_owner" };

export const runsOn = ({ fromOn, toOn }: Pick<Held, "fromOn" | "toOn">, day: Day): boolean =>
  fromOn <= day && (toOn === null || toOn > day);

/**
 * From a day on, these are the owners. Holdings that run are ended on that day, save those of owners who stay on the
 * same basis; the old owners' choice of who votes lapses with them (C3). A correction also overrules what was written
 * for later days: those rows are voided and stay readable.
 */
export function planTransfer(
  held: readonly Held[],
  fromOn: Day,
  owners: readonly NewOwner[],
  designated: PartyId | null,
  isCorrection: boolean,
): Result<TransferPlan, TransferRefusal> {
  if (owners.length === 0) return err({ reason: "no_owners" });
  if (designated !== null && !owners.some(({ partyId }) => partyId === designated))
    return err({ reason: "designated_not_owner" });
  const later = held.filter((one) => one.fromOn > fromOn || (one.toOn !== null && one.toOn > fromOn));
  if (later.length > 0 && !isCorrection) {
    const days = later.map((one) => (one.fromOn > fromOn ? one.fromOn : one.toOn!)).sort();
    return err({ reason: "later_change", on: days[0]! });
  }
  const wanted = [
    ...owners.map((owner) => ({ ...owner, role: "owner" as const })),
    // With one owner there is nobody to choose among.
    ...(designated !== null && owners.length > 1
      ? [{ partyId: designated, basis: "registered" as const, role: "designated" as const }]
      : []),
  ];
  const running = held.filter((one) => one.fromOn <= fromOn && one.toOn === null);
  const stays = (one: Held): boolean =>
    wanted.some(({ partyId, role, basis }) => partyId === one.partyId && role === one.role && basis === one.basis);
  const kept = running.filter(stays);
  const open = wanted.filter(({ partyId, role }) => !kept.some((one) => one.partyId === partyId && one.role === role));
  const close = running.filter((one) => !stays(one));
  if (open.length === 0 && close.length === 0 && later.length === 0) return err({ reason: "same_owners" });
  // What ran over the day with a known end is cut short by voiding it and writing what remains.
  const shorten = later
    .filter((one) => one.fromOn < fromOn && one.toOn !== null)
    .map((one) => ({ ...one, toOn: fromOn }));
  return ok({ close, void: later, shorten, open });
}

export interface Part extends UnitPlace {
  readonly areaDm2: AreaDm2;
}

export type SplitRefusal =
  | { readonly reason: "too_few_parts" }
  | { readonly reason: "parts_alike"; readonly room: string }
  /** The parts do not make up the whole, and nobody said that they need not. */
  | { readonly reason: "area_differs"; readonly wholeDm2: AreaDm2; readonly partsDm2: AreaDm2 };

/** Whether parts make up a whole: at least two, told apart, and together the same area unless it was newly measured. */
export function checkSplit(
  wholeDm2: AreaDm2,
  parts: readonly Part[],
  measuredAnew: boolean,
): Result<true, SplitRefusal> {
  if (parts.length < 2) return err({ reason: "too_few_parts" });
  const seen = new Set<string>();
  for (const { building, entrance, room } of parts) {
    const key = `${building}\t${entrance}\t${room}`;
    if (seen.has(key)) return err({ reason: "parts_alike", room });
    seen.add(key);
  }
  const partsDm2 = parts.reduce((sum, { areaDm2 }) => sum + areaDm2, 0);
  if (partsDm2 !== wholeDm2 && !measuredAnew) return err({ reason: "area_differs", wholeDm2, partsDm2 });
  return ok(true);
}
