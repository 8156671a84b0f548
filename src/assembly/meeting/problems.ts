/** Refusals of a meeting's acts, each as a problem a person can read: what was not done, why, on what ground, what now. */
import type { SnapshotRefusal } from "../../community/snapshot/actions.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay, sayDeadline, sayInstant } from "../../platform/ui/moments.ts";
import { findingWords } from "../agenda/words.ts";
import type { CountRefusal } from "../counting/actions.ts";
import type { AnswerRefusal, ObjectRefusal, PublishRefusal } from "../results/actions.ts";
import { ruleFaultWords, settingText } from "../settings/explained.ts";
import { SETTING_NAMES } from "../settings/rules.ts";
import type { NoticeRefusal } from "./actions.ts";
import type { ChangeRefusal } from "./changing.ts";
import type { DraftRefusal } from "./drafting.ts";
import type { EndRefusal } from "./ending.ts";
import type { MeetingState, NoticeFault } from "./rules.ts";

export type MeetingRefusal =
  | DraftRefusal
  | NoticeRefusal
  | ChangeRefusal
  | EndRefusal
  | CountRefusal
  | PublishRefusal
  | ObjectRefusal
  | AnswerRefusal
  | Extract<SnapshotRefusal, { reason: "roll_empty" | "clause_missing" }>;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });

const STATE_WORDS: Record<MeetingState, Bilingual> = {
  draft: say("起草中", "a draft"),
  notice: say("公告中", "in its period of notice"),
  open: say("正在表决", "open for voting"),
  closed: say("已截止", "closed"),
  counted: say("已计票", "counted"),
  published: say("已公布结果", "published"),
  final: say("结果已确定", "final"),
  withdrawn: say("已撤回", "withdrawn"),
  annulled: say("已被依法撤销", "annulled"),
};

/** What keeps a draft from being given notice of; one sentence each. */
export function noticeFaultWords(fault: NoticeFault): readonly Bilingual[] {
  switch (fault.reason) {
    case "title_missing":
      return [say("会议还没有标题。", "The meeting has no title.")];
    case "cause_missing":
      return [say("还没有写明为什么召开。", "It does not say why the meeting is held.")];
    case "agenda_faulty":
      return fault.findings.map((finding) => {
        const words = findingWords(finding);
        return finding.itemNo === null
          ? words
          : say(`议题${finding.itemNo}：${words.zh}`, `Item ${finding.itemNo}: ${words.en}`);
      });
    case "rules_faulty":
      return fault.faults.map((one) => {
        const known = SETTING_NAMES.find((name) => name === one.setting);
        const title = known ? settingText(known).title : say(one.setting, one.setting);
        const words = ruleFaultWords(one);
        return say(`规则“${title.zh}”：${words.zh}。`, `Rule “${title.en}”: ${words.en}.`);
      });
    case "times_missing":
      return [say("还没有写表决从何时到何时。", "It does not say when voting opens and closes.")];
    case "notice_too_short":
      return [
        both((lang) =>
          lang === "en"
            ? `Owners must have ${fault.days} days of notice, the day of notice not counted: voting may open on ${sayDay(fault.earliest, lang)} at the earliest.`
            : `公告要满${fault.days}天（公告当天不算），表决最早${sayDay(fault.earliest, lang)}开始。`,
        ),
      ];
    case "window_too_short":
      return [
        say(
          `表决时间不能短于${fault.least}天，现在是${fault.days}天。`,
          `Voting lasts at least ${fault.least} days; this is ${fault.days}.`,
        ),
      ];
    case "window_too_long":
      return [
        say(
          `表决时间不能超过${fault.most}天，现在是${fault.days}天。`,
          `Voting lasts at most ${fault.most} days; this is ${fault.days}.`,
        ),
      ];
    case "petition_not_reached":
      return [
        say(
          "提议召开的业主还不到20%，不能以业主提议为由召开。",
          "Fewer than 20 % of the owners have asked for it; it cannot be called on their petition.",
        ),
      ];
  }
}

const NOTICE_ARTICLE = "《物业管理条例》第十四条";
const RELOAD = say("请返回，看过现在的内容再做决定。", "Please go back and decide on what stands now.");

const problem = (
  code: string,
  status: Problem["status"],
  title: Bilingual,
  detail: Bilingual,
  more: Pick<Problem, "article" | "next"> = {},
): Problem => ({ code, status, title, detail, ...more });

const list = (faults: readonly NoticeFault[]): Bilingual => {
  const words = faults.flatMap(noticeFaultWords);
  return say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" "));
};

/** One refusal, one problem. */
export function meetingProblem(refusal: MeetingRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_meeting":
    case "unknown_run":
    case "unknown_objection":
      return problem(
        "meeting-unknown",
        404,
        say("没有这次会议", "No such meeting"),
        say("地址可能不完整。", "The address may be incomplete."),
      );
    case "key_reused":
      return problem(
        "form-used",
        409,
        say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        { next: say("请重新打开页面再提交。", "Please open the page again and submit.") },
      );
    case "not_a_draft":
      return problem(
        "meeting-not-a-draft",
        409,
        say("草案已经不能修改", "The draft can no longer be changed"),
        say(`会议现在是：${STATE_WORDS[refusal.state].zh}。`, `The meeting is ${STATE_WORDS[refusal.state].en}.`),
        {
          article: NOTICE_ARTICLE,
          next: say(
            "公告以后的修改要公开进行：说明改了什么、为什么。",
            "Changes after notice are public: what, and why.",
          ),
        },
      );
    case "draft_stale":
    case "meeting_stale":
      return problem(
        "meeting-changed-meanwhile",
        409,
        say("内容在此期间被别人改过", "Somebody changed it in the meantime"),
        say("为了不覆盖别人的修改，这次没有保存。", "So as not to undo their change, nothing was saved."),
        { next: RELOAD },
      );
    case "too_many_items":
      return problem(
        "too-many-items",
        422,
        say("议题太多", "Too many items"),
        say(`一次会议最多${refusal.most}项。`, `At most ${refusal.most}.`),
      );
    case "item_has_origin":
      return problem(
        "item-has-origin",
        409,
        say("这项议题不在这里修改", "This item is not changed here"),
        say(
          `第${refusal.itemNo}项议题由选举或罢免程序生成，候选人、理由和申辩都随它一起公布，手工改动会使表决票和公布的内容不一致。`,
          `Item ${refusal.itemNo} was made by an election or a recall. Changed by hand, the paper would no longer say what was published there.`,
        ),
        {
          next: say(
            "请到选举或罢免的页面修改或撤回。",
            "Change it, or take it back, on the page of the election or the recall.",
          ),
        },
      );
    case "unknown_item":
      return problem(
        "item-unknown",
        404,
        say("没有这项议题", "No such item"),
        say("它可能已经被删除。", "It may have been taken out."),
        { next: RELOAD },
      );
    case "wrong_state": {
      const needed = refusal.needed.map((state) => STATE_WORDS[state]);
      return problem(
        "meeting-in-another-state",
        409,
        say("现在不能这样做", "This cannot be done now"),
        say(
          `会议现在是“${STATE_WORDS[refusal.state].zh}”，只有在“${needed.map(({ zh }) => zh).join("”或“")}”时才可以。`,
          `The meeting is ${STATE_WORDS[refusal.state].en}; it has to be ${needed.map(({ en }) => en).join(" or ")}.`,
        ),
        { next: RELOAD },
      );
    }
    case "own_draft":
      return problem(
        "own-draft",
        403,
        say("起草人不能批准自己起草的公告", "Who drafted a notice does not approve it"),
        say(
          "您写过这份草案的内容，需要另一位有批准权的人批准。",
          "You wrote part of this draft; another person with that right has to approve it.",
        ),
        { next: say("请通知主任或副主任到工作台批准。", "Ask the chair or the deputy to approve it at their desk.") },
      );
    case "own_count":
      return problem(
        "own-count",
        403,
        say("计票人不能公布自己计的票", "Who counted does not publish"),
        say("需要另一位有公布权的人公布结果。", "Another person with that right has to publish the result."),
      );
    case "notice_faulty":
      return problem("notice-faulty", 422, say("公告还不能发出", "Notice cannot be given yet"), list(refusal.faults), {
        article: NOTICE_ARTICLE,
        next: say("请先改正以上内容。", "Please correct these first."),
      });
    case "too_early":
      return problem(
        "too-early",
        409,
        say("还没有到时间", "It is not time yet"),
        both((lang) =>
          lang === "en"
            ? `Not before ${sayInstant(refusal.notBefore, lang)}.`
            : `要到${sayInstant(refusal.notBefore, lang)}以后。`,
        ),
      );
    case "roll_objections_open":
      return problem(
        "roll-objections-open",
        409,
        say("还有名册异议没有答复", "Objections to the roll are unanswered"),
        say(`还有${refusal.open}件，答复完才能开始表决。`, `${refusal.open} left; voting opens when each is answered.`),
        { article: "《业主大会和业主委员会指导规则》第十二条" },
      );
    case "window_too_short":
      return problem(
        "window-too-short",
        409,
        say("剩下的表决时间太短", "Too little time is left to vote"),
        say(
          `至少要有${refusal.least}天，现在剩${refusal.days}天。`,
          `At least ${refusal.least} days; ${refusal.days} are left.`,
        ),
        { next: say("请先延期，再开始表决。", "Extend the close first.") },
      );
    case "window_too_long":
      return problem(
        "window-too-long",
        422,
        say("表决时间太长", "Voting would last too long"),
        say(
          `最多${refusal.most}天，这样会是${refusal.days}天。`,
          `At most ${refusal.most} days; this would be ${refusal.days}.`,
        ),
      );
    case "already_closed":
      return problem(
        "already-closed",
        409,
        say("已经过了时间", "The time has passed"),
        both((lang) =>
          lang === "en"
            ? `It ended on ${sayDeadline(refusal.closedAt, lang)}.`
            : `已于${sayDeadline(refusal.closedAt, lang)}截止，之后不能再改。`,
        ),
      );
    case "not_later":
      return problem(
        "close-not-later",
        422,
        say("截止时间只能往后延", "The close only moves later"),
        both((lang) =>
          lang === "en"
            ? `It stands at ${sayDeadline(refusal.closesAt, lang)}.`
            : `现在的截止时间是${sayDeadline(refusal.closesAt, lang)}。`,
        ),
      );
    case "reason_missing":
      return problem(
        "reason-missing",
        422,
        say("请写明原因", "Say why"),
        say("原因会和这次变动一起公开。", "The reason is published with the change."),
      );
    case "papers_waiting":
      return problem(
        "papers-waiting",
        409,
        say("还有纸质票没有复核完", "Paper ballots wait for another reader"),
        say(
          `还有${refusal.waiting}张等第二人（或第三人）独立录入。`,
          `${refusal.waiting} still to be read by a second or third person.`,
        ),
      );
    case "objections_open":
      return problem(
        "objections-open",
        409,
        say("还有异议没有答复", "Objections are unanswered"),
        say(`还有${refusal.open}件。`, `${refusal.open} left.`),
      );
    case "clause_missing":
      return problem(
        "clause-missing",
        422,
        say("车位、储藏间计入要写明条款", "Counting spaces needs a clause"),
        say("请在规则里写明依据的议事规则条款。", "Cite the clause of the rules of procedure it rests on."),
        { article: "《业主大会和业主委员会指导规则》第二十五条" },
      );
    case "roll_empty":
      return problem(
        "roll-empty",
        409,
        say("名册还是空的", "The roll is empty"),
        both((lang) =>
          lang === "en"
            ? `Nobody stands on the roll of ${sayDay(refusal.asOf, lang)}.`
            : `${sayDay(refusal.asOf, lang)}的名册里没有业主。`,
        ),
        { next: say("请先导入名册。", "Import the roll first.") },
      );
    case "roll_changed":
      return problem(
        "roll-changed-meanwhile",
        409,
        say("名册刚刚有变动", "The roll changed just now"),
        say(
          "冻结名册的同时有人改了名册，公告没有发出。",
          "It was changed while it was being frozen; nothing was given notice of.",
        ),
        { next: say("请再试一次。", "Please try again.") },
      );
    case "origin_changed":
      return problem(
        "item-origin-changed-meanwhile",
        409,
        say("选举或罢免程序刚刚有变动", "The election or recall changed just now"),
        say(
          "公告发出的同时，议题所依据的选举或罢免程序被人改动，公告没有发出。",
          "What an item comes from was changed while the notice was being made; nothing was given notice of.",
        ),
        { next: say("请再试一次。", "Please try again.") },
      );
    case "nothing_changed":
      return problem(
        "nothing-changed",
        422,
        say("内容没有变化", "Nothing differs"),
        say(
          "修改后的内容与现在的公告一样，名册也没有更正。",
          "The content is as it stands, and the roll has no correction.",
        ),
      );
    case "counting_basis_frozen":
      return problem(
        "counting-basis-frozen",
        422,
        say("计入哪些空间不能在公告后改", "What counts cannot change after notice"),
        say(
          "它决定了冻结的名册。要改就撤回这次会议，重新公告。",
          "It decides the frozen roll. Withdraw the meeting and give notice anew.",
        ),
      );
    case "document_missing":
      return problem(
        "document-missing",
        422,
        say("请写明撤销机关和文号", "Name the authority and the document"),
        say("撤销决定要能查到是谁、以哪份文件作出的。", "An annulment says who ordered it and by which document."),
        { article: "《物业管理条例》第十九条" },
      );
    case "nothing_to_recount":
      return problem(
        "nothing-to-recount",
        409,
        say("现在不能复核计票", "There is nothing to recount now"),
        say(
          "复核在结果公布之后、确定之前进行；上一次复核公布以后才能再复核。",
          "A recount follows publication and precedes finality, one after the other.",
        ),
      );
    case "text_missing":
      return problem(
        "text-missing",
        422,
        say("请写下内容", "Write something"),
        say("内容不能为空。", "It cannot be empty."),
      );
    case "text_too_long":
      return problem(
        "text-too-long",
        422,
        say("内容太长", "Too long"),
        say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      );
    case "already_answered":
      return problem(
        "already-answered",
        409,
        say("这件异议已经答复", "This objection is answered"),
        both((lang) =>
          lang === "en"
            ? `It was answered on ${sayInstant(refusal.answeredAt, lang)}; an answer stands.`
            : `已于${sayInstant(refusal.answeredAt, lang)}答复，答复不能修改。`,
        ),
      );
  }
}
