/** A service contract (物业服务合同): what it says, that it says what was awarded, its clocks, and what may be given on to others (CC 938, 941; TB 46, 47; HZ 49; T12, T14, D16). Pure. */
import { z } from "zod";
import { addDays, addMonths, type Day, daysBetween, isDay, lastDayOfPeriod } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Lot, SERVICES, type Service } from "../scheme/rules.ts";

const text = z.string().trim();
const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** What is handed over, when a contract begins and when it ends (CC 949). */
export const TAKEOVER_KINDS = ["premises", "facilities", "records", "deposits"] as const;
export type TakeoverKind = (typeof TAKEOVER_KINDS)[number];

/** What was agreed. An edition of a contract holds it whole, so that two editions can be laid side by side. */
export const contractTerms = z.object({
  title: text,
  /** Who signs for the owners, such as 金桂苑业主委员会（经业主大会授权）. */
  client: text,
  provider: z.object({ name: text, code: text }),
  /** Numbered as in the scheme; of a contract without a tender, from 1. */
  lots: z.array(
    z.object({ lotNo: z.number().int().min(1).max(20), title: text, service: z.enum(SERVICES), scope: text }),
  ),
  /** What the lots are made of: the services themselves, or of a contract for the whole its parts. */
  parts: z.array(z.enum(SERVICES)),
  /** Which of the parts may be given on to specialists, as announced (CC 941 I). */
  subcontractable: z.array(z.enum(SERVICES)),
  /** Buildings served, as the roll calls them; empty for the whole estate. */
  buildings: z.array(text),
  /** `quantityHundredths` in 0.01 of the unit over the term. */
  lines: z.array(
    z.object({
      lotNo: z.number().int(),
      key: z.string(),
      label: text,
      unit: text,
      quantityHundredths: whole,
      unitFen: whole,
    }),
  ),
  /** The sum of the lines over the term; what is less than a fen is cut off once. */
  priceFen: whole,
  /** When how much is due, and on what condition. */
  plan: z.array(z.object({ dueOn: z.string(), amountFen: z.number().int(), condition: text })),
  quality: z.array(z.object({ clause: text, measure: text })),
  fromOn: z.string(),
  /** The last day. */
  toOn: z.string(),
  /** What the provider leaves as a bond. */
  bondFen: whole,
  /** Days of written notice either side agreed on; 60 where nothing was (CC 946). */
  noticeDays: z.number().int(),
  /** Premises, facilities and records given to the provider at the beginning. */
  handover: z.array(z.object({ kind: z.enum(TAKEOVER_KINDS), what: text })),
  /** What poor service costs by this contract; null where it agreed on nothing. */
  deduction: z
    .object({
      /** Points of a hundred below which something is kept back. */
      belowPoints: z.number().int().min(0).max(100),
      /** Of what was due in the period, in 0.01 % for each full point below. */
      perPointBasisPoints: z.number().int().min(0).max(10_000),
      mostBasisPoints: z.number().int().min(0).max(10_000),
    })
    .nullable(),
});
export type ContractTerms = z.infer<typeof contractTerms>;

export const LONGEST_MONTHS = 120;
export const MOST_PLAN_ROWS = 150;
/** A last payment may wait for the final account, not for years. */
export const PLAN_AFTER_END_DAYS = 365;
/** CC 946: sixty days' written notice, unless the contract says otherwise. */
export const NOTICE_DAYS = 60;

export type TermsFault =
  | { readonly reason: "empty"; readonly where: string }
  | { readonly reason: "not_a_day"; readonly where: string }
  | { readonly reason: "code_length"; readonly length: number }
  | { readonly reason: "lots_missing" }
  | { readonly reason: "lot_twice"; readonly lotNo: number }
  | { readonly reason: "term_backwards" }
  | { readonly reason: "term_too_long"; readonly mostMonths: number }
  | { readonly reason: "lines_missing" }
  | { readonly reason: "amount_too_large" }
  /** The price is not what the lines add up to. */
  | { readonly reason: "price_not_lines"; readonly priceFen: Fen; readonly linesFen: Fen }
  | { readonly reason: "plan_missing"; readonly most: number }
  | { readonly reason: "plan_amount"; readonly row: number }
  | { readonly reason: "plan_order"; readonly row: number }
  | { readonly reason: "plan_outside"; readonly row: number; readonly from: Day; readonly to: Day }
  | { readonly reason: "plan_not_price"; readonly planFen: Fen; readonly priceFen: Fen }
  | { readonly reason: "quality_missing" }
  | { readonly reason: "notice_days"; readonly least: number; readonly most: number }
  | { readonly reason: "bond_too_high"; readonly mostFen: Fen }
  | { readonly reason: "building_unknown"; readonly building: string };

const sumHundredths = (lines: ContractTerms["lines"]): bigint =>
  lines.reduce((sum, { quantityHundredths, unitFen }) => sum + BigInt(quantityHundredths) * BigInt(unitFen), 0n);

/** What lines come to over the term, in fen; a part of a fen is cut off. */
export const priceOfLines = (lines: ContractTerms["lines"]): Fen => Number(sumHundredths(lines) / 100n);

function planFaults({ plan, priceFen, fromOn, toOn }: ContractTerms): TermsFault[] {
  if (plan.length === 0 || plan.length > MOST_PLAN_ROWS) return [{ reason: "plan_missing", most: MOST_PLAN_ROWS }];
  const faults: TermsFault[] = [];
  const last = isDay(toOn) ? addDays(toOn, PLAN_AFTER_END_DAYS) : "";
  for (const [at, { dueOn, amountFen }] of plan.entries()) {
    const row = at + 1;
    if (!isDay(dueOn)) faults.push({ reason: "not_a_day", where: `plan.${row}.dueOn` });
    else {
      if (at > 0 && dueOn < plan[at - 1]!.dueOn) faults.push({ reason: "plan_order", row });
      if (last !== "" && isDay(fromOn) && (dueOn < fromOn || dueOn > last))
        faults.push({ reason: "plan_outside", row, from: fromOn, to: last });
    }
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > MOST_FEN)
      faults.push({ reason: "plan_amount", row });
  }
  const planFen = plan.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (faults.length === 0 && planFen !== priceFen) faults.push({ reason: "plan_not_price", planFen, priceFen });
  return faults;
}

/** The largest bond that is not above the per cent of the price (TBR 58). */
export const performanceBondMostFen = (priceFen: Fen, percent: number): Fen =>
  Number((BigInt(priceFen) * BigInt(percent)) / 100n);

/** Everything wrong with what a contract says in itself; empty when it can be signed. `buildings` are those of the roll. */
export function termsFaults(
  terms: ContractTerms,
  around: { readonly bondMostPercent: number; readonly buildings: readonly string[] },
): TermsFault[] {
  const faults: TermsFault[] = [];
  const { provider, lots, lines, fromOn, toOn } = terms;
  for (const [where, said] of [
    ["title", terms.title],
    ["client", terms.client],
    ["provider.name", provider.name],
    ...lots.map(({ lotNo, scope }) => [`lots.${lotNo}.scope`, scope] as const),
    ...terms.quality.flatMap(({ clause, measure }, at) => [
      [`quality.${at + 1}.clause`, clause] as const,
      [`quality.${at + 1}.measure`, measure] as const,
    ]),
  ] as const)
    if (said === "") faults.push({ reason: "empty", where });
  if ([...provider.code].length !== 18) faults.push({ reason: "code_length", length: [...provider.code].length });
  if (lots.length === 0) faults.push({ reason: "lots_missing" });
  for (const { lotNo } of lots.filter((lot, at) => lots.findIndex(({ lotNo }) => lotNo === lot.lotNo) !== at))
    faults.push({ reason: "lot_twice", lotNo });
  if (!isDay(fromOn)) faults.push({ reason: "not_a_day", where: "fromOn" });
  if (!isDay(toOn)) faults.push({ reason: "not_a_day", where: "toOn" });
  if (isDay(fromOn) && isDay(toOn)) {
    if (toOn < fromOn) faults.push({ reason: "term_backwards" });
    else if (toOn >= addMonths(fromOn, LONGEST_MONTHS))
      faults.push({ reason: "term_too_long", mostMonths: LONGEST_MONTHS });
  }
  if (lines.length === 0) faults.push({ reason: "lines_missing" });
  if (sumHundredths(lines) > BigInt(MOST_FEN) * 100n) faults.push({ reason: "amount_too_large" });
  else {
    const linesFen = priceOfLines(lines);
    if (lines.length > 0 && terms.priceFen !== linesFen)
      faults.push({ reason: "price_not_lines", priceFen: terms.priceFen, linesFen });
  }
  faults.push(...planFaults(terms));
  if (terms.quality.length === 0) faults.push({ reason: "quality_missing" });
  if (terms.noticeDays < 0 || terms.noticeDays > 365) faults.push({ reason: "notice_days", least: 0, most: 365 });
  const mostFen = performanceBondMostFen(terms.priceFen, around.bondMostPercent);
  if (terms.bondFen > mostFen) faults.push({ reason: "bond_too_high", mostFen });
  for (const building of terms.buildings)
    if (!around.buildings.includes(building)) faults.push({ reason: "building_unknown", building });
  return faults;
}

// ——— What was awarded is what is signed (TB 46) ———

/** What was awarded for a lot. */
export interface Award {
  readonly lotNo: number;
  readonly name: string;
  readonly code: string;
  /** Fen for each line of the lot's price sheet. */
  readonly prices: Readonly<Record<string, number>>;
  readonly awardedOn: Day;
}

export type DeviationFault =
  | { readonly reason: "lot_not_awarded"; readonly lotNo: number }
  | { readonly reason: "provider_differs"; readonly lotNo: number; readonly awarded: string }
  | { readonly reason: "scope_differs"; readonly lotNo: number }
  | { readonly reason: "price_differs"; readonly lotNo: number; readonly line: string; readonly awardedFen: Fen | null }
  | { readonly reason: "term_differs"; readonly lotNo: number; readonly fromOn: Day; readonly toOn: Day }
  | { readonly reason: "quality_left_out"; readonly lotNo: number; readonly clause: string }
  | { readonly reason: "subcontracting_differs"; readonly lotNo: number };

/** Days within which a contract that was awarded after its day had come may begin: the time for writing it (TB 46). */
export const WRITTEN_DAYS = 30;

/**
 * The term an award means: from the announced day for the announced months. Where that day had come before the award, it may begin
 * on any day from the award on while the contract is still to be written; its length stays.
 */
export function termOfAward(
  lot: Pick<Lot, "from" | "months">,
  awardedOn: Day,
  asked: Day,
): { readonly fromOn: Day; readonly toOn: Day } {
  const late = lot.from <= awardedOn && isDay(asked) && asked > awardedOn && asked <= addDays(awardedOn, WRITTEN_DAYS);
  const fromOn = late ? asked : lot.from;
  return { fromOn, toOn: addDays(addMonths(fromOn, lot.months), -1) };
}

/** The services of a lot: its parts where it is for the whole, else itself. */
export const partsOfLot = ({ service, parts }: Pick<Lot, "service" | "parts">): Service[] =>
  service === "whole" ? [...parts] : [service];

/** Where terms depart from what was announced and awarded; no such contract is signed, in either side's favour (TB 46 I). */
export function deviations(terms: ContractTerms, lots: readonly Lot[], awards: readonly Award[]): DeviationFault[] {
  return terms.lots.flatMap((asked): DeviationFault[] => {
    const { lotNo } = asked;
    const lot = lots.find((one) => one.lotNo === lotNo);
    const award = awards.find((one) => one.lotNo === lotNo);
    if (!lot || !award) return [{ reason: "lot_not_awarded", lotNo }];
    const faults: DeviationFault[] = [];
    if (terms.provider.code !== award.code || terms.provider.name !== award.name)
      faults.push({ reason: "provider_differs", lotNo, awarded: award.name });
    if (
      asked.scope !== lot.scope ||
      asked.service !== lot.service ||
      !partsOfLot(lot).every((one) => terms.parts.includes(one))
    )
      faults.push({ reason: "scope_differs", lotNo });
    const own = terms.lines.filter((line) => line.lotNo === lotNo);
    for (const line of own) {
      const announced = lot.prices.find(({ key }) => key === line.key);
      const awardedFen = award.prices[line.key] ?? null;
      if (!announced || announced.quantityHundredths !== line.quantityHundredths || awardedFen !== line.unitFen)
        faults.push({ reason: "price_differs", lotNo, line: line.label, awardedFen });
    }
    for (const { key, label } of lot.prices)
      if (own.filter((line) => line.key === key).length !== 1)
        faults.push({ reason: "price_differs", lotNo, line: label, awardedFen: award.prices[key] ?? null });
    const term = termOfAward(lot, award.awardedOn, terms.fromOn);
    if (terms.fromOn !== term.fromOn || terms.toOn !== term.toOn)
      faults.push({ reason: "term_differs", lotNo, ...term });
    for (const { clause, measure } of lot.quality)
      if (!terms.quality.some((one) => one.clause === clause && one.measure === measure))
        faults.push({ reason: "quality_left_out", lotNo, clause });
    const isGivenOn = (part: Service) => terms.subcontractable.includes(part) && !lot.subcontracted.includes(part);
    if (lot.service === "whole" && lot.parts.some(isGivenOn)) faults.push({ reason: "subcontracting_differs", lotNo });
    return faults;
  });
}

/** Every lot that was awarded has a contract that was signed: the tender is done. */
export const isAllContracted = (awarded: readonly number[], contracted: readonly number[]): boolean =>
  awarded.length > 0 && awarded.every((lotNo) => contracted.includes(lotNo));

// ——— Clocks ———

export interface ClockFace {
  readonly state: "done" | "done_late" | "waiting" | "overdue";
  /** Days left, or days late. */
  readonly days: number;
}
export function clockFace(dueOn: Day, doneOn: Day | null, today: Day): ClockFace {
  const late = daysBetween(dueOn, doneOn ?? today);
  if (doneOn !== null) return { state: late > 0 ? "done_late" : "done", days: Math.max(late, 0) };
  return late > 0 ? { state: "overdue", days: late } : { state: "waiting", days: daysBetween(today, dueOn) };
}
/** By when an award is written down (TB 46 I; T12). The day of the award is not counted (CC 201). */
export const writtenDue = (awardedOn: Day, days: number): Day => lastDayOfPeriod(awardedOn, days);
/** By when a contract is filed (HZ 49; T14). */
export const filingDue = (signedOn: Day, days: number): Day => lastDayOfPeriod(signedOn, days);

// ——— Deciding on a draft ———

export type DecideRefusal =
  | { readonly reason: "own_contract" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "why_missing" };

/** Whether this person may sign what that person drafted: another, in office for it (offices: tender.decide). */
export const maySign = (draftedBy: string, personId: string): Result<true, { readonly reason: "own_contract" }> =>
  draftedBy === personId ? err({ reason: "own_contract" }) : ok(true);

/** The paper was signed on a day that has come, and not before it was awarded. */
export type SignedOnRefusal =
  | { readonly reason: "signed_on_not_a_day" }
  | { readonly reason: "signed_on_ahead"; readonly today: Day }
  | { readonly reason: "signed_before_award"; readonly awardedOn: Day };
export function maySignOn(signedOn: string, today: Day, awardedOn: Day | null): Result<Day, SignedOnRefusal> {
  if (!isDay(signedOn)) return err({ reason: "signed_on_not_a_day" });
  if (signedOn > today) return err({ reason: "signed_on_ahead", today });
  return awardedOn !== null && signedOn < awardedOn ? err({ reason: "signed_before_award", awardedOn }) : ok(signedOn);
}

// ——— Paid against the plan ———

/** A line of the plan with what vouchers paid of it, in fen. */
export interface PlanRow {
  readonly planNo: number;
  readonly dueOn: Day;
  readonly amountFen: Fen;
  readonly condition: string;
  /** Posted and not taken back. */
  readonly paidFen: Fen;
  /** Kept back for poor service. */
  readonly deductedFen: Fen;
  readonly waitingFen: Fen;
  /** What was paid and kept back beyond the line; 0 where it fits. */
  readonly overFen: Fen;
  readonly state: "paid" | "partly" | "due" | "overdue" | "later" | "over";
}
export interface Paid {
  readonly planNo: number;
  readonly amountFen: Fen;
  readonly deductFen: Fen;
  readonly state: "waiting" | "reviewed" | "posted" | "withdrawn" | "refused";
  readonly isReversed: boolean;
}

/** The plan against the books. A voucher that waits is shown and not counted as paid. */
export function planAgainstPaid(plan: ContractTerms["plan"], payments: readonly Paid[], today: Day): PlanRow[] {
  return plan.map(({ dueOn, amountFen, condition }, at): PlanRow => {
    const own = payments.filter(({ planNo }) => planNo === at + 1);
    const posted = own.filter(({ state, isReversed }) => state === "posted" && !isReversed);
    const waiting = own.filter(({ state }) => state === "waiting" || state === "reviewed");
    const sum = (rows: readonly Paid[], of: (row: Paid) => Fen) => rows.reduce((total, row) => total + of(row), 0);
    const paidFen = sum(posted, (row) => row.amountFen);
    const deductedFen = sum(posted, (row) => row.deductFen);
    const settled = paidFen + deductedFen;
    const state =
      settled > amountFen
        ? "over"
        : settled === amountFen
          ? "paid"
          : today > dueOn
            ? "overdue"
            : settled > 0
              ? "partly"
              : today === dueOn
                ? "due"
                : "later";
    return {
      planNo: at + 1,
      dueOn,
      amountFen,
      condition,
      paidFen,
      deductedFen,
      waitingFen: sum(waiting, (row) => row.amountFen),
      overFen: Math.max(settled - amountFen, 0),
      state,
    };
  });
}
