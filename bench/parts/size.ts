/** How large the Worker is as it is uploaded, and how long it takes to start. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundle, type Machine, wrangler } from "../machine.ts";
import { figureOf } from "../measure.ts";
import { type Line, sayBytes, sayFigure } from "../report.ts";

const LARGEST_UPLOAD_BYTES = 3 * 1024 * 1024; // gzip, on Cloudflare's free plan
const LONGEST_START_MS = 1_000;
const ROUNDS = 5;

export async function sizeLines(_machine: Machine): Promise<Line[]> {
  const script = bundle("src/worker.ts");
  const [raw, gzip] = [Buffer.byteLength(script), gzipSync(script).length];
  const folder = mkdtempSync(join(tmpdir(), "commonhold-start-"));
  const active: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const said = wrangler("check", "startup", "--outfile", join(folder, "start.cpuprofile"));
      const found = /Active: ([\d.]+) ms/.exec(said);
      if (!found) throw new Error(`wrangler check startup said nothing of time:\n${said}`);
      active.push(Number(found[1]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const start = figureOf(active);
  return [
    {
      subject: "The Worker",
      measure: "bundle, raw and gzip",
      result: `${sayBytes(raw)}, ${sayBytes(gzip)}`,
      goal: "gzip ≤ 3 MB (Cloudflare)",
      met: gzip <= LARGEST_UPLOAD_BYTES,
    },
    {
      subject: "The Worker",
      measure: "start-up on this machine, ms of CPU",
      result: sayFigure(start),
      goal: "≤ 1,000 (Cloudflare)",
      met: start.value <= LONGEST_START_MS,
    },
  ];
}
