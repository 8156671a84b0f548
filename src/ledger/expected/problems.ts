/** Refusals of what was said of a gap as problems. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { KeyReused } from "../../platform/once.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { ReasonRefusal } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_SAID = say("没有保存说明", "It was not saved");

export function expectedProblem(refusal: KeyReused | ReasonRefusal | { readonly reason: "note_moved" }): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "reason_missing": {
      const detail = say(`请写明原因，最多${refusal.most}字。`, `Say why, in ${refusal.most} characters.`);
      return { code: "gap-reason", status: 422, title: NOT_SAID, detail, errors: [{ pointer: "/text", detail }] };
    }
    case "account_not_foreseen":
    case "no_gap":
      return {
        code: "gap-none",
        status: 409,
        title: NOT_SAID,
        detail: say("这一项现在没有差额。", "There is no gap here as it stands."),
      };
    case "note_moved":
      return {
        code: "gap-moved",
        status: 409,
        title: NOT_SAID,
        detail: say("别人同时作了说明。", "Somebody said something of it at this moment."),
        next: say("请刷新页面再看。", "Reload the page and look again."),
      };
  }
}
