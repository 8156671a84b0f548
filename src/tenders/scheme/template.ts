/** What a new scheme begins with: a lot for each service asked for, with the measures and prices such a lot usually has. A start to be changed, never a rule. Pure. */
import { addDays, type Day } from "../../kernel/day.ts";
import type { Criterion, Lot, Mode, PriceLine, Qualification, Scheme, Service } from "./rules.ts";

interface Usual {
  readonly title: string;
  readonly quality: Lot["quality"];
  readonly qualifications: readonly Qualification[];
}

const LICENCE: readonly Qualification[] = ["business_licence", "credit_clean"];
const measures = (...all: readonly (readonly [string, string])[]): Lot["quality"] =>
  all.map(([clause, measure]) => ({ clause, measure }));

const USUAL: Readonly<Record<Service, Usual>> = {
  whole: {
    title: "物业服务（整体）",
    quality: measures(
      ["客户服务", "业主来电来访24小时内答复"],
      ["保洁", "楼道每日清扫，垃圾日产日清"],
      ["绿化", "每月修剪一次，无枯死、无大面积裸露"],
      ["维修", "急修30分钟内到场，小修当日完成"],
      ["秩序", "门岗24小时值守，每2小时巡逻一次"],
    ),
    qualifications: [...LICENCE, "security_licence"],
  },
  cleaning: {
    title: "保洁服务",
    quality: measures(
      ["楼道", "每日清扫一次，每周拖洗一次"],
      ["道路", "每日清扫两次"],
      ["垃圾", "日产日清，每月清洗容器"],
    ),
    qualifications: LICENCE,
  },
  greening: {
    title: "绿化养护",
    quality: measures(["修剪", "每月一次"], ["补植", "枯死15日内补植"], ["病虫害", "发现后3日内处置"]),
    qualifications: LICENCE,
  },
  repair: {
    title: "共用部位维修",
    quality: measures(["急修", "30分钟内到场"], ["小修", "当日完成"], ["回访", "每件回访，满意率不低于90%"]),
    qualifications: LICENCE,
  },
  security: {
    title: "秩序维护（安保）",
    quality: measures(["门岗", "24小时值守"], ["巡逻", "每2小时一次，有记录"], ["人员", "保安员持证上岗"]),
    qualifications: [...LICENCE, "security_licence"],
  },
  lifts: {
    title: "电梯维护保养",
    quality: measures(["保养", "每15日一次"], ["困人", "30分钟内到场"]),
    qualifications: [...LICENCE, "lift_maintenance"],
  },
  fire: {
    title: "消防设施维护保养",
    quality: measures(["巡检", "每月一次"], ["联动测试", "每季度一次"]),
    qualifications: [...LICENCE, "fire_maintenance"],
  },
  technical: {
    title: "技防设施维护保养",
    quality: measures(["监控", "完好率不低于98%，录像保存30日"]),
    qualifications: [...LICENCE, "technical_protection"],
  },
  other: { title: "其他服务", quality: measures(["服务", "写明标准"]), qualifications: LICENCE },
};

/** One price a month for the months of the term. */
const monthly = (months: number): PriceLine => ({
  key: "monthly",
  label: "每月服务费",
  unit: "元/月",
  quantityHundredths: months * 100,
  ceilingFen: null,
});

const TERM_MONTHS = 12;
/** Enough for a notice, the owners' vote and the contract before the service starts. */
const START_AFTER_DAYS = 90;

/** The lot a service usually becomes. */
export function usualLot(service: Service, lotNo: number, today: Day): Lot {
  const { title, quality, qualifications } = USUAL[service];
  return {
    lotNo,
    service,
    title,
    scope: "",
    quality: [...quality],
    priceModel: "lump_sum",
    prices: [monthly(TERM_MONTHS)],
    estimateFen: 0,
    bondFen: 0,
    from: addDays(today, START_AFTER_DAYS),
    months: TERM_MONTHS,
    qualifications: [...qualifications],
    parts: service === "whole" ? ["cleaning", "greening", "repair", "security"] : [],
    subcontracted: [],
  };
}

const USUAL_CRITERIA: readonly Criterion[] = [
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
    guide: "针对本小区、可操作：优32至40分，良24至32分，一般24分以下",
    priceKey: null,
    formula: null,
  },
  {
    key: "record",
    title: "业绩和服务评价",
    kind: "fact",
    weight: 20,
    guide: "近三年每个同类小区5分，最多20分，凭合同",
    priceKey: null,
    formula: null,
  },
];

export interface Begun {
  readonly title: string;
  readonly mode: Mode;
  readonly reasons: string;
  readonly services: readonly Service[];
}

/** The first edition of a scheme. */
export const schemeFrom = (
  { title, mode, reasons, services }: Begun,
  usual: Pick<Scheme, "bidDays" | "questionDays" | "candidateDays" | "panel">,
  today: Day,
): Scheme => ({
  title,
  mode,
  reasons,
  procedure: "open",
  invited: [],
  lots: (mode === "whole" ? (["whole"] as const) : services.filter((one) => one !== "whole")).map((service, at) =>
    usualLot(service, at + 1, today),
  ),
  criteria: USUAL_CRITERIA.map((one) => ({ ...one })),
  ties: ["lower_price", "draw"],
  candidatesMost: 3,
  posts: [],
  kept: [],
  ownGuardsFiling: "",
  has: [],
  ...usual,
});
