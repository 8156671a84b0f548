/** The accounts a book begins with: a starting point as data, added to and never renamed. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { AccountKind, Book } from "./rules.ts";

interface Row {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: AccountKind;
  readonly postable: boolean;
}
const row = (code: string, kind: AccountKind, zh: string, en: string, postable = true): Row => ({
  code,
  name: { zh, en },
  kind,
  postable,
});
const heading = (code: string, kind: AccountKind, zh: string, en: string): Row => row(code, kind, zh, en, false);

/**
 * Common revenue (公共收益). Income by the categories of R1 (WF 58, 南川〔2025〕64号): roads and places for parking, advertising, rooms and
 * places let, other. Deposits are owed back and are no income (2241.01).
 */
const COMMON: readonly Row[] = [
  row("1001", "asset", "库存现金", "Cash"),
  heading("1002", "asset", "银行存款", "Bank"),
  row("1002.01", "asset", "业主共有资金专户", "Owners' common account"),
  heading("1122", "asset", "应收账款", "Receivables"),
  row("1122.01", "asset", "应收租金", "Rent receivable"),
  row("1122.02", "asset", "应收停车费", "Parking receivable"),
  row("1221", "asset", "其他应收款", "Other receivables"),
  row("2202", "liability", "应付账款", "Payables"),
  row("2203", "liability", "预收款", "Received in advance"),
  row("2221", "liability", "应交税费", "Taxes payable"),
  heading("2241", "liability", "其他应付款", "Other payables"),
  row("2241.01", "liability", "押金", "Deposits"),
  row("2241.02", "liability", "未领取的业主分配", "Unclaimed owners' shares"),
  row("2241.09", "liability", "其他", "Other"),
  row("3101", "net", "公共收益期初结余", "Common revenue brought in"),
  heading("4001", "income", "公共收益收入", "Common revenue"),
  row("4001.01", "income", "共有道路、场地停车费", "Parking on common roads and places"),
  row("4001.02", "income", "电梯、外墙、场地广告", "Advertising in lifts, on walls and places"),
  row("4001.03", "income", "公有用房出租", "Letting of common rooms"),
  row("4001.04", "income", "公共场地、摊位出租", "Letting of places and stalls"),
  row("4001.05", "income", "快递柜、基站、充电等", "Lockers, base stations, charging"),
  row("4001.06", "income", "利息", "Interest"),
  row("4001.07", "income", "赔偿、残值", "Compensation, scrap"),
  row("4001.09", "income", "其他收入", "Other income"),
  heading("5001", "cost", "合理成本", "Reasonable cost"),
  row("5001.01", "cost", "管理服务费", "Management fee"),
  row("5001.02", "cost", "税费", "Taxes"),
  row("5001.03", "cost", "设施维修维护", "Repair and upkeep"),
  row("5001.04", "cost", "水电费", "Water and power"),
  row("5001.05", "cost", "保洁绿化", "Cleaning and greening"),
  row("5001.06", "cost", "银行手续费", "Bank charges"),
  row("5001.09", "cost", "其他成本", "Other cost"),
  heading("6001", "use", "净收益的使用", "Use of the net revenue"),
  row("6001.01", "use", "补充专项维修资金", "To the maintenance fund"),
  row("6001.02", "use", "业主大会决定的支出", "By owners' decision"),
  row("6001.03", "use", "向业主分配", "To the owners"),
];

/** The maintenance fund (专项维修资金) where the assembly keeps it itself: what is owed to each unit is one liability, kept unit by unit beside. */
const FUND: readonly Row[] = [
  heading("1002", "asset", "银行存款", "Bank"),
  row("1002.01", "asset", "专项维修资金专户", "Maintenance fund account"),
  row("1101", "asset", "定期存款、国债", "Time deposits, bonds"),
  row("1131", "asset", "应收公共收益补充", "Owed by the common revenue"),
  row("1221", "asset", "预付工程款", "Advances for works"),
  row("2202", "liability", "应付工程款", "Payable for works"),
  row("3101", "net", "业主分户资金", "Units' shares"),
  row("4001", "income", "业主交存", "Paid in by owners"),
  row("4002", "income", "公共收益补充", "From the common revenue"),
  row("4003", "income", "存储利息", "Interest"),
  row("4009", "income", "其他转入", "Other"),
  row("5001", "cost", "维修更新工程", "Repair and renewal works"),
  row("5002", "cost", "应急维修", "Emergency repair"),
  row("5009", "cost", "退还、其他", "Refunds and other"),
];

/** The committee's own working money (工作经费). */
const WORKING: readonly Row[] = [
  row("1001", "asset", "库存现金", "Cash"),
  heading("1002", "asset", "银行存款", "Bank"),
  row("1002.01", "asset", "业委会账户", "Committee's account"),
  row("2241", "liability", "其他应付款", "Other payables"),
  row("3101", "net", "期初结余", "Brought in"),
  row("4001", "income", "公共收益拨入", "From the common revenue"),
  row("4009", "income", "其他收入", "Other income"),
  row("5001", "cost", "办公费", "Office"),
  row("5002", "cost", "会议和公告", "Meetings and notices"),
  row("5003", "cost", "委员补贴", "Members' allowances"),
  row("5004", "cost", "审计、法律服务", "Audit and legal advice"),
  row("5009", "cost", "其他", "Other"),
];

/** The chart a book begins with. */
export const CHARTS: Readonly<Record<Book, readonly Row[]>> = { common: COMMON, fund: FUND, working: WORKING };

export const BOOK_WORDS: Readonly<Record<Book, Bilingual>> = {
  common: { zh: "公共收益", en: "Common revenue" },
  fund: { zh: "专项维修资金", en: "Maintenance fund" },
  working: { zh: "业委会工作经费", en: "Committee's working funds" },
};
export const KIND_WORDS: Readonly<Record<AccountKind, Bilingual>> = {
  asset: { zh: "资产", en: "Asset" },
  liability: { zh: "负债", en: "Liability" },
  net: { zh: "净资产", en: "Net assets" },
  income: { zh: "收入", en: "Income" },
  cost: { zh: "成本费用", en: "Cost" },
  use: { zh: "结余使用", en: "Use of the net" },
};
