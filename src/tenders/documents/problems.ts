/** Refusals of adding a paper as problems: what was not done, why, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { additionProblem, fileProblem } from "../bidders/problems.ts";
import type { PutRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const field = (pointer: string, detail: Bilingual): Problem => ({
  code: "tender-document-form",
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${pointer}`, detail }],
});

const MISSING = {
  kind: say("请选择是什么文件", "Choose what it is"),
  title: say("请写文件名称", "Give its title"),
  withheldWhy: say("暂不公开的，请写明理由", "Where it is withheld, say why"),
  releasedOn: say("暂不公开的，请写明从哪一天公开", "Where it is withheld, say from which day it is public"),
  file: say("请选择文件", "Choose the file"),
} as const;

export function documentProblem(refusal: PutRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return additionProblem(refusal);
    case "missing":
      return field(refusal.field, MISSING[refusal.field]);
    case "too_long":
      return field(refusal.field, say(`最多${refusal.most}字`, `At most ${refusal.most} characters`));
    case "not_a_day":
      return field(refusal.field, say("请写成 2027-12-31 这样的日期", "Write a day such as 2027-12-31"));
    case "released_already":
      return field(
        "releasedOn",
        say(
          `要在${refusal.today}以后；今天就公开的，两项都不填`,
          `After ${refusal.today}; leave both empty to publish today`,
        ),
      );
    case "tender_ended":
      return {
        code: "tender-document-ended",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("这次选聘已经结束。", "This tender has ended."),
      };
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return fileProblem(refusal);
  }
}
