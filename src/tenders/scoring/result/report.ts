/** The report (评审报告) as data: everything a result was made from, from which anyone makes it again. Pure. */

import { hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { commitSeed } from "../../../record/draw/rules.ts";
import type { Scheme } from "../../scheme/rules.ts";
import { checkReveal, type Sheet, sheetOf } from "../sheets/rules.ts";
import {
  type BidToScore,
  type Combining,
  type Given,
  type LotResult,
  type LotToScore,
  type ScoringRefusal,
  scoreLot,
  tiePurpose,
} from "./rules.ts";

/** The report's content, published as JSON. Points in 0.01, prices in fen, totals in 0.01 fen. */
export interface Report {
  readonly version: 1;
  readonly tender: string;
  readonly number: number;
  readonly title: string;
  readonly schemeHash: string;
  readonly criteria: Scheme["criteria"];
  readonly ties: Scheme["ties"];
  readonly candidatesMost: number;
  readonly combining: Combining;
  /** Of the seed for ties: what was committed to, and what it is. */
  readonly commitment: string;
  readonly seed: string;
  readonly lots: readonly {
    readonly lotNo: number;
    readonly title: string;
    readonly bids: readonly (BidToScore & { readonly name: string; readonly code: string })[];
    readonly void: readonly { readonly bidderNo: number; readonly name: string; readonly why: string }[];
  }[];
  /** Prices that looked below cost: what was asked, answered and decided. Left out where nothing was asked. */
  readonly priceQueries?: readonly {
    readonly lotNo: number;
    readonly bidderNo: number;
    readonly question: string;
    /** Null where its bidder let the time pass. */
    readonly answer: string | null;
    readonly outcome: "kept" | "void";
    readonly reason: string;
  }[];
  readonly facts: readonly Given[];
  readonly sheets: readonly {
    readonly memberNo: number;
    readonly commitment: string;
    readonly nonce: string;
    readonly given: readonly Given[];
  }[];
}

export const lotToScore = (report: Report, lot: Report["lots"][number]): LotToScore => ({
  lotNo: lot.lotNo,
  criteria: report.criteria,
  combining: report.combining,
  ties: report.ties,
  candidatesMost: report.candidatesMost,
  bids: lot.bids,
  facts: report.facts,
  sheets: report.sheets,
  seed: report.seed,
  purpose: tiePurpose(report.tender, lot.lotNo),
});

export type RecomputeRefusal =
  | ScoringRefusal
  /** The seed is not the one that was committed to. */
  | { readonly reason: "another_seed" }
  /** A sheet is not the one that was committed to. */
  | { readonly reason: "another_sheet"; readonly memberNo: number };

/** The result again from the report alone: the commitments first, then every figure. */
export function recompute(report: Report): Result<readonly LotResult[], RecomputeRefusal> {
  if (commitSeed(hexToBytes(report.seed)) !== report.commitment) return err({ reason: "another_seed" });
  for (const { memberNo, commitment, nonce, given } of report.sheets) {
    const sheet: Sheet = sheetOf(report.tender, memberNo, given);
    if (!checkReveal(commitment, sheet, nonce).ok) return err({ reason: "another_sheet", memberNo });
  }
  const results: LotResult[] = [];
  for (const lot of report.lots) {
    const made = scoreLot(lotToScore(report, lot));
    if (!made.ok) return made;
    results.push(made.value);
  }
  return ok(results);
}
