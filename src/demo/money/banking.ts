/** The bank account of 金桂苑's common book: what the bank prints of each month, taken in and matched line by line. */
import { addDays, type Day, dayOf } from "../../kernel/day.ts";
import { plainYuan } from "../../kernel/money.ts";
import { balanceFrom, balanceQueries, confirmMatches, viewMatching } from "../../ledger/bank/matching/actions.ts";
import { type OpenPostingRow, sumBroughtIn } from "../../ledger/bank/matching/store.ts";
import { type AccountRow, listBankAccounts } from "../../ledger/bank/store.ts";
import { takeStatement } from "../../ledger/bank/taking/actions.ts";
import { type Book, firstDayOf, nextPeriod, type Period } from "../../ledger/books/rules.ts";
import type { Scene } from "../../platform/scene.ts";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { must, type Seeding } from "../seeding.ts";
import { accountant, type Calendar, dayIn, type Happening, lastIn, on, treasurer } from "./calendar.ts";

/** The bank has a transfer the next day, and what the parking platform settles two days later. */
const lagOf = ({ text, amountFen, number }: OpenPostingRow): number =>
  text.includes("停车收入") ? 2 : amountFen < 0 && number % 3 === 0 ? 1 : 0;

interface Printed {
  readonly onDay: Day;
  readonly amountFen: number;
  readonly counterparty: string;
  readonly summary: string;
  readonly serial: string;
  /** Which posting it is; null for what the book does not know. */
  readonly posting: OpenPostingRow | null;
}

/** What the bank has of postings that no line is yet, up to a day. */
function printedUpTo(postings: readonly OpenPostingRow[], to: Day): Printed[] {
  return postings
    .map((posting): Printed => {
      const { onDay, amountFen, text, period, number, lineNo } = posting;
      const serial = `${period.replace("-", "")}${String(number).padStart(4, "0")}${lineNo}`;
      return {
        onDay: addDays(onDay, lagOf(posting)),
        amountFen,
        counterparty: amountFen > 0 ? "转入" : "转出",
        summary: text.replace(/^租约第(\d+)号.*$/, "租金 合同$1").slice(0, 20),
        serial,
        posting,
      };
    })
    .filter(({ onDay }) => onDay <= to)
    .toSorted((a, b) => (a.onDay === b.onDay ? (a.serial < b.serial ? -1 : 1) : a.onDay < b.onDay ? -1 : 1));
}

async function balanceBefore(scene: Scene, account: AccountRow, from: Day): Promise<number> {
  const [moved, lastDay, brought] = await scene.db.read(
    ...balanceQueries(scene, account.accountId, addDays(from, -1)),
    sumBroughtIn(scene, account),
  );
  return balanceFrom(moved, lastDay).printedFen ?? brought[0]?.broughtInFen ?? 0;
}

/** The statement as the bank's website saves it: a title, the header, a line a movement with the balance after it. */
function statementCsv(account: AccountRow, printed: readonly Printed[], balanceFen: number): Uint8Array {
  let balance = balanceFen;
  const lines = printed.map(({ onDay, amountFen, counterparty, summary, serial }) => {
    balance += amountFen;
    const [paid, received] = amountFen < 0 ? [plainYuan(-amountFen), ""] : ["", plainYuan(amountFen)];
    return [onDay.replaceAll("-", ""), summary, paid, received, plainYuan(balance), counterparty, serial];
  });
  const header = ["交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名", "流水号"];
  return writeCsv([[`${account.bank} 账户明细 ${account.numberMasked}`], header, ...lines]);
}

/** A payment of which nobody knows yet what it was for. */
const STRAY = {
  amountFen: 30_000,
  counterparty: "现金存入",
  summary: "存款",
  serial: "X9990001",
  posting: null,
} as const;

/** Takes in what the bank has of a span and, where asked, matches it. */
export async function takeMonth(
  seeding: Seeding,
  now: number,
  book: Book,
  span: { readonly from: Day; readonly to: Day },
  { confirm, stray }: { readonly confirm: boolean; readonly stray: boolean },
): Promise<void> {
  const clerk = await treasurer(seeding, now);
  const [accounts] = await clerk.db.read(listBankAccounts(clerk));
  const account = accounts.find((one) => one.book === book);
  if (!account) return;
  const { postings } = await viewMatching(clerk, account, span.to);
  const known = printedUpTo(postings, span.to);
  const printed = stray ? [...known, { ...STRAY, onDay: span.to }] : known;
  if (printed.length === 0) return;
  const bytes = statementCsv(account, printed, await balanceBefore(clerk, account, span.from));
  const file = { name: `账户明细_${span.from.slice(0, 7)}.csv`, bytes };
  const taken = await takeStatement(clerk, account.accountId, file, null, `demo-bank-${book}-${span.to}`);
  // Taken in before a crash and matched in part: the file would be another now, and adds nothing.
  if (!taken.ok && taken.error.reason !== "key_reused") must(taken, `the statement up to ${span.to}`);
  if (!confirm) return;
  const { lines } = await viewMatching(clerk, account, span.to);
  const free = [...lines];
  const pairs = known.flatMap(({ onDay, amountFen, posting }) => {
    const at = free.findIndex((line) => line.onDay === onDay && line.amountFen === amountFen);
    if (at < 0 || !posting) return [];
    const [line] = free.splice(at, 1);
    return [{ lineKey: line!.lineKey, voucherId: posting.voucherId, lineNo: posting.lineNo }];
  });
  if (pairs.length > 0)
    must(await confirmMatches(await accountant(seeding, now + 3_600_000), account.accountId, pairs), "the matches");
}

const monthOf = (period: Period) => ({ from: firstDayOf(period), to: lastIn(period) });

/** Every month's statement on the fifth of the next, matched by the accountant; of the running month what there was two days ago, to be matched. */
export const statements = (calendar: Calendar, book: Book = "common"): Happening[] => [
  ...calendar.months
    .slice(0, -1)
    .map((period) =>
      on(dayIn(nextPeriod(period), 5), 10, (seeding, now) =>
        takeMonth(seeding, now, book, monthOf(period), { confirm: true, stray: false }),
      ),
    ),
];

/** The last statement, not matched yet, with a line the book knows nothing of. */
export const lastStatement = ({ today }: Calendar): Happening[] => {
  const to = addDays(today, -3);
  return [
    on(addDays(today, -2), 10, (seeding, now) =>
      takeMonth(
        seeding,
        now,
        "common",
        { from: `${dayOf(now).slice(0, 7)}-01` > to ? to : `${to.slice(0, 7)}-01`, to },
        { confirm: false, stray: true },
      ),
    ),
  ];
};
