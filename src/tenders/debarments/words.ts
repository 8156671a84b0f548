/** What the steps of a bar are called, and the acts that take them. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { StepKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** As something done. */
export const STEP_WORDS: Readonly<Record<StepKind, Bilingual>> = {
  confirmed: say("确认列入", "confirmed"),
  refused: say("不同意列入", "turned down"),
  appealed: say("收到企业申诉", "the company appealed"),
  appeal_refused: say("申诉不成立，继续禁入", "appeal answered: the bar stays"),
  lift_proposed: say("提出提前移出", "lifting proposed"),
  lift_refused: say("不同意提前移出", "lifting turned down"),
  lifted: say("提前移出", "lifted"),
};

/** As something to do. */
export const STEP_ACTS: Readonly<Record<StepKind, Bilingual>> = {
  confirmed: say("确认列入，即日生效", "Confirm: it bars from today"),
  refused: say("不同意列入", "Turn it down"),
  appealed: say("登记企业的书面申诉", "Record the company's written appeal"),
  appeal_refused: say("答复申诉：不成立，继续禁入", "Answer the appeal: the bar stays"),
  lift_proposed: say("提出提前移出", "Propose to lift it"),
  lift_refused: say("不同意提前移出", "Turn the lifting down"),
  lifted: say("确认提前移出", "Confirm: it is lifted today"),
};

/** What the words beside each step are for. */
export const STEP_HINTS: Readonly<Record<StepKind, Bilingual>> = {
  confirmed: say("核对了什么，可以不写；公开", "What was checked, if you wish; public"),
  refused: say("为什么不同意", "Why"),
  appealed: say("申诉说了什么，不写个人信息；公开", "What it says, without personal data; public"),
  appeal_refused: say("为什么不成立；公开", "Why it does not hold; public"),
  lift_proposed: say("为什么移出", "Why it should end"),
  lift_refused: say("为什么不同意", "Why not"),
  lifted: say("为什么移出；公开", "Why it ends; public"),
};
