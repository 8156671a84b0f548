/** Two tenders of 金桂苑: cleaning and greening, awarded in the spring and watched since; guards, for whom three companies have handed in bids that nobody can read yet. */
import { addDays, addMonths, isWorkingDay } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { readTender } from "../../tenders/scheme/actions.ts";
import type { Criterion, Lot, Scheme } from "../../tenders/scheme/rules.ts";
import { usualLot } from "../../tenders/scheme/template.ts";
import type * as seal from "../../tenders/sealing/browser/seal.js";
import { at, DEMO_SLUG, dayAt, noteOf, type Seeding, type Step, sceneAt, the } from "../seeding.ts";
import { bidFor, type DemoBid, decided, keyed, leaveSchemes, noticed } from "./bidding.ts";
import { asked, awarded, type ChoiceDays, chosen, opened, panelled, pooled, scored } from "./choosing.ts";
import { contracted, watched } from "./serving.ts";

const CRITERIA: readonly Criterion[] = [
  {
    key: "price",
    title: "报价",
    kind: "price",
    weight: 40,
    guide: "最低有效报价得满分",
    priceKey: null,
    formula: { kind: "lowest" },
  },
  {
    key: "plan",
    title: "服务方案",
    kind: "judged",
    weight: 40,
    guide: "人员、频次、应急",
    priceKey: null,
    formula: null,
  },
  {
    key: "record",
    title: "业绩",
    kind: "fact",
    weight: 20,
    guide: "近三年同类小区，凭合同",
    priceKey: null,
    formula: null,
  },
];

const scheme = (title: string, reasons: string, lots: readonly Lot[]): Scheme => ({
  title,
  mode: "items",
  reasons,
  procedure: "open",
  invited: [],
  lots: [...lots],
  criteria: [...CRITERIA],
  panel: { size: 5, experts: 4 },
  ties: ["lower_price", "draw"],
  candidatesMost: 3,
  questionDays: 7,
  bidDays: 20,
  candidateDays: 3,
  posts: [],
  kept: [],
  ownGuardsFiling: "",
  has: [],
});

// ——— Cleaning and greening ———

/** Between the steps lies more than a long holiday, as with elections. */
const DAYS = { drafted: -206, noticed: -205, bids: -195, closed: -182, scored: -180 } as const;
const CHOICE: ChoiceDays = { noticeOn: -164, opensOn: -147, closesOn: -140 };
const FINAL_ON = -118;
const SIGNED_ON = -117;
const BEGINS_ON = -108;
const MONTHS = 24;

const lotOf = (seeding: Seeding, service: "cleaning" | "greening", lotNo: number, change: Partial<Lot>): Lot => {
  const from = dayAt(seeding, BEGINS_ON);
  const lot = usualLot(service, lotNo, from);
  return {
    ...lot,
    from,
    months: MONTHS,
    prices: lot.prices.map((line) => ({ ...line, quantityHundredths: MONTHS * 100 })),
    ...change,
  };
};
const cleaning = (seeding: Seeding): Lot =>
  lotOf(seeding, "cleaning", 1, {
    scope: "1至3栋公共部位、道路、垃圾收集点，每日。",
    estimateFen: 36_000_000,
    bondFen: 720_000,
  });
const greening = (seeding: Seeding): Lot =>
  lotOf(seeding, "greening", 2, { scope: "全小区绿地8600平方米。", estimateFen: 16_800_000, bondFen: 336_000 });

const CLEANING_AND_GREENING: readonly DemoBid[] = [
  { company: 0, lotNo: 1, prices: { monthly: 1_380_000 } },
  { company: 1, lotNo: 1, prices: { monthly: 1_465_000 } },
  { company: 2, lotNo: 1, prices: { monthly: 1_420_000 } },
  { company: 0, lotNo: 2, prices: { monthly: 690_000 } },
  { company: 1, lotNo: 2, prices: { monthly: 628_000 } },
  { company: 2, lotNo: 2, prices: { monthly: 655_000 } },
];

/** What a step of keys notes: the tender, and the three keys as their holders keep them in their drawers. */
interface Keyed {
  readonly tenderId: string;
  readonly keys: readonly seal.Jwk[];
}
const keyedOf = (seeding: Seeding, key: string): Keyed => JSON.parse(noteOf(seeding, key)) as Keyed;

/** 10:00 of a day on which the hall is open. */
function closing(seeding: Seeding, day: number): number {
  let on = day;
  while (!isWorkingDay(dayAt(seeding, on))) on += 1;
  return at(seeding, on, 10);
}

export const AWARDED_STEPS: readonly Step[] = [
  {
    key: "tender-keys",
    name: "选聘保洁、绿化：方案、开标钥匙 / a tender: its scheme and keys",
    run: async (seeding) => {
      await leaveSchemes(seeding, DAYS.drafted);
      const title = "保洁、绿化服务选聘";
      const reasons = "业主对原来整体外包的保洁、绿化不满意，改为分项外包，由业主分别签合同。";
      const own = scheme(title, reasons, [cleaning(seeding), greening(seeding)]);
      const tenderId = await decided(seeding, DAYS.drafted, "first", own, "业委会关于保洁、绿化选聘方案的决议");
      return JSON.stringify({ tenderId, keys: await keyed(seeding, DAYS.noticed, tenderId) } satisfies Keyed);
    },
  },
  {
    key: "tender-bids",
    name: "公告，三家密封投标 / three companies seal their bids",
    run: async (seeding) => {
      const { tenderId } = keyedOf(seeding, "tender-keys");
      const { row } = the(await readTender(await sceneAt(seeding, DEMO_SLUG, 0), tenderId), "tender");
      if (row.noticedAt === null) await noticed(seeding, DAYS.noticed, tenderId, closing(seeding, DAYS.closed));
      await bidFor(seeding, DAYS.bids, tenderId, CLEANING_AND_GREENING);
      return "";
    },
  },
  {
    key: "tender-opened",
    name: "公开开标，评审，公示 / opened, scored, candidates published",
    run: async (seeding) => {
      const { tenderId, keys } = keyedOf(seeding, "tender-keys");
      await opened(seeding, tenderId, keys);
      await pooled(seeding, DAYS.drafted);
      await panelled(seeding, DAYS.scored + 3, tenderId);
      await scored(seeding, DAYS.scored + 4, tenderId);
      return "";
    },
  },
  {
    key: "tender-choice",
    name: "提交业主表决 / the owners are asked",
    run: (seeding) =>
      asked(seeding, keyedOf(seeding, "tender-keys").tenderId, "业主大会会议：选聘保洁、绿化服务单位", CHOICE),
  },
  {
    key: "tender-votes",
    name: "业主投票选定单位 / they choose",
    run: (seeding) => chosen(seeding, noteOf(seeding, "tender-choice") as MeetingId, CHOICE, 78),
  },
  {
    key: "tender-contracts",
    name: "定标，签合同，备案 / awarded, contracted, filed",
    run: async (seeding) => {
      await awarded(seeding, noteOf(seeding, "tender-choice") as MeetingId, CHOICE, FINAL_ON);
      const ids = await contracted(seeding, SIGNED_ON, keyedOf(seeding, "tender-keys").tenderId);
      return JSON.stringify(ids);
    },
  },
];

export const RATED_STEP: Step = {
  key: "tender-rated",
  name: "检查、评分、季度评价 / inspected, rated, reported",
  run: async (seeding) => {
    const ids = JSON.parse(noteOf(seeding, "tender-contracts")) as string[];
    const lots = [cleaning(seeding), greening(seeding)];
    for (const [nth, contractId] of ids.entries()) await watched(seeding, contractId, lots[nth]!);
    return "";
  },
};

// ——— Guards ———

const guards = (seeding: Seeding): Lot => {
  const from = addMonths(addDays(seeding.today, 60), 1);
  return {
    ...usualLot("security", 1, from),
    from,
    scope: "南门、北门门岗24小时，地面和地下车库巡逻。",
    estimateFen: 42_000_000,
    bondFen: 840_000,
  };
};
const GUARDS: readonly DemoBid[] = [
  { company: 3, lotNo: 1, prices: { monthly: 3_320_000 } },
  { company: 4, lotNo: 1, prices: { monthly: 3_180_000 } },
  { company: 5, lotNo: 1, prices: { monthly: 3_405_000 } },
];

export const BIDDING_STEPS: readonly Step[] = [
  {
    key: "guards-keys",
    name: "选聘安保：方案、开标钥匙 / guards: scheme and keys",
    run: async (seeding) => {
      const reasons = "业主大会选定分项外包；安保单独选聘，要有保安服务许可证。";
      const own = scheme("2027年度安保服务选聘", reasons, [guards(seeding)]);
      const tenderId = await decided(seeding, -14, "guards", own, "业委会关于安保选聘方案的决议");
      return JSON.stringify({ tenderId, keys: await keyed(seeding, -13, tenderId) } satisfies Keyed);
    },
  },
  {
    key: "guards-bids",
    name: "公告，三份投标已密封 / three sealed bids wait",
    run: async (seeding) => {
      const { tenderId } = keyedOf(seeding, "guards-keys");
      const { row } = the(await readTender(await sceneAt(seeding, DEMO_SLUG, 0), tenderId), "tender");
      if (row.noticedAt === null) await noticed(seeding, -13, tenderId, closing(seeding, 10));
      await bidFor(seeding, -4, tenderId, GUARDS);
      return "";
    },
  },
];
