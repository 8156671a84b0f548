/** Refusals of deciding on conflicts, declaring ties and barring companies as problems: what was not done, why, what now. One switch. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import type { DebarmentStepRefusal, DebarRefusal } from "../../debarments/actions.ts";
import { fileProblem } from "../problems.ts";
import type { ConflictAnswerRefusal, ConflictDecisionRefusal, InterestRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const field = (pointer: string, detail: Bilingual): Problem => ({
  code: "tender-list-form",
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${pointer}`, detail }],
});

const MISSING = {
  name: say("请填写企业名称", "Give the company's name"),
  code: say("请填写统一社会信用代码", "Give its credit code"),
  reason: say("请写明理由", "Give the reason"),
  file: say("请上传依据的文件", "Add the document it rests on"),
} as const;

export function listProblem(
  refusal:
    | ConflictDecisionRefusal
    | ConflictAnswerRefusal
    | InterestRefusal
    | DebarRefusal
    | DebarmentStepRefusal
    | { readonly reason: "step_missing" },
): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_conflict":
    case "unknown_debarment":
      return {
        code: "tender-list-unknown",
        status: 404,
        title: say("没有这一条", "No such entry"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "names_a_person":
      return {
        ...field(
          "reason",
          say(
            `理由开标以后公开，里面有“${refusal.found}”：请写企业，不写人名和号码`,
            `The reason is public after the opening and says “${refusal.found}”: name companies, not people or numbers`,
          ),
        ),
        article: "《个人信息保护法》第二十五条",
      };
    case "outcome_missing":
      return field("outcome", say("请选择怎样处理", "Choose what follows"));
    case "reason_missing":
      return field("reason", MISSING.reason);
    case "step_missing":
      return field("kind", say("请选择怎样办理", "Say what is to be done"));
    case "step_out_of_turn":
      return {
        code: "tender-debarment-turn",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("这一步已经办过，或者还轮不到。", "This step was taken already, or is not the next."),
        next: say("请看页面上现在的情况。", "See what stands on the page now."),
      };
    case "own_step":
      return {
        code: "tender-debarment-own",
        status: 403,
        title: say("没有保存", "Not saved"),
        detail: say("提出的人不能自己确认：列入和移出都要两个人。", "Who entered it does not settle it: it takes two."),
        next: say(
          "请监督员、居委会或街道的另一个人办理。",
          "Another person does: supervisor, residents' committee or street.",
        ),
      };
    case "why_missing":
      return field("why", say("请写明理由", "Give the reason"));
    case "reason_too_long":
      return field("reason", say(`最多${refusal.most}字`, `At most ${refusal.most} characters`));
    case "decided_already":
    case "answered_already":
      return {
        code: "tender-conflict-decided",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("已经有决定，或者正等待确认。", "It is decided already, or waits to be confirmed."),
        next: say("请看页面上现在的情况。", "See what stands on the page now."),
      };
    case "nothing_to_confirm":
      return {
        code: "tender-conflict-changed",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("没有要确认的决定，或者它已经变了。", "There is nothing to confirm, or it has changed."),
      };
    case "own_decision":
      return {
        code: "tender-conflict-own",
        status: 403,
        title: say("没有保存", "Not saved"),
        detail: say("作决定的人不能自己确认。", "Who decided does not confirm."),
        next: say("请监督员、居委会或街道确认。", "The supervisor, the residents' committee or the street confirms."),
      };
    case "relation_missing":
      return field("relation", say("请选择是什么关系", "Say what the relation is"));
    case "interest_empty":
      return field(
        "company",
        say("请至少填写一项：企业、代码或亲属姓名", "Give a company, a code or a kinsperson's name"),
      );
    case "code_impossible":
      return field("code", say("信用代码是 18 位字母和数字", "A credit code has 18 letters and digits"));
    case "missing":
      return field(refusal.field, MISSING[refusal.field]);
    case "not_a_day":
      return field(refusal.field, say("请写成 2027-12-31 这样的日期", "Write a day such as 2027-12-31"));
    case "ends_before_begin":
      return field("endsOn", say("最后一天不能早于第一天", "The last day is not before the first"));
    case "over_already":
      return {
        code: "tender-debarment-over",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say(`已于 ${refusal.endsOn} 到期。`, `It ended on ${refusal.endsOn}.`),
      };
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return fileProblem(refusal);
  }
}
