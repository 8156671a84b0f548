/**
 * A set of settings: what differs by place, each with its default, the source of the default and the clause another value
 * rests on. Pure; which settings there are is told by the capability whose they are.
 */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";

export type Shape =
  | { readonly kind: "whole"; readonly least: number; readonly most: number }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly choices: Readonly<Record<string, Bilingual>> }
  | {
      readonly kind: "several";
      readonly choices: Readonly<Record<string, Bilingual>>;
      readonly mayBeEmpty?: boolean;
    };

export type ValueOf<S extends Shape> = S extends { kind: "whole" }
  ? number
  : S extends { kind: "flag" }
    ? boolean
    : S extends { kind: "choice"; choices: infer C }
      ? keyof C & string
      : S extends { kind: "several"; choices: infer C }
        ? readonly (keyof C & string)[]
        : never;

/** One setting as its capability describes it. */
export interface Spec<S extends Shape = Shape> {
  readonly shape: S;
  /** The default. */
  readonly value: ValueOf<S>;
  readonly title: Bilingual;
  readonly explanation: Bilingual;
  /** The law or practice the default comes from, and how sure that is. */
  readonly source: Bilingual;
  /** The rule it implements: M15, R7 … */
  readonly rule: string;
  /** Whether a value rests on nothing unless a clause is cited. */
  needsClause?(value: ValueOf<S>): boolean;
  readonly whenNeeded?: Bilingual;
}
/** Keeps the literal type of a shape's choices. */
export const spec = <const S extends Shape>(one: Spec<S>): Spec<S> => one;

export type Specs = Readonly<Record<string, Spec>>;
export interface Setting<T> {
  readonly value: T;
  /** The clause of the 议事规则, 管理规约 or local law; "" = the default and its source. */
  readonly clause: string;
}
export type Values<P extends Specs> = { readonly [K in keyof P]: Setting<ValueOf<P[K]["shape"]>> };

/** A capability's settings: `prefix` keeps them apart from others' in the one table, and ends in a dot. */
export interface Kit<P extends Specs> {
  readonly prefix: `${string}.`;
  readonly specs: P;
  /** What the values may not be together; empty when they fit. */
  together?(values: Values<P>): readonly Fault[];
}
export const kit = <const P extends Specs>(one: Kit<P>): Kit<P> => one;

/** What may be wrong with one setting. `setting` is its name within the kit. */
export type Fault =
  | { readonly reason: "wrong_kind"; readonly setting: string }
  | { readonly reason: "out_of_range"; readonly setting: string; readonly least: number; readonly most: number }
  | { readonly reason: "unknown_choice"; readonly setting: string }
  | { readonly reason: "nothing_chosen"; readonly setting: string }
  | { readonly reason: "clause_needed"; readonly setting: string }
  | { readonly reason: "clause_too_long"; readonly setting: string; readonly most: number }
  | { readonly reason: "does_not_fit"; readonly setting: string; readonly words: Bilingual };

export const LONGEST_CLAUSE = 300;

export const namesOf = <P extends Specs>({ specs }: Kit<P>): readonly (keyof P & string)[] => Object.keys(specs);

/** Every setting at its default. */
export const defaultsOf = <P extends Specs>(one: Kit<P>): Values<P> =>
  Object.fromEntries(namesOf(one).map((name) => [name, { value: one.specs[name]!.value, clause: "" }])) as Values<P>;

const hasDoubles = (values: readonly unknown[]): boolean => new Set(values).size !== values.length;

function faultOfValue(setting: string, shape: Shape, value: unknown): Fault | null {
  switch (shape.kind) {
    case "flag":
      return typeof value === "boolean" ? null : { reason: "wrong_kind", setting };
    case "whole":
      if (typeof value !== "number" || !Number.isInteger(value)) return { reason: "wrong_kind", setting };
      return value < shape.least || value > shape.most
        ? { reason: "out_of_range", setting, least: shape.least, most: shape.most }
        : null;
    case "choice":
      return typeof value === "string" && Object.hasOwn(shape.choices, value)
        ? null
        : { reason: "unknown_choice", setting };
    case "several":
      if (!Array.isArray(value) || hasDoubles(value)) return { reason: "wrong_kind", setting };
      if (value.length === 0 && shape.mayBeEmpty !== true) return { reason: "nothing_chosen", setting };
      return value.every((each) => typeof each === "string" && Object.hasOwn(shape.choices, each))
        ? null
        : { reason: "unknown_choice", setting };
  }
}

/** Everything wrong with a set of values; empty when they may hold. */
export function faultsOf<P extends Specs>(one: Kit<P>, values: Values<P>): readonly Fault[] {
  const faults: Fault[] = [];
  for (const name of namesOf(one)) {
    const { shape, needsClause } = one.specs[name]!;
    const { value, clause } = values[name];
    const fault = faultOfValue(name, shape, value);
    if (fault) faults.push(fault);
    else if (clause.trim() === "" && needsClause?.(value) === true)
      faults.push({ reason: "clause_needed", setting: name });
    if (clause.length > LONGEST_CLAUSE) faults.push({ reason: "clause_too_long", setting: name, most: LONGEST_CLAUSE });
  }
  return faults.length > 0 ? faults : (one.together?.(values) ?? []);
}

export const checkValues = <P extends Specs>(one: Kit<P>, values: Values<P>): Result<Values<P>, readonly Fault[]> => {
  const faults = faultsOf(one, values);
  return faults.length > 0 ? err(faults) : ok(values);
};

/** A setting as it is stored. */
export interface StoredSetting {
  readonly key: string;
  readonly value: string;
  readonly clause: string;
}

/**
 * What is set, and the defaults for the rest. Rows of settings this version does not know are passed over; a value that
 * today's shape no longer admits is a fault of a migration and thrown, not repaired.
 */
export function valuesFromRows<P extends Specs>(one: Kit<P>, rows: readonly StoredSetting[]): Values<P> {
  const set = new Map(rows.map((row) => [row.key, row]));
  const values = Object.fromEntries(
    namesOf(one).map((name) => {
      const row = set.get(one.prefix + name);
      if (!row) return [name, { value: one.specs[name]!.value, clause: "" }];
      const value = JSON.parse(row.value) as unknown;
      if (faultOfValue(name, one.specs[name]!.shape, value))
        throw new Error(`the stored setting ${row.key} does not read back`);
      return [name, { value, clause: row.clause }];
    }),
  );
  return values as Values<P>;
}

export type TypedForm = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Values out of a form's fields `name` and `name.clause`; an absent field keeps what `base` says. */
export function valuesFromForm<P extends Specs>(
  one: Kit<P>,
  form: TypedForm,
  base: Values<P>,
): Result<Values<P>, readonly Fault[]> {
  const read = namesOf(one).map((name) => {
    const field = form[name];
    const clause = form[`${name}.clause`];
    return [
      name,
      {
        value: field === undefined ? base[name].value : readField(one.specs[name]!.shape, field),
        clause: typeof clause === "string" ? clause.trim() : base[name].clause,
      },
    ];
  });
  return checkValues(one, Object.fromEntries(read) as Values<P>);
}

function readField(shape: Shape, field: string | readonly string[]): unknown {
  const texts = (typeof field === "string" ? [field] : field)
    .map((text) => text.normalize("NFKC").trim())
    .filter(Boolean);
  const first = texts[0] ?? "";
  switch (shape.kind) {
    case "flag":
      return first === "yes" ? true : first === "no" ? false : first;
    case "whole":
      return /^\d{1,9}$/.test(first) ? Number(first) : first;
    case "choice":
      return first;
    case "several":
      return texts;
  }
}

/** A value in words. */
export function wordsOfValue(shape: Shape, value: unknown): Bilingual {
  switch (shape.kind) {
    case "flag":
      return value === true ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
    case "whole":
      return { zh: String(value), en: String(value) };
    case "choice":
      return shape.choices[String(value)] ?? { zh: String(value), en: String(value) };
    case "several": {
      const all = Array.isArray(value) ? value.map((each) => shape.choices[String(each)]) : [];
      if (all.length === 0) return { zh: "无", en: "none" };
      return { zh: all.map((each) => each?.zh ?? "").join("、"), en: all.map((each) => each?.en ?? "").join(", ") };
    }
  }
}

export function wordsOfFault(fault: Fault, title: Bilingual): Bilingual {
  switch (fault.reason) {
    case "wrong_kind":
      return {
        zh: `“${title.zh}”没有填对：请填整数或从选项中选`,
        en: `“${title.en}” cannot be read: a whole number, or one of the choices`,
      };
    case "out_of_range":
      return {
        zh: `“${title.zh}”应在${fault.least}到${fault.most}之间`,
        en: `“${title.en}” must be from ${fault.least} to ${fault.most}`,
      };
    case "unknown_choice":
      return { zh: `“${title.zh}”请从所列的选项中选`, en: `“${title.en}”: choose one of those listed` };
    case "nothing_chosen":
      return { zh: `“${title.zh}”至少选一项`, en: `“${title.en}”: choose at least one` };
    case "clause_needed":
      return {
        zh: `“${title.zh}”改为这个值，要写明依据的条款`,
        en: `“${title.en}” with this value needs the clause it rests on`,
      };
    case "clause_too_long":
      return {
        zh: `“${title.zh}”的依据最多${fault.most}字`,
        en: `The clause of “${title.en}” has at most ${fault.most} characters`,
      };
    case "does_not_fit":
      return fault.words;
  }
}
