/** What is checked of the published pages, in this order. A subject sees every entry as it passes, keeps what it needs, and compares it with what is published. */
import { audits } from "./audits.mjs";
import { elections } from "./elections.mjs";
import { ledger } from "./ledger.mjs";
import { meetings } from "./meetings.mjs";
import { tenders } from "./tenders.mjs";

/**
 * @typedef {{ source: import("./source.mjs").Source, log: import("./log.mjs").Log, report: import("./report.mjs").Report }} Reading
 * @typedef {{ see: import("./log.mjs").Observer, check(reading: Reading): Promise<void> }} Subject
 */

/** @type {readonly (() => Subject)[]} */
export const SUBJECTS = [meetings, elections, ledger, audits, tenders];
