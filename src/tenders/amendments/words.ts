/** What a field of a scheme is called where two editions are compared. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scheme } from "../scheme/rules.ts";
import { PRICE_MODEL_WORDS, QUALIFICATION_WORDS, SERVICE_WORDS } from "../words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const FIELDS: Readonly<Record<string, Bilingual>> = {
  title: say("名称", "Title"),
  reasons: say("理由", "Reasons"),
  mode: say("服务模式", "Mode"),
  procedure: say("选聘方式", "Procedure"),
  invited: say("邀请名单", "Invited"),
  criteria: say("评分标准", "Criteria"),
  panel: say("评审组", "Panel"),
  ties: say("同分规则", "Ties"),
  candidatesMost: say("候选人名额", "Candidates"),
  bidDays: say("投标天数", "Days to bid"),
  questionDays: say("提问天数", "Days to ask"),
  candidateDays: say("公示天数", "Days of publication"),
  posts: say("岗位", "Posts"),
  kept: say("继续履行的合同", "Contracts that run on"),
  ownGuardsFiling: say("自有保安备案", "Filing of own guards"),
  has: say("专业设施", "Equipment"),
  scope: say("服务范围", "Scope"),
  quality: say("质量标准", "Quality"),
  clause: say("内容", "What"),
  measure: say("标准", "Measure"),
  priceModel: say("计价方式", "Price model"),
  prices: say("报价项", "Price"),
  label: say("名称", "Label"),
  unit: say("单位", "Unit"),
  quantityHundredths: say("数量", "Quantity"),
  ceilingFen: say("最高限价", "Ceiling"),
  estimateFen: say("预计总价", "Estimate"),
  bondFen: say("投标保证金", "Bond"),
  from: say("合同开始", "Contract begins"),
  months: say("期限（月）", "Months"),
  qualifications: say("要求的证照", "Papers asked for"),
  parts: say("包含的服务", "Made of"),
  subcontracted: say("可以委托的服务", "May be passed on"),
  service: say("服务种类", "Service"),
  count: say("人数", "People"),
  duties: say("职责", "Duties"),
  contract: say("用工形式", "Contract"),
  provider: say("单位", "Provider"),
  until: say("到期", "Until"),
};

/** "第1标段 · 报价项 monthly · 最高限价" of `lots.1.prices.monthly.ceilingFen`. */
export function fieldWords(path: string, scheme: Pick<Scheme, "lots">): Bilingual {
  const words: Bilingual[] = [];
  const parts = path.split(".");
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]!;
    if (part === "lots") {
      const lot = scheme.lots.find(({ lotNo }) => String(lotNo) === parts[at + 1]);
      words.push(
        say(
          `第${parts[at + 1]}标段${lot ? `（${lot.title}）` : ""}`,
          `Lot ${parts[at + 1]}${lot ? ` (${lot.title})` : ""}`,
        ),
      );
      at += 1;
    } else if (Object.hasOwn(FIELDS, part)) words.push(FIELDS[part]!);
    else words.push(say(priceLabel(part, scheme) ?? part, priceLabel(part, scheme) ?? part));
  }
  return say(words.map(({ zh }) => zh).join(" · "), words.map(({ en }) => en).join(" · "));
}
const priceLabel = (key: string, { lots }: Pick<Scheme, "lots">): string | undefined =>
  lots.flatMap(({ prices }) => prices).find((line) => line.key === key)?.label;

const known = (value: string): Bilingual | undefined =>
  ({ ...SERVICE_WORDS, ...QUALIFICATION_WORDS })[value as keyof typeof SERVICE_WORDS] ??
  PRICE_MODEL_WORDS[value as keyof typeof PRICE_MODEL_WORDS]?.name;

/** A value as it is read: money in yuan, quantities with their decimals, keys as words. */
export function valueWords(path: string, value: string): Bilingual {
  if (value === "") return say("（没有）", "(none)");
  if (/Fen$/.test(path)) return say(`${formatYuan(Number(value))} 元`, `${formatYuan(Number(value))} yuan`);
  if (/quantityHundredths$/.test(path)) {
    const quantity = formatYuan(Number(value)).replace(/\.00$/, "");
    return say(quantity, quantity);
  }
  if (!/\.(qualifications|parts|subcontracted|service|priceModel)$|^has$/.test(path)) return say(value, value);
  const all = value.split("、").map((one) => known(one) ?? say(one, one));
  return say(all.map(({ zh }) => zh).join("、"), all.map(({ en }) => en).join(", "));
}
