/** The settings of the maintenance fund: when a settlement is an alarm, when it is audited, how soon an emergency is reported. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { ClockSettings, SettlementSettings } from "./projects/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

export const FUND_SETTINGS = kit({
  prefix: "fund.",
  specs: {
    variancePercent: spec({
      shape: { kind: "whole", least: 0, most: 100 },
      value: 10,
      title: say("结算超过预算百分之几要说明", "Per cent above the estimate that asks for a reason"),
      explanation: say(
        "工程结算超过预算这么多以上，要写明原因，并在公开页上标出。",
        "A settlement more than this above the estimate says why, and the public page marks it.",
      ),
      source: say(
        "没有统一规定，这里默认百分之十；请按管理规约或议事规则设定。",
        "Not uniform; ten per cent is this product's default.",
      ),
      rule: "R11",
      needsClause: (value) => value > 10,
      whenNeeded: say("高于百分之十", "more than ten"),
    }),
    auditYuan: spec({
      shape: { kind: "whole", least: 0, most: 100_000_000 },
      value: 30_000,
      title: say("结算超过多少元要先审计", "Settlement above which an audit comes first, in yuan"),
      explanation: say(
        "超过这个金额的结算，登记了审价或审计结论才能列支。",
        "Above it nothing is paid before the review of prices or the audit is recorded.",
      ),
      source: say(
        "没有统一规定，各地三万元至十万元不等，这里默认三万元。",
        "Not uniform; places ask from thirty to a hundred thousand. Thirty thousand is this product's default.",
      ),
      rule: "R11",
      needsClause: (value) => value > 30_000,
      whenNeeded: say("高于三万元", "more than thirty thousand"),
    }),
    reportDays: spec({
      shape: { kind: "whole", least: 1, most: 90 },
      value: 15,
      title: say("应急使用后几天内向业主报告", "Days to report an emergency to the owners"),
      explanation: say(
        "从两方都确认的那天起算，过期会在公开页上显示。",
        "From the day both have confirmed; overdue shows on the public page.",
      ),
      source: say(
        "《民法典》第二百八十一条第二款允许紧急使用；报告期限各地不同，这里默认十五天。",
        "Civil Code art. 281(2) allows the use; the time differs by place, fifteen days is this product's default.",
      ),
      rule: "F10",
      needsClause: (value) => value > 15,
      whenNeeded: say("多于十五天", "more than fifteen"),
    }),
    filingDays: spec({
      shape: { kind: "whole", least: 1, most: 90 },
      value: 10,
      title: say("业委会同意列支后几天内报主管部门备案", "Days to file an approval with the authority"),
      explanation: say(
        "自管后，业委会审核同意列支要报主管部门备案；过期会在公开页上显示。",
        "Once the assembly holds the fund, the committee's approval is filed; overdue shows on the public page.",
      ),
      source: say(
        "《住宅专项维修资金管理办法》第二十三条要求备案，没有写明天数，这里默认十天。",
        "Measures art. 23 asks for it and names no time; ten days is this product's default.",
      ),
      rule: "F2",
      needsClause: (value) => value > 10,
      whenNeeded: say("多于十天", "more than ten"),
    }),
    transferDays: spec({
      shape: { kind: "whole", least: 1, most: 180 },
      value: 30,
      title: say("主管部门收到通知后几天内划转", "Days the authority has to hand the fund over"),
      explanation: say(
        "业主大会决定自管并通知主管部门后起算；过期会在公开页上显示。",
        "From the notice of the assembly's decision; overdue shows on the public page.",
      ),
      source: say("《住宅专项维修资金管理办法》第十五条：三十日。", "Measures art. 15: thirty days."),
      rule: "F4",
      needsClause: (value) => value > 30,
      whenNeeded: say("多于三十天", "more than thirty"),
    }),
    yearDays: spec({
      shape: { kind: "whole", least: 1, most: 365 },
      value: 90,
      title: say("年度结束后几天内公布维修资金账目", "Days after its end in which a year is published"),
      explanation: say(
        "与银行核对一致、结账以后公布；过期会在公开页上显示。",
        "Published once the bank agrees and the months are closed; overdue shows on the public page.",
      ),
      source: say(
        "《住宅专项维修资金管理办法》第三十条：每年至少公布一次，没有写明哪一天，这里默认九十天。",
        "Measures art. 30: at least once a year, on no named day; ninety days is this product's default.",
      ),
      rule: "F9",
      needsClause: (value) => value > 90,
      whenNeeded: say("多于九十天", "more than ninety"),
    }),
  },
});

export const settlementFrom = (values: {
  readonly variancePercent: { readonly value: number };
  readonly auditYuan: { readonly value: number };
}): SettlementSettings => ({
  variancePercent: values.variancePercent.value,
  auditAboveFen: values.auditYuan.value * 100,
});

export const clockSettings = (values: {
  readonly reportDays: { readonly value: number };
  readonly filingDays: { readonly value: number };
}): ClockSettings => ({ reportDays: values.reportDays.value, filingDays: values.filingDays.value });
