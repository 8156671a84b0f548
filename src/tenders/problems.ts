/** Refusals of drafting, deciding, announcing and ending a tender, each as a problem a person can read: what was not done, why, on what ground, what now. One switch. */
import type { Bilingual } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import { sayDay, sayDeadline } from "../platform/ui/moments.ts";
import type { CancelRefusal, CloseRefusal, DecideRefusal, NoticeRefusal } from "./procedure/rules.ts";
import type { TenderMoveRefusal, TenderState } from "./rules.ts";
import type { ChangeRefusal, DraftRefusal, Gone } from "./scheme/actions.ts";
import { sayFault, TB, TBR } from "./scheme/fault-words.ts";
import type { KeysMissing } from "./sealing/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CC278 = "《民法典》第二百七十八条";
const AGAIN = say("请重新打开页面，核对后再提交。", "Open the page again, check, and submit.");

export const STATE_WORDS: Record<TenderState, Bilingual> = {
  draft: say("起草", "Draft"),
  decided: say("方案已定", "Scheme decided"),
  noticed: say("已公告", "Announced"),
  closed: say("投标已截止", "Closed"),
  opened: say("已开标", "Opened"),
  qualified: say("资格审查已完成", "Qualified"),
  scored: say("评审已完成", "Scored"),
  published: say("中标候选人公示", "Candidates published"),
  deciding: say("业主表决", "The owners decide"),
  awarded: say("已定标", "Awarded"),
  contracted: say("已签合同", "Contracted"),
  failed: say("失败", "Failed"),
  cancelled: say("已终止", "Cancelled"),
};

/** A message beside a field: what is typed is kept, nothing was saved. */
const field = (code: string, name: string, detail: Bilingual, article?: string): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  ...(article ? { article } : {}),
  errors: [{ pointer: `/${name}`, detail }],
});
const notYet = (code: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 409,
  title: say("这一步现在不能做", "This step cannot be done now"),
  detail,
  next: AGAIN,
  ...more,
});

/** Where an act comes too late or too early in a tender's course; for every part of the room. */
export const wrongTenderState = ({ state, needed }: TenderMoveRefusal): Problem =>
  notYet(
    "tender-wrong-state",
    say(
      `选聘现在是“${STATE_WORDS[state].zh}”，这一步要在“${needed.map((one) => STATE_WORDS[one].zh).join("”或“")}”时做。`,
      `The tender is at “${STATE_WORDS[state].en}”; this step belongs to “${needed.map((one) => STATE_WORDS[one].en).join("” or “")}”.`,
    ),
    { next: say("请看选聘页面上的下一步。", "See the next step on the tender's page.") },
  );

export type TenderRefusal =
  | KeysMissing
  | Gone
  | DraftRefusal
  | ChangeRefusal
  | DecideRefusal
  | NoticeRefusal
  | CloseRefusal
  | CancelRefusal;

export function tenderProblem(refusal: TenderRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "wrong_tender_state":
      return wrongTenderState(refusal);
    case "unknown_tender":
      return {
        code: "tender-unknown",
        status: 404,
        title: say("没有这次选聘", "No such tender"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "tender_stale":
      return notYet(
        "tender-stale",
        say(
          "打开页面以后，别人改动了这次选聘；这次没有保存。",
          "Somebody changed this tender since the page was opened; nothing was saved.",
        ),
      );
    case "title_missing":
      return field(
        "tender-title-missing",
        "title",
        say("请写名称，例如：2027年度保洁选聘。", "Give it a title, such as: cleaning for 2027."),
      );
    case "unknown_mode":
      return field("tender-mode-missing", "mode", say("请选择一种服务模式。", "Choose how the estate is served."));
    case "services_missing":
      return field(
        "tender-services-missing",
        "services",
        say("分项外包请至少勾选一项服务。", "Item by item: tick one service at least."),
      );
    case "lots_full":
      return notYet("tender-lots-full", say(`标段最多${refusal.most}个。`, `${refusal.most} lots at most.`));
    case "own_draft":
      return notYet(
        "tender-own-draft",
        say(
          "最后改动方案的人不能自己确认它，请由另一位主任或副主任确认。",
          "Who wrote the scheme last does not confirm it; another chair or deputy does.",
        ),
        { next: say("请另一位有权限的人打开这个页面。", "Ask another who may to open this page.") },
      );
    case "scheme_faulty": {
      const [first, ...others] = refusal.faults.map(sayFault);
      const said = first?.words ?? say("方案还不完整", "The scheme is not complete");
      return {
        code: "tender-scheme-faulty",
        status: 422,
        title: say("方案还不能确定", "The scheme cannot be decided yet"),
        detail:
          others.length === 0
            ? say(`${said.zh}。`, `${said.en}.`)
            : say(`${said.zh}。另有${others.length}处要改。`, `${said.en}. ${others.length} more to correct.`),
        ...(first?.article ? { article: first.article } : {}),
        next: say("请回到方案，按提示改好。", "Go back to the scheme and correct what it says."),
      };
    }
    case "owners_decide_scheme":
      return field(
        "tender-scheme-by-owners",
        "basis",
        say(
          "按本小区的规则，选聘方案先由业主共同决定。请填已通过的会议和议题。",
          "By this estate's rule the owners decide the scheme. Name the meeting and the item that carried it.",
        ),
        CC278,
      );
    case "basis_missing":
      return field(
        "tender-basis-missing",
        "words",
        say("请写依据，例如：业委会〔2026〕第8号决议。", "Say what it rests on, such as resolution 8 of 2026."),
      );
    case "no_such_item":
      return field("tender-no-item", "meeting", say("没有这次会议或这项议题。", "There is no such meeting or item."));
    case "decision_not_published":
      return field(
        "tender-decision-open",
        "meeting",
        say("这项议题还没有公布结果，或者已被撤销。", "The result of this item is not published, or was annulled."),
        CC278,
      );
    case "wrong_matter":
      return field(
        "tender-wrong-matter",
        "item",
        say(
          "这项议题不是“选聘和解聘物业服务企业或者其他管理人”，方案不能以它为依据。",
          "This item is not about choosing who manages the estate; the scheme cannot rest on it.",
        ),
        `${CC278}第一款第四项`,
      );
    case "decision_lost":
      return field("tender-decision-lost", "item", say("这项议题没有通过。", "This item was not carried."), CC278);
    case "nothing_to_tender":
      return notYet(
        "tender-nothing",
        say(
          "方案里没有要选聘的标段；自主管理的，方案确定后直接用工、签合同。",
          "The scheme has no lot; under self-management people are hired and contracts signed from the scheme itself.",
        ),
        { next: say("要外包某一项，请另起一次选聘。", "To give out one service, begin another tender.") },
      );
    case "keys_missing":
    case "keys_not_rehearsed": {
      const seats = refusal.seats.map(String);
      const [zh, en] =
        refusal.reason === "keys_missing"
          ? [`第${seats.join("、")}把开标钥匙还没有做`, `Key ${seats.join(", ")} for the opening is not made yet`]
          : [
              `第${seats.join("、")}把开标钥匙还没有演练打开过`,
              `Key ${seats.join(", ")} has not opened the test bid yet`,
            ];
      return notYet(
        "tender-keys-not-ready",
        say(
          `${zh}。三位保管人都试过，才能发布公告。`,
          `${en}. All three holders try theirs before the notice goes out.`,
        ),
        {
          article: TB("二十八"),
          next: say("请保管人在选聘的“开标钥匙”页面办理。", "Holders do this on the tender's page of keys."),
        },
      );
    }
    case "closing_missing":
      return field("tender-closing-missing", "closesAt", say("请填投标截止时间。", "Say when bids close."));
    case "closing_too_early":
      return field(
        "tender-closing-early",
        "closesAt",
        say(
          `方案写的投标时间是${refusal.days}天，公告当天不算，最早到${sayDay(refusal.firstDay, "zh")}截止。`,
          `The scheme gives ${refusal.days} days, the day of the notice not counted: ${sayDay(refusal.firstDay, "en")} at the earliest.`,
        ),
        TB("二十四"),
      );
    case "closing_too_far":
      return field(
        "tender-closing-far",
        "closesAt",
        say(`最长${refusal.mostDays}天。`, `${refusal.mostDays} days at most.`),
      );
    case "questions_after_closing":
      return field(
        "tender-questions-late",
        "closesAt",
        say("提问要在投标截止以前结束：请把截止时间推后。", "Questions end before bids close: let them close later."),
        TBR("二十二"),
      );
    case "bids_running":
      return notYet(
        "tender-bids-running",
        say(
          `投标到${sayDeadline(refusal.until, "zh")}截止，不能提前。`,
          `Bids are taken until ${sayDeadline(refusal.until, "en")}, not shorter.`,
        ),
        { article: TB("二十八") },
      );
    case "why_missing":
      return field(
        "tender-why-missing",
        "why",
        say("请写原因，业主和投标人都会看到。", "Give the reason; owners and bidders read it."),
      );
    case "why_too_long":
      return field("tender-why-long", "why", say(`最多${refusal.most}字。`, `${refusal.most} characters at most.`));
  }
}
