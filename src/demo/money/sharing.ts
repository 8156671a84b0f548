/** What becomes of 金桂苑's common revenue: a plan for every year, and the net shared out as the owners decided. */
import { addDays, dayOf } from "../../kernel/day.ts";
import { addAsset } from "../../ledger/assets/actions.ts";
import {
  approveBudget,
  draftBudget,
  explainOverspend,
  publishBudget,
  reviewBudget,
} from "../../ledger/budget/actions.ts";
import { BUDGET_SETTINGS } from "../../ledger/budget/settings.ts";
import {
  payShares,
  planDistribution,
  readAvailable,
  readDistributions,
  readShares,
} from "../../ledger/distribution/actions.ts";
import { leastTopUp } from "../../ledger/distribution/rules.ts";
import { moveTopUp } from "../../ledger/distribution/top-up.ts";
import { readSettings, saveSettings } from "../../offices/settings/actions.ts";
import { DECIDED } from "../meetings.ts";
import { must, type Seeding, scan, the } from "../seeding.ts";
import { BANK, credit, debit, draft, postWaiting } from "./bookkeeping.ts";
import { accountant, type Calendar, dayIn, type Happening, on, presiding, treasurer } from "./calendar.ts";
import { finishedMeeting } from "./leasing.ts";
import { invoice, putIn } from "./papers.ts";

// ——— The budget of a year ———

/** In yuan, by account; what is given away is planned from the second year on. */
const PLANNED: readonly (readonly [account: string, yuan: number])[] = [
  ["4001.01", 118_000],
  ["4001.02", 10_800],
  ["4001.03", 262_000],
  ["4001.05", 20_640],
  ["4001.06", 800],
  ["5001.01", 18_000],
  ["5001.02", 5_600],
  ["5001.03", 8_000],
  ["5001.04", 9_500],
  ["5001.05", 10_300],
  ["5001.06", 240],
];
const GIVEN: typeof PLANNED = [
  ["6001.01", 400_000],
  ["6001.02", 160_000],
  ["6001.03", 260_000],
];

const budgetOf = (period: string, year: number, isFirst: boolean): Happening =>
  on(dayIn(period, 18), 9, async (seeding, now) => {
    const DAY = 24 * 3_600_000;
    const chair = await presiding(await accountant(seeding, now + 2 * DAY));
    const rules = await readSettings(chair, BUDGET_SETTINGS);
    if (rules.approvedBy.value === "owners") {
      const approvedBy = { value: "committee" as const, clause: "《金桂苑业主大会议事规则》第三十条" };
      must(
        await saveSettings({ ...chair, now }, BUDGET_SETTINGS, { ...rules, approvedBy }, {}),
        "who approves a budget",
      );
    }
    const lines = [...PLANNED, ...(isFirst ? [] : GIVEN)].map(([account, yuan]) => ({
      account,
      amountFen: yuan * 100,
    }));
    const asked = { book: "common" as const, year, lines, note: "按已签租约、上年停车收入和维保合同测算。", why: "" };
    const { budgetId } = must(
      await draftBudget(await treasurer(seeding, now), asked, `demo-budget-${year}`),
      `the budget of ${year}`,
    );
    must(await reviewBudget(await accountant(seeding, now + DAY), budgetId), "its review");
    must(await approveBudget(chair, budgetId, null), "its approval");
    must(await publishBudget(await accountant(seeding, now + 3 * DAY), budgetId), "publishing it");
  });

export const budgets = ({ months, today }: Calendar): Happening[] => {
  const januaries = months.filter((period) => period.endsWith("-01"));
  return [
    ...januaries.map((period, nth) => budgetOf(period, Number(period.slice(0, 4)), nth === 0)),
    on(addDays(today, -9), 16, async (seeding, now) => {
      const asked = {
        book: "common" as const,
        year: Number(dayOf(now).slice(0, 4)),
        account: "5001.03",
        text: "道闸控制板雷击损坏、减速带断裂两项不在计划内，均有三家报价",
      };
      const explained = await explainOverspend(await accountant(seeding, now), asked, "demo-overspend");
      // Early in a year nothing is overspent yet.
      if (!explained.ok && !["not_overspent", "unknown_budget"].includes(explained.error.reason))
        must(explained, "why more was spent");
    }),
  ];
};

// ——— Shared out ———

const SHED_FEN = 5_800_000;
/** Stays in the account for what the owners are being asked about now. */
const KEPT_FEN = 12_000_000;
const ROUND_FEN = 1_000_000;

async function plan(seeding: Seeding, now: number): Promise<void> {
  const clerk = await treasurer(seeding, now);
  if ((await readDistributions(clerk, 1)).length > 0) return;
  const meeting = await finishedMeeting(seeding, clerk);
  const { netFen, settings, fund } = the(await readAvailable(clerk), "closed month");
  const toFundFen = leastTopUp(netFen, settings, fund);
  const left = netFen - toFundFen - SHED_FEN - KEPT_FEN;
  const toOwnersFen = Math.max(0, left - (left % ROUND_FEN));
  const shed = {
    what: "南门电动自行车充电棚",
    amountFen: SHED_FEN,
    decision: `第${meeting}次会议 议题${DECIDED.shed}`,
  };
  const asked = { toFundFen, uses: [shed], toOwnersFen, ownersDecision: `第${meeting}次会议 议题${DECIDED.sharing}` };
  const { attachments, files } = await putIn(clerk, [scan("公共收益分配方案.pdf")]);
  must(await planDistribution(clerk, asked, attachments, "demo-distribution", files), "the distribution");
}

async function postBoth(seeding: Seeding, now: number): Promise<void> {
  await postWaiting(seeding, now, "common");
  await postWaiting(seeding, now, "fund");
}

/** Two of three units were paid to the account their owner gave; the others' shares wait in the books. */
async function pay(seeding: Seeding, now: number): Promise<void> {
  const clerk = await treasurer(seeding, now);
  const row = the((await readDistributions(clerk, 1))[0], "distribution");
  const shares = await readShares(clerk, row.distributionId);
  const units = shares.filter((_, nth) => nth % 3 !== 2).map(({ unitId }) => unitId);
  const { attachments, files } = await putIn(clerk, [scan("银行代发清单.pdf")]);
  const paid = await payShares(clerk, row.distributionId, units, attachments, "demo-shares-paid", files);
  if (!paid.ok && paid.error.reason !== "paid_already") must(paid, "paying the shares");
}

/** In one month, so that no closing falls between the plan and the account it is counted from. */
export const sharing = ({ today }: Calendar): Happening[] => {
  const day = (days: number, hour: number, run: Happening["run"]): Happening => on(addDays(today, days), hour, run);
  return [
    day(-28, 10, plan),
    day(-27, 10, postBoth),
    day(-24, 10, async (seeding, now) => {
      const clerk = await treasurer(seeding, now);
      const moved = await moveTopUp(clerk, { number: 1, onDay: dayOf(now) }, [], "demo-top-up");
      if (!moved.ok && moved.error.reason !== "topped_up_already") must(moved, "the top-up");
    }),
    day(-23, 10, postBoth),
    day(-18, 10, pay),
    day(-17, 10, (seeding, now) => postWaiting(seeding, now, "common")),
    day(-14, 10, async (seeding, now) => {
      const meeting = await finishedMeeting(seeding, await treasurer(seeding, now));
      await draft(seeding, now, {
        key: "shed",
        text: "电动自行车充电棚工程款，按合同付七成",
        lines: [debit("2202", 4_060_000), credit(BANK, 4_060_000)],
        from: "重庆标线工程有限公司",
        papers: [invoice("充电棚进度款发票", dayOf(now), 4_060_000)],
        decision: `第${meeting}次会议 议题${DECIDED.shed}`,
      });
    }),
    day(-13, 9, (seeding, now) => postWaiting(seeding, now, "common")),
    day(-12, 10, async (seeding, now) => {
      const shed = {
        kind: "charging" as const,
        ground: null,
        code: "充-01",
        name: "电动自行车充电棚",
        place: "南门东侧空地",
        areaDm2: null,
        titleBasis: "占用业主共有场地，业主大会决定",
        state: "usable" as const,
        remark: "二十个车位，按度收费",
        fromOn: dayOf(now),
      };
      must(await addAsset(await treasurer(seeding, now), shed, [], "demo-shed"), "the shed");
    }),
  ];
};
