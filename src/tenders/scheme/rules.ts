/** The scheme of a tender (选聘方案): how the estate wants to be served, lot by lot, and by what the offers are compared. What the law makes of it (T2–T16, D15, D16). Pure. */
import { z } from "zod";
import { isDay } from "../../kernel/day.ts";

/** How the estate is served (D15, CC 284): by itself, by one company, or item by item under the owners' own contracts. */
export const MODES = ["self", "whole", "items"] as const;
export type Mode = (typeof MODES)[number];

export const SERVICES = [
  "whole",
  "cleaning",
  "greening",
  "repair",
  "security",
  "lifts",
  "fire",
  "technical",
  "other",
] as const;
export type Service = (typeof SERVICES)[number];

/** What only a professional unit may do, whatever the mode (T16, SH 53). */
export const PROFESSIONAL: readonly Service[] = ["lifts", "fire", "technical"];

/** 包干制, 酬金制, 按项计价. */
export const PRICE_MODELS = ["lump_sum", "commission", "per_item"] as const;
export type PriceModel = (typeof PRICE_MODELS)[number];

/** Papers a bidder shows that it may do the work; `security_licence` is 保安服务许可证 (SEC 9). */
export const QUALIFICATIONS = [
  "business_licence",
  "security_licence",
  "lift_maintenance",
  "fire_maintenance",
  "technical_protection",
  "credit_clean",
] as const;
export type Qualification = (typeof QUALIFICATIONS)[number];

const text = z.string().trim();
const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** One price of the price sheet. `unitFen` is offered for it; over the term it counts `quantity` hundredths of the unit. */
export const priceLine = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  label: text,
  /** 元/㎡·月, 元/月, 元/次 … */
  unit: text,
  /** In 0.01 of the unit: 12,345.67 ㎡ over 12 months is 14814804. */
  quantityHundredths: whole,
  /** Offers above are void; null for no ceiling. */
  ceilingFen: whole.nullable(),
});
export type PriceLine = z.infer<typeof priceLine>;

/** One measure of quality, as the contract will say it. */
const measure = z.object({ clause: text, measure: text });

export const lot = z.object({
  lotNo: z.number().int().min(1).max(20),
  service: z.enum(SERVICES),
  title: text,
  /** Buildings, parts, times. */
  scope: text,
  quality: z.array(measure),
  priceModel: z.enum(PRICE_MODELS),
  prices: z.array(priceLine),
  /** What the owners expect to pay over the term; bonds are measured against it (T13). */
  estimateFen: whole,
  bondFen: whole,
  from: z.string(),
  months: z.number().int().min(1).max(120),
  qualifications: z.array(z.enum(QUALIFICATIONS)),
  /** Of a lot for the whole: what it is made of, and which of these may be given to specialists (D16). */
  parts: z.array(z.enum(SERVICES)),
  subcontracted: z.array(z.enum(SERVICES)),
});
export type Lot = z.infer<typeof lot>;

/** By what offers are compared; weights sum to 100 (T10). Points are integers in 0.01. */
export const criterion = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  title: text,
  /** `price` is computed by its formula, `fact` recorded once with its evidence, `judged` given by every member by hand. */
  kind: z.enum(["price", "fact", "judged"]),
  weight: z.number().int().min(0).max(100),
  /** What earns how much, in words. */
  guide: text,
  /** Of a price: the line of the sheet it looks at; null for the whole sum. */
  priceKey: z.string().nullable(),
  formula: z
    .discriminatedUnion("kind", [
      /** 基准价 = 最低有效报价; points = base ÷ price × weight. */
      z.object({ kind: z.literal("lowest") }),
      /** 基准价 = 有效报价算术平均; each per cent above or below costs so many hundredths of a point. */
      z.object({ kind: z.literal("average"), abovePerPercent: whole, belowPerPercent: whole }),
    ])
    .nullable(),
});
export type Criterion = z.infer<typeof criterion>;

/** A post of the estate's own people under self-management, and under whose contract. */
const selfPost = z.object({ title: text, count: z.number().int().min(1).max(500), duties: text, contract: text });
/** A professional unit that serves already, under whatever mode (T16). */
const keptContract = z.object({ service: z.enum(SERVICES), provider: text, until: z.string() });

export const scheme = z.object({
  title: text,
  mode: z.enum(MODES),
  /** Why this mode and not another, for the owners. */
  reasons: text,
  procedure: z.enum(["open", "invited"]),
  /** Names and codes of those invited; three at least (T3). */
  invited: z.array(z.object({ name: text, code: text })),
  lots: z.array(lot),
  criteria: z.array(criterion),
  panel: z.object({ size: z.number().int(), experts: z.number().int() }),
  /** What decides between equal totals, in this order; a draw ends every tie. */
  ties: z.array(z.enum(["lower_price", "higher_judged", "draw"])),
  candidatesMost: z.number().int().min(1).max(3),
  /** From the notice: days to ask, days to bid; from the candidates: days to object. */
  questionDays: z.number().int().min(0).max(180),
  bidDays: z.number().int().min(0).max(365),
  candidateDays: z.number().int().min(0).max(60),
  /** Under self-management. */
  posts: z.array(selfPost),
  kept: z.array(keptContract),
  /** The estate's own guards: the paper by which the team is filed with the police (T15, SEC 14); empty where there are none. */
  ownGuardsFiling: text,
  /** What the estate has that only professionals may keep. */
  has: z.array(z.enum(SERVICES)),
});
export type Scheme = z.infer<typeof scheme>;

export type SchemeFault =
  | { readonly reason: "empty"; readonly where: string }
  | { readonly reason: "not_a_day"; readonly where: string }
  | { readonly reason: "lots_missing" }
  | { readonly reason: "lot_twice"; readonly lotNo: number }
  | { readonly reason: "key_twice"; readonly where: string; readonly key: string }
  /** 整体外包 is one lot for the whole, and no other. */
  | { readonly reason: "whole_is_one_lot" }
  /** A lot for the whole belongs to 整体外包 alone. */
  | { readonly reason: "whole_among_items"; readonly lotNo: number }
  /** D16, CC 941: what may be given on must leave something the provider does itself. */
  | { readonly reason: "all_subcontracted"; readonly lotNo: number }
  | { readonly reason: "subcontract_outside"; readonly lotNo: number; readonly service: Service }
  /** T15, SEC 9: guards come from a licensed company, or from a filed team of the estate's own. */
  | { readonly reason: "security_licence_missing"; readonly lotNo: number }
  | { readonly reason: "own_guards_unfiled" }
  /** T16, SH 53: lifts, fire and technical protection need a professional unit: a lot or a contract that runs. */
  | { readonly reason: "professional_missing"; readonly service: Service }
  | { readonly reason: "posts_missing" }
  | { readonly reason: "prices_missing"; readonly lotNo: number }
  | { readonly reason: "weights"; readonly sum: number }
  | { readonly reason: "price_line_unknown"; readonly criterion: string; readonly key: string }
  | { readonly reason: "formula_missing"; readonly criterion: string }
  | { readonly reason: "formula_not_wanted"; readonly criterion: string }
  /** T9: odd, five or more, two thirds experts. */
  | { readonly reason: "panel_size"; readonly size: number; readonly least: number }
  | { readonly reason: "panel_experts"; readonly experts: number; readonly least: number }
  | { readonly reason: "ties_end_with_draw" }
  /** T3, TB 17. */
  | { readonly reason: "invited_few"; readonly invited: number; readonly least: number }
  /** T13, TBR 26: two per cent of the estimate at most. */
  | { readonly reason: "bond_too_high"; readonly lotNo: number; readonly mostFen: number };

export const LEAST_INVITED = 3;
export const LEAST_PANEL = 5;
/** TBR 26. */
export const BOND_MOST_PERCENT = 2;

/** Fewest experts in a panel: two thirds, rounded up (TB 37). */
export const expertsLeast = (size: number): number => Math.ceil((size * 2) / 3);
/** The largest bond that is not above two per cent, in fen. */
export const bondMostFen = (estimateFen: number): number => Number((BigInt(estimateFen) * 2n) / 100n);

const twice = <T>(all: readonly T[]): T[] => all.filter((one, at) => all.indexOf(one) !== at);

function lotFaults(one: Lot): SchemeFault[] {
  const faults: SchemeFault[] = [];
  const { lotNo } = one;
  const where = `lots.${lotNo}`;
  if (one.title === "") faults.push({ reason: "empty", where: `${where}.title` });
  if (one.scope === "") faults.push({ reason: "empty", where: `${where}.scope` });
  if (one.quality.length === 0) faults.push({ reason: "empty", where: `${where}.quality` });
  if (!isDay(one.from)) faults.push({ reason: "not_a_day", where: `${where}.from` });
  if (one.prices.length === 0) faults.push({ reason: "prices_missing", lotNo });
  for (const key of twice(one.prices.map(({ key }) => key))) faults.push({ reason: "key_twice", where, key });
  const guarded = one.service === "security" || one.parts.includes("security");
  if (guarded && !one.qualifications.includes("security_licence"))
    faults.push({ reason: "security_licence_missing", lotNo });
  const mostFen = bondMostFen(one.estimateFen);
  if (one.bondFen > mostFen) faults.push({ reason: "bond_too_high", lotNo, mostFen });
  if (one.service !== "whole") return faults;
  for (const service of one.subcontracted)
    if (!one.parts.includes(service)) faults.push({ reason: "subcontract_outside", lotNo, service });
  if (one.parts.length === 0) faults.push({ reason: "empty", where: `${where}.parts` });
  else if (one.parts.every((part) => one.subcontracted.includes(part)))
    faults.push({ reason: "all_subcontracted", lotNo });
  return faults;
}

function modeFaults({ mode, lots, posts, ownGuardsFiling, has, kept }: Scheme): SchemeFault[] {
  const faults: SchemeFault[] = [];
  if (mode === "whole" && (lots.length !== 1 || lots[0]?.service !== "whole"))
    faults.push({ reason: "whole_is_one_lot" });
  if (mode !== "whole")
    for (const { lotNo, service } of lots) if (service === "whole") faults.push({ reason: "whole_among_items", lotNo });
  if (mode === "items" && lots.length === 0) faults.push({ reason: "lots_missing" });
  if (mode === "self") {
    if (posts.length === 0) faults.push({ reason: "posts_missing" });
    const guards = posts.some(({ title, duties }) => /保安|门卫|秩序|安保/.test(title + duties));
    if (guards && ownGuardsFiling === "") faults.push({ reason: "own_guards_unfiled" });
  }
  const served = new Set([
    ...lots.flatMap(({ service, parts }) => [service, ...parts]),
    ...kept.map((one) => one.service),
  ]);
  for (const service of PROFESSIONAL)
    if (has.includes(service) && !served.has(service)) faults.push({ reason: "professional_missing", service });
  for (const [at, { provider, until }] of kept.entries()) {
    if (provider === "") faults.push({ reason: "empty", where: `kept.${at + 1}.provider` });
    if (!isDay(until)) faults.push({ reason: "not_a_day", where: `kept.${at + 1}.until` });
  }
  return faults;
}

function criteriaFaults({ criteria, lots, panel, ties }: Scheme): SchemeFault[] {
  const faults: SchemeFault[] = [];
  const sum = criteria.reduce((held, { weight }) => held + weight, 0);
  if (sum !== 100) faults.push({ reason: "weights", sum });
  for (const key of twice(criteria.map(({ key }) => key))) faults.push({ reason: "key_twice", where: "criteria", key });
  for (const { key, title, kind, priceKey, formula } of criteria) {
    if (title === "") faults.push({ reason: "empty", where: `criteria.${key}.title` });
    if (kind === "price" && formula === null) faults.push({ reason: "formula_missing", criterion: key });
    if (kind !== "price" && formula !== null) faults.push({ reason: "formula_not_wanted", criterion: key });
    if (
      kind === "price" &&
      priceKey !== null &&
      !lots.every(({ prices }) => prices.some((one) => one.key === priceKey))
    )
      faults.push({ reason: "price_line_unknown", criterion: key, key: priceKey });
  }
  if (panel.size < LEAST_PANEL || panel.size % 2 === 0)
    faults.push({ reason: "panel_size", size: panel.size, least: LEAST_PANEL });
  const least = expertsLeast(panel.size);
  if (panel.experts < least || panel.experts > panel.size)
    faults.push({ reason: "panel_experts", experts: panel.experts, least });
  if (ties.at(-1) !== "draw") faults.push({ reason: "ties_end_with_draw" });
  return faults;
}

/** Everything that keeps a scheme from being decided and announced. A self-managed estate that tenders nothing has no offers to compare. */
export function schemeFaults(asked: Scheme): SchemeFault[] {
  const faults: SchemeFault[] = [];
  if (asked.title === "") faults.push({ reason: "empty", where: "title" });
  if (asked.reasons === "") faults.push({ reason: "empty", where: "reasons" });
  for (const lotNo of twice(asked.lots.map((one) => one.lotNo))) faults.push({ reason: "lot_twice", lotNo });
  if (asked.procedure === "invited" && asked.invited.length < LEAST_INVITED)
    faults.push({ reason: "invited_few", invited: asked.invited.length, least: LEAST_INVITED });
  faults.push(...modeFaults(asked), ...asked.lots.flatMap(lotFaults));
  if (asked.lots.length > 0) faults.push(...criteriaFaults(asked));
  return faults;
}

/** What is allowed and said beside it: shorter than the compulsory procedure's time, which only guides the owners' own (T1). */
export type SchemeWarning =
  /** T4: 20 days from the notice (TB 24). */
  | { readonly reason: "bid_days_short"; readonly days: number; readonly usual: 20 }
  /** T5: questions end 10 days before the closing at least (TBR 22). */
  | { readonly reason: "questions_late"; readonly daysBefore: number; readonly usual: 10 }
  /** T11: three days (TBR 54). */
  | { readonly reason: "candidate_days_short"; readonly days: number; readonly usual: 3 };

export function schemeWarnings({ bidDays, questionDays, candidateDays }: Scheme): SchemeWarning[] {
  const warnings: SchemeWarning[] = [];
  if (bidDays < 20) warnings.push({ reason: "bid_days_short", days: bidDays, usual: 20 });
  if (bidDays - questionDays < 10)
    warnings.push({ reason: "questions_late", daysBefore: bidDays - questionDays, usual: 10 });
  if (candidateDays < 3) warnings.push({ reason: "candidate_days_short", days: candidateDays, usual: 3 });
  return warnings;
}
