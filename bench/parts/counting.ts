/** Counting: the whole act beside one plain aggregate over the same rows, and how it grows. */
import type { CommunityAddress, Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { type Compared, compare } from "../measure.ts";
import { type Line, sayCost, sayFigure } from "../report.ts";
import type { OpenMeeting } from "../tasks/meeting.ts";

// Fewer rounds where preparing a round takes longest.
const SIZES = [
  { ballots: 500, rounds: 9 },
  { ballots: 5_000, rounds: 9 },
  { ballots: 50_000, rounds: 4 },
] as const;
const MOST_TIMES = 3;
const GOAL_AT = 5_000;

export interface Counted {
  readonly ballots: number;
  readonly compared: Compared;
  readonly cost: Meter;
  readonly meetings: readonly OpenMeeting[];
}

export async function countingLines(machine: Machine): Promise<Line[]> {
  const counted: Counted[] = [];
  for (const { ballots, rounds } of SIZES) counted.push(await count(machine, "count/prepare", ballots, rounds));
  return linesOf("", counted);
}

/** The lines of a kind of count at several sizes, of which the first and the last show its growth. */
export function linesOf(of: string, counted: readonly Counted[]): Line[] {
  const lines = counted.map(({ ballots, compared, cost }): Line => {
    const { ratio } = compared;
    return {
      subject: `Counting ${ballots.toLocaleString("en")} ballots${of}`,
      measure: "time ÷ one plain SQL aggregate over the same rows",
      result: `${sayFigure(ratio)}; ${sayCost(cost)}`,
      ...(ballots === GOAL_AT ? { goal: `≤ ${MOST_TIMES}`, met: ratio.value <= MOST_TIMES } : {}),
    };
  });
  const [small, large] = [counted.at(0), counted.at(-1)];
  const growth = large!.compared.productMs.value / small!.compared.productMs.value;
  const times = large!.ballots / small!.ballots;
  return [
    ...lines,
    {
      subject: `Counting, growth${of}`,
      measure: `time of ${large!.ballots.toLocaleString("en")} ÷ time of ${small!.ballots} ballots`,
      result: growth.toFixed(1),
      goal: `≤ ${times}`,
      met: growth <= times,
    },
  ];
}

/** Counts meetings that `prepare` has closed, each once. */
export async function count(
  machine: Machine,
  prepare: "count/prepare" | "elect/prepare",
  ballots: number,
  rounds: number,
): Promise<Counted> {
  const community = (await machine.ask<CommunityAddress>("count/roll", { ballots })).value;
  const meetings: OpenMeeting[] = [];
  // A meeting is counted once; each round has its own, and the first is thrown away.
  for (let round = -1; round < rounds; round += 1)
    meetings.push((await machine.ask<OpenMeeting>(prepare, { community, ballots })).value);
  let cost: Meter | undefined;
  const compared = await compare(
    rounds,
    async (round) => {
      const answer = await machine.ask<Meter>("count/product", meetings[round + 1]!);
      cost = answer.value;
      return answer.ms;
    },
    async (round) => (await machine.ask("count/floor", meetings[round + 1]!)).ms,
  );
  return { ballots, compared, cost: cost!, meetings };
}
