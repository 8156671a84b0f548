/** Earning what permits were paid ahead: when a calendar month is over, its part leaves what was received in advance (2203 → 4001.01). No HTTP. */
import { addDays, addMonths, type Day, dayOf } from "../../../kernel/day.ts";
import { newId } from "../../../kernel/id.ts";
import type { Scene } from "../../../platform/scene.ts";
import { draftVoucher } from "../../books/actions.ts";
import { firstDayOf, type Period, periodOf } from "../../books/rules.ts";
import { listBooks } from "../../books/store.ts";
import { byClock } from "../../leases/clock.ts";
import { firstOpenDay } from "../../leases/money.ts";
import { findRound, saveRound } from "../../rounds/store.ts";
import { PARKING_INCOME, RECEIVED_AHEAD, tariffOn } from "../rules.ts";
import { listTariffs } from "../store.ts";
import { type DueMonth, insertMonthVouchers, listUnearned } from "./store.ts";

// A permit is for twelve months at most: what began longer ago was earned, or waits for a person.
const LOOK_BACK_MONTHS = 13;
/** One run earns no more months of permits than this. */
const MOST_A_RUN = 2_000;
const ROUND = "permit-months";

const lastDayOf = (period: Period): Day => addDays(addMonths(firstDayOf(period), 1), -1);
/** The last calendar month whose last day has come. */
const lastOver = (today: Day): Period =>
  lastDayOf(periodOf(today)) === today ? periodOf(today) : periodOf(addMonths(firstDayOf(periodOf(today)), -1));

/**
 * Drafts, for every calendar month that is over (its last day counts), one voucher of what permits paid ahead for it: on its last day, or
 * the first that is open. A person reviews it; what they send back is drafted again the day after. Run twice it earns nothing twice.
 * @returns How many vouchers were drafted.
 */
export async function earnMonths(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const over = lastOver(today);
  const from = periodOf(addMonths(firstDayOf(over), -LOOK_BACK_MONTHS));
  const [books, rounds] = await scene.db.read(listBooks(scene), findRound(scene, ROUND));
  const book = books.find((one) => one.book === "common");
  // Once a day is enough, and a month has many permits.
  if (!book || rounds[0]?.after === today) return 0;
  const firstOpen = firstOpenDay(book);
  if (firstOpen > today) return 0;
  const [due, tariffs] = await scene.db.read(listUnearned(scene, from, over, MOST_A_RUN), listTariffs(scene));
  let drafted = 0;
  for (const [period, months] of Map.groupBy(due, (one) => one.period)) {
    const last = lastDayOf(period);
    const basis = tariffOn(tariffs, "monthly", last)?.basis ?? null;
    if (await draftEarned(scene, { period, months, on: last < firstOpen ? firstOpen : last, basis })) drafted += 1;
  }
  if (due.length < MOST_A_RUN) await scene.db.write([saveRound(scene, ROUND, today)]);
  return drafted;
}

async function draftEarned(
  scene: Scene,
  earned: {
    readonly period: Period;
    readonly months: readonly DueMonth[];
    readonly on: Day;
    readonly basis: string | null;
  },
): Promise<boolean> {
  const { period, months, on, basis } = earned;
  const amountFen = months.reduce((sum, one) => sum + one.amountFen, 0);
  const drafted = await draftVoucher(
    byClock(scene),
    {
      book: "common",
      kind: "ordinary",
      on,
      text: `${period}月租停车费，从预收款转入收入，${months.length}个月`,
      lines: [
        { account: RECEIVED_AHEAD, side: "debit", amountFen },
        { account: PARKING_INCOME, side: "credit", amountFen },
      ],
      counterparty: { name: "停车缴费（汇总）", isPerson: false },
      attachments: [],
      decision: basis,
    },
    newId<string>(scene.random),
    (voucherId) => [insertMonthVouchers(scene, months, voucherId)],
  );
  if (!drafted.ok)
    console.error(JSON.stringify({ cron: scene.community.slug, parking: period, refused: drafted.error.reason }));
  return drafted.ok;
}
