/** The branch of 金桂苑 in the demo: the member it took in by its own act, who agreed to be named, the wish, and the ten tasks with what was reported of them. */
import { adoptTen, assignDuty } from "../offices/duties/actions.ts";
import { reportDuty } from "../offices/duties/reports/actions.ts";
import { periodsOf } from "../offices/duties/rules.ts";
import { listDuties, listTasks } from "../offices/duties/store.ts";
import { recordConsent, saveWish } from "../offices/overlap/actions.ts";
import { listBodies } from "../offices/terms/store.ts";
import { as, asNamed, at, dayAt, must, type Seeding, sceneAt, the } from "./seeding.ts";
import { take } from "./term.ts";

/** The street wishes for an overlap; it is shown beside the figures and refuses nothing. */
export async function wish(seeding: Seeding, slug: string, onDay: number): Promise<string> {
  const street = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "street_officer");
  const asked = { least: "2", share: "", chairIsSecretary: false, source: "璧城街道〔2026〕18 号：双向进入、交叉任职" };
  must(await saveWish(street, asked, 0, "demo-wish"), "the wish");
  return "";
}

/** An elected member of the committee is taken into the branch by the branch; both who sit in the two agree to be named. */
export async function takeIn(
  seeding: Seeding,
  slug: string,
  onDay: number,
  member: { readonly name: string; readonly phone: string },
  other: string,
): Promise<string> {
  const scene = await sceneAt(seeding, slug, at(seeding, onDay, 10));
  const document = "支部党员大会决议：增补支委";
  await take(await as(scene, "secretary"), { post: "branch_member", ...member, act: "party_election", document });
  const later = await sceneAt(seeding, slug, at(seeding, onDay + 1, 19));
  for (const name of [member.name, other]) {
    const own = await asNamed(later, name);
    must(await recordConsent(own, { personId: own.actor.personId, given: true, document: "" }), "a consent");
  }
  return "";
}

/** What nobody has reported on: it stands overdue in public. */
const OVERDUE = "志愿服务";
const IN_PROGRESS = "走访和议事";

const REPORTS: Readonly<Record<string, string>> = {
  配强支部班子: "增补支委一名，楼栋党小组长三名到位，名单已在公告栏公布。",
  在职党员报到: "本期报到 6 人，认领岗位 5 个，1 人因出差请假。",
  结对联系业主: "21 名党员结对 46 户，记下困难 9 件，办结 7 件。",
  支持业委会依法成立和换届: "换届选举按期完成，支委参选人与其他候选人同样经业主投票。",
  监督公共收益和维修资金公开: "核对季度收支公布与对账单一致，凭证可查。",
  评价物业服务: "回收评价 132 份，电梯保洁得分最低，已约定整改期限。",
  "需求、资源、项目三张清单": "新增需求 4 件，派单 4 件，销号 3 件。",
  "小区吹哨、部门报到": "路灯不亮一事转区城管局，五日内修复并回复业主。",
  走访和议事: "走访 18 户，纪要整理中。",
};

/** The ten tasks since the last quarter began, the branch leading and others helping; most are reported on, one was missed. */
export async function keepTasks(seeding: Seeding, slug: string, fromDay: number): Promise<string> {
  const adopting = await as(await sceneAt(seeding, slug, at(seeding, fromDay, 10)), "branch_secretary");
  const [bodies] = await adopting.db.read(listBodies(adopting));
  const bodyOf = (kind: string): string =>
    the(
      bodies.find((body) => body.kind === kind),
      kind,
    ).bodyId;
  const adopted = await adoptTen(adopting, { bodyId: bodyOf("branch") }, "demo-ten-tasks");
  must(adopted, "the ten tasks");
  const [tasks] = await adopting.db.read(listTasks(adopting));
  const titleOf = new Map(tasks.map(({ taskId, titleZh }) => [taskId, titleZh]));
  for (const [title, kind] of [
    ["志愿服务", "residents_committee"],
    ["监督公共收益和维修资金公开", "committee"],
    ["评价物业服务", "committee"],
    ["小区吹哨、部门报到", "residents_committee"],
  ] as const) {
    const { taskId } = the(
      tasks.find(({ titleZh }) => titleZh === title),
      title,
    );
    const helper = {
      taskId,
      bodyId: bodyOf(kind),
      role: "support",
      cadence: "",
      dueOn: "",
      beginsOn: dayAt(seeding, fromDay),
      postId: "",
    };
    must(await assignDuty(adopting, helper, `demo-helps-${taskId}`), "a body that helps");
  }
  const [duties] = await adopting.db.read(listDuties(adopting));
  for (const { dutyId, taskId, role, cadence, beginsOn, dueOn } of duties) {
    const title = titleOf.get(taskId) ?? "";
    const text = REPORTS[title];
    if (role !== "lead" || text === undefined || title === OVERDUE) continue;
    const periods = periodsOf({ cadence, beginsOn, dueOn }, seeding.today);
    for (const [index, period] of periods.entries()) {
      const isLast = index === periods.length - 1;
      // The period that runs is begun or done; those before were done on their last day but two.
      const day = isLast ? dayAt(seeding, -2) : period.dueOn;
      if (isLast && period.fromOn > day) continue;
      const reporting = await as(
        await sceneAt(seeding, slug, isLast ? at(seeding, -2, 16) : Date.parse(`${day}T16:00:00+08:00`)),
        "branch_secretary",
      );
      const kind = isLast && (title === IN_PROGRESS || cadence !== "monthly") ? "progress" : "done";
      const asked = { period: period.key, kind, text, file: null, isPublic: false };
      must(await reportDuty(reporting, dutyId, asked, `demo-report-${dutyId}-${period.key}`), "a report");
    }
  }
  return "";
}
