/** A service contract that can be signed, for tests to spoil in one place. */
import type { Award, ContractTerms } from "../../src/tenders/contracts/rules.ts";
import { cleaningLot } from "./tender-scheme-of-test.ts";

export const PROVIDER = { name: "洁净物业服务有限公司", code: "91350200MA2YJ1XR9G" } as const;

/** 20,000 yuan a month and 5,000 for each of two cleanings: 250,000 yuan over 2027. */
export const awardOf = (change: Partial<Award> = {}): Award => ({
  lotNo: 1,
  ...PROVIDER,
  prices: { monthly: 2_000_000, deep: 500_000 },
  awardedOn: "2026-12-01",
  ...change,
});

export const termsOf = (change: Partial<ContractTerms> = {}): ContractTerms => {
  const { lotNo, title, service, scope, quality, prices } = cleaningLot();
  const award = awardOf();
  return {
    title: "2027 年度保洁服务合同",
    client: "金桂苑业主委员会",
    provider: { ...PROVIDER },
    lots: [{ lotNo, title, service, scope }],
    parts: ["cleaning"],
    subcontractable: ["cleaning"],
    buildings: [],
    lines: prices.map(({ key, label, unit, quantityHundredths }) => ({
      lotNo,
      key,
      label,
      unit,
      quantityHundredths,
      unitFen: award.prices[key]!,
    })),
    priceFen: 25_000_000,
    plan: [
      { dueOn: "2027-03-31", amountFen: 6_250_000, condition: "第一季度评价公布后" },
      { dueOn: "2027-06-30", amountFen: 6_250_000, condition: "第二季度评价公布后" },
      { dueOn: "2027-09-30", amountFen: 6_250_000, condition: "第三季度评价公布后" },
      { dueOn: "2028-01-15", amountFen: 6_250_000, condition: "年度结清" },
    ],
    quality,
    fromOn: "2027-01-01",
    toOn: "2027-12-31",
    bondFen: 1_000_000,
    noticeDays: 60,
    handover: [{ kind: "premises", what: "保洁工具间一间" }],
    deduction: { belowPoints: 90, perPointBasisPoints: 100, mostBasisPoints: 2_000 },
    ...change,
  };
};
