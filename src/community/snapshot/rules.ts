/** A frozen roll: who stands under which number, what its Merkle list says, what an amendment changes. Pure. */
import type { AreaDm2 } from "../../kernel/area.ts";
import type { PartyId } from "../../kernel/id.ts";
import { canonicalJson } from "../../record/canonical.ts";
import { byPlace, type Designation, type HeadReason, type Voter, type VoterUnit } from "../rules.ts";

/** One head as it is frozen. */
export interface FrozenVoter {
  /** Its number on links and ballots, the same in every version of the snapshot. */
  readonly voterNo: number;
  /** Its index in the Merkle list of this version. */
  readonly position: number;
  readonly key: string;
  readonly reason: HeadReason;
  readonly areaDm2: AreaDm2;
  readonly designation: Designation;
  readonly owners: readonly PartyId[];
  /** 张*、李*. */
  readonly maskedName: string;
  readonly overlaps: boolean;
  /** Hex of 16 bytes. */
  readonly salt: string;
  readonly units: readonly VoterUnit[];
}

/**
 * The text of a head in the list under the snapshot's root (leaf = SHA-256(0x00 ‖ text)). Salted, so that the leaf gives
 * nothing away; whoever holds the text, the position and the proof checks it against the public root.
 */
export function snapshotEntry(
  voter: Pick<FrozenVoter, "voterNo" | "reason" | "areaDm2" | "maskedName" | "salt" | "units">,
): string {
  const { voterNo, reason, areaDm2, maskedName, salt } = voter;
  const units = voter.units.toSorted(byPlace);
  return canonicalJson({
    areaDm2,
    name: maskedName,
    reason,
    salt,
    units: units.map(({ building, entrance, room, areaDm2: unitAreaDm2, counted }) => ({
      areaDm2: unitAreaDm2,
      building,
      counted,
      entrance,
      room,
    })),
    voter: voterNo,
  });
}

/** What an earlier version said of a head, as far as an amendment compares it. */
export interface EarlierVoter {
  readonly voterNo: number;
  readonly key: string;
  readonly areaDm2: AreaDm2;
  /** Its units with their counted areas, as `unitsText` writes them. */
  readonly units: string;
}

export const unitsText = (units: readonly { unitId: string; areaDm2: AreaDm2; counted: boolean | number }[]): string =>
  units
    .map(({ unitId, areaDm2, counted }) => `${unitId} ${areaDm2} ${counted ? 1 : 0}`)
    .sort()
    .join(";");

export interface Numbering {
  /** The number of each head, in the order given. */
  readonly numbers: readonly number[];
  readonly nextVoterNo: number;
  readonly added: readonly number[];
  /** Numbers whose head exists no more; never given to another, because links were printed with them. */
  readonly removed: readonly number[];
  /** Numbers whose units or area differ. */
  readonly changed: readonly number[];
}

/** Numbers heads: one that stood in the earlier version keeps its number, a new one gets the next that was never used. */
export function numberVoters(
  heads: readonly Voter[],
  earlier: readonly EarlierVoter[],
  nextVoterNo: number,
): Numbering {
  const known = new Map(earlier.map((voter) => [voter.key, voter]));
  const added: number[] = [];
  const changed: number[] = [];
  let next = nextVoterNo;
  const numbers = heads.map(({ key, units }) => {
    const before = known.get(key);
    if (!before) {
      added.push(next);
      next += 1;
      return next - 1;
    }
    known.delete(key);
    if (before.units !== unitsText(units)) changed.push(before.voterNo);
    return before.voterNo;
  });
  return { numbers, nextVoterNo: next, added, removed: [...known.values()].map(({ voterNo }) => voterNo), changed };
}
