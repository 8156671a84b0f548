/** Refusals of bank accounts, statements and matches as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { BankAccountRefusal } from "./actions.ts";
import type { MatchRefusal } from "./matching/actions.ts";
import type { StatementRefusal } from "./taking/actions.ts";
import { accountFaultWords, lineFaultWords, mappingFaultWords, sheetFaultWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_TAKEN = say("银行流水没有导入，什么都没有保存", "The statement was not taken in; nothing was saved");
const NOT_MATCHED = say("没有核对", "Not matched");
const R6 = "《民法典》第二百八十二条；《杭州市物业管理条例》第六十条";
const joined = (words: readonly Bilingual[]): Bilingual =>
  say(words.map(({ zh }) => zh).join("；"), words.map(({ en }) => en).join("; "));

export function bankProblem(refusal: BankAccountRefusal | StatementRefusal | MatchRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "account_faulty":
      return {
        code: "bank-account-faulty",
        status: 422,
        title: say("账户没有登记", "The account was not recorded"),
        detail: joined(refusal.faults.map((fault) => accountFaultWords(fault).words)),
        article: R6,
        errors: refusal.faults.map((fault) => {
          const { field, words } = accountFaultWords(fault);
          return { pointer: `/${field}`, detail: words };
        }),
      };
    case "unknown_ledger_account":
      return {
        code: "bank-ledger-account-unknown",
        status: 422,
        title: say("账户没有登记", "The account was not recorded"),
        detail: say(
          "请选择账簿里一个可以记账的资产科目。",
          "Choose an asset account of the book that vouchers may name.",
        ),
      };
    case "account_exists":
      return {
        code: "bank-account-exists",
        status: 409,
        title: say("这个账户已经登记", "The account is recorded already"),
        detail: say(
          "同一个账号只登记一次，一个科目也只对应一个账户。",
          "A number is recorded once, and an account of the book stands for one at the bank.",
        ),
      };
    case "unknown_bank_account":
      return {
        code: "bank-account-unknown",
        status: 404,
        title: say("没有这个账户", "No such account"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "sheet_faulty":
      return { code: "bank-file-unreadable", status: 422, title: NOT_TAKEN, detail: sheetFaultWords(refusal.fault) };
    case "header_not_found":
      return {
        code: "bank-header-missing",
        status: 422,
        title: NOT_TAKEN,
        detail: say(
          "没有找到表头，例如“交易日期、摘要、收入、支出、余额”。",
          "No header such as day, text, in, out, balance was found.",
        ),
        next: say("请上传银行网银导出的原始文件。", "Send the file as the bank exports it."),
      };
    case "mapping_needed":
      return {
        code: "bank-columns-unknown",
        status: 422,
        title: say("请先说明每一列是什么", "Say first what each column is"),
        detail: joined(refusal.faults.map(mappingFaultWords)),
        next: say(
          "选好以后再导入，下次同样的表头会自动认出。",
          "Choose, then take it in; the same header is known the next time.",
        ),
      };
    case "lines_faulty":
      return {
        code: "bank-lines-faulty",
        status: 422,
        title: NOT_TAKEN,
        detail: say(
          `${refusal.faults.length + refusal.more}行有问题。${lineFaultWords(refusal.faults[0]!).zh}。`,
          `${refusal.faults.length + refusal.more} rows have faults. ${lineFaultWords(refusal.faults[0]!).en}.`,
        ),
        next: say("请不要改银行的文件；重新导出一次再上传。", "Do not edit the bank's file; export it again."),
      };
    case "no_lines":
      return {
        code: "bank-no-lines",
        status: 422,
        title: NOT_TAKEN,
        detail: say("表头下面没有流水。", "There is no line under the header."),
      };
    case "too_many_lines":
      return {
        code: "bank-too-many-lines",
        status: 422,
        title: NOT_TAKEN,
        detail: say(
          `有${refusal.lines}行，一次最多${refusal.most}行。`,
          `${refusal.lines} lines; at most ${refusal.most} at once.`,
        ),
        next: say("请按月分开导出。", "Export it month by month."),
      };
    case "import_running":
      return {
        code: "bank-import-running",
        status: 409,
        title: NOT_TAKEN,
        detail: say(
          `这个账户的“${refusal.fileName}”还没有导入完。`,
          `“${refusal.fileName}” of this account is not all in yet.`,
        ),
        next: say("请等它导入完，再导入这一份。", "Please let it finish, then take this one in."),
      };
    case "nothing_chosen":
      return {
        code: "bank-nothing-chosen",
        status: 422,
        title: NOT_MATCHED,
        detail: say("没有选择任何一笔。", "Nothing was chosen."),
      };
    case "unknown_line":
      return {
        code: "bank-line-unknown",
        status: 404,
        title: NOT_MATCHED,
        detail: say("没有这一笔，或者它还没有核对。", "No such line, or it is not matched."),
      };
    case "amounts_differ":
      return {
        code: "bank-amounts-differ",
        status: 409,
        title: NOT_MATCHED,
        detail: say("金额不一致的不能对应，一分也不行。", "Only what is the same to the fen can be matched."),
      };
    case "matched_already":
      return {
        code: "bank-matched-already",
        status: 409,
        title: NOT_MATCHED,
        detail: say("其中有一笔已经核对过。", "One of them is matched already."),
        next: say("请刷新页面，看看还剩哪些。", "Please reload and see what is left."),
      };
  }
}
