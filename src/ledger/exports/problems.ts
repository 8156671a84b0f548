/** What keeps some months from being exported, as problems. One switch. */
import type { Problem } from "../../platform/problem.tsx";
import type { ExportRefusal } from "./reading.ts";

const NOT_MADE = { zh: "没有导出", en: "Not exported" };

export function exportProblem(refusal: ExportRefusal): Problem {
  switch (refusal.reason) {
    case "nothing_there":
      return {
        code: "export-nothing",
        status: 404,
        title: NOT_MADE,
        detail: { zh: "这本账没有这些月份。", en: "The book has no such months." },
      };
    case "month_before_open":
      return {
        code: "export-month-open",
        status: 409,
        title: NOT_MADE,
        detail: {
          zh: `${refusal.period}还没有结账，后面月份的期初余额还不知道。`,
          en: `${refusal.period} is not closed, so what later months begin with is not known.`,
        },
        next: { zh: "请从更早的月份导出。", en: "Please export from an earlier month." },
      };
    case "too_many_vouchers":
      return {
        code: "export-too-large",
        status: 422,
        title: NOT_MADE,
        detail: {
          zh: `这些月份超过${refusal.most}张凭证，Excel 表格和打包文件装不下。`,
          en: `More than ${refusal.most} vouchers: too many for a workbook or a packed file.`,
        },
        next: {
          zh: "请下载 CSV、hledger 或 beancount 格式，多少张都可以；或者按月导出。",
          en: "Please take CSV, hledger or beancount, which hold any number; or export month by month.",
        },
      };
  }
}
