/** The ledger at any size: books filled by the writes that post, the public pages over them, posting and a bank's lines beside floors without logic. */
import { startOf } from "../../src/kernel/day.ts";
import { openBankAccount } from "../../src/ledger/bank/actions.ts";
import { finishStatements, takeStatement } from "../../src/ledger/bank/taking/actions.ts";
import { draftVoucher, openBook, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { type Line, periodOf } from "../../src/ledger/books/rules.ts";
import { accountsFrom, listAccounts, moveVoucher } from "../../src/ledger/books/store.ts";
import { hledgerOf } from "../../src/ledger/exports/rules.ts";
import { exportedFrom, listExported } from "../../src/ledger/exports/store.ts";
import { draftStatement, publishStatement } from "../../src/ledger/statements/actions.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { appendLeaf } from "../../src/record/store.ts";
import { metered, setClock, Visitor } from "./visitor.ts";
import { costOf, makeCommunity, must, staffAt, storm } from "./world.ts";

const AFTER = startOf("2026-11-02") + 10 * 3_600_000;
const monthOf = (at: number): string => `2026-${String(at + 1).padStart(2, "0")}`;

const treasurer = (env: Env, community: CommunityAddress) =>
  staffAt(env, community, "treasurer", ["ledger.read", "ledger.draft"], AFTER);
const accountant = (env: Env, community: CommunityAddress) =>
  staffAt(env, community, "accountant", ["ledger.read", "ledger.review", "ledger.close", "ledger.manage"], AFTER);
const chair = (env: Env, community: CommunityAddress) =>
  staffAt(env, community, "chair", ["ledger.read", "ledger.approve"], AFTER);
const once = (): string => crypto.randomUUID();

// Where money comes from and goes to, turn and turn about: income in cash and on credit, cost, and what goes to the fund.
const LINES: readonly (readonly [string, string])[] = [
  ["1001", "4001.01"],
  ["1122.01", "4001.03"],
  ["1001", "4001.02"],
  ["5001.03", "1001"],
  ["1001", "1122.01"],
  ["5001.01", "2202"],
  ["1001", "4001.05"],
];
const linesOf = (at: number): Line[] => {
  const [debit, credit] = LINES[at % LINES.length]!;
  const amountFen = 100 + ((at * 37) % 9_000);
  return [
    { account: debit, side: "debit", amountFen },
    { account: credit, side: "credit", amountFen },
  ];
};

/** A book since January in which nothing is posted yet. */
async function open(env: Env, { first }: { first?: string }): Promise<CommunityAddress> {
  const community = await makeCommunity(env, "账簿", first);
  must(await openBook(accountant(env, community), { book: "common", from: monthOf(0) }, once()));
  return community;
}

interface Filling {
  readonly community: CommunityAddress;
  /** How many each month has already, and how many it is to have. */
  readonly month: number;
  readonly from: number;
  readonly to: number;
}

/** Posts vouchers of one month by the statements that post, many at a time: every trigger of the books does its work. */
async function fill(env: Env, { community, month, from, to }: Filling): Promise<void> {
  const { db } = treasurer(env, community);
  const period = monthOf(month);
  const rows = Array.from({ length: to - from }, (_, at) => {
    const number = from + at + 1;
    const lines = linesOf(number + month);
    // Numbers follow ids: an UPDATE goes through the table by its key.
    const id = `v${month}-${String(number).padStart(7, "0")}`;
    return [
      id,
      number,
      `${period}-${String(1 + (number % 28)).padStart(2, "0")}`,
      JSON.stringify(lines),
      lines[0]!.amountFen,
    ];
  });
  const values = JSON.stringify(rows);
  await db.read(
    db.run(
      sql`INSERT INTO ledger_voucher(community_id, voucher_id, book, kind, period, on_day, text, lines, amount_fen, counterparty_sealed, counterparty_shown,
            attachments, hands, state, drafted_by, drafted_at, draft_leaf)
          SELECT ${community.id}, value ->> 0, 'common', 'ordinary', ${period}, value ->> 2, '第' || (value ->> 1) || '笔', value ->> 3, value ->> 4, 'sealed', '某单位',
            '[]', 'review', 'waiting', 'treasurer', ${AFTER}, 'leaf' FROM json_each(${values})`,
    ),
    db.run(
      sql`UPDATE ledger_voucher SET state = 'posted', number = CAST(substr(voucher_id, 4) AS INTEGER), posted_at = ${AFTER}, leaf_hash = 'leaf',
            reviewed_by = 'accountant', reviewed_at = ${AFTER}
          WHERE community_id = ${community.id} AND voucher_id > ${`v${month}-`} AND voucher_id < ${`v${month}~`} AND state = 'waiting'`,
    ),
  );
}

/** Closes the months and tells of their quarters. */
async function tell(env: Env, { community, months }: { community: CommunityAddress; months: number }): Promise<void> {
  for (let month = 0; month < months; month += 1)
    must(await closePeriod(accountant(env, community), { book: "common", period: monthOf(month) }));
  for (let quarter = 0; quarter < months / 3; quarter += 1) {
    const drafted = await draftStatement(
      accountant(env, community),
      { book: "common", note: "", corrects: null },
      once(),
    );
    must(await publishStatement(chair(env, community), must(drafted).draftId));
  }
}

/** What a public page costs; `times` asks for it again and again. */
async function page(
  env: Env,
  { community, path, times }: { community: CommunityAddress; path: string; times?: number },
): Promise<unknown> {
  setClock(AFTER);
  const counting = metered(env);
  const visitor = new Visitor(counting.env);
  if (times === undefined) {
    await visitor.get(`/c/${community.slug}/log/vkey`);
    Object.assign(counting.meter, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
  }
  let status = 0;
  for (let at = 0; at < (times ?? 1); at += 1) status = (await visitor.get(`/c/${community.slug}${path}`)).status;
  return { status, ...costOf(counting.meter) };
}

/** One month as an hledger journal, as the export writes it; what was brought over is in the months before. */
async function journal(
  env: Env,
  { community, month }: { community: CommunityAddress; month: number },
): Promise<string> {
  const scene = treasurer(env, community);
  const period = monthOf(month);
  const [accounts, vouchers] = await scene.db.read(
    listAccounts(scene, "common"),
    listExported(scene, "common", period, { period, number: 0 }, 1_000_000),
  );
  return hledgerOf({
    community: community.name,
    book: "common",
    bookName: "公共收益",
    from: period,
    accounts: accountsFrom(accounts),
    brought: [],
    vouchers: vouchers.map(exportedFrom),
  });
}

// ——— Posting ———

const TODAY = "2026-11-01";

/** Drafts that wait for the accountant, by the product's own action. */
async function drafted(
  env: Env,
  { community, count }: { community: CommunityAddress; count: number },
): Promise<string[]> {
  const ids: string[] = [];
  await storm(count, 8, async (at) => {
    const asked = {
      book: "common" as const,
      kind: "ordinary" as const,
      on: TODAY,
      text: "停车费",
      lines: linesOf(at * LINES.length),
      counterparty: { name: "某单位", isPerson: false },
      attachments: [],
      decision: null,
    };
    ids.push(must(await draftVoucher(treasurer(env, community), asked, once())).voucherId);
  });
  return ids;
}

async function post(
  env: Env,
  { community, ids }: { community: CommunityAddress; ids: readonly string[] },
): Promise<void> {
  for (const id of ids) must(await reviewVoucher(accountant(env, community), id));
}
async function postCost(env: Env, { community, id }: { community: CommunityAddress; id: string }): Promise<unknown> {
  const scene = accountant(env, community);
  must(await reviewVoucher(scene, id));
  return costOf(scene.db.meter);
}

interface BarePost {
  readonly id: string;
  readonly number: number;
}
let bare: readonly BarePost[] = [];
/** The numbers these drafts will take, known beforehand. */
async function prepareBare(
  env: Env,
  { community, ids }: { community: CommunityAddress; ids: readonly string[] },
): Promise<void> {
  const { db } = treasurer(env, community);
  const [rows] = await db.read(
    db.all<{ last: number }>(
      sql`SELECT coalesce(max(number), 0) AS last FROM ledger_voucher
          WHERE community_id = ${community.id} AND book = 'common' AND period = ${periodOf(TODAY)} AND number IS NOT NULL`,
    ),
  );
  bare = ids.map((id, at) => ({ id, number: (rows[0]?.last ?? 0) + at + 1 }));
}
/** The same batch, its values made beforehand: nothing is read, asked or composed. */
async function postBare(env: Env, { community }: { community: CommunityAddress }): Promise<void> {
  for (const { id, number } of bare) {
    const scene = accountant(env, community);
    const leaf = appendLeaf(scene, "voucher.posted", { voucher: id, number }, id);
    const set = sql`state = 'posted', number = CAST(${number} AS INTEGER), posted_at = CAST(${AFTER} AS INTEGER), leaf_hash = ${leaf.leafHash},
      reviewed_by = 'accountant', reviewed_at = CAST(${AFTER} AS INTEGER)`;
    const written = await scene.db.write([...moveVoucher(scene, id, "waiting", set), leaf.statement]);
    if (!written.ok) throw new Error(written.error.code);
  }
}

// ——— A bank's lines ———

const bankCsv = (lines: number): Uint8Array => {
  const rows = ["交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,流水号"];
  let balance = 0;
  for (let at = 0; at < lines; at += 1) {
    const fen = 100 + ((at * 53) % 90_000);
    balance += fen;
    const yuan = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
    rows.push(
      `202610${String(1 + Math.floor((at * 28) / lines)).padStart(2, "0")},停车费,,${yuan(fen)},${yuan(balance)},某业主${at},${at + 1}`,
    );
  }
  return new TextEncoder().encode(`${rows.join("\r\n")}\r\n`);
};

interface Bank {
  readonly community: CommunityAddress;
  readonly accountId: string;
}
async function bank(env: Env): Promise<Bank> {
  const community = await open(env, {});
  const asked = {
    book: "common" as const,
    ledgerAccount: "1002.01",
    holder: "assembly" as const,
    holderName: "某小区业主大会",
    bank: "某银行",
    number: "6222000011112222",
  };
  const { accountId } = must(await openBankAccount(accountant(env, community), asked, once()));
  return { community, accountId };
}
async function take(env: Env, { community, accountId, lines }: Bank & { lines: number }): Promise<unknown> {
  const scene = treasurer(env, community);
  must(await takeStatement(scene, accountId, { name: "对账单.csv", bytes: bankCsv(lines) }, null, once()));
  await finishStatements(scene);
  return costOf(scene.db.meter);
}

let lineRows: readonly string[] = [];
/** The rows a statement of so many lines left, ready to be put in again. */
async function prepareLines(env: Env, { community }: Bank): Promise<number> {
  const { db } = treasurer(env, community);
  const [found] = await db.read(
    db.all<Record<string, unknown>>(
      sql`SELECT line_key AS k, import_id AS i, word_no AS w, row_no AS r, on_day AS d, amount_fen AS a, balance_fen AS b FROM bank_line
          WHERE community_id = ${community.id}`,
    ),
  );
  const texts = found.map((row) => JSON.stringify(Object.values(row)));
  const chunks: string[] = [];
  for (let start = 0; start < texts.length; start += 2_500)
    chunks.push(`[${texts.slice(start, start + 2_500).join(",")}]`);
  lineRows = chunks;
  return texts.length;
}
/** The finished rows into a table of the same columns, key and guards, nothing computed. */
async function takeBare(env: Env, { community, accountId }: Bank): Promise<void> {
  const { db } = treasurer(env, community);
  await db.read(
    db.run(
      sql`INSERT INTO bank_import(community_id, import_id, account_id, file_name, sha256, lines, added, from_on, to_on, words_sealed, imported_by, imported_at, leaf_hash)
          SELECT ${community.id}, json_extract(${lineRows[0]!}, '$[0][1]'), ${accountId}, 'x', ${"0".repeat(64)}, 1, 1, '2026-10-01', '2026-10-28', 'x', 'x', 0, 'x'`,
    ),
    ...lineRows.map((chunk) =>
      db.run(
        sql`INSERT INTO bank_line(community_id, account_id, line_key, import_id, word_no, row_no, on_day, amount_fen, balance_fen)
            SELECT ${community.id}, ${accountId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(${chunk})`,
      ),
    ),
  );
}

export const keepingTasks = {
  "keep/open": open,
  "keep/fill": fill,
  "keep/tell": tell,
  "keep/page": page,
  "keep/journal": journal,
  "keep/drafted": drafted,
  "keep/post": post,
  "keep/post-cost": postCost,
  "keep/prepare-bare": prepareBare,
  "keep/post-bare": postBare,
  "keep/bank": bank,
  "keep/take": take,
  "keep/prepare-lines": prepareLines,
  "keep/take-bare": takeBare,
};
