/** What a refusal about the owners' authorisations says. One switch, no default. */
import { matterText } from "../../assembly/rules.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayDay } from "../../platform/ui/moments.ts";
import type { AuthoriseRefusal, EndAuthorisationRefusal } from "./actions.ts";
import type { DelegationRefusal } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CC278 = "《民法典》第二百七十八条第一款";
const NOT_RESOLVED = say("业委会不能自己决定这件事", "Not for the committee to decide");
const NOT_RECORDED = say("授权没有登记", "The authorisation was not recorded");
const ASK_OWNERS = say(
  "请召开业主大会表决；已经授权的，先登记授权，再选它作为依据。",
  "Please put it to the owners; where they have authorised it, record the authorisation and choose it.",
);

const fieldFault = (code: string, pointer: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer, detail }],
});

export function delegationProblem(refusal: DelegationRefusal | AuthoriseRefusal | EndAuthorisationRefusal): Problem {
  switch (refusal.reason) {
    case "never_delegated":
      return {
        code: "committee-never-delegated",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          "选举业主委员会、更换成员只能由业主自己表决，不能授权。",
          "Electing the committee or replacing its members is the owners' own vote; it is never delegated.",
        ),
        article: "《民法典》第二百七十八条第一款第（三）项",
      };
    case "delegation_banned":
      return {
        code: "committee-delegation-banned",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          `“${matterText(refusal.matter).short.zh}”由业主共同决定；当地规定不得授权业主委员会。`,
          `“${matterText(refusal.matter).short.en}” is the owners' to decide; here it may not be delegated.`,
        ),
        article: "《北京市物业管理条例》第四十四条、《潍坊市物业管理条例》第三十三条一类的规定",
        next: say("请召开业主大会表决。", "Please put it to the owners."),
      };
    case "authorisation_missing":
      return {
        code: "committee-authorisation-missing",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          `“${matterText(refusal.matter).short.zh}”由业主共同决定，业委会没有业主大会的授权不能作决议。`,
          `“${matterText(refusal.matter).short.en}” is the owners' to decide; without their authorisation the committee resolves nothing of it.`,
        ),
        article: CC278,
        next: ASK_OWNERS,
      };
    case "authorisation_unknown":
      return {
        code: "committee-authorisation-unknown",
        status: 404,
        title: say("没有这项授权", "No such authorisation"),
        detail: say("所选的授权不在登记里。", "The authorisation chosen is not on record."),
        next: ASK_OWNERS,
      };
    case "authorisation_of_other_matter":
      return {
        code: "committee-authorisation-other",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          `所选的授权是关于“${matterText(refusal.authorised).short.zh}”的，不是“${matterText(refusal.matter).short.zh}”。`,
          `The authorisation chosen is about “${matterText(refusal.authorised).short.en}”, not “${matterText(refusal.matter).short.en}”.`,
        ),
        article: CC278,
        next: ASK_OWNERS,
      };
    case "authorisation_not_begun":
      return {
        code: "committee-authorisation-not-begun",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          `授权从${sayDay(refusal.fromOn, "zh")}才开始。`,
          `The authorisation begins on ${sayDay(refusal.fromOn, "en")}.`,
        ),
        next: say("请改到那天以后开会。", "Please hold the meeting from that day on."),
      };
    case "authorisation_over":
      return {
        code: "committee-authorisation-over",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          `授权到${sayDay(refusal.lastOn, "zh")}为止，开会那天已经没有授权。`,
          `The authorisation ended on ${sayDay(refusal.lastOn, "en")}; on the day of the meeting there is none.`,
        ),
        article: CC278,
        next: ASK_OWNERS,
      };
    case "authorisation_fallen":
      return {
        code: "committee-authorisation-fallen",
        status: 409,
        title: NOT_RESOLVED,
        detail: say(
          "授权所依据的业主大会决定已被撤销，或者复核以后没有通过。",
          "The owners' decision it rests on was annulled, or a recount shows that it was not carried.",
        ),
        article: CC278,
        next: ASK_OWNERS,
      };
    case "key_reused":
      return {
        code: "authorisation-form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "decision_unknown":
      return fieldFault(
        "authorisation-decision-unknown",
        "/decision",
        say("请选择一项已经公布结果的业主大会决定", "Choose a decision of the owners whose result is published"),
      );
    case "decision_not_published":
      return {
        code: "authorisation-not-published",
        status: 409,
        title: NOT_RECORDED,
        detail: say("这次表决的结果还没有公布。", "The result of that vote is not published yet."),
        article: CC278,
      };
    case "decision_not_carried":
      return {
        code: "authorisation-not-carried",
        status: 409,
        title: NOT_RECORDED,
        detail: say("这项议题没有通过，不能作为授权。", "That item was not carried and authorises nothing."),
        article: CC278,
      };
    case "decision_annulled":
      return {
        code: "authorisation-annulled",
        status: 409,
        title: NOT_RECORDED,
        detail: say("这次会议的决定已被撤销。", "The decisions of that meeting were annulled."),
        article: "《物业管理条例》第十九条",
      };
    case "scope_missing":
      return fieldFault(
        "authorisation-scope-missing",
        "/scope",
        say("请写明业主授权业委会决定什么、到什么限度", "Say what the owners authorised, and within which limits"),
      );
    case "scope_too_long":
      return fieldFault(
        "authorisation-scope-too-long",
        "/scope",
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "not_a_day":
      return fieldFault(
        "authorisation-day",
        `/${refusal.field}`,
        say("请填写日期，例如 2026-12-31", "Give a day, such as 2026-12-31"),
      );
    case "before_decision":
      return fieldFault(
        "authorisation-before-decision",
        "/fromOn",
        say(
          `不能早于决定公布的${sayDay(refusal.decidedOn, "zh")}`,
          `Not before the decision was published, ${sayDay(refusal.decidedOn, "en")}`,
        ),
      );
    case "ends_before_start":
      return fieldFault(
        "authorisation-turned-round",
        "/lastOn",
        say("结束不能早于开始", "It cannot end before it begins"),
      );
    case "authorised_too_long":
      return fieldFault(
        "authorisation-too-long",
        "/lastOn",
        say(`授权最长${refusal.mostMonths}个月`, `An authorisation lasts ${refusal.mostMonths} months at most`),
      );
    case "authorisation_ended":
      return {
        code: "authorisation-ended",
        status: 409,
        title: say("这项授权已经终止", "It has ended already"),
        detail: say("不用再登记一次。", "There is nothing more to record."),
      };
    case "why_missing":
      return fieldFault("authorisation-why-missing", "/why", say("请写明为什么提前终止", "Say why it ends early"));
  }
}
