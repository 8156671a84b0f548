/** Refusals of statements as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { DraftingStatementRefusal, PublishingRefusal } from "./actions.ts";
import { spanWords, statementFaultWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_DRAFTED = say("公示没有起草", "The statement was not drafted");
const NOT_PUBLISHED = say("公示没有公布", "The statement was not published");

export function statementProblem(refusal: DraftingStatementRefusal | PublishingRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_book":
      return {
        code: "book-unknown",
        status: 404,
        title: say("还没有这本账", "There is no such book"),
        detail: say("请先设立账簿。", "Open it first."),
      };
    case "unknown_statement":
      return {
        code: "statement-unknown",
        status: 404,
        title: say("没有这份公示", "No such statement"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "span_not_closed": {
      const which = spanWords(refusal.span);
      return {
        code: "statement-months-open",
        status: 409,
        title: NOT_DRAFTED,
        detail: say(
          `${which.zh}还没有全部结账${refusal.closedThrough === null ? "" : `，已结到${refusal.closedThrough}`}。`,
          `Not all of ${which.en} is closed${refusal.closedThrough === null ? "" : `; closed through ${refusal.closedThrough}`}.`,
        ),
        next: say("请先在账簿页按月结账，再起草公示。", "Close the months first, then draft it."),
      };
    }
    case "statement_faulty": {
      const words = refusal.faults.map(statementFaultWords);
      return {
        code: "statement-faulty",
        status: 409,
        title: NOT_DRAFTED,
        detail: say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" ")),
        article: "期初＋收入－支出＝期末＝银行余额（扣除未达账项），一项不符就不能公布",
        next: say("请核对后再起草。", "Put it right, then draft again."),
      };
    }
    case "note_too_long":
    case "reason_too_long":
      return {
        code: "statement-text-long",
        status: 422,
        title: NOT_DRAFTED,
        detail: say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      };
    case "reason_missing":
      return {
        code: "statement-reason-missing",
        status: 422,
        title: NOT_DRAFTED,
        detail: say("更正要写明原因，业主会看到。", "A correction says why; the owners read it."),
      };
    case "nothing_differs":
      return {
        code: "statement-nothing-differs",
        status: 409,
        title: NOT_DRAFTED,
        detail: say("和已经公布的一版没有任何不同。", "It says exactly what the published version says."),
      };
    case "draft_waits":
      return {
        code: "statement-draft-waits",
        status: 409,
        title: NOT_DRAFTED,
        detail: say("这本账已有一份草稿等待公布。", "A draft of this book waits to be published."),
        next: say("请先公布或撤回那一份。", "Publish it or give it up first."),
      };
    case "wrong_statement_state":
      return {
        code: "statement-state",
        status: 409,
        title: NOT_PUBLISHED,
        detail:
          refusal.state === "published"
            ? say(
                "这一版已经公布，不能再改。要改请做更正。",
                "This version is published and stands. Correct it by another.",
              )
            : say("这份草稿已经撤回。", "This draft was given up."),
      };
    case "own_statement":
      return {
        code: "statement-own",
        status: 403,
        title: NOT_PUBLISHED,
        detail: say("起草的人不能自己公布。", "Whoever drafted it does not publish it."),
        article: "《杭州市物业管理条例》第三十六条；《会计基础工作规范》",
        next: say("请另一位有审批职务的人公布。", "Ask another who may approve."),
      };
    case "draft_stale":
      return {
        code: "statement-stale",
        status: 409,
        title: NOT_PUBLISHED,
        detail: say(
          "起草以后，账或银行核对有了变化，草稿和现在的数字不一致。",
          "Since it was drafted the books or the bank's lines changed; the draft no longer says what they say.",
        ),
        next: say("请撤回草稿，重新起草。", "Give the draft up and draft anew."),
      };
  }
}
