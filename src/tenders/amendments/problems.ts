/** Refusals of amending and of confirming as problems: what was not done, why, on what ground, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { additionProblem } from "../bidders/problems.ts";
import { tenderProblem } from "../problems.ts";
import type { Scheme } from "../scheme/rules.ts";
import type { AmendingRefusal, ConfirmRefusal } from "./actions.ts";
import { fieldWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export function amendProblem(refusal: AmendingRefusal, scheme: Pick<Scheme, "lots"> = { lots: [] }): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
    case "tender_stale":
    case "scheme_faulty":
    case "why_missing":
    case "why_too_long":
      return tenderProblem(refusal);
    case "bids_not_taken":
      return {
        ...additionProblem(refusal),
        code: "amendment-late",
        status: 409,
        title: say("没有修改", "Not amended"),
        article: "《招标投标法》第二十三条",
        next: say(
          "截止以后不能再修改。确有必要的，终止这次选聘，重新公告。",
          "Nothing is amended after the closing. Where it must be, cancel the tender and announce another.",
        ),
      };
    case "amendment_empty":
      return {
        code: "amendment-empty",
        status: 422,
        title: say("没有修改", "Not amended"),
        detail: say("内容与现在的一样。", "It is the same as what stands."),
      };
    case "amendment_frozen": {
      const named = [...new Set(refusal.changes.slice(0, 4).map(({ path }) => fieldWords(path, scheme)))];
      return {
        code: "amendment-frozen",
        status: 422,
        title: say("没有修改", "Not amended"),
        detail: say(
          `公告以后不能改：${named.map(({ zh }) => zh).join("；")}。`,
          `Fixed by the notice: ${named.map(({ en }) => en).join("; ")}.`,
        ),
        article: "《招标投标法》第四十条",
        next: say(
          "服务模式、标段和评分标准要改的，终止这次选聘，重新决定方案。",
          "To change the mode, the lots or the criteria, cancel this tender and decide another scheme.",
        ),
      };
    }
  }
}

export const confirmProblem = (refusal: ConfirmRefusal): Problem => additionProblem(refusal);
