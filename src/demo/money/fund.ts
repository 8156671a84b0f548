/** The maintenance fund of 金桂苑: brought in unit by unit from the authority's statement, its interest, and the works it pays for. */
import type { ItemScope } from "../../assembly/agenda/rules.ts";
import { addDays, dayOf } from "../../kernel/day.ts";
import { plainYuan } from "../../kernel/money.ts";
import { openBankAccount } from "../../ledger/bank/actions.ts";
import { openBook } from "../../ledger/books/actions.ts";
import { nextPeriod, type Period, periodOf } from "../../ledger/books/rules.ts";
import { enterAmounts, fundUnitsOn, shareIn } from "../../ledger/fund/actions.ts";
import { proposeProject, readProjects, recordStep, settleProject } from "../../ledger/fund/projects/actions.ts";
import type { ProjectPlan, StepKind } from "../../ledger/fund/projects/rules.ts";
import type { ProjectRow } from "../../ledger/fund/projects/store.ts";
import { monthsFrom, monthsOf, spanFrom } from "../../ledger/statements/spans/rules.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { writeCsv } from "../../platform/sheet/csv.ts";
import { DECIDED } from "../meetings.ts";
import { as, must, type Seeding, scan, the } from "../seeding.ts";
import { takeMonth } from "./banking.ts";
import { BANK, closeThrough, postWaiting } from "./bookkeeping.ts";
import {
  accountant,
  type Calendar,
  dayIn,
  endsQuarter,
  type Happening,
  here,
  lastIn,
  on,
  presiding,
  treasurer,
} from "./calendar.ts";
import { finishedMeeting } from "./leasing.ts";
import { invoice, type Paper, putIn } from "./papers.ts";
import { tell } from "./telling.ts";

/** The half year before the running one, and the running one: of the first the owners have been told. */
const monthsOfFund = (today: string): readonly Period[] => {
  const { to } = spanFrom(periodOf(today), "half_year");
  return monthsOf({ from: monthsFrom(to, -11), to: periodOf(today) });
};

// ——— Brought in ———

const FIRST_FEN_PER_M2 = 10_000;
/** Of a unit's first deposit so much is left, in per cent; of some so little that not even the revenue brings it to the thirty that ask for more. */
const leftOf = (nth: number): number => (nth % 40 === 7 ? 8 : 52 + (nth % 9));

/** The authority's statement unit by unit, as its clerk saves it. */
async function balancesCsv(scene: StaffScene): Promise<Uint8Array> {
  const units = await fundUnitsOn(scene, dayOf(scene.now));
  const rows = units.map(({ building, entrance, room, areaDm2 }, nth) => {
    const firstFen = Math.floor((areaDm2 * FIRST_FEN_PER_M2) / 100);
    const fen = Math.floor((firstFen * leftOf(nth)) / 100);
    return [building, entrance, room, plainYuan(fen), plainYuan(firstFen)];
  });
  return writeCsv([["楼栋", "单元", "房号", "金额", "首期应交额"], ...rows]);
}

const begins = (first: Period): Happening[] => [
  on(dayIn(first, 2), 10, async (seeding, now) => {
    const keeper = await accountant(seeding, now);
    must(await openBook(keeper, { book: "fund", from: first }, "demo-book-fund"), "the fund's book");
    const account = {
      book: "fund" as const,
      ledgerAccount: BANK,
      holder: "assembly" as const,
      holderName: "璧山区金桂苑小区业主大会（维修资金专户）",
      bank: "重庆农村商业银行璧山支行",
      number: "6228 0000 1234 5678 919",
    };
    must(await openBankAccount(keeper, account, "demo-bank-fund"), "the fund's account");
    const clerk = await treasurer(seeding, now + 3_600_000);
    const { attachments, files } = await putIn(clerk, [scan("维修资金分户账对账单.pdf")]);
    const asked = { kind: "opening" as const, onDay: dayOf(now), words: "期初余额：代管部门分户账转入" };
    const entered = await enterAmounts(clerk, asked, await balancesCsv(clerk), attachments, "demo-fund-opening", files);
    if (!entered.ok && entered.error.reason !== "voucher_faulty") must(entered, "the units' balances");
    await postWaiting(seeding, now + 5 * 3_600_000, "fund");
  }),
];

const interest = (period: Period): Happening[] =>
  endsQuarter(period)
    ? [
        on(dayIn(period, 21), 14, async (seeding, now) => {
          const amountFen = 412_000 + Number(period.slice(5)) * 1_731;
          const asked = {
            kind: "interest" as const,
            onDay: dayOf(now),
            words: `${Number(period.slice(5))}月结息，按面积分到各户`,
            amountFen,
          };
          const shared = await shareIn(await treasurer(seeding, now), asked, [], `demo-fund-interest-${period}`);
          if (!shared.ok && shared.error.reason !== "voucher_faulty") must(shared, "the fund's interest");
          await postWaiting(seeding, now + 3_600_000, "fund");
        }),
      ]
    : [];

const months = (months: readonly Period[]): Happening[] =>
  months.flatMap((period, nth) => [
    ...interest(period),
    ...(nth === months.length - 1
      ? []
      : [
          on(dayIn(nextPeriod(period), 5), 11, (seeding, now) =>
            takeMonth(
              seeding,
              now,
              "fund",
              { from: `${period}-01`, to: lastIn(period) },
              { confirm: true, stray: false },
            ),
          ),
          on(dayIn(nextPeriod(period), 8), 11, (seeding, now) => closeThrough(seeding, now, "fund", period)),
        ]),
    ...(spanFrom(period, "half_year").to === period
      ? [on(dayIn(nextPeriod(period), 14), 15, (seeding: Seeding, now: number) => tell(seeding, now, "fund", ""))]
      : []),
  ]);

// ——— Works ———

interface Works extends Omit<ProjectPlan, "exclusions"> {
  readonly key: string;
}
const LIFT: Works = {
  key: "lift",
  path: "emergency",
  title: "1栋2号电梯曳引机抢修",
  plan: "1栋2号电梯曳引机轴承损坏，困人两次，特检机构要求停用。由维保单位更换轴承、制动器，工期四天，三家报价取最低。",
  emergency: "lift",
  estimateFen: 1_880_000,
  scope: { kind: "buildings", buildings: ["1栋"] },
};
const ESTATE: ItemScope = { kind: "estate" };
const LIGHTING: Works = {
  key: "lighting",
  path: "decision",
  title: "更换应急照明和疏散指示",
  plan: "楼梯间、地下车库应急照明和疏散指示共386套，三分之一已不亮。全部更换为国标产品，质保三年，邀请三家报价。",
  emergency: null,
  estimateFen: 4_600_000,
  scope: ESTATE,
};
const ROOF: Works = {
  key: "roof",
  path: "decision",
  title: "2栋屋面防水整体重做",
  plan: "2栋屋面防水层老化，多处渗漏。铲除旧层，重做两层改性沥青卷材和保护层，约680平方米，质保五年。",
  emergency: null,
  estimateFen: 8_400_000,
  scope: { kind: "buildings", buildings: ["2栋"] },
};

async function propose(seeding: Seeding, now: number, { key, ...plan }: Works): Promise<void> {
  const secretary = await as(await here(seeding, now), "secretary");
  const { attachments, files } = await putIn(secretary, [scan(`${plan.title.slice(0, 12)}使用方案.pdf`)]);
  must(await proposeProject(secretary, { ...plan, exclusions: [] }, attachments, `demo-works-${key}`, files), key);
}
async function numberOf(scene: StaffScene, { title }: Works): Promise<ProjectRow> {
  const rows = await readProjects(scene, { limit: 20, before: 1_000 });
  return the(
    rows.find((row) => row.title === title),
    title,
  );
}

async function step(
  seeding: Seeding,
  scene: StaffScene,
  works: Works,
  kind: StepKind,
  words: string,
  papers: readonly Paper[] = [],
): Promise<void> {
  const { number, steps } = await numberOf(scene, works);
  if (steps.some((one) => one.kind === kind)) return;
  const meeting = kind === "decided" ? await finishedMeeting(seeding, scene) : null;
  const item = kind === "decided" ? DECIDED.lighting : null;
  const { attachments, files } = await putIn(scene, papers);
  must(
    await recordStep(scene, number, { kind, onDay: dayOf(scene.now), words, meeting, item }, attachments, files),
    kind,
  );
}

async function settle(seeding: Seeding, now: number, works: Works, amountFen: number, payee: string): Promise<void> {
  const clerk = await treasurer(seeding, now);
  const { number, settlement } = await numberOf(clerk, works);
  if (settlement === null) {
    const { attachments, files } = await putIn(clerk, [invoice(`${works.title}结算发票`, dayOf(now), amountFen)]);
    const asked = { onDay: dayOf(now), payee, amountFen, overWhy: "" };
    must(await settleProject(clerk, number, asked, attachments, `demo-settled-${works.key}`, files), "a settlement");
  }
  await postWaiting(seeding, now + 20 * 3_600_000, "fund");
}

const chair = async (seeding: Seeding, now: number): Promise<StaffScene> => presiding(await accountant(seeding, now));
const clerkOf = treasurer;

/** A lift repaired in an emergency, lamps the owners decided on, and a roof that waits for its vote. */
const works = ({ today }: Calendar): Happening[] => {
  const day = (days: number, hour: number, run: Happening["run"]): Happening => on(addDays(today, days), hour, run);
  const paper = (name: string) => [scan(`${name}.pdf`)];
  return [
    day(-121, 9, (seeding, now) => propose(seeding, now, LIFT)),
    day(-121, 14, async (seeding, now) =>
      step(seeding, await chair(seeding, now), LIFT, "committee_confirmed", "业委会五名委员书面确认"),
    ),
    day(-120, 10, async (seeding, now) => {
      const street = await as(await here(seeding, now), "street_officer");
      await step(seeding, street, LIFT, "street_confirmed", "璧城街道现场查看，确认属电梯故障危及安全");
    }),
    day(-120, 15, async (seeding, now) =>
      step(seeding, await chair(seeding, now), LIFT, "approved", "璧建维资应急〔12〕号", paper("应急使用批复")),
    ),
    day(-114, 15, async (seeding, now) =>
      step(
        seeding,
        await clerkOf(seeding, now),
        LIFT,
        "accepted",
        "特检机构检验合格，业主代表三人签字",
        paper("验收单"),
      ),
    ),
    day(-113, 15, (seeding, now) => settle(seeding, now, LIFT, 1_860_000, "重庆迅捷电梯维保有限公司")),
    day(-110, 15, async (seeding, now) =>
      step(
        seeding,
        await clerkOf(seeding, now),
        LIFT,
        "reported",
        "抢修经过、费用和分摊明细，公告栏和本平台同时公布",
        paper("应急使用报告"),
      ),
    ),
    day(-90, 10, (seeding, now) => propose(seeding, now, LIGHTING)),
    day(-42, 10, async (seeding, now) =>
      step(seeding, await clerkOf(seeding, now), LIGHTING, "decided", "业主大会会议通过"),
    ),
    day(-39, 10, async (seeding, now) =>
      step(seeding, await chair(seeding, now), LIGHTING, "approved", "璧建维资〔31〕号", paper("使用批复")),
    ),
    day(-13, 10, async (seeding, now) =>
      step(
        seeding,
        await clerkOf(seeding, now),
        LIGHTING,
        "accepted",
        "消防检测合格，业主代表五人签字",
        paper("验收单"),
      ),
    ),
    day(-10, 10, async (seeding, now) =>
      step(seeding, await clerkOf(seeding, now), LIGHTING, "audited", "审价45280元，核减720元", paper("审价报告")),
    ),
    day(-7, 10, (seeding, now) => settle(seeding, now, LIGHTING, 4_528_000, "重庆永安消防器材有限公司")),
    day(-2, 9, (seeding, now) => propose(seeding, now, ROOF)),
  ];
};

export const fund = (calendar: Calendar): Happening[] => {
  const held = monthsOfFund(calendar.today);
  return [...begins(held[0]!), ...months(held), ...works(calendar)];
};
