/** How results are said: as a table on the terminal and in docs/PERFORMANCE.md. Measures nothing. */
import { writeFileSync } from "node:fs";
import { dayOf } from "../src/kernel/day.ts";
import type { Meter } from "../src/platform/db.ts";
import type { Compared, Figure } from "./measure.ts";

/** One line of the table. */
export interface Line {
  readonly subject: string;
  readonly measure: string;
  readonly result: string;
  readonly goal?: string;
  /** Absent where there is no goal. */
  readonly met?: boolean;
}

const twoDigits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** `0.78 (0.71–0.83)`: the median of the rounds, and the lowest and the highest. */
export const sayFigure = ({ value, low, high }: Figure): string =>
  `${twoDigits(value)} (${twoDigits(low)}–${twoDigits(high)})`;

export const sayBytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

export const sayCost = ({ roundTrips, rowsRead, rowsWritten }: Meter): string =>
  `${roundTrips} round ${roundTrips === 1 ? "trip" : "trips"}, ${rowsRead} read, ${rowsWritten} written`;

/** Costs at several sizes: once where they are the same. */
export const sayCosts = (costs: readonly Meter[]): string => {
  const all = [...new Set(costs.map(sayCost))];
  return all.length === 1 ? `${all[0]}, at each` : costs.map(sayCost).join("; ");
};

/** Throughput of the product as a part of the floor's: the ratio of times turned round. */
export const throughputOf = ({ ratio }: Compared): Figure => ({
  value: 1 / ratio.value,
  low: 1 / ratio.high,
  high: 1 / ratio.low,
});

const verdict = (line: Line): string => (line.met === undefined ? "" : line.met ? "yes" : "NO");

/** The table for a terminal, with columns as wide as their widest cell. */
export function plainTable(lines: readonly Line[]): string {
  const head = ["what", "measured", "result", "goal", "met"];
  const rows = lines.map((line) => [line.subject, line.measure, line.result, line.goal ?? "", verdict(line)]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const draw = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return [draw(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(draw)].join("\n");
}

const PREFACE = `# What it costs

Written by \`npm run bench\`; run it to see your own machine's figures. It bundles the Worker with a bench Worker around its
own actions, starts it in a workerd below any proxy, and takes every time in turn with a floor: a piece of code in the same
Worker that writes or reads the same rows without any logic. A ratio therefore says what the product adds, on any machine; milliseconds
would say what the machine is. Time is that of workerd's main thread on a processor where the system tells it (Linux), else elapsed time:
Worker and D1 both run on that thread, and V8's own threads are left out. Figures are medians of the rounds with the lowest and the
highest in brackets; single rounds differ by a tenth on a quiet machine and by more on a busy one, so a ratio that close to its goal
should be measured again. Rows read and written are D1's own count, exact, and what is billed.

No test asserts a time. Round trips and rows are asserted by the tests of each capability.

`;
const HEAD = `| what | measured | result | goal | met |
| --- | --- | --- | --- | --- |
`;

const NOTES = `## What stands behind the figures

- **Casting.** Two round trips: one read of everything the rules ask, one batch. When the isolate has shown the voter the
  ballot, the read is spared: all it would tell is frozen (items, rules, the voter's weight) or asserted in the batch
  (edition, roll, link, times, no ballot yet); whatever does not go through is read and decided anew. The floor is one batch
  with the same five statements, their values made beforehand. Both run in one workerd, so its single thread is what is shared out.
- **Rows** of a cast do not depend on the estate. The counter of turnout is one row a building, not one row a voter.
- **Pages** are asked for through the product's own routes in process, with cookies; the directory of communities, read
  once for an isolate's life, is not counted. At the desk one round trip is the session's. What the roll and the delivery board say of a whole
  building is kept as rows come in (how many units, how many reached), so that a page reads its own rows and no others.
- **Counting** is the whole act: the door shut, the sums, the decision, the result and its entries, in two round trips: one shuts the door and reads
  what was cast behind it, one writes. The floor is one
  statement in one round trip that adds up the same rows (choices, who took part, ballots) and groups, decides and writes nothing. At few ballots the round trips weigh
  most, at many the rows.
- **Electing** counts one item with nine candidates and five marks a ballot, which is as many choices as five questions. Seating is one
  act: it judges the published count, draws where there is a tie, and writes the result, the mandate, seven persons with their tenures, and
  the entries. Its rows are those of the candidates, not of the roll.
- **The ledger** is filled by the writes that post, so that every trigger has done its work: nine months of 2026, closed and told of in three
  quarters. A statement is read as it was stored, the accounts home reads a row an account and month, and neither reads a voucher. hledger and
  Ledger read the same books from the exported journal and add them up anew, in processor time of their own; that they read every voucher and the
  page none is the point. Posting is one read and one batch; its floor is the same batch with its values made beforehand. A bank's lines start
  from the bytes of the file; the floor inserts the finished rows.
- **Importing** starts from the bytes of a CSV with identity numbers: decoding, checking every row, keyed hashes, one sealed record a person,
  commitments, and the batch. The floor inserts the finished rows.
`;

/** Writes docs/PERFORMANCE.md. */
export function writeReport(path: string, lines: readonly Line[]): void {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = lines.map(
    (line) => `| ${[line.subject, line.measure, line.result, line.goal ?? "", verdict(line)].map(cell).join(" | ")} |`,
  );
  const taken = `Taken on ${dayOf(Date.now())}.\n\n`;
  writeFileSync(path, `${PREFACE}${taken}${HEAD}${rows.join("\n")}\n\n${NOTES}`);
}
