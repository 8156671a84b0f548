/** What modes, services, states and papers of a tender are called, in both languages. Words only. */
import type { Bilingual } from "../platform/i18n.ts";
import type { StatusTone } from "../platform/ui/status.tsx";
import type { Phase } from "./rules.ts";
import type { Criterion, Mode, PriceModel, Qualification, Scheme, Service } from "./scheme/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const MODE_WORDS: Record<Mode, { readonly name: Bilingual; readonly hint: Bilingual }> = {
  self: {
    name: say("自主管理", "Self-management"),
    hint: say(
      "业主自己组织服务，按岗位用工；电梯、消防、技防仍要交给专业单位（《民法典》第二百八十四条）。",
      "The owners run the services themselves, post by post; lifts, fire and technical protection still go to professional units (CC 284).",
    ),
  },
  whole: {
    name: say("整体外包", "One company for the whole"),
    hint: say(
      "全部物业服务交给一家企业，一个标段；企业不得全部转委托，也不得拆开后全部转委托（《民法典》第九百四十一条）。",
      "One company serves the whole as one lot; it may not pass all of it on, nor all of it in pieces (CC 941).",
    ),
  },
  items: {
    name: say("分项外包", "Item by item"),
    hint: say(
      "保洁、绿化、维修、安保等分别选聘，由业主与每一家分别签合同。",
      "Cleaning, greening, repair, guards and so on are chosen apart; the owners contract with each.",
    ),
  },
};

export const SERVICE_WORDS: Record<Service, Bilingual> = {
  whole: say("整体物业服务", "The whole service"),
  cleaning: say("保洁", "Cleaning"),
  greening: say("绿化", "Greening"),
  repair: say("维修", "Repair"),
  security: say("安保", "Guards"),
  lifts: say("电梯维保", "Lift maintenance"),
  fire: say("消防设施维保", "Fire protection"),
  technical: say("技防设施维保", "Technical protection"),
  other: say("其他", "Other"),
};

export const PRICE_MODEL_WORDS: Record<PriceModel, { readonly name: Bilingual; readonly hint: Bilingual }> = {
  lump_sum: { name: say("包干制", "Lump sum"), hint: say("盈亏由企业承担。", "The company bears profit and loss.") },
  commission: {
    name: say("酬金制", "Commission"),
    hint: say("支出据实列支，企业按约定取酬金。", "Costs as they are; the company takes the agreed commission."),
  },
  per_item: { name: say("按项计价", "Per item"), hint: say("做一项算一项。", "Each piece of work at its price.") },
};

export const QUALIFICATION_WORDS: Record<Qualification, Bilingual> = {
  business_licence: say("营业执照", "Business licence"),
  security_licence: say("保安服务许可证", "Licence for guard services"),
  lift_maintenance: say("电梯维修许可", "Licence for lift maintenance"),
  fire_maintenance: say("消防技术服务条件", "Conditions for fire protection services"),
  technical_protection: say("技防设施维护资格", "Qualification for technical protection"),
  credit_clean: say("未被列入失信名单", "Not on a list of defaulters"),
};

export const PROCEDURE_WORDS: Record<Scheme["procedure"], Bilingual> = {
  open: say("公开招标", "Open to all"),
  invited: say("邀请招标", "By invitation"),
};

export const CRITERION_WORDS: Record<Criterion["kind"], Bilingual> = {
  price: say("价格分，按公式计算", "Price, by formula"),
  fact: say("客观分，凭材料核定", "Fact, by its papers"),
  judged: say("主观分，评委各自打分", "Judged by each member"),
};

export const TIE_WORDS: Record<Scheme["ties"][number], Bilingual> = {
  lower_price: say("报价低的在前", "the lower price first"),
  higher_judged: say("主观分高的在前", "the higher judged points first"),
  draw: say("公开抽签", "a public draw"),
};

export const PHASE_WORDS: Record<Phase, Bilingual> = {
  preparing: say("筹备中", "Being prepared"),
  questions: say("公告中，可以提问", "Announced, questions welcome"),
  bidding: say("正在投标", "Bids are taken"),
  opening_due: say("投标已截止，等待开标", "Closed, to be opened"),
  closed: say("投标已截止，等待开标", "Closed, to be opened"),
  opened: say("已开标，资格审查中", "Opened, papers are examined"),
  qualified: say("正在评审", "Being scored"),
  scored: say("评审已完成", "Scored"),
  published: say("中标候选人公示中", "Candidates published"),
  deciding: say("业主正在表决", "The owners decide"),
  awarded: say("已定标，待签合同", "Awarded, contract to be signed"),
  contracted: say("已签合同", "Contracted"),
  failed: say("本次选聘失败", "Failed"),
  cancelled: say("已终止", "Cancelled"),
};

export const PHASE_TONE: Record<Phase, StatusTone> = {
  preparing: "waiting",
  questions: "active",
  bidding: "active",
  opening_due: "active",
  closed: "active",
  opened: "active",
  qualified: "active",
  scored: "active",
  published: "active",
  deciding: "active",
  awarded: "good",
  contracted: "good",
  failed: "bad",
  cancelled: "off",
};
