/** A statement as a notice prints it: its sums made again from its own lines, and which printed figure does not follow. Pure; fen. */
import { type Fen, parseYuan } from "../../kernel/money.ts";

/** One line as printed: what it is for, and how much; a percentage in its words is of the lines above it, such as a tax. */
export interface PrintedItem {
  readonly words: string;
  readonly fen: Fen;
  /** In hundredths of a per cent; null where the line names none. */
  readonly basisPoints: number | null;
}
/** What the reader typed; a figure that is not printed is null. */
export interface PrintedStatement {
  readonly openingFen: Fen | null;
  readonly income: readonly PrintedItem[];
  readonly incomeFen: Fen | null;
  readonly cost: readonly PrintedItem[];
  readonly costFen: Fen | null;
  readonly closingFen: Fen | null;
}

export const MOST_ITEMS = 500;

/** `停车费 113,445.00` or `16%税：3681元` → words and amount; null for a line that ends in no amount. */
export function readItem(line: string): PrintedItem | null {
  const text = line.normalize("NFKC").trim();
  const parts = /^(.*?)[\s:：,，]*([¥￥]?\(?-?[¥￥]?[\d,]*\.?\d+\)?元?)$/.exec(text);
  if (!parts) return null;
  const amount = parseYuan(parts[2]!);
  if (!amount.ok) return null;
  const share = /(\d{1,3})(?:\.(\d{1,2}))?%/.exec(parts[1]!);
  const basisPoints = share ? Number(share[1]) * 100 + Number((share[2] ?? "").padEnd(2, "0") || "0") : null;
  return { words: parts[1]!.trim(), fen: amount.value, basisPoints };
}

/** Lines one under the other; what cannot be read is told by its number, from one. */
export function readItems(text: string): { readonly items: PrintedItem[]; readonly unreadable: number[] } {
  const items: PrintedItem[] = [];
  const unreadable: number[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const item = readItem(line);
    if (item) items.push(item);
    else unreadable.push(at + 1);
  }
  return { items, unreadable };
}

export const CHECKED = ["income", "cost", "share", "closing"] as const;
export interface PrintedCheck {
  readonly what: (typeof CHECKED)[number];
  /** The line it is of; empty for a sum. */
  readonly words: string;
  readonly printedFen: Fen | null;
  /** Null where the notice does not print what it would take. */
  readonly recomputedFen: Fen | null;
  /** Null where there is nothing to compare: never taken for right. */
  readonly holds: boolean | null;
}
export interface PrintedAnswer {
  readonly checks: readonly PrintedCheck[];
  /** Lines that are deposits: owed back, neither income nor cost (CC 282). */
  readonly deposits: readonly PrintedItem[];
}

const sumOf = (items: readonly PrintedItem[]): Fen => items.reduce((sum, { fen }) => sum + fen, 0);
const compared = (what: PrintedCheck["what"], printedFen: Fen | null, recomputedFen: Fen | null): PrintedCheck => ({
  what,
  words: "",
  printedFen,
  recomputedFen,
  holds: printedFen === null || recomputedFen === null ? null : printedFen === recomputedFen,
});

/** A share of the lines above it: right when it is within a fen of it, rounded either way. Compared by multiplying. */
function shares(items: readonly PrintedItem[]): PrintedCheck[] {
  return items.flatMap(({ words, fen, basisPoints }, at): PrintedCheck[] => {
    if (basisPoints === null || at === 0) return [];
    const above = sumOf(items.slice(0, at));
    const apart = BigInt(fen) * 10_000n - BigInt(above) * BigInt(basisPoints);
    const recomputedFen = Number((BigInt(above) * BigInt(basisPoints) + 5_000n) / 10_000n);
    return [{ what: "share", words, printedFen: fen, recomputedFen, holds: apart < 10_000n && apart > -10_000n }];
  });
}

/** Every sum of the notice from its own figures: a side without lines is taken as printed. */
export function recompute(asked: PrintedStatement): PrintedAnswer {
  const { income, cost, openingFen, incomeFen, costFen, closingFen } = asked;
  const side = (items: readonly PrintedItem[], printed: Fen | null): Fen | null =>
    items.length > 0 ? sumOf(items) : printed;
  const [came, went] = [side(income, incomeFen), side(cost, costFen)];
  const known = openingFen !== null && came !== null && went !== null;
  return {
    checks: [
      ...(income.length > 0 ? [compared("income", incomeFen, sumOf(income)), ...shares(income)] : []),
      ...(cost.length > 0 ? [compared("cost", costFen, sumOf(cost)), ...shares(cost)] : []),
      ...(openingFen !== null || closingFen !== null
        ? [compared("closing", closingFen, known ? openingFen + came - went : null)]
        : []),
    ],
    deposits: [...income, ...cost].filter(({ words }) => /押金|保证金/.test(words)),
  };
}
