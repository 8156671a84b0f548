/** What 金桂苑's owners are told regularly: one edition, after the last statement. */
import { publishRegular } from "../../ledger/regular/actions.ts";
import { at as hourOf, must, type Seeding, type Step } from "../seeding.ts";
import { here, presiding } from "./calendar.ts";

const TEXTS = {
  services: "保洁、绿化、秩序维护、公共设施日常维修。电梯维保、监控按各自合同。",
  person: "项目经理 杜兴业，服务中心 023-41420088（每天8:30—18:00）。",
  quality: "楼道每天清扫一次，电梯轿厢每天消毒；报修两小时内到场，一般问题两天内修好。",
  charges: "物业服务费、车位管理服务费。装修垃圾清运按次。",
  standards: "物业服务费每月每平方米1.80元；车位管理服务费每个每月50.00元；装修垃圾清运每车200.00元。",
  performance: "本季度更换楼道灯46盏，修剪绿化两次。地下车库排水沟清淤推迟到下个季度。",
};

async function tellOwners(seeding: Seeding): Promise<string> {
  const chair = await presiding(await here(seeding, hourOf(seeding, -20, 15)));
  const { edition } = must(await publishRegular(chair, TEXTS), "what owners are told regularly");
  return String(edition);
}

export const regularStep: Step = {
  key: "regular",
  name: "定期向业主公开的八项 / what owners are told regularly",
  run: tellOwners,
};
