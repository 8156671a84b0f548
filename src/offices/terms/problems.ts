/** What a refusal about offices says: status, words, law and the field it belongs to. One switch, no default: a new reason must find its words. */
import { formatInstant } from "../../kernel/day.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { overlapProblem } from "../overlap/problems.ts";
import type { PhoneRefusal } from "../people/actions.ts";
import { BODY_OF_POST } from "../rules.ts";
import { POST_WORDS, TAKE_WORDS } from "../words.ts";
import type { AppointRefusal, EndingRefusal } from "./actions.ts";

export type TermsRefusal = AppointRefusal | EndingRefusal | PhoneRefusal;

const ELECTED_ONLY = "《民法典》第二百七十八条第一款第三项；《业主大会和业主委员会指导规则》第三十一条";

/** A refusal that belongs to one field: the same words beside the field and as the detail. */
const atField = (code: string, pointer: string, title: Bilingual, detail: Bilingual, article?: string): Problem => ({
  code,
  status: 422,
  title,
  detail,
  errors: [{ pointer, detail }],
  ...(article ? { article } : {}),
});

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CORRECT = say("有内容需要改", "Some of it needs correcting");

export function termsProblem(refusal: TermsRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_post":
      return atField("unknown-post", "/postId", CORRECT, say("请选择一个职务", "Choose a post"));
    case "unknown_tenure":
      return {
        code: "unknown-tenure",
        status: 404,
        title: say("没有这项任职", "No such tenure"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "unknown_person":
      return {
        code: "unknown-person",
        status: 404,
        title: say("没有这个人", "No such person"),
        detail: say("本小区没有登记此人任职。", "Nobody of that kind holds an office here."),
      };
    case "name_missing":
      return atField(
        "name-missing",
        "/name",
        CORRECT,
        say("请填写姓名（不超过 60 个字）", "Give the name, at most 60 characters"),
      );
    case "phone_unreadable":
      return atField(
        "phone-unreadable",
        "/phone",
        CORRECT,
        say("请填写 11 位手机号", "Give a mobile number of 11 digits"),
      );
    case "phone_of_another":
      return atField(
        "phone-of-another",
        "/phone",
        say("号码属于另一个人", "The number is another person's"),
        say(
          "这个手机号已登记给本小区另一位任职人员，姓名不同。请核对姓名，或换一个号码",
          "This number is already another office-holder's, under another name. Check the name or give another number",
        ),
      );
    case "phone_changed_meanwhile":
      return {
        code: "phone-changed-meanwhile",
        status: 409,
        title: say("号码刚刚被别人改过", "The number was just changed by someone else"),
        detail: say("没有保存。请刷新后再看。", "Nothing was saved. Please reload and look again."),
      };
    case "number_pending":
      return {
        code: "number-pending",
        status: 409,
        title: say("已有一次更换在等待确认", "A change of this number waits already"),
        detail: say(
          "此人的登录号码已有一项更换申请，在等本人或第二个人确认。",
          "Another change of this person's number waits for them or for a second officer.",
        ),
        next: say("请先在“等第二人确认”里处理。", "Please settle that one first, under “waiting for a second person”."),
      };
    case "nobody_confirms_yet":
      return {
        code: "nobody-confirms-yet",
        status: 409,
        title: say("这项任职要由第二个人确认", "This office takes a second person"),
        detail: say(
          `现在没有另一位能登记任职的人，而不久前还有。为防止先免去别人、再独自任命，${formatInstant(refusal.aloneFrom)} 之后才能一个人登记。`,
          `Nobody else manages offices now, and until lately someone did. So that nobody removes the others and then appoints alone, one person may record this only after ${formatInstant(refusal.aloneFrom)}.`,
        ),
        next: say("请街道办事处协助，或等到那一天。", "Ask the street office for help, or wait until then."),
      };
    case "not_a_day":
      return atField(
        "not-a-day",
        `/${refusal.field}`,
        CORRECT,
        say("请填写日期，例如 2026-12-08", "Give a day, such as 2026-12-08"),
      );
    case "ends_before_start":
      return atField(
        "ends-before-start",
        "/endsOn",
        CORRECT,
        say("不能早于任职开始的那天", "Not before the day it began"),
      );
    case "document_missing":
      return atField(
        "document-missing",
        "/document",
        CORRECT,
        say(
          "请写明依据的文件或决议，例如文号或会议日期",
          "Say what it rests on: a document's number or a meeting's date",
        ),
      );
    case "document_too_long":
      return atField(
        "document-too-long",
        "/document",
        CORRECT,
        say(`依据最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`),
      );
    case "act_not_for_post": {
      const post = POST_WORDS[refusal.post];
      const allowed = refusal.allowed.map((act) => TAKE_WORDS[act]);
      // Into the committee leads an election alone, whatever someone holds elsewhere (Q6): said where it is tried otherwise.
      const isCommittee = BODY_OF_POST[refusal.post] === "committee";
      const why = isCommittee
        ? say(
            "。推荐、任命和党内职务不能代替选举",
            ". No recommendation, appointment or post of the party stands in the place of an election",
          )
        : say("", "");
      return atField(
        "act-not-for-post",
        "/act",
        say("这种方式不能产生这个职务", "This act does not lead to this post"),
        say(
          `“${post.zh}”只能由以下方式产生：${allowed.map(({ zh }) => zh).join("、")}${why.zh}`,
          `“${post.en}” comes only by: ${allowed.map(({ en }) => en).join(", ")}${why.en}`,
        ),
        isCommittee ? ELECTED_ONLY : undefined,
      );
    }
    case "act_missing":
      return atField("act-missing", "/act", CORRECT, say("请选择怎样产生", "Choose by which act"));
    case "end_needed":
      return atField(
        "end-needed",
        "/lastOn",
        CORRECT,
        say(
          `审计查阅必须限时：请填写最后一天（最长 ${refusal.mostDays} 天）`,
          `An auditor's access has an end: give its last day, at most ${refusal.mostDays} days on`,
        ),
      );
    case "too_long":
      return atField(
        "too-long",
        "/lastOn",
        CORRECT,
        say(
          `最长 ${refusal.mostDays} 天，到期可以再次授予`,
          `At most ${refusal.mostDays} days; it can be granted again`,
        ),
      );
    case "past_the_term":
      return atField(
        "past-the-term",
        "/lastOn",
        say("超过了这个职务的任期", "Longer than the post's term"),
        say(
          `登记的任期是 ${refusal.termMonths} 个月；最后一天留空，就按任期结束`,
          `Its term is ${refusal.termMonths} months; leave the last day empty to end with it`,
        ),
      );
    case "term_too_long":
      return atField(
        "term-too-long",
        "/lastOn",
        say("任期太长", "The term is too long"),
        say(
          `业主委员会任期不超过 ${refusal.mostMonths / 12} 年`,
          `A committee's term is at most ${refusal.mostMonths / 12} years`,
        ),
        "《物业管理条例》第十六条；《业主大会和业主委员会指导规则》",
      );
    case "post_taken":
      return atField(
        "post-taken",
        "/postId",
        say("这个职务没有空缺", "The post has no free seat"),
        say(
          `这段时间内 ${refusal.seats} 个席位都有人。请先登记离任，或改从空出的那天起`,
          `All ${refusal.seats} seats are held in that time. Record a leaving first, or begin on the day one is free`,
        ),
      );
    case "holds_it_already":
      return atField(
        "holds-it-already",
        "/postId",
        say("此人已担任这个职务", "The person holds this post already"),
        say("同一个人在同一段时间不能重复担任同一职务", "Nobody holds the same post twice at one time"),
      );
    case "conflicting_post":
      return overlapProblem(refusal);
    case "own_appointment":
      return {
        code: "own-appointment",
        status: 403,
        title: say("不能登记自己任职", "Nobody records their own appointment"),
        detail: say(
          "任职要由另一位有权的人登记，这样每项任职都经过两个人。",
          "Another person with this right records it, so that every office passes two people.",
        ),
        next: say(
          "请业委会主任、秘书或街道经办人中的另一位来登记。",
          "Please ask another who may: chair, secretary or street officer.",
        ),
      };
    case "own_draft":
    case "own_entry":
    case "own_count":
      return {
        code: "own-work",
        status: 403,
        title: say("不能复核自己做的事", "Nobody checks their own work"),
        detail: say("这一步要由另一个人来做。", "Another person takes this step."),
      };
    case "ended_already":
      return {
        code: "ended-already",
        status: 409,
        title: say("这项任职已经结束", "This tenure has ended already"),
        detail: say(
          `自 ${refusal.on} 起已不再任职。结束日期只能提前，不能推后。`,
          `The office is not held from ${refusal.on} on. An end can be brought forward, never put off.`,
        ),
      };
    case "last_manager":
      return {
        code: "last-manager",
        status: 409,
        title: say("这是最后一位能登记任职的人", "This is the last person who can record offices"),
        detail: say(
          "如果现在离任，本小区将再也没有人能登记任职。",
          "Without them nobody could record an office in this community again.",
        ),
        next: say("请先登记接任的人。", "Please record the successor first."),
      };
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
