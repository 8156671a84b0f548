/** Casting: cost on rolls of any size, and throughput beside a floor that writes the same rows in one batch. */
import type { Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { type Compared, compare } from "../measure.ts";
import { type Line, sayCosts, sayFigure, throughputOf } from "../report.ts";
import type { OpenMeeting } from "../tasks/meeting.ts";

const UNITS = [50, 500, 5_000] as const;
const ROUNDS = 7;
const COUNT = 250;
const AT_ONCE = 16;
const GOAL = 0.6;

export async function castingLines(machine: Machine): Promise<Line[]> {
  const open = async (units: number, first = "b") =>
    (await machine.ask<OpenMeeting>("meeting/open", { units, first })).value;
  await open(5, "z");
  const costs: Meter[] = [];
  for (const units of UNITS) {
    const meeting = await open(units);
    costs.push((await machine.ask<Meter>("cast/cost", { meeting, voterNo: 1 })).value);
  }
  return [
    {
      subject: "Casting a ballot",
      measure: `rolls of ${UNITS.join(", ")} units`,
      result: sayCosts(costs),
      goal: "the same, at most 2 round trips",
      met: costs.every((cost) => JSON.stringify(cost) === JSON.stringify(costs[0])) && costs[0]!.roundTrips <= 2,
    },
    {
      subject: "Casting a ballot",
      measure: `throughput ÷ floor, ${AT_ONCE} at once; the isolate has shown the voter the ballot`,
      ...against(await throughput(machine, await open(5_000), await open(5_000), true)),
    },
    {
      subject: "Casting a ballot",
      measure: `throughput ÷ floor, ${AT_ONCE} at once; the isolate has never seen the voter`,
      result: sayFigure(throughputOf(await throughput(machine, await open(5_000), await open(5_000), false))),
    },
  ];
}

const against = (compared: Compared): Pick<Line, "result" | "goal" | "met"> => {
  const figure = throughputOf(compared);
  return { result: sayFigure(figure), goal: `≥ ${GOAL}`, met: figure.value >= GOAL };
};

/** Product and floor on meetings of the same size, each round with voters of its own. */
async function throughput(
  machine: Machine,
  meeting: OpenMeeting,
  floor: OpenMeeting,
  isShown: boolean,
): Promise<Compared> {
  const part = (round: number) => ({ from: (round + 1) * COUNT, count: COUNT, atOnce: AT_ONCE });
  return compare(
    ROUNDS,
    async (round) => {
      if (isShown) await machine.ask("cast/show", { meeting, ...part(round) });
      return (await machine.ask("cast/product", { meeting, ...part(round) })).ms;
    },
    async (round) => (await machine.ask("cast/floor", { meeting: floor, ...part(round) })).ms,
  );
}
