/** When the owners' decision on one matter is carried: the nine matters and the four inequalities of art. 278. Not how ballots are added up: that is counting/rules.ts. */
import {
  type Fraction,
  leastReaching,
  MORE_THAN_HALF,
  reaches,
  THREE_QUARTERS,
  TWO_THIRDS,
  type Weight,
} from "../kernel/weight.ts";
import type { Bilingual } from "../platform/i18n.ts";

/** The nine matters owners decide together (CC 278①; D1). A motion carries one of these numbers, never free text. */
export type Matter = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface MatterText extends Bilingual {
  readonly matter: Matter;
  /** A few words for a list or a button. */
  readonly short: Bilingual;
  readonly article: Bilingual;
}

const article = (numeral: string, matter: number): Bilingual => ({
  zh: `《民法典》第二百七十八条第一款第（${numeral}）项`,
  en: `Civil Code art. 278(1)(${matter})`,
});

/** The words of the law for each matter (CC 278①; D1), with our own English beside them. */
export const MATTERS: readonly MatterText[] = [
  {
    matter: 1,
    zh: "制定和修改业主大会议事规则",
    en: "making and amending the owners' assembly's rules of procedure",
    short: { zh: "议事规则", en: "Rules of procedure" },
    article: article("一", 1),
  },
  {
    matter: 2,
    zh: "制定和修改管理规约",
    en: "making and amending the management covenant",
    short: { zh: "管理规约", en: "Management covenant" },
    article: article("二", 2),
  },
  {
    matter: 3,
    zh: "选举业主委员会或者更换业主委员会成员",
    en: "electing the owners' committee or replacing its members",
    short: { zh: "选举业委会", en: "Committee election" },
    article: article("三", 3),
  },
  {
    matter: 4,
    zh: "选聘和解聘物业服务企业或者其他管理人",
    en: "choosing and dismissing the property service company or another manager",
    short: { zh: "选聘物业", en: "Choice of manager" },
    article: article("四", 4),
  },
  {
    matter: 5,
    zh: "使用建筑物及其附属设施的维修资金",
    en: "using the maintenance fund of the buildings and their facilities",
    short: { zh: "使用维修资金", en: "Use of the maintenance fund" },
    article: article("五", 5),
  },
  {
    matter: 6,
    zh: "筹集建筑物及其附属设施的维修资金",
    en: "raising the maintenance fund of the buildings and their facilities",
    short: { zh: "筹集维修资金", en: "Raising the maintenance fund" },
    article: article("六", 6),
  },
  {
    matter: 7,
    zh: "改建、重建建筑物及其附属设施",
    en: "altering or rebuilding the buildings and their facilities",
    short: { zh: "改建、重建", en: "Altering or rebuilding" },
    article: article("七", 7),
  },
  {
    matter: 8,
    zh: "改变共有部分的用途或者利用共有部分从事经营活动",
    en: "changing the use of common parts or using common parts for business",
    short: { zh: "共有部分经营", en: "Business use of common parts" },
    article: article("八", 8),
  },
  {
    matter: 9,
    zh: "有关共有和共同管理权利的其他重大事项",
    en: "other major matters of co-ownership and common management",
    short: { zh: "其他重大事项", en: "Other major matters" },
    article: article("九", 9),
  },
];

export const isMatter = (value: unknown): value is Matter =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 9;

export const matterText = (matter: Matter): MatterText => MATTERS[matter - 1]!;

/** What took part must reach this of the whole, on both axes, for all nine matters (CC 278②; D2). */
export const QUORUM: Fraction = TWO_THIRDS;

/** Matters 6, 7 and 8 need three quarters of those taking part (D3), the others more than half (D4). CC 278②. */
export const approvalOf = (matter: Matter): Fraction => (needsThreeQuarters(matter) ? THREE_QUARTERS : MORE_THAN_HALF);
export const needsThreeQuarters = (matter: Matter): boolean => matter === 6 || matter === 7 || matter === 8;

export type Axis = "owners" | "area";
export const AXES: readonly Axis[] = ["owners", "area"];

/**
 * A weight on both axes as exact integers; null where a figure is not known. `area` may be in any unit (dm² inside the
 * product, ten-thousandths of a m² in the calculator) as long as all figures of one decision use the same.
 */
export interface Figures {
  readonly owners: bigint | null;
  readonly area: bigint | null;
}
export type Threshold = "2/3" | "1/2" | "3/4";

export interface Check {
  readonly rule: "quorum" | "approval";
  readonly axis: Axis;
  readonly part: bigint | null;
  readonly whole: bigint | null;
  readonly threshold: Threshold;
  /** True when reaching the threshold exactly is not enough (过半数; D4, D5). */
  readonly strict: boolean;
  /** The smallest part that would do. Null when the whole is not known. */
  readonly least: bigint | null;
  /** Null when a figure is missing. */
  readonly holds: boolean | null;
}

export type Outcome = "carried" | "lost" | "quorum_not_met" | "cannot_be_decided";

export interface Decision {
  readonly matter: Matter;
  readonly outcome: Outcome;
  /** Quorum by owners, quorum by area, approval by owners, approval by area. */
  readonly checks: readonly [Check, Check, Check, Check];
}

export type Impossible =
  | { readonly reason: "negative"; readonly figure: FigureName; readonly axis: Axis }
  | { readonly reason: "nobody_to_decide"; readonly figure: "total"; readonly axis: Axis }
  | { readonly reason: "more_than_whole"; readonly figure: FigureName; readonly of: FigureName; readonly axis: Axis };
export type FigureName = "total" | "participated" | "inFavour";

/** A kernel weight (owners, dm²) as exact figures. */
export const figures = (weight: Weight): Figures => ({
  owners: BigInt(weight.owners),
  area: BigInt(weight.areaDm2),
});

/**
 * Every way in which three figures contradict each other: a negative, an electorate of nothing, more taking part than
 * there are, more in favour than took part. Unknown figures contradict nothing.
 */
export function impossibilities(total: Figures, participated: Figures, inFavour: Figures): readonly Impossible[] {
  const found: Impossible[] = [];
  for (const axis of AXES) {
    const whole = total[axis];
    const part = participated[axis];
    const yes = inFavour[axis];
    for (const [figure, value] of [
      ["total", whole],
      ["participated", part],
      ["inFavour", yes],
    ] as const)
      if (value !== null && value < 0n) found.push({ reason: "negative", figure, axis });
    if (whole === 0n) found.push({ reason: "nobody_to_decide", figure: "total", axis });
    if (part !== null && whole !== null && part > whole)
      found.push({ reason: "more_than_whole", figure: "participated", of: "total", axis });
    if (yes !== null && part !== null && yes > part)
      found.push({ reason: "more_than_whole", figure: "inFavour", of: "participated", axis });
    else if (yes !== null && part === null && whole !== null && yes > whole)
      found.push({ reason: "more_than_whole", figure: "inFavour", of: "total", axis });
  }
  return found;
}

/**
 * Whether the owners carried a matter (CC 278②; D2–D6): two thirds of all take part and, of those taking part, enough
 * are in favour; each on heads and on exclusive area. Exact, without division.
 *
 * `participated` includes those against and those abstaining (D6). A missing figure makes the outcome
 * `cannot_be_decided` unless the quorum has visibly failed; it is never made good by inference from the other figures,
 * because a notice that leaves a figure out has not shown it.
 *
 * @throws RangeError when the figures contradict each other: ask `impossibilities` first where they come from outside.
 */
export function decide(matter: Matter, total: Figures, participated: Figures, inFavour: Figures): Decision {
  const [wrong] = impossibilities(total, participated, inFavour);
  if (wrong) throw new RangeError(`impossible figures: ${wrong.figure} by ${wrong.axis} ${wrong.reason}`);
  const approval = approvalOf(matter);
  const quorum = AXES.map((axis) => check("quorum", axis, participated[axis], total[axis], QUORUM));
  const approved = AXES.map((axis) => check("approval", axis, inFavour[axis], participated[axis], approval));
  const checks = [quorum[0]!, quorum[1]!, approved[0]!, approved[1]!] as const;
  return { matter, outcome: outcomeOf(checks), checks };
}

function outcomeOf(checks: readonly Check[]): Outcome {
  const quorum = checks.filter(({ rule }) => rule === "quorum");
  if (quorum.some(({ holds }) => holds === false)) return "quorum_not_met";
  if (checks.some(({ holds }) => holds === null)) return "cannot_be_decided";
  return checks.every(({ holds }) => holds) ? "carried" : "lost";
}

function check(rule: Check["rule"], axis: Axis, part: bigint | null, whole: bigint | null, fraction: Fraction): Check {
  return {
    rule,
    axis,
    part,
    whole,
    threshold: `${fraction.numerator}/${fraction.denominator}` as Threshold,
    strict: fraction.strict,
    least: whole === null ? null : leastReaching(whole, fraction),
    holds: part === null || whole === null ? null : reaches(part, whole, fraction),
  };
}

/** How much the part of a check falls short while the whole stays as it is; 0n when it holds, null when not known. */
export const shortfall = ({ part, least }: Check): bigint | null =>
  part === null || least === null ? null : part >= least ? 0n : least - part;

/**
 * How much more would have to take part **and** be in favour for the approval to hold: newcomers raise the whole too,
 * so this is more than `shortfall`. Smallest x with (part + x) reaching the fraction of (whole + x).
 */
export function shortfallWithNewcomers(part: bigint, whole: bigint, fraction: Fraction): bigint {
  const lacking = whole * fraction.numerator - part * fraction.denominator;
  const gain = fraction.denominator - fraction.numerator;
  const least = fraction.strict ? floorDiv(lacking, gain) + 1n : -floorDiv(-lacking, gain);
  return least > 0n ? least : 0n;
}

const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);

/** Consent of every interested owner (CC 279, JI 10–11; D8): a dwelling turned to business. No majority, no quorum: one missing consent and it is not given. */
export interface Unanimity {
  readonly outcome: "given" | "refused" | "not_yet";
  readonly interested: number;
  readonly consented: number;
  readonly refused: number;
  readonly missing: number;
}

/**
 * Counts the interested owners by head (those of the same building count as interested unless shown otherwise, JI 11).
 * One refusal settles it; silence is not consent.
 * @throws RangeError when more answered than are interested, or nobody is.
 */
export function decideUnanimity(interested: number, consented: number, refused: number): Unanimity {
  if (interested < 1 || consented < 0 || refused < 0 || consented + refused > interested)
    throw new RangeError("more answers than interested owners");
  const outcome = refused > 0 ? "refused" : consented === interested ? "given" : "not_yet";
  return { outcome, interested, consented, refused, missing: interested - consented };
}
