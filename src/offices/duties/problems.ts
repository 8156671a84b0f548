/** What a refusal about tasks and duties says: status, words and the field it belongs to. One switch, no default: a new reason must find its words. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { DutiesRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CORRECT = say("有内容需要改", "Some of it needs correcting");
const UNSAVED = say("没有保存。请刷新后再看。", "Nothing was saved. Please reload and look again.");

const atField = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: CORRECT,
  detail,
  errors: [{ pointer, detail }],
});

export function dutiesProblem(refusal: DutiesRefusal): Problem {
  switch (refusal.reason) {
    case "task_title_missing":
      return atField("task-title-missing", "/titleZh", say("请填写任务名称", "Give the task's name"));
    case "task_title_too_long":
      return atField(
        "task-title-too-long",
        "/titleZh",
        say(`任务名称最多 ${refusal.most} 个字`, `A task's name has at most ${refusal.most} characters`),
      );
    case "task_title_taken":
      return atField(
        "task-title-taken",
        "/titleZh",
        say(`清单里已经有“${refusal.title}”`, `“${refusal.title}” is on the list already`),
      );
    case "task_text_too_long":
      return atField(
        "task-text-too-long",
        "/textZh",
        say(`说明最多 ${refusal.most} 个字`, `A task's text has at most ${refusal.most} characters`),
      );
    case "too_many_tasks":
      return {
        code: "too-many-tasks",
        status: 409,
        title: say("任务太多", "Too many tasks"),
        detail: say(`清单最多 ${refusal.most} 项。`, `The list takes at most ${refusal.most}.`),
        next: say("请先结束不再需要的任务。", "Please end those that are no longer needed first."),
      };
    case "tasks_there_already":
      return {
        code: "tasks-there-already",
        status: 409,
        title: say("清单里已经有任务", "There are tasks on the list"),
        detail: say(
          "十项任务只用来开头；现在可以逐项增加、改写或结束。",
          "The ten are a beginning; now tasks are added, reworded and ended one by one.",
        ),
      };
    case "unknown_task":
      return atField("unknown-task", "/taskId", say("请选择清单里的任务", "Choose a task of the list"));
    case "task_changed_meanwhile":
      return {
        code: "task-changed-meanwhile",
        status: 409,
        title: say("这项任务刚刚被别人改过", "The task was just changed by someone else"),
        detail: UNSAVED,
      };
    case "task_assigned":
      return {
        code: "task-assigned",
        status: 409,
        title: say("还有组织承担这项任务", "A body still has this task"),
        detail: say("没有结束。", "It was not ended."),
        next: say("请先结束各组织承担的责任，再结束任务。", "Please end the bodies' duties first, then the task."),
      };
    case "unknown_duty":
      return {
        code: "unknown-duty",
        status: 404,
        title: say("没有这项责任", "No such duty"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "unknown_body":
      return atField("unknown-body-of-duty", "/bodyId", say("请选择已登记的组织", "Choose a body that exists"));
    case "role_missing":
      return atField("role-missing", "/role", say("请选择牵头还是协同", "Choose whether it leads or helps"));
    case "body_ended":
      return atField("body-of-duty-ended", "/bodyId", say("这个组织已经撤销", "This body has ended"));
    case "assigned_already":
      return atField("assigned-already", "/bodyId", say("这个组织已经承担这项任务", "The body has this task already"));
    case "lead_taken":
      return atField(
        "lead-taken",
        "/role",
        say(
          "这项任务已有牵头的组织。一项任务只有一个牵头，其他的是协同",
          "Another body leads this task. A task has one leader; the others help",
        ),
      );
    case "post_of_another_body":
      return atField(
        "post-of-another-body",
        "/postId",
        say("负责的职务要是这个组织的职务", "The post that answers must be one of this body's"),
      );
    case "cadence_missing":
      return atField("cadence-missing", "/cadence", say("请选择多久完成一次", "Choose how often it is to be done"));
    case "not_a_day":
      return atField(
        "not-a-day",
        `/${refusal.field}`,
        say("请填写日期，例如 2026-12-08", "Give a day, such as 2026-12-08"),
      );
    case "due_before_start":
      return atField(
        "due-before-start",
        "/dueOn",
        say("期限不能早于开始那天", "The deadline cannot be before the day it begins"),
      );
    case "begins_too_early":
      return atField(
        "begins-too-early",
        "/beginsOn",
        say(`不能早于 ${refusal.notBefore}`, `Not before ${refusal.notBefore}`),
      );
    case "day_too_far":
      return atField(
        "day-too-far",
        `/${refusal.field}`,
        say(`最晚到 ${refusal.most}`, `At the latest ${refusal.most}`),
      );
    case "duty_changed_meanwhile":
      return {
        code: "duty-changed-meanwhile",
        status: 409,
        title: say("这项责任刚刚被别人改过", "The duty was just changed by someone else"),
        detail: UNSAVED,
      };
    case "duty_ended":
      return {
        code: "duty-ended",
        status: 409,
        title: say("这项责任已经结束", "This duty has ended"),
        detail: say(
          "不再填报，也不能变更；以前的记录都在。",
          "It takes no reports and no changes; what was reported stays.",
        ),
      };
    case "nothing_changed":
      return {
        code: "nothing-changed",
        status: 422,
        title: say("没有改动", "Nothing was changed"),
        detail: say("填写的内容和现在一样，没有登记。", "What was given is what holds already; nothing was recorded."),
      };
    case "why_missing":
      return atField("why-missing", "/why", say("请写明原因", "Say why"));
    case "why_too_long":
      return atField(
        "why-too-long",
        "/why",
        say(`原因最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "report_kind_missing":
      return atField("report-kind-missing", "/kind", say("请选择进展", "Choose how it stands"));
    case "report_text_missing":
      return atField("report-text-missing", "/text", say("请写明做了什么", "Say what was done"));
    case "report_too_long":
      return atField(
        "report-too-long",
        "/text",
        say(`最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "unknown_period":
      return atField("unknown-period", "/period", say("请选择要填报的周期", "Choose the period it is about"));
    case "not_your_body":
      return {
        code: "not-your-body",
        status: 403,
        title: say("这不是您所在组织的任务", "This is not your body's duty"),
        detail: say(
          "只有牵头和协同组织的任职人员可以填报。",
          "Those who hold office in the leading or helping bodies report on it.",
        ),
        next: say("请牵头组织的人来填报。", "Please ask someone of the leading body."),
      };
    case "only_lead_finishes":
      return atField(
        "only-lead-finishes",
        "/kind",
        say(
          "完成由牵头组织填报；协同组织填报进展",
          "The leading body says when it is done; those who help report progress",
        ),
      );
    case "only_manager_decides":
      return {
        code: "only-manager-decides",
        status: 403,
        title: say("退回和免报由安排责任清单的人决定", "Whoever arranges duties sends back and excuses"),
        detail: say("您的职务没有这项权限。", "Your post does not have that permission."),
      };
    case "settled_already":
      return {
        code: "settled-already",
        status: 409,
        title: say("这个周期已经完成或免报", "This period is done or excused"),
        detail: say("没有再记一次。", "Nothing was recorded again."),
        next: say(
          "需要重办时，请安排责任清单的人先退回。",
          "Where it must be redone, whoever arranges duties sends it back first.",
        ),
      };
    case "not_settled":
      return {
        code: "not-settled",
        status: 409,
        title: say("还没有完成，不能退回", "It is not done, so it cannot be sent back"),
        detail: UNSAVED,
      };
    case "reported_meanwhile":
      return {
        code: "reported-meanwhile",
        status: 409,
        title: say("刚刚有别人填报过", "Someone else has just reported on it"),
        detail: UNSAVED,
      };
    case "file_empty":
      return atField("evidence-empty", "/file", say(`“${refusal.name}”是空文件`, `“${refusal.name}” is empty`));
    case "file_too_large":
      return atField(
        "evidence-too-large",
        "/file",
        say(`“${refusal.name}”超过 10 MB`, `“${refusal.name}” is larger than 10 MB`),
      );
    case "file_type_refused":
      return atField(
        "evidence-refused",
        "/file",
        say(
          `“${refusal.name}”不是 PDF 或照片（JPEG、PNG、WebP），没有保存`,
          `“${refusal.name}” is neither a PDF nor a photograph (JPEG, PNG, WebP); it was not saved`,
        ),
      );
    case "key_reused":
      return {
        code: "key-reused",
        status: 409,
        title: say("这份表单已经提交过", "This form was submitted before"),
        detail: say("上次提交的内容不同。什么都没有改动。", "With other content. Nothing was changed."),
        next: say("请重新打开页面再填写。", "Please open the page again."),
      };
  }
}
