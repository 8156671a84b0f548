/** Which opened bids are compared (资格审查): the papers the scheme asks for, examined bid by bid, and what is left of each lot (T7, TB 28). Pure. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { OpenedBid } from "../../opening/opened.ts";
import { LEAST_BIDDERS } from "../../rules.ts";
import type { Lot, Qualification } from "../../scheme/rules.ts";

/** What was found of one bid. A bid is fit when every paper is in order and nothing else stands against it. */
export interface Finding {
  readonly lotNo: number;
  readonly bidderNo: number;
  /** The papers that are in order. */
  readonly shown: readonly Qualification[];
  /** Why it is not compared; null for a fit bid. Public. */
  readonly voidWhy: string | null;
}

export type FindingFault =
  | { readonly reason: "bid_unknown"; readonly lotNo: number; readonly bidderNo: number }
  | { readonly reason: "bid_void_already"; readonly lotNo: number; readonly bidderNo: number }
  /** A bid that lacks a paper is void, and the reason says which. */
  | {
      readonly reason: "void_reason_missing";
      readonly lotNo: number;
      readonly bidderNo: number;
      readonly lacks: readonly Qualification[];
    }
  | { readonly reason: "reason_too_long"; readonly most: number };

export const LONGEST_WHY = 500;

/** The papers of the lot that were not found in order. */
export const lacking = (lot: Pick<Lot, "qualifications">, shown: readonly Qualification[]): readonly Qualification[] =>
  lot.qualifications.filter((one) => !shown.includes(one));

/** Whether a finding can stand: it speaks of a bid that is there, and says why where the bid falls. */
export function checkFinding(
  lots: readonly Lot[],
  bids: readonly OpenedBid[],
  finding: Finding,
): Result<Finding, FindingFault> {
  const { lotNo, bidderNo, shown } = finding;
  const lot = lots.find((one) => one.lotNo === lotNo);
  const bid = bids.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo);
  if (!lot || !bid) return err({ reason: "bid_unknown", lotNo, bidderNo });
  if (bid.voidWhy !== null || bid.totalHundredths === null) return err({ reason: "bid_void_already", lotNo, bidderNo });
  const voidWhy = finding.voidWhy?.trim() || null;
  const lacks = lacking(lot, shown);
  if (lacks.length > 0 && voidWhy === null) return err({ reason: "void_reason_missing", lotNo, bidderNo, lacks });
  if (voidWhy !== null && voidWhy.length > LONGEST_WHY) return err({ reason: "reason_too_long", most: LONGEST_WHY });
  return ok({ ...finding, voidWhy });
}

export interface QualifiedLot {
  readonly lotNo: number;
  /** Bidders' numbers that are compared, in their order. */
  readonly fit: readonly number[];
  readonly void: readonly { readonly bidderNo: number; readonly why: string }[];
  /** Fewer than three are left: the lot has failed and is repeated (T7). */
  readonly failed: boolean;
}

export type QualifyRefusal = {
  readonly reason: "bids_unexamined";
  readonly left: readonly { readonly lotNo: number; readonly bidderNo: number }[];
};

/** Ties of bidders that nobody has settled: while one stands, who is compared is not decided (T13, TBR 34). */
export type ConflictsOpen = { readonly reason: "conflicts_open"; readonly open: number };

/** The bids with those void that two people have kept out for a tie. An exclusion of lot 0 is of every lot. */
export const withExclusions = (
  bids: readonly OpenedBid[],
  exclusions: readonly { readonly bidderId: string; readonly lotNo: number; readonly reason: string }[],
): readonly OpenedBid[] =>
  bids.map((bid) => {
    const out = exclusions.find(
      ({ bidderId, lotNo }) => bidderId === bid.bidderId && (lotNo === 0 || lotNo === bid.lotNo),
    );
    return bid.voidWhy === null && out ? { ...bid, voidWhy: `因关联关系不得参加：${out.reason}` } : bid;
  });

/** What is left of every lot that lived at the opening; refused while a bid has not been examined. */
export function qualify(
  lots: readonly Pick<Lot, "lotNo">[],
  bids: readonly OpenedBid[],
  findings: readonly Finding[],
): Result<readonly QualifiedLot[], QualifyRefusal> {
  const left: { lotNo: number; bidderNo: number }[] = [];
  const all = lots.map(({ lotNo }): QualifiedLot => {
    const fit: number[] = [];
    const gone: { bidderNo: number; why: string }[] = [];
    for (const bid of bids) {
      if (bid.lotNo !== lotNo) continue;
      const { bidderNo } = bid;
      const found = findings.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo);
      if (bid.voidWhy !== null) gone.push({ bidderNo, why: bid.voidWhy });
      else if (!found) left.push({ lotNo, bidderNo });
      else if (found.voidWhy !== null) gone.push({ bidderNo, why: found.voidWhy });
      else fit.push(bidderNo);
    }
    return { lotNo, fit: fit.toSorted((a, b) => a - b), void: gone, failed: fit.length < LEAST_BIDDERS };
  });
  return left.length > 0 ? err({ reason: "bids_unexamined", left }) : ok(all);
}
