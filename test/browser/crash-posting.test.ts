/** The power fails while vouchers are posted. Nothing is half-posted, numbers have no gap, and what was answered stands; needs no browser. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Served, serve } from "../../scripts/local.ts";
import { Household } from "./household.ts";
import { freePort } from "./served.ts";

const DESK = "/c/jingui/desk/ledger";
const VOUCHERS = 36;
const AT_ONCE = 6;
const ACKNOWLEDGED_BEFORE_THE_KILL = 12;

let folder: string;
let served: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-posting-"));
  cpSync(inject("seeded"), folder, { recursive: true });
  served = await serve(await freePort(), { persistTo: folder });
});
afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends every process of the Worker at once, as a power cut does. */
async function kill({ process: child }: Served): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGKILL");
  await ended;
}

async function inLanes<T>(work: readonly T[], lanes: number, each: (one: T) => Promise<void>): Promise<void> {
  const queue = [...work];
  const lane = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await each(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function as(role: string): Promise<Household> {
  const person = new Household(served.origin);
  await person.get(`/demo/as/${role}`);
  await person.submit(`/demo/as/${role}`);
  return person;
}

const today = async (): Promise<string> => {
  const { now } = (await (await fetch(`${served.origin}/demo/links.json`)).json()) as { now: number };
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
};

// ——— The books as they lie on the disk, read without a line of the product's own code ———

interface Books {
  /** The numbers of the book's posted vouchers of the month. */
  readonly numbers: readonly number[];
  readonly posted: ReadonlySet<string>;
}

/** Opens a copy of what the power cut left, and holds it to account. */
function lookInto(state: string, period: string): Books {
  const copy = mkdtempSync(join(tmpdir(), "commonhold-posting-seen-"));
  try {
    cpSync(state, copy, { recursive: true });
    const home = join(copy, "v3/d1/miniflare-D1DatabaseObject");
    for (const name of readdirSync(home).filter((one) => one.endsWith(".sqlite"))) {
      const db = new DatabaseSync(join(home, name));
      try {
        const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'ledger_voucher'").get();
        if (!known || !db.prepare("SELECT 1 FROM ledger_voucher WHERE book = 'working'").get()) continue;
        return audited(db, period);
      } finally {
        db.close();
      }
    }
    throw new Error("no shard has the book");
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function audited(db: DatabaseSync, period: string): Books {
  const none = (sql: string) => expect(db.prepare(sql).all(), sql).toEqual([]);
  // A posted voucher has each of its lines and its one entry; no line and no entry is without its voucher.
  none(`SELECT voucher_id FROM ledger_voucher v WHERE state = 'posted' AND json_array_length(lines) <>
          (SELECT count(*) FROM ledger_posting p WHERE p.community_id = v.community_id AND p.voucher_id = v.voucher_id)`);
  none(`SELECT voucher_id FROM ledger_voucher v WHERE state = 'posted' AND 1 <> (SELECT count(*) FROM record_leaf r
          WHERE r.community_id = v.community_id AND r.type = 'voucher.posted' AND r.subject = v.voucher_id AND r.leaf_hash = v.leaf_hash)`);
  none(`SELECT p.voucher_id FROM ledger_posting p LEFT JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
          WHERE v.state IS NOT 'posted'`);
  none(`SELECT r.subject FROM record_leaf r LEFT JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.subject
          WHERE r.type = 'voucher.posted' AND v.state IS NOT 'posted'`);
  // Every voucher balances, and every balance is the sum of its lines.
  none(
    "SELECT voucher_id FROM ledger_posting GROUP BY community_id, voucher_id HAVING sum(debit_fen) <> sum(credit_fen)",
  );
  none(`SELECT b.account FROM ledger_balance b WHERE (debit_fen, credit_fen, vouchers) IS NOT
          (SELECT coalesce(sum(p.debit_fen), 0), coalesce(sum(p.credit_fen), 0), count(*) FROM ledger_posting p
           WHERE p.community_id = b.community_id AND p.book = b.book AND p.period = b.period AND p.account = b.account)`);
  // The log has no gap either.
  none("SELECT community_id FROM record_leaf GROUP BY community_id HAVING max(seq) - min(seq) + 1 <> count(*)");
  const rows = db
    .prepare(
      "SELECT voucher_id AS id, number FROM ledger_voucher WHERE book = 'working' AND period = ? AND state = 'posted' ORDER BY number",
    )
    .all(period) as { id: string; number: number }[];
  return { numbers: rows.map(({ number }) => number), posted: new Set(rows.map(({ id }) => id)) };
}
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("kill -9 while posting", () => {
  test("leaves nothing half-posted and no gap in the numbers; what was acknowledged is posted, once", async () => {
    const day = await today();
    const period = day.slice(0, 7);
    const accountant = await as("accountant");
    await accountant.get(`${DESK}/books/new`);
    await accountant.submit(`${DESK}/books/new`, { book: "working", from: period });
    const treasurer = await as("treasurer");
    const pages: string[] = [];
    for (let at = 0; at < VOUCHERS; at += 1) {
      await treasurer.get(`${DESK}/working/new`);
      const drafted = await treasurer.submit(`${DESK}/working/new`, {
        on: day,
        text: `第${at + 1}笔工作经费`,
        isPerson: "no",
        "lines[0].account": "1001",
        "lines[0].side": "debit",
        "lines[0].amount": `${at + 1}.07`,
        "lines[1].account": "4009",
        "lines[1].side": "credit",
        "lines[1].amount": `${at + 1}.07`,
      });
      expect(drafted.status).toBe(303);
      pages.push(drafted.headers.get("location")!.split("?")[0]!);
    }
    const hands = new Map<string, Household>();
    await inLanes(pages, AT_ONCE, async (page) => {
      const hand = accountant.at(served.origin);
      await hand.get(page);
      hands.set(page, hand);
    });

    // The storm, and the power cut in the middle of it.
    const done = (response: Response): boolean =>
      response.status === 303 && (response.headers.get("location") ?? "").includes("done=1");
    const acknowledged = new Set<string>();
    let killed: Promise<void> | null = null;
    await inLanes(pages, AT_ONCE, async (page) => {
      if (killed) return;
      try {
        if (done(await hands.get(page)!.submit(`${page}/review`))) acknowledged.add(page);
      } catch {
        return; // cut off: nobody told this accountant anything
      }
      if (acknowledged.size >= ACKNOWLEDGED_BEFORE_THE_KILL) killed ??= kill(served);
    });
    expect(killed).not.toBeNull();
    await killed;

    // What lies on the disk: whole vouchers only, in numbers without a gap, all the acknowledged among them.
    const left = lookInto(folder, period);
    expect(left.numbers).toEqual(upTo(left.numbers.length));
    expect(left.numbers.length).toBeGreaterThanOrEqual(acknowledged.size);
    expect(left.numbers.length).toBeLessThan(VOUCHERS);
    const idOf = (page: string): string => page.split("/").at(-1)!;
    expect([...acknowledged].filter((page) => !left.posted.has(idOf(page)))).toEqual([]);

    // The power is back, and everybody presses their button (again).
    served = await serve(await freePort(), { persistTo: folder });
    await inLanes(pages, AT_ONCE, async (page) => {
      const again = hands.get(page)!.at(served.origin);
      await again.get(page);
      const response = left.posted.has(idOf(page)) ? null : await again.submit(`${page}/review`);
      if (response) expect(done(response), page).toBe(true);
    });
    await served.stop();
    const after = lookInto(folder, period);
    expect(after.numbers).toEqual(upTo(VOUCHERS));
    expect(after.posted).toEqual(new Set(pages.map(idOf)));
    expect([...left.posted].every((id) => after.posted.has(id))).toBe(true);
  }, 300_000);
});
