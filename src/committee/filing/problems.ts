/** What a refusal about filings and mandates says. One switch each, no default. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import type { RecordFilingRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const fieldFault = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer, detail }],
});

export function filingProblem(refusal: RecordFilingRefusal): Problem {
  switch (refusal.reason) {
    case "no_mandate":
      return {
        code: "filing-no-mandate",
        status: 409,
        title: say("还没有登记本届业委会", "No mandate is recorded"),
        detail: say(
          "备案的期限从就任那天算起，要先登记本届。",
          "The clock runs from the day of taking office; record the mandate first.",
        ),
      };
    case "key_reused":
      return {
        code: "filing-form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "not_a_day":
      return fieldFault(
        "filing-day",
        `/${refusal.field}`,
        say("请填写日期，例如 2026-12-31", "Give a day, such as 2026-12-31"),
      );
    case "day_to_come":
      return fieldFault("filing-day-to-come", `/${refusal.field}`, say("这一天还没有到", "That day is still to come"));
    case "before_mandate":
      return fieldFault(
        "filing-before-mandate",
        "/asOf",
        say(
          `本届从${sayDay(refusal.from, "zh")}就任，不能备案更早的成员`,
          `This committee took office on ${sayDay(refusal.from, "en")}`,
        ),
      );
    case "filed_before_shown":
      return fieldFault(
        "filing-turned-round",
        "/filedOn",
        say("递交日期不能早于材料所示成员的日期", "It cannot be handed in before the day it shows"),
      );
    case "authority_missing":
      return fieldFault(
        "filing-authority-missing",
        "/authority",
        say("请写明向哪个部门备案", "Say with whom it was filed"),
      );
    case "authority_too_long":
      return fieldFault(
        "filing-authority-too-long",
        "/authority",
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "receipt_missing":
      return fieldFault(
        "filing-receipt-missing",
        "/receiptNo",
        say("请填写回执编号，或附上盖章的回执", "Give the receipt's number, or attach the stamped receipt"),
      );
    case "receipt_too_long":
      return fieldFault(
        "filing-receipt-too-long",
        "/receiptNo",
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "file_empty":
      return fieldFault("filing-file-empty", "/file", say("文件是空的", "The file is empty"));
    case "file_too_large":
      return fieldFault("filing-file-too-large", "/file", say("文件不能超过10MB", "A file has at most 10 MB"));
    case "file_type_refused":
      return fieldFault(
        "filing-file-type",
        "/file",
        say("只收照片（JPG、PNG、WebP）和PDF", "Photographs (JPG, PNG, WebP) and PDF only"),
      );
  }
}
