/** Refusals of recalls as problems: what was not done, why, by which article, what now. One switch. */
import { meetingProblem } from "../../assembly/meeting/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { PlaceRefusal } from "./agenda.ts";
import type { RecallState } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const GR44 = "《业主大会和业主委员会指导规则》第四十四条";
const HZ31 = "《杭州市物业管理条例》第三十一条";

export const RECALL_STATE_WORDS: Readonly<Record<RecallState, Bilingual>> = {
  proposed: say("正在联名", "Signatures are being collected"),
  defending: say("等待申辩", "Waiting for the defence"),
  ready: say("可以放入议程", "May go on an agenda"),
  placed: say("正在由业主表决", "Put to the owners"),
  carried: say("已罢免", "Recalled"),
  lost: say("未通过，继续任职", "Not carried: stays in office"),
  dropped: say("已终止（本人已离任）", "Ended: the member left"),
};

export function recallProblem(refusal: PlaceRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_recall":
      return {
        code: "recall-unknown",
        status: 404,
        title: say("没有这项罢免程序", "No such recall"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "reasons_missing":
    case "defence_missing":
      return {
        code: "recall-text-missing",
        status: 422,
        title: say("没有填写内容", "Nothing was written"),
        detail:
          refusal.reason === "reasons_missing"
            ? say("请写明提议罢免的理由，业主要根据它表决。", "Say why; the owners vote on it.")
            : say("请写下申辩的内容。", "Write the defence."),
        article: refusal.reason === "reasons_missing" ? GR44 : HZ31,
      };
    case "reasons_too_long":
    case "defence_too_long":
      return {
        code: "recall-text-too-long",
        status: 422,
        title: say("内容太长", "The text is too long"),
        detail: say(
          `理由和申辩各最多${refusal.most}字，双方一样长。`,
          `Reasons and defence have at most ${refusal.most} characters each, the same for both sides.`,
        ),
      };
    case "no_such_member":
      return {
        code: "recall-no-such-member",
        status: 422,
        title: say("没有选对人", "That is no member"),
        detail: say(
          "只能提议罢免现任的主任、副主任和委员。候补委员没有表决权，不需要罢免。",
          "Only the chair, the deputies and members in office can be recalled; an alternate has no vote to lose.",
        ),
        article: GR44,
      };
    case "not_a_member":
      return {
        code: "recall-not-a-member",
        status: 403,
        title: say("只有委员可以联名", "Only members sign"),
        detail: say(
          "由委员提议时，要三分之一以上的现任委员各自登录签名。业主提议的，先登记20%以上业主的联名。",
          "A proposal of members is signed by at least a third of them, each in their own session. Owners propose with a petition of a fifth.",
        ),
        article: GR44,
        next: say("业主可以在“业主提议”里联名。", "Owners sign a petition."),
      };
    case "own_recall":
      return {
        code: "recall-own",
        status: 403,
        title: say("不能提议罢免自己", "Nobody recalls themselves"),
        detail: say("想离任的，提交辞职即可。", "Who wants to leave resigns."),
      };
    case "signed_already":
      return {
        code: "recall-signed-already",
        status: 409,
        title: say("已经签过名", "Signed already"),
        detail: say("每位委员签一次。", "Each member signs once."),
      };
    case "recall_under_way":
      return {
        code: "recall-under-way",
        status: 409,
        title: say("已有一项针对该委员的罢免程序", "A recall of this member is under way"),
        detail: say("同一席位同时只进行一项。", "Of one seat there is one at a time."),
      };
    case "left_already":
      return {
        code: "recall-left-already",
        status: 409,
        title: say("该委员已经离任", "The member has left"),
        detail: say("没有可以罢免的职务。", "There is nothing to recall them from."),
      };
    case "unknown_petition":
    case "petition_too_small":
      return {
        code: "recall-petition-too-small",
        status: 409,
        title: say("提议的业主还不够", "Not enough owners ask for it"),
        detail: say(
          "由业主提议罢免，要先有20%以上业主联名的提议。",
          "A recall by owners rests on a petition of at least a fifth of them.",
        ),
        article: GR44,
        next: say("请先在“业主提议”里登记联名。", "Enter the petition first."),
      };
    case "too_few_signers":
      return {
        code: "recall-too-few-signers",
        status: 409,
        title: say("联名的委员还不够", "Too few members signed"),
        detail: say(
          `现有${refusal.signers}人，至少要${refusal.least}人（三分之一以上）。`,
          `${refusal.signers} signed; at least ${refusal.least} are needed, a third.`,
        ),
        article: GR44,
      };
    case "defence_running":
      return {
        code: "recall-defence-running",
        status: 409,
        title: say("申辩期还没有结束", "The time for the defence runs"),
        detail: say(
          `到${refusal.until}为止。收到申辩或期满以后，才能放入议程。`,
          `Until ${refusal.until}. The item goes on an agenda after the defence, or after that day.`,
        ),
        article: HZ31,
      };
    case "not_yours_to_answer":
      return {
        code: "recall-not-yours-to-answer",
        status: 403,
        title: say("申辩由本人提交", "The defence is the member's own"),
        detail: say(
          "本人登录填写，或由秘书按本人签名的书面申辩登记。",
          "In their own session, or entered by the secretary from a signed sheet.",
        ),
        article: HZ31,
      };
    case "recall_not_open":
      return {
        code: "recall-not-open",
        status: 409,
        title: say("现在不能这样做", "Not now"),
        detail: say(
          `这项程序的状态是：${RECALL_STATE_WORDS[refusal.state].zh}。`,
          `This recall stands at: ${RECALL_STATE_WORDS[refusal.state].en}.`,
        ),
      };
    default:
      return meetingProblem(refusal);
  }
}
