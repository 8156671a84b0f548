/** Importing: from a file's bytes to the written roll, beside a bare json_each insert of the same rows. */
import type { CommunityAddress, Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { compare } from "../measure.ts";
import { type Line, sayCost, sayFigure } from "../report.ts";

const UNITS = 5_000;
const ROUNDS = 7;
const MOST_TIMES = 5;

interface Staged {
  readonly community: CommunityAddress;
  readonly jobId: string;
}

export async function importLines(machine: Machine): Promise<Line[]> {
  const stage = () => machine.ask<Staged>("import/stage", { units: UNITS });
  const first = (await stage()).value;
  const cost = (await machine.ask<Meter>("import/confirm", first)).value;
  const { rows } = (await machine.ask<{ rows: number }>("import/prepare-floor", first)).value;
  const compared = await compare(
    ROUNDS,
    async () => {
      const staged = await stage();
      return staged.ms + (await machine.ask("import/confirm", staged.value)).ms;
    },
    async () => (await machine.ask("import/floor")).ms,
  );
  const { ratio } = compared;
  return [
    {
      subject: `Importing ${UNITS.toLocaleString("en")} units`,
      measure: `file to roll (read, check, seal, write) ÷ json_each insert of the same ${rows.toLocaleString("en")} rows`,
      result: sayFigure(ratio),
      goal: `≤ ${MOST_TIMES}`,
      met: ratio.value <= MOST_TIMES,
    },
    {
      subject: `Importing ${UNITS.toLocaleString("en")} units`,
      measure: "the confirmation",
      result: sayCost(cost),
    },
  ];
}
