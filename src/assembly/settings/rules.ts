/** The rules a meeting is held by: every setting that differs by place, its value and the clause it rests on. Frozen at notice; not a place to look up today's law. */

import { SPACE_KINDS, type SpaceKind } from "../../community/rules.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { isMatter, type Matter } from "../rules.ts";

/** What an owner who did not return a ballot counts for (GR 26②; V3, first ambiguity). */
export type UnreturnedPolicy =
  | "strict"
  | "returned_abstain_follows_majority"
  | "delivered_unreturned_abstains"
  | "delivered_unreturned_follows_majority";
/** What the votes collected here are good for where the place demands an official platform (V5). */
export type LegalEffect = "binding" | "advisory" | "paper_of_record" | "official_results";
/** How a ballot may reach the count (REG 12, LC 16; V1, V6). */
export type Channel = "web" | "paper" | "meeting";
export const CHANNELS: readonly Channel[] = ["web", "paper", "meeting"];

export type PetitionBasis = "heads" | "heads_and_area";

/** The values alone. */
export interface RuleValues {
  /** Days of notice before voting opens, the day of notice not counted (A8). */
  readonly noticeDays: number;
  /** Days in which the frozen roll may be objected to, the day of notice not counted (A4). */
  readonly rollObjectionDays: number;
  /** Shortest and longest time between opening and closing, in days (V7). */
  readonly windowMinDays: number;
  readonly windowMaxDays: number;
  readonly channels: readonly Channel[];
  readonly legalEffect: LegalEffect;
  readonly officialPlatformRequired: boolean;
  readonly unreturned: UnreturnedPolicy;
  /** Matters for which an unreturned ballot is never deemed to be anything. */
  readonly neverDeemed: readonly Matter[];
  readonly proxiesAllowed: boolean;
  /** How many owners one agent may stand for. */
  readonly proxyCap: number;
  readonly proxyMayVoteOnline: boolean;
  /** Kinds of space that count on both axes besides the ordinary units (C6). */
  readonly countedSpaces: readonly SpaceKind[];
  /** How the twenty per cent of a petition are counted (A7; eighth ambiguity). */
  readonly petitionBasis: PetitionBasis;
  readonly ballotReplaceable: boolean;
  /** Days after the close within which the result must be published (A11). */
  readonly publishWithinDays: number;
  /** Days in which the published count may be objected to (V8). */
  readonly resultObjectionDays: number;
  readonly retentionYears: number;
  /** Whether the person who counted may also publish. */
  readonly counterMayPublish: boolean;
  /** Days before the close at which those who have not voted are reminded; none = no reminders. */
  readonly reminderDays: readonly number[];
}
export type SettingName = keyof RuleValues;

export interface Setting<T> {
  readonly value: T;
  /** The clause of the 议事规则, 管理规约 or local law it rests on; "" = the product's default and its source. */
  readonly clause: string;
}
/** The frozen value object: plain data, safe to store as JSON and to hash. */
export type MeetingRules = { readonly [K in SettingName]: Setting<RuleValues[K]> };

/** What may be wrong with one setting. `setting` is its name; the other fields are the facts. */
export type RuleFault =
  | { readonly reason: "unknown_setting"; readonly setting: string }
  | { readonly reason: "missing_setting"; readonly setting: SettingName }
  | { readonly reason: "wrong_kind"; readonly setting: SettingName }
  | { readonly reason: "out_of_range"; readonly setting: SettingName; readonly least: number; readonly most: number }
  | { readonly reason: "unknown_choice"; readonly setting: SettingName; readonly choices: readonly string[] }
  | { readonly reason: "nothing_chosen"; readonly setting: SettingName }
  | { readonly reason: "clause_needed"; readonly setting: SettingName }
  | { readonly reason: "clause_too_long"; readonly setting: SettingName; readonly most: number }
  | { readonly reason: "window_turned_round"; readonly setting: "windowMaxDays" }
  | { readonly reason: "paper_must_be_offered"; readonly setting: "channels" }
  | { readonly reason: "official_platform"; readonly setting: "legalEffect" };

export const CLAUSE_MAX_CHARACTERS = 300;

type Shape =
  | { readonly kind: "whole"; readonly least: number; readonly most: number }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "several"; readonly choices: readonly string[]; readonly mayBeEmpty: boolean }
  | { readonly kind: "matters" }
  | { readonly kind: "days"; readonly most: number };

/** Shape of every setting; the words for it stand in settings/explained.ts. */
export const SHAPES: { readonly [K in SettingName]: Shape } = {
  noticeDays: { kind: "whole", least: 1, most: 60 },
  rollObjectionDays: { kind: "whole", least: 1, most: 60 },
  windowMinDays: { kind: "whole", least: 1, most: 365 },
  windowMaxDays: { kind: "whole", least: 1, most: 365 },
  channels: { kind: "several", choices: CHANNELS, mayBeEmpty: false },
  legalEffect: { kind: "choice", choices: ["binding", "advisory", "paper_of_record", "official_results"] },
  officialPlatformRequired: { kind: "flag" },
  unreturned: {
    kind: "choice",
    choices: [
      "strict",
      "returned_abstain_follows_majority",
      "delivered_unreturned_abstains",
      "delivered_unreturned_follows_majority",
    ],
  },
  neverDeemed: { kind: "matters" },
  proxiesAllowed: { kind: "flag" },
  proxyCap: { kind: "whole", least: 1, most: 100 },
  proxyMayVoteOnline: { kind: "flag" },
  countedSpaces: { kind: "several", choices: SPACE_KINDS, mayBeEmpty: true },
  petitionBasis: { kind: "choice", choices: ["heads", "heads_and_area"] },
  ballotReplaceable: { kind: "flag" },
  publishWithinDays: { kind: "whole", least: 1, most: 30 },
  resultObjectionDays: { kind: "whole", least: 1, most: 90 },
  retentionYears: { kind: "whole", least: 3, most: 100 },
  counterMayPublish: { kind: "flag" },
  reminderDays: { kind: "days", most: 60 },
};
export const SETTING_NAMES = Object.keys(SHAPES) as readonly SettingName[];

const unclaused = <T>(value: T): Setting<T> => ({ value, clause: "" });

/** The defaults, each with the source named in settings/explained.ts. */
export const DEFAULT_RULES: MeetingRules = {
  noticeDays: unclaused(15),
  rollObjectionDays: unclaused(7),
  windowMinDays: unclaused(5),
  windowMaxDays: unclaused(60),
  channels: unclaused<readonly Channel[]>(["web", "paper"]),
  legalEffect: unclaused<LegalEffect>("binding"),
  officialPlatformRequired: unclaused(false),
  unreturned: unclaused<UnreturnedPolicy>("strict"),
  neverDeemed: unclaused<readonly Matter[]>([3, 6, 7, 8]),
  proxiesAllowed: unclaused(true),
  proxyCap: unclaused(3),
  proxyMayVoteOnline: unclaused(false),
  countedSpaces: unclaused<readonly SpaceKind[]>([]),
  petitionBasis: unclaused<PetitionBasis>("heads"),
  ballotReplaceable: unclaused(false),
  publishWithinDays: unclaused(3),
  resultObjectionDays: unclaused(15),
  retentionYears: unclaused(5),
  counterMayPublish: unclaused(false),
  reminderDays: unclaused<readonly number[]>([7, 3, 1]),
};

/** Settings whose departure from the default rests on nothing unless a clause is cited. */
function needsClause(name: SettingName, rules: MeetingRules): boolean {
  const { value } = rules[name];
  switch (name) {
    case "noticeDays":
      return rules.noticeDays.value < DEFAULT_RULES.noticeDays.value; // A8: fifteen days unless local law says less
    case "unreturned":
      return value !== "strict"; // V3
    case "neverDeemed":
      return DEFAULT_RULES.neverDeemed.value.some((matter) => !rules.neverDeemed.value.includes(matter));
    case "countedSpaces":
      return rules.countedSpaces.value.length > 0; // C6
    case "petitionBasis":
      return value !== "heads"; // REG 13 asks for heads alone
    case "proxyCap":
      return rules.proxyCap.value > DEFAULT_RULES.proxyCap.value; // V4
    case "proxiesAllowed":
      return !rules.proxiesAllowed.value; // REG 12 allows agents; a ban needs its ground
    case "proxyMayVoteOnline":
      return rules.proxyMayVoteOnline.value;
    case "officialPlatformRequired":
      return rules.officialPlatformRequired.value; // V5
    case "windowMinDays":
      return rules.windowMinDays.value < DEFAULT_RULES.windowMinDays.value;
    case "windowMaxDays":
      return rules.windowMaxDays.value > DEFAULT_RULES.windowMaxDays.value; // V7
    case "publishWithinDays":
      return rules.publishWithinDays.value > DEFAULT_RULES.publishWithinDays.value; // A11
    case "resultObjectionDays":
      return rules.resultObjectionDays.value < 7;
    case "retentionYears":
    case "rollObjectionDays":
    case "channels":
    case "legalEffect":
    case "ballotReplaceable":
    case "counterMayPublish":
    case "reminderDays":
      return false;
  }
}

/** Everything wrong with a set of rules; empty when a meeting may be held by them. */
export function faultsOf(rules: MeetingRules): readonly RuleFault[] {
  const faults: RuleFault[] = [];
  for (const name of SETTING_NAMES) {
    const fault = faultOfValue(name, rules[name].value);
    if (fault) faults.push(fault);
    else if (rules[name].clause.trim() === "" && needsClause(name, rules))
      faults.push({ reason: "clause_needed", setting: name });
    if (rules[name].clause.length > CLAUSE_MAX_CHARACTERS)
      faults.push({ reason: "clause_too_long", setting: name, most: CLAUSE_MAX_CHARACTERS });
  }
  if (faults.length > 0) return faults;
  if (rules.windowMinDays.value > rules.windowMaxDays.value)
    faults.push({ reason: "window_turned_round", setting: "windowMaxDays" });
  // LC 16, HZ 20 (V6): whoever is not online must be able to vote too.
  if (rules.channels.value.includes("web") && rules.channels.value.length === 1)
    faults.push({ reason: "paper_must_be_offered", setting: "channels" });
  // V5: where the official platform is compulsory, what is collected here cannot itself be the decision.
  if (rules.officialPlatformRequired.value && rules.legalEffect.value === "binding")
    faults.push({ reason: "official_platform", setting: "legalEffect" });
  return faults;
}

function faultOfValue(setting: SettingName, value: unknown): RuleFault | null {
  const shape = SHAPES[setting];
  switch (shape.kind) {
    case "flag":
      return typeof value === "boolean" ? null : { reason: "wrong_kind", setting };
    case "whole":
      if (typeof value !== "number" || !Number.isInteger(value)) return { reason: "wrong_kind", setting };
      return value < shape.least || value > shape.most
        ? { reason: "out_of_range", setting, least: shape.least, most: shape.most }
        : null;
    case "choice":
      return typeof value === "string" && shape.choices.includes(value)
        ? null
        : { reason: "unknown_choice", setting, choices: shape.choices };
    case "several":
      if (!Array.isArray(value) || hasDoubles(value)) return { reason: "wrong_kind", setting };
      if (value.length === 0 && !shape.mayBeEmpty) return { reason: "nothing_chosen", setting };
      return value.every((one) => shape.choices.includes(one))
        ? null
        : { reason: "unknown_choice", setting, choices: shape.choices };
    case "matters":
      return Array.isArray(value) && value.every(isMatter) && !hasDoubles(value)
        ? null
        : { reason: "wrong_kind", setting };
    case "days":
      if (!Array.isArray(value) || !value.every((day) => Number.isInteger(day)) || hasDoubles(value))
        return { reason: "wrong_kind", setting };
      return value.some((day) => day < 1 || day > shape.most) || value.length > 5
        ? { reason: "out_of_range", setting, least: 1, most: shape.most }
        : null;
  }
}

const hasDoubles = (values: readonly unknown[]): boolean => new Set(values).size !== values.length;

/**
 * Whether what is counted here is itself the owners' decision (V5): not where it is only an opinion, not where the
 * official platform decides and its figures are merely recorded. Pages that publish a result ask this for their wording.
 */
export const mayDeclare = ({ legalEffect, officialPlatformRequired }: MeetingRules): boolean =>
  !officialPlatformRequired.value && (legalEffect.value === "binding" || legalEffect.value === "paper_of_record");

/** Rules as they may be held, or everything wrong with them. */
export function checkRules(rules: MeetingRules): Result<MeetingRules, readonly RuleFault[]> {
  const faults = faultsOf(rules);
  return faults.length > 0 ? err(faults) : ok(rules);
}

/**
 * Reads rules from stored JSON. Strict: an unknown or a missing setting is a fault, because rules that were frozen
 * with a meeting must come back exactly as they were.
 */
export function rulesFromJson(json: unknown): Result<MeetingRules, readonly RuleFault[]> {
  const given = (typeof json === "object" && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const faults: RuleFault[] = Object.keys(given)
    .filter((key) => !Object.hasOwn(SHAPES, key))
    .map((setting) => ({ reason: "unknown_setting", setting }));
  for (const setting of SETTING_NAMES) {
    const one = given[setting];
    if (one === undefined) faults.push({ reason: "missing_setting", setting });
    else if (!isSetting(one)) faults.push({ reason: "wrong_kind", setting });
  }
  return faults.length > 0 ? err(faults) : checkRules(given as unknown as MeetingRules);
}

const isSetting = (value: unknown): value is Setting<unknown> =>
  typeof value === "object" &&
  value !== null &&
  "value" in value &&
  "clause" in value &&
  typeof value.clause === "string" &&
  Object.keys(value).length === 2;

/**
 * Reads rules from the fields of a form: `noticeDays`, `noticeDays.clause`, … Absent fields keep what `base` says;
 * a flag is "yes" or "no"; several values come as a list (or one string with commas).
 */
export function rulesFromForm(
  form: Readonly<Record<string, string | readonly string[] | undefined>>,
  base: MeetingRules = DEFAULT_RULES,
): Result<MeetingRules, readonly RuleFault[]> {
  const read = Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const clause = form[`${name}.clause`];
      return [
        name,
        {
          value: form[name] === undefined ? base[name].value : readField(SHAPES[name], form[name]),
          clause: typeof clause === "string" ? clause.trim() : base[name].clause,
        },
      ];
    }),
  );
  return checkRules(read as unknown as MeetingRules);
}

function readField(shape: Shape, field: string | readonly string[]): unknown {
  const texts = (typeof field === "string" ? field.split(",") : field).map((text) => text.trim()).filter(Boolean);
  const first = texts[0] ?? "";
  switch (shape.kind) {
    case "flag":
      return first === "yes" ? true : first === "no" ? false : first;
    case "whole":
      return /^\d{1,6}$/.test(first) ? Number(first) : first;
    case "choice":
      return first;
    case "several":
      return texts;
    case "matters":
    case "days":
      return texts.map((text) => (/^\d{1,6}$/.test(text) ? Number(text) : text));
  }
}
