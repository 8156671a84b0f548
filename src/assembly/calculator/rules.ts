/** The decision of any meeting, held here or elsewhere, from figures as they are printed. Pure; not connected with any community. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Fraction } from "../../kernel/weight.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import {
  type Axis,
  approvalOf,
  type Check,
  type Decision,
  decide,
  type FigureName,
  type Figures,
  impossibilities,
  isMatter,
  type Matter,
  QUORUM,
} from "../rules.ts";

/** Areas are read with up to four decimals, and computed in ten-thousandths of a square metre. */
export const MOST_DECIMALS = 4;
const LONGEST_NUMBER = 40;

/** One line of a notice as printed; null where the notice leaves the figure out. */
export interface Printed {
  readonly owners: number | null;
  /** "92508.76": decimal text, so that no float comes between the paper and the sum. */
  readonly areaM2: string | null;
}
export interface Asked {
  readonly matter: number;
  readonly total: Printed;
  readonly participated: Printed;
  readonly inFavour: Printed;
}

/** A figure that cannot be, with the pointer to it (RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly reason:
    | "unknown_matter"
    | "not_whole"
    | "not_a_decimal"
    | "too_precise"
    | "too_long"
    | "negative"
    | "nobody_to_decide"
    | "more_than_total"
    | "more_than_participated";
}

/** One inequality with its numbers as decimal text: owners whole, areas with the decimals they were given with. */
export interface PrintedCheck extends Omit<Check, "part" | "whole" | "least"> {
  readonly part: string | null;
  readonly whole: string | null;
  readonly least: string | null;
}
export interface Calculated {
  readonly matter: Matter;
  readonly outcome: Decision["outcome"];
  readonly checks: readonly PrintedCheck[];
  /** The same in exact integers, areas with `decimals` of them behind the point. */
  readonly decision: Decision;
  readonly decimals: number;
}

/** A decimal number as an integer and how many of its digits stand behind the point. */
export interface Scaled {
  readonly value: bigint;
  readonly decimals: number;
}

/** Reads "115344.34" exactly as 11534434 with two decimals. Refuses a sign, an exponent, separators and more than four decimals. */
export function readDecimal(text: string): Result<Scaled, "not_a_decimal" | "too_precise" | "too_long" | "negative"> {
  if (text.length > LONGEST_NUMBER) return err("too_long");
  if (/^-\d+(\.\d+)?$/.test(text)) return err(/[1-9]/.test(text) ? "negative" : "not_a_decimal");
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return err("not_a_decimal");
  const fraction = match[2] ?? "";
  if (fraction.length > MOST_DECIMALS) return err("too_precise");
  return ok({ value: BigInt(match[1]! + fraction), decimals: fraction.length });
}

/**
 * A figure as typed or pasted: people copy from Excel and from WeChat, so full-width digits, thousands separators and the unit are theirs to
 * keep. Null where nothing was typed.
 */
export function figureFrom(text: string | undefined): string | null {
  const plain = (text ?? "")
    .normalize("NFKC")
    .trim()
    .replace(/(㎡|m2|平方米|平米|人|户)$/i, "")
    .trim()
    .replace(/^\d{1,3}(,\d{3})+(?=\.|$)/, (grouped) => grouped.replaceAll(",", ""));
  return plain === "" ? null : plain;
}

/** 11534434, 2 → "115344.34". */
export function formatDecimal(value: bigint, decimals: number): string {
  if (decimals === 0) return String(value);
  const digits = String(value).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const NAMES: readonly FigureName[] = ["total", "participated", "inFavour"];

/**
 * The outcome under CC 278 (D2–D6) from printed figures, or every figure that cannot be. `least` has the decimals that
 * the areas were given with: the most that any of the three has, because it is compared with them.
 */
export function calculate(asked: Asked): Result<Calculated, readonly Fault[]> {
  const faults: Fault[] = [];
  if (!isMatter(asked.matter)) faults.push({ pointer: "/matter", reason: "unknown_matter" });
  const owners: Partial<Record<FigureName, bigint | null>> = {};
  const areas: Partial<Record<FigureName, Scaled | null>> = {};
  for (const name of NAMES) {
    const { owners: heads, areaM2 } = asked[name];
    if (heads !== null && !Number.isSafeInteger(heads))
      faults.push({ pointer: `/${name}/owners`, reason: Number.isInteger(heads) ? "too_long" : "not_whole" });
    else owners[name] = heads === null ? null : BigInt(heads);
    const area = areaM2 === null ? ok(null) : readDecimal(areaM2);
    if (area.ok) areas[name] = area.value;
    else faults.push({ pointer: `/${name}/areaM2`, reason: area.error });
  }
  const decimals = Math.max(0, ...NAMES.map((name) => areas[name]?.decimals ?? 0));
  const figuresOf = (name: FigureName): Figures => ({
    owners: owners[name] ?? null,
    area: rescaled(areas[name] ?? null, decimals),
  });
  const [total, participated, inFavour] = [figuresOf("total"), figuresOf("participated"), figuresOf("inFavour")];
  for (const found of impossibilities(total, participated, inFavour)) {
    const pointer = `/${found.figure}/${found.axis === "owners" ? "owners" : "areaM2"}`;
    const reason =
      found.reason !== "more_than_whole"
        ? found.reason
        : found.of === "total"
          ? "more_than_total"
          : "more_than_participated";
    if (!faults.some((fault) => fault.pointer === pointer)) faults.push({ pointer, reason });
  }
  if (faults.length > 0) return err(faults);
  const matter = asked.matter as Matter;
  const decision = decide(matter, total, participated, inFavour);
  const printed = { owners: owners, area: areas };
  return ok({
    matter,
    outcome: decision.outcome,
    checks: decision.checks.map((check) => print(check, printed, decimals)),
    decision,
    decimals,
  });
}

const rescaled = (scaled: Scaled | null, decimals: number): bigint | null =>
  scaled === null ? null : scaled.value * 10n ** BigInt(decimals - scaled.decimals);

function print(
  check: Check,
  printed: {
    readonly owners: Partial<Record<FigureName, bigint | null>>;
    readonly area: Partial<Record<FigureName, Scaled | null>>;
  },
  decimals: number,
): PrintedCheck {
  const [part, whole]: readonly [FigureName, FigureName] =
    check.rule === "quorum" ? ["participated", "total"] : ["inFavour", "participated"];
  const say = (name: FigureName): string | null => {
    if (check.axis === "owners") return printed.owners[name]?.toString() ?? null;
    const area = printed.area[name];
    return area ? formatDecimal(area.value, area.decimals) : null;
  };
  const least = check.least === null ? null : formatDecimal(check.least, check.axis === "area" ? decimals : 0);
  return { ...check, part: say(part), whole: say(whole), least };
}

/** The fraction a check asks for, for the page that shows the sum. */
export const fractionOf = (check: Check, matter: Matter): Fraction =>
  check.rule === "quorum" ? QUORUM : approvalOf(matter);

/** Part ÷ whole in hundredths of a percent, rounded half up: how notices print it. For comparing with a printed figure, never for deciding. */
export function percentHundredths(part: bigint, whole: bigint): bigint {
  if (whole <= 0n) throw new RangeError("a share of nothing");
  return (part * 20_000n + whole) / (2n * whole);
}

/** What to say of a fault, to whoever typed the figure. */
export const FAULT_WORDS: { readonly [R in Fault["reason"]]: Bilingual } = {
  unknown_matter: {
    zh: "事项只能是 1 到 9（《民法典》第二百七十八条第一款）",
    en: "The matter is a number from 1 to 9 (Civil Code art. 278(1))",
  },
  not_whole: { zh: "人数应是整数", en: "Owners are counted in whole numbers" },
  not_a_decimal: {
    zh: "应是十进制数字，例如 92508.76，不带单位、逗号或正负号",
    en: "Should be a decimal number such as 92508.76, without unit, comma or sign",
  },
  too_precise: { zh: "最多四位小数，不会四舍五入", en: "At most four decimals; nothing is rounded" },
  too_long: { zh: "数字太大", en: "The number is too large" },
  negative: { zh: "不能是负数", en: "Cannot be negative" },
  nobody_to_decide: { zh: "总数不能是零", en: "The total cannot be zero" },
  more_than_total: { zh: "不能大于总数", en: "Cannot be more than the total" },
  more_than_participated: {
    zh: "同意的不能多于参与表决的",
    en: "More cannot be in favour than took part",
  },
};

/** Short words for the parts of a check, for pages and for the API's reader. */
export const FIGURE_WORDS: { readonly [N in FigureName]: { readonly [A in Axis]: Bilingual } } = {
  total: {
    owners: { zh: "总人数", en: "All owners" },
    area: { zh: "总面积（㎡）", en: "All area (m²)" },
  },
  participated: {
    owners: { zh: "参与表决的人数", en: "Owners who took part" },
    area: { zh: "参与表决的面积（㎡）", en: "Area that took part (m²)" },
  },
  inFavour: {
    owners: { zh: "同意的人数", en: "Owners in favour" },
    area: { zh: "同意的面积（㎡）", en: "Area in favour (m²)" },
  },
};
