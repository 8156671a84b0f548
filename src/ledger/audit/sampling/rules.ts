/** Which vouchers an auditor looks at: the list they are drawn from, and the draw that anybody can repeat from a revealed seed (R8). Pure. */
import { hexToBytes } from "@noble/hashes/utils.js";
import type { Day } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { type Fen, MOST_FEN } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { commitSeed, drawOrder, ticketOf } from "../../../record/draw/rules.ts";
import type { Book, Period, VoucherKind } from "../../books/rules.ts";

// ——— The population ———

/** A posted voucher as the list has it: public facts only, so that anybody can write the same list. */
export interface Listed {
  readonly book: Book;
  readonly period: Period;
  readonly number: number;
  readonly on: Day;
  readonly amountFen: Fen;
  readonly kind: VoucherKind;
  /** Whether it names an owners' decision. */
  readonly isDecided: boolean;
  readonly files: number;
  /** Of its posting, in the record: 64 hex digits. */
  readonly leafHash: string;
}

/** What a voucher is called in lists and draws: `common/2026-03/12`. */
export const refOf = ({ book, period, number }: Pick<Listed, "book" | "period" | "number">): string =>
  `${book}/${period}/${number}`;

const lineOf = (one: Listed): string =>
  [refOf(one), one.on, one.amountFen, one.kind, one.isDecided ? 1 : 0, one.files, one.leafHash].join("\t");

/**
 * The list as it is hashed and handed out: a line a voucher, fields apart by tabs, LF after each, in the order of books, months and
 * numbers as they are handed in. `sha256sum` of the file is its hash.
 */
export const listText = (population: readonly Listed[]): string => population.map((one) => `${lineOf(one)}\n`).join("");

export interface Frozen {
  readonly vouchers: number;
  readonly totalFen: Fen;
  readonly listHash: string;
}
/** How many, how much together, and the hash of the list: what is written down before anything is drawn. */
export const freeze = (population: readonly Listed[]): Frozen => ({
  vouchers: population.length,
  totalFen: population.reduce((sum, { amountFen }) => sum + amountFen, 0),
  listHash: sha256Hex(listText(population)),
});

/** Whether the books still say what was frozen. */
export const isAsFrozen = (population: readonly Listed[], frozen: Frozen): boolean => {
  const now = freeze(population);
  return now.vouchers === frozen.vouchers && now.totalFen === frozen.totalFen && now.listHash === frozen.listHash;
};

// ——— How it is drawn ———

export const SELECTED_KINDS = ["reversal", "opening", "no_decision", "no_file", "related_party"] as const;
export type SelectedKind = (typeof SELECTED_KINDS)[number];
export const isSelectedKind = (text: string): text is SelectedKind =>
  (SELECTED_KINDS as readonly string[]).includes(text);

export const METHODS = ["random", "monetary_unit", "threshold", "kind"] as const;
export type Method = (typeof METHODS)[number];
export const isMethod = (text: string): text is Method => (METHODS as readonly string[]).includes(text);

export type SampleAsked =
  | { readonly method: "random"; readonly size: number }
  /** Each fen has the same chance: `size` fen at even distances, and the vouchers they lie in. */
  | { readonly method: "monetary_unit"; readonly size: number }
  /** Every voucher of this amount or more (以上 includes it, CC 1259). */
  | { readonly method: "threshold"; readonly fromFen: Fen }
  | { readonly method: "kind"; readonly kind: SelectedKind };

export const MOST_DRAWN = 2_000;

export type SampleRefusal =
  | { readonly reason: "size_not_positive" }
  | { readonly reason: "sample_exceeds_population"; readonly size: number; readonly vouchers: number }
  | { readonly reason: "sample_too_large"; readonly most: number; readonly drawn: number }
  | { readonly reason: "threshold_not_positive" }
  | { readonly reason: "sample_empty" };

/** The purpose under which a seed is used: no two draws share one. */
export const purposeOf = (engagement: number, sampleNo: number): string => `audit-${engagement}-sample-${sampleNo}`;

/** Distance between two chosen fen: the total over the size, cut off. Every voucher of that amount or more is hit. */
export const intervalOf = (totalFen: Fen, size: number): Fen => Math.floor(totalFen / size);

/** The first chosen fen, 1 to `interval`: the ticket of "start" as a number, modulo the interval, plus one. */
export const startOf = (seed: Uint8Array, purpose: string, interval: Fen): Fen =>
  Number(BigInt(`0x${ticketOf(seed, purpose, "start")}`) % BigInt(interval)) + 1;

/** Vouchers in which a chosen fen lies: the fen are counted through the list in its order, from one. */
function hit(population: readonly Listed[], start: Fen, interval: Fen): Listed[] {
  let next = start;
  let before = 0;
  const found: Listed[] = [];
  for (const one of population) {
    const through = before + one.amountFen;
    if (next <= through) {
      found.push(one);
      next += (Math.floor((through - next) / interval) + 1) * interval;
    }
    before = through;
  }
  return found;
}

const isOfKind = (one: Listed, kind: SelectedKind, related: ReadonlySet<string>): boolean => {
  switch (kind) {
    case "reversal":
      return one.kind === "reversal";
    case "opening":
      return one.kind === "opening";
    case "no_decision":
      return one.kind === "ordinary" && !one.isDecided;
    case "no_file":
      return one.kind === "ordinary" && one.files === 0;
    case "related_party":
      return related.has(refOf(one));
  }
};

function chosen(
  population: readonly Listed[],
  seed: Uint8Array,
  purpose: string,
  asked: SampleAsked,
  related: ReadonlySet<string>,
): readonly string[] {
  switch (asked.method) {
    case "random":
      return drawOrder(seed, purpose, population.map(refOf)).slice(0, asked.size);
    case "monetary_unit": {
      const interval = intervalOf(freeze(population).totalFen, asked.size);
      return hit(population, startOf(seed, purpose, interval), interval).map(refOf);
    }
    case "threshold":
      return population.filter(({ amountFen }) => amountFen >= asked.fromFen).map(refOf);
    case "kind":
      return population.filter((one) => isOfKind(one, asked.kind, related)).map(refOf);
  }
}

/** What is wrong with a way of drawing before anything is drawn. */
export function checkAsked(asked: SampleAsked, vouchers: number): Result<SampleAsked, SampleRefusal> {
  if (asked.method === "threshold")
    return Number.isSafeInteger(asked.fromFen) && asked.fromFen > 0 && asked.fromFen <= MOST_FEN
      ? ok(asked)
      : err({ reason: "threshold_not_positive" });
  if (asked.method === "kind") return ok(asked);
  if (!Number.isSafeInteger(asked.size) || asked.size <= 0) return err({ reason: "size_not_positive" });
  if (asked.size > vouchers) return err({ reason: "sample_exceeds_population", size: asked.size, vouchers });
  return asked.size > MOST_DRAWN ? err({ reason: "sample_too_large", most: MOST_DRAWN, drawn: asked.size }) : ok(asked);
}

/**
 * The drawn vouchers by reference: in the order of the draw for a random one, of the list for all others. It depends on the list, the
 * seed, the purpose and what was asked, and on nothing else. `related` are the references whose counterparty is an officer or the
 * provider; used for that kind alone.
 */
export function drawSample(
  population: readonly Listed[],
  seed: string,
  purpose: string,
  asked: SampleAsked,
  related: ReadonlySet<string> = new Set(),
): Result<readonly string[], SampleRefusal> {
  const may = checkAsked(asked, population.length);
  if (!may.ok) return may;
  const drawn = chosen(population, hexToBytes(seed), purpose, asked, related);
  if (drawn.length === 0) return err({ reason: "sample_empty" });
  return drawn.length > MOST_DRAWN
    ? err({ reason: "sample_too_large", most: MOST_DRAWN, drawn: drawn.length })
    : ok(drawn);
}

/** SHA-256 of the references, a line each: what the record keeps of a drawn list. */
export const drawnHash = (drawn: readonly string[]): string => sha256Hex(drawn.map((ref) => `${ref}\n`).join(""));

export interface Replay {
  readonly isAsFrozen: boolean;
  /** Whether the revealed seed is the one committed to. */
  readonly isCommitted: boolean;
  /** Whether drawing again gives the same vouchers in the same order. */
  readonly isSame: boolean;
}
/** Draws again and says whether all of it holds. */
export function replay(
  population: readonly Listed[],
  frozen: Frozen,
  sample: {
    readonly commitment: string;
    readonly seed: string;
    readonly purpose: string;
    readonly asked: SampleAsked;
    readonly related: readonly string[];
    readonly drawn: readonly string[];
  },
): Replay {
  const again = drawSample(population, sample.seed, sample.purpose, sample.asked, new Set(sample.related));
  return {
    isAsFrozen: isAsFrozen(population, frozen),
    isCommitted: commitSeed(hexToBytes(sample.seed)) === sample.commitment,
    isSame: again.ok && drawnHash(again.value) === drawnHash(sample.drawn),
  };
}
