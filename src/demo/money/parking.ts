/** Parking on the common ground of 金桂苑: tariffs, permits by the month, the gate's file of visitors, and every month's takings booked. */
import { addDays, dayOf } from "../../kernel/day.ts";
import { firstDayOf, type Period, periodOf } from "../../ledger/books/rules.ts";
import { bookTakings, importGate } from "../../ledger/parking/actions.ts";
import { earnMonths } from "../../ledger/parking/earning/actions.ts";
import { issuePermit } from "../../ledger/parking/permits.ts";
import { setTariff } from "../../ledger/parking/tariffs.ts";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { must, type Seeding, scan } from "../seeding.ts";
import { postWaiting } from "./bookkeeping.ts";
import { accountant, type Calendar, dayIn, type Happening, lastIn, on, presiding, treasurer } from "./calendar.ts";
import { spaceCode } from "./premises.ts";

const BASIS = {
  kind: "earlier",
  title: "第一届业主大会2022年第二次会议决议第四项（地面停车管理办法）",
  on: "2022-09-18",
} as const;

/** What it costs, from the first day of the books, and a little more from the second New Year on. */
export const tariffs = ({ first }: Calendar): Happening[] => {
  const dearer = `${Number(first.slice(0, 4)) + 1}-01-01`;
  return [
    on(dayIn(first, 1), 13, async (seeding, now) => {
      const chair = await presiding(await accountant(seeding, now));
      for (const [use, fromOn, yuan, words] of [
        ["monthly", firstDayOf(first), 180, "地面固定或不固定车位，每月180元，按整月办理"],
        ["monthly", dearer, 200, "地面固定或不固定车位，每月200元，按整月办理"],
        ["temporary", firstDayOf(first), 5, "前30分钟免费，2小时内5元，以后每小时2元，24小时封顶20元"],
      ] as const)
        must(
          await setTariff(
            chair,
            { use, fromOn, amountFen: yuan * 100, words, basis: BASIS },
            scan("地面停车管理办法决议.pdf"),
            `demo-tariff-${use}-${fromOn}`,
          ),
          "a tariff",
        );
    }),
  ];
};

// ——— Permits ———

const CARS = 44;
/** Of these every fifth has no space of its own. */
const spaceOf = (car: number): string => (car % 5 === 4 ? "" : spaceCode(car + 1));
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const plateOf = (car: number): string =>
  `渝${LETTERS[car % 4]}${LETTERS[(car * 7) % 24]}${String(1003 + car * 83).slice(-4)}`;
const LENGTHS = [12, 12, 6, 3] as const;

interface Permit {
  readonly car: number;
  readonly months: number;
}
/** Who renews in the n-th month: the first permits are of different lengths, so that renewals spread over the year. */
function permitsIn(nth: number): Permit[] {
  return Array.from({ length: CARS }, (_, car) => car).flatMap((car): Permit[] => {
    const length = LENGTHS[car % LENGTHS.length]!;
    const firstLength = 1 + ((car * 5) % length);
    if (nth === 0) return [{ car, months: firstLength }];
    return nth >= firstLength && (nth - firstLength) % length === 0 ? [{ car, months: length }] : [];
  });
}

// ——— The gate ———

const VISITS = 118;

/** What the gate's machine saves of the days of a month up to one: a row a visitor. */
function gateCsv(period: Period, through: string): Uint8Array {
  const rows: (readonly string[])[] = [["流水号", "车牌号", "入场时间", "出场时间", "实收金额"]];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const day = addDays(firstDayOf(period), Math.floor((visit * 30) / VISITS));
    if (day > through || periodOf(day) !== period) continue;
    const hour = 8 + ((visit * 5) % 11);
    const stay = (visit * 7) % 5;
    const time = (h: number): string =>
      `${day.replaceAll("-", "/")} ${String(h).padStart(2, "0")}:${String((visit * 13) % 60).padStart(2, "0")}:00`;
    const plate = `渝${LETTERS[visit % 7]}${LETTERS[(visit * 5) % 24]}${String(2000 + visit * 61).slice(-4)}`;
    rows.push([
      `G${period.replace("-", "")}${String(visit + 1).padStart(4, "0")}`,
      plate,
      time(hour),
      time(hour + 1 + stay),
      `${5 + stay * 2}.00`,
    ]);
  }
  return writeCsv(rows);
}

const DRAWN_HOUR = 20;

/** Permits on the third, the gate's file and the month's takings on the last day; of the running month the file alone, up to yesterday. */
export const parking = (calendar: Calendar): Happening[] =>
  calendar.months.flatMap((period, nth) => {
    const last = lastIn(period);
    const isRunning = period === periodOf(calendar.today);
    const yesterday = addDays(calendar.today, -1);
    const fileOn = isRunning ? yesterday : last;
    const takeGate = async (seeding: Seeding, now: number) => {
      const through = addDays(dayOf(now), -1);
      // On the first morning of a month the machine has nothing of it yet.
      if (periodOf(through) !== period) return;
      const file = { name: `道闸收费_${period}.csv`, bytes: gateCsv(period, through) };
      must(await importGate(await treasurer(seeding, now), file), "the gate's file");
    };
    return [
      on(dayIn(period, 3), 16, async (seeding, now) => {
        const clerk = await treasurer(seeding, now);
        for (const { car, months } of permitsIn(nth)) {
          const asked = {
            plate: plateOf(car),
            space: spaceOf(car),
            fromOn: firstDayOf(period),
            months,
            paidOn: dayOf(now),
          };
          must(await issuePermit(clerk, asked, `demo-permit-${nth}-${car}`), "a permit");
        }
      }),
      ...(periodOf(fileOn) === period ? [on(fileOn, DRAWN_HOUR, takeGate)] : []),
      ...(isRunning
        ? []
        : [
            on(last, DRAWN_HOUR + 1, async (seeding, now) => {
              const booked = await bookTakings(await treasurer(seeding, now), period);
              if (!booked.ok && booked.error.reason !== "nothing_to_book") must(booked, "the takings");
              await postWaiting(seeding, now + 3_600_000, "common");
              // What was paid ahead for this month is earned on its last day.
              await earnMonths(await treasurer(seeding, now + 3_600_000));
              await postWaiting(seeding, now + 2 * 3_600_000, "common");
            }),
          ]),
    ];
  });
