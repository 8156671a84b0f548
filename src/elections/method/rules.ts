/** The method between its form and its plain form: what may still be changed in which state, its hash, and what was typed. Its bounds stand in ../rules.ts. Pure. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { canonicalHash, canonicalJson, type Json } from "../../record/canonical.ts";
import {
  DEFAULT_METHOD,
  type ElectionKind,
  type ElectionState,
  MEMBERS_DECISIONS,
  type Method,
  type MethodFault,
  type MethodName,
  methodFaults,
  NOMINATION_CHANNELS,
  RANKINGS,
  SEATING_TIMES,
  TIE_RULES,
} from "../rules.ts";

export const METHOD_NAMES = Object.keys(DEFAULT_METHOD) as readonly MethodName[];

/** Hex SHA-256 of the method's canonical JSON: what is frozen when candidates are published. */
export const electionMethodHash = (method: Method): string => canonicalHash(method);

/** The method as an election's row keeps it; settings it does not know of yet stand at their defaults. */
export const readMethod = (text: string): Method => ({ ...DEFAULT_METHOD, ...(JSON.parse(text) as Partial<Method>) });

const sameValue = (a: unknown, b: unknown): boolean => canonicalJson(a as Json) === canonicalJson(b as Json);
export const isDefaultSetting = (name: MethodName, method: Method): boolean =>
  sameValue(method[name].value, DEFAULT_METHOD[name].value);

/** What each setting is typed as. */
export type MethodShape =
  | { readonly kind: "whole" }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "several"; readonly of: readonly string[] };

const WHOLE: MethodShape = { kind: "whole" };
const FLAG: MethodShape = { kind: "flag" };
export const METHOD_SHAPES: Readonly<Record<MethodName, MethodShape>> = {
  deliveredPercent: WHOLE,
  requestWithinDays: WHOLE,
  firstMeetingWithinDays: WHOLE,
  groupChairFromStreet: FLAG,
  groupPublicationDays: WHOLE,
  seats: WHOLE,
  smallEstate: FLAG,
  legalLeast: WHOLE,
  alternatesMost: WHOLE,
  termMonths: WHOLE,
  atMost: WHOLE,
  surplusPercent: WHOLE,
  channels: { kind: "several", of: NOMINATION_CHANNELS },
  supportersLeast: WHOLE,
  nominationDays: WHOLE,
  candidatesBeforeDays: WHOLE,
  candidatesPublicDays: WHOLE,
  ranking: { kind: "choice", of: RANKINGS },
  tie: { kind: "choice", of: TIE_RULES },
  seatedWhen: { kind: "choice", of: SEATING_TIMES },
  passedKeep: FLAG,
  membersDecide: { kind: "choice", of: MEMBERS_DECISIONS },
};

// What people have relied on once nominations are open: by these they decided whether and how to name somebody.
const BEFORE_NOMINATIONS: readonly MethodName[] = [
  "deliveredPercent",
  "requestWithinDays",
  "groupChairFromStreet",
  "groupPublicationDays",
  "seats",
  "smallEstate",
  "channels",
  "supportersLeast",
  "nominationDays",
  "termMonths",
];

/** Whether a setting may be changed in a state: everything until nominations open, what concerns the vote until the candidates are published (A9, M6). */
export function mayChangeSetting(name: MethodName, state: ElectionState): boolean {
  if (state === "preparing") return true;
  return (state === "nominating" || state === "examining") && !BEFORE_NOMINATIONS.includes(name);
}

/** As typed: what a form is shown again with. */
export type MethodForm = Readonly<Record<string, string | readonly string[]>>;

export const formOfMethod = (method: Method): MethodForm =>
  Object.fromEntries(
    METHOD_NAMES.flatMap((name): [string, string | readonly string[]][] => {
      const { value, clause } = method[name];
      const text = typeof value === "boolean" ? (value ? "yes" : "no") : Array.isArray(value) ? value : String(value);
      return [
        [name, text],
        [`${name}.clause`, clause],
      ];
    }),
  );

export const LONGEST_CLAUSE = 300;

export type TypedFault =
  | MethodFault
  | { readonly reason: "not_a_number"; readonly setting: MethodName }
  | { readonly reason: "not_a_choice"; readonly setting: MethodName }
  | { readonly reason: "clause_too_long"; readonly setting: MethodName; readonly most: number };

const single = (text: string | readonly string[] | undefined): string | undefined =>
  typeof text === "object" ? text.find((one) => one !== "") : text;

function readValue(name: MethodName, typed: string | readonly string[]): Result<unknown, TypedFault> {
  const shape = METHOD_SHAPES[name];
  if (shape.kind === "several") {
    const chosen = (typeof typed === "string" ? [typed] : typed).filter((one) => one !== "");
    return chosen.every((one) => shape.of.includes(one))
      ? ok(shape.of.filter((one) => chosen.includes(one)))
      : err({ reason: "not_a_choice", setting: name });
  }
  const text = (single(typed) ?? "").normalize("NFKC").trim();
  if (shape.kind === "whole")
    return /^\d{1,6}$/.test(text) ? ok(Number(text)) : err({ reason: "not_a_number", setting: name });
  const choices = shape.kind === "flag" ? ["yes", "no"] : shape.of;
  if (!choices.includes(text)) return err({ reason: "not_a_choice", setting: name });
  return ok(shape.kind === "flag" ? text === "yes" : text);
}

/**
 * The method a form makes; fields that were not sent keep what holds now. Everything wrong is said at once, each with the setting
 * whose field it belongs to.
 */
export function methodFromForm(
  kind: ElectionKind,
  form: MethodForm,
  current: Method,
): Result<Method, readonly [TypedFault, ...TypedFault[]]> {
  const faults: TypedFault[] = [];
  const settings = METHOD_NAMES.map((name): [MethodName, unknown] => {
    const typed = form[name];
    const value = typed === undefined ? ok(current[name].value as unknown) : readValue(name, typed);
    const clause = (single(form[`${name}.clause`]) ?? current[name].clause).trim();
    if (clause.length > LONGEST_CLAUSE) faults.push({ reason: "clause_too_long", setting: name, most: LONGEST_CLAUSE });
    if (!value.ok) faults.push(value.error);
    return [name, { value: value.ok ? value.value : current[name].value, clause }];
  });
  const method = Object.fromEntries(settings) as unknown as Method;
  // A bound on a value that could not be read would be about another value.
  const unread = new Set(faults.map(({ setting }) => setting));
  faults.push(...methodFaults(kind, method).filter(({ setting }) => !unread.has(setting)));
  const [first, ...others] = faults;
  return first ? err([first, ...others]) : ok(method);
}

/** Settings in which two methods differ, value or clause. */
export const changedSettings = (from: Method, to: Method): MethodName[] =>
  METHOD_NAMES.filter((name) => !sameValue(from[name], to[name]));
