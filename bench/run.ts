/** `npm run bench`: measures on this machine, prints a table and rewrites docs/PERFORMANCE.md. With names behind it (`npm run bench -- casting`) only those parts, and no document. */

import { bundle, Machine } from "./machine.ts";
import { castingLines } from "./parts/casting.ts";
import { chromiumLines } from "./parts/chromium.ts";
import { countingLines } from "./parts/counting.ts";
import { electingLines } from "./parts/electing.ts";
import { importLines } from "./parts/importing.ts";
import { keepingLines } from "./parts/keeping.ts";
import { pageLines } from "./parts/pages.ts";
import { recordLines } from "./parts/record.ts";
import { sealingLines } from "./parts/sealing.ts";
import { sizeLines } from "./parts/size.ts";
import { type Line, plainTable, writeReport } from "./report.ts";

const PARTS: Readonly<Record<string, (machine: Machine) => Promise<Line[]>>> = {
  casting: castingLines,
  pages: pageLines,
  counting: countingLines,
  electing: electingLines,
  import: importLines,
  ledger: keepingLines,
  record: recordLines,
  sealing: sealingLines,
  chromium: chromiumLines,
  size: sizeLines,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in PARTS));
if (unknown) throw new Error(`no part ${unknown}: ${Object.keys(PARTS).join(", ")}`);

const script = bundle("bench/worker.ts");
const lines: Line[] = [];
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  // A workerd of its own for each part: what one leaves in memory and on disk must not weigh on the next.
  const machine = await Machine.start(script);
  try {
    console.error(`${name} …`);
    lines.push(...(await part(machine)));
  } finally {
    await machine.stop();
  }
}
console.log(plainTable(lines));
const missed = lines.filter(({ met }) => met === false);
if (missed.length > 0) console.log(`\n${missed.length} of ${lines.length} miss their goal.`);
if (asked.length === 0) writeReport("docs/PERFORMANCE.md", lines);
