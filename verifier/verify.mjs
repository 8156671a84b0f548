#!/usr/bin/env node
/** Checks a community's record from outside, from nothing but what is public. Shares no code with the server; needs Node 20 and nothing else. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { textOf } from "./bytes.mjs";
import { checkWitnesses, chooseKey, readCheckpoint } from "./checkpoint.mjs";
import { Log } from "./log.mjs";
import { parseCheckpoint } from "./note.mjs";
import { Report } from "./report.mjs";
import { count, sayEnd, sayReport, USAGE } from "./saying.mjs";
import { CannotCheck, openSource } from "./source.mjs";
import { readState, writeState } from "./state.mjs";
import { SUBJECTS } from "./subjects.mjs";

/** @typedef {{ where: string, state?: string | undefined, key?: string | undefined, witnesses: readonly string[], save?: string | undefined }} Asked */

/** A line on stderr at most twice a second. @returns {(done: number, all: number) => void} */
function teller() {
  let last = 0;
  return (done, all) => {
    const now = Date.now();
    if (now - last < 500) return;
    last = now;
    process.stderr.write(`  ${count(done)} / ${count(all)} 条 · entries\n`);
  };
}

/**
 * The log alone: key, checkpoint, growth, every leaf. Null where there is nothing to go on with.
 * @param {import("./source.mjs").Source} source @param {Report} report @param {Asked} asked @param {readonly import("./log.mjs").Observer[]} observers
 */
async function checkLog(source, report, asked, observers) {
  const past = asked.state === undefined ? null : await readState(asked.state);
  const signature = report.begin("signature", "公钥和检查点的签名", "Key, and signature of the checkpoint");
  const key = await chooseKey(source, signature, asked.key, past?.key ?? null);
  const checkpoint = key && (await readCheckpoint(source, signature, key));
  if (!key || !checkpoint) return null;
  const growth = report.begin("growth", "记录只增不改（与上次看到的相比）", "The log only grew since the last visit");
  const leaves = report.begin("leaves", "每一条记录、每一层校验值、总校验值", "Every entry, every tile and the root");
  /** @type {string[]} */
  const named = [...asked.witnesses];
  /** @type {import("./log.mjs").Observer} */
  const witnesses = (entry) => {
    if (entry.type === "witness.registered") named.push(String(entry.vkey));
  };
  const log = new Log(source, { leaves, growth }, [witnesses, ...observers], teller());
  if (past) await log.checkGrowth(past.checkpoint, checkpoint);
  else growth.cannot("没有上次的记忆（--state）。", "Nothing is remembered from before (--state).");
  await log.readTo(checkpoint, past?.checkpoint ?? null);
  const cosigned = report.begin("witnesses", "见证人的签名", "Witnesses' signatures");
  checkWitnesses(checkpoint, cosigned, named);
  return { log, key, checkpoint };
}

/**
 * What is published in a form that cannot be read is a fault of it, and does not keep the other subjects from being checked.
 * @param {import("./subjects.mjs").Subject} subject @param {import("./subjects.mjs").Reading} reading
 */
async function checkSubject(subject, reading) {
  try {
    await subject.check(reading);
  } catch (error) {
    if (error instanceof CannotCheck) throw error;
    const where = reading.report.checks.at(-1)?.id ?? "";
    const check = reading.report.begin(
      "form",
      "公布的资料缺了内容，核对不下去",
      "What is published lacks something, and the check could not go on",
    );
    check.expect(false, where, String(error), String(error));
  }
}

/**
 * Runs every check. Throws CannotCheck where something cannot be read.
 * @param {Asked} asked @param {Report} report
 */
export async function verify(asked, report) {
  const source = await openSource(asked.where, asked.save);
  const about = { address: source.address, origin: "", size: 0 };
  try {
    const subjects = SUBJECTS.map((make) => make());
    const read = await checkLog(
      source,
      report,
      asked,
      subjects.map(({ see }) => see),
    );
    if (!read) return about;
    const { log, key, checkpoint } = read;
    about.origin = checkpoint.origin;
    about.size = checkpoint.size;
    if (log.isWhole && asked.state !== undefined && report.wrong === 0)
      await writeState(asked.state, { key, checkpoint });
    for (const subject of subjects) await checkSubject(subject, { source, log, report });
  } finally {
    await source.close();
  }
  return about;
}

const MOST_RUNS = 3;

/**
 * Runs the checks; once more where something seemed wrong and the log had grown meanwhile: pages read after the checkpoint may know of
 * entries it does not cover yet.
 * @param {Asked} asked
 */
async function verifyStill(asked) {
  for (let runs = 1; ; runs += 1) {
    const report = new Report();
    let about = { address: asked.where, origin: "", size: 0 };
    /** @type {CannotCheck | null} */
    let stopped = null;
    let hasGrown = false;
    try {
      about = await verify(asked, report);
      if (report.wrong > 0 && runs < MOST_RUNS) hasGrown = (await sizeNow(asked.where)) > about.size;
    } catch (error) {
      if (!(error instanceof CannotCheck)) throw error;
      stopped = error;
    }
    if (!hasGrown) return { report, about, stopped };
    process.stderr.write("核对期间记录又有新条目，再核对一遍。The record grew meanwhile; once more.\n");
  }
}

/** How many entries the log says it has now; 0 where a saved folder is checked. @param {string} where */
async function sizeNow(where) {
  const source = await openSource(where);
  if (source.isSaved) return 0;
  const bytes = await source.read(`/c/${source.slug}/log/checkpoint`);
  return bytes ? (parseCheckpoint(textOf(bytes))?.size ?? 0) : 0;
}

/** @param {readonly string[]} argv @returns {Promise<0 | 1 | 2>} */
export async function main(argv) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      state: { type: "string" },
      key: { type: "string" },
      witness: { type: "string", multiple: true },
      save: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const [where] = positionals;
  if (values.help || where === undefined || positionals.length > 1) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const { state, key, save } = values;
  const { report, about, stopped } = await verifyStill({ where, state, key, save, witnesses: values.witness ?? [] });
  const status = report.wrong > 0 ? 1 : stopped ? 2 : 0;
  if (values.json) {
    const unread = stopped && { zh: stopped.zh, en: stopped.en };
    process.stdout.write(`${JSON.stringify({ ...about, status, unread, checks: report.checks }, null, 1)}\n`);
    return status;
  }
  process.stdout.write(sayReport(report, about));
  if (stopped) process.stdout.write(`没能读到 · Could not read\n  ${stopped.zh}\n  ${stopped.en}\n`);
  process.stdout.write(`${sayEnd(status)}\n`);
  return status;
}

/** Whether this file was started, and not imported. */
const isStarted = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isStarted) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}
