/** What the eight headings are called, as the article names them, and what is wrong with a text. No rule of its own. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Heading, RegularFault, Written } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const HEADING_WORDS: Readonly<Record<Heading, Bilingual>> = {
  services: say("服务的事项", "Services"),
  person: say("负责人员", "Persons in charge"),
  quality: say("质量要求", "Quality that is asked"),
  charges: say("收费项目", "What is charged for"),
  standards: say("收费标准", "Rates"),
  performance: say("履行情况", "How it was done"),
  fund: say("维修资金使用情况", "Use of the maintenance fund"),
  revenue: say("业主共有部分的经营与收益情况", "What the common parts earned"),
};
export const HEADING_HINTS: Readonly<Record<Written, Bilingual>> = {
  services: say(
    "例如：保洁、绿化、秩序维护、公共设施维修",
    "Such as cleaning, planting, order, repair of common parts",
  ),
  person: say(
    "姓名、职务和联系电话，例如：项目经理王某某，023-4142。会公开。",
    "Name, post and telephone, such as the estate manager. It is public.",
  ),
  quality: say(
    "例如：楼道每天清扫一次，报修两小时内到场",
    "Such as: stairs swept daily, repairs attended within two hours",
  ),
  charges: say("例如：物业费、车位服务费、装修垃圾清运费", "Such as service charge, parking service, building waste"),
  standards: say("例如：物业费每月每平方米1.80元", "Such as 1.80 yuan a square metre and month"),
  performance: say(
    "这段时间做了什么、没做到什么、怎样补",
    "What was done in these months, what was not, and what follows",
  ),
};

export function regularFaultWords(fault: RegularFault): Bilingual {
  switch (fault.reason) {
    case "text_missing":
      return say("请填写；没有的写“无”和原因。", "Write it; where there is none say so, and why.");
    case "text_too_long":
      return say(`最多${fault.most}字。`, `At most ${fault.most} characters.`);
    case "names_a_person":
      return say(
        `里面有“${fault.found}”，像是个人的号码。联系人写在“负责人员”里。`,
        `It has “${fault.found}”, which looks like a person's number. Contacts go under persons in charge.`,
      );
  }
}
