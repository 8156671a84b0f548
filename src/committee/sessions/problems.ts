/** What a refusal about a committee's meeting says: status, words, law, next step. One switch, no default: a new reason must find its words. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import { delegationProblem } from "../delegation/problems.ts";
import { CARETAKER_MATTERS } from "../standing/rules.ts";
import { SESSION_WORDS } from "../words.ts";
import type { SessionRefusal } from "./actions.ts";
import type { NoticeFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const GR37 = "《业主大会和业主委员会指导规则》第三十七条";
const GR39 = "《业主大会和业主委员会指导规则》第三十九条";
const NOT_ANNOUNCED = say("会议没有公告", "The meeting was not announced");
const NOT_SAVED = say("没有保存", "Nothing was saved");
const OPEN_AGAIN = say("请重新打开页面，核对后再提交。", "Please open the page again, compare, and submit.");

/** A fault of the announcement in words, with the article it rests on. */
export function noticeFaultWords(fault: NoticeFault): { readonly words: Bilingual; readonly article?: string } {
  switch (fault.reason) {
    case "session_title_missing":
      return { words: say("请填写会议名称", "Give the meeting a title") };
    case "session_title_too_long":
      return { words: say(`会议名称最多${fault.most}字`, `The title has at most ${fault.most} characters`) };
    case "place_missing":
      return { words: say("请填写开会地点", "Say where it is held") };
    case "place_too_long":
      return { words: say(`地点最多${fault.most}字`, `The place has at most ${fault.most} characters`) };
    case "time_missing":
      return { words: say("请填写开会时间", "Say when it is held") };
    case "no_items":
      return { words: say("至少要有一项议题", "At least one item is needed"), article: GR39 };
    case "too_many_items":
      return { words: say(`议题最多${fault.most}项`, `At most ${fault.most} items`) };
    case "too_soon":
      return {
        words: say(
          `会议内容要提前${fault.days}天公告，最早可以在${sayDay(fault.earliest, "zh")}开会`,
          `The agenda is public ${fault.days} days before; the earliest day is ${sayDay(fault.earliest, "en")}`,
        ),
        article: GR39,
      };
    case "not_after_notice":
      return {
        words: say("最早在公告的第二天开会", "The meeting is the day after its announcement at the earliest"),
        article: GR39,
      };
    case "item_title_missing":
      return { words: say(`第${fault.itemNo}项没有题目`, `Item ${fault.itemNo} has no title`) };
    case "item_title_too_long":
      return {
        words: say(
          `第${fault.itemNo}项的题目最多${fault.most}字`,
          `The title of item ${fault.itemNo} has at most ${fault.most} characters`,
        ),
      };
    case "item_text_missing":
      return { words: say(`第${fault.itemNo}项没有内容`, `Item ${fault.itemNo} has no text`) };
    case "item_text_too_long":
      return {
        words: say(
          `第${fault.itemNo}项的内容最多${fault.most}字`,
          `The text of item ${fault.itemNo} has at most ${fault.most} characters`,
        ),
      };
    case "unknown_matter":
      return {
        words: say(`第${fault.itemNo}项的事项种类没有看懂`, `The matter of item ${fault.itemNo} was not understood`),
      };
    case "caretaker":
      return {
        words: say(
          `第${fault.itemNo}项（${CARETAKER_MATTERS[fault.matter].zh}）在换届期间不能决定`,
          `Item ${fault.itemNo} (${CARETAKER_MATTERS[fault.matter].en}) may not be decided during re-election`,
        ),
        article: "《上海市住宅物业管理规定》第二十八条",
      };
    default: {
      const { detail, article } = delegationProblem(fault);
      const words = say(`第${fault.itemNo}项：${detail.zh}`, `Item ${fault.itemNo}: ${detail.en}`);
      return article ? { words, article } : { words };
    }
  }
}

const fieldFault = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer, detail }],
});

/** What the minutes refuse too, and means the same there. */
type Refusal = SessionRefusal | { readonly reason: "minutes_changed" };

export function sessionProblem(refusal: Refusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "committee-form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: OPEN_AGAIN,
      };
    case "session_stale":
    case "minutes_changed":
      return {
        code: "committee-meeting-changed",
        status: 409,
        title: say("打开页面以后，内容已经改过", "It was changed since the page was opened"),
        detail: say("为避免盖掉别人的改动，这次没有保存。", "So as not to overwrite it, nothing was saved."),
        next: OPEN_AGAIN,
      };
    case "unknown_session":
      return {
        code: "committee-meeting-unknown",
        status: 404,
        title: say("没有这次会议", "No such meeting"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "unknown_item":
      return fieldFault(
        "committee-item-unknown",
        "/itemNo",
        say(`没有第${refusal.itemNo}项议题`, `There is no item ${refusal.itemNo}`),
      );
    case "unknown_resolution":
      return fieldFault(
        "committee-resolution-unknown",
        "/corrects",
        say("没有这项决议", "There is no such resolution"),
      );
    case "no_mandate":
      return {
        code: "committee-no-mandate",
        status: 409,
        title: say("还没有登记在任的业委会", "No committee in office is recorded"),
        detail: say(
          "会议的到会和表决都按本届的席位计算。本届的届次、席位和任期还没有登记，或者已经届满。",
          "Presence and votes are measured against the seats of a mandate; none that runs is recorded.",
        ),
        next: say("请先登记本届业委会，或完成换届选举。", "Please record the mandate first, or complete the election."),
      };
    case "mandate_changed":
      return {
        code: "committee-mandate-changed",
        status: 409,
        title: NOT_SAVED,
        detail: say(
          "这次会议是上一届业委会的。新一届已经就任，席位和成员都不同了。",
          "It is a meeting of the committee before; another one sits now, with other seats and members.",
        ),
        next: say("请撤回它，由新一届重新召集。", "Please withdraw it; the committee in office calls its own."),
      };
    case "wrong_session_state":
      return {
        code: "committee-meeting-state",
        status: 409,
        title: say("现在不能这样做", "Not at this stage"),
        detail: say(
          `会议现在是“${SESSION_WORDS[refusal.state].zh}”，这一步要在“${refusal.needed.map((state) => SESSION_WORDS[state].zh).join("”或“")}”时做。`,
          `The meeting is “${SESSION_WORDS[refusal.state].en}”; this step belongs to “${refusal.needed.map((state) => SESSION_WORDS[state].en).join("” or “")}”.`,
        ),
      };
    case "not_a_member":
      return {
        code: "committee-members-only",
        status: 403,
        title: say("只有委员可以提议", "Only members may ask"),
        detail: say("候补委员可以列席会议，没有表决权。", "Alternates may attend meetings and have no vote."),
        article: GR37,
      };
    case "not_yours_to_call":
      return {
        code: "committee-not-yours-to-call",
        status: 403,
        title: NOT_ANNOUNCED,
        detail: say(
          "会议由主任或副主任召集；委员提议的会议，七天内没有召集的，由提议的委员公告。",
          "Chair or deputy calls a meeting; one that members asked for may be announced by them after seven days.",
        ),
        article: GR37,
      };
    case "not_your_draft":
      return {
        code: "committee-not-your-draft",
        status: 403,
        title: NOT_SAVED,
        detail: say("这份提议由最先提出的委员修改或撤回。", "The member who asked first changes or withdraws it."),
      };
    case "request_not_reached":
      return {
        code: "committee-request-not-reached",
        status: 409,
        title: NOT_ANNOUNCED,
        detail: say(
          `现在有${refusal.asking}位委员提议，要${refusal.least}位（三分之一以上）。`,
          `${refusal.asking} members have asked; ${refusal.least} are needed (a third).`,
        ),
        article: GR37,
      };
    case "chair_first":
      return {
        code: "committee-chair-first",
        status: 409,
        title: NOT_ANNOUNCED,
        detail: say(
          `${sayDay(refusal.until, "zh")}以前由主任或副主任召集；过了这天还没有召集，提议的委员可以公告。`,
          `Until ${sayDay(refusal.until, "en")} chair or deputy calls it; after that day those who asked may.`,
        ),
        article: GR37,
      };
    case "asked_already":
      return {
        code: "committee-asked-already",
        status: 409,
        title: say("您已经提议过", "You have asked already"),
        detail: say("一位委员只算一次。", "A member counts once."),
      };
    case "agenda_joined":
      return {
        code: "committee-agenda-joined",
        status: 409,
        title: NOT_SAVED,
        detail: say(
          "已经有别的委员按这些议题一起提议，议题不能再改。",
          "Others have asked for these items; they cannot be changed any more.",
        ),
        next: say("要加别的议题，请另外提议一次会议。", "For other items, please ask for another meeting."),
      };
    case "notice_faulty": {
      const faults = refusal.faults.map(noticeFaultWords);
      const article = faults.find((one) => one.article)?.article;
      return {
        code: "committee-notice-faulty",
        status: 422,
        title: NOT_ANNOUNCED,
        detail: say(faults.map(({ words }) => words.zh).join("；"), faults.map(({ words }) => words.en).join("; ")),
        ...(article ? { article } : {}),
        next: say("请改好以后再公告。", "Please correct it and announce again."),
      };
    }
    case "too_many_items":
      return fieldFault("committee-too-many-items", "/title", noticeFaultWords(refusal).words);
    case "session_title_missing":
      return fieldFault("committee-title-missing", "/title", noticeFaultWords(refusal).words);
    case "item_title_missing":
    case "item_title_too_long":
      return fieldFault("committee-item-title", "/title", noticeFaultWords(refusal).words);
    case "item_text_missing":
    case "item_text_too_long":
      return fieldFault("committee-item-text", "/text", noticeFaultWords(refusal).words);
    case "unknown_matter":
      return fieldFault("committee-item-matter", "/matter", noticeFaultWords(refusal).words);
    case "why_missing":
      return fieldFault("committee-why-missing", "/why", say("请写明理由，业主会看到", "Say why; owners will read it"));
    case "why_too_long":
      return fieldFault(
        "committee-why-too-long",
        "/why",
        say(`理由最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "time_missing":
      return fieldFault("committee-time-missing", "/holdsAt", say("请填写时间", "Say when"));
    case "not_later":
      return fieldFault(
        "committee-not-later",
        "/holdsAt",
        say(
          "只能改到更晚的时间，公告的天数才不会变少",
          "It only moves later, so that the agenda stays public long enough",
        ),
      );
  }
}
