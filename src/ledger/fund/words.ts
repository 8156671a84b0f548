/** The maintenance fund in words: kinds, states, purposes. No behaviour. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { Emergency, Exclusion, Path, ProjectState, StepKind } from "./projects/rules.ts";
import type { Mode, MovementKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const MODE_WORDS: Readonly<Record<Mode, Bilingual>> = {
  authority: say("主管部门代管", "Held by the authority"),
  own: say("业主大会自管", "Held by the owners' assembly"),
};
export const MOVEMENT_WORDS: Readonly<Record<MovementKind, Bilingual>> = {
  opening: say("转入余额", "Brought in"),
  deposit: say("业主交存", "Paid in by owners"),
  interest: say("存储利息", "Interest"),
  bond: say("国债收益", "Government bonds"),
  top_up: say("公共收益补充", "From the common revenue"),
  scrap: say("共用设施残值", "Scrapped common facilities"),
  use: say("维修列支", "Used for works"),
  refund: say("房屋灭失返还", "Given back: unit destroyed"),
};
export const PATH_WORDS: Readonly<Record<Path, Bilingual>> = {
  decision: say("业主表决", "By the owners' vote"),
  emergency: say("应急使用", "Emergency, without a vote"),
};
export const EXCLUSION_WORDS: Readonly<Record<Exclusion, Bilingual>> = {
  developer_duty: say("应当由建设单位承担的", "What the developer owes"),
  under_warranty: say("还在保修期内的", "What is still under warranty"),
  utility_pipes: say("供水、供电、供气、通信等单位管养的管线设施", "Pipes and lines the utilities keep"),
  damage: say("人为损坏、应由当事人修的", "Damage somebody answers for"),
  service_contract: say("物业服务合同已包含的养护", "Upkeep that the service contract covers"),
};
export const EXCLUSION_ARTICLE = "《住宅专项维修资金管理办法》第十八条、第二十五条";
export const EMERGENCY_WORDS: Readonly<Record<Emergency, Bilingual>> = {
  lift: say("电梯故障危及安全", "A lift that is not safe"),
  fire: say("消防设施损坏", "Fire equipment out of order"),
  facade: say("外墙脱落", "A façade that falls"),
  collapse: say("道路、围墙塌陷倒塌", "A road or wall that gives way"),
  leak: say("屋面、外墙渗漏严重", "A roof or wall that leaks badly"),
  drain: say("排水设施堵塞、爆裂", "Drains blocked or burst"),
};
export const STEP_WORDS: Readonly<Record<StepKind, Bilingual>> = {
  decided: say("业主表决通过", "Decided by the owners"),
  committee_confirmed: say("业委会确认应急", "Emergency confirmed by the committee"),
  street_confirmed: say("街道或居委会确认应急", "Emergency confirmed by the street or residents' committee"),
  approved: say("列支批准", "Payment approved"),
  accepted: say("工程验收", "Works accepted"),
  audited: say("审价、审计", "Prices reviewed or audited"),
  reported: say("事后向业主报告", "Reported to the owners"),
  stopped: say("停止", "Stopped"),
};
export const PROJECT_STATE_WORDS: Readonly<Record<ProjectState, Bilingual>> = {
  proposed: say("等待表决或确认", "Waiting to be decided or confirmed"),
  cleared: say("等待批准列支", "Waiting for approval"),
  approved: say("施工中", "Works under way"),
  accepted: say("已验收，等待结算", "Accepted, to be settled"),
  settling: say("结算凭证待复核", "Settlement to be reviewed"),
  settled: say("已结算", "Settled"),
  stopped: say("已停止", "Stopped"),
};
export const PROJECT_TONES: Readonly<Record<ProjectState, StatusTone>> = {
  proposed: "waiting",
  cleared: "waiting",
  approved: "active",
  accepted: "active",
  settling: "waiting",
  settled: "good",
  stopped: "off",
};
