/** `npm test`: runs every test and ends with `N passed, N failed`. Without a browser it says so and skips only those. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.ts";

const asked = process.argv.slice(2);
const report = join(mkdtempSync(join(tmpdir(), "commonhold-test-")), "report.json");
const browser = findBrowser();
if (!browser) {
  console.log(
    `${"!".repeat(78)}\n没有找到 Chromium：浏览器测试全部跳过。NO BROWSER FOUND: all browser tests are skipped.\napt-get install -y chromium fonts-noto-cjk\n${"!".repeat(78)}`,
  );
}
if (!existsSync("../shared"))
  console.log(
    "没有 ../shared：用到公开案例与向量的测试跳过。No ../shared: tests on published cases and vectors are skipped.",
  );

const projects = ["unit", "worker", ...(browser ? ["browser"] : [])].flatMap((name) => ["--project", name]);
const run = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...(asked.includes("--project") ? [] : projects),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...asked,
  ],
  { stdio: "inherit", env: { ...process.env, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" } },
);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; message: string; assertionResults: unknown[] }[];
}
let summary: Report | null = null;
try {
  summary = JSON.parse(readFileSync(report, "utf8")) as Report;
} catch {
  console.log("没有测试报告。No test report was written.");
}
rmSync(join(report, ".."), { recursive: true, force: true });
if (summary) {
  // A file that breaks before its first test has failed, though no test in it did.
  const broken = summary.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = summary.numFailedTests + broken.length;
  const skipped = summary.numPendingTests + summary.numTodoTests;
  console.log(`${summary.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (failed > 0) process.exit(1);
}
process.exit(summary ? (run.status ?? 1) : 1);
