/** The branch's ten tasks (小区党支部十项任务清单), a list to begin with. Data, not a rule: a community rewords, ends and adds; the official wording of a district goes in as it reads. */
import type { Cadence, TaskAsked } from "./rules.ts";

export interface StandardTask extends TaskAsked {
  readonly cadence: Exclude<Cadence, "once">;
}

const task = (
  cadence: Exclude<Cadence, "once">,
  titleZh: string,
  titleEn: string,
  textZh: string,
  textEn: string,
): StandardTask => ({ cadence, titleZh, titleEn, textZh, textEn });

export const TEN_TASKS: readonly StandardTask[] = [
  task(
    "yearly",
    "配强支部班子",
    "A branch that can act",
    "从居住在小区的党员中选出公道正派、热心服务的同志担任支委和楼栋（单元）党小组长，缺额及时补上。",
    "Fair and willing members who live in the estate serve as branch committee and group leaders; a vacancy is filled soon.",
  ),
  task(
    "monthly",
    "在职党员报到",
    "Members report in",
    "接收在职党员和“两代表一委员”回小区报到，记录报到、承诺、践诺和请假。",
    "Working members, delegates and councillors report in where they live; their pledges, what they did and leave are recorded.",
  ),
  task(
    "quarterly",
    "结对联系业主",
    "Pairing with owners",
    "每名报到的党员结对两户以上业主，了解困难，记下办理情况。",
    "Each member who reported in is paired with two households or more, learns of their troubles and notes what came of it.",
  ),
  task(
    "quarterly",
    "支持业委会依法成立和换届",
    "A committee by the law",
    "支持规范成立业主委员会、按期换届；支委成员进入业委会只能通过业主选举。",
    "Helps a committee to be formed and renewed by the law; members of the branch enter it by the owners' election alone.",
  ),
  task(
    "quarterly",
    "监督公共收益和维修资金公开",
    "Money in the open",
    "督促业委会开立对公账户，按期公布公共收益和维修资金的收支，凭证可查。",
    "Sees that the committee has an account of its own and publishes common revenue and fund on time, with vouchers.",
  ),
  task(
    "quarterly",
    "评价物业服务",
    "Judging the service",
    "组织业主评价保洁、绿化、维修、安保，结果公开，问题有整改期限。",
    "Owners judge cleaning, greenery, repairs and security; the result is public and faults have a day to be mended by.",
  ),
  task(
    "monthly",
    "需求、资源、项目三张清单",
    "Needs, resources, projects",
    "汇总业主需求和身边的资源，形成项目清单，按月派单、对账，限期销号。",
    "Gathers what owners need and what is at hand into projects; each month they are given out and accounted for until closed.",
  ),
  task(
    "monthly",
    "小区吹哨、部门报到",
    "Calling a department",
    "小区自己解决不了的急事转交职能部门，跟踪到办结，并向业主反馈。",
    "What the estate cannot solve goes to the department in charge, is followed to its end, and owners are told.",
  ),
  task(
    "monthly",
    "走访和议事",
    "Visits and talks",
    "定期走访住户，征集小心愿，召集业主商量公共事务，形成纪要。",
    "Visits households, gathers small wishes, and calls owners together on what is common, with minutes.",
  ),
  task(
    "monthly",
    "志愿服务",
    "Volunteering",
    "组织党员和热心业主参加养老托幼、纠纷调处、文明劝导和平安巡查。",
    "Members and willing owners help with the old and the young, settle disputes, and look after order and safety.",
  ),
];
