/** What is wrong with a scheme, in words: where, why, and on what article. Words only. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { SERVICE_WORDS } from "../words.ts";
import type { SchemeFault, SchemeWarning } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const TB = (article: string): string => `《招标投标法》第${article}条`;
export const TBR = (article: string): string => `《招标投标法实施条例》第${article}条`;
const CC941 = "《民法典》第九百四十一条";
const SEC9 = "《保安服务管理条例》第九条";
const SEC14 = "《保安服务管理条例》第十四条";
const SH53 = "《上海市住宅物业管理规定》第五十三条";

/** Which part of the scheme a fault is mended in: the path below the tender's address at the desk. */
export type Part = "/general" | "/criteria" | "/posts" | `/lots/${number}`;

export interface Said {
  readonly words: Bilingual;
  readonly part: Part;
  readonly article?: string;
}

const FIELD_NAMES: Readonly<Record<string, Bilingual>> = {
  title: say("名称", "the title"),
  reasons: say("为什么这样选", "the reasons"),
  scope: say("服务范围", "the scope"),
  quality: say("质量标准", "the measures of quality"),
  parts: say("包含哪些服务", "what it is made of"),
  from: say("开始日期", "the first day"),
  provider: say("服务单位", "the provider"),
  until: say("到期日", "the last day"),
};

/** `lots.2.scope` is the scope of lot 2; `kept.1.until` the end of the first contract that runs. */
function placeOf(where: string): { readonly part: Part; readonly of: Bilingual; readonly field: Bilingual } {
  const steps = where.split(".");
  const name = steps.at(-1)!;
  const field = FIELD_NAMES[name] ?? say(name, name);
  const no = Number(steps[1]);
  if (steps[0] === "lots") return { part: `/lots/${no}`, of: say(`标段${no}的`, `Lot ${no}: `), field };
  if (steps[0] === "kept") return { part: "/posts", of: say(`第${no}份现有合同的`, `Running contract ${no}: `), field };
  if (steps[0] === "criteria") return { part: "/criteria", of: say("评分项的", "A criterion: "), field };
  return { part: "/general", of: say("", ""), field };
}

const lotPart = (lotNo: number): Part => `/lots/${lotNo}`;

export function sayFault(fault: SchemeFault): Said {
  switch (fault.reason) {
    case "empty": {
      const { part, of, field } = placeOf(fault.where);
      return { part, words: say(`${of.zh}“${field.zh}”没有填`, `${of.en}${field.en} is empty`) };
    }
    case "not_a_day": {
      const { part, of, field } = placeOf(fault.where);
      return { part, words: say(`${of.zh}“${field.zh}”不是日期`, `${of.en}${field.en} is no day`) };
    }
    case "lots_missing":
      return { part: "/general", words: say("分项外包至少要有一个标段", "Item by item takes one lot at least") };
    case "lot_twice":
      return { part: lotPart(fault.lotNo), words: say(`标段${fault.lotNo}有两个`, `Lot ${fault.lotNo} stands twice`) };
    case "key_twice":
      return {
        part: fault.where.startsWith("lots") ? placeOf(`${fault.where}.prices`).part : "/criteria",
        words: say(`“${fault.key}”出现了两次`, `“${fault.key}” stands twice`),
      };
    case "whole_is_one_lot":
      return {
        part: "/general",
        words: say("整体外包只能有一个“整体物业服务”标段", "For the whole there is one lot, and no other"),
      };
    case "whole_among_items":
      return {
        part: lotPart(fault.lotNo),
        words: say(
          `标段${fault.lotNo}是整体服务，只能用于整体外包`,
          `Lot ${fault.lotNo} is the whole, which is a mode of its own`,
        ),
      };
    case "all_subcontracted":
      return {
        part: lotPart(fault.lotNo),
        article: CC941,
        words: say(
          `标段${fault.lotNo}的全部内容都允许转委托：不得全部转委托，也不得拆开后全部转委托`,
          `All of lot ${fault.lotNo} may be passed on: neither the whole nor all of it in pieces may be`,
        ),
      };
    case "subcontract_outside":
      return {
        part: lotPart(fault.lotNo),
        words: say(
          `标段${fault.lotNo}允许转委托的“${SERVICE_WORDS[fault.service].zh}”不在它包含的服务里`,
          `Lot ${fault.lotNo} lets “${SERVICE_WORDS[fault.service].en}” be passed on, which is not part of it`,
        ),
      };
    case "security_licence_missing":
      return {
        part: lotPart(fault.lotNo),
        article: SEC9,
        words: say(
          `标段${fault.lotNo}有安保，投标人要有《保安服务许可证》`,
          `Lot ${fault.lotNo} has guards: bidders need the licence for guard services`,
        ),
      };
    case "own_guards_unfiled":
      return {
        part: "/posts",
        article: SEC14,
        words: say(
          "自己招用保安员的，要有法人资格，并在30日内向公安机关备案：请填备案文号",
          "Who hires guards needs legal personality and files with the police within 30 days: name the filing",
        ),
      };
    case "professional_missing":
      return {
        part: "/posts",
        article: SH53,
        words: say(
          `${SERVICE_WORDS[fault.service].zh}必须交给专业单位：设一个标段，或者写明现有的合同`,
          `${SERVICE_WORDS[fault.service].en} needs a professional unit: a lot, or a contract that runs`,
        ),
      };
    case "posts_missing":
      return { part: "/posts", words: say("自主管理要列出岗位", "Self-management lists its posts") };
    case "prices_missing":
      return {
        part: lotPart(fault.lotNo),
        words: say(`标段${fault.lotNo}没有报价项`, `Lot ${fault.lotNo} asks for no price`),
      };
    case "weights":
      return {
        part: "/criteria",
        article: TB("四十"),
        words: say(`评分项的分值合计是${fault.sum}，应当是100`, `The weights sum to ${fault.sum}; they are to be 100`),
      };
    case "price_line_unknown":
      return {
        part: "/criteria",
        words: say(
          `价格分“${fault.criterion}”要的报价项不是每个标段都有`,
          `Not every lot has the price that “${fault.criterion}” looks at`,
        ),
      };
    case "formula_missing":
      return { part: "/criteria", words: say("价格分要写明计算公式", "A price is scored by a formula") };
    case "formula_not_wanted":
      return { part: "/criteria", words: say("只有价格分用公式", "Only a price has a formula") };
    case "panel_size":
      return {
        part: "/general",
        article: TB("三十七"),
        words: say(
          `评审组${fault.size}人：要${fault.least}人以上的单数`,
          `A panel of ${fault.size}: ${fault.least} or more, an odd number`,
        ),
      };
    case "panel_experts":
      return {
        part: "/general",
        article: TB("三十七"),
        words: say(
          `专家${fault.experts}人：至少${fault.least}人（三分之二）`,
          `${fault.experts} experts: ${fault.least} at least (two thirds)`,
        ),
      };
    case "ties_end_with_draw":
      return { part: "/general", words: say("同分的处理最后一步要是抽签", "What decides ties ends with a draw") };
    case "invited_few":
      return {
        part: "/general",
        article: TB("十七"),
        words: say(
          `邀请了${fault.invited}家，至少${fault.least}家`,
          `${fault.invited} are invited; ${fault.least} at least`,
        ),
      };
    case "bond_too_high":
      return {
        part: lotPart(fault.lotNo),
        article: TBR("二十六"),
        words: say(
          `标段${fault.lotNo}的投标保证金最多${formatYuan(fault.mostFen)}元（估算价的2%）`,
          `The bond of lot ${fault.lotNo} is ${formatYuan(fault.mostFen)} yuan at most (2 % of the estimate)`,
        ),
      };
  }
}

/** What is allowed and said all the same: the compulsory procedure's times guide a voluntary one. */
export function sayWarning(warning: SchemeWarning): { readonly words: Bilingual; readonly article: string } {
  switch (warning.reason) {
    case "bid_days_short":
      return {
        article: TB("二十四"),
        words: say(`投标时间${warning.days}天，少于通常的20天`, `${warning.days} days to bid; twenty are usual`),
      };
    case "questions_late":
      return {
        article: TBR("二十二"),
        words: say(
          `提问截止到投标截止只有${Math.max(0, warning.daysBefore)}天，通常不少于10天`,
          `Questions end ${Math.max(0, warning.daysBefore)} days before the closing; ten are usual`,
        ),
      };
    case "candidate_days_short":
      return {
        article: TBR("五十四"),
        words: say(
          `中标候选人公示${warning.days}天，少于通常的3天`,
          `Candidates published ${warning.days} days; three are usual`,
        ),
      };
  }
}
