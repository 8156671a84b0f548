/** How units and their owners become voters: area by source, heads, designation, overlaps (C1–C7). Pure; start reading the roll here. */
import type { AreaDm2 } from "../kernel/area.ts";
import type { Day } from "../kernel/day.ts";
import type { PartyId, UnitId } from "../kernel/id.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import type { Weight } from "../kernel/weight.ts";

export const UNIT_KINDS = ["residence", "shop", "office", "parking", "storage", "other"] as const;
/** 住宅 商业 办公 车位 储藏 其他. */
export type UnitKind = (typeof UNIT_KINDS)[number];

export const UNIT_STATES = ["delivered", "undelivered", "unsold", "retired"] as const;
/** 已交付 未交付 未售, and 停用: taken out of the roll from a day on, because it was split, merged or never existed. */
export type UnitState = (typeof UNIT_STATES)[number];

/** In the order in which JI art. 8 prefers them. */
export const AREA_SOURCES = ["register", "survey", "contract"] as const;
/** 登记 实测 合同. */
export type AreaSource = (typeof AREA_SOURCES)[number];

export const PARTY_KINDS = ["natural", "legal", "developer"] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

export const BASES = ["registered", "possession"] as const;
/** 登记, or 合法占有: bought and lawfully occupying, not yet registered (C7; JI art. 1). */
export type Basis = (typeof BASES)[number];

/** What is known of a unit's area, by source; null where a source is silent. */
export type Areas = Readonly<Record<AreaSource, AreaDm2 | null>>;
export const NO_AREAS: Areas = { register: null, survey: null, contract: null };

export interface CountedArea {
  readonly areaDm2: AreaDm2;
  readonly source: AreaSource;
}

/** The area that counts: as registered, else as surveyed, else as in the contract (C1; JI art. 8). */
export function countedArea(areas: Areas): CountedArea | null {
  for (const source of AREA_SOURCES) {
    const areaDm2 = areas[source];
    if (areaDm2 !== null) return { areaDm2, source };
  }
  return null;
}

export interface UnitPlace {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

export interface Owner {
  readonly partyId: PartyId;
  readonly basis: Basis;
}

/** A unit as it stands on one day. */
export interface RollUnit extends UnitPlace, CountedArea {
  readonly unitId: UnitId;
  readonly kind: UnitKind;
  readonly state: UnitState;
  readonly owners: readonly Owner[];
  /** The co-owner chosen to vote (C3); null when none was. */
  readonly designated: PartyId | null;
}

export interface RollParty {
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  /** 张*; a company in full. */
  readonly maskedName: string;
  /** Who votes for one without full capacity (C4). */
  readonly guardianId: PartyId | null;
}

/** The roll on one day. */
export interface Roll {
  readonly asOf: Day;
  readonly units: readonly RollUnit[];
  readonly parties: ReadonlyMap<PartyId, RollParty>;
}

export const SPACE_KINDS = ["parking", "storage"] as const;
/** "车位、摊位等特定空间": whether they count, the rules of procedure say (C6). */
export type SpaceKind = (typeof SPACE_KINDS)[number];

export interface RollSettings {
  /** Kinds of space that count besides the ordinary units. */
  readonly countedSpaces: readonly SpaceKind[];
  /** The clause of the 议事规则 that says so. */
  readonly spacesClause: string | null;
}

/** Nothing but the ordinary units counts until the rules of procedure say otherwise (C6). */
export const DEFAULT_SETTINGS: RollSettings = { countedSpaces: [], spacesClause: null };

/** Counting spaces without a clause is refused: the default must not be left by accident (C6). */
export function checkSettings(settings: RollSettings): Result<RollSettings, { reason: "clause_missing" }> {
  const clause = settings.spacesClause?.trim() ?? "";
  if (settings.countedSpaces.length > 0 && clause === "") return err({ reason: "clause_missing" });
  return ok({ countedSpaces: settings.countedSpaces, spacesClause: clause === "" ? null : clause });
}

export const counts = (kind: UnitKind, settings: RollSettings): boolean =>
  kind === "parking" || kind === "storage" ? settings.countedSpaces.includes(kind) : true;

export interface VoterUnit extends UnitPlace, CountedArea {
  readonly unitId: UnitId;
  readonly kind: UnitKind;
  readonly state: UnitState;
  readonly basis: Basis;
  /** false: listed for completeness, adds no area (C6). */
  readonly counted: boolean;
}

/** Why these units are one head. */
export const HEAD_REASONS = ["one_unit", "one_owner", "same_owners", "developer", "owner_unknown"] as const;
export type HeadReason = (typeof HEAD_REASONS)[number];

/** Who casts the head's vote, or why nobody can yet. */
export type Designation =
  | { readonly state: "votes"; readonly partyId: PartyId; readonly as: "owner" | "designated" | "guardian" }
  /** Co-owners who have chosen nobody (C3). */
  | { readonly state: "must_designate" }
  /** Co-owners who chose different people for different units. */
  | { readonly state: "chose_differently"; readonly partyIds: readonly PartyId[] }
  /** Nobody is known who could be asked. */
  | { readonly state: "nobody_known" };

export interface Overlap {
  readonly withKey: string;
  readonly shared: readonly PartyId[];
}

export interface Voter {
  /** Stable while the set of owners is: `o:<party>+<party>`, `d:<party>` for a developer, `u:<unit>` for an unknown owner. */
  readonly key: string;
  readonly reason: HeadReason;
  readonly owners: readonly PartyId[];
  readonly units: readonly VoterUnit[];
  /** Of the counted units, in full. */
  readonly areaDm2: AreaDm2;
  readonly areaByBuilding: ReadonlyMap<string, AreaDm2>;
  readonly designation: Designation;
  /** Other heads with which an owner is shared: not merged, shown to the convener (domain rules, ambiguity 5). */
  readonly overlaps: readonly Overlap[];
}

/** Digits padded, so that 2幢 comes before 10幢 and 0203 beside 203. */
export const sortText = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(8, "0"));
export const sortKey = ({ building, entrance, room }: UnitPlace): string =>
  [building, entrance, room].map(sortText).join("\t");
/** What makes a unit itself within a community. */
export const placeKey = ({ building, entrance, room }: UnitPlace): string => [building, entrance, room].join("\t");

/** Order of building, entrance and room. */
export const byPlace = (a: UnitPlace, b: UnitPlace): number => {
  const left = `${sortKey(a)}\t${placeKey(a)}`;
  const right = `${sortKey(b)}\t${placeKey(b)}`;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Not sold, or sold and not handed over: the developer's head (C2; JI art. 9). */
const isDevelopers = (unit: RollUnit): boolean => unit.state === "unsold" || unit.state === "undelivered";

/**
 * The voters of a roll (C2, C3; JI art. 9): the same set of owners is one head however many units it holds; all that a
 * developer has not sold or not handed over is one head, together with what it owns itself; area counts in full. Sets
 * that only overlap stay apart and are flagged. A delivered unit whose owner nobody knows is a head of its own, so that
 * it is never dropped from the whole. Retired units, and spaces that do not count, make no head.
 * In order of building, entrance and room; the order of the input does not matter.
 */
export function voters(roll: Roll, settings: RollSettings): Voter[] {
  const developers = [...roll.parties.values()]
    .filter(({ kind }) => kind === "developer")
    .map(({ partyId }) => partyId);
  const onlyDeveloper = developers.length === 1 ? developers[0]! : null;
  const groups = new Map<string, { owners: PartyId[]; units: RollUnit[] }>();
  for (const unit of roll.units.toSorted(byPlace)) {
    if (unit.state === "retired") continue;
    const { key, owners } = headOf(unit, roll, onlyDeveloper);
    const group = groups.get(key);
    if (group) group.units.push(unit);
    else groups.set(key, { owners, units: [unit] });
  }
  const heads = [...groups]
    .filter(([, { units }]) => units.some(({ kind }) => counts(kind, settings)))
    .map(([key, { owners, units }]) => headFrom(key, owners, units, roll, settings));
  return withOverlaps(heads);
}

function headOf(unit: RollUnit, roll: Roll, onlyDeveloper: PartyId | null): { key: string; owners: PartyId[] } {
  const owners = [...new Set(unit.owners.map(({ partyId }) => partyId))].sort();
  const named = owners.filter((partyId) => roll.parties.get(partyId)?.kind === "developer");
  // A buyer who has not been handed the unit stands in the roll, but the head is still the developer's.
  if (isDevelopers(unit) || (owners.length === 1 && named.length === 1)) {
    const developer = named[0] ?? onlyDeveloper;
    return { key: `d:${developer ?? ""}`, owners: developer ? [developer] : [] };
  }
  if (owners.length === 0) return { key: `u:${unit.unitId}`, owners };
  return { key: `o:${owners.join("+")}`, owners };
}

function headFrom(
  key: string,
  owners: readonly PartyId[],
  units: readonly RollUnit[],
  roll: Roll,
  settings: RollSettings,
): Voter {
  const listed = units.map((unit): VoterUnit => {
    const { unitId, building, entrance, room, areaDm2, source, kind, state } = unit;
    const basis = unit.owners.some((owner) => owner.basis === "possession") ? "possession" : "registered";
    return {
      unitId,
      building,
      entrance,
      room,
      areaDm2,
      source,
      kind,
      state,
      basis,
      counted: counts(kind, settings),
    };
  });
  const areaByBuilding = new Map<string, AreaDm2>();
  let areaDm2 = 0;
  for (const unit of listed) {
    if (!unit.counted) continue;
    areaDm2 += unit.areaDm2;
    areaByBuilding.set(unit.building, (areaByBuilding.get(unit.building) ?? 0) + unit.areaDm2);
  }
  const isDeveloper = key.startsWith("d:");
  const reason: HeadReason = isDeveloper
    ? "developer"
    : owners.length === 0
      ? "owner_unknown"
      : listed.length === 1
        ? "one_unit"
        : owners.length === 1
          ? "one_owner"
          : "same_owners";
  // A choice made for a parking space that does not count must not contradict the one made for the flat.
  const counting = units.filter(({ kind }) => counts(kind, settings));
  const designation = isDeveloper ? soleVoter(owners, roll) : designationOf(owners, counting, roll);
  return { key, reason, owners, units: listed, areaDm2, areaByBuilding, designation, overlaps: [] };
}

const soleVoter = (owners: readonly PartyId[], roll: Roll): Designation => {
  const owner = owners[0];
  if (owner === undefined) return { state: "nobody_known" };
  return votesFor(owner, "owner", roll);
};

/** The guardian votes in the place of one without full capacity (C4). */
function votesFor(partyId: PartyId, as: "owner" | "designated", roll: Roll): Designation {
  const guardian = roll.parties.get(partyId)?.guardianId;
  return guardian ? { state: "votes", partyId: guardian, as: "guardian" } : { state: "votes", partyId, as };
}

/** Who votes for a set of co-owners: the one they chose, the same for all their units (C3; GR 25). */
function designationOf(owners: readonly PartyId[], units: readonly RollUnit[], roll: Roll): Designation {
  if (owners.length <= 1) return soleVoter(owners, roll);
  const chosen = [
    ...new Set(units.flatMap(({ designated }) => (designated && owners.includes(designated) ? [designated] : []))),
  ].sort();
  const [first, ...others] = chosen;
  if (first === undefined) return { state: "must_designate" };
  if (others.length > 0) return { state: "chose_differently", partyIds: chosen };
  return votesFor(first, "designated", roll);
}

function withOverlaps(heads: readonly Voter[]): Voter[] {
  const byOwner = new Map<PartyId, Voter[]>();
  for (const head of heads)
    for (const owner of head.owners) {
      const held = byOwner.get(owner);
      if (held) held.push(head);
      else byOwner.set(owner, [head]);
    }
  return heads.map((head) => {
    const shared = new Map<string, PartyId[]>();
    for (const owner of head.owners)
      for (const other of byOwner.get(owner) ?? []) {
        if (other.key === head.key) continue;
        const held = shared.get(other.key);
        if (held) held.push(owner);
        else shared.set(other.key, [owner]);
      }
    if (shared.size === 0) return head;
    const overlaps = [...shared].map(([withKey, parties]) => ({ withKey, shared: parties.sort() }));
    return { ...head, overlaps: overlaps.sort((a, b) => (a.withKey < b.withKey ? -1 : 1)) };
  });
}

/** What a set of items is voted on by: the whole estate, some buildings, or some units (C9). */
export type Scope =
  | { readonly kind: "estate" }
  | { readonly kind: "buildings"; readonly buildings: readonly string[] }
  | { readonly kind: "units"; readonly unitIds: readonly UnitId[] };

export const ESTATE: Scope = { kind: "estate" };

const isIn = (unit: Pick<VoterUnit, "building" | "unitId">, scope: Scope): boolean =>
  scope.kind === "estate" ||
  (scope.kind === "buildings" ? scope.buildings.includes(unit.building) : scope.unitIds.includes(unit.unitId));

/** The part of a roll on which any of these scopes votes: who has no vote is not asked, sent a link, or waited for (C9; MF 22). */
export const rollInScopes = (roll: Roll, scopes: readonly Scope[]): Roll =>
  scopes.some(({ kind }) => kind === "estate")
    ? roll
    : { ...roll, units: roll.units.filter((unit) => scopes.some((scope) => isIn(unit, scope))) };

/** The area a voter has within a scope; zero means they have no vote on it (C9). */
export const areaInScope = (voter: Pick<Voter, "units">, scope: Scope): AreaDm2 =>
  voter.units.reduce((sum, unit) => sum + (unit.counted && isIn(unit, scope) ? unit.areaDm2 : 0), 0);

/** Heads and area of a scope, recomputed for it: a head counts where it has a counted unit (C9; MF 22). */
export function totalsOf(heads: readonly Pick<Voter, "units">[], scope: Scope): Weight {
  let owners = 0;
  let areaDm2 = 0;
  for (const head of heads) {
    if (!head.units.some((unit) => unit.counted && isIn(unit, scope))) continue;
    owners += 1;
    areaDm2 += areaInScope(head, scope);
  }
  return { owners, areaDm2 };
}

/** Heads and area per building; a head with units in two buildings is in both, so heads need not add up to the estate's. */
export function totalsPerBuilding(heads: readonly Pick<Voter, "units">[]): Map<string, Weight> {
  const buildings = new Set(heads.flatMap(({ units }) => units.filter((u) => u.counted).map((u) => u.building)));
  const sorted = [...buildings].sort((a, b) => (sortText(a) < sortText(b) ? -1 : 1));
  return new Map(sorted.map((name) => [name, totalsOf(heads, { kind: "buildings", buildings: [name] })]));
}
