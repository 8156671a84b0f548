/** Electing: a count of nine candidates, how it grows, and what it costs to seat those elected on rolls of several sizes. */
import type { Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { type Line, sayCosts } from "../report.ts";
import { CANDIDATES, type ClosedElection } from "../tasks/electing.ts";
import { type Counted, count, linesOf } from "./counting.ts";

const SIZES = [
  { ballots: 500, rounds: 9 },
  { ballots: 5_000, rounds: 9 },
] as const;
/** Five who sit and two who wait. */
const SEATED = 7;

interface Settled {
  readonly cost: Meter;
  readonly settled: { readonly verdict: string; readonly seated: number };
}

export async function electingLines(machine: Machine): Promise<Line[]> {
  const counted: Counted[] = [];
  const costs: Meter[] = [];
  for (const { ballots, rounds } of SIZES) {
    const here = await count(machine, "elect/prepare", ballots, rounds);
    counted.push(here);
    const [first] = here.meetings as readonly ClosedElection[];
    await machine.ask("elect/publish", first!);
    const { cost, settled } = (await machine.ask<Settled>("elect/settle", first!)).value;
    if (settled.verdict !== "stands" || settled.seated !== SEATED) throw new Error(JSON.stringify(settled));
    costs.push(cost);
  }
  const [small, large] = [costs.at(0)!, costs.at(-1)!];
  return [
    ...linesOf(`, ${CANDIDATES} candidates`, counted),
    {
      subject: "Seating 5 members and 2 alternates",
      measure: `rolls of ${SIZES.map(({ ballots }) => ballots).join(" and ")} units; the draw, mandate, persons, tenures and entries`,
      result: sayCosts(costs),
      goal: "not more with the roll",
      // A row or two are read to see that a range has ended.
      met:
        large.roundTrips === small.roundTrips &&
        large.rowsWritten === small.rowsWritten &&
        large.rowsRead <= small.rowsRead + CANDIDATES,
    },
  ];
}
