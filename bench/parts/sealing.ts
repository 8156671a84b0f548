/** Sealed bids: ten megabytes beside bare WebCrypto, and how the reading of bids grows with them. */
import type { Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { compare } from "../measure.ts";
import { type Line, sayCost, sayCosts, sayFigure } from "../report.ts";
import type { SealedTender } from "../tasks/sealing.ts";

const ROUNDS = 9;
const SIZES = [10, 100] as const;
/** What opening a bid may read: its rows in the tables of bids, bidders, keys, files and confirmations, looked up a few times each. */
const ROWS_A_BID = 30;
/** What its public page may read of each bid: the bid, the bidder, and which lots it is for. */
const ROWS_A_SHOWN_BID = 6;

export async function sealingLines(machine: Machine): Promise<Line[]> {
  const ratio = async (opens: boolean) =>
    compare(
      ROUNDS,
      async () => (await machine.ask("sealing/product", { opens })).ms,
      async () => (await machine.ask("sealing/bare", { opens })).ms,
    );
  const [sealing, both] = [await ratio(false), await ratio(true)];
  await machine.ask("sealing/prepare", { bids: 3, last: true });
  const costs: Meter[] = [];
  const pages: Meter[] = [];
  const asked: (Meter & { readonly status: number })[] = [];
  const times: number[] = [];
  for (const bids of SIZES) {
    const tender = (await machine.ask<SealedTender>("sealing/prepare", { bids, last: false })).value;
    const { value, ms } = await machine.ask<{ bids: number; cost: Meter }>("sealing/read", tender);
    if (value.bids !== bids) throw new Error(`${value.bids} bids were read out, not ${bids}`);
    costs.push(value.cost);
    times.push(ms);
    pages.push((await machine.ask<Meter>("sealing/shown", tender)).value);
    asked.push((await machine.ask<Meter & { status: number }>("sealing/page", tender)).value);
  }
  const strange = asked.find(({ status }) => status !== 200);
  if (strange) throw new Error(`the page of a tender: ${strange.status}`);
  const [few, many] = [costs[0]!, costs[1]!];
  const perBid = (many.rowsRead - few.rowsRead) / (SIZES[1] - SIZES[0]);
  return [
    {
      subject: "Sealing 10 MB for three keyholders",
      measure: "time ÷ bare WebCrypto over the same bytes",
      result: sayFigure(sealing.ratio),
      goal: "at most 3",
      met: sealing.ratio.value <= 3,
    },
    {
      subject: "Sealing and opening 10 MB",
      measure: "time ÷ bare WebCrypto over the same bytes",
      result: sayFigure(both.ratio),
      goal: "at most 3",
      met: both.ratio.value <= 3,
    },
    {
      subject: "Reading out bids",
      measure: `${SIZES.join(" and ")} bids, opened by two keyholders, all checks made again`,
      result: `${costs.map(sayCost).join("; ")}; ${times.map((ms) => `${ms.toFixed(0)} ms`).join(" and ")}`,
      goal: `at most ${ROWS_A_BID} rows read a bid`,
      met: perBid <= ROWS_A_BID && few.roundTrips === many.roundTrips,
    },
    {
      subject: "An opened tender's bids",
      measure: `as a page reads them, ${SIZES.join(" and ")} bids`,
      result: pages.map(sayCost).join("; "),
      goal: "one row a bid",
      met: pages.every(({ rowsRead }, at) => rowsRead <= SIZES[at]! + 1),
    },
    {
      subject: "Public page of an opened tender",
      measure: `the whole request, ${SIZES.join(" and ")} bids`,
      result: sayCosts(asked),
      goal: `1 round trip, at most ${ROWS_A_SHOWN_BID} rows more a bid`,
      met:
        asked.every(({ roundTrips }) => roundTrips === 1) &&
        asked[1]!.rowsRead - asked[0]!.rowsRead <= ROWS_A_SHOWN_BID * (SIZES[1] - SIZES[0]),
    },
  ];
}
