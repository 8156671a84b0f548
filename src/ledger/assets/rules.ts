/** What may earn for the owners: kinds of common parts, whose ground a parking space stands on, and what an entry of the register must say. Pure. */
import { type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Rooms (公有用房), parking spaces, advertising places, venues, lockers, base stations, charging (R1; WF 58). */
export const ASSET_KINDS = ["room", "parking", "advertising", "venue", "locker", "base_station", "charging"] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];
export const isAssetKind = (text: string): text is AssetKind => (ASSET_KINDS as readonly string[]).includes(text);

/**
 * On what ground a parking space stands (CC 275; JI 6): common roads and places belong to all owners; planned spaces with a title of
 * their own go by contract; civil-defence works are another's.
 */
export const GROUNDS = ["common", "titled", "civil_defence"] as const;
export type Ground = (typeof GROUNDS)[number];
export const isGround = (text: string): text is Ground => (GROUNDS as readonly string[]).includes(text);

export const ASSET_STATES = ["usable", "repair", "retired"] as const;
export type AssetState = (typeof ASSET_STATES)[number];
export const isAssetState = (text: string): text is AssetState => (ASSET_STATES as readonly string[]).includes(text);

/** What never changes of an asset. */
export interface AssetKey {
  readonly kind: AssetKind;
  /** Of parking spaces only; null for all others. */
  readonly ground: Ground | null;
  /** Its number in the estate, such as P-012 or 商-03. Never used again. */
  readonly code: string;
}
/** What is said of it from a day on. */
export interface AssetFacts {
  readonly name: string;
  readonly place: string;
  /** In 0.01 m²; null where it is counted by number. */
  readonly areaDm2: number | null;
  /** Why it is the owners': registered, planned as public building, common ground. */
  readonly titleBasis: string;
  readonly state: AssetState;
  readonly remark: string;
  readonly fromOn: Day;
}
export type AssetEntry = AssetKey & AssetFacts;

export const LONGEST_CODE = 20;
export const LONGEST_NAME = 60;
export const LONGEST_REMARK = 300;
/** 1,000,000 m²: no room of an estate has more. */
export const MOST_AREA_DM2 = 100_000_000;
export const MOST_PHOTOS = 5;
/** Rows of one table; a larger estate brings several. */
export const MOST_ASSET_ROWS = 2_000;

export type AssetFault =
  | { readonly reason: "unknown_kind" }
  | { readonly reason: "ground_missing" }
  | { readonly reason: "ground_not_parking" }
  | { readonly reason: "code_unreadable"; readonly most: number }
  | { readonly reason: "text_missing"; readonly field: "name" | "place" | "titleBasis" }
  | {
      readonly reason: "text_too_long";
      readonly field: "name" | "place" | "titleBasis" | "remark";
      readonly most: number;
    }
  | { readonly reason: "area_out_of_range" }
  | { readonly reason: "unknown_state" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "in_the_future"; readonly today: Day };

/** Letters, digits, Chinese and `-_.#/`: nothing a spreadsheet would calculate stands first. */
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}\-_.#/]*$/u;
export const isAssetCode = (text: string): boolean => text.length <= LONGEST_CODE && CODE.test(text);

/** Everything wrong with an entry; empty when it may stand in the register. */
export function assetFaults(entry: AssetEntry, today: Day): AssetFault[] {
  const faults: AssetFault[] = [];
  if (!isAssetKind(entry.kind)) faults.push({ reason: "unknown_kind" });
  else if (entry.kind === "parking" && (entry.ground === null || !isGround(entry.ground)))
    faults.push({ reason: "ground_missing" });
  else if (entry.kind !== "parking" && entry.ground !== null) faults.push({ reason: "ground_not_parking" });
  if (!isAssetCode(entry.code)) faults.push({ reason: "code_unreadable", most: LONGEST_CODE });
  for (const field of ["name", "place", "titleBasis"] as const) {
    if (entry[field].trim() === "") faults.push({ reason: "text_missing", field });
    if (entry[field].length > LONGEST_NAME) faults.push({ reason: "text_too_long", field, most: LONGEST_NAME });
  }
  if (entry.remark.length > LONGEST_REMARK)
    faults.push({ reason: "text_too_long", field: "remark", most: LONGEST_REMARK });
  const { areaDm2 } = entry;
  if (areaDm2 !== null && (!Number.isSafeInteger(areaDm2) || areaDm2 <= 0 || areaDm2 > MOST_AREA_DM2))
    faults.push({ reason: "area_out_of_range" });
  if (!isAssetState(entry.state)) faults.push({ reason: "unknown_state" });
  if (!isDay(entry.fromOn)) faults.push({ reason: "not_a_day" });
  else if (entry.fromOn > today) faults.push({ reason: "in_the_future", today });
  return faults;
}

export type EarningRefusal =
  /** Only spaces on common roads and places earn for the owners (CC 275; D12). */
  | { readonly reason: "not_common_ground"; readonly code: string; readonly ground: Ground }
  | { readonly reason: "asset_retired"; readonly code: string };

/** Whether what an asset brings in is common revenue (CC 275, 282; JI 6; D10, D12). */
export function mayEarn({
  kind,
  ground,
  code,
  state,
}: AssetKey & Pick<AssetFacts, "state">): Result<"common", EarningRefusal> {
  if (kind === "parking" && ground !== null && ground !== "common")
    return err({ reason: "not_common_ground", code, ground });
  return state === "retired" ? err({ reason: "asset_retired", code }) : ok("common");
}

/** The account of income of the common book that a kind belongs to (R1). */
export const INCOME_ACCOUNT: Readonly<Record<AssetKind, string>> = {
  parking: "4001.01",
  advertising: "4001.02",
  room: "4001.03",
  venue: "4001.04",
  locker: "4001.05",
  base_station: "4001.05",
  charging: "4001.05",
};

/** What an entry changes of the one before: the names of its fields, in order. */
export const changedFields = (before: AssetFacts, after: AssetFacts): (keyof AssetFacts)[] =>
  (["name", "place", "areaDm2", "titleBasis", "state", "remark"] as const).filter(
    (field) => before[field] !== after[field],
  );
