/** How a count is kept: the sums alone, from which the same rules give the same decision again. Not the adding up. */
import type { Weight } from "../../kernel/weight.ts";
import type { Item } from "../agenda/rules.ts";
import type { Outcome } from "../rules.ts";
import type { UnreturnedPolicy } from "../settings/rules.ts";
import { countItem, type Deemed, type DeemedRefusal, type ItemCount, type TallyRow } from "./rules.ts";
import type { CountResultRow, CountRunRow } from "./store.ts";

/** The sums of one item. `outcome` and `carried` are kept as they were said, so that a changed rule would show. */
export interface StoredCount {
  readonly eligible: Weight;
  readonly participated: Weight;
  readonly rows: readonly TallyRow[];
  readonly outcome: Outcome;
  readonly carried: readonly number[];
}

/** The count the rules of procedure deem, or why there is none. */
export type StoredDeemed =
  | {
      readonly kind: "counted";
      readonly policy: UnreturnedPolicy;
      readonly clause: string;
      readonly added: Weight;
      readonly toOption: number | null;
      readonly count: StoredCount;
    }
  | { readonly kind: "none"; readonly why: DeemedRefusal };

const weightOnly = ({ owners, areaDm2 }: Weight): Weight => ({ owners, areaDm2 });

export const storedCount = (count: ItemCount): StoredCount => ({
  eligible: weightOnly(count.eligible),
  participated: weightOnly(count.participated),
  rows: count.options.map(({ option, owners, areaDm2 }) => ({
    itemNo: count.itemNo,
    optionNo: option.optionNo,
    owners,
    areaDm2,
  })),
  outcome: count.outcome,
  carried: count.carried,
});

export const storedDeemed = ({ policy, clause, added, toOption, count }: Deemed): StoredDeemed => ({
  kind: "counted",
  policy,
  clause,
  added,
  toOption,
  count: storedCount(count),
});

/** The decision again from the sums. */
export const readCount = (item: Item, stored: StoredCount): ItemCount =>
  countItem(item, stored.eligible, stored.participated, stored.rows);

export type DeemedOfItem =
  | (Omit<Extract<StoredDeemed, { kind: "counted" }>, "count"> & { readonly count: ItemCount })
  | Extract<StoredDeemed, { kind: "none" }>;

/** One item in one run: the strict count, and the deemed one where the frozen rules have it. */
export interface ItemResult {
  readonly item: Item;
  readonly strict: ItemCount;
  /** Beside the strict count, never in its place; null where the frozen rules count only what was returned. */
  readonly deemed: DeemedOfItem | null;
}

/** How a meeting's participation was made up; the same for all items of a run. */
export interface RunSummary {
  /** Hex of 16 bytes: opens the commitment that the record has carried since the count, once the result is published. */
  readonly salt: string;
  readonly ballots: number;
  readonly channels: readonly { readonly channel: string; readonly ballots: number }[];
  readonly buildings: readonly { readonly name: string; readonly voted: Weight; readonly total: Weight }[];
}

export interface Run {
  readonly runNo: number;
  readonly why: string;
  readonly countedBy: string;
  readonly countedAt: number;
  readonly publishedAt: number | null;
  readonly leafHash: string;
  readonly summary: RunSummary;
  readonly items: readonly ItemResult[];
}

/** The runs of a meeting with their items, from rows; an item that is no longer on the agenda is a fault and thrown. */
export function readRuns(
  items: readonly Item[],
  runs: readonly CountRunRow[],
  results: readonly CountResultRow[],
): Run[] {
  return runs.map((run) => ({
    runNo: run.runNo,
    why: run.why,
    countedBy: run.countedBy,
    countedAt: run.countedAt,
    publishedAt: run.publishedAt,
    leafHash: run.leafHash,
    summary: JSON.parse(run.summary) as RunSummary,
    items: items.map((item) =>
      readItem(
        item,
        results.filter((row) => row.runNo === run.runNo && row.itemNo === item.itemNo),
      ),
    ),
  }));
}

function readItem(item: Item, rows: readonly CountResultRow[]): ItemResult {
  const strictRow = rows.find(({ basis }) => basis === "strict");
  if (!strictRow) throw new Error(`item ${item.itemNo} was not counted in this run`);
  const strict = readCount(item, JSON.parse(strictRow.result) as StoredCount);
  const deemedRow = rows.find(({ basis }) => basis === "deemed");
  const stored = deemedRow ? (JSON.parse(deemedRow.result) as StoredDeemed) : null;
  const deemed: DeemedOfItem | null =
    stored?.kind === "counted" ? { ...stored, count: readCount(item, stored.count) } : stored;
  return { item, strict, deemed };
}
