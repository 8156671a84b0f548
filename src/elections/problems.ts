/** Refusals of calling, preparing and moving an election, each as a problem a person can read: what was not done, why, on what ground, what now. One switch. */
import type { Bilingual, Lang } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import { sayDeadline } from "../platform/ui/moments.ts";
import type { CallRefusal, EndRefusal } from "./calling/actions.ts";
import type { DraftRefusal, PublishGroupRefusal } from "./group/actions.ts";
import type { AnswerRefusal, ObjectRefusal } from "./group/objecting.ts";
import { groupProblem } from "./group/problems.ts";
import type { MethodRefusal } from "./method/actions.ts";
import { METHOD_TEXTS, methodFaultWords } from "./method/explained.ts";
import type { CloseRefusal, ExtendRefusal, OpenRefusal } from "./moving/rules.ts";
import type { ElectionMoveRefusal } from "./rules.ts";
import { STATE_WORDS } from "./words.ts";

export type PreparingRefusal =
  | CallRefusal
  | EndRefusal
  | OpenRefusal
  | CloseRefusal
  | ExtendRefusal
  | DraftRefusal
  | PublishGroupRefusal
  | ObjectRefusal
  | AnswerRefusal
  | MethodRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const until = (zh: (at: string) => string, en: (at: string) => string, at: number): Bilingual =>
  both((lang) => (lang === "en" ? en : zh)(sayDeadline(at, lang)));
const joinWords = (all: readonly Bilingual[]): Bilingual =>
  say(all.map(({ zh }) => zh).join(""), all.map(({ en }) => en).join(" "));

const GR10 = "《业主大会和业主委员会指导规则》第十条";
const GR11 = "《业主大会和业主委员会指导规则》第十一条";
const GR31 = "《业主大会和业主委员会指导规则》第三十一条";
const AGAIN = say("请重新打开页面，核对后再提交。", "Open the page again, check, and submit.");

/** A message beside a field: what is typed is kept, nothing was saved. */
const field = (code: string, name: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${name}`, detail }],
});

/** Where an act comes too late or too early in an election's course; for every part of the room. */
export const wrongStateProblem = ({ state, needed }: ElectionMoveRefusal): Problem => ({
  code: "election-wrong-state",
  status: 409,
  title: say("这一步现在不能做", "This step cannot be done now"),
  detail: say(
    `选举现在是“${STATE_WORDS[state].zh}”，这一步要在“${needed.map((one) => STATE_WORDS[one].zh).join("”或“")}”时做。`,
    `The election is at “${STATE_WORDS[state].en}”; this step belongs to “${needed.map((one) => STATE_WORDS[one].en).join("” or “")}”.`,
  ),
  next: say("请看选举页面上的下一步。", "See the next step on the election's page."),
});

export function electionProblem(refusal: PreparingRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: AGAIN,
      };
    case "unknown_election":
    case "unknown_objection":
      return {
        code: "election-unknown",
        status: 404,
        title: say("没有这次选举", "No such election"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "election_stale":
      return {
        code: "election-stale",
        status: 409,
        title: say("选举在此期间被别人改过", "Somebody changed the election in the meantime"),
        detail: say("这次没有保存，您填写的内容还在。", "Nothing was saved; what you typed is still there."),
        next: AGAIN,
      };
    case "wrong_election_state":
      return wrongStateProblem(refusal);
    case "title_too_long":
      return field(
        "election-title-too-long",
        "title",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "cause_missing":
      return field(
        "election-cause-missing",
        "cause",
        say("请写明为什么举行这次选举。", "Say why the election is held."),
      );
    case "cause_too_long":
      return field(
        "election-cause-too-long",
        "cause",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "percent_out_of_range":
      return field(
        "election-percent",
        "percent",
        say("比例应是1到99的整数。", "A percentage is a whole number from 1 to 99."),
      );
    case "percent_clause_missing":
      return field(
        "election-percent-clause",
        "clause",
        say("比例与国家规定不同的，须写明当地的条款。", "A place's own percentage needs its clause."),
      );
    case "request_not_a_day":
      return field(
        "election-request-day",
        "requestedOn",
        say("请填写日期，例如2026-11-02。", "Give a day, such as 2026-11-02."),
      );
    case "request_in_future":
      return field(
        "election-request-day",
        "requestedOn",
        say("书面要求的日期不能晚于今天。", "The request cannot lie in the future."),
      );
    case "unknown_body":
      return field(
        "election-body-unknown",
        "bodyId",
        say("请选择要选举的业主委员会。", "Choose the committee to be elected."),
      );
    case "not_the_first":
      return {
        code: "election-not-the-first",
        status: 409,
        title: say("这里已经有过业主委员会", "There has been a committee already"),
        detail: say(
          `记录里有第${refusal.mandate}届业主委员会，不能再举行首次选举。`,
          `Committee no. ${refusal.mandate} is on record; a first election cannot be held again.`,
        ),
        next: say("请选“换届选举”。", "Choose a renewal."),
      };
    case "no_vacancy":
      return {
        code: "election-no-vacancy",
        status: 409,
        title: say("没有空缺的席位", "No seat is vacant"),
        detail: say(
          `本届${refusal.seats}个席位都有人担任，不需要补选。`,
          `All ${refusal.seats} seats are held; there is nothing to fill.`,
        ),
        article: GR31,
        next: say(
          "委员离任后，先在任职登记里登记，再发起补选。",
          "When a member leaves, record it under offices first.",
        ),
      };
    case "election_under_way":
      return {
        code: "election-under-way",
        status: 409,
        title: say("这个委员会的选举正在进行", "This committee is being elected already"),
        detail: say(
          `${refusal.number === null ? "" : `第${refusal.number}号`}选举还没有结束。一个委员会同时只进行一次选举。`,
          `Election${refusal.number === null ? "" : ` no. ${refusal.number}`} is under way. A committee is elected by one election at a time.`,
        ),
        next: say("请在那次选举里继续，或先写明原因终止它。", "Go on with that one, or end it with its reason first."),
      };
    case "why_missing":
      return field("election-why-missing", "why", say("请写明原因，会公开。", "Give the reason; it is public."));
    case "why_too_long":
      return field(
        "election-why-too-long",
        "why",
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "last_manager":
      return {
        code: "election-last-manager",
        status: 409,
        title: say("终止以后没有人能登记任职", "Nobody would be left to record offices"),
        detail: say(
          "小组成员是现在唯一能登记任职的人。",
          "Members of the group are the only ones who can record offices now.",
        ),
        next: say("请先登记一位秘书或其他负责人。", "Record a secretary or another officer first."),
      };
    case "group_missing":
      return {
        code: "election-group-missing",
        status: 409,
        title: say("还不能开始提名", "Nominations cannot open yet"),
        detail: say(
          "组织选举的小组还没有成立并公布名单。",
          "The group that runs the election is not formed and published yet.",
        ),
        article: GR10,
        next: say("请先拟定并公布小组名单。", "Draft and publish its list first."),
      };
    case "group_period_running":
      return {
        code: "election-group-period",
        status: 409,
        title: say("还不能开始提名", "Nominations cannot open yet"),
        detail: until(
          (at) => `小组名单公示到${at}，这以后才能开始提名。`,
          (at) => `The group's list is published until ${at}; nominations open after that.`,
          refusal.until,
        ),
        article: GR11,
      };
    case "objections_unanswered":
      return {
        code: "election-objections-open",
        status: 409,
        title: say("还不能开始提名", "Nominations cannot open yet"),
        detail: say(
          `还有${refusal.open}件对小组的异议没有答复。`,
          `${refusal.open} objection(s) to the group wait for an answer.`,
        ),
        article: "《业主大会和业主委员会指导规则》第十二条",
        next: say("请先逐件答复。", "Answer each of them first."),
      };
    case "method_faulty":
      return {
        code: "election-method-faulty",
        status: 409,
        title: say("选举办法还有问题", "The method is not in order"),
        detail: joinWords(refusal.faults.map(methodFaultWords)),
        article: GR31,
        next: say("请先修改选举办法。", "Correct the method first."),
      };
    case "method_typed_wrong":
      return {
        code: "election-method-faulty",
        status: 422,
        title: say("选举办法没有保存", "The method was not saved"),
        detail: joinWords(refusal.faults.map(methodFaultWords)),
        errors: refusal.faults.map((fault) => ({
          pointer: `/${fault.reason === "clause_needed" || fault.reason === "clause_too_long" ? `${fault.setting}.clause` : fault.setting}`,
          detail: methodFaultWords(fault),
        })),
      };
    case "settings_closed":
      return {
        code: "election-settings-closed",
        status: 409,
        title: say("提名开始以后，这几项不能再改", "These stand since nominations opened"),
        detail: say(
          `${refusal.settings.map((name) => METHOD_TEXTS[name].title.zh).join("、")}。大家已经按它提名，中途改变对候选人不公平。`,
          `${refusal.settings.map((name) => METHOD_TEXTS[name].title.en).join("; ")}. People named candidates by them.`,
        ),
        next: say("确需改变的，请终止这次选举，重新发起。", "To change them, end this election and call another."),
      };
    case "nominations_running":
      return {
        code: "election-nominations-running",
        status: 409,
        title: say("提名还没有截止", "Nominations are still open"),
        detail: until(
          (at) => `已公布提名到${at}截止，不能提前。`,
          (at) => `They were announced until ${at} and do not close early.`,
          refusal.until,
        ),
      };
    case "not_a_day":
      return field(
        "election-until-day",
        "untilOn",
        say("请填写日期，例如2026-11-02。", "Give a day, such as 2026-11-02."),
      );
    case "not_later":
      return field(
        "election-until-not-later",
        "untilOn",
        until(
          (at) => `应晚于${at}。`,
          (at) => `Later than ${at}, please.`,
          refusal.than,
        ),
      );
    case "too_far":
      return field(
        "election-until-too-far",
        "untilOn",
        say(`最多延到${refusal.mostDays}天以后。`, `At most ${refusal.mostDays} days from now.`),
      );
    default:
      return groupProblem(refusal);
  }
}
