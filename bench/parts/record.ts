/** The record: what one entry costs in a log of any length, and beside a bare insert of its row. */
import type { CommunityAddress, Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { compare } from "../measure.ts";
import { type Line, sayCosts, sayFigure, throughputOf } from "../report.ts";

const ENTRIES = [50, 500, 5_000] as const;
const ROUNDS = 9;
const COUNT = 300;

export async function recordLines(machine: Machine): Promise<Line[]> {
  const logs = [];
  // One more, so that none of those compared lies at the end of the table.
  for (const entries of [...ENTRIES, 5])
    logs.push(
      (await machine.ask<CommunityAddress>("record/prepare", { entries, first: entries === 5 ? "z" : "b" })).value,
    );
  const costs: Meter[] = [];
  for (const community of logs.slice(0, ENTRIES.length))
    costs.push((await machine.ask<Meter>("record/cost", { community })).value);
  const [community, other] = [logs[2]!, logs[3]!];
  let from = 5;
  const compared = await compare(
    ROUNDS,
    async () => (await machine.ask("record/product", { community, count: COUNT })).ms,
    async () => {
      const { ms } = await machine.ask("record/floor", { community: other, count: COUNT, from });
      from += COUNT;
      return ms;
    },
  );
  return [
    {
      subject: "Record, one entry",
      measure: `logs of ${ENTRIES.join(", ")} entries`,
      result: sayCosts(costs),
      goal: "the same",
      met: costs.every((cost) => JSON.stringify(cost) === JSON.stringify(costs[0])),
    },
    {
      subject: "Record, one entry",
      measure: "throughput ÷ a bare insert of the row",
      result: sayFigure(throughputOf(compared)),
    },
  ];
}
