/** Public dates and news of leases and parking: what ends, what falls due, what it costs from when on. Registers; no page of its own. */
import { endingAt, registerDates, registerNews, type Telling } from "../../assembly/public/announcing.ts";
import { type Day, dayOf, endOf, startOf } from "../../kernel/day.ts";
import { formatYuan } from "../../kernel/money.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { endedOn, schedule } from "../leases/rules.ts";
import {
  type LeaseRow,
  leaseFrom,
  listDecidedLeases,
  listOwedDays,
  listRunningAfter,
  type OwedDay,
} from "../leases/store.ts";
import { USE_WORDS } from "../parking/public.tsx";
import { listTariffs } from "../parking/store.ts";

/** Leases the calendar tells of, those that end first; and days on which rent fell due that is late, the last ones. */
const MOST_LEASES = 60;
const MOST_LATE_DAYS = 24;

/** A date as the calendar takes it. */
type DateEntry = ReturnType<Parameters<typeof registerDates>[1]["entries"]>[number];

/** The day of the scene as a row, so that entries made of rows alone know what is to come. */
const today = ({ db, now }: Scene): Query<{ today: Day }[]> => db.all(sql`SELECT ${dayOf(now)} AS today`);

const entry = (
  uid: string,
  stampAt: number,
  day: Day,
  summary: string,
  description: string,
  url: string,
): DateEntry => ({
  uid: `${uid}@commonhold`,
  sequence: 0,
  stampAt,
  ...endingAt(endOf(day)),
  summary,
  description,
  url,
  cancelled: false,
});

/** The end of a lease, and the next rent that falls due on it. */
function datesOf({ t, base }: Telling, row: LeaseRow, from: Day): DateEntry[] {
  const url = `${base}/accounts/leases/${row.number}`;
  const name = t(`租约第${row.number}号（${row.purpose}）`, `lease no. ${row.number} (${row.purpose})`);
  const stampAt = row.decidedAt ?? row.draftedAt;
  const cut = row.untilOn < row.toOn ? endedOn(row.terms, row.untilOn) : ({ ok: true, value: row.terms } as const);
  const next = (cut.ok ? schedule(cut.value) : []).find(({ dueOn }) => dueOn >= from);
  return [
    entry(
      `${row.leaseId}-end`,
      row.endedAt ?? stampAt,
      row.untilOn,
      t(`${name}到期`, `Ends: ${name}`),
      t("续租要有业主大会的决定。", "Renewing it takes the owners' decision."),
      url,
    ),
    ...(next
      ? [
          entry(
            `${row.leaseId}-due-${next.chargeNo}`,
            stampAt,
            next.dueOn,
            t(`${name}应交租金`, `Rent due: ${name}`),
            t(`${formatYuan(next.amountFen)}元`, `${formatYuan(next.amountFen)} yuan`),
            url,
          ),
        ]
      : []),
  ];
}

/** Rent that fell due on a day and has not come in: how much in all, and nobody by name. */
const lateOn = ({ t, base }: Telling, { dueOn, owedFen, charges }: OwedDay): DateEntry =>
  entry(
    `rent-late-${dueOn}`,
    endOf(dueOn),
    dueOn,
    t(`${charges}笔租金到期没有收到`, `${charges} rents fell due and have not come in`),
    t(`共${formatYuan(owedFen)}元`, `${formatYuan(owedFen)} yuan in all`),
    `${base}/accounts/leases`,
  );

registerDates("ledger-earning", {
  queries: (scene) => {
    const day = dayOf(scene.now);
    return [
      today(scene),
      listRunningAfter(scene, { fromOn: day, toOn: day }, "", MOST_LEASES),
      listTariffs(scene),
      listOwedDays(scene),
    ] as const;
  },
  entries: (telling, [days, leases, tariffs, owed]) => {
    const from = days[0]!.today;
    const { t, lang, base } = telling;
    return [
      ...leases.flatMap((row) => datesOf(telling, leaseFrom(row), from)),
      ...owed
        .filter(({ dueOn }) => dueOn < from)
        .slice(-MOST_LATE_DAYS)
        .map((day) => lateOn(telling, day)),
      ...tariffs
        .filter(({ fromOn }) => fromOn >= from)
        .map((tariff) =>
          entry(
            tariff.tariffId,
            startOf(tariff.fromOn),
            tariff.fromOn,
            t(`停车价目调整：${USE_WORDS[tariff.use].zh}`, `New parking tariff: ${USE_WORDS[tariff.use][lang]}`),
            tariff.words,
            `${base}/accounts/parking`,
          ),
        ),
    ];
  },
});

registerNews("ledger-earning", {
  queries: (scene, most) => [listDecidedLeases(scene, Math.min(most, MOST_LEASES)), listTariffs(scene)] as const,
  entries: ({ t, lang, base }, [leases, tariffs]) => {
    const author = t("业主委员会", "Owners' committee");
    return [
      ...leases.flatMap(({ number, purpose, decidedAt, endedAt, untilOn, endedWhy }) => [
        {
          href: `${base}/accounts/leases/${number}`,
          title: t(`租约第${number}号生效：${purpose}`, `Lease no. ${number} in force: ${purpose}`),
          summary: t("租金、租期和依据的决定都可以查", "Its rent, term and decision are open to all"),
          at: decidedAt,
          author,
        },
        ...(endedAt === null
          ? []
          : [
              {
                href: `${base}/accounts/leases/${number}?ended=1`,
                title: t(`租约第${number}号提前到${untilOn}终止`, `Lease no. ${number} ends early on ${untilOn}`),
                summary: endedWhy ?? "",
                at: endedAt,
                author,
              },
            ]),
      ]),
      ...tariffs.map(({ tariffId, use, fromOn, words, writtenAt }) => ({
        href: `${base}/accounts/parking?tariff=${tariffId}`,
        title: t(`停车价目：${USE_WORDS[use].zh}，${fromOn}起`, `Parking: ${USE_WORDS[use][lang]} from ${fromOn}`),
        summary: words,
        at: writtenAt,
        author,
      })),
    ];
  },
});
